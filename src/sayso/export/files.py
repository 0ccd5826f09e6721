"""Files written whole or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import ExportError


def write_whole(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes every file under its name in the folder. All are first written to a temporary folder
    inside it, so that a full disk or a stopped program leaves the files of an earlier export as
    they were. Raises ExportError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sayso-", dir=folder) as unfinished:
            for name, content in files.items():
                (Path(unfinished) / name).write_bytes(content)
            for name in files:
                (Path(unfinished) / name).replace(folder / name)
    except OSError as e:
        raise ExportError(
            f"{folder}: cannot be written to ({e.strerror or e}); name another folder with -o"
        ) from e
    return [folder / name for name in files]


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One line of JSON per row, in UTF-8."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def json_file(content: Mapping[str, Any]) -> bytes:
    """One JSON document for people and programs, in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def json_list_file(head: Mapping[str, Any], name: str, items: Iterable[Mapping[str, Any]]) -> bytes:
    """One JSON document, in UTF-8, whose last member is a list with one item per line."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    opening = "".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n"
        for key, value in head.items()
    )
    return f"{{{opening}{json.dumps(name)}: [\n{lines}\n]}}\n".encode()
