"""How a figure is drawn, so that its mark shows how exact it is.

An exact number is a full mark, "about" an empty one, a range a bar between its ends; "at least" is
an arrow from its number toward more, and "at most" one toward less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.model import Figure
from sayso.plot.look import BETWEEN, Spec

# Length of the arrow of an open end, and size of a mark (in square pixels, as Vega counts).
_ARROW, _MARK = 17, 62


def shape_of(low: int | None, high: int | None, approx: bool) -> Spec:
    """The values from which a figure is drawn: `low`, `high`, `at` (where its mark stands) and
    `sign` (the kind of mark).
    """
    if low is None or high is None:
        at, sign = low if low is not None else high, "least" if high is None else "most"
        return {"low": low, "high": high, "at": at, "sign": sign}
    if low != high:
        return {"low": low, "high": high, "at": (low + high) / 2, "sign": "range"}
    return {"low": low, "high": high, "at": low, "sign": "about" if approx else "exact"}


def is_drawn(claim: Figure) -> bool:
    """Whether a claim has a number at all."""
    return claim.count.low is not None or claim.count.high is not None


# The arrows toward more and less, by the axis that the numbers are on.
_ARROWS = {"x": ("→", "←"), "y": ("↑", "↓")}


def key_of(signs: Iterable[str], axis: str) -> str:
    """The kinds of mark used, in words, where there is anything to explain."""
    used = set(signs)
    more, less = _ARROWS[axis]
    meanings = {
        "about": "empty mark: about",
        "least": f"{more} at least",
        "most": f"{less} at most",
        "range": "bar: from … to",
    }
    return BETWEEN.join(words for sign, words in meanings.items() if sign in used)


def layers(
    axis: str, encoding: Spec, shape: Spec, ground: str, mark: Spec | None = None
) -> list[Spec]:
    """The layers that draw figures along an axis, "x" or "y", from data with the values of
    `shape_of`.

    `encoding` is what all layers share, `shape` that of the marks, `ground` the colour inside an
    empty one; `mark` moves all of them or makes them paler.
    """
    common = mark or {}
    full = {"type": "point", "filled": True, "size": _MARK, "opacity": 1, **common}
    bar = {"type": "rule", "strokeWidth": 3, "opacity": 0.5, **common}
    sign = {**encoding, "shape": shape}
    return [
        _for(
            ("range",),
            bar,
            {**encoding, axis: _field(encoding, axis, "low"), f"{axis}2": {"field": "high"}},
        ),
        *_arrow("least", axis, encoding, common),
        *_arrow("most", axis, encoding, common),
        _for(("exact", "least", "most"), full, sign),
        _for(
            ("range",), {**full, "size": _MARK * 0.6}, {**sign, axis: _field(encoding, axis, "low")}
        ),
        _for(
            ("range",),
            {**full, "size": _MARK * 0.6},
            {**sign, axis: _field(encoding, axis, "high")},
        ),
        _for(("about",), {**full, "filled": False, "fill": ground, "strokeWidth": 1.8}, sign),
    ]


def _field(encoding: Spec, axis: str, field: str) -> Spec:
    return {**encoding[axis], "field": field}


def _for(signs: Sequence[str], mark: Spec, encoding: Spec) -> Spec:
    return {
        "transform": [{"filter": {"field": "sign", "oneOf": list(signs)}}],
        "mark": mark,
        "encoding": encoding,
    }


def _arrow(sign: str, axis: str, encoding: Spec, common: Spec) -> list[Spec]:
    """A line that leads away from a number, the same length at every scale, and its head."""
    onward = (sign == "least") == (axis == "x")  # on the screen, y grows downward
    by = _ARROW if onward else -_ARROW
    heads = {
        ("x", True): "triangle-right",
        ("x", False): "triangle-left",
        ("y", False): "triangle-up",
        ("y", True): "triangle-down",
    }
    start = {f"{axis}Offset": common.get(f"{axis}Offset", 0), f"{axis}2Offset": by}
    head = {
        "type": "point",
        "filled": True,
        "size": 26,
        "opacity": 0.8,
        "shape": heads[axis, onward],
    }
    line = {"type": "rule", "strokeWidth": 1.4, "strokeDash": [2, 1.5], "opacity": 0.8}
    return [
        _for((sign,), {**line, **common, **start}, {**encoding, f"{axis}2": {"field": "at"}}),
        _for((sign,), {**head, **common, f"{axis}Offset": by}, encoding),
    ]
