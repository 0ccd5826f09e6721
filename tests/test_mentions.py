"""What one report says about one incident: which claims go together, when and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sayso.link.mentions import (
    IncidentMention,
    by_report,
    days_of,
    kilometres,
    mentions_of,
    place_key,
    without_offsets,
)
from sayso.model import Claim, Effect, Event, EventType, Figure, Report, When, Where
from tests.making import act, report, toll

KHOST = Where("Khost", 3, 8, "Khost", 1444362, "AF", 33.34, 69.92, "town")
GARDEZ = Where("Gardez", 3, 9, "Gardez", 1140855, "AF", 33.60, 69.23, "town")
AFGHANISTAN = Where("Afghanistan", 3, 14, "Afghanistan", 1149361, "AF", 33.0, 66.0, "country")
UNKNOWN = Where("Karam al-Luz", 3, 15, precision="town")

REPORT = report("r", "A bomb killed 14 people. Some 20 were wounded. It was 9 a.m. Nobody fled.")
WORDS = ("14 people", "Some 20", "9")


def mention(*claims: tuple[str | None, str | None, Where | None]) -> IncidentMention:
    """A mention of figures with these days and places."""
    made = [
        toll(REPORT, words, day=day, to=to)
        for words, (day, to, _) in zip(WORDS, claims, strict=False)
    ]
    placed = [_at(claim, where) for claim, (_, _, where) in zip(made, claims, strict=True)]
    return IncidentMention(REPORT, placed)


def _at(claim: Figure, where: Where | None) -> Claim:
    return replace(claim, where=where)


# The days of its claims -> the days of a mention.
@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], None),
        ([(None, None)], None),
        ([("2012-10-01", None)], ("2012-10-01", "2012-10-01")),
        # a day before a longer time, however often that is given
        (
            [("2012-09-24", "2012-09-30"), ("2012-09-24", "2012-09-30"), ("2012-09-27", None)],
            ("2012-09-27", "2012-09-27"),
        ),
        # of two days the one that is given more often, then the earlier
        (
            [("2012-10-01", None), ("2012-10-02", None), ("2012-10-02", None)],
            ("2012-10-02", "2012-10-02"),
        ),
        ([("2012-10-02", None), ("2012-10-01", None)], ("2012-10-01", "2012-10-01")),
    ],
)
def test_days(spans: list[tuple[str | None, str | None]], expected: tuple[str, str] | None) -> None:
    days = mention(*((day, to, None) for day, to in spans)).days
    assert (days and tuple(map(str, days))) == expected


# The places of its claims -> the place of a mention.
@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([None], None),
        ([None, KHOST], KHOST),
        ([AFGHANISTAN, KHOST], KHOST),  # a town before the country around it
        ([AFGHANISTAN, AFGHANISTAN, KHOST], KHOST),  # that is named more often
        ([KHOST, GARDEZ, GARDEZ], GARDEZ),  # of two towns the one that is named more often
        ([UNKNOWN, KHOST], KHOST),  # one of the gazetteer before one that it does not have
    ],
)
def test_place(places: list[Where | None], expected: Where | None) -> None:
    found = mention(*((None, None, place) for place in places))
    assert found.place == expected
    assert found.places == {place_key(p) for p in places if p}


def test_the_id_of_a_mention_is_its_first_claims() -> None:
    found = mention((None, None, None), (None, None, None))
    assert found.id == found.claims[0].id


@pytest.mark.parametrize(
    ("when", "known"),
    [
        (None, False),
        (When(date(2012, 10, 1), date(2012, 10, 2), "", "range"), True),
        (When(date(2012, 10, 1), None, "since 1 October", "range"), False),  # open at one end
        (When(None, date(2012, 10, 1), "until 1 October", "range"), False),
    ],
)
def test_days_of(when: When | None, known: bool) -> None:
    assert days_of(when) == ((date(2012, 10, 1), date(2012, 10, 2)) if known else None)


@pytest.mark.parametrize(
    ("where", "key"),
    [
        (KHOST, "g1444362"),
        (UNKNOWN, "karam al luz"),
        (Where("KARAM\n al-Luz", 0, 13), "karam al luz"),  # whatever its letters and spaces
    ],
)
def test_place_key(where: Where, key: str) -> None:
    assert place_key(where) == key


def test_a_place_without_its_offsets_is_the_same_place() -> None:
    bare = without_offsets(KHOST)
    assert (bare.start, bare.end) == (None, None)
    assert (bare.text, bare.geonames, place_key(bare)) == ("Khost", 1444362, place_key(KHOST))


def test_kilometres() -> None:
    north = Where("a", None, None, latitude=34.34, longitude=69.92)
    assert kilometres(KHOST, north) == pytest.approx(111.2, abs=0.1)  # a degree of a meridian
    east = Where("b", None, None, latitude=33.34, longitude=70.92)
    assert kilometres(KHOST, east) == pytest.approx(92.9, abs=0.1)  # narrower off the equator
    assert kilometres(KHOST, GARDEZ) == kilometres(GARDEZ, KHOST)
    assert kilometres(KHOST, KHOST) == 0
    assert kilometres(KHOST, UNKNOWN) is None
    assert kilometres(UNKNOWN, KHOST) is None


# -- which claims go together -------------------------------------------------------------

TEXT = "A bomb killed 14 people in Khost. Later 9 people died in Gardez. Then 6 people died."
TWO = report("two", TEXT)


def together(of: Report, *claims: Claim) -> list[list[str]]:
    """The cores of the claims of each mention."""
    return [[c.core.text for c in m.claims] for m in mentions_of(of, claims)]


# The days and places of two figures -> whether they are of one incident.
@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (("2012-10-01", "Khost"), ("2012-10-01", "Khost"), True),
        (("2012-10-01", "Khost"), ("2012-10-01", None), True),  # nothing says otherwise
        (("2012-10-01", "Khost"), (None, None), True),
        (("2012-10-01", "Khost"), ("2012-10-03", "Khost"), False),  # other days
        (("2012-10-01", "Khost"), ("2012-10-01", "Gardez"), False),  # another town
        (("2012-10-01", "Khost"), ("2012-10-01", "Afghanistan"), True),  # the country around it
    ],
)
def test_days_and_places_keep_claims_together_or_apart(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], joined: bool
) -> None:
    text = "A bomb in Khost in Afghanistan killed 14 people. Near Gardez 9 people died."
    of = report("r", text)
    figures = [
        toll(of, words, day=day, place=place)
        for words, (day, place) in (("14 people", one), ("9 people", other))
    ]
    expected = [["14 people", "9 people"]] if joined else [["14 people"], ["9 people"]]
    assert together(of, *figures) == expected


def test_days_that_are_not_exact_overlap_those_within_them() -> None:
    week = toll(TWO, "14 people", day="2012-09-24", to="2012-09-30", place="Khost")
    day = toll(TWO, "6 people", day="2012-09-27", place="Khost")
    assert together(TWO, week, day) == [["14 people", "6 people"]]
    month = toll(TWO, "14 people", day="2012-09-01", to="2012-09-30", place="Khost")
    assert together(TWO, month, day) == [["14 people"], ["6 people"]]  # too long to be its day


def test_a_claim_without_day_and_place_goes_to_the_nearest() -> None:
    khost = toll(TWO, "14 people", day="2012-10-01", place="Khost")
    gardez = toll(TWO, "9 people", day="2012-10-02", place="Gardez")
    bare = toll(TWO, "6 people")
    assert together(TWO, khost, gardez, bare) == [["9 people", "6 people"], ["14 people"]]


def test_a_part_goes_with_its_whole_whatever_the_order_in_the_text() -> None:
    of = report("r", "Four children were among the dead in Khost, where 12 people died. Six fled.")
    whole = toll(of, "12 people", day="2012-10-01", place="Khost")
    part = toll(of, "Four", who="children", day="2012-09-20", part_of=whole)
    assert together(of, whole, part) == [["Four", "12 people"]]


# What is about one incident, and what is not.
@pytest.mark.parametrize(
    ("claim", "is_about_one"),
    [
        (toll(TWO, "14 people"), True),
        (toll(TWO, "14 people", day="2012-08-01", to="2012-09-30"), True),  # sixty days
        (toll(TWO, "14 people", day="2012-08-01", to="2012-10-01"), False),  # more
        (toll(TWO, "14 people", kind="strength"), False),  # the strength of a force
        (toll(TWO, "14 people", kind="strength", event=act(TWO, "bomb")), True),  # of those in it
        (act(TWO, "killed", EventType.ASSAULT), True),
        (act(TWO, "killed", EventType.COERCE), True),
        (act(TWO, "killed", EventType.PROTEST), True),
        (act(TWO, "killed", EventType.ACCUSE), False),  # words about one
        (act(TWO, "killed", EventType.CONSULT), False),
    ],
)
def test_what_is_about_one_incident(claim: Figure | Event, is_about_one: bool) -> None:
    assert bool(mentions_of(TWO, [claim])) is is_about_one


def test_the_main_mention_is_that_of_the_title_and_comes_first() -> None:
    of = Report(
        id="r",
        title="Gardez mine kills nine",
        text="A bomb killed 14 people in Khost. In Gardez 9 people died.",
        publisher="The Example",
    )
    khost = toll(of, "14 people", day="2012-10-01", place="Khost")
    gardez = toll(of, "9 people", day="2012-10-02", place="Gardez")
    titled = act(report("r", of.title), "kills", day="2012-10-02")
    main, other = mentions_of(of, [khost, gardez, replace(titled, part="title")])
    assert [c.core.text for c in main.claims] == ["kills", "9 people"]
    assert [c.core.text for c in other.claims] == ["14 people"]
    assert (main.is_main, other.is_main) == (True, False)


def test_claims_stand_in_the_order_of_the_report_whatever_order_they_come_in() -> None:
    figures = [toll(TWO, words, Effect.KILLED) for words in ("14 people", "9 people", "6 people")]
    expected = [["14 people", "9 people", "6 people"]]
    assert together(TWO, *figures) == together(TWO, *figures[::-1]) == expected


def test_by_report() -> None:
    one, other, third = (toll(TWO, "14 people"), toll(REPORT, "14 people"), toll(TWO, "9 people"))
    assert by_report([one, other, third]) == {"two": [one, third], "r": [other]}
