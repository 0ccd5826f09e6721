"""Which tallies count under a policy, which raise the high figure only, and which are left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.coding.evidence import Evidence, Tally, latest_of_each_origin
from sayso.coding.settings import Kinds, PolicySettings
from sayso.model import Effect
from sayso.model.links import Step


@dataclass(frozen=True, slots=True)
class Admitted:
    """The tallies of one effect: `counted`, and `above`, which raise the high figure only. `steps`
    say why.
    """

    effect: Effect
    counted: tuple[Tally, ...]
    above: tuple[Tally, ...]
    steps: tuple[Step, ...]


def admit(settings: PolicySettings, evidence: Evidence, effect: Effect) -> Admitted:
    """Sorts an effect's tallies; an origin's earlier report gives way to its later one."""
    tallies = evidence.of(effect)
    latest = latest_of_each_origin(tallies)
    steps = [
        _step(
            f"{effect.value}: the same origin gives another figure later, which counts instead",
            [t for t in tallies if t not in latest],
        )
    ]
    kept = [t for t in latest if not _is_any(t, settings.left_out)]
    steps.append(
        _step(
            f"{effect.value}, left out: {settings.left_out.rule}",
            [t for t in latest if t not in kept],
        )
    )
    counted = [t for t in kept if not _is_any(t, settings.high_only)]
    above = [t for t in kept if t not in counted]
    if "unclear" in settings.high_only.kinds:
        above += latest_of_each_origin(evidence.of(Effect.KILLED_OR_WOUNDED))
    steps.append(
        _step(f"{effect.value}, raises the high figure only: {settings.high_only.rule}", above)
    )
    return Admitted(effect, tuple(counted), tuple(above), tuple(s for s in steps if s.claims))


def _is_any(tally: Tally, apart: Kinds) -> bool:
    """Whether a tally is of one of the kinds that a policy treats apart."""
    return (
        ("enemy_dead" in apart.kinds and tally.of_enemy)
        or ("perpetrator" in apart.kinds and tally.by_perpetrator)
        or ("hedged" in apart.kinds and tally.hedged)
    )


def _step(words: str, tallies: Iterable[Tally]) -> Step:
    return Step(words, tuple(c for t in tallies for c in t.claims))
