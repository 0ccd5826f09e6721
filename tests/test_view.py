"""What a record holds as people decided that it is: on a day, and what they stand behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sayso.coding import load_policy
from sayso.errors import SaysoError
from sayso.model import Claim, Effect, Figure, Review
from sayso.model.decisions import Act, Subject
from sayso.pipeline import link
from sayso.review import correct, decide
from sayso.store import Filter, Record
from sayso.view import Contents, code_incidents, confirmed, contents, standing_claims
from tests.making import act, report, toll

WIRE = report(
    "wire",
    "A bomb attack in Khost killed 14 people on 1 October, nine children among them. Over 2,000 "
    "people died in Afghanistan since 2001.",
    "2012-10-02",
    "Wire",
)
POST = report("post", "The attack in Khost killed 15 people, a doctor said.", "2012-10-04", "Post")
UNDATED = report("undated", "A mine in Gardez killed three men.", None, "Third")

ATTACK = act(WIRE, "attack", day="2012-10-01", place="Khost")
KILLED = toll(WIRE, "14 people", day="2012-10-01", place="Khost", event=ATTACK)
CHILDREN = toll(WIRE, "nine", who="children", day="2012-10-01", place="Khost", part_of=KILLED)
SINCE = toll(WIRE, "Over 2,000", day="2001-10-07", to="2012-10-02", place="Afghanistan")
LATER = toll(POST, "15 people", said="a doctor", day="2012-10-01", place="Khost")
MINE = toll(UNDATED, "three", day="2012-09-01", place="Gardez")
CLAIMS = (ATTACK, KILLED, CHILDREN, SINCE, LATER, MINE)
REPORTS = {r.id: r for r in (WIRE, POST, UNDATED)}


@pytest.fixture(scope="module")
def undecided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linked record about which nobody has decided anything; every test takes a copy of it."""
    path = tmp_path_factory.mktemp("view") / "r.db"
    with Record(path) as record:
        for of in REPORTS.values():
            record.add(of, [c for c in CLAIMS if c.report == of.id])
        link(record)
    return path


@pytest.fixture
def record(undecided: Path, tmp_path: Path) -> Iterator[Record]:
    with Record(shutil.copy(undecided, tmp_path / "r.db"), create=False) as opened:
        yield opened


def decided(record: Record, act: Act, *claims: Claim, about: Subject = Subject.CLAIM) -> None:
    record.decide(decide(about, act, claims, REPORTS, "ana"))


def incident_of(held: Contents, claim: Claim) -> set[str]:
    return next(set(i.claims) for i in held.linked.incidents if claim.id in i.claims)


# -- on a day --------------------------------------------------------------------------


def test_everything_is_as_it_was_last_linked(record: Record) -> None:
    held = contents(record)
    assert set(held.reports) == set(REPORTS)
    assert set(held.claims) == {c.id for c in CLAIMS}
    assert held.linked == record.linked()
    assert (held.undated, held.rejected) == (0, ())
    assert held.published == {
        "wire": date(2012, 10, 2),
        "post": date(2012, 10, 4),
        "undated": None,
    }


# A day -> the reports by then; those without a day are left out, and counted.
@pytest.mark.parametrize(
    ("day", "reports"),
    [
        (date(2012, 10, 1), set()),
        (date(2012, 10, 2), {"wire"}),  # on the day itself
        (date(2012, 10, 3), {"wire"}),
        (date(2012, 10, 4), {"wire", "post"}),
    ],
)
def test_as_of_a_day_only_what_was_published_by_then(
    record: Record, day: date, reports: set[str]
) -> None:
    held = contents(record, day)
    assert set(held.reports) == reports
    assert {c.report for c in held.claims.values()} == reports
    assert {r for i in held.linked.incidents for r in i.reports} == reports
    assert held.undated == 1


def test_as_of_a_day_incidents_are_those_of_that_day(record: Record) -> None:
    now, then = contents(record), contents(record, date(2012, 10, 3))
    assert incident_of(now, KILLED) - incident_of(then, KILLED) == {LATER.id}
    assert [i.origins for i in then.linked.incidents] == [1]
    assert not any(LATER.id in (k.claim, k.other) for k in then.linked.links)


def test_decisions_count_on_every_day(record: Record) -> None:
    record.decide(correct(KILLED, "count", "16", REPORTS, "ana"))
    decided(record, Act.REJECT, CHILDREN)
    for day in (None, date(2012, 10, 3)):
        held = contents(record, day)
        changed = held.claims[KILLED.id]
        assert isinstance(changed, Figure)
        assert (changed.count.low, changed.review) == (16, Review.CORRECTED)
        assert CHILDREN.id not in held.claims
        assert list(held.reviewed.rejected) == [CHILDREN.id]
        assert CHILDREN.id not in incident_of(held, KILLED)


# -- what people stand behind ------------------------------------------------------------


def test_nothing_is_confirmed_yet(record: Record) -> None:
    with pytest.raises(SaysoError, match="nothing in the record is confirmed yet"):
        confirmed(contents(record))
    decided(record, Act.REJECT, MINE)  # a rejection is none either
    with pytest.raises(SaysoError, match="nothing in the record is confirmed yet"):
        confirmed(contents(record))


