"""Claims as a flat sheet: a row a claim, short columns that a person reads (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sayso.model import Claim, Count, Figure, Scope, Span, When, Where
from sayso.model.fields import Field, all_fields

# The columns that are read first, in this order; others follow as their fields are declared.
_FIRST = (
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
    "effect",
)
_Cell = Callable[[Claim], Any]


@cache
def _sheet() -> Mapping[str, _Cell]:
    """The columns by name, each with how a claim fills it."""
    cells = dict(c for f in all_fields() if f.description.sheet != "" for c in _cells(f))
    return {name: cells[name] for name in dict.fromkeys([*_FIRST, *cells])}


def _cells(field: Field) -> Iterator[tuple[str, _Cell]]:
    """The columns of a field."""
    name = field.description.sheet or field.name
    if field.name == "sources":
        yield "claimant", _claimant
        yield "claimant_type", _claimant_type
    elif field.type is Where:
        yield name, lambda c: (w.name or w.text) if (w := getattr(c, field.name, None)) else None
        yield "country", lambda c: _part(c, field.name, "country")
    elif field.type is When:
        yield f"{name}_start", lambda c: _part(c, field.name, "start")
        yield f"{name}_end", lambda c: _part(c, field.name, "end")
    elif isinstance(field.type, type) and issubclass(field.type, Span):
        yield name, lambda c: _part(c, field.name, "text")
        if field.type is Count:
            yield "low", lambda c: _part(c, field.name, "low")
            yield "high", lambda c: _part(c, field.name, "high")
    elif field.type is Scope:
        yield name, _scope
    elif not field.is_list:
        yield name, lambda c: getattr(c, field.name, None)


def _part(claim: Claim, field: str, part: str) -> Any:
    value = getattr(claim, field, None)
    return None if value is None else getattr(value, part)


def _claimant(claim: Claim) -> str | None:
    last = claim.sources[-1]
    return last.name if last.role != "publisher" else None


def _claimant_type(claim: Claim) -> str | None:
    return claim.sources[-1].type


def _scope(claim: Claim) -> str | None:
    if not isinstance(claim, Figure):
        return None
    return f"rate per {claim.per}" if claim.scope is Scope.RATE else claim.scope.value


def sheet_columns() -> tuple[str, ...]:
    """The names of the columns."""
    return tuple(_sheet())


def sheet_row(claim: Claim) -> dict[str, Any]:
    """A claim flat, by column; None where its kind has no such field, or nothing is known."""
    return {name: cell(claim) for name, cell in _sheet().items()}


def claims_csv(claims: Iterable[Claim]) -> Iterator[str]:
    """The claims as lines of CSV, header first."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, sheet_columns(), lineterminator="\n")
    writer.writeheader()
    for claim in claims:
        writer.writerow(sheet_row(claim))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()
