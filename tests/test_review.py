"""Decisions: made, kept, undone, found again after another reading, and what follows from them."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from sayso import store
from sayso.errors import ConflictError, DecisionError
from sayso.model import Claim, Effect, Figure, Report, Review, Source, SourceType, Status, Where
from sayso.model.decisions import Act, Decision, Subject, standing
from sayso.model.links import LinkKind
from sayso.pipeline import link
from sayso.review import (
    apply,
    correct,
    correct_incident,
    corrected,
    decide,
    fields_of,
    undo,
    written,
)
from sayso.store import Filter, Record
from sayso.view import Contents, contents, standing_claims
from tests.making import act, report, said_by, toll

WIRE = report(
    "wire",
    "Sixteen villagers were killed in Kandahar on 11 March, officials said. Nine soldiers "
    "were hurt.",
    publisher="Wire",
)
POST = report(
    "post",
    "A gunman killed 17 villagers in Kandahar on Sunday, the army said.",
    "2012-10-03",
    "Post",
)
LATER = report(
    "later", "Police said 3 villagers died in Khost on 1 October.", "2012-10-04", "Later"
)
WIRE_TOLL = toll(
    WIRE, "Sixteen", who="villagers", said="officials", day="2012-03-11", place="Kandahar"
)
WIRE_HURT = toll(WIRE, "Nine", Effect.WOUNDED, who="soldiers", day="2012-03-11", place="Kandahar")
POST_TOLL = toll(
    POST,
    "17",
    who="villagers",
    said="the army",
    day="2012-03-11",
    place="Kandahar",
    type=SourceType.MILITARY,
)
LATER_TOLL = toll(LATER, "3", who="villagers", said="Police", day="2012-10-01", place="Khost")
REPORTS = {r.id: r for r in (WIRE, POST, LATER)}
CLAIMS = (WIRE_TOLL, WIRE_HURT, POST_TOLL, LATER_TOLL)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    opened = Record(tmp_path / "r.db")
    for of in REPORTS.values():
        opened.add(of, [c for c in CLAIMS if c.report == of.id])
    link(opened)
    return opened


def incident_of(held: Contents, claim: Claim) -> Any:
    return next((i for i in held.linked.incidents if claim.id in i.claims), None)


# -- the fields -----------------------------------------------------------------

FIELD_CASES: list[tuple[Claim, str, Any, str, Any]] = [
    (WIRE_TOLL, "count", "17", "count", (17, 17, False)),
    (WIRE_TOLL, "count", "16-20", "count", (16, 20, False)),
    (WIRE_TOLL, "count", "1,600 to 2,000", "count", (1600, 2000, False)),  # marks between thousands
    (WIRE_TOLL, "count", "16+", "count", (16, None, False)),
    (WIRE_TOLL, "count", "≥ 16", "count", (16, None, False)),
    (WIRE_TOLL, "count", "at most 40", "count", (None, 40, False)),
    (WIRE_TOLL, "count", "~ 100", "count", (100, 100, True)),
    (WIRE_TOLL, "effect", "wounded", "effect", Effect.WOUNDED),
    (WIRE_TOLL, "status", "military", "status", Status.MILITARY),
    (WIRE_TOLL, "when", "2012-03", "when", (date(2012, 3, 1), date(2012, 3, 31), "month")),
    (
        WIRE_TOLL,
        "when",
        "2012-03-11/2012-03-12",
        "when",
        (date(2012, 3, 11), date(2012, 3, 12), "range"),
    ),
    (WIRE_TOLL, "when", "2001/..", "when", (date(2001, 1, 1), None, "range")),  # an open end
    (WIRE_TOLL, "when", "", "when", None),
    (WIRE_TOLL, "where", "Panjwai", "where", "Panjwai"),
    (WIRE_TOLL, "who", "", "who", None),
    (WIRE_TOLL, "hedge", "yes", "hedge", True),
]


@pytest.mark.parametrize(("claim", "field", "value", "name", "expected"), FIELD_CASES)
def test_a_field_is_corrected(
    claim: Claim, field: str, value: Any, name: str, expected: Any
) -> None:
    changed = corrected(claim, field, value)
    changed.check(REPORTS[claim.report])
    found = getattr(changed, name)
    if isinstance(expected, tuple):
        found = (
            (found.low, found.high, found.approx)
            if name == "count"
            else (found.start, found.end, found.precision)
        )
    elif isinstance(found, Where):
        found = found.text
    assert found == expected
    assert changed.id == claim.id


@pytest.mark.parametrize(
    "claim",
    [
        *CLAIMS,
        act(POST, "killed", said="the army", day="2012-03-11", place="Kandahar", actor="gunman"),
    ],
)
def test_what_is_written_is_read_back(claim: Claim) -> None:
    for f in fields_of(claim):
        again = corrected(claim, f.name, written(claim, f.name))
        assert written(again, f.name) == written(claim, f.name), f.name


def test_a_claimant_is_corrected_with_its_words_where_they_stand() -> None:
    named = corrected(POST_TOLL, "claimant", "gunman")
    assert named.sources[-1].name == "gunman"
    assert POST.text[named.sources[-1].start : named.sources[-1].end] == "gunman"
    assert corrected(POST_TOLL, "claimant", "The Ministry").sources[-1].start is None
    assert corrected(POST_TOLL, "claimant", "the report itself").sources == (
        Source("Post", "publisher"),
    )
    assert corrected(POST_TOLL, "claimant", "").sources[-1].name is None  # announced, but lost


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("count", "many", "no number of people"),
        ("count", "20-16", "smaller number first"),
        ("count", "9" * 13, "more people than have ever lived"),
        ("effect", "vanished", "none of killed"),
        ("when", "last week", "no day"),
        ("when", "2012-02-30", "no day"),
        ("when", "2012-03-11/2012-03-01", "ends before it begins"),
        ("who", "farmers", "does not stand in the sentence"),
        ("colour", "red", "no field"),
        ("where", {"text": "x", "altitude": 3}, "no place"),
        ("count", "16", "already"),  # what it says anyhow
    ],
)
def test_a_value_that_is_none_is_refused_in_words(field: str, value: Any, words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        correct(WIRE_TOLL, field, value, REPORTS, "ana")


# -- what stands ---------------------------------------------------------------------


def numbered(*decisions: Decision) -> list[Decision]:
    return [replace(d, id=n) for n, d in enumerate(decisions, 1)]


def about(kind: Act, claim: Claim = WIRE_TOLL, who: str = "ana") -> Decision:
    return decide(Subject.CLAIM, kind, [claim], REPORTS, who)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), Review.MACHINE),
        ((Act.CONFIRM,), Review.CONFIRMED),
        ((Act.REJECT,), Review.REJECTED),
        ((Act.REJECT, Act.CONFIRM), Review.CONFIRMED),  # the latest counts
        ((Act.CORRECT,), Review.CORRECTED),
        ((Act.CORRECT, Act.CONFIRM), Review.CORRECTED),  # what is confirmed is what was corrected
        ((Act.CORRECT, Act.REJECT), Review.REJECTED),
    ],
)
def test_the_latest_decision_counts(acts: tuple[Act, ...], expected: Review) -> None:
    made = [
        correct(WIRE_TOLL, "count", "17", REPORTS, "ana") if a is Act.CORRECT else about(a)
        for a in acts
    ]
    reviewed = apply(
        {c.id: c for c in CLAIMS}, {n: r.hash for n, r in REPORTS.items()}, numbered(*made)
    )
    claim = reviewed.claims.get(WIRE_TOLL.id) or reviewed.rejected[WIRE_TOLL.id]
    assert claim.review is expected
    assert reviewed.claims[POST_TOLL.id].review is Review.MACHINE


def test_undoing_takes_back_and_undoing_that_does_it_again() -> None:
    (first,) = numbered(about(Act.REJECT))
    back = replace(undo(first, "ana"), id=2)
    again = replace(undo(back, "ben"), id=3)
    assert standing([first, back]) == []
    assert standing([first, back, again]) == [first]


def test_nobody_is_overwritten_silently(record: Record) -> None:
    record.decide(about(Act.CONFIRM), seen=0)
    with pytest.raises(
        ConflictError, match="ana decided about this after you opened it"
    ) as conflict:
        record.decide(about(Act.REJECT, who="ben"), seen=0)
    assert conflict.value.since == (1,)
    assert [d.act for d in record.decisions()] == [Act.CONFIRM]  # nothing of it was kept
    record.decide(about(Act.REJECT, POST_TOLL, "ben"), seen=0)  # about something else
    record.decide(about(Act.REJECT, who="ben"), seen=3)  # having seen it
    assert len(record.decisions()) == 3


def test_only_what_stands_can_be_undone(record: Record) -> None:
    made = record.decide(about(Act.REJECT))
    record.decide(undo(made, "ana"))
    with pytest.raises(DecisionError, match="undone already"):
        record.decide(undo(made, "ben"))
    with pytest.raises(DecisionError, match="no decision 99"):
        record.decide(replace(undo(made, "ben"), undoes=99))


def test_decisions_are_kept_whole(record: Record) -> None:
    made = [
        record.decide(
            correct(
                WIRE_TOLL,
                "where",
                {"text": "Khost", "geonames": 1444362, "country": "AF"},
                REPORTS,
                "ana",
                "misread",
            )
        ),
        record.decide(
            decide(Subject.INCIDENT, Act.SEPARATE, [WIRE_TOLL], REPORTS, "ben", others=[POST_TOLL])
        ),
    ]
    assert record.decisions() == made


# -- another reading -------------------------------------------------------------------


def shifted(claim: Figure, by: int, words: str) -> Figure:
    """The claim as a better extractor may find it: other words for its count, and so another id."""
    start = claim.count.start - by
    better = replace(
        claim, count=replace(claim.count, text=words, start=start, end=start + len(words))
    )
    return better.identified(REPORTS[claim.report].hash)


def test_a_decision_holds_for_the_claim_that_a_better_extractor_finds_there() -> None:
    better = shifted(POST_TOLL, 0, "17 villagers")
    assert better.id != POST_TOLL.id
    reviewed = apply(
        {better.id: better}, {"post": POST.hash}, numbered(about(Act.CONFIRM, POST_TOLL))
    )
    assert reviewed.claims[better.id].review is Review.CONFIRMED
    assert not reviewed.orphaned


@pytest.mark.parametrize(
    "found",
    [
        [],  # nothing is found there any more
        # what is found is told of others
        [replace(POST_TOLL, effect=Effect.WOUNDED).identified(POST.hash)],
        # two, and neither has the same words
        [
            shifted(POST_TOLL, 0, "17 villagers"),
            shifted(POST_TOLL, 7, "killed 17"),
        ],
    ],
)
def test_what_no_longer_fits_is_listed_and_not_guessed(found: list[Figure]) -> None:
    reviewed = apply(
        {c.id: c for c in found}, {"post": POST.hash}, numbered(about(Act.REJECT, POST_TOLL))
    )
    assert [orphan.decision.act for orphan in reviewed.orphaned] == [Act.REJECT]
    assert "no claim, or more than one, now stands at “17”" in reviewed.orphaned[0].reason
    assert not reviewed.rejected


def test_a_group_decision_holds_for_the_claims_that_are_left() -> None:
    made = numbered(decide(Subject.INCIDENT, Act.CONFIRM, [WIRE_TOLL, POST_TOLL], REPORTS, "ana"))
    reviewed = apply({WIRE_TOLL.id: WIRE_TOLL}, {"wire": WIRE.hash, "post": POST.hash}, made)
    assert reviewed.groups[0].claims == (WIRE_TOLL.id,)
    assert reviewed.orphaned[0].reason == "1 of its 2 claims are no longer found"


def test_decisions_survive_reading_again(record: Record) -> None:
    record.decide(about(Act.REJECT, POST_TOLL))
    record.decide(correct(WIRE_TOLL, "count", "18", REPORTS, "ana"))
    for of in REPORTS.values():
        record.renew(of, [c for c in CLAIMS if c.report == of.id])
    link(record)
    held = contents(record)
    assert POST_TOLL.id not in held.claims
    assert held.claims[WIRE_TOLL.id].review is Review.CORRECTED
    assert not held.reviewed.orphaned


# -- incidents ---------------------------------------------------------------------------


def test_a_rejected_claim_counts_nowhere(record: Record) -> None:
    before = contents(record)
    assert incident_of(before, WIRE_TOLL) == incident_of(before, POST_TOLL)
    assert any(k.kind is LinkKind.CONTRADICTS for k in before.linked.links)
    record.decide(about(Act.REJECT, POST_TOLL))
    held = contents(record)
    assert incident_of(held, WIRE_TOLL).reports == ("wire",)
    assert incident_of(held, WIRE_TOLL).origins == 1
    assert not any(POST_TOLL.id in (k.claim, k.other) for k in held.linked.links)
    assert POST_TOLL.id not in {c.id for c in standing_claims(record, Filter())}
    assert list(record.verify()) == []


def test_a_correction_changes_links_at_once(record: Record) -> None:
    record.decide(correct(POST_TOLL, "count", "16", REPORTS, "ana"))
    kinds = {k.kind for k in contents(record).linked.links}
    assert LinkKind.AGREES in kinds
    assert LinkKind.CONTRADICTS not in kinds


def test_a_corrected_claimant_is_another_origin(record: Record) -> None:
    assert incident_of(contents(record), WIRE_TOLL).origins == 2
    record.decide(correct(POST_TOLL, "claimant", "officials", REPORTS, "ana"))
    assert incident_of(contents(record), WIRE_TOLL).origins == 1
    record.decide(
        correct(
            contents(record).claims[WIRE_TOLL.id],
            "claimant",
            "the Interior Ministry",
            REPORTS,
            "ana",
        )
    )
    held = contents(record)
    assert incident_of(held, WIRE_TOLL).origins == 2
    assert held.linked.origins[WIRE_TOLL.id] == said_by("interior ministry")


def test_incidents_are_merged_and_split(record: Record) -> None:
    assert incident_of(contents(record), LATER_TOLL).reports == ("later",)
    merge = record.decide(
        decide(Subject.INCIDENT, Act.MERGE, [WIRE_TOLL], REPORTS, "ana", others=[LATER_TOLL])
    )
    assert set(incident_of(contents(record), LATER_TOLL).reports) == {"wire", "post", "later"}
    link(record)  # linking anew leaves it so
    assert set(incident_of(contents(record), LATER_TOLL).reports) == {"wire", "post", "later"}
    record.decide(
        decide(
            Subject.INCIDENT,
            Act.SEPARATE,
            [POST_TOLL],
            REPORTS,
            "ben",
            others=[WIRE_TOLL, LATER_TOLL],
        )
    )
    held = contents(record)
    assert incident_of(held, POST_TOLL).reports == ("post",)
    # its report's other claim stays with it
    assert set(incident_of(held, WIRE_TOLL).claims) == {
        WIRE_TOLL.id,
        WIRE_HURT.id,
        LATER_TOLL.id,
    }
    record.decide(undo(merge, "ana"))
    held = contents(record)
    assert incident_of(held, LATER_TOLL).reports == ("later",)
    assert incident_of(held, POST_TOLL).reports == ("post",)
    assert not {k.kind for k in held.linked.links} & {LinkKind.CONTRADICTS, LinkKind.AGREES}


def test_a_confirmed_incident_is_the_machines_again_when_it_changes(record: Record) -> None:
    held = contents(record)
    incident = incident_of(held, WIRE_TOLL)
    record.decide(
        decide(
            Subject.INCIDENT, Act.CONFIRM, [held.claims[c] for c in incident.claims], REPORTS, "ana"
        )
    )
    assert incident_of(contents(record), WIRE_TOLL).review is Review.CONFIRMED
    record.decide(
        decide(Subject.INCIDENT, Act.MERGE, [WIRE_TOLL], REPORTS, "ben", others=[LATER_TOLL])
    )
    assert incident_of(contents(record), WIRE_TOLL).review is Review.MACHINE


def test_an_incident_is_corrected_and_rejected(record: Record) -> None:
    held = contents(record)
    incident = incident_of(held, WIRE_TOLL)
    made = correct_incident(incident, held.claims, "when", "2012-03-12", REPORTS, "ana")
    assert made.was == "2012-03-11"
    record.decide(made)
    changed = incident_of(contents(record), WIRE_TOLL)
    assert (changed.first, changed.review) == (date(2012, 3, 12), Review.CORRECTED)
    record.decide(
        decide(
            Subject.INCIDENT, Act.REJECT, [held.claims[c] for c in incident.claims], REPORTS, "ana"
        )
    )
    held = contents(record)
    assert incident_of(held, WIRE_TOLL) is None
    assert [i.reports for i in held.rejected] == [changed.reports]
    assert WIRE_TOLL.id in held.claims  # its claims stay


def test_a_corrected_claim_is_found_by_its_new_value(record: Record) -> None:
    record.decide(correct(WIRE_TOLL, "status", "military", REPORTS, "ana"))
    assert {c.id for c in standing_claims(record, Filter(status="military", effect="killed"))} == {
        WIRE_TOLL.id
    }
    assert WIRE_TOLL.id not in {c.id for c in standing_claims(record, Filter(status="civilian"))}


def test_every_filter_asks_the_same_of_a_value_as_of_a_row(record: Record) -> None:
    wanted = [
        Filter(),
        Filter(kind="toll"),
        Filter(effect="wounded"),
        Filter(source="army"),
        Filter(place="KANDAHAR"),
        Filter(text="gunman"),
        Filter(since=date(2012, 9, 1)),
        Filter(until=date(2012, 9, 1)),
        Filter(as_of=date(2012, 10, 3)),
        Filter(type="ASSAULT"),
    ]
    for f in wanted:
        by_row = {c.id for c in record.claims(f)}
        assert by_row == {c.id for c in CLAIMS if f.passes(c, REPORTS[c.report])}, f


# -- the record ---------------------------------------------------------------------------


def test_judgements_of_an_older_record_become_decisions(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Record(path) as record:
        record.add(WIRE, [WIRE_TOLL])
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    with Record(path) as record, record._engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
    with closing(sqlite3.connect(path)) as db:
        row = (
            "gone",
            "failed",
            "They stayed.",
            "https://example.org",
            "ana",
            "2015-01-01 00:00:00.000000",
        )
        db.execute(
            "INSERT INTO judgement (claim, outcome, because, source, who, at) VALUES (?, ?, "
            "?, ?, ?, ?)",
            row,
        )
        db.commit()
    with Record(path) as record:
        (made,) = record.decisions()
        assert (made.act, made.value, made.because, made.who, made.claims[0].claim) == (
            Act.SETTLE,
            "failed",
            "They stayed.",
            "ana",
            "gone",
        )
        assert [orphan.decision.id for orphan in contents(record).reviewed.orphaned] == [made.id]
        assert record.decide(about(Act.CONFIRM)).id > made.id


def test_every_part_of_a_decision_is_stored() -> None:
    """A field that is added to Decision must be added to its table too."""
    from sayso.store.schema import DECISION

    assert {f.name for f in dataclasses.fields(Decision)} - {"claims", "others"} == {
        c.name for c in DECISION.c
    }


def test_a_report_that_is_not_there_is_reported(record: Record) -> None:
    strange = Report(id="strange", text="One man was killed.")
    claim = toll(strange, "One")
    with pytest.raises(KeyError):
        decide(Subject.CLAIM, Act.CONFIRM, [claim], REPORTS, "ana")
    with pytest.raises(DecisionError, match="nobody decides"):
        decide(Subject.CLAIM, Act.CONFIRM, [WIRE_TOLL], REPORTS, " ")
    with pytest.raises(DecisionError, match="both sides"):
        decide(Subject.INCIDENT, Act.MERGE, [WIRE_TOLL], REPORTS, "ana", others=[WIRE_TOLL])
    with pytest.raises(DecisionError, match="only a forecast"):
        decide(
            Subject.CLAIM,
            Act.SETTLE,
            [WIRE_TOLL],
            REPORTS,
            "ana",
            value="failed",
            because="x",
            source="y",
        )
