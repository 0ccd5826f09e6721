"""A report's own figure against those that it cites: a report that gives its own figure has weighed
those it cites.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.coding.values import Value


def bounded(values: Sequence[Value]) -> list[Value]:
    """The values that are left when each report's own figure bounds those that it cites.

    "At least 14" leaves higher cited ones, "up to 14" lower ones, "14" and "12 to 14" none.
    "Dozens" leaves higher ones, "several" all. A title bounds nothing: it often leaves out who says
    so.
    """
    owns: dict[str, Value] = {}
    for v in sorted(values, key=lambda v: v.tally.whole.start):
        if v.tally.own and not v.vague and all(f.part == "text" for f in v.figures):
            owns.setdefault(v.tally.report, v)
    return [
        v
        for v in values
        if (own := owns.get(v.tally.report)) is None or v is own or _is_left(v, own)
    ]


def _is_left(cited: Value, own: Value) -> bool:
    if cited.vague:
        return False
    least = own.open or any(f.count.is_vague for f in own.figures)  # "dozens" is a minimum
    return (least and cited.lower >= own.lower) or (own.low is None and cited.high <= own.high)
