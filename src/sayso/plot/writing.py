"""A picture as a file: SVG, PNG, or the Vega-Lite spec itself."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import vl_convert

from sayso.errors import SaysoError
from sayso.plot.look import Spec

# Pixels of a PNG for one of the spec's: sharp on today's screens, and in print at the width of a column.
_SCALE = 2.0


def write(spec: Spec, out: Path) -> None:
    """Writes the picture, whole or not at all, in the form that the file's ending names: .svg, .png or .json.

    Raises SaysoError for another ending, and when the file cannot be written.
    """
    drawn = _drawn(spec, out)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".sayso-") as folder:
            unfinished = Path(folder) / out.name
            unfinished.write_bytes(drawn)
            unfinished.replace(out)
    except OSError as error:
        raise SaysoError(f"{out}: cannot be written ({error.strerror}); expected a folder that exists and may be written to") from error


def _drawn(spec: Spec, out: Path) -> bytes:
    # No address is allowed: a picture holds its data, and nothing that a report says can make it fetch more.
    match out.suffix.lower():
        case ".svg":
            return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()
        case ".png":
            return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=[]))
        case ".json":
            return (json.dumps(spec, ensure_ascii=False, indent=1) + "\n").encode()
    raise SaysoError(f"{out}: no kind of picture ends so; give a name that ends in .svg, .png, or .json for the Vega-Lite spec")
