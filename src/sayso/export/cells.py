"""Cells of a row, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sayso.model import Claim, Span
from sayso.model.links import Incident


@dataclass(frozen=True, slots=True)
class Basis:
    """A claim behind a cell, and the words in it that fed the cell where they are narrower than the
    claim.
    """

    claim: Claim
    words: Span | None = None

    def as_dict(self) -> dict[str, Any]:
        """The claim's sentence and the words, each with its place in the report, as plain JSON
        data.
        """
        c = self.claim
        data: dict[str, Any] = {
            "claim": c.id,
            "report": c.report,
            "part": c.part,
            "start": c.start,
            "end": c.end,
            "quote": c.quote,
        }
        if self.words:
            data["words"] = {
                "text": self.words.text,
                "start": self.words.start,
                "end": self.words.end,
            }
        return data


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, the rule behind it in words, and what it rests on: claims, reports (for what
    only their metadata give), or other columns of its row.
    """

    value: str
    rule: str
    claims: tuple[Basis, ...] = ()
    reports: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An incident as a row: its cells by column, blank ones left out; `reason` says why it must not
    be written, if so.
    """

    incident: Incident
    cells: Mapping[str, Cell] = field(default_factory=dict)
    reason: str = ""

    def value(self, column: str) -> str:
        """The text of a cell, "" when it is blank."""
        return self.cells[column].value if column in self.cells else ""


def filled(cells: Mapping[str, Cell | None]) -> dict[str, Cell]:
    """The cells that hold something."""
    return {column: cell for column, cell in cells.items() if cell is not None and cell.value != ""}


def behind(number: int, row: Row, columns: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What each filled cell of a row rests on, in the order of the columns: one line of the sidecar
    per cell.
    """
    for column in columns:
        if (cell := row.cells.get(column)) is None:
            continue
        line: dict[str, Any] = {
            "row": number,
            "incident": row.incident.id,
            "column": column,
            "value": cell.value,
        }
        line["claims"] = [basis.as_dict() for basis in cell.claims]
        if cell.reports:
            line["reports"] = list(cell.reports)
        if cell.columns:
            line["columns"] = list(cell.columns)
        yield line | {"rule": cell.rule}
