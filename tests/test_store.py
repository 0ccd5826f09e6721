"""The record: nothing twice, nothing lost, every span checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from sayso import Record, Report, find_in, store
from sayso.errors import RecordError, RecordVersionError, SpanError
from sayso.model import Count, Effect, Figure, Outcome, Source, Where
from sayso.pipeline import Found
from sayso.store import Filter

TEXT = (
    "At least 12 civilians, two of them children, were killed in Kabul on Sunday, the governor's "
    "office said. Three soldiers were wounded."
)


@pytest.fixture(scope="module")
def found() -> Found:
    report = Report(id="r1", text=TEXT, publisher="The Example", published=date(2012, 10, 8))
    (item,) = find_in([report])
    assert isinstance(item, Found)
    return item


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.db") as opened:
        yield opened


def claim(report: Report, words: str = "12") -> Figure:
    at = report.text.index(words)
    count = Count(words, at, at + len(words), 12, 12)
    return Figure(
        report=report.id,
        kind="toll",
        part="text",
        quote=report.text,
        start=0,
        end=len(report.text),
        count=count,
        effect=Effect.KILLED,
        sources=(Source("The Example", "publisher"),),
    ).identified(report.hash)


def test_what_goes_in_comes_out(record: Record, found: Found) -> None:
    assert record.add(found.report, found.claims)
    assert list(record.claims()) == list(found.claims)
    assert record.report("r1") == found.report


def test_nothing_twice(record: Record, found: Found) -> None:
    assert record.add(found.report, found.claims)
    assert not record.add(found.report, found.claims)
    assert record.size() == (1, len(found.claims))


def test_an_id_taken_by_another_text_gets_part_of_the_hash(record: Record, found: Found) -> None:
    record.add(found.report, found.claims)
    other = replace(found.report, text="Nothing at all.")
    record.add(other, [])
    assert [r.id for r in record.reports()] == ["r1", f"r1~{other.hash[:8]}"]


def test_a_span_that_does_not_hold_its_words_is_never_stored(record: Record) -> None:
    report = Report(id="r", text=TEXT)
    wrong = replace(claim(report), where=Where("Kandahar", 5, 13))
    with pytest.raises(SpanError, match="expected 'Kandahar'"):
        record.add(report, [wrong])
    assert record.size() == (0, 0)


FILTERS = [
    (Filter(effect="killed"), 2),
    (Filter(effect="wounded"), 1),
    (Filter(status="military"), 1),
    (Filter(source="governor", kind="toll"), 2),
    (Filter(source="100%"), 0),  # no pattern characters
    (Filter(place="kabul", effect="killed"), 2),
    (Filter(since=date(2012, 10, 7), until=date(2012, 10, 7), effect="killed"), 2),
    (Filter(since=date(2013, 1, 1)), 0),
    (Filter(text="of them children", kind="toll"), 2),
    (Filter(kind="strength"), 0),
]


@pytest.mark.parametrize(("wanted", "count"), FILTERS)
def test_filter(record: Record, found: Found, wanted: Filter, count: int) -> None:
    record.add(found.report, found.claims)
    assert len(list(record.claims(wanted))) == count


DAMAGE = [
    ("UPDATE report SET text = replace(text, 'Kabul', 'Herat')", "hash differs"),
    ("UPDATE claim SET start = start + 1", "expected"),
    ("UPDATE claim SET report = 'gone'", "not in the record"),
    ("UPDATE claim SET part_of = 'gone' WHERE part_of IS NOT NULL", "is part of claim gone"),
    ("DELETE FROM attribution", "has no source"),
    ("DELETE FROM source", "its source"),
    ("UPDATE claim SET status = 'zzz'", "not one of ours"),
    ("UPDATE claim SET effect = 'missing'", "id differs"),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE)
def test_verify_says_what_is_wrong(tmp_path: Path, found: Found, damage: str, message: str) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(found.report, found.claims)
        assert not list(record.verify())
    with sqlite3.connect(path) as db:
        db.execute(damage)
    with Record(path) as record:
        assert any(message in fault.what for fault in record.verify())


def test_loading_checks_the_words(tmp_path: Path, found: Found) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(found.report, found.claims)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE claim SET count_start = count_start + 1")
    with Record(path) as record, pytest.raises(SpanError):
        list(record.claims())


def test_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    Record(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordVersionError, match="newer sayso"):
        Record(path)


def test_not_a_record(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("hello, this is no database")
    with pytest.raises(RecordError, match="not a record"):
        Record(tmp_path / "text.db")
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE birds (name TEXT)")
    with pytest.raises(RecordError, match="not a record of sayso's"):
        Record(tmp_path / "other.db")
    with pytest.raises(RecordError, match="a folder"):
        Record(tmp_path)
    with pytest.raises(RecordError, match="no such record"):
        Record(tmp_path / "none.db", create=False)
    with pytest.raises(RecordError, match="does not exist"):
        Record(tmp_path / "none" / "r.db")


def test_read_only_disk(tmp_path: Path, found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(found.report, found.claims)
    with Record(f"sqlite:///file:{path}?mode=ro&uri=true") as record:
        assert record.size()[0] == 1
        with pytest.raises(RecordError, match="cannot be written"):
            record.add(Report(id="new", text="Two men died."), [])
    with Record(path) as record:  # nothing recorded is lost
        assert record.size() == (1, len(found.claims))


def test_an_older_record_is_brought_to_this_schema(tmp_path: Path, found: Found) -> None:
    path = tmp_path / "old.db"
    with Record(path) as record:
        record.add(found.report, found.claims)
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "DELETE FROM attribution WHERE claim IN (SELECT id FROM claim WHERE kind NOT "
                "IN ('toll', 'strength'))"
            )
        )
        connection.execute(sa.text("UPDATE claim SET event = NULL"))
        connection.execute(sa.text("DELETE FROM claim WHERE kind NOT IN ('toll', 'strength')"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    engine.dispose()
    with sqlite3.connect(path) as old:
        assert "content_text" not in {row[1] for row in old.execute("PRAGMA table_info(claim)")}
    with Record(path) as record:
        assert list(record.claims()) == [
            replace(c, event=None) for c in found.claims if isinstance(c, Figure)
        ]
        assert not list(record.verify())


EVERY_KIND = (
    'The governor said: "We will rebuild the market by Friday." On Sunday rebels shelled the '
    "market in Kandahar, killing two men.\n"
    "The pro-government Valley Monitor, which is funded by the ministry, confirmed the two "
    "deaths.\n"
)


def test_every_kind_comes_back_as_it_went_in(record: Record) -> None:
    (item,) = find_in(
        [Report(id="all", text=EVERY_KIND, publisher="The Example", published=date(2012, 10, 8))]
    )
    assert isinstance(item, Found)
    record.add(item.report, item.claims)
    assert {c.id: c for c in record.claims()} == {c.id: c for c in item.claims}
    assert not list(record.verify())


def test_a_forecast_is_settled_by_the_beginning_of_its_id_and_judgements_only_add(
    record: Record,
) -> None:
    (item,) = find_in(
        [
            Report(
                id="f",
                text="The troops will leave by May, the minister said.",
                published=date(2012, 10, 8),
            )
        ]
    )
    assert isinstance(item, Found)
    record.add(item.report, item.claims)
    (forecast,) = record.claims(Filter(kind="forecast"))
    for outcome in (Outcome.UNCLEAR, Outcome.FAILED):
        record.settle(forecast.id[:6], outcome, "they stayed", "https://example.org", "ana")
    assert [j.outcome for j in record.judgements()[forecast.id]] == [
        Outcome.UNCLEAR,
        Outcome.FAILED,
    ]


def test_only_a_forecast_can_be_settled(record: Record, found: Found) -> None:
    record.add(found.report, found.claims)
    toll = next(c.id for c in found.claims if c.kind == "toll")
    with pytest.raises(RecordError, match="only a forecast"):
        record.settle(toll, Outcome.FAILED, "no", "https://example.org", "ana")
    with pytest.raises(RecordError, match="no claim has this id"):
        record.settle("nothing", Outcome.FAILED, "no", "https://example.org", "ana")


def test_renewing_keeps_the_ids_of_what_is_found_again(record: Record, found: Found) -> None:
    claims = [replace(c, part_of=None, event=None) for c in found.claims if isinstance(c, Figure)]
    record.add(found.report, claims[1:])
    assert record.renew(found.report, claims[:-1]) == (1, 1)
    assert {c.id for c in record.claims()} == {c.id for c in claims[:-1]}
    assert not list(record.verify())


def test_filters_reach_open_ends_and_horizons_in_any_letters(record: Record) -> None:
    text = (
        "Since 2001, 12 soldiers have died, the Élysée said. The troops will leave by the end of "
        "2014, the minister said."
    )
    (item,) = find_in([Report(id="o", text=text)])
    assert isinstance(item, Found)
    record.add(item.report, item.claims)
    assert [c.kind for c in record.claims(Filter(kind="toll", since=date(2005, 1, 1)))] == ["toll"]
    assert not list(record.claims(Filter(kind="toll", until=date(2000, 1, 1))))
    assert [c.kind for c in record.claims(Filter(kind="forecast", since=date(2014, 1, 1)))] == [
        "forecast"
    ]
    assert not list(record.claims(Filter(kind="forecast", since=date(2015, 1, 1))))
    assert list(record.claims(Filter(kind="toll", source="élysée")))


def test_a_damaged_claim_is_reported_in_one_line(record: Record, found: Found) -> None:
    record.add(found.report, found.claims)
    with sqlite3.connect(record.path) as connection:
        connection.execute("UPDATE claim SET effect = 'zzz' WHERE kind = 'toll'")
    with pytest.raises(RecordError, match="sayso verify"):
        list(record.claims())


@pytest.mark.parametrize("column", ["status", "scope", "hedge", "planned"])
def test_a_value_that_is_missing_is_a_fault(tmp_path: Path, found: Found, column: str) -> None:
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(found.report, found.claims)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        name = database.execute("SELECT id FROM claim WHERE kind = 'toll'").fetchone()[0]
        if column == "hedge":  # the table itself holds this one
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(f"UPDATE claim SET {column} = NULL WHERE id = ?", (name,))
            return
        database.execute(f"UPDATE claim SET {column} = NULL WHERE id = ?", (name,))
    with Record(path) as record:
        assert f"claim {name}" in {fault.where for fault in record.verify()}
