"""Makes decisions about claims, checked before they go into a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sayso.errors import DecisionError
from sayso.model import Claim, Forecast, Outcome, Report, When
from sayso.model.decisions import Act, Decision, Subject, now, reference_to
from sayso.model.links import Incident
from sayso.review.corrections import corrected, group_value, written
from sayso.review.writing import dates_written, place_written


def decide(
    subject: Subject,
    act: Act,
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    who: str,
    *,
    others: Iterable[Claim] = (),
    because: str = "",
    source: str | None = None,
    value: Any = None,
) -> Decision:
    """A decision about these claims by this person; corrections are made by `correct` and
    `correct_incident`.

    Raises DecisionError where there is nothing to decide about, nobody who decides, or something
    missing that the act needs.
    """
    claims, others = list(claims), list(others)
    if not who.strip():
        raise DecisionError("nobody decides; expected a name")
    if not claims or (act in (Act.MERGE, Act.SEPARATE) and not others):
        raise DecisionError("nothing to decide about; choose the claims first")
    if {c.id for c in claims} & {c.id for c in others}:
        raise DecisionError("a claim is on both sides; choose one side for each claim")
    if act is Act.NOTE and not because.strip():
        raise DecisionError("the note is empty; write something")
    if act is Act.SETTLE:
        value = _settled(claims, value, because, source)
    references = [
        tuple(reference_to(c, reports[c.report].hash) for c in side) for side in (claims, others)
    ]
    field = "outcome" if act is Act.SETTLE else None
    return Decision(
        subject=subject,
        act=act,
        claims=references[0],
        others=references[1],
        field=field,
        value=value,
        because=because.strip(),
        source=source and source.strip(),
        who=who.strip(),
        at=now(),
    )


def _settled(claims: list[Claim], outcome: Any, because: str, source: str | None) -> str:
    if not all(isinstance(c, Forecast) for c in claims):
        raise DecisionError("only a forecast can be settled")
    if outcome not in tuple(Outcome):
        raise DecisionError(f"{outcome!r} is not an outcome; expected one of {', '.join(Outcome)}")
    if not because.strip() or not (source or "").strip():
        raise DecisionError("a judgement needs its reason and the address of what shows it")
    return Outcome(outcome).value


def correct(
    claim: Claim, field: str, value: Any, reports: Mapping[str, Report], who: str, because: str = ""
) -> Decision:
    """A correction of a claim's field. Raises DecisionError for a value that cannot be read, or
    that the field already has.
    """
    before = written(claim, field)
    changed = corrected(claim, field, value)
    changed.check(reports[claim.report])
    if written(changed, field) == before:
        raise DecisionError(
            f"that is its {field.replace('_', ' ')} already; to agree with it, confirm it"
        )
    made = decide(Subject.CLAIM, Act.CORRECT, [claim], reports, who, because=because)
    return replace(made, field=field, value=value, was=before)


def incident_written(incident: Incident, field: str) -> Any:
    """The day, place or type of an incident, as a correction writes it."""
    match field:
        case "when":
            return dates_written(
                When(incident.first, incident.last, "", incident.date_precision or "day")
            )
        case "where":
            return place_written(incident.where)
    return incident.type.value if incident.type else ""


def correct_incident(
    incident: Incident,
    claims: Mapping[str, Claim],
    field: str,
    value: Any,
    reports: Mapping[str, Report],
    who: str,
    because: str = "",
) -> Decision:
    """A correction of an incident's day, place or type. Raises DecisionError for a value that
    cannot be read.
    """
    group_value(field, value)
    before = incident_written(incident, field)
    made = decide(
        Subject.INCIDENT,
        Act.CORRECT,
        [claims[c] for c in incident.claims],
        reports,
        who,
        because=because,
    )
    return replace(made, field=field, value=value, was=before)


def undo(decision: Decision, who: str, because: str = "") -> Decision:
    """The decision that undoes another. Undoing an undo makes the first stand again."""
    return Decision(
        subject=decision.subject,
        act=Act.UNDO,
        claims=decision.claims,
        others=decision.others,
        undoes=decision.id,
        because=because.strip(),
        who=who.strip(),
        at=now(),
    )
