"""Claims as a table for a terminal, and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table

from sayso.model import (
    Claim,
    Figure,
    Forecast,
    Review,
    claim_to_dict,
)
from sayso.present.wording import around, how_many, sort_of, what, when_words, who_says


def claims_jsonl(claims: Iterable[Claim]) -> Iterator[str]:
    """The claims as lines of JSON, in the form that docs/claims.md describes."""
    for claim in claims:
        yield json.dumps(claim_to_dict(claim), ensure_ascii=False) + "\n"


def claims_table(claims: Sequence[Claim]) -> Table:
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
