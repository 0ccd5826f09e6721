"""How two rows of features are compared: of every comparison one pair of rows for each outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from sayso.link import scoring
from sayso.link.comparisons import (
    ACTORS,
    COMPARISONS,
    DAYS,
    KILLED,
    KIND,
    PLACE,
    PRIOR,
    PUBLISHED,
    WHO,
    WORDS,
    WOUNDED,
    Comparison,
    Level,
)

Row = dict[str, Any]
SCHEMA: pa.Schema = vars(scoring)["_SCHEMA"]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def outcome(
    database: duckdb.DuckDBPyConnection, of: Comparison, one: Row, other: Row
) -> Level | None:
    """The level that holds for two rows; None where one side lacks the feature."""
    columns = {
        f"{field.name}_{side}": pa.array([row.get(field.name)], field.type)
        for side, row in (("l", one), ("r", other))
        for field in SCHEMA
    }
    database.register("pair", pa.table(columns))
    cases = [f"when {of.null} then -1"]
    cases += [f"when {level.sql} then {n}" for n, level in enumerate(of.levels)]
    found = database.execute(f"select case {' '.join(cases)} else {len(of.levels)} end from pair")
    ((number,),) = found.fetchall()
    return None if number < 0 else (*of.levels, of.otherwise)[number]


def days(first: int, last: int | None = None, published: int = 1000, dated: bool = True) -> Row:
    """The days of a mention, counted from no matter when; published long after, if not said."""
    last = first if last is None else last
    return {"dated": dated, "first": first, "last": last, "published": published}


def at(
    place: str,
    north: float | None = 33.0,
    country: str | None = "AF",
    exact: int = 3,
    rare: float = 1.0,
    also: str | None = None,
) -> Row:
    """The place of a mention: so many degrees north, on one meridian."""
    return {
        "place": place,
        "places": [p for p in (place, also) if p],
        "country": country,
        "lat": north,
        "lon": None if north is None else 69.0,
        "exact": exact,
        "rare": rare,
    }


def figures(what: str, low: int, high: int | None = None, *others: int, **more: int) -> Row:
    """The largest figure of a mention, and all of its figures."""
    return {f"{what}_low": low, f"{what}_high": high, f"{what}_all": [low, *others], **more}


def words(*numbers: int) -> Row:
    return {"words": [f"word{n}" for n in numbers]}


def act(kind: str, mode: str = "", seldom: float = 0.0) -> Row:
    return {"kind": kind, "mode": mode, "seldom": seldom}


SIX = range(10, 16)

# Two rows -> the outcome of a comparison, in words.
OUTCOMES: list[tuple[Comparison, Row, Row, str]] = [
    (DAYS, days(10), days(10), "the same day"),
    (DAYS, days(10, 11), days(10), "the same day"),  # "overnight"
    (DAYS, days(9, 11), days(11), "days that overlap"),
    (DAYS, days(10), days(11), "days next to each other"),
    (DAYS, days(10), days(13), "a few days apart"),
    (DAYS, days(10, 16), days(12), "within the same week or month"),
    (DAYS, days(1, 365), days(100), "periods that overlap"),
    # a report of a trial has only the day on which it was published
    (
        DAYS,
        days(10),
        days(500, published=500),
        "other days, one of them only the day of publication",
    ),
    (DAYS, days(10), days(500), "other days"),
    (
        DAYS,
        days(10),
        days(8, 12, dated=False),
        "one gives no day, and was published at the time",
    ),
    (
        DAYS,
        days(10),
        days(30, 34, dated=False),
        "one gives no day, and was published within weeks",
    ),
    (
        DAYS,
        days(10),
        days(100, 104, dated=False),
        "one gives no day, and was published at another time",
    ),
    (PLACE, at("g1", rare=7.0), at("g1", rare=7.0), "the same place, seldom reported"),
    (PLACE, at("g1", rare=7.0), at("g1", rare=6.0), "the same place, often reported"),
    (PLACE, at("g1", also="g2"), at("g2", 34.0), "one also names the other's place"),
    (PLACE, at("g1", exact=1), at("g1", exact=1), "the same province or country"),
    (PLACE, at("g1"), at("g2", country="SY"), "places in two countries"),
    (PLACE, at("g1"), at("g2", exact=1), "a province or country, and a place that may lie in it"),
    (PLACE, at("g1"), at("g2", 33.08), "places within 10 km"),  # a degree is 111 km
    (PLACE, at("g1"), at("g2", 33.2), "places within 30 km"),
    (PLACE, at("g1"), at("g2", 34.0), "two places far from each other"),
    (
        PLACE,
        at("g1"),
        at("karam al luz", None, None),
        "two names, one of them in no gazetteer",
    ),
    *(
        (comparison, one, other, outcome.format(what))
        for comparison, what in ((KILLED, "killed"), (WOUNDED, "wounded"))
        for one, other, outcome in (
            (figures(what, 14, 14), figures(what, 14, 14), "the same number {}, ten or more"),
            (figures(what, 3, 3), figures(what, 3, 3), "the same number {}"),
            (figures(what, 2, 2), figures(what, 2, 2), "the same number {}, one or two"),
            (
                figures(what, 40, 40, 14),
                figures(what, 14, 14),
                "one of the numbers {} is the same, five or more",
            ),
            (figures(what, 16, 16), figures(what, 20, 20), "nearly the same number {}"),
            # "at least 10" and 25
            (figures(what, 10), figures(what, 25, 25), "numbers {} that can both hold"),
            (figures(what, 16, 16), figures(what, 30, 30), "numbers {} that differ"),
            (figures(what, 1, 1), figures(what, 4, 4), "numbers {} that differ"),  # by three
            (figures(what, 10), figures(what, 31, 31), "numbers {} far from each other"),
        )
    ),
    *(
        (
            comparison,
            figures("killed", 14, 14) | figures("wounded", 31, 31),
            figures("killed", 31, 31) | figures("wounded", 14, 14),
            "the numbers killed and wounded are those of the other, swapped",
        )
        for comparison in (KILLED, WOUNDED)
    ),
    (
        KIND,
        act("ASSAULT", "chemical", 4.5),
        act("ASSAULT", "chemical", 4.5),
        "the same kind of act, very seldom reported",
    ),
    (
        KIND,
        act("COERCE", "abduct", 3.0),
        act("COERCE", "abduct", 3.0),
        "the same kind of act, seldom reported",
    ),
    (KIND, act("ASSAULT", "aerial", 1.0), act("ASSAULT", "aerial", 1.0), "the same kind of act"),
    (KIND, act("ASSAULT"), act("ASSAULT", "aerial"), "acts that may be the same"),
    (KIND, act("ASSAULT", "bombing"), act("ASSAULT", "aerial"), "another weapon or means"),
    (KIND, act("ASSAULT"), act("PROTEST"), "another kind of act"),
    (
        WHO,
        {"statuses": ["civilian", "military"]},
        {"statuses": ["civilian"]},
        "the same people counted",
    ),
    (WHO, {"statuses": ["civilian"]}, {"statuses": ["military"]}, "other people counted"),
    (ACTORS, {"actors": ["red", "column"]}, {"actors": ["column"]}, "an actor in common"),
    (ACTORS, {"actors": ["column"]}, {"actors": ["nato"]}, "other actors"),
    (WORDS, words(*range(10)), words(*range(12)), "ten or more rare names or words in common"),
    (WORDS, words(*range(5)), words(*range(9)), "five or more rare names or words in common"),
    (WORDS, words(1, 2, 3), words(1, 2, 3, 4), "three or four rare names or words in common"),
    (WORDS, words(1, 2), words(1, 2, 3), "two rare names or words in common"),
    (WORDS, words(1), words(1, *SIX), "few rare words in one, and some in common"),
    (WORDS, words(1), words(*SIX), "few rare words in one, and none in common"),
    (WORDS, words(1, *SIX), words(1, *range(20, 26)), "a rare name or word in common"),
    (WORDS, words(*SIX), words(*range(20, 26)), "no rare name or word in common"),
    (PUBLISHED, {"published": 10}, {"published": 12}, "published within two days of each other"),
    (PUBLISHED, {"published": 10}, {"published": 24}, "published within two weeks of each other"),
    (PUBLISHED, {"published": 10}, {"published": 25}, "published at other times"),
]


@pytest.mark.parametrize(
    ("of", "one", "other", "expected"), OUTCOMES, ids=[f"{o[0].name}: {o[3]}" for o in OUTCOMES]
)
def test_outcome_whichever_is_named_first(
    database: duckdb.DuckDBPyConnection, of: Comparison, one: Row, other: Row, expected: str
) -> None:
    for left, right in ((one, other), (other, one)):
        found = outcome(database, of, left, right)
        assert found is not None
        assert found.words == expected


def test_every_outcome_has_a_row() -> None:
    rows = {(of.name, expected) for of, _, _, expected in OUTCOMES}
    levels = {(c.name, v.words) for c in COMPARISONS for v in (*c.levels, c.otherwise)}
    assert levels - rows == set()
    assert rows - levels == set()


@pytest.mark.parametrize("of", COMPARISONS, ids=lambda c: c.name)
def test_what_one_side_lacks_is_no_evidence(
    database: duckdb.DuckDBPyConnection, of: Comparison
) -> None:
    one = next(row for comparison, row, _, _ in OUTCOMES if comparison is of)
    assert outcome(database, of, one, {}) is None
    assert outcome(database, of, {}, one) is None
    assert outcome(database, of, {}, {}) is None


# Of two outcomes of a comparison the first is the stronger evidence for one incident.
@pytest.mark.parametrize(
    ("of", "more", "less"),
    [
        (DAYS, "the same day", "days that overlap"),
        (DAYS, "days next to each other", "a few days apart"),
        (DAYS, "a few days apart", "other days"),
        (PLACE, "the same place, seldom reported", "the same place, often reported"),
        (PLACE, "places within 10 km", "places within 30 km"),
        (PLACE, "two names, one of them in no gazetteer", "two places far from each other"),
        (KILLED, "the same number killed, ten or more", "the same number killed, one or two"),
        (KILLED, "numbers killed that differ", "numbers killed far from each other"),
        (KIND, "the same kind of act, very seldom reported", "the same kind of act"),
        (WORDS, "two rare names or words in common", "a rare name or word in common"),
    ],
)
def test_what_weighs_more(of: Comparison, more: str, less: str) -> None:
    weight = {level.words: level.weight for level in (*of.levels, of.otherwise)}
    assert weight[more] > weight[less]


def test_a_pair_of_which_nothing_is_known_is_likelier_of_two_incidents() -> None:
    assert PRIOR < 0
