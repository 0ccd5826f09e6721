"""The killed by side, as far as the words say who they were; the rest are unknown."""

from __future__ import annotations

from collections.abc import Mapping

from sayso.model.links import Range

SIDES = ("side_a", "side_b", "civilians", "unknown")


def shares(total: Range, stated: Mapping[str, Range]) -> dict[str, Range]:
    """Every side's range, none above the total's; their best figures add up to the total's best.

    `stated` are the sides' own figures. The remainder of the total are unknown people.
    """
    left, result = total.best, {}
    for side in SIDES[:-1]:
        result[side] = _within(stated.get(side, Range()), total, left)
        if left is not None:
            left -= result[side].best or 0
    low = (
        None if total.low is None else max(0, total.low - sum(r.high or 0 for r in result.values()))
    )
    high = (
        None
        if total.high is None
        else max(0, total.high - sum(r.low or 0 for r in result.values()))
    )
    result["unknown"] = Range(low, left, high)
    return result


def _within(share: Range, total: Range, left: int | None) -> Range:
    """A side's range cut to what the total leaves."""
    best = None if share.best is None or left is None else min(share.best, left)
    high = None if share.high is None or total.high is None else min(share.high, total.high)
    top = best if best is not None else high
    low = None if share.low is None or top is None else min(share.low, top)
    return Range(low, best, max(high, best) if high is not None and best is not None else high)
