"""One claim: its sentence in the report, its chain of sources, its links with both sentences, what
was decided about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.model import Claim, Figure, Forecast, Report, Review
from sayso.model.links import Incident, Link, LinkKind, Series
from sayso.review import CorrectableField, fields_of
from sayso.web.highlight import in_report
from sayso.web.snapshot import Snapshot

# The links in the order shown.
_ORDER = (
    LinkKind.CONTRADICTS,
    LinkKind.REVISES,
    LinkKind.AGREES,
    LinkKind.REPEATS,
    LinkKind.COPIES,
    LinkKind.PART_OF,
    LinkKind.NOT_COMPARABLE,
)
# What each is called from the other claim's side.
BACKWARD: Mapping[LinkKind, str] = {
    LinkKind.CONTRADICTS: "contradicts",
    LinkKind.REVISES: "is revised by",
    LinkKind.AGREES: "agrees with",
    LinkKind.REPEATS: "is repeated by",
    LinkKind.COPIES: "is copied by",
    LinkKind.PART_OF: "has as a part",
    LinkKind.NOT_COMPARABLE: "cannot be compared with",
}
FORWARD: Mapping[LinkKind, str] = {
    LinkKind.CONTRADICTS: "contradicts",
    LinkKind.REVISES: "revises",
    LinkKind.AGREES: "agrees with",
    LinkKind.REPEATS: "repeats",
    LinkKind.COPIES: "is a copy of",
    LinkKind.PART_OF: "is part of",
    LinkKind.NOT_COMPARABLE: "cannot be compared with",
}
_MOST_LINKS = 30


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as seen from one of its claims."""

    words: str
    link: Link
    other: Claim


def ties_of(snapshot: Snapshot, claim: Claim) -> list[Tie]:
    """The links of a claim, disputes first."""
    found = sorted(
        snapshot.links_of.get(claim.id, ()), key=lambda k: (_ORDER.index(k.kind), k.claim, k.other)
    )
    return [
        Tie(
            FORWARD[k.kind] if k.claim == claim.id else BACKWARD[k.kind],
            k,
            snapshot.claims[k.other if k.claim == claim.id else k.claim],
        )
        for k in found[:_MOST_LINKS]
    ]


def home_of(snapshot: Snapshot, claim: Claim) -> Incident | Series | None:
    return snapshot.incident_of.get(claim.id) or snapshot.series_of.get(claim.id)


def shown(snapshot: Snapshot, claim: Claim) -> dict[str, Any]:
    """All that the page of a claim shows."""
    report = snapshot.reports[claim.report]
    found = snapshot.base.claims[claim.id]
    judgements = snapshot.held.reviewed.judgements.get(claim.id, ())
    return {
        "claim": claim,
        "report": report,
        "found": found if claim.review is Review.CORRECTED else None,
        "passage": passage(report, claim),
        "ties": ties_of(snapshot, claim),
        "all_ties": len(snapshot.links_of.get(claim.id, ())),
        "home": home_of(snapshot, claim),
        "its_parts": [
            c for c in snapshot.of_report(claim.report) if getattr(c, "part_of", None) == claim.id
        ],
        "whole": snapshot.claims.get(claim.part_of)
        if isinstance(claim, Figure) and claim.part_of
        else None,
        "event": snapshot.claims.get(claim.event)
        if isinstance(claim, Figure) and claim.event
        else None,
        "copies": snapshot.copies_of.get(claim.report, ()),
        "decisions": snapshot.decisions_about([claim.id]),
        "judgements": judgements,
        "fields": [(f, f.written(claim)) for f in fields_of(claim)],
        "is_forecast": isinstance(claim, Forecast),
        "neighbours": neighbours(snapshot, claim),
    }


# How much of the report is shown around a claim's sentence, in code points; cut between words.
_AROUND = 600


def passage(report: Report, claim: Claim) -> dict[str, Any]:
    """The text before and after the claim's sentence, and whether each is cut."""
    text = report.part(claim.part)
    begin, end = max(0, claim.start - _AROUND), min(len(text), claim.end + _AROUND)
    begin = text.rfind(" ", 0, begin) + 1 if begin else 0
    end = len(text) if end == len(text) or text.find(" ", end) < 0 else text.find(" ", end)
    before, middle, after = (
        text[begin : claim.start],
        text[claim.start : claim.end],
        text[claim.end : end],
    )
    assert middle == claim.quote
    return {"before": before, "after": after, "cut_before": begin > 0, "cut_after": end < len(text)}


def neighbours(snapshot: Snapshot, claim: Claim) -> tuple[Claim | None, Claim | None]:
    """The claims before and after this one in its report."""
    claims = snapshot.of_report(claim.report)
    at = next(n for n, c in enumerate(claims) if c.id == claim.id)
    return (claims[at - 1] if at else None), (claims[at + 1] if at + 1 < len(claims) else None)


def field_of(claim: Claim, name: str) -> CorrectableField | None:
    """A field of a claim that can be corrected, by its name."""
    return next((f for f in fields_of(claim) if f.name == name), None)


def report_shown(snapshot: Snapshot, report: Report) -> dict[str, Any]:
    """A report with every claim marked, and what it is a copy of."""
    claims = snapshot.of_report(report.id)
    parts = {part: [c for c in claims if c.part == part] for part in ("title", "text")}
    return {
        "report": report,
        "title_pieces": in_report(report.title, parts["title"]),
        "paragraphs": in_report(report.text, parts["text"]),
        "claims": claims,
        "copies": [k for k in snapshot.linked.copies if report.id in (k.report, k.of)],
        "incidents": list(
            {i.id: i for c in claims if (i := snapshot.incident_of.get(c.id)) is not None}.values()
        ),
        "read_at": snapshot.base.read_at.get(report.id),
    }
