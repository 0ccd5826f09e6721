"""Figures as marks on an axis, in per cent of its width: what a picture of `sayso.plot` shows, for
the lines of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, log10

from sayso.model.links import Range
from sayso.plot.axes import is_logarithmic, people_axis
from sayso.plot.intervals import shape_of

# Ticks closer than this, in per cent of the width, are thinned out: their numbers would touch on a
# phone.
_TOO_CLOSE = 13.0


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """Where a figure is drawn: its `symbol` at `at`, its bar from `left` to `right`; None where
    there is none. In per cent.
    """

    symbol: str
    at: float | None
    left: float | None = None
    right: float | None = None


class Scale:
    """An axis for numbers of people from 0, logarithmic where they differ too much; the same as in
    the pictures.
    """

    def __init__(self, values: Sequence[int]) -> None:
        values = list(values) or [0, 1]
        self.is_logarithmic = is_logarithmic(values)
        spec, ticks = people_axis(values, from_nought=True)
        self._least, self._most = (float(end) for end in spec["domain"])
        self._symmetric = spec.get("type") == "symlog"
        self.ticks: list[tuple[int, float]] = []
        for tick in ticks:
            at = self.at(tick)
            if not self.ticks or at - self.ticks[-1][1] >= _TOO_CLOSE:
                self.ticks.append((tick, at))

    def at(self, number: float) -> float:
        """The place of a number."""
        low, high, value = (self._bent(n) for n in (self._least, self._most, number))
        return round(100 * (value - low) / (high - low or 1), 2)

    def _bent(self, number: float) -> float:
        if not self.is_logarithmic:
            return number
        return asinh(number / 2) if self._symmetric else log10(max(number, self._least))

    def mark(self, low: int | None, high: int | None, approx: bool = False) -> ScaleMark:
        """How a figure is drawn: "exact", "about", "range", "least" (open upward), "most" (open
        downward).
        """
        if low is None and high is None:
            return ScaleMark("none", None)
        shape = shape_of(low, high, approx)
        ends = (
            (self.at(low), self.at(high))
            if shape["sign"] == "range" and low is not None and high is not None
            else (None, None)
        )
        return ScaleMark(shape["sign"], self.at(shape["at"]), *ends)

    def range(self, share: Range) -> ScaleMark:
        """How a low, best and high figure is drawn."""
        known = [n for n in (share.low, share.best, share.high) if n is not None]
        if not known:
            return ScaleMark("none", None)
        return ScaleMark(
            "policy",
            self.at(share.best) if share.best is not None else None,
            self.at(min(known)),
            self.at(max(known)),
        )
