"""Inconsistencies as tables, with their sentences side by side, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.link.consistency import Inconsistency
from sayso.model import Claim, Figure, Report
from sayso.present.wording import around, how_many, on_a_line, sort_of, who_says

# How much of a sentence is shown on one side, in characters.
_WIDTH = 220


def inconsistencies_table(
    inconsistencies: Sequence[Inconsistency],
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
) -> RenderableType:
    """Each inconsistency under its words: both sentences side by side, each with its figure, who
    says so, and its report.
    """
    parts: list[RenderableType] = []
    for inconsistency in inconsistencies:
        parts.append(
            Text.assemble(
                (inconsistency.kind.value.upper(), "bold"), "  ", on_a_line(inconsistency.words)
            )
        )
        table = Table(
            box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 2), expand=True
        )
        table.add_column(ratio=1)
        table.add_column(ratio=1)
        sides = [_side(claims[i], reports) for i in inconsistency.claims]
        for row in zip_longest(*sides, fillvalue=""):
            table.add_row(*(Text(cell) for cell in row))
        parts += [table, Text("")]
    return Group(*parts)


def _side(claim: Claim, reports: Mapping[str, Report]) -> list[str]:
    number = f"{sort_of(claim)} {how_many(claim)}" if isinstance(claim, Figure) else sort_of(claim)
    report = reports[claim.report]
    printed = ", ".join(
        on_a_line(str(w)) for w in (report.publisher, report.published, claim.report) if w
    )
    return [
        f"{number}, says {who_says(claim)}",
        f"“{around(claim, _WIDTH)}”",
        f"{printed}  [{claim.id[:8]}]",
    ]


def inconsistencies_in_short(inconsistencies: Iterable[Inconsistency]) -> str:
    """How many there are of each kind: "3 contradictions · 1 source lost"."""
    kinds = Counter(d.kind for d in inconsistencies)
    return " · ".join(
        f"{n:,} × {kind.value}" for kind, n in sorted(kinds.items(), key=lambda k: (-k[1], k[0]))
    )


def inconsistencies_jsonl(
    inconsistencies: Iterable[Inconsistency], claims: Mapping[str, Claim]
) -> Iterator[str]:
    """One line of JSON for each inconsistency: `kind`, `words`, `weight`, and its claims with their
    words and offsets.
    """
    for inconsistency in inconsistencies:
        spans = [
            {
                "claim": c.id,
                "report": c.report,
                "part": c.part,
                "quote": c.quote,
                "start": c.start,
                "end": c.end,
            }
            for c in (claims[i] for i in inconsistency.claims)
        ]
        data = {
            "kind": inconsistency.kind.value,
            "words": inconsistency.words,
            "weight": inconsistency.weight,
            "claims": spans,
        }
        yield json.dumps(data, ensure_ascii=False) + "\n"
