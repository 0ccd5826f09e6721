"""What tests share: the shipped examples, and the command line run in this process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

EXAMPLES = Path(__file__).parent.parent / "examples" / "afghanistan-2012"
# Other people's texts, which are no part of this project: beside the checkout, or where SAYSO_GOLD
# says.
SHARED = Path(os.environ.get("SAYSO_GOLD", Path(__file__).parent.parent.parent / "shared"))

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `sayso ARGUMENTS` as the installed command does, errors included."""
    from sayso import cli

    def invoke(*arguments: str | Path, input: bytes | None = None) -> Result:  # noqa: A002
        return CliRunner().invoke(cli.app, [str(a) for a in arguments], input=input)

    return invoke


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES
