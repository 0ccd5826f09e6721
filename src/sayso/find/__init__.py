"""Sentences -> claims: what happened, to how many, who says so, what is expected, and what is said of sources."""

from dataclasses import replace

from sayso.find.context import Context
from sayso.find.events.events import find_events
from sayso.find.events.tolls import attach
from sayso.find.figures.figures import find_figures
from sayso.find.forecasts.forecasts import find_forecasts
from sayso.find.sources.facts import find_source_facts
from sayso.find.sources.origins import find_origin, with_origin
from sayso.find.speech.parties import with_party
from sayso.find.speech.statements import find_statements
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import Lexicon
from sayso.model import KINDS, Claim, Figure, Report
from sayso.model.parsed import Parsed

__all__ = ["find_claims"]


def find_claims(
    parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer, kinds: frozenset[str] = KINDS
) -> tuple[Report, list[Claim]]:
    """The report with its origin, and every claim of it of these kinds, by place, with ids.

    A figure's event is given only where events are among the kinds. Raises SpanError when a span
    does not hold its words.
    """
    context = Context(parsed, lexicon, gazetteer)
    origin = find_origin(context)
    report = replace(parsed.report, origin=origin.name if origin else None)
    events = find_events(context) if "event" in kinds else []
    found: list[Claim] = [*events]
    if kinds & {"toll", "strength"}:
        found += (f for f in attach(find_figures(context), events) if f.kind in kinds)
    if "statement" in kinds:
        found += find_statements(context)
    if "forecast" in kinds:
        found += find_forecasts(context)
    if "source" in kinds:
        found += find_source_facts(context)
    claims = [
        with_party(replace(c, sources=with_origin(c.sources, origin, c.part, lexicon)), lexicon)
        for c in found
    ]
    for claim in claims:
        claim.check(report)
    return report, sorted(claims, key=_place)


def _place(claim: Claim) -> tuple[bool, int, str, int, str]:
    """Where a claim stands: the title first, then by sentence, kind and count; the record keeps the same order."""
    count = claim.count.start if isinstance(claim, Figure) else 0
    return claim.part != "title", claim.start, claim.kind, count, claim.id
