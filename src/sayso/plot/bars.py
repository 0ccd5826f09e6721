"""Rows of bars above one shared time axis, each with its own axis of people from 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from sayso.plot.axes import as_datetime, people_axis
from sayso.plot.look import Look, Spec, counted
from sayso.plot.measure import cut_to, width_of
from sayso.plot.periods import Unit, middle, number_of, period_end, start_of

Row = dict[str, Any]
# Pixels: the width of the plot where none is asked for, the height of a row, and of one in a narrow
# picture.
_WIDTH, _ROW, _NARROW_ROW = 700, 92, 80
# A bar's greatest width in pixels, and its share of the period's width; the same for the caps of a
# line, and their least width.
_WIDEST, _SHARE, _LONGEST_CAP, _CAP_SHARE, _SHORTEST_CAP = 34, 0.72, 9, 0.36, 2
# Size of the words above a row, and of the numbers beside it; about how many numbers there are.
_NAME, _NUMBER, _TICKS = 13, 11.5, 5
# Pixels for a period below which lines are thinner, or they would hide the bars.
_CROWDED = 5
# A label may stand at every n-th period, counted so that labels stand at round times.
_STEPS = {
    "day": (1, 2, 7, 14),
    "month": (1, 2, 3, 6, 12, 24, 36, 48, 60, 120),
    "year": (1, 2, 5, 10, 20, 50, 100, 200, 500),
}


def bars(rows: Sequence[Row], starts: Sequence[date], unit: Unit, look: Look) -> Spec:
    """The rows, one for each `who`, in order of appearance.

    A row of data has `who`, `at` (the middle of its period), `when`, `low`, `best` (or None),
    `high`, `line` (whether a line is drawn), `figure` and `incidents`; `starts` are the first days
    of the periods.
    """
    by_who: dict[str, list[Row]] = {}
    for row in rows:
        by_who.setdefault(row["who"], []).append(row)
    scales = {who: _people(own) for who, own in by_who.items()}
    beside = (
        ceil(max(width_of(f"{tick:,}", _NUMBER) for _, ticks in scales.values() for tick in ticks))
        + 8
    )
    width = _WIDTH if look.room is None else look.room - beside
    time = _time(min(starts), max(starts), unit, width)
    share = width / (number_of(max(starts), unit) - number_of(min(starts), unit) + 1)
    last = list(by_who)[-1]
    views = [
        {
            "width": width,
            "height": _NARROW_ROW if look.is_narrow else _ROW,
            "data": {"values": own},
            "title": _name(own, width, look),
            "layer": _layers(_encoding(time, scales[who], beside, who == last), share, look),
        }
        for who, own in by_who.items()
    ]
    return {"vconcat": views, "spacing": 14}


def _people(rows: Sequence[Row]) -> tuple[Spec, list[int]]:
    """The axis of people of one row: always plain, since a bar's length stands for the number."""
    values = [n for r in rows for n in (r["low"], r["best"], r["high"]) if n is not None]
    return people_axis(values, from_nought=True, most=_TICKS, plain=True)


def _name(rows: Sequence[Row], width: float, look: Look) -> Spec:
    """Who is counted, and in how many incidents."""
    who = cut_to(rows[0]["who"], width, _NAME, bold=True)
    incidents = counted(sum(r["incidents"] for r in rows), "incident")
    return {
        "text": f"{who[:1].upper()}{who[1:]}",
        "subtitle": incidents,
        "fontSize": _NAME,
        "lineHeight": 16,
        "offset": 4,
        "subtitleFontSize": 11,
        "subtitlePadding": 1,
        "subtitleLineHeight": 14,
        "color": look.palette.ink,
    }


def _time(first: date, last: date, unit: Unit, width: float) -> Spec:
    """The scale of the time axis and its labels, in the middle of the periods that they name."""
    ticks, form = _ticks(number_of(first, unit), number_of(last, unit), unit, width)
    return {
        "field": "at",
        "type": "temporal",
        "title": None,
        "scale": {
            "type": "utc",
            "domain": [as_datetime(first), as_datetime(period_end(last, unit))],
            "nice": False,
        },
        "axis": {
            "values": [_moment(n, unit) for n in ticks],
            "format": form,
            "grid": False,
            "ticks": False,
            "labelFlush": False,
            "labelOverlap": True,
        },
    }


def _ticks(begin: int, end: int, unit: Unit, width: float) -> tuple[list[int], str]:
    """The numbers of the periods that have a label, and its format; none so near an end that its
    label would overhang.
    """
    share = width / (end - begin + 1)
    step = next((s for s in _STEPS[unit] if s * share >= _label(unit, s)[1]), _STEPS[unit][-1])
    form, room = _label(unit, step)
    inside = [
        n
        for n in range(begin, end + 1)
        if n % step == 0 and room / 2 <= (n - begin + 0.5) * share <= width - room / 2
    ]
    return inside or [(begin + end) // 2], form


def _label(unit: Unit, step: int) -> tuple[str, int]:
    """The format of labels `step` periods apart (d3-time-format), and the pixels that one needs;
    labels that all fall in January give only the year.
    """
    if unit == "day":
        return "%-d %b %Y", 80
    return ("%Y", 44) if unit == "year" or step % 12 == 0 else ("%b %Y", 64)


def _moment(number: int, unit: Unit) -> Spec:
    """The middle of the period of that number, as Vega-Lite writes it."""
    at = middle(start_of(number, unit), unit)
    return {**as_datetime(at.date()), "hours": at.hour}


def _encoding(time: Spec, people: tuple[Spec, list[int]], beside: int, is_last: bool) -> Spec:
    scale, ticks = people
    return {
        "x": {**time, "axis": {**time["axis"], "labels": is_last}},
        "y": {
            "field": "best",
            "type": "quantitative",
            "scale": scale,
            "title": None,
            "axis": {
                "values": ticks,
                "format": ",d",
                "domain": False,
                "ticks": False,
                "minExtent": beside,
                "maxExtent": beside,
            },
        },
        "tooltip": [
            {"field": field, "type": "nominal", "title": title} for field, title in _TOOLTIP.items()
        ],
    }


def _layers(encoding: Spec, share: float, look: Look) -> list[Spec]:
    """Bars, lines and the caps of lines; `share` is the pixels per period."""
    bar = max(1.0, min(_WIDEST, _SHARE * share))
    cap = max(_SHORTEST_CAP, min(_LONGEST_CAP, _CAP_SHARE * share))
    low, high = ({**encoding["y"], "field": end} for end in ("low", "high"))
    thin = 0.8 if share < _CROWDED else 1.4
    line = {"color": look.palette.ink, "opacity": 0.85}
    return [
        _drawn(
            "datum.best != null", {"type": "bar", "size": bar, "color": look.palette.bar}, encoding
        ),
        _drawn(
            "datum.line",
            {"type": "rule", "strokeWidth": thin, **line},
            {**encoding, "y": low, "y2": {"field": "high"}},
        ),
        *(
            _drawn(
                "datum.line",
                {
                    "type": "tick",
                    "aria": False,
                    "orient": "horizontal",
                    "size": cap,
                    "thickness": thin,
                    **line,
                },
                {**encoding, "y": end},
            )
            for end in (low, high)
        ),
    ]


def _drawn(where: str, mark: Mapping[str, Any], encoding: Spec) -> Spec:
    return {"transform": [{"filter": where}], "mark": dict(mark), "encoding": encoding}


# What a bar or a line shows when it is pointed at.
_TOOLTIP = {"when": "when", "who": "who is counted", "figure": "killed", "incidents": "incidents"}
