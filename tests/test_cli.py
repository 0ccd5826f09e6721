"""The command line as a user meets it: output, messages, exit codes."""

from __future__ import annotations

import csv
import io
import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sayso import Record, pipeline, read
from sayso.cli import main
from sayso.model import Report
from tests.conftest import Run

BODY = "Two soldiers were killed in Kandahar on Sunday, officials said."


def line(number: int, text: str = BODY) -> str:
    return json.dumps(
        {
            "id": f"r{number}",
            "publisher": "The Example",
            "published": "2012-10-08",
            "text": f"{text} ({number})",
        }
    )


def test_find_prints_claims_whose_spans_hold(run: Run, examples: Path) -> None:
    result = run("find", examples)
    assert result.exit_code == 0, result.stderr
    reports = {r.id: r for r in read([examples]) if isinstance(r, Report)}
    claims = [json.loads(row) for row in result.stdout.splitlines()]
    assert len(claims) > 30
    for claim in claims:
        part = reports[claim["report"]].part(claim["part"])
        spans = [
            claim.get(k)
            for k in (
                "count",
                "who",
                "by",
                "where",
                "content",
                "cue",
                "trigger",
                "actor",
                "target",
                "about",
                "value",
            )
        ]
        for span in (claim, *spans, *claim.get("parts", []), *claim["sources"]):
            if span and span.get("start") is not None:
                assert part[span["start"] : span["end"]] == span.get("quote", span.get("text"))
    assert "in Spanish" in result.stderr


def test_find_reads_standard_input(run: Run) -> None:
    for data in (
        BODY,
        line(1),
        (
            f"<html><body><article><h1>Two killed</h1><p>{BODY}</p><p>{BODY} The town was quiet "
            f"later that day, they said.</p></article></body></html>"
        ),
    ):
        result = run("find", "-", input=data.encode())
        assert result.exit_code == 0, result.stderr
        assert (
            next(
                c["count"]["low"]
                for c in map(json.loads, result.stdout.splitlines())
                if c["kind"] == "toll"
            )
            == 2
        )


def test_find_as_a_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line(1))
    out = run("find", tmp_path, "--format", "table").stdout
    assert "officials" in out
    assert "2012-10-07" in out


def test_read_twice_adds_nothing(run: Run, tmp_path: Path, examples: Path) -> None:
    record = tmp_path / "r.db"
    first = run("read", examples, "--into", record)
    assert first.exit_code == 0, first.stderr
    assert "14 reports read, 1 skipped" in first.stderr
    assert "KILLED" in first.stdout
    with Record(record) as opened:
        size = opened.size()
    again = run("read", examples, "--into", record)
    assert "14 already in the record" in again.stderr
    with Record(record) as opened:
        assert opened.size() == size
    verified = run("verify", record)
    assert verified.exit_code == 0
    assert "every span and reference holds" in verified.stdout


