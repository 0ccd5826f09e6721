"""Evidence settled by a policy's settings: which number is the low, the best and the high one, and
why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from sayso.coding.admitted import Admitted, admit
from sayso.coding.by_side import shares
from sayso.coding.choosing import Settled, settled
from sayso.coding.evidence import Evidence, Tally
from sayso.coding.own_voice import bounded
from sayso.coding.settings import PolicySettings
from sayso.coding.values import Value, everybody, not_combatants, of_status
from sayso.coding.wholes import COMBATANTS, KNOWN
from sayso.model import Effect, Status
from sayso.model.links import Coded, Incident, Range, Step


def settle(settings: PolicySettings, evidence: Evidence) -> Coded:
    """The figures of an incident under a policy's settings."""
    killed, wounded = (
        admit(settings, evidence, effect) for effect in (Effect.KILLED, Effect.WOUNDED)
    )
    results = {
        "killed": _total(settings, killed),
        "wounded": _total(settings, wounded),
        "civilians_killed": _civilians(settings, killed),
        "civilians_wounded": _civilians(settings, wounded),
    }
    sides = {"civilians": results["civilians_killed"]}
    if evidence.sides.opposed:
        sides |= {
            side: _of_status(settings, killed, status, side.replace("_", " "))
            for side, status in (("side_a", Status.MILITARY), ("side_b", Status.MILITANT))
        }
    everything = [*results.values(), *sides.values()]
    return Coded(
        incident=evidence.incident.id,
        policy=settings.name,
        **{name: result.range for name, result in results.items()},
        sides=shares(
            results["killed"].range, {side: result.range for side, result in sides.items()}
        ),
        side_a_name=evidence.sides.state,
        side_b_name=evidence.sides.armed_group,
        deciding=tuple(dict.fromkeys(c for r in everything for v in r.deciding for c in v.claims)),
        steps=tuple(
            dict.fromkeys(chain(killed.steps, wounded.steps, *(r.steps for r in everything)))
        ),
        notes=tuple(
            dict.fromkeys(chain(_days(settings, evidence.incident), *(r.notes for r in everything)))
        ),
    )


def _days(settings: PolicySettings, incident: Incident) -> tuple[str, ...]:
    """A note where the policy divides a figure among several days: the figure here is for all of
    them.
    """
    if (
        not settings.days_divided
        or incident.first is None
        or incident.last is None
        or incident.first == incident.last
    ):
        return ()
    return (f"{(incident.last - incident.first).days + 1} days: {settings.days_rule}",)


Reading = Callable[[Tally, PolicySettings], Value | None]


def _values(settings: PolicySettings, tallies: Iterable[Tally], reading: Reading) -> list[Value]:
    """What the tallies say of some people: whole counts, or, where there are none, counts of parts.
    A vague word counts only above every number: "several" says nothing against 12, but does against
    1.
    """
    values = [v for t in tallies if (v := reading(t, settings)) is not None]
    values = [v for v in values if not v.partial] or values
    numbers = [v for v in values if not v.vague]
    highest = max((v.high for v in numbers), default=-1)
    return numbers + [v for v in values if v.vague and v.lower > highest]


def _total(settings: PolicySettings, admitted: Admitted) -> Settled:
    """Everybody, whoever they were.

    Where fighters are among the dead, a figure for one side only is not the whole: figures for
    everybody are compared, or, where there are none, the sides' own figures are added up.
    """
    name = admitted.effect.value
    tallies = admitted.counted
    if COMBATANTS & {s for t in tallies for s in t.whole.statuses}:
        tallies = tuple(t for t in tallies if t.whole.covers_everybody)
        if not tallies:
            return _added(
                [
                    _of_status(settings, admitted, status, f"{name} {status.value}")
                    for status in KNOWN
                ]
            )
    return _settled(
        settings,
        name,
        _values(settings, _of_all(tallies), everybody),
        _values(settings, admitted.above, everybody),
    )


def _of_all(tallies: Iterable[Tally]) -> list[Tally]:
    """The tallies of everybody. Where some give a number of people, or at least a vague word for
    people, victims of one kind, or listed one by one, are only some of them; but not where a report
    itself leads with them.
    """
    tallies = list(tallies)
    general = [t for t in tallies if t.whole.is_general and t.whole.is_number]
    if not general:
        people = [t for t in tallies if t.whole.is_general]
        return (
            [
                t
                for t in tallies
                if t.whole.is_general or len(t.whole.figures) > 1 or t.whole.is_number
            ]
            if people
            else tallies
        )
    return [
        t for t in tallies if t in general or (t.own and t.whole.is_number and _leads(t, general))
    ]


def _leads(tally: Tally, others: Iterable[Tally]) -> bool:
    """Whether a tally comes before all the others of its report."""
    return all(
        tally.whole.start < other.whole.start for other in others if other.report == tally.report
    )


def _added(parts: list[Settled]) -> Settled:
    """The sum of the sides' figures."""
    ends = ("low", "best", "high")
    sums = {end: [n for p in parts if (n := getattr(p.range, end)) is not None] for end in ends}
    return Settled(
        Range(**{end: sum(numbers) if numbers else None for end, numbers in sums.items()}),
        tuple(v for p in parts for v in p.deciding),
        tuple(s for p in parts for s in p.steps),
        tuple(n for p in parts for n in p.notes),
    )


def _civilians(settings: PolicySettings, admitted: Admitted) -> Settled:
    """The civilians: those called civilians, or, where the policy says so, all whom nobody calls
    combatants.
    """
    name = f"civilians {admitted.effect.value}"
    if settings.not_combatants:
        values, above = (
            _values(settings, tallies, not_combatants)
            for tallies in (_of_all(admitted.counted), admitted.above)
        )
        result = _settled(settings, name, values, above)
        return _with_step(result, settings.civilians_rule)
    return _of_status(settings, admitted, Status.CIVILIAN, name)


def _of_status(settings: PolicySettings, admitted: Admitted, status: Status, name: str) -> Settled:
    """Those whom the words give one status."""

    def reading(tally: Tally, settings: PolicySettings) -> Value | None:
        return of_status(tally, status, settings)

    return _settled(
        settings,
        name,
        _values(settings, admitted.counted, reading),
        _values(settings, admitted.above, reading),
    )


def _settled(
    settings: PolicySettings, name: str, values: list[Value], above: list[Value]
) -> Settled:
    if not settings.own_bounds:
        return settled(settings, name, values, above)
    kept = bounded(values)
    result = settled(settings, name, kept, above)
    passed = tuple(c for v in values if v not in kept for c in v.claims)
    return _with_step(result, f"{name}: {settings.own_rule}", passed) if passed else result


def _with_step(result: Settled, words: str, claims: tuple[str, ...] = ()) -> Settled:
    return (
        Settled(result.range, result.deciding, (Step(words, claims), *result.steps), result.notes)
        if result.deciding
        else result
    )
