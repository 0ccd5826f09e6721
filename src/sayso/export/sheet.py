"""A table of incidents in a data project's own columns, with its sidecars.

`NAME.csv` holds the rows. `NAME.cells.jsonl` has a line for each cell that is not blank, with the
claims and spans behind it. `NAME.incidents.jsonl` has a line for each incident: all of it, its row,
what is left to fill in, or why it has no row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.export.cells import Row, behind
from sayso.export.files import json_lines
from sayso.export.material import Material
from sayso.export.plain import plain_with_lists
from sayso.model.links import Coded, Incident


@dataclass(frozen=True, slots=True)
class SheetKind:
    """What a data project's table is: its name, its columns with the form that each must have, and
    how an incident becomes a row.

    `wanted` are the columns that a complete row fills; one that the claims leave blank is listed as
    left to fill in. `faults` says in words what is wrong with a row.
    """

    name: str
    forms: Mapping[str, re.Pattern[str]]
    wanted: tuple[str, ...]
    row: Callable[[Material, Incident, Coded], Row]
    faults: Callable[[Mapping[str, str]], list[str]]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.forms)


def misformed(kind: SheetKind, values: Mapping[str, str]) -> list[str]:
    """What is wrong with the values of a row, in words: a form, a code, a sum."""
    wrong = [
        f"{column} is {value!r}"
        for column, form in kind.forms.items()
        if (value := values[column]) and not form.fullmatch(value)
    ]
    return wrong + (kind.faults(values) if not wrong else [])


def sheet(kind: SheetKind, material: Material) -> dict[str, bytes]:
    """The table and its sidecars, by file name."""
    lines: list[dict[str, str]] = []
    cells: list[dict[str, Any]] = []
    incidents: list[dict[str, Any]] = []
    for incident in material.linked.incidents:
        coded = material.figures_of(incident)
        row = kind.row(material, incident, coded)
        values = {column: row.value(column) for column in kind.columns}
        reason = row.reason or "; ".join(misformed(kind, values))
        entry: dict[str, Any] = (
            {"row": None, "left_out": reason} if reason else {"row": len(lines) + 1}
        )
        if not reason:
            lines.append(values)
            cells += behind(len(lines), row, kind.columns)
            entry["to_fill_in"] = [column for column in kind.wanted if not values[column]]
        incidents.append(
            entry
            | {
                "policy": coded.policy,
                "notes": list(coded.notes),
                "incident": plain_with_lists(incident),
            }
        )
    return {
        f"{kind.name}.csv": _csv(kind.columns, lines),
        f"{kind.name}.cells.jsonl": json_lines(cells),
        f"{kind.name}.incidents.jsonl": json_lines([_head(material), *incidents]),
    }


def _head(material: Material) -> dict[str, Any]:
    """The first line: what made the export, and as of which day."""
    return {
        "made": material.made,
        "policy": material.policy,
        "as_of": material.as_of and material.as_of.isoformat(),
    }


def _csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