def test_a_confirmed_claim_stands_alone(record: Record) -> None:
    decided(record, Act.CONFIRM, LATER)
    part = confirmed(contents(record))
    assert set(part.claims) == {LATER.id}
    assert set(part.reports) == {"post"}
    assert part.linked.incidents == ()  # which nobody confirmed
    assert part.linked.links == ()
    assert part.linked.pairs == ()
    assert set(part.linked.origins) == {LATER.id}


def test_a_corrected_claim_stands_as_a_confirmed_one_does(record: Record) -> None:
    record.decide(correct(LATER, "count", "16", REPORTS, "ana"))
    part = confirmed(contents(record))
    assert [c.review for c in part.claims.values()] == [Review.CORRECTED]


def test_of_a_confirmed_incident_all_claims_stand(record: Record) -> None:
    held = contents(record)
    of_it = [held.claims[c] for c in incident_of(held, KILLED)]
    decided(record, Act.CONFIRM, *of_it, about=Subject.INCIDENT)
    part = confirmed(contents(record))
    assert set(part.claims) == {c.id for c in of_it}
    assert [i.review for i in part.linked.incidents] == [Review.CONFIRMED]
    assert part.linked.series == ()
    links = {(k.claim, k.other) for k in held.linked.links}
    assert {(k.claim, k.other) for k in part.linked.links} == {
        pair for pair in links if set(pair) <= set(part.claims)
    }
    assert part.linked.links


def test_of_a_confirmed_series_all_claims_stand(record: Record) -> None:
    decided(record, Act.CONFIRM, SINCE, about=Subject.SERIES)
    part = confirmed(contents(record))
    assert set(part.claims) == {SINCE.id}
    assert [s.claims for s in part.linked.series] == [(SINCE.id,)]
    assert part.linked.incidents == ()


# A claim that refers to another -> the reference, alone and beside the other.
@pytest.mark.parametrize(
    ("claim", "other", "field"),
    [
        (CHILDREN, KILLED, "part_of"),  # a part, and its whole
        (KILLED, ATTACK, "event"),  # a toll, and its event
    ],
)
def test_no_reference_leads_to_what_is_left_out(
    record: Record, claim: Claim, other: Claim, field: str
) -> None:
    decided(record, Act.CONFIRM, claim)
    alone = confirmed(contents(record))
    assert getattr(alone.claims[claim.id], field) is None
    decided(record, Act.CONFIRM, other)
    both = confirmed(contents(record))
    assert getattr(both.claims[claim.id], field) == other.id


# -- the claims that stand ---------------------------------------------------------------


def ids(record: Record, wanted: Filter | None = None) -> list[str]:
    return [c.id for c in standing_claims(record, wanted or Filter())]


def test_without_decisions_they_are_those_of_the_record(record: Record) -> None:
    for wanted in (Filter(), Filter(kind="toll"), Filter(place="khost"), Filter(text="nobody")):
        assert ids(record, wanted) == [c.id for c in record.claims(wanted)]


def test_rejected_claims_are_left_out_and_the_order_stays(record: Record) -> None:
    before = ids(record)
    decided(record, Act.REJECT, KILLED)
    assert ids(record) == [name for name in before if name != KILLED.id]


# A correction of a figure -> a filter that it passes since, and one that it passed before.
@pytest.mark.parametrize(
    ("field", "value", "since", "before"),
    [
        ("effect", "wounded", Filter(effect="wounded"), Filter(effect="killed")),
        ("claimant", "the mayor", Filter(source="mayor"), Filter(source="doctor")),
        (
            "when",
            "2012-09-30",
            Filter(until=date(2012, 9, 30)),
            Filter(since=date(2012, 10, 1)),
        ),
    ],
)
def test_a_corrected_claim_is_found_as_it_now_is(
    record: Record, field: str, value: str, since: Filter, before: Filter
) -> None:
    assert LATER.id in ids(record, before)
    assert LATER.id not in ids(record, since)
    record.decide(correct(LATER, field, value, REPORTS, "ana"))
    assert LATER.id in ids(record, since)
    assert LATER.id not in ids(record, before)


def test_standing_claims_carry_what_was_decided(record: Record) -> None:
    decided(record, Act.CONFIRM, KILLED)
    reviews = {c.id: c.review for c in standing_claims(record, Filter())}
    assert reviews.pop(KILLED.id) is Review.CONFIRMED
    assert set(reviews.values()) == {Review.MACHINE}


# -- figures ---------------------------------------------------------------------------


def test_figures_of_every_incident_or_of_some(record: Record) -> None:
    held = contents(record)
    policy = load_policy("ucdp")
    every = code_incidents(held, policy)
    assert set(every) == {i.id for i in held.linked.incidents}
    one = held.linked.incidents[0]
    assert code_incidents(held, policy, [one]) == {one.id: every[one.id]}
    assert code_incidents(held, policy, []) == {}


def test_figures_are_of_the_claims_as_they_stand(record: Record) -> None:
    record.decide(correct(LATER, "count", "400", REPORTS, "ana"))
    record.decide(correct(LATER, "effect", Effect.WOUNDED.value, REPORTS, "ana"))
    held = contents(record)
    incident = next(i for i in held.linked.incidents if LATER.id in i.claims)
    coded = code_incidents(held, load_policy("minmax"))[incident.id]
    assert (coded.killed.high, coded.wounded.high) == (14, 400)
