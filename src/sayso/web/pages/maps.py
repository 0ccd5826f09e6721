"""Maps: places drawn as exactly as they are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from sayso.atlas import Mark, area_of, draw_map, undrawn
from sayso.model import Claim, Review, Where
from sayso.model.links import Incident
from sayso.present.wording import incident_when, place_words
from sayso.web.lookups import Lookup
from sayso.web.snapshot import Snapshot

Href = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class IncidentMap:
    """A map as SVG, safe to put into a page, for a wide screen and for a phone; how many incidents
    have no settled place, and how many lie in each country beyond its edge.
    """

    wide: Markup
    narrow: Markup
    undrawn: int = 0
    elsewhere: tuple[tuple[str, int], ...] = ()


def tone_of(snapshot: Snapshot, incident: Incident) -> str:
    """How an incident is drawn: disputed, else by what people decided."""
    if incident.id in snapshot.disputes and incident.review is Review.MACHINE:
        return "disputed"
    return "machine" if incident.review is Review.MACHINE else "confirmed"


def _settled(snapshot: Snapshot, incident: Incident) -> Where | None:
    """The incident's place. A province whose country is not given ("Wardak province") is looked
    up in the country that its reports mention most, else in that of the whole record.
    """
    where = incident.where
    if where is None or where.precision != "admin1" or where.country is not None:
        return where
    here = _most_mentioned(c for r in incident.reports for c in snapshot.of_report(r))
    country = here or snapshot.get(COUNTRY)
    found = replace(where, country=country)
    return found if area_of(found) is not None else where


def _most_mentioned(claims: Iterable[Claim]) -> str | None:
    """The country that most of the claims' places lie in."""
    countries = Counter(c.where.country for c in claims if c.where is not None and c.where.country)
    return countries.most_common(1)[0][0] if countries else None


def _mark(snapshot: Snapshot, incident: Incident, href: Href | None) -> Mark | None:
    where = _settled(snapshot, incident)
    if where is None:
        return None
    killed = snapshot.coded(incident).killed
    weight = killed.best if killed.best is not None else killed.high or 0
    label = ", ".join(
        w
        for w in (
            place_words(incident.where),
            incident_when(incident),
            f"{weight:,} killed" if weight else "",
        )
        if w
    )
    return Mark(
        where,
        label,
        href("incident", incident.id) if href else None,
        weight,
        tone_of(snapshot, incident),
    )


def incident_map(snapshot: Snapshot, incident: Incident, href: Href) -> IncidentMap | None:
    """Where an incident happened; None where the place is not known."""
    mark = _mark(snapshot, incident, None)
    if mark is None or undrawn([mark]):
        return None
    return _of_one(mark, f"Where it happened: {place_words(incident.where)}")


# The map shows the countries that together hold this part of the incidents; the rest is listed
# beside it, so that one on another continent does not make a map of the world.
_SHOWN = 0.85


# The width and height of a map on a phone: only at this size its words are as large as the page's.
_PHONE = (350, 330)


def _drawn(
    marks: list[Mark],
    title: str,
    size: tuple[int, int],
    hidden: int = 0,
    elsewhere: tuple[tuple[str, int], ...] = (),
) -> IncidentMap:
    # The atlas escapes every word that it draws.
    wide, narrow = (
        Markup(draw_map(marks, title=title, width=w, height=h)) for w, h in (size, _PHONE)
    )
    return IncidentMap(wide, narrow, hidden, elsewhere)


@lru_cache(maxsize=4096)
def _of_one(mark: Mark, title: str) -> IncidentMap:
    return _drawn([mark], title, (520, 390))


def overview_map(
    snapshot: Snapshot, incidents: Iterable[Incident], href: Href
) -> IncidentMap | None:
    """Where incidents happened; None where no place of any is known."""
    incidents = list(incidents)
    marks = [
        m for i in incidents if (m := _mark(snapshot, i, href)) is not None and not undrawn([m])
    ]
    if not marks:
        return None
    exact = [
        m for m in marks if m.where.precision != "country"
    ] or marks  # a whole country must not make a map of the world
    counts = Counter(m.where.country for m in exact)
    shown: set[str | None] = set()
    for country, _ in counts.most_common():
        if sum(counts[c] for c in shown) < _SHOWN * len(exact):
            shown.add(country)
    all_counts = Counter(m.where.country for m in marks)
    here = [m for m in marks if m.where.country in shown]
    elsewhere = tuple(
        (_country(m), all_counts[m.where.country])
        for m in _firsts(m for m in marks if m.where.country not in shown)
    )
    return _drawn(
        here, "Where the incidents happened", (1080, 520), len(incidents) - len(marks), elsewhere
    )


def _firsts(marks: Iterable[Mark]) -> list[Mark]:
    """The first mark of each country."""
    return list({m.where.country: m for m in reversed(list(marks))}.values())


def _country(mark: Mark) -> str:
    area = area_of(
        Where(mark.where.text, None, None, country=mark.where.country, precision="country")
    )
    return area.name if area is not None and area.name else mark.where.country or "no country"


COUNTRY = Lookup("the record's country", lambda s: _most_mentioned(s.claims.values()))
