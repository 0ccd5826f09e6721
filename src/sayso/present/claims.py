"""Claims as rows: a table for a terminal, CSV, and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table

from sayso.model import (
    Claim,
    Event,
    Figure,
    Forecast,
    Review,
    Scope,
    SourceFact,
    Statement,
    claim_to_dict,
)
from sayso.present.wording import around, how_many, sort_of, what, when_words, who_says

# The columns of CSV: those of every claim, then those that only some kinds have.
COMMON = (
    "report",
    "part",
    "kind",
    "claimant",
    "claimant_type",
    "when_start",
    "when_end",
    "where",
    "country",
    "hedge",
    "quote",
    "start",
    "end",
    "id",
    "review",
)
OF_FIGURES = ("effect", "count", "low", "high", "who", "status", "by", "scope", "part_of", "event")
OF_OTHERS = (
    "content",
    "cue",
    "mode",
    "horizon_start",
    "horizon_end",
    "type",
    "trigger",
    "actor",
    "target",
    "blame",
    "about",
    "relation",
    "value",
)
COLUMNS = (*COMMON, *OF_FIGURES, *OF_OTHERS)


def row(claim: Claim) -> dict[str, object]:
    """A claim flat, by the names in COLUMNS; columns that its kind has not are left out."""
    last = claim.sources[-1]
    common = {
        "report": claim.report,
        "part": claim.part,
        "kind": claim.kind,
        "claimant": last.name if last.role != "publisher" else None,
        "claimant_type": last.type and last.type.value,
        "when_start": claim.when and claim.when.start,
        "when_end": claim.when and claim.when.end,
        "where": claim.where and (claim.where.name or claim.where.text),
        "country": claim.where and claim.where.country,
        "hedge": claim.hedge,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "id": claim.id,
        "review": claim.review.value,
    }
    return common | _own(claim)


def _own(claim: Claim) -> dict[str, object]:
    match claim:
        case Figure():
            return {
                "effect": claim.effect and claim.effect.value,
                "count": claim.count.text,
                "low": claim.count.low,
                "high": claim.count.high,
                "who": claim.who and claim.who.text,
                "status": claim.status.value,
                "by": claim.by and claim.by.text,
                "scope": f"rate per {claim.per}"
                if claim.scope is Scope.RATE
                else claim.scope.value,
                "part_of": claim.part_of,
                "event": claim.event,
            }
        case Statement():
            return {
                "content": claim.content.text,
                "cue": claim.cue and claim.cue.text,
                "mode": claim.mode.value,
            }
        case Forecast():
            return {
                "content": claim.content.text,
                "cue": claim.cue and claim.cue.text,
                "mode": claim.mode.value,
                "horizon_start": claim.horizon and claim.horizon.start,
                "horizon_end": claim.horizon and claim.horizon.end,
            }
        case Event():
            return {
                "type": claim.type.value,
                "mode": claim.mode,
                "trigger": claim.trigger.text,
                "actor": claim.actor and claim.actor.text,
                "target": claim.target and claim.target.text,
                "blame": claim.blame and claim.blame.value,
            }
        case SourceFact():
            return {
                "about": claim.name,
                "relation": claim.relation.value,
                "value": claim.value.text,
            }
    return {}


def as_csv(claims: Iterable[Claim]) -> Iterator[str]:
    """The claims as lines of CSV, header first."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for claim in claims:
        writer.writerow(row(claim))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def as_jsonl(claims: Iterable[Claim]) -> Iterator[str]:
    """The claims as lines of JSON, in the form that docs/claims.md describes."""
    for claim in claims:
        yield json.dumps(claim_to_dict(claim), ensure_ascii=False) + "\n"


def as_table(claims: Sequence[Claim]) -> Table:
    """The claims as a table for a terminal: what, how many, who says so, when, where, and the
    words.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    names = ["report", "kind", "how many", "what", "who says so", "when", "where", "words"]
    decided = any(c.review is not Review.MACHINE for c in claims)
    for name in [*names, "review"] if decided else names:
        table.add_column(
            name,
            justify="right" if name == "how many" else "left",
            overflow="fold",
            max_width=60 if name == "words" else 28,
        )
    for claim in claims:
        table.add_row(
            claim.report,
            sort_of(claim),
            how_many(claim) if isinstance(claim, Figure) else "",
            _cut(what(claim)),
            who_says(claim),
            when_words(claim.horizon if isinstance(claim, Forecast) else claim.when),
            (claim.where.name or claim.where.text) if claim.where else "",
            around(claim),
            *([claim.review.value] if decided else []),
        )
    return table


def _cut(words: str, width: int = 80) -> str:
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"
