"""An incident as its figures side by side: who stated how many, in order of publication, and below
them the figures under coding policies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from sayso.coding.evidence import Tally, evidence_of
from sayso.errors import SaysoError
from sayso.model import Effect, Figure, When
from sayso.model.links import Coded, Incident, Origin, Range, independent_origins
from sayso.plot.axes import FEW_TICKS, TICKS, is_logarithmic, people_axis
from sayso.plot.intervals import key_of, layers, shape_of
from sayso.plot.look import BETWEEN, PLAIN, QUOTE_WIDTH, SPOKEN, Look, Spec, counted, framed
from sayso.plot.measure import cut_to, shortened, width_of
from sayso.plot.origin_names import names_of
from sayso.present.wording import on_a_line, when_words

Row = dict[str, Any]
_WIDTH = 560
# Height of a row, and half the distance between the effects in it.
_STEP, _BESIDE = 30, 4.75
# Height of a row that has its words above it.
_NARROW_STEP = 48
# The share of a given width that names at the left may take; and the size of the notes at the
# right.
_NAMES_SHARE, _NOTE = 0.3, 11.5
# Each effect with its word, the index of its colour in the palette, and its shape; policies give
# figures for the first two, the killed and the wounded.
_EFFECTS = {
    Effect.KILLED: ("killed", 0, "circle"),
    Effect.WOUNDED: ("wounded", 1, "square"),
    Effect.KILLED_OR_WOUNDED: ("killed or wounded", 3, "diamond"),
}
# An axis label begins with this many characters that only keep rows apart.
_KEY = 4
_HEADING = "Under a coding policy"
_HEADING_ROW = f"{'':8>{_KEY}}{_HEADING}"
_IS_HEADING = f"slice(datum.value, {_KEY}) == '{_HEADING}'"


def incident_chart(
    incident: Incident,
    claims: Sequence[Figure],
    origin: Mapping[str, Origin],
    published: Mapping[str, date | None],
    coded: Mapping[str, Coded] | None = None,
    look: Look = PLAIN,
) -> Spec:
    """The Vega-Lite spec of an incident.

    `claims` are the incident's own figures; what one claimant states in one report is counted as
    `sayso code` counts it. `origin` gives for a claim's id the key of who independently says so,
    `published` for a report's id its day, `coded` the incident's figures by the name of a policy;
    `look` is for where it is drawn. Raises SaysoError when nobody states how many.
    """
    tallies = [
        t
        for t in evidence_of(incident, claims, origin, published).tallies
        if t.ends != (None, None)
    ]
    if not tallies:
        raise SaysoError(
            f"incident {incident.id} cannot be drawn: none of its claims states how many were "
            f"killed or wounded; "
            "choose another incident (`sayso link` lists them)"
        )
    numbered = _numbers_where_any(tallies)
    rows = [*_reported(numbered, names_of(claims, origin)), *_under_policies(coded or {})]
    effects = [e for e in _EFFECTS if any(r["effect"] == _EFFECTS[e][0] for r in rows)]
    title = _title(incident, effects)
    sources = [r for r in rows if r["part"] == "reported"]
    under = [
        _rests(incident, numbered, origin),
        _notes(sources, rows, len(tallies) - len(numbered)),
    ]
    description = f"{title}. {under[0]}. {'; '.join(r['words'] for r in sources[:SPOKEN])}"
    return framed(title, under, description, _drawing(rows, effects, look), look)


def _title(incident: Incident, effects: Sequence[Effect]) -> str:
    what = "people " + " and ".join(_EFFECTS[e][0] for e in effects[:2])
    where = f" in {on_a_line(incident.where.name or incident.where.text)}" if incident.where else ""
    when = when_words(When(incident.first, incident.last, "", incident.date_precision or "day"))
    return f"{what.capitalize()}{where}{f', {when}' if when else ''}"


def _rests(incident: Incident, tallies: Sequence[Tally], origin: Mapping[str, Origin]) -> str:
    act = ", ".join(
        w.replace("-", " ").lower()
        for w in (incident.type and incident.type.value, incident.mode)
        if w
    )
    origins = len(independent_origins((f for t in tallies for f in t.whole.figures), origin))
    reports = counted(len({t.report for t in tallies}), "report")
    words = f"{act}: figures" if act else "figures"
    return (
        f"{words[0].upper()}{words[1:]} in {reports}, {counted(origins, 'independent origin')}, "
        f"earliest published first"
    )


def _notes(sources: Sequence[Row], rows: Sequence[Row], left_out: int) -> str:
    ranges = "bar and mark: low to high, and best" if any(r["part"] == "rule" for r in rows) else ""
    notes = [
        key_of((r["sign"] for r in sources), "x"),
        ranges,
        "the axis is logarithmic" if is_logarithmic(_numbers(rows)) else "",
        f"{counted(left_out, 'mention')} without a number left out" if left_out else "",
    ]
    return BETWEEN.join(n for n in notes if n)


def _numbers_where_any(tallies: Sequence[Tally]) -> list[Tally]:
    """The tallies that give a number; where none does for an effect, those that give a word
    ("several") or single victims.
    """
    effects = {t.effect for t in tallies if t.whole.is_number}
    return [t for t in tallies if t.whole.is_number or t.effect not in effects]


def _reported(tallies: Sequence[Tally], names: Mapping[Origin, str]) -> Iterator[Row]:
    """What each origin states on a day, one row for each: several reports that state the same are
    one mark.
    """
    by_row: dict[tuple[date | None, Origin], list[Tally]] = defaultdict(list)
    for tally in sorted(tallies, key=lambda t: t.published or date.max):
        by_row[tally.published, tally.origin].append(tally)
    for n, ((day, key), in_row) in enumerate(by_row.items()):
        reports = sorted({t.report for t in in_row})
        published_on = f"{day.day} {day:%b %Y}" if day else "no date"
        note = published_on + (f", {len(reports)} reports" if len(reports) > 1 else "")
        alike: dict[tuple[Effect, tuple[int | None, int | None], bool], list[Tally]] = defaultdict(
            list
        )
        for tally in in_row:
            alike[
                tally.effect, tally.ends, any(f.count.approx for f in tally.whole.figures)
            ].append(tally)
        for (effect, (low, high), approx), same in alike.items():
            word, figure = _EFFECTS[effect][0], same[0].whole.figures[0]
            yield {
                **shape_of(low, high, approx),
                "part": "reported",
                "row": f"{n:0{_KEY}}{names[key]}",
                "note": note,
                "effect": word,
                "who": names[key],
                "words": f"{names[key]}, {note}: {_in_words(low, high, approx)} {word}",
                "figure": f"{_in_words(low, high, approx)} {word}",
                "quote": shortened(on_a_line(figure.quote), QUOTE_WIDTH),
                "reports": sorted({t.report for t in same}),
                "report": ", ".join(sorted({t.report for t in same})),
                "upto": note,
            }


def _in_words(low: int | None, high: int | None, approx: bool = False) -> str:
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{'about ' if approx else ''}{low:,}" if low == high else f"{low:,}-{high:,}"


def _under_policies(coded: Mapping[str, Coded]) -> Iterator[Row]:
    """The figures of every policy that gives any."""
    for n, (policy, figures) in enumerate(coded.items(), start=9000):
        given = {Effect.KILLED: figures.killed, Effect.WOUNDED: figures.wounded}
        given = {effect: share for effect, share in given.items() if share != Range()}
        note = ", ".join(
            f"{_share_in_words(share)} {_EFFECTS[effect][0]}" for effect, share in given.items()
        )
        for effect, share in given.items():
            word = _EFFECTS[effect][0]
            ends = [e for e in (share.low, share.best, share.high) if e is not None]
            yield {
                "part": "rule",
                "row": f"{n:0{_KEY}}{policy}",
                "note": note,
                "effect": word,
                "low": ends[0],
                "high": ends[-1],
                "best": share.best,
                "figure": f"{_share_in_words(share)} {word}",
                "who": policy,
            }


def _share_in_words(share: Range) -> str:
    ends = sorted({e for e in (share.low, share.high) if e is not None})
    words = "-".join(f"{e:,}" for e in ends)
    return (
        words
        if share.best is None
        else f"{share.best:,}"
        if ends in ([], [share.best])
        else f"{share.best:,} ({words})"
    )


def _numbers(rows: Sequence[Row]) -> list[int]:
    return [n for r in rows for n in (r["low"], r["high"]) if n is not None]


def _drawing(rows: list[Row], effects: Sequence[Effect], look: Look) -> Spec:
    scale, ticks = people_axis(
        _numbers(rows), from_nought=True, most=FEW_TICKS if look.is_narrow else TICKS
    )
    order = _row_order(rows)
    colour, shape = _effect_channels(effects, look)
    encoding = {
        "y": _rows_channel(order, look),
        "x": _people_channel(scale, ticks, look),
        "color": colour,
        "tooltip": [
            {"field": field, "type": "nominal", "title": title} for field, title in _TOOLTIP.items()
        ],
    }
    drawn = chain.from_iterable(
        _of_effect(effect, n, len(effects), encoding, shape, look)
        for n, effect in enumerate(effects)
    )
    beside = (
        [_grid(order, ticks, encoding, look), *_words_above(rows, encoding, look)]
        if look.is_narrow
        else [_notes_layer(encoding, look)]
    )
    return {
        **look.sized(_WIDTH),
        "height": {"step": _NARROW_STEP if look.is_narrow else _STEP},
        "data": {"values": rows},
        "layer": [*beside, *drawn],
    }


def _row_order(rows: Sequence[Row]) -> list[str]:
    """The rows from top to bottom: the sources, then the policies under their heading."""
    reported = list(dict.fromkeys(r["row"] for r in rows if r["part"] == "reported"))
    policies = list(dict.fromkeys(r["row"] for r in rows if r["part"] == "rule"))
    return [*reported, *([_HEADING_ROW] if policies else []), *policies]


def _rows_channel(order: Sequence[str], look: Look) -> Spec:
    return {
        "field": "row",
        "type": "nominal",
        "scale": {"domain": order},
        "title": None,
        "axis": {
            **_names_axis(look),
            "domain": False,
            "ticks": False,
            "grid": True,
            "gridDash": [1, 3],
        },
    }


def _people_channel(scale: Spec, ticks: Sequence[int], look: Look) -> Spec:
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
            "labelFlush": False,
        }
        | ({"grid": False} if look.is_narrow else {}),
    }


def _effect_channels(effects: Sequence[Effect], look: Look) -> tuple[Spec, Spec]:
    """The colour and the shape of each effect, with one legend where there are several effects."""
    words, colours, shapes = (
        list(column) for column in zip(*(_EFFECTS[e] for e in effects), strict=True)
    )
    legend = (
        {
            "title": None,
            "orient": "top",
            "direction": "horizontal",
            "offset": 10,
            "symbolStrokeWidth": 1.5,
        }
        if len(words) > 1
        else None
    )
    hues = [look.palette.colours[n] for n in colours]
    colour, shape = (
        {
            "field": "effect",
            "type": "nominal",
            "scale": {"domain": words, "range": values},
            "legend": legend,
        }
        for values in (hues, shapes)
    )
    return colour, shape


def _names_axis(look: Look) -> Spec:
    """The names at the left of the rows; a narrow picture has them above each row instead."""
    if look.is_narrow:
        return {
            "labels": False,
            "gridOpacity": {"condition": {"test": _IS_HEADING, "value": 0}, "value": 1},
        }
    return {
        "labelExpr": f"slice(datum.label, {_KEY})",
        "labelLimit": 320 if look.width is None else int(look.width * _NAMES_SHARE),
        "labelFontSize": 12.5,
        "labelPadding": 14,
        "labelColor": {
            "condition": {"test": _IS_HEADING, "value": look.palette.soft},
            "value": look.palette.ink,
        },
    }


def _of_effect(
    effect: Effect, n: int, of: int, encoding: Spec, shape: Spec, look: Look
) -> list[Spec]:
    """The layers of one effect, beside those of the others."""
    beside = {"yOffset": (2 * n - of + 1) * _BESIDE}
    bar = {
        "mark": {"type": "rule", "strokeWidth": 7, "opacity": look.palette.pale, **beside},
        "encoding": {**encoding, "x": {**encoding["x"], "field": "low"}, "x2": {"field": "high"}},
    }
    tick = {"type": "tick", "thickness": 3, "size": 13, **beside}
    best = {
        "transform": [{"filter": "datum.best != null"}],
        "mark": {**tick, "opacity": 1},
        "encoding": {**encoding, "x": {**encoding["x"], "field": "best"}},
    }
    single = {  # one number that the policy does not call the best
        "transform": [{"filter": "datum.best == null && datum.low == datum.high"}],
        "mark": {**tick, "opacity": look.palette.pale + 0.1},
        "encoding": {**encoding, "x": {**encoding["x"], "field": "low"}},
    }
    return [
        {
            "transform": [_only("part", "reported"), _only("effect", _EFFECTS[effect][0])],
            "layer": layers("x", encoding, shape, look.palette.ground, beside),
        },
        {
            "transform": [_only("part", "rule"), _only("effect", _EFFECTS[effect][0])],
            "layer": [bar, best, single],
        },
    ]


def _only(field: str, value: str) -> Spec:
    return {"filter": {"field": field, "equal": value}}


def _notes_layer(encoding: Spec, look: Look) -> Spec:
    """What stands at the right of every row: day and reports, or the policy's figures."""
    return {
        "transform": [
            {
                "aggregate": [{"op": "min", "field": "note", "as": "note"}],
                "groupby": ["row", "note"],
            }
        ],
        "mark": {
            "type": "text",
            "align": "left",
            "dx": 12,
            "fontSize": _NOTE,
            "color": look.palette.soft,
            "clip": False,
        },
        "encoding": {
            "y": encoding["y"],
            "x": {"value": _WIDTH if look.width is None else "width"},
            "text": {"field": "note"},
        },
    }


