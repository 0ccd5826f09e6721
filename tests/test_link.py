"""Claims of many reports -> incidents and series, with reasons; links between claims; what does not
fit.
"""

from __future__ import annotations

import pytest

from sayso.errors import LinkError
from sayso.link import link_incidents, link_series, relate, scoring
from sayso.link.comparisons import COMPARISONS
from sayso.link.consistency import InconsistencyKind, check
from sayso.link.groups_counted import group_counted
from sayso.link.mentions import mentions_of
from sayso.model import Claim, Effect, EventType, Report, Scope
from sayso.model.links import Incident, Link, Linked, LinkKind
from sayso.pipeline import link_claims
from tests.making import act, by_id, report, said_by, toll

FIRST = report(
    "first",
    "A bomb killed 14 people at the market in Khost on Monday. In Gardez a mine wounded two "
    "soldiers.",
    "2012-10-02",
)
SECOND = report(
    "second",
    "The market blast in Khost left 15 dead, a doctor said. It was the work of the Red Column.",
    "2012-10-03",
    "Other",
)
LATE = report(
    "late",
    "Traders recalled the bombing of 1 October that killed 14 people in Khost. Kandahar was calm.",
    "2013-03-01",
    "Third",
)
ELSE = report(
    "else",
    "A raid killed nine people in Kandahar on Monday. Nobody said who had ordered it.",
    "2012-10-02",
    "Fourth",
)


def khost(of: Report, words: str, **more: str) -> Claim:
    return toll(of, words, day="2012-10-01", place="Khost", **more)  # type: ignore[arg-type]


def incidents(
    *claims: Claim, reports: tuple[Report, ...] = (FIRST, SECOND, LATE, ELSE)
) -> dict[str, set[str]]:
    """The reports of each incident, by one of its claims."""
    found, _ = link_incidents(reports, claims, {c.id: said_by(c.report) for c in claims})
    return {c: set(i.reports) for i in found for c in i.claims}


def test_two_reports_of_one_incident_and_a_late_one_join_and_another_does_not() -> None:
    one, two, late = (
        khost(FIRST, "14 people"),
        khost(SECOND, "15", said="a doctor"),
        khost(LATE, "14 people"),
    )
    other = toll(ELSE, "nine people", day="2012-10-01", place="Kandahar")
    found = incidents(one, two, late, other)
    assert found[one.id] == {"first", "second", "late"}
    assert found[other.id] == {"else"}


def test_the_id_of_an_incident_stays_when_a_report_joins() -> None:
    one, two, late = khost(FIRST, "14 people"), khost(SECOND, "15"), khost(LATE, "14 people")
    (before,), _ = link_incidents((FIRST, SECOND), (one, two), {})
    (after,), pairs = link_incidents((LATE, SECOND, FIRST), (late, two, one), {})
    assert before.id == after.id
    assert after.reports[0] in after.main
    assert str(after.first) == "2012-10-01"
    assert after.where
    assert after.where.name == "Khost"
    assert all(pair.reasons and pair.reasons[0].endswith(")") for pair in pairs)
    assert any("the same day" in reason for pair in pairs for reason in pair.reasons)


# The same place on other days, or the same day at other places, is another happening.
@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("Khost", "2012-10-05"),  # the same market, four days later
        ("Gardez", "2012-10-01"),  # the same day, another town
    ],
)
def test_neighbours_stay_apart(place: str, day: str) -> None:
    here = report(
        "here",
        f"A bomb killed six people in {place}. The wounded were flown out.",
        "2012-10-06",
        "Fifth",
    )
    one, other = khost(FIRST, "14 people"), toll(here, "six people", day=day, place=place)
    found = incidents(one, other, reports=(FIRST, here))
    assert found[one.id] != found[other.id]


def test_one_report_reports_two_incidents() -> None:
    bomb = khost(FIRST, "14 people")
    mine = toll(
        FIRST, "two soldiers", Effect.WOUNDED, who="soldiers", day="2012-10-01", place="Gardez"
    )
    mentions = mentions_of(FIRST, [mine, bomb])
    assert [[c.id for c in a.claims] for a in mentions] == [[bomb.id], [mine.id]]
    assert [a.is_main for a in mentions] == [True, False]


def test_a_toll_goes_with_its_event_and_a_part_with_its_whole() -> None:
    text = report(
        "r",
        "Gunmen attacked a post in Khost. By evening 12 people had died, four of them children.",
    )
    attack = act(text, "attacked", day="2012-10-01", place="Khost")
    whole = toll(text, "12 people", event=attack)
    part = toll(text, "four", who="children", part_of=whole)
    (mention,) = mentions_of(text, [part, whole, attack])
    assert {c.id for c in mention.claims} == {attack.id, whole.id, part.id}


def test_talks_make_no_incident_and_neither_does_a_total_of_years() -> None:
    text = report(
        "r", "Envoys met in Khost. Since the invasion 13,000 people were killed in Afghanistan."
    )
    met = act(text, "met", EventType.CONSULT)
    killed = act(text, "killed", day="2012-10-01")
    total = toll(
        text, "13,000 people", scope=Scope.TOTAL, day="2001-10-07", to="2012-10-01", event=killed
    )
    assert mentions_of(text, [met, killed, total]) == []


