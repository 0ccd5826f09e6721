"""The record's tables as CSV or Parquet, with a Frictionless Data Package beside them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from sayso.export.files import json_file
from sayso.export.material import Material
from sayso.export.schema import TABLES, Field, Reference, Table
from sayso.export.tables import Line, rows_of

DESCRIPTOR = "datapackage.json"
TYPES: Mapping[str, Any] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def csv_package(material: Material) -> dict[str, bytes]:
    """Every table as CSV in UTF-8, empty where nothing is known, and the descriptor."""
    return _package(material, "csv", "text/csv", pa.csv.write_csv)


def parquet_package(material: Material) -> dict[str, bytes]:
    """Every table as Parquet, null where nothing is known, and the descriptor."""
    return _package(material, "parquet", "application/vnd.apache.parquet", pa.parquet.write_table)


def arrow_schema(table: Table) -> pa.Schema:
    """The columns of a table with their Arrow types."""
    return pa.schema([(f.name, TYPES[f.type]) for f in table.fields])


def _package(
    material: Material, ending: str, media: str, write: Callable[[pa.Table, io.BytesIO], None]
) -> dict[str, bytes]:
    rows, files = rows_of(material), {}
    for table in TABLES:
        file = io.BytesIO()
        write(_arrow(table, rows[table.name]), file)
        files[f"{table.name}.{ending}"] = file.getvalue()
    return files | {DESCRIPTOR: json_file(descriptor(material, ending, media))}


def _arrow(table: Table, rows: list[Line]) -> pa.Table:
    """The rows with the table's types. An enumeration's value is its text."""
    columns = {
        f.name: [
            str(v) if f.type == "string" and (v := row[f.name]) is not None else row[f.name]
            for row in rows
        ]
        for f in table.fields
    }
    return pa.Table.from_pydict(columns, schema=arrow_schema(table))


def descriptor(material: Material, ending: str, media: str) -> dict[str, Any]:
    """The Data Package (version 1 of the specification) that says what each file holds."""
    day = f", as of {material.as_of.isoformat()}" if material.as_of else ""
    return {
        "profile": "tabular-data-package" if ending == "csv" else "data-package",
        "name": "sayso-record",
        "title": "Who says so: what reports of an armed conflict claim, compared",
        "description": (
            f"Made by {material.made}{day}. Figures under the policy {material.policy}. Claims "
            f"are reported, and not therefore true."
        ),
        "resources": [_resource(table, ending, media) for table in TABLES],
    }


def _resource(table: Table, ending: str, media: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(f) for f in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [_foreign(r) for r in table.references]
    resource = {
        "profile": "tabular-data-resource" if ending == "csv" else "data-resource",
        "name": table.name,
        "description": table.description,
        "path": f"{table.name}.{ending}",
        "format": ending,
        "mediatype": media,
    }
    return resource | ({"encoding": "utf-8"} if ending == "csv" else {}) | {"schema": schema}


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = [str(v) for v in field.values]
    described = {"name": field.name, "type": field.type, "description": field.description}
    return described | ({"constraints": constraints} if constraints else {})


def _foreign(reference: Reference) -> dict[str, Any]:
    if len(reference.fields) == 1:
        return {
            "fields": reference.fields[0],
            "reference": {"resource": reference.table, "fields": reference.columns[0]},
        }
    return {
        "fields": list(reference.fields),
        "reference": {"resource": reference.table, "fields": list(reference.columns)},
    }
