"""A record as files that other people's programs read, and back.

    material = Material(
        reports=…, claims=…, linked=…, coded=…, policy="ucdp", as_of=None, made="sayso 0.1.0"
    )
    paths = export(material, Format.UCDP, Path("out"))
    incidents = read_back(Path("out"))

`ucdp` and `acled` are tables of incidents in the field's own columns, with a sidecar from every
cell to the claims behind it; `csv` and `parquet` hold the record's tables; `jsonld` its claims as
Web Annotations; `geojson` a map. docs/exports.md says what stands in each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sayso.errors import ExportError
from sayso.export import acled, ucdp
from sayso.export.back import read_back
from sayso.export.files import write_whole
from sayso.export.geojson import geo_json
from sayso.export.jsonld import json_ld
from sayso.export.material import Format, Material
from sayso.export.package import csv_package, parquet_package
from sayso.export.sheet import sheet

__all__ = ["ExportError", "Format", "Material", "export", "read_back"]

_WRITERS: Mapping[Format, Callable[[Material], dict[str, bytes]]] = {
    Format.UCDP: lambda material: sheet(ucdp.KIND, material),
    Format.ACLED: lambda material: sheet(acled.KIND, material),
    Format.CSV: csv_package,
    Format.PARQUET: parquet_package,
    Format.JSONLD: json_ld,
    Format.GEOJSON: geo_json,
}


def export(material: Material, to: Format, out: Path) -> list[Path]:
    """Writes the files of one format into a folder, which is made where it is not there, and
    returns their paths.

    Files of these names are replaced, each whole or not at all; others are left alone. Raises
    ExportError when the folder cannot be written to, or an incident names a claim or report that
    the material does not hold.
    """
    material.check()
    return write_whole(out, _WRITERS[to](material))
