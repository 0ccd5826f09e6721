"""The incidents of an export, read back from its files."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from sayso.errors import ExportError
from sayso.export import geojson, jsonld
from sayso.export.package import DESCRIPTOR, arrow_schema
from sayso.export.plain import incident_of
from sayso.export.schema import INCIDENT_CLAIMS, INCIDENT_REPORTS, INCIDENTS, Table
from sayso.model.links import Incident

Line = dict[str, Any]


def read_back(folder: Path) -> tuple[Incident, ...]:
    """The incidents that an export in this folder holds, in its order; for a UCDP or ACLED table,
    those that have a row.

    Where a folder holds exports in several formats, the first of these is read: Data Package,
    JSON-LD, GeoJSON, UCDP, ACLED. Raises ExportError when it holds none, or an incomplete one.
    """
    for name, read in _READERS.items():
        if (folder / name).is_file():
            try:
                return tuple(incident_of(line) for line in read(folder))
            except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as e:
                raise ExportError(
                    f"{folder / name}: cannot be read back ({e}); export the record again"
                ) from e
    raise ExportError(f"{folder}: holds no sayso export; expected one of {', '.join(_READERS)}")


def _package(folder: Path) -> Iterator[Line]:
    """From the tables incidents, incident_reports and incident_claims."""
    resources = {r["name"]: r for r in _json(folder / DESCRIPTOR)["resources"]}
    rows = {
        table.name: _table(folder, resources[table.name], table)
        for table in (INCIDENTS, INCIDENT_REPORTS, INCIDENT_CLAIMS)
    }
    reports, claims = _by_incident(rows["incident_reports"]), _by_incident(rows["incident_claims"])
    for incident in rows["incidents"]:
        own = reports[incident["id"]]
        main = sorted((r for r in own if r["main"] is not None), key=lambda r: int(r["main"]))
        lists = {"claims": claims[incident["id"]], "reports": own, "main": main}
        columns = {"claims": "claim", "reports": "report", "main": "report"}
        yield incident | {
            name: [line[columns[name]] for line in lines] for name, lines in lists.items()
        }


def _table(folder: Path, resource: Mapping[str, Any], table: Table) -> list[Line]:
    path = folder / resource["path"]
    if resource["format"] == "parquet":
        return list(pa.parquet.read_table(path).to_pylist())
    schema = arrow_schema(table)
    options = pa.csv.ConvertOptions(
        column_types=schema, strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    lines = pa.csv.ParseOptions(newlines_in_values=True)
    found = pa.csv.read_csv(path, parse_options=lines, convert_options=options)
    if found.column_names != schema.names:
        raise ValueError(f"columns {', '.join(found.column_names)}")
    return list(found.to_pylist())


def _by_incident(rows: list[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: int(row["position"])):
        found[row["incident"]].append(row)
    return found


def _annotations(folder: Path) -> Iterator[Line]:
    """From the collections that are incidents."""
    for node in _json(folder / jsonld.NAME)["@graph"]:
        if "sayso:Incident" in node["type"]:
            fields = _own(node)
            fields |= {
                f"where_{name}": value for name, value in _own(fields["where"] or {}).items()
            }
            fields |= {
                name: [_name(r["id"]) for r in fields[name]["@list"]]
                for name in ("reports", "main")
            }
            yield fields | {
                "id": _name(node["id"]),
                "claims": [_name(c) for c in node["first"]["items"]],
            }


def _own(node: Line) -> Line:
    """The fields of our vocabulary; a missing one is None."""
    return defaultdict(
        lambda: None,
        {name.removeprefix("sayso:"): v for name, v in node.items() if name.startswith("sayso:")},
    )


def _name(urn: str) -> str:
    """The id in one of our URNs."""
    return unquote(urn.split(":", 3)[3])


def _features(folder: Path) -> Iterator[Line]:
    """From the features' properties."""
    for feature in _json(folder / geojson.NAME)["features"]:
        yield feature["properties"]


def _sheet(name: str) -> Callable[[Path], Iterator[Line]]:
    """From the rows of a table and its sidecars; table and sidecar of cells must agree."""

    def read(folder: Path) -> Iterator[Line]:
        _compare(folder, name)
        for line in _lines(folder / f"{name}.incidents.jsonl"):
            if line.get("row") is not None:
                yield line["incident"]

    return read


def _compare(folder: Path, name: str) -> None:
    """Raises ValueError where a cell of the table differs from its sidecar: one of them was changed
    since the export.
    """
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {
        (n, column): value
        for n, row in enumerate(rows, 1)
        for column, value in row.items()
        if value
    }
    recorded = {
        (cell["row"], cell["column"]): cell["value"]
        for cell in _lines(folder / f"{name}.cells.jsonl")
    }
    for place in sorted(found.keys() | recorded.keys()):
        if found.get(place, "") != recorded.get(place, ""):
            raise ValueError(
                f"row {place[0]}, {place[1]}: {found.get(place, '')!r} in the table, "
                f"{recorded.get(place, '')!r} in its sidecar"
            )


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


_READERS: Mapping[str, Callable[[Path], Iterator[Line]]] = {
    DESCRIPTOR: _package,
    jsonld.NAME: _annotations,
    geojson.NAME: _features,
    "ucdp.csv": _sheet("ucdp"),
    "acled.csv": _sheet("acled"),
}
