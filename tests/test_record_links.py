"""A record of the shipped examples, linked: kept, read back, told on the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from sayso import store
from sayso.model import Claim, Figure
from sayso.model.links import LinkKind, OriginKind
from sayso.pipeline import link, link_claims
from sayso.store import Filter, Record
from sayso.view import contents
from tests.conftest import EXAMPLES, Run


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from typer.testing import CliRunner

    from sayso import cli

    path = tmp_path_factory.mktemp("linked") / "afghanistan.db"
    result = CliRunner().invoke(cli.app, ["read", str(EXAMPLES), "--into", str(path)])
    assert result.exit_code == 0, result.output
    return path


def kandahar(record: Record) -> str:
    """The incident that three reports and more tell, of 11 March 2012."""
    (found,) = [
        i for i in record.linked().incidents if i.first == date(2012, 3, 11) and len(i.reports) > 1
    ]
    return found.id


def test_what_linking_gives_is_kept(path: Path) -> None:
    with Record(path, create=False) as record:
        claims = list(record.claims())
        linked = link_claims(list(record.reports()), claims)
        link(record)
        kept = record.linked()
        assert record.unlinked() == 0
    assert kept.incidents == linked.incidents
    assert kept.series == linked.series
    assert kept.origins == linked.origins
    assert set(kept.copies) == set(linked.copies)
    assert set(kept.links) == set(linked.links)
    assert set(kept.pairs) == set(linked.pairs)


def low_of(claim: Claim) -> int:
    assert isinstance(claim, Figure)
    assert claim.count.low is not None
    return claim.count.low


def test_the_dispute_and_the_revision_of_the_examples_are_found(path: Path) -> None:
    with Record(path, create=False) as record:
        held = contents(record)
        incident = next(i for i in held.linked.incidents if i.id == kandahar(record))
    members = set(incident.claims)
    disputes = [
        k
        for k in held.linked.links
        if k.kind is LinkKind.CONTRADICTS and {k.claim, k.other} <= members
    ]
    numbers = {tuple(sorted(low_of(held.claims[c]) for c in (k.claim, k.other))) for k in disputes}
    assert (16, 17) in numbers


def test_the_copy_in_the_examples_is_one_origin_with_its_wire(path: Path) -> None:
    with Record(path, create=False) as record:
        linked = record.linked()
    assert ("wardak-copy", "wardak-first") in {
        (c.report, c.of) for c in linked.copies if c.sharing == "copy" and c.directed
    }


def test_as_of_a_day_is_what_a_record_of_the_reports_until_then_says(path: Path) -> None:
    day = date(2012, 3, 20)
    with Record(path, create=False) as record:
        then = contents(record, day)
        reports = [r for r in record.reports() if r.published and r.published <= day]
        claims = list(record.claims(Filter(as_of=day)))
    assert set(then.reports) == {r.id for r in reports}
    assert set(then.claims) == {c.id for c in claims}
    assert then.linked == link_claims(reports, claims)
    assert 0 < len(reports) < 14


def test_verify_tells_of_links_to_claims_that_are_gone(path: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(damaged)) as c:
        c.execute("UPDATE incident_claim SET claim = 'gone' WHERE position = 0")
        c.commit()
    with Record(path, create=False) as record:
        assert not list(record.verify())
    with Record(damaged, create=False) as record:
        assert "incident of claim gone" in {f.where for f in record.verify()}


def test_renewing_links_again(path: Path, run: Run) -> None:
    with Record(path, create=False) as record:
        before = kandahar(record)
    assert run("renew", path).exit_code == 0
    with Record(path, create=False) as record:
        assert kandahar(record) == before


def test_a_record_read_without_linking_says_what_to_do(tmp_path: Path, run: Run) -> None:
    record = tmp_path / "r.db"
    assert run("read", EXAMPLES / "09-khost-bomb.txt", "--into", record, "--no-link").exit_code == 0
    result = run("check", record)
    assert "sayso link" in str(result.exception)
    assert run("link", record).exit_code == 0
    assert run("check", record).exit_code == 0


def test_reports_read_later_are_named(tmp_path: Path, run: Run) -> None:
    record = tmp_path / "r.db"
    assert run("read", EXAMPLES / "09-khost-bomb.txt", "--into", record).exit_code == 0
    assert (
        run("read", EXAMPLES / "08-logar-strike.txt", "--into", record, "--no-link").exit_code == 0
    )
    assert "read after the last linking" in run("check", record).stderr


@pytest.mark.parametrize(
    "command",
    [
        ("link",),
        ("check",),
        ("code",),
        ("code", "--policy", "ucdp"),
        ("check", "--as-of", "2012-03-30"),
    ],
)
def test_the_commands_print(path: Path, run: Run, command: tuple[str, ...]) -> None:
    result = run(command[0], path, *command[1:])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()


def test_why_and_code_of_one_incident(path: Path, run: Run) -> None:
    with Record(path, create=False) as record:
        name = kandahar(record)
    why = run("why", path, name[:8])
    assert "the same day (+4.5)" in " ".join(why.stdout.split())
    given = run("code", path, "--policy", "minmax", "--incident", name).stdout
    assert "16" in given
    assert "17" in given


def test_the_lines_of_code(path: Path, run: Run) -> None:
    lines = [
        json.loads(line)
        for line in run("code", path, "--policy", "ucdp", "--format", "jsonl").stdout.splitlines()
    ]
    with Record(path, create=False) as record:
        assert {line["incident"] for line in lines} == {i.id for i in record.linked().incidents}
    for line in lines:
        killed = line["killed"]
        assert killed["best"] is None or killed["low"] <= killed["best"] <= killed["high"]
        assert {
            "incident",
            "reports",
            "origins",
            "first",
            "last",
            "where",
            "wounded",
            "civilians_killed",
            "civilians_wounded",
            "deciding",
        } <= set(line)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("why", "nothing-has-this"), "no incident, series or claim has this id"),
        (("code", "--incident", "nothing-has-this"), "no incident has this id"),
        (("code", "--policy", "guess"), "guess"),
    ],
)
def test_what_is_asked_for_and_is_not_there(
    path: Path, run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run(arguments[0], path, *arguments[1:])
    assert result.exit_code != 0
    assert message in str(result.exception) + result.output


def test_origins_of_an_older_record_keep_their_parts(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copy(path, old)
    with Record(old) as record:
        origins = record.linked().origins
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    engine = sa.create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        keys = [{"claim": claim, "key": str(o)} for claim, o in origins.items()]
        connection.execute(sa.text("INSERT INTO origin VALUES (:claim, :key)"), keys)
    engine.dispose()
    with Record(old) as record:
        assert record.linked().origins == origins
    kinds = {o.kind for o in origins.values()}
    assert kinds == {OriginKind.SAYS, OriginKind.VOICE, OriginKind.HEARD}
