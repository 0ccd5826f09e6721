"""Claims as a sheet for a terminal, and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.model import (
    Claim,
    Event,
    Figure,
    Forecast,
    Review,
    SourceFact,
    Span,
    Statement,
    claim_to_dict,
)
from sayso.present.wording import around, how_many, on_a_line, place_words, sort_of, who_says
from sayso.review import dates_written

C = TypeVar("C", bound=Claim)
C_contra = TypeVar("C_contra", bound=Claim, contravariant=True)
# From this width on there is room for the words of a claim beside what was made of them.
ROOM_FOR_WORDS = 130


def claims_jsonl(claims: Iterable[Claim]) -> Iterator[str]:
    """The claims as lines of JSON, in the form that docs/claims.md describes."""
    for claim in claims:
        yield json.dumps(claim_to_dict(claim), ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class _Column(Generic[C_contra]):
    """A column of the sheet: its heading, its share of the width (0 for one that is as wide as its
    cells), and a claim's cell.
    """

    heading: str
    share: int
    cell: Callable[[C_contra], str]
    right: bool = False


def claims_table(claims: Sequence[Claim], width: int) -> RenderableType:
    """The claims as a sheet for a terminal of so many columns: a line each, every kind by itself
    under the columns that it has, cells cut where they are longer.
    """
    first, last = _beside(claims)
    if width >= ROOM_FOR_WORDS:
        last = [_Column("words", 30, around), *last]
    parts: list[RenderableType] = []
    for heading, table in (
        ("TOLLS AND STRENGTHS", _table(first, _FIGURES, last, claims, Figure)),
        ("EVENTS", _table(first, _EVENTS, last, claims, Event)),
        ("STATEMENTS", _table(first, _STATEMENTS, last, claims, Statement)),
        ("FORECASTS", _table(first, _FORECASTS, last, claims, Forecast)),
        ("WHAT IS SAID OF SOURCES", _table(first, _SOURCES, last, claims, SourceFact)),
    ):
        if table.row_count:
            parts += [Text("")] if parts else []
            parts += [Text(f"{heading}  {table.row_count:,}", style="bold"), table]
    return Group(*parts)


def _beside(claims: Sequence[Claim]) -> tuple[list[_Column[Claim]], list[_Column[Claim]]]:
    """What stands before and after the columns of a kind: the report, where there are several; and
    what people decided, where they did.
    """
    several = len({c.report for c in claims}) > 1
    decided = any(c.review is not Review.MACHINE for c in claims)
    first: list[_Column[Claim]] = [_Column("report", 9, lambda c: c.report)] if several else []
    last: list[_Column[Claim]] = [_Column("review", 0, lambda c: c.review.value)] if decided else []
    return first, last


def _table(
    first: Sequence[_Column[Claim]],
    own: Sequence[_Column[C]],
    last: Sequence[_Column[Claim]],
    claims: Iterable[Claim],
    kind: type[C],
) -> Table:
    """The claims of a kind under its columns."""
    columns: list[_Column[C]] = [*first, *own, *last]
    table = Table(box=None, pad_edge=False, header_style="dim", expand=True)
    for column in columns:
        table.add_column(
            column.heading,
            justify="right" if column.right else "left",
            ratio=column.share or None,
            no_wrap=True,
            overflow="ellipsis",
        )
    for claim in claims:
        if isinstance(claim, kind):
            table.add_row(*(on_a_line(column.cell(claim)) for column in columns))
    return table


def _words(span: Span | None) -> str:
    return span.text if span else ""


def _when(claim: Claim) -> str:
    """The days as ISO 8601 writes them: "2012-03-11", "2001-10-07/2012-10-07", "2001/..".

    Whole months and years are written as such.
    """
    return dates_written(claim.when)


_WHEN: _Column[Claim] = _Column("when", 0, _when)
_WHERE: _Column[Claim] = _Column("where", 10, lambda c: place_words(c.where))
_WHO_SAYS: _Column[Claim] = _Column("who says so", 19, who_says)
_FIGURES: tuple[_Column[Figure], ...] = (
    _Column("how many", 0, how_many, right=True),
    _Column("effect", 0, sort_of),
    _Column("who", 15, lambda c: _words(c.who)),
    _Column("by", 9, lambda c: _words(c.by)),
    _WHEN,
    _WHERE,
    _WHO_SAYS,
)
_EVENTS: tuple[_Column[Event], ...] = (
    _Column("type", 11, lambda c: f"{c.type.value.lower()}{f', {c.mode}' if c.mode else ''}"),
    _Column("what", 10, lambda c: c.trigger.text),
    _Column("by whom", 14, lambda c: _words(c.actor)),
    _Column("to whom", 14, lambda c: _words(c.target)),
    _WHEN,
    _WHERE,
    _WHO_SAYS,
)
_STATEMENTS: tuple[_Column[Statement], ...] = (
    _Column("who says so", 24, who_says),
    _Column("cue", 12, lambda c: _words(c.cue)),
    _Column("how", 0, lambda c: c.mode.value),
    _Column("what is said", 50, lambda c: c.content.text),
)
_FORECASTS: tuple[_Column[Forecast], ...] = (
    _Column("kind", 0, lambda c: c.mode.value),
    _Column("by when", 0, lambda c: dates_written(c.horizon)),
    _Column("who says so", 20, who_says),
    _Column("what is expected", 46, lambda c: c.content.text),
)
_SOURCES: tuple[_Column[SourceFact], ...] = (
    _Column("source", 24, lambda c: c.name),
    _Column("relation", 0, lambda c: c.relation.value.replace("_", " ")),
    _Column("what", 32, lambda c: c.value.text),
    _WHO_SAYS,
)