def test_every_outcome_of_a_comparison_has_words_and_a_weight() -> None:
    for comparison in COMPARISONS:
        words = [level.words for level in (*comparison.levels, comparison.otherwise)]
        assert all(words)
        assert len(words) == len(set(words))
        assert max(level.weight for level in comparison.levels) > comparison.otherwise.weight


# -- series -----------------------------------------------------------------------

YEAR1 = report(
    "year1",
    "Since 2001 some 10,000 people were killed in Afghanistan. On Monday 14 people died.",
    "2010-01-10",
)
YEAR2 = report(
    "year2",
    "Over 13,000 people have been killed in Afghanistan since 7 October 2001. Of them 900 "
    "children.",
    "2012-10-08",
    "Other",
)


def total(
    of: Report, words: str, to: str, since: str | None = "2001-10-07", **more: object
) -> Claim:
    return toll(
        of,
        words,
        scope=Scope.TOTAL,
        day=since,
        to=to,
        place="Afghanistan",
        who="people",
        **more,  # type: ignore[arg-type]
    )


def test_running_totals_of_one_quantity_are_a_series_in_the_order_of_their_days() -> None:
    early, late = (
        total(YEAR1, "some 10,000", "2010-01-10", since="2001-01-01"),
        total(YEAR2, "Over 13,000", "2012-10-08"),
    )
    (series,) = link_series(
        (YEAR1, YEAR2), (late, early), {early.id: said_by("a"), late.id: said_by("b")}
    )
    assert series.claims == (early.id, late.id)
    assert (series.origins, str(series.since)) == (2, "2001-01-01")


def test_a_toll_of_one_day_never_joins_a_running_total() -> None:
    running = total(YEAR1, "some 10,000", "2010-01-10")
    daily = toll(YEAR1, "14 people", day="2010-01-09", place=None)
    series = link_series((YEAR1,), (running, daily), {})
    assert [s.claims for s in series] == [(running.id,)]
    linked = link_claims([YEAR1], [running, daily])
    assert running.id not in {c for i in linked.incidents for c in i.claims}


# Totals that are not one quantity: another beginning, other people, another size altogether.
@pytest.mark.parametrize(
    ("since", "who"),
    [
        ("2007-01-01", "people"),  # since 2007, not since 2001
        ("2001-10-07", "children"),  # children, not everybody
    ],
)
def test_other_quantities_are_other_series(since: str, who: str) -> None:
    words = "900" if who == "children" else "Over 13,000"
    one = total(YEAR1, "some 10,000", "2010-01-10")
    other = toll(
        YEAR2, words, who=who, scope=Scope.TOTAL, day=since, to="2012-10-08", place="Afghanistan"
    )
    assert len(link_series((YEAR1, YEAR2), (one, other), {})) == 2


# -- links between claims -----------------------------------------------------------

A = report(
    "a",
    "On Monday 16 civilians were killed, officials said. Nine children died. The army said 17 "
    "civilians died.",
    "2012-10-01",
)
B = report(
    "b",
    "At least 16 civilians were killed, the Valley Centre said. Dozens of people died.",
    "2012-10-02",
    "Other",
)
C = report(
    "c", "The Valley Centre said 20 civilians were killed. Five people died.", "2012-10-04", "Third"
)


def links(*claims: Claim, days: dict[str, str] | None = None) -> dict[tuple[str, str], Link]:
    """The links within one incident of these claims; the claimant is the origin."""
    origin = {c.id: said_by(c.sources[-1].name or "lost") for c in claims}
    incident = Incident(
        id="i",
        claims=tuple(origin),
        reports=("a", "b", "c"),
        main=("a",),
        origins=len(set(origin.values())),
    )
    published = {r.id: r.published for r in (A, B, C)}
    return {
        (k.claim, k.other): k for k in relate([incident], [], by_id(*claims), origin, published)
    }


ONE = toll(A, "16", who="civilians", said="officials")
ARMY = toll(A, "17", who="civilians", said="The army")
CHILDREN = toll(A, "Nine", who="children", said="officials")
CENTRE = toll(B, "At least 16", who="civilians", said="the Valley Centre")
CENTRE_LATER = toll(C, "20", who="civilians", said="the Valley Centre")
EVERYBODY = toll(B, "Dozens", who="people", said="the Valley Centre")


# Two claims of one incident, the later first -> how it stands to the earlier.
@pytest.mark.parametrize(
    ("later", "earlier", "kind"),
    [
        (ARMY, ONE, LinkKind.CONTRADICTS),  # 17 and 16, independent, the same people
        (CENTRE, ONE, LinkKind.AGREES),  # at least 16 and 16
        (CENTRE_LATER, CENTRE, LinkKind.REPEATS),  # the same origin: 20 is at least 16
        (CHILDREN, ONE, LinkKind.PART_OF),  # children among the civilians
        # civilians among everybody; "dozens" may be more than 16
        (
            ONE,
            EVERYBODY,
            LinkKind.PART_OF,
        ),
    ],
)
def test_links(later: Claim, earlier: Claim, kind: LinkKind) -> None:
    found = links(earlier, later)
    link = found.get((later.id, earlier.id)) or found[earlier.id, later.id]
    assert link.kind is kind
    assert link.reason


