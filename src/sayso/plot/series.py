"""A series as revisions over time: every figure at the day up to which it counts, a line for each
origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sayso.errors import SaysoError
from sayso.model import Figure
from sayso.model.links import Origin, Series, independent_origins, origin_of
from sayso.plot.axes import (
    FEW_TICKS,
    TICKS,
    as_datetime,
    in_full,
    is_logarithmic,
    leaves_out_nought,
    people_axis,
    time_axis,
)
from sayso.plot.intervals import is_drawn, key_of, layers, shape_of
from sayso.plot.look import (
    BETWEEN,
    PLAIN,
    QUOTE_WIDTH,
    SHAPES,
    SPOKEN,
    Look,
    Spec,
    counted,
    framed,
    legend_above,
)
from sayso.plot.measure import shortened
from sayso.plot.origin_names import leading, names_of
from sayso.present.wording import how_many, marks, on_a_line

Row = dict[str, Any]
# The width, and the height by the number of figures: a few need little room.
_WIDTH, _LOW, _HIGH, _EACH = 760, 200, 400, 25
# Pixels that the numbers beside the axis of people may take; a legend above begins where they end.
_LABELS = 64


def series_chart(
    series: Series,
    claims: Sequence[Figure],
    origin: Mapping[str, Origin],
    published: Mapping[str, date | None],
    look: Look = PLAIN,
) -> Spec:
    """The Vega-Lite spec of a series.

    `claims` are the series' own; `origin` gives for a claim's id the key of who independently says
    so, `published` for a report's id its day. A claim without a day in a report without one is left
    out, and the picture says so. `look` is for where it is drawn. Raises SaysoError when no
    claim is left.
    """
    dated = [(c, day) for c in claims if is_drawn(c) and (day := _upto(c, published.get(c.report)))]
    if not dated:
        raise SaysoError(
            f"series {series.id} cannot be drawn: none of its {counted(len(claims), 'claim')} "
            f"has both a number and a day, its own or that of "
            "publication; give the reports their dates, or choose another series"
        )
    dated.sort(key=lambda pair: (pair[1], published.get(pair[0].report) or date.max, pair[0].id))
    keys = [origin_of(c, origin) for c, _ in dated]
    names, own = names_of((c for c, _ in dated), origin), leading(keys)
    rest = f"{counted(len(set(keys)) - len(own), 'other')}, fewer claims each"
    rows = [
        _row(c, day, names, key, names[key] if key in own else rest, published)
        for (c, day), key in zip(dated, keys, strict=True)
    ]
    colours = dict(zip((names[key] for key in own), look.palette.colours, strict=False)) | (
        {rest: look.palette.rest} if len(set(keys)) > len(own) else {}
    )
    origins = len(independent_origins((c for c, _ in dated), origin))
    under = _under(rows, origins, len(claims) - len(dated))
    title = series_title(series)
    figures = "; ".join(f"{r['upto']}: {r['figure']}, says {r['who']}" for r in rows[:SPOKEN])
    return framed(
        title,
        under,
        f"{title}. {under[0]}. {figures}",
        _drawing(rows, [day for _, day in dated], colours, look),
        look,
    )


# Words for people that already say what happened to them.
_EFFECT_WORDS = frozenset(
    (
        "dead deaths fatalities killed wounded injured hurt missing displaced refugees prisoners"
    ).split()
)


def series_title(series: Series) -> str:
    """What is counted, where, and since when: "Civilians killed in Syria since March 2011"."""
    who = on_a_line(series.who) or "people"
    effect = (
        series.effect.value.replace("_", " ")
        if series.effect and who.split()[-1].lower() not in _EFFECT_WORDS
        else ""
    )
    where = f"in {on_a_line(series.where.name or series.where.text)}" if series.where else ""
    since = f"since {_beginning(series.since)}" if series.since else ""
    words = " ".join(
        w for w in (who, effect, f"a {series.per}" if series.per else "", where, since) if w
    )
    return words[0].upper() + words[1:]


def _beginning(day: date) -> str:
    """A first day, as the year, month or day that begins with it."""
    if day.day > 1:
        return f"{day.day} {day:%B %Y}"
    return f"{day:%B %Y}" if day.month > 1 else f"{day:%Y}"


def _upto(claim: Figure, published: date | None) -> date | None:
    """The day up to which a claim counts; where it gives none, that of publication."""
    return (claim.when.end if claim.when else None) or published


def _row(
    claim: Figure,
    day: date,
    names: Mapping[Origin, str],
    key: Origin,
    named: str,
    published: Mapping[str, date | None],
) -> Row:
    printed = published.get(claim.report)
    return {
        **shape_of(claim.count.low, claim.count.high, claim.count.approx),
        "day": day.isoformat(),
        "upto": f"{day.day} {day:%b %Y}",
        "figure": how_many(claim),
        "who": names[key],
        "named": named,
        "origin": str(key),
        "quote": shortened(on_a_line(claim.quote), QUOTE_WIDTH),
        "report": claim.report,
        "claim": claim.id,
        "published": f"{printed.day} {printed:%b %Y}" if printed else "no date",
        "marks": marks(claim),
        "planned": claim.planned,
    }


def _under(rows: Sequence[Row], origins: int, left_out: int) -> list[str]:
    """What stands below the title: how much this rests on, and what the marks mean."""
    reports = counted(len({r["report"] for r in rows}), "report")
    rests = f"{counted(len(rows), 'claim')} in {reports}, {counted(origins, 'independent origin')}"
    days = in_full(date.fromisoformat(r["day"]) for r in rows)
    values = _numbers(rows)
    notes = [
        key_of((r["sign"] for r in rows), "y"),
        "pale: planned" if any(r["planned"] for r in rows) else "",
        "the axis is logarithmic"
        if is_logarithmic(values)
        else "the axis does not begin at 0"
        if leaves_out_nought(values)
        else "",
        f"{counted(left_out, 'claim')} without a day or number left out" if left_out else "",
    ]
    return [f"{rests}, {days}", BETWEEN.join(n for n in notes if n)]


def _numbers(rows: Iterable[Row]) -> list[int]:
    return [n for r in rows for n in (r["low"], r["high"]) if n is not None]


def _drawing(rows: list[Row], days: Sequence[date], colours: Mapping[str, str], look: Look) -> Spec:
    legend = {"title": "Who says so", **_legend(colours, look)}
    colour, shape = (
        {
            "field": "named",
            "type": "nominal",
            "scale": {"domain": list(colours), "range": values},
            "legend": legend,
        }
        for values in (list(colours.values()), list(SHAPES[: len(colours)]))
    )
    encoding = {
        "x": _time_channel(days, look),
        "y": _people_channel(rows),
        "color": colour,
        "opacity": {"condition": {"test": "datum.planned", "value": 0.45}, "value": 1},
        "tooltip": [
            {"field": field, "type": "nominal", "title": title} for field, title in _TOOLTIP.items()
        ],
    }
    line = {
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.6, "opacity": 0.55},
        "encoding": {k: v for k, v in encoding.items() if k in ("x", "y", "color")}
        | {"detail": {"field": "origin"}},
    }
    return {
        **look.sized(_WIDTH),
        "height": min(_HIGH, _LOW + _EACH * (len(rows) - 1)),
        "data": {"values": rows},
        "layer": [line, *layers("y", encoding, shape, look.palette.ground)],
    }


def _time_channel(days: Sequence[date], look: Look) -> Spec:
    scale, ticks, form = time_axis(days, FEW_TICKS if look.is_narrow else TICKS)
    return {
        "field": "day",
        "type": "temporal",
        "scale": scale,
        "title": None,
        "axis": {
            "values": [as_datetime(t) for t in ticks],
            "format": form,
            "grid": False,
            "labelOverlap": True,
            "labelFlush": False,
        },
    }


def _people_channel(rows: Sequence[Row]) -> Spec:
    scale, ticks = people_axis(_numbers(rows), from_nought=False)
    return {
        "field": "at",
        "type": "quantitative",
        "scale": scale,
        "title": "people",
        "axis": {
            "values": ticks,
            "format": ",d",
            "domain": False,
            "ticks": False,
            "titleAngle": 0,
            "titleAlign": "right",
            "titleAnchor": "end",
            "titleX": -6,
            "titleY": -14,
        },
    }


def _legend(colours: Iterable[str], look: Look) -> Spec:
    """Where the legend stands: at the right where there is room for it, else above."""
    if look.room is None:
        return {"orient": "right", "symbolStrokeWidth": 1.5}
    return legend_above(colours, look.room - _LABELS)


# What a mark shows when it is pointed at.
_TOOLTIP = {
    "figure": "figure",
    "who": "who says so",
    "upto": "counts up to",
    "quote": "in the words",
    "report": "report",
    "published": "published",
    "marks": "to know",
}
