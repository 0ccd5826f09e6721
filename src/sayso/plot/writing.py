"""A picture as a file: SVG, PNG, or the Vega-Lite spec itself."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import vl_convert

from sayso.errors import SaysoError
from sayso.plot.look import Spec

# Pixels of a PNG for each of the spec's: sharp on today's screens, and in print at the width of a
# column.
_SCALE = 2.0
# No address is allowed: a picture holds its data, and nothing in a report can make it fetch more.
_NOWHERE: list[str] = []


def write(spec: Spec, out: Path) -> None:
    """Writes the picture, whole or not at all, in the format that the file's ending names: .svg,
    .png or .json.

    Raises SaysoError for another ending, and when the file cannot be written.
    """
    drawn = _drawn(spec, out)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".sayso-") as folder:
            unfinished = Path(folder) / out.name
            unfinished.write_bytes(drawn)
            unfinished.replace(out)
    except OSError as error:
        raise SaysoError(
            f"{out}: cannot be written ({error.strerror}); expected a folder that exists and "
            f"may be written to"
        ) from error


def drawn_svg(spec: Spec) -> str:
    """The picture as self-contained SVG: it can be the source of an image in a web page."""
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=_NOWHERE))


def drawn_png(spec: Spec) -> bytes:
    """The picture as PNG, with two pixels for each of the spec's."""
    return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=_NOWHERE))


def _drawn(spec: Spec, out: Path) -> bytes:
    match out.suffix.lower():
        case ".svg":
            return drawn_svg(spec).encode()
        case ".png":
            return drawn_png(spec)
        case ".json":
            return (json.dumps(spec, ensure_ascii=False, indent=1) + "\n").encode()
    raise SaysoError(
        f"{out}: not a picture format; give a name that ends in .svg, .png, or .json "
        f"for the Vega-Lite spec"
    )