def _words_above(rows: Sequence[Row], encoding: Spec, look: Look) -> list[Spec]:
    """What stands above every row of a narrow picture: its name at the left, its note at the right;
    and the heading of the policies.
    """
    assert look.room is not None
    notes = {r["row"]: r["note"] for r in rows}
    above = [
        {"row": row, "name": _cut_name(row[_KEY:], note, look.room), "note": note}
        for row, note in notes.items()
    ]
    mark = {"type": "text", "dy": -18, "fontSize": 12.5, "clip": False}
    name = {**mark, "align": "left", "color": look.palette.ink}
    note = {**mark, "align": "right", "color": look.palette.soft, "fontSize": _NOTE}
    heading = {**mark, "align": "left", "color": look.palette.soft, "dy": 8}
    y, left, right = {"y": encoding["y"]}, {"x": {"value": 0}}, {"x": {"value": "width"}}
    drawn = [
        {
            "data": {"values": above},
            "mark": name,
            "encoding": {**y, **left, "text": {"field": "name"}},
        },
        {
            "data": {"values": above},
            "mark": note,
            "encoding": {**y, **right, "text": {"field": "note"}},
        },
    ]
    if any(r["part"] == "rule" for r in rows):
        drawn.append(
            {
                "data": {"values": [{"row": _HEADING_ROW}]},
                "mark": heading,
                "encoding": {**y, **left, "text": {"value": _HEADING}},
            }
        )
    return drawn


def _grid(order: Sequence[str], ticks: Sequence[int], encoding: Spec, look: Look) -> Spec:
    """The grid of a narrow picture: short in every row, so that no line runs through the words
    above it.
    """
    crossings = [{"row": row, "at": tick} for row in order if row != _HEADING_ROW for tick in ticks]
    return {
        "data": {"values": crossings},
        "mark": {
            "type": "tick",
            "orient": "vertical",
            "size": 16,
            "thickness": 1,
            "color": look.palette.line,
            "opacity": 0.6,
        },
        "encoding": {"x": encoding["x"], "y": encoding["y"]},
    }


def _cut_name(name: str, note: str, room: int) -> str:
    return cut_to(name, room - width_of(note, _NOTE) - 24, 12.5)


# What a mark shows when it is pointed at.
_TOOLTIP = {
    "figure": "figure",
    "who": "who says so",
    "upto": "published",
    "quote": "in the words",
    "report": "report",
}
