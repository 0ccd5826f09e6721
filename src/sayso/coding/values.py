"""Tallies as numbers under a policy: what vague words become, and whom a number counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sayso.coding.evidence import Tally
from sayso.coding.settings import PolicySettings
from sayso.coding.wholes import COMBATANTS, KNOWN, Whole, disjoint, is_number, is_single
from sayso.model import Figure, Status

# Whether a figure counts the people asked for.
Asked = Callable[[Figure], bool]


@dataclass(frozen=True, slots=True)
class Value:
    """A tally's number of some people: `low` is None for "up to 40", `open` is true for "at least
    40".

    `vague` is true when it is a word and not a number; `partial` when only parts of a larger whole
    are known to be these people, so that there may be more.
    """

    tally: Tally
    low: int | None
    high: int
    figures: tuple[Figure, ...]
    open: bool = False
    vague: bool = False
    partial: bool = False

    @property
    def lower(self) -> int:
        """The low end, or the high one where that is open."""
        return self.high if self.low is None else self.low

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(f.id for f in self.figures)


@dataclass(frozen=True, slots=True)
class _Number:
    low: int | None
    high: int
    open: bool = False


def number_of(figure: Figure, settings: PolicySettings) -> _Number | None:
    """The number of one figure; None when the policy leaves its word blank."""
    count = figure.count
    if figure.count.is_vague:
        ends = _word(count.text.lower(), settings)
        return _Number(*ends) if ends else None
    if count.low is None and count.high is None:
        return None
    if count.high is None:
        assert count.low is not None
        return _Number(count.low, count.low, open=True)
    return _Number(count.low, count.high)


# "tens of thousands": the second word multiplies the first.
_TIMES = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000}


def _word(text: str, settings: PolicySettings) -> tuple[int, int] | None:
    """What a vague word becomes: the greatest of the listed words in it ("several dozen"), else the
    number for any other word.
    """
    first, _, unit = text.partition(" of ")
    held = [
        ends
        for word, ends in settings.words.items()
        if re.search(rf"\b{re.escape(word.removesuffix('s'))}s?\b", first)
    ]
    low, high = max(held, default=settings.other or (-1, -1))
    if low < 0:
        return None
    times = _TIMES.get(unit.strip(), 1)
    return low * times, high * times


def everybody(tally: Tally, settings: PolicySettings) -> Value | None:
    """The number of all that a tally counts; None when one of its words is left blank."""
    return _sum(tally, tally.whole.figures, settings)


def of_status(tally: Tally, status: Status, settings: PolicySettings) -> Value | None:
    """The number of those of one status: whole figures, and parts of figures whose own status is
    unknown or mixed.
    """
    whole = tally.whole
    figures = [f for f in whole.figures if f.status is status]
    parts = _parts_of(whole, lambda f: f.status is status)
    value = _sum(tally, (*figures, *parts), settings)
    return replace(value, partial=not figures) if value else None


def not_combatants(tally: Tally, settings: PolicySettings) -> Value | None:
    """The number of all whom nobody calls combatants: everybody, less the figures and parts that
    are.
    """
    figures = [f for f in tally.whole.figures if f.status not in COMBATANTS]
    value = _sum(tally, figures, settings)
    if value is None:
        return None
    fighters = _sum(tally, _parts_of(tally.whole, lambda f: f.status in COMBATANTS), settings)
    if fighters is None or fighters.high > value.high:
        return value
    low = None if value.low is None else max(0, value.low - fighters.high)
    return replace(
        value,
        low=low,
        high=value.high - fighters.lower,
        figures=(*value.figures, *fighters.figures),
    )


def _parts_of(whole: Whole, asked: Asked) -> list[Figure]:
    """The parts of figures of unknown or mixed status that are the people asked for, disjoint."""
    mixed = {f.id for f in whole.figures if f.status not in KNOWN}
    parts = [p for p in whole.parts if p.part_of in mixed and asked(p)]
    return disjoint(parts) if parts else []


def _sum(tally: Tally, figures: Iterable[Figure], settings: PolicySettings) -> Value | None:
    figures = tuple(figures)
    numbers = [number_of(f, settings) for f in figures]
    if not figures or any(n is None for n in numbers):
        return None
    lows = [_floor(tally.whole, f, n, settings) for f, n in zip(figures, numbers, strict=True) if n]
    return Value(
        tally,
        None if any(low is None for low in lows) else sum(low for low in lows if low is not None),
        sum(n.high for n in numbers if n),
        figures,
        open=any(n.open for n in numbers if n),
        vague=not any(is_number(f) or is_single(f) for f in figures),
    )


def _floor(whole: Whole, figure: Figure, number: _Number, settings: PolicySettings) -> int | None:
    """The low end of a figure; for "up to 40, among them ten children" the sum of its parts."""
    if number.low is not None:
        return number.low
    parts = [
        p
        for p in whole.parts
        if p.part_of == figure.id and not p.count.is_vague and p.count.low is not None
    ]
    least = sum(
        n.low for p in (disjoint(parts) if parts else []) if (n := number_of(p, settings)) and n.low
    )
    return min(least, number.high) or None
