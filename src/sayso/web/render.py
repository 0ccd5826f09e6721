"""Templates, and the functions that they can call. Everything put into a page is escaped."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from sayso.model import Claim, Figure, Report, Source
from sayso.model.links import Origin, OriginKind
from sayso.plot.series import series_title
from sayso.present.decisions import about_words, decision_words, value_words
from sayso.present.wording import (
    around,
    how_many,
    incident_when,
    on_a_line,
    place_words,
    sort_of,
    what,
    when_words,
    who_says,
)
from sayso.review import fields_of
from sayso.web.highlight import in_sentence
from sayso.web.pages.incidents import figure_words, title_of
from sayso.web.search import CLOSE, OPEN
from sayso.web.urls import Urls

# The pages that the head of every page links to: name, label, and the key that follows "g".
PLACES = (
    ("", "Overview", "o"),
    ("queue", "Queue", "q"),
    ("incidents", "Incidents", "i"),
    ("series", "Series", "s"),
    ("forecasts", "Forecasts", "f"),
    ("claimants", "Claimants", "c"),
    ("reports", "Reports", "r"),
    ("decisions", "Decisions", "d"),
)


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates, with every value escaped, and an undefined name an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("sayso.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": lambda n: f"{n:,}",
        "day": day_words,
        "moment": moment_words,
        "found": found_words,
        "line": on_a_line,
        "plain": plain,
    }
    made.globals |= {
        "how_many": how_many,
        "who_says": who_says,
        "when_words": when_words,
        "place_words": place_words,
        "what": what,
        "sort_of": sort_words,
        "around": around,
        "pieces": in_sentence,
        "title_of": title_of,
        "incident_when": incident_when,
        "series_title": series_title,
        "figure_words": figure_words,
        "decision_words": decision_words,
        "value_words": value_words,
        "about_words": about_words,
        "is_figure": lambda c: isinstance(c, Figure),
        "outlet": outlet,
        "counted": counted,
        "web_address": web_address,
        "claimant_of": claimant_of,
        "fields_for": fields_of,
        "places": PLACES,
        "origin_words": origin_words,
    }
    return made


def render(template: str, urls: Urls, **context: Any) -> str:
    """A page as text."""
    return environment().get_template(template).render(url=urls, **context)


def day_words(day: date | None) -> str:
    """ "11 Mar 2012"; "no date" for none."""
    return f"{day.day} {day:%b %Y}" if day else "no date"


def moment_words(at: datetime) -> str:
    """A moment in UTC: "11 Mar 2012, 14:05"."""
    return f"{at.day} {at:%b %Y, %H:%M}"


def found_words(words: str) -> Markup:
    """The words of a search hit, with what was found marked."""
    return Markup(escape(words).replace(OPEN, Markup("<mark>")).replace(CLOSE, Markup("</mark>")))


def sort_words(claim: Claim) -> str:
    """The kind of a claim with what narrows it: "killed", "assault aerial", "forecast, promise"."""
    return sort_of(claim).lower()


def plain(name: Any) -> str:
    """A name of the model as words: "killed_or_wounded" -> "killed or wounded"."""
    return str(name).replace("_", " ").replace("-", " ").lower()


def counted(n: int, one: str, many: str | None = None) -> str:
    """ "1 report", "2,000 reports"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def outlet(report: Report) -> str:
    """Who published a report."""
    return on_a_line(report.publisher or report.id)


def claimant_of(claim: Claim) -> Source | None:
    """The claimant; None where the report says it in its own voice."""
    last = claim.sources[-1] if claim.sources else None
    return last if last is not None and last.role == "claimant" else None


def web_address(url: str | None) -> str | None:
    """The address if a page may link to it: http or https, nothing that runs."""
    return url if url and re.match(r"https?://[^\s<>\"']+$", url) else None


def origin_words(origin: Origin | None) -> str:
    """Which origin a claim counts as, in a sentence."""
    if origin is None:
        return "Not linked yet: the next linking decides which origin it counts as."
    body = on_a_line(origin.body)
    if origin.kind is OriginKind.SAYS:
        return f"Counts as one origin with all that cite {body}."
    if origin.kind is OriginKind.HEARD:
        return f"Counts as {on_a_line(origin.who or 'somebody lost')}, whom only {body} quotes."
    return f"Counts as {body}, in its own voice."
