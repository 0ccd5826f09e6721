"""The habits that ruff does not check: how long functions and modules are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sayso

PACKAGE = Path(sayso.__file__).parent
# The rules in find go when the reader is learned; a migration lists columns.
FILES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if not {"find", "migrations"} & set(path.relative_to(PACKAGE).parts)
]
LONGEST_FUNCTION, LONGEST_MODULE = 60, 600


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_functions_and_modules_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


def test_few_modules_lie_loose_at_the_root() -> None:
    loose = {path.stem for path in PACKAGE.glob("*.py")}
    assert loose == {"__init__", "__main__", "errors", "pipeline", "view"}
