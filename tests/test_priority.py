"""What a reviewer looks at first: every reason with its weight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import log10

import pytest

from sayso.model import Claim, Count, Figure, Source, Where
from sayso.model.links import Coded, Incident, Range, Series
from sayso.review import priority
from sayso.review.priority import (
    NEARLY_JOINED,
    Circumstances,
    Priority,
    incident_priority,
    series_priority,
)

KHOST = Where("Khost", None, None, "Khost", 1444362, "AF", 33.34, 69.92, "town")
QUIET = Circumstances(0, {}, frozenset())
FIGURE = Figure(
    id="f",
    report="r",
    kind="toll",
    part="text",
    quote="12 died",
    start=0,
    end=7,
    count=Count("12", 0, 2, 12, 12),
    sources=(Source("The Example", "publisher"), Source("the mayor", "claimant")),
)
# An incident about which there is nothing to ask: two origins, a day, a place, no figure.
INCIDENT = Incident(
    id="i",
    claims=("f",),
    reports=("r",),
    main=("r",),
    origins=2,
    first=date(2012, 10, 1),
    last=date(2012, 10, 1),
    where=KHOST,
)
SERIES = Series(id="s", claims=("f",), reports=("r",), origins=2, kind="toll")


def coded(killed: Range = Range(), wounded: Range = Range()) -> Coded:  # noqa: B008 - a frozen value
    return Coded(
        incident="i",
        policy="ucdp",
        killed=killed,
        wounded=wounded,
        civilians_killed=Range(),
        civilians_wounded=Range(),
    )


def of_incident(
    incident: Incident = INCIDENT,
    claims: tuple[Claim, ...] = (FIGURE,),
    figures: Coded | None = None,
    known: Circumstances = QUIET,
) -> Priority:
    return incident_priority(incident, claims, figures or coded(), known)


def said(**more: object) -> tuple[Claim, ...]:
    """The figure, said by somebody else."""
    return (replace(FIGURE, sources=(FIGURE.sources[0], replace(FIGURE.sources[1], **more))),)  # type: ignore[arg-type]


def test_nothing_to_ask() -> None:
    assert of_incident() == Priority(0.0, ())


# What alone gives an incident a priority -> the weight, and the reason in words.
@pytest.mark.parametrize(
    ("found", "weight", "reason"),
    [
        (of_incident(figures=coded(Range(9, 9, 9))), priority.STAKE, "9 people"),
        (
            of_incident(figures=coded(Range(900, 999, 1000))),
            priority.STAKE * log10(1001),
            "1,000 people",
        ),
        # the wounded count as the killed do
        (
            of_incident(figures=coded(Range(9, 9, 9), Range(None, 99, None))),
            priority.STAKE * 2,
            "99 people",
        ),
        (of_incident(known=Circumstances(1, {}, frozenset())), 2.5, "sources disagree"),
        (of_incident(known=Circumstances(3, {}, frozenset())), 2.5, "sources disagree, 3 times"),
        (
            of_incident(known=Circumstances(0, {"f": "more children than people"}, frozenset())),
            priority.IMPOSSIBLE,
            "more children than people",
        ),
        (of_incident(claims=said(name=None)), priority.LOST, "a source is lost"),
        (of_incident(claims=said(party=True)), priority.PARTY, "stated by a party to the war"),
        (of_incident(claims=(replace(FIGURE, hedge=True),)), priority.HEDGED, "hedged"),
        (of_incident(replace(INCIDENT, origins=1)), priority.ONE_ORIGIN, "one origin only"),
        (of_incident(replace(INCIDENT, first=None)), priority.NO_DAY, "no day is stated"),
        (of_incident(replace(INCIDENT, where=None)), priority.NO_PLACE, "the place is not settled"),
        # a name that no gazetteer has
        (
            of_incident(replace(INCIDENT, where=Where("Karam al-Luz", 0, 12))),
            priority.NO_PLACE,
            "the place is not settled",
        ),
        (
            of_incident(known=Circumstances(0, {}, frozenset(), nearly_joined=True)),
            priority.NEARLY,
            NEARLY_JOINED,
        ),
        (
            of_incident(known=Circumstances(0, {}, frozenset({"f"}))),
            priority.CHANGED,
            "changed since it was confirmed",
        ),
    ],
)
def test_every_reason_has_its_weight(found: Priority, weight: float, reason: str) -> None:
    assert found == Priority(round(weight, 2), (reason,))


# A range of the killed -> whether it is wide enough to be a reason.
@pytest.mark.parametrize(
    ("killed", "is_wide"),
    [
        (Range(10, 15, 20), True),
        (Range(10, 15, 19), False),
        (Range(0, 0, 19), False),  # of nobody killed anything is many times as much
        (Range(10, 10, None), False),
    ],
)
def test_a_wide_range_is_a_reason(killed: Range, is_wide: bool) -> None:
    reasons = of_incident(figures=coded(killed)).reasons
    assert ("from 10 to 20 killed" in reasons) is is_wide
    assert len(reasons) == 1 + is_wide


def test_reasons_add_up_and_the_weightiest_comes_first() -> None:
    found = of_incident(
        replace(INCIDENT, origins=1, first=None),
        said(party=True),
        known=Circumstances(2, {"f": "a total that falls"}, frozenset()),
    )
    assert found.reasons == (
        "sources disagree, 2 times",
        "a total that falls",
        "stated by a party to the war",
        "no day is stated",
        "one origin only",
    )
    assert found.weight == 2.5 + 2.0 + 1.0 + 0.8 + 0.7


def test_what_is_known_of_other_claims_is_no_reason() -> None:
    other = Circumstances(0, {"other": "a total that falls"}, frozenset({"other"}))
    assert of_incident(known=other) == Priority(0.0, ())


def test_a_report_that_speaks_for_itself_has_lost_no_source() -> None:
    own = replace(FIGURE, sources=(Source(None, "publisher"),))
    assert of_incident(claims=(own,)).reasons == ()


def test_the_size_of_a_series_weighs_half() -> None:
    large = replace(FIGURE, count=Count("99", 0, 2, 99, 99))
    found = series_priority(SERIES, [FIGURE, large], QUIET)
    assert found == Priority(priority.STAKE, ("99 people",))


def test_the_reasons_of_a_series_are_those_of_its_claims() -> None:
    found = series_priority(
        replace(SERIES, origins=1), said(name=None), Circumstances(1, {}, frozenset())
    )
    assert found.reasons == (
        "sources disagree",
        "a source is lost",
        "12 people",
        "one origin only",
    )
