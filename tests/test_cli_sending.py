"""What goes out of a record on the command line: exports, and pictures."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sayso.export import read_back
from sayso.store import Record
from tests.conftest import EXAMPLES, Run


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from typer.testing import CliRunner

    from sayso import cli

    path = tmp_path_factory.mktemp("sent") / "afghanistan.db"
    assert CliRunner().invoke(cli.app, ["read", str(EXAMPLES), "--into", str(path)]).exit_code == 0
    return path


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonld", "geojson"])
def test_reading_an_export_back_gives_the_same_incidents(
    path: Path, tmp_path: Path, run: Run, form: str
) -> None:
    result = run("export", path, "--to", form, "-o", tmp_path)
    assert result.exit_code == 0, result.output
    with Record(path, create=False) as record:
        incidents = record.linked().incidents
    assert {i.id: i for i in read_back(tmp_path)} == {i.id: i for i in incidents}


# The published columns: UCDP GED and ACLED, in design of the field's own tables.
@pytest.mark.parametrize(
    ("form", "columns", "first", "last"),
    [("ucdp", 49, "id", "gwnob"), ("acled", 31, "event_id_cnty", "timestamp")],
)
def test_the_columns_of_the_field(
    path: Path, tmp_path: Path, run: Run, form: str, columns: int, first: str, last: str
) -> None:
    assert run("export", path, "--to", form, "-o", tmp_path).exit_code == 0
    with (tmp_path / f"{form}.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    names = list(rows[0])
    assert (len(names), names[0], names[-1]) == (columns, first, last)
    assert (tmp_path / f"{form}.cells.jsonl").read_text(encoding="utf-8").count("\n") > len(rows)
    for row in rows if form == "ucdp" else ():
        low, best, high = (int(float(row[n])) for n in ("low", "best", "high"))
        assert low <= best <= high
        assert best == sum(
            int(float(row[f"deaths_{n}"])) for n in ("a", "b", "civilians", "unknown")
        )


@pytest.mark.parametrize(
    ("ending", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("json", b"{")]
)
def test_pictures(path: Path, tmp_path: Path, run: Run, ending: str, begins: bytes) -> None:
    with Record(path, create=False) as record:
        linked = record.linked()
    series = max(linked.series, key=lambda s: (s.since is not None, len(s.claims)))
    incident = max(
        linked.incidents,
        key=lambda i: len(i.reports) * (i.where is not None and i.where.name == "Kandahār"),
    )
    for name in (series.id, incident.id):
        out = tmp_path / f"{name}.{ending}"
        result = run("plot", path, name, out)
        assert result.exit_code == 0, result.output
        assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("plot", "nothing-has-this", "out.svg"), "no series and no incident has this id"),
        (("export", "--to", "acled", "-o", "out", "--policy", "gtd"), "acled"),
    ],
)
def test_what_cannot_be_sent(
    path: Path, run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run(arguments[0], path, *arguments[1:])
    assert result.exit_code != 0
    assert message in str(result.exception) + result.output
