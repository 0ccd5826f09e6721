"""How a number is chosen from those that independent origins give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sayso.coding.settings import PolicySettings, Selection
from sayso.coding.values import Value
from sayso.model.links import Range, Step

End = Callable[[Value], int]


@dataclass(frozen=True, slots=True)
class Settled:
    """One figure, the values that set its ends (low, best, high), the steps that decided it, and
    the notes to show with it.
    """

    range: Range = field(default_factory=Range)
    deciding: tuple[Value, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()


def settled(
    settings: PolicySettings, name: str, values: Sequence[Value], above: Sequence[Value] = ()
) -> Settled:
    """The low, best and high of comparable values; those `above` raise the high one only, and leave
    the others at 0 where there are no other values.
    """
    low = choose(settings.low, values, _lower)
    best = choose(settings.best, values, _lower)
    high = choose(settings.high, values, _higher)
    high_rule = settings.high.rule
    none = 0 if above else None
    ends = [
        none if v is None and c.steps else v.lower if v else None
        for v, c in ((low, settings.low), (best, settings.best))
    ]
    if above and settings.high.steps:
        most = max(above, key=_higher)
        if high is None or most.high > high.high:
            high, high_rule = most, settings.high_only.rule
    rules = (
        ("low", low, settings.low.rule),
        ("best", best, settings.best.rule),
        ("high", high, high_rule),
    )
    deciding = tuple(dict.fromkeys(v for _, v, _ in rules if v))
    words = tuple(
        Step(f"{name}: {settings.words_rule}", v.claims)
        for v in deciding
        if any(f.count.is_vague for f in v.figures)
    )
    steps = tuple(Step(f"{name} {end}: {rule}", v.claims) for end, v, rule in rules if v)
    notes = (*_dispute(name, values), *_vague_words(name, deciding))
    return Settled(
        _ordered(ends[0], ends[1], high.high if high else None), deciding, (*words, *steps), notes
    )


def _lower(value: Value) -> int:
    return value.lower


def _higher(value: Value) -> int:
    return value.high


def _ordered(low: int | None, best: int | None, high: int | None) -> Range:
    """The range with low <= best <= high: the ends give way to the chosen best figure."""
    if best is not None:
        low = None if low is None else min(low, best)
        high = None if high is None else max(high, best)
    elif low is not None and high is not None:
        high = max(low, high)
    return Range(low, best, high)


def choose(choice: Selection, values: Sequence[Value], end: End) -> Value | None:
    """The value that a choice's steps leave; of several with the same number the first given,
    numbers before vague words.
    """
    left = list(values)
    for step in choice.steps:
        if left:
            left = _NARROW[step](left, end)
    return left[0] if choice.steps and left else None


def _lowest(values: list[Value], end: End) -> list[Value]:
    number = min(end(v) for v in values)
    return [v for v in values if end(v) == number]


def _highest(values: list[Value], end: End) -> list[Value]:
    number = max(end(v) for v in values)
    return [v for v in values if end(v) == number]


def _latest(values: list[Value], end: End) -> list[Value]:
    """Those published last; all, where a day is unknown."""
    if any(v.tally.published is None for v in values):
        return values
    last = max(v.tally.published or date.min for v in values)
    return [v for v in values if v.tally.published == last]


def _majority(values: list[Value], end: End) -> list[Value]:
    """Those with the number that most origins give; all, where no number is given more often than
    every other.
    """
    counts = Counter(end(v) for v in values).most_common(2)
    if len(counts) == 2 and counts[0][1] == counts[1][1]:
        return values
    return [v for v in values if end(v) == counts[0][0]]


_NARROW = {"lowest": _lowest, "highest": _highest, "latest": _latest, "majority": _majority}


def _vague_words(name: str, deciding: Sequence[Value]) -> tuple[str, ...]:
    """The vague words behind a number that no report gives."""
    words = dict.fromkeys(
        " ".join(f.count.text.split()) for v in deciding for f in v.figures if f.count.is_vague
    )
    return tuple(f'{name}: "{w}" in the words' for w in words)


def _dispute(name: str, values: Sequence[Value]) -> tuple[str, ...]:
    """A note where independent origins give incompatible numbers."""
    origins = {v.tally.origin for v in values}
    lowest_top = min((v.high for v in values if not v.open and not v.vague), default=None)
    highest_floor = max((v.lower for v in values if not v.vague), default=None)
    if (
        len(origins) < 2
        or lowest_top is None
        or highest_floor is None
        or highest_floor <= lowest_top
    ):
        return ()
    numbers = sorted({v.lower for v in values} | {v.high for v in values})
    return (f"{name}: {len(origins)} origins give figures from {numbers[0]:,} to {numbers[-1]:,}",)
