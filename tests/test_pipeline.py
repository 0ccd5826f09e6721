"""Reports in, claims out: their order, what is skipped, and what a record holds already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso import find, pipeline
from sayso.errors import LexiconError, SaysoError
from sayso.model import Report, Skipped
from sayso.pipeline import Found, Known, Settings, find_in, link, read_into, renew
from sayso.store import Record

BODY = "Two soldiers were killed in Kandahar on Sunday, officials said."
SPANISH = Skipped("spanish.html", "in Spanish", error=False)
BROKEN = Skipped("broken.txt", "empty", error=True)


def numbered(number: int, text: str = BODY) -> Report:
    return Report(
        id=f"r{number}",
        text=f"{text} ({number})",
        publisher="The Example",
        published=date(2012, 10, 8),
    )


def names(items: Iterator[Any]) -> list[str]:
    """The reports and the skipped things, in their order: a known report as "=r1"."""
    return [
        item.where
        if isinstance(item, Skipped)
        else f"{'=' if isinstance(item, Known) else ''}{item.report.id}"
        for item in items
    ]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record(tmp_path / "r.db") as opened:
        yield opened


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding fails on the report "r1"."""

    def fail(*arguments: Any) -> Any:
        report, claims = found(*arguments)
        if report.id == "r1":
            raise ZeroDivisionError("one by none")
        return report, claims

    found = vars(pipeline)["find_claims"]
    monkeypatch.setattr(pipeline, "find_claims", fail)


# Batches of so many reports: one by one, some of the items, and all at once.
@pytest.mark.parametrize("batch", [1, 2, 64])
def test_items_come_out_in_their_order(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", batch)
    items = [SPANISH, numbered(2), numbered(1), BROKEN, numbered(3)]
    found = list(find_in(items))
    assert names(iter(found)) == ["spanish.html", "r2", "r1", "broken.txt", "r3"]
    assert found[0] is SPANISH
    assert found[3] is BROKEN
    for item in found:
        if isinstance(item, Found):
            assert {c.report for c in item.claims} == {item.report.id}
            for claim in item.claims:
                claim.check(item.report)


def test_nothing_to_find_in() -> None:
    assert list(find_in([])) == []
    (empty,) = find_in([numbered(1, "Nothing happened.")])
    assert isinstance(empty, Found)
    assert [c for c in empty.claims if c.kind == "toll"] == []


def test_items_are_taken_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that memory does not grow with a reading, and standard input is not waited for."""
    taken: list[int] = []

    def items() -> Iterator[Report]:
        for n in range(6):
            taken.append(n)
            yield numbered(n)

    monkeypatch.setattr(pipeline, "BATCH", 2)
    found = find_in(items())
    next(found)
    assert taken == [0, 1]


@pytest.mark.usefixtures("failing")
def test_a_report_on_which_finding_fails_is_skipped_and_the_rest_goes_on() -> None:
    before, failed, after = find_in([numbered(0), numbered(1), numbered(2)])
    assert isinstance(failed, Skipped)
    assert (failed.where, failed.error) == ("r1", True)
    assert "ZeroDivisionError: one by none" in failed.reason
    for n, item in ((0, before), (2, after)):
        assert isinstance(item, Found)
        assert item.report.id == f"r{n}"
        assert item.claims


def test_only_the_kinds_that_are_asked_for() -> None:
    (every,) = find_in([numbered(1)])
    (some,) = find_in([numbered(1)], Settings(kinds=frozenset({"toll"})))
    assert isinstance(every, Found)
    assert isinstance(some, Found)
    assert {c.kind for c in some.claims} == {"toll"} < {c.kind for c in every.claims}


# Settings that cannot be used are refused before the first report is read.
@pytest.mark.parametrize(
    ("settings", "error"),
    [
        (Settings(pipeline="xx_none"), SaysoError),
        (Settings(lexicons=(Path("none.toml"),)), LexiconError),
    ],
)
def test_settings_that_cannot_be_used(settings: Settings, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"xx_none|none\.toml"):
        next(find_in([numbered(1)], settings))


@pytest.mark.parametrize("published", ["2012-10-08", date(2012, 10, 8)])
def test_find_in_one_text(published: str | date) -> None:
    claims = [c for c in find(BODY, published) if c.kind == "toll"]
    assert [str(c.when and c.when.start) for c in claims] == ["2012-10-07"]


def test_find_with_a_date_that_is_none() -> None:
    with pytest.raises(SaysoError, match=r"'Monday' is .* date; expected YYYY-MM-DD"):
        find(BODY, "Monday")


# -- into a record ------------------------------------------------------------------------


def test_what_is_there_already_comes_back_as_known(record: Record) -> None:
    assert names(read_into(record, [numbered(1), SPANISH])) == ["r1", "spanish.html"]
    size = record.size()
    assert size[0] == 1
    again = read_into(record, [numbered(2), numbered(1), BROKEN])
    assert names(again) == ["r2", "=r1", "broken.txt"]
    assert record.size()[0] == 2
    assert names(read_into(record, [numbered(1), numbered(2)])) == ["=r1", "=r2"]


def test_a_report_is_known_by_its_words_and_not_by_its_name(record: Record) -> None:
    list(read_into(record, [numbered(1)]))
    renamed = Report(id="other", text=numbered(1).text, publisher="The Example")
    assert names(read_into(record, [renamed])) == ["=other"]
    assert record.size()[0] == 1


def test_every_report_is_stored_before_the_next_is_found(record: Record) -> None:
    reading = read_into(record, [numbered(n) for n in range(3)])
    for n in range(3):
        next(reading)
        assert record.size()[0] == n + 1


@pytest.mark.usefixtures("failing")
def test_a_report_on_which_finding_fails_is_not_stored(record: Record) -> None:
    list(read_into(record, [numbered(0), numbered(1), numbered(2)]))
    assert [r.id for r in record.reports()] == ["r0", "r2"]
    assert names(read_into(record, [numbered(1)])) == ["r1"]  # and is tried again


def test_renewing_finds_the_same(record: Record) -> None:
    list(read_into(record, [numbered(1), numbered(2)]))
    claims = list(record.claims())
    assert list(renew(record)) == [(0, 0), (0, 0)]
    assert list(record.claims()) == claims


@pytest.mark.usefixtures("failing")
def test_renewing_leaves_what_it_fails_on_as_it_was(record: Record) -> None:
    ((report, claims),) = [
        (f.report, f.claims) for f in find_in([numbered(3)]) if isinstance(f, Found)
    ]
    assert report.id == "r3"
    record.add(report, claims)
    one = Report(id="r1", text="Nobody came.", published=date(2012, 10, 9))
    record.add(one, [])
    unchanged, failed = renew(record)
    assert unchanged == (0, 0)
    assert isinstance(failed, Skipped)
    assert failed.where == "r1"
    assert record.size() == (2, len(claims))


def test_linking_stores_what_it_gives(record: Record) -> None:
    list(read_into(record, [numbered(1), numbered(2)]))
    assert record.unlinked()
    link(record)
    assert not record.unlinked()
    assert [c.sharing.value for c in record.linked().copies] == ["copy"]