def test_the_same_origin_later_revises() -> None:
    before = toll(A, "17", who="civilians", said="the Valley Centre")
    assert links(before, CENTRE_LATER)[CENTRE_LATER.id, before.id].kind is LinkKind.REVISES


def test_other_days_and_details_cannot_be_compared() -> None:
    monday = toll(A, "16", who="civilians", said="officials", day="2012-10-01")
    thursday = toll(C, "20", who="civilians", said="the Valley Centre", day="2012-10-04")
    assert links(monday, thursday)[thursday.id, monday.id].reason == "they cover different days"
    detail = toll(C, "Five people", said="a doctor")
    whole = toll(C, "20", who="civilians", said="the Valley Centre")
    assert all(k.kind is not LinkKind.CONTRADICTS for k in links(detail, whole).values())


@pytest.mark.parametrize(
    ("claim", "words"), [(ONE, "civilians"), (CHILDREN, "children"), (EVERYBODY, "everybody")]
)
def test_who_is_counted(claim: Claim, words: str) -> None:
    assert group_counted(claim).words() == words  # type: ignore[arg-type]


# -- what does not fit ---------------------------------------------------------------


def inconsistencies(*claims: Claim, reports: tuple[Report, ...]) -> list[InconsistencyKind]:
    linked = link_claims(reports, claims)
    return [d.kind for d in check(linked, by_id(*claims), {r.id: r.published for r in reports})]


def test_a_part_larger_than_its_whole_comes_first_and_a_lost_source_last() -> None:
    text = report(
        "r",
        "In Khost 12 people were killed, 40 of them children. Over 2,100 of them died "
        "according to.",
        "2012-10-01",
    )
    whole = toll(text, "12 people", place="Khost", day="2012-10-01")
    part = toll(text, "40", who="children", part_of=whole)
    lost = toll(text, "Over 2,100", said="", scope=Scope.TOTAL)
    found = inconsistencies(whole, part, lost, reports=(text,))
    assert found[0] is InconsistencyKind.PART_LARGER
    assert found[-1] is InconsistencyKind.SOURCE_LOST


def test_dead_and_wounded_swapped() -> None:
    one = report(
        "one",
        "The blast in Khost killed 14 people and wounded 31 others, the governor said.",
        "2012-10-02",
    )
    other = report(
        "other",
        "The blast in Khost killed 31 people and wounded 14 others, a trader said.",
        "2012-10-02",
        "Other",
    )
    claims = [
        toll(r, words, effect, day="2012-10-01", place="Khost")
        for r, words, effect in (
            (one, "14 people", Effect.KILLED),
            (one, "31 others", Effect.WOUNDED),
            (other, "31 people", Effect.KILLED),
            (other, "14 others", Effect.WOUNDED),
        )
    ]
    assert InconsistencyKind.SWAPPED in inconsistencies(*claims, reports=(one, other))


def test_a_total_that_falls() -> None:
    now = report(
        "now",
        "So far 9,000 people were killed in Afghanistan since 2001.",
        "2012-10-08",
        "The Example",
    )
    before, after = total(YEAR1, "some 10,000", "2010-01-10"), total(now, "9,000", "2012-10-08")
    assert InconsistencyKind.FALLING in inconsistencies(before, after, reports=(YEAR1, now))


def test_one_source_two_figures_on_one_day() -> None:
    one = report(
        "one",
        "A bomb in Khost market killed 14 people, said the Valley Centre for Peace.",
        "2012-10-02",
    )
    other = report(
        "other",
        "The Khost market bomb killed 18 people, said the Valley Centre for Peace.",
        "2012-10-02",
        "Other",
    )
    claims = [
        toll(r, w, said="the Valley Centre for Peace", day="2012-10-01", place="Khost")
        for r, w in ((one, "14 people"), (other, "18 people"))
    ]
    assert InconsistencyKind.MISQUOTED in inconsistencies(*claims, reports=(one, other))


def test_an_engine_that_gives_up_is_reported_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_MEMORY", "1MB")
    one, two = khost(FIRST, "14 people"), khost(SECOND, "15")
    with pytest.raises(LinkError, match="what was read is kept"):
        link_incidents((FIRST, SECOND), (one, two), {})


def test_nothing_to_link() -> None:
    assert link_claims([], []) == Linked()
    assert link_claims([FIRST], []).incidents == ()


def test_linking_does_not_depend_on_the_order_of_reading() -> None:
    claims = [
        khost(FIRST, "14 people"),
        khost(SECOND, "15"),
        khost(LATE, "14 people"),
        toll(ELSE, "nine people", day="2012-10-01", place="Kandahar"),
    ]
    reports = [FIRST, SECOND, LATE, ELSE]
    assert (
        link_claims(reports, claims).incidents == link_claims(reports[::-1], claims[::-1]).incidents
    )
