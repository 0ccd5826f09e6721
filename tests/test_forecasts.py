"""Forecasts: sentences of our own, one row a construction. The day is Friday 24 October 2014."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from sayso import find
from sayso.model import Forecast, Judgement, Outcome, Outlook, Source, Span, When
from sayso.present.forecasts import claimants_and_outlets
from sayso.review.track_record import State, standings

DAY = "2014-10-24"


def found(text: str) -> list[Forecast]:
    return [c for c in find(text, published=DAY) if isinstance(c, Forecast)]


FORECASTS = [
    # text, what is expected, kind, who says so
    (
        "Most analysts believe the rebels will retake Aleppo.",
        "the rebels will retake Aleppo",
        "prediction",
        "Most analysts",
    ),
    (
        "The army is expected to storm the town.",
        "The army is expected to storm the town",
        "prediction",
        None,
    ),
    (
        "The ceasefire is likely to hold, the envoy said.",
        "The ceasefire is likely to hold",
        "prediction",
        "the envoy",
    ),
    (
        "The army plans to withdraw from the town.",
        "The army plans to withdraw from the town",
        "plan",
        None,
    ),
    ("The two sides will meet in Geneva.", "The two sides will meet in Geneva", "plan", None),
    ("Inspectors are to visit the site.", "Inspectors are to visit the site", "plan", None),
    (
        "The order to withdraw 2,000 troops surprised allies.",
        "to withdraw 2,000 troops",
        "plan",
        None,
    ),
    (
        "The president has pledged that the troops will leave.",
        "the troops will leave",
        "promise",
        "The president",
    ),
    (
        "“We will rebuild the city,” the governor said.",
        "We will rebuild the city",
        "promise",
        "the governor",
    ),
    (
        "The group vowed to continue the fight.",
        "The group vowed to continue the fight",
        "promise",
        "The group",
    ),
    (
        "The United Nations warned that famine could follow.",
        "famine could follow",
        "warning",
        "The United Nations",
    ),
    (
        "Thousands could die this winter, the agency said.",
        "Thousands could die this winter",
        "warning",
        "the agency",
    ),
    ("Many analysts see a long war ahead.", "a long war ahead", "prediction", "Many analysts"),
    ("A deal looks unlikely.", "A deal looks unlikely", "prediction", None),
    ("The army is preparing an offensive.", "The army is preparing an offensive", "plan", None),
    (
        "The talks scheduled for Monday have collapsed.",
        "The talks scheduled for Monday",
        "plan",
        None,
    ),
    (
        "Russia promised a strong response.",
        "Russia promised a strong response",
        "promise",
        "Russia",
    ),
    (
        "Turkish officials said Turkey would expand the offensive.",
        "Turkey would expand the offensive",
        "promise",
        "Turkish officials",
    ),
    (
        "The envoy met the president, who said he would not resign.",
        "he would not resign",
        "promise",
        "the president",
    ),
    (
        "The group’s fear is that the deal will not hold.",
        "the deal will not hold",
        "warning",
        "The group",
    ),
    (
        "Critics worry that the truce will not hold.",
        "the truce will not hold",
        "warning",
        "Critics",
    ),
    (
        "The militia threatened to shell the town.",
        "The militia threatened to shell the town",
        "warning",
        "The militia",
    ),
]


@pytest.mark.parametrize(("text", "content", "mode", "claimant"), FORECASTS)
def test_forecast(text: str, content: str, mode: str, claimant: str | None) -> None:
    (forecast,) = found(text)
    last = forecast.sources[-1]
    assert (forecast.content.text, forecast.mode.value) == (content, mode)
    assert (last.name if last.role == "claimant" else None) == claimant


@pytest.mark.parametrize(
    "text",
    [
        "The army could have stormed the town.",  # what would have happened
        "If the rebels will not leave, nobody can say what follows.",  # a condition
        "Will the army storm the town?",  # a question
        "Gunfire could be heard across the town.",  # what was perceived
        "The inspectors could not reach the site.",  # what was not possible
        "Their task is to train the police.",  # what it is for
        "The envoy doubts that the army will leave.",  # the opposite is expected
        "The minister called on the rebels to leave.",  # a demand
        "“I don’t think the army will leave,” the envoy said.",  # doubted
        "“We would leave at once,” the envoy said.",  # what would be
        "They rejected a deal that would end the siege.",  # what it is
        "It is unclear what will happen.",  # a question
        "The main issue is to stop the army.",  # what it is
        "Your address will not be published.",  # to the reader
        "The army shelled the town.",
    ],
)
def test_no_forecast(text: str) -> None:
    assert found(text) == []


def test_a_report_on_other_matters_has_no_forecasts() -> None:
    launch = "The rocket will carry a satellite into orbit on Tuesday. " * 8
    assert found(launch) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The troops will leave by the end of 2015.", None, "2015-12-31"),
        ("By the end of this year, the troops will leave.", None, "2014-12-31"),
        ("The talks will begin on Monday.", "2014-10-27", "2014-10-27"),
        ("The talks will begin on January 25.", "2015-01-25", "2015-01-25"),
        ("The troops will leave next year.", "2015-01-01", "2015-12-31"),
        ("Some troops will remain after 2016.", "2017-01-01", None),
        ("The troops will leave by mid-2015.", None, "2015-06-30"),
        ("The troops will leave within three months.", None, "2015-01-24"),
        ("The vote is set for the end of November.", None, "2014-11-30"),
        ("The talks will begin in two weeks.", "2014-10-24", "2014-11-07"),
    ],
)
def test_horizon(text: str, start: str | None, end: str | None) -> None:
    (forecast,) = found(text)
    assert forecast.horizon is not None
    assert [d and d.isoformat() for d in (forecast.horizon.start, forecast.horizon.end)] == [
        start,
        end,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The talks will begin in a few days.",
        "They will be the first talks since 2012.",
        "The talks will begin soon.",
        "The town, taken on Monday, will be rebuilt.",
    ],
)
def test_no_horizon(text: str) -> None:
    (forecast,) = found(text)
    assert forecast.horizon is None


def forecast(name: str, claimant: str | None, end: str | None) -> Forecast:
    said = (Source(claimant, "claimant"),) if claimant else ()
    return Forecast(
        id=name,
        report="r1",
        kind="forecast",
        part="text",
        quote="it will end",
        start=0,
        end=11,
        content=Span("it will end", 0, 11),
        mode=Outlook.PREDICTION,
        horizon=When(None, date.fromisoformat(end), "", "day") if end else None,
        sources=(Source("The Example", "publisher"), *said),
    )


def judged(name: str, outcome: Outcome) -> Judgement:
    return Judgement(name, outcome, "it did", "https://example.org", "ana", datetime(2015, 1, 1))


def test_where_forecasts_stand() -> None:
    several = [
        forecast("a", None, None),
        forecast("b", None, "2014-12-31"),
        forecast("c", None, "2014-10-23"),
        forecast("d", None, "2014-01-01"),
    ]
    standing = standings(several, {"d": (judged("d", Outcome.FAILED),)}, date(2014, 12, 31))
    assert [(s.forecast.id, s.state) for s in standing] == [
        ("c", State.DUE),
        ("b", State.OPEN),
        ("a", State.OPEN),
        ("d", State.SETTLED),
    ]


def test_a_track_record_counts_settled_forecasts_by_their_latest_judgement() -> None:
    several = [
        forecast("a", "the envoy", None),
        forecast("b", "the envoy", None),
        forecast("c", "the mayor", None),
    ]
    decided = {"a": (judged("a", Outcome.CAME_TRUE), judged("a", Outcome.FAILED))}
    claimants, outlets = claimants_and_outlets(
        standings(several, decided, date(2015, 1, 1)), {"r1": "The Example"}
    )
    assert [(r.name, r.settled, r.forecasts, r.outcomes) for r in claimants] == [
        ("the envoy", 1, 2, Counter({Outcome.FAILED: 1}))
    ]
    assert [(r.name, r.settled, r.forecasts) for r in outlets] == [("The Example", 1, 3)]
