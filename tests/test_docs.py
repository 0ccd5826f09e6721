"""The documents keep up with the code."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import typer

import sayso
from sayso.cli import app
from sayso.model import Event, EventType, Figure, Forecast, Relation, Source, SourceFact, Statement

ROOT = Path(__file__).parent.parent
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def test_every_command_and_option_is_documented() -> None:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        section = re.search(rf"## sayso {name}\n(.*?)(?=\n## |\Z)", CLI, re.DOTALL)
        assert section, f"docs/cli.md has no section for sayso {name}"
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert f"`{option}" in section[1], (
                        f"docs/cli.md: sayso {name} {option} is missing"
                    )
                    assert parameter.help in section[1], (
                        f"docs/cli.md: the help of {name} {option} has changed"
                    )


def test_every_field_is_documented() -> None:
    words = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    names = {
        f.name
        for kind in (Figure, Statement, Event, Forecast, SourceFact, Source)
        for f in fields(kind)
    }
    for name in (*names, *EventType, *Relation):
        assert f"`{name}`" in words, f"docs/claims.md does not explain {name}"


@pytest.mark.parametrize("name", sayso.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert len(sayso.__all__) <= 8
    assert getattr(sayso, name).__doc__
    assert re.search(rf"`{name}[`(]", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"))


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)\nwith", page, re.DOTALL)
    assert code
    exec(compile(code[1], "docs/python.md", "exec"), {})
    expected = re.findall(r"^# (.+)$", code[1], re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == expected


def test_the_version_is_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
