"""Running totals, rates and strengths -> series: what makes two figures the same quantity."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link.series import link_series, series_of
from sayso.model import Count, Effect, Figure, Scope, Span, Status
from tests.making import report, toll

EARLY = report(
    "early", "In all 1,000 people have been killed in Khost. Of them 9 died.", "2012-01-10"
)
LATE = report(
    "late", "In all 1,500 people have been killed in Khost. Of them 9 died.", "2012-10-10"
)
REPORTS = (EARLY, LATE)


def total(
    n: int,
    since: str | None = "2011-03-01",
    to: str | None = None,
    *,
    size: int | None = None,
    who: str | None = None,
    status: Status = Status.UNKNOWN,
    **more: object,
) -> Figure:
    """A total of the first report (0) or the second (1), up to its day of publication."""
    of = REPORTS[n]
    made = toll(
        of,
        ("1,000 people", "1,500 people")[n],
        scope=Scope.TOTAL,
        day=since,
        to=to or str(of.published),
        place="Khost",
    )
    count = Count("n", 0, 1, size, size) if size else made.count
    counted = Span(who, 0, len(who)) if who else None
    return replace(made, count=count, who=counted, status=status, **more)  # type: ignore[arg-type]


def together(*figures: Figure) -> bool:
    """Whether the figures are one series."""
    found = link_series(REPORTS, figures, {})
    assert sorted(c for s in found for c in s.claims) == sorted(f.id for f in figures)
    return len(found) == 1


def test_two_totals_of_one_quantity() -> None:
    assert together(total(0), total(1))


# Two totals -> whether they are one quantity.
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # beginnings
        (total(0, "2011-03-01"), total(1, "2011-03-15"), True),  # "since March", "since 15 March"
        (total(0, "2011-03-01"), total(1, "2011-04-16"), True),
        (total(0, "2011-03-01"), total(1, "2011-04-17"), False),
        (total(0, "2011-01-01"), total(1, "2011-11-15"), True),  # "since 2011": only the year
        (total(0, "2011-01-01"), total(1, "2010-11-15"), False),  # of another year
        # who is counted
        (total(0, who="people"), total(1), True),  # nobody named is everybody
        (total(0, who="deaths"), total(1, who="victims"), True),
        (total(0, who="civilians", status=Status.CIVILIAN), total(1), False),
        (
            total(0, who="Afghan civilians", status=Status.CIVILIAN),
            total(1, who="villagers", status=Status.CIVILIAN),
            True,  # all of them civilians
        ),
        (
            total(0, who="civilians", status=Status.CIVILIAN),
            total(1, who="children", status=Status.CIVILIAN),
            False,  # a part of them
        ),
        (
            total(0, who="NATO soldiers", status=Status.MILITARY),
            total(1, who="foreign soldiers", status=Status.MILITARY),
            True,  # the last word counts
        ),
        (
            total(0, who="soldiers", status=Status.MILITARY),
            total(1, who="policemen", status=Status.MILITARY),
            False,
        ),
        # what happened to them, how they are counted, and where
        (total(0), total(1, effect=Effect.WOUNDED), False),
        (total(0, scope=Scope.RATE, per="day"), total(1, scope=Scope.RATE, per="day"), True),
        (total(0, scope=Scope.RATE, per="day"), total(1, scope=Scope.RATE, per="month"), False),
        (total(0, scope=Scope.RATE, per="day"), total(1), False),
        (total(0), total(1, part_of="whole"), False),
        (total(0), total(1, where=None), False),
        # sizes: within a year less than four times as many
        (total(0, size=1000), total(1, size=6900), True),  # at nine months somewhat more
        (total(0, size=1000), total(1, size=7100), False),
        (total(0, size=7100), total(1, size=1000), False),
        # a few days are a battle's, and the same only over the same days
        (
            total(0, "2011-03-01", "2011-03-09"),
            total(1, "2011-03-01", "2011-03-09"),
            True,
        ),
        (
            total(0, "2011-03-01", "2011-03-09"),
            total(1, "2011-03-02", "2011-03-10"),
            False,
        ),
        (total(0, "2011-03-01", "2011-03-09"), total(1), False),
    ],
)
def test_one_quantity_or_two(one: Figure, other: Figure, same: bool) -> None:
    assert together(one, other) is same
    assert together(other, one) is same


def undated(n: int, **more: object) -> Figure:
    return replace(total(n), when=None, **more)  # type: ignore[arg-type]


def test_a_total_without_a_beginning_joins_the_only_series_that_it_fits() -> None:
    assert together(total(0), undated(1))
    assert together(undated(0), undated(1))
    apart = total(0, "2001-10-07", size=1100)
    assert not together(total(0), replace(apart, id="apart"))
    found = link_series(REPORTS, [total(0), replace(apart, id="apart"), undated(1)], {})
    assert sorted(len(s.claims) for s in found) == [1, 1, 1]  # it may be of either


# A toll of one incident is no running total; all else is.
@pytest.mark.parametrize(
    ("figure", "is_running"),
    [
        (toll(EARLY, "1,000 people"), False),
        (toll(EARLY, "1,000 people", scope=Scope.TOTAL), True),
        (toll(EARLY, "1,000 people", scope=Scope.RATE), True),
        (toll(EARLY, "1,000 people", kind="strength"), True),
        (toll(EARLY, "1,000 people", day="2011-01-01", to="2011-12-31"), True),  # of a year
    ],
)
def test_what_runs(figure: Figure, is_running: bool) -> None:
    assert bool(link_series(REPORTS, [figure], {})) is is_running


def test_a_series_says_what_its_figures_say() -> None:
    figures = [
        total(1, who="Afghan\ncivilians", status=Status.CIVILIAN),
        total(0, "2011-03-15", who="civilians", status=Status.CIVILIAN),
    ]
    (series,) = link_series(REPORTS, figures, {})
    assert series.claims == (figures[1].id, figures[0].id)  # by the day up to which they count
    assert series.reports == ("early", "late")
    assert (series.kind, series.effect, series.status) == (
        "toll",
        Effect.KILLED,
        Status.CIVILIAN,
    )
    assert series.who in ("civilians", "Afghan civilians")  # on one line
    assert str(series.since) == "2011-03-01"  # the earliest
    assert series.where is not None
    assert (series.where.name, series.where.start) == ("Khost", None)


def test_the_id_of_a_series_stays_when_a_later_report_joins() -> None:
    (before,) = link_series(REPORTS, [total(0)], {})
    (after,) = link_series(REPORTS, [total(1), total(0)], {})
    assert after.id == before.id
    assert before.id.startswith("s")


def test_the_longest_series_comes_first() -> None:
    wounded = total(0, effect=Effect.WOUNDED)
    found = link_series(REPORTS, [replace(wounded, id="w"), total(0), total(1)], {})
    assert [len(s.claims) for s in found] == [2, 1]


def test_figures_that_a_person_put_together_are_a_series_whatever_they_count() -> None:
    published = {r.id: r.published for r in REPORTS}
    one, other = total(0), total(1, effect=Effect.WOUNDED)
    assert not together(one, other)
    assert series_of([other, one], published, {}).claims == (one.id, other.id)