def test_reading_goes_on_after_an_interruption(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C while the sixth report is read: five stay, and reading again does the other seven."""

    def interrupted(*arguments: Any) -> Any:
        report, claims = found(*arguments)
        if report.id == "r5":
            signal.raise_signal(signal.SIGINT)
        return report, claims

    (tmp_path / "a.jsonl").write_text("\n".join(line(i) for i in range(12)))
    record = tmp_path / "r.db"
    found = vars(pipeline)["find_claims"]
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "find_claims", interrupted)
        result = run("read", tmp_path / "a.jsonl", "--into", record)
    assert result.exit_code == 130
    assert "interrupted; 5 reports read: that is in the record" in result.stderr
    with Record(record) as opened:
        assert opened.size()[0] == 5
        assert not list(opened.verify())
        assert opened.unlinked()  # it stopped there, and compared nothing
    result = run("read", tmp_path / "a.jsonl", "--into", record)
    assert "7 reports read, 5 already in the record" in result.stderr
    with Record(record) as opened:
        assert opened.size()[0] == 12
        assert not opened.unlinked()


def test_show_filters_and_formats(run: Run, tmp_path: Path, examples: Path) -> None:
    record = tmp_path / "r.db"
    run("read", examples, "--into", record)
    rows = list(
        csv.DictReader(
            io.StringIO(run("show", record, "--effect", "killed", "--format", "csv").stdout)
        )
    )
    assert rows
    assert {row["effect"] for row in rows} == {"killed"}
    lines = run(
        "show", record, "--source", "united nations", "--format", "jsonl"
    ).stdout.splitlines()
    assert lines
    assert all("United Nations" in json.dumps(json.loads(row)["sources"]) for row in lines)
    assert "13,001" in run("show", record, "--text", "13,000").stdout


def test_exit_codes(run: Run, tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text(line(1))
    (tmp_path / "bad.jsonl").write_text("{\n" + line(2))
    result = run(
        "read", good, tmp_path / "bad.jsonl", tmp_path / "none.txt", "--into", tmp_path / "r.db"
    )
    assert result.exit_code == 1
    assert "2 reports read, 2 skipped" in result.stderr
    assert sum(row.startswith("error: ") for row in result.stderr.splitlines()) == 2
    assert run("read", "--into", tmp_path / "r.db").exit_code == 2
    assert run("show", tmp_path / "r.db", "--since", "yesterday").exit_code == 2
    assert run("show", tmp_path / "r.db", "--effect", "sunburnt").exit_code == 2


def program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int | str | None, str, str]:
    """The program from its first line on, in this process: its exit code, and what it prints."""
    monkeypatch.setattr(sys, "argv", ["sayso", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code, *capsys.readouterr()


# What goes wrong -> what is said of it.
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "none.db"], "no such record"),
        (["show", "text.db"], "not a record"),
        (["read", "a.jsonl", "--into", "no/r.db"], "does not exist"),
        (["find", "a.jsonl", "--lexicon", "words.toml"], "unknown key 'martian'"),
        (["find", "a.jsonl", "--pipeline", "xx_none"], "not installed"),
    ],
)
def test_errors_are_one_line_and_no_traceback(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.db").write_text("no database at all")
    (tmp_path / "words.toml").write_text("[people]\nmartian = ['marvin']\n")
    (tmp_path / "a.jsonl").write_text(line(1))
    code, printed, said = program(monkeypatch, capsys, *arguments)
    assert (code, printed) == (2, "")
    assert message in said
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_the_program_as_it_is_installed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "show", str(tmp_path / "none.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such record" in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_argument_shows_the_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed, said = program(monkeypatch, capsys)
    assert code == 2
    assert "read" in printed + said


def test_a_users_lexicon(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        line(1, "Five beekeepers and two wolfmen of the Red Column were killed.")
    )
    (tmp_path / "words.toml").write_text(
        '[people]\ncivilian = ["beekeeper"]\nmilitant = ["wolfman", '
        '"wolfmen"]\n[actors]\narmed_group = ["Red Column"]\n'
    )
    claims = [
        json.loads(row)
        for row in run(
            "find", tmp_path / "a.jsonl", "--lexicon", tmp_path / "words.toml"
        ).stdout.splitlines()
    ]
    assert [c["status"] for c in claims] == ["civilian", "militant"]


def test_a_forecast_is_listed_and_settled(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    (tmp_path / "a.jsonl").write_text(
        line(1, "The troops will leave by the end of 2012, the minister said.")
    )
    run("read", tmp_path / "a.jsonl", "--into", record)
    listed = run("forecasts", record, "--as-of", "2013-01-01", "--format", "jsonl")
    forecast = json.loads(listed.stdout)
    assert (forecast["state"], forecast["horizon"]["end"]) == ("due", "2012-12-31")
    settled = run(
        "settle",
        record,
        forecast["id"],
        "--outcome",
        "failed",
        "--because",
        "They stayed.",
        "--source",
        "https://example.org",
        "--who",
        "ana",
    )
    assert settled.exit_code == 0, settled.stderr
    assert "failed, says ana" in settled.stdout
    again = run("forecasts", record)
    assert "1 of 1" in again.stdout
    assert (
        json.loads(run("forecasts", record, "--format", "jsonl").stdout)["judgements"][0]["because"]
        == "They stayed."
    )


def test_settling_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    (tmp_path / "a.jsonl").write_text(line(1))
    run("read", tmp_path / "a.jsonl", "--into", record)
    options = ("--outcome", "failed", "--because", "x", "--source", "https://example.org")
    assert "no claim has this id" in str(run("settle", record, "abc", *options).exception)
    assert run("settle", "abc", *options).exit_code == 2
    assert (
        run(
            "settle", record, "abc", "--outcome", "failed", "--because", " ", "--source", "u"
        ).exit_code
        == 2
    )


def test_a_decision_outlives_its_claim(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    (tmp_path / "a.jsonl").write_text(
        line(1, "The troops will leave by the end of 2012, the minister said.")
    )
    run("read", tmp_path / "a.jsonl", "--into", record)
    forecast = json.loads(run("forecasts", record, "--format", "jsonl").stdout)["id"]
    run(
        "settle",
        record,
        forecast,
        "--outcome",
        "failed",
        "--because",
        "They stayed.",
        "--source",
        "https://example.org",
    )
    assert "0 claims are new, 0 are gone" in run("renew", record).stderr
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE decision_claim SET claim = 'another', start = 0, \"end\" = 0")
    again = run("renew", record)
    assert again.exit_code == 0
    assert "no longer fits: settled: failed" in again.stdout


def test_a_fault_of_ours_in_one_report_does_not_stop_the_rest(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> Any:
        report, claims = found(*arguments)
        if report.id == "r1":
            raise ZeroDivisionError("one by none")
        return report, claims

    found = vars(pipeline)["find_claims"]
    monkeypatch.setattr(pipeline, "find_claims", fail)
    (tmp_path / "a.jsonl").write_text(f"{line(1)}\n{line(2)}\n")
    result = run("find", tmp_path / "a.jsonl", "--kind", "toll")
    assert result.exit_code == 1
    assert "r1: sayso failed on it (ZeroDivisionError: one by none)" in result.stderr
    assert json.loads(result.stdout)["report"] == "r2"


def test_an_empty_word_in_a_lexicon_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text('[event_verbs]\nASSAULT = [" "]\n')
    result = run("find", "-", "--lexicon", tmp_path / "w.toml", input=BODY.encode())
    assert "none of them empty" in str(result.exception)


def test_control_characters_do_not_reach_the_terminal(run: Run) -> None:
    result = run(
        "find", "-", "--format", "table", input=b"Two \x1b[31mmen were killed, police said."
    )
    assert result.exit_code == 0
    assert "\x1b[31m" not in result.stdout
