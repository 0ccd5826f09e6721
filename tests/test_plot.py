"""Pictures: what they show of a series and of an incident, and the files they are written to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.model import Effect, EventType, Figure, Scope, Status, Where
from sayso.model.links import Coded, Incident, Origin, Range, Series
from sayso.plot import (
    Look,
    Period,
    drawn_png,
    drawn_svg,
    incident_chart,
    period_start,
    series_chart,
    tolls_chart,
    unit_for,
    write,
)
from sayso.plot.axes import people_axis, time_axis
from sayso.plot.look import COLOURS, DARK, FONT, LIGHT, REST, SHAPES, Palette
from sayso.plot.measure import cut_to, shortened, width_of, wrapped_to
from sayso.plot.periods import Unit
from sayso.plot.series import series_title
from tests.making import report, said_by, toll

LOOK = Look()
SYRIA = Where("Syria", None, None, "Syria", 163843, "SY", None, None, "country")


def running(
    words: str,
    upto: str | None,
    said: str | None = "the Ledger",
    name: str = "one",
    published: str | None = "2012-12-31",
) -> Figure:
    """A running total, by the words for its number."""
    of = report(
        name,
        f"The war has killed {words} people so far. Nothing else was told by anybody.",
        published,
    )
    since = "2011-03-15" if upto else None
    return toll(of, words, who="people", said=said, day=since, to=upto, scope=Scope.TOTAL)


def series(claims: Sequence[Figure], **more: Any) -> Series:
    values: dict[str, Any] = {
        "who": "people",
        "effect": Effect.KILLED,
        "where": SYRIA,
        "since": date(2011, 3, 15),
    } | more
    return Series(
        id="s1",
        claims=tuple(c.id for c in claims),
        reports=tuple({c.report for c in claims}),
        origins=1,
        kind="toll",
        **values,
    )


def origins(claims: Sequence[Figure]) -> dict[str, Origin]:
    return {c.id: said_by(c.sources[-1].name or "") for c in claims}


def chart(
    *claims: Figure, published: date | None = date(2012, 12, 31), look: Look = LOOK
) -> dict[str, Any]:
    return series_chart(
        series(claims), claims, origins(claims), {c.report: published for c in claims}, look
    )


# How each figure is drawn: its sign, where it stands, and its ends.
@pytest.mark.parametrize(
    ("words", "sign", "at", "low", "high"),
    [
        ("1,400", "exact", 1400, 1400, 1400),  # a full sign
        ("about 1,400", "about", 1400, 1400, 1400),  # an empty one
        ("at least 1,400", "least", 1400, 1400, None),  # an arrow upward
        ("up to 1,400", "most", 1400, None, 1400),  # and downward
        ("1,400 to 1,600", "range", 1500, 1400, 1600),  # a bar; the line runs through its middle
        ("hundreds of", "least", 200, 200, None),  # a vague word is open
        ("no", "exact", 0, 0, 0),  # nobody at all is a number
    ],
)
def test_a_figure_is_drawn_as_it_is_reported(
    words: str, sign: str, at: float, low: int | None, high: int | None
) -> None:
    (row,) = chart(running(words, "2012-01-01"))["data"]["values"]
    assert (row["sign"], row["at"], row["low"], row["high"]) == (sign, at, low, high)


def test_a_figure_stands_at_the_day_up_to_which_it_counts_else_at_publication() -> None:
    rows = chart(running("40", "2012-01-01"), running("50", None, name="two"))["data"]["values"]
    assert [(r["day"], r["figure"]) for r in rows] == [("2012-01-01", "40"), ("2012-12-31", "50")]


def test_what_has_no_day_is_left_out_and_the_picture_says_so() -> None:
    spec = series_chart(
        series(claims := (running("40", "2012-01-01"), running("50", None, name="two"))),
        claims,
        origins(claims),
        {"one": None, "two": None},
    )
    assert len(spec["data"]["values"]) == 1
    assert "1 claim without a day or number left out" in spec["title"]["subtitle"][-1]


def test_a_series_without_any_day_is_refused() -> None:
    with pytest.raises(
        SaysoError, match="s1 cannot be drawn: none of its 1 claim has both a number and a day"
    ):
        chart(running("50", None, published=None), published=None)


def test_every_origin_has_its_line_its_colour_and_its_shape() -> None:
    claims = [
        running(str(n), f"2012-0{n}-01", said, str(n))
        for n, said in enumerate(["the Ledger", "the Army", "the Ledger"], start=1)
    ]
    spec = chart(*claims)
    line = spec["layer"][0]
    assert line["mark"]["interpolate"] == "step-after"
    assert line["encoding"]["detail"] == {"field": "origin"}
    assert line["encoding"]["color"]["scale"] == {
        "domain": ["the Ledger", "the Army"],
        "range": list(COLOURS[:2]),
    }
    shapes = {
        mark["encoding"]["shape"]["scale"]["range"][1]
        for mark in spec["layer"][1:]
        if "shape" in mark["encoding"]
    }
    assert shapes == {"square"}
    assert (
        "3 claims in 3 reports, 2 independent origins, 1 Jan 2012 to 1 Mar 2012"
        in spec["title"]["subtitle"][0]
    )


def test_more_origins_than_colours_share_grey() -> None:
    claims = [
        running(str(n + 40), f"2012-01-{n + 1:02}", f"the Office of {n}", str(n)) for n in range(9)
    ]
    scale = chart(*claims)["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"][-1] == "4 others, fewer claims each"
    assert scale["range"] == [*COLOURS[:5], REST]


def test_the_order_of_claims_changes_nothing() -> None:
    claims = [
        running(str(n + 40), "2012-01-01", f"the Office of {n % 3}", str(n)) for n in range(6)
    ]
    published = dict.fromkeys((c.report for c in claims), date(2012, 1, 2))
    one = series(claims)
    assert series_chart(one, claims, origins(claims), published) == series_chart(
        one, claims[::-1], origins(claims), published
    )


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, "People killed in Syria since 15 March 2011"),
        (
            {"who": "civilians", "since": date(2011, 3, 1)},
            "Civilians killed in Syria since March 2011",
        ),
        (
            {"since": date(2011, 1, 1), "effect": Effect.DISPLACED},
            "People displaced in Syria since 2011",
        ),
        # the strength of a force
        (
            {"who": "allied troops", "effect": None, "since": None},
            "Allied troops in Syria",
        ),
        ({"per": "day", "where": None, "since": None}, "People killed a day"),  # a rate
        ({"who": "deaths", "since": None}, "Deaths in Syria"),  # the word tells the harm itself
    ],
)
def test_a_title_says_who_where_and_since_when(more: dict[str, Any], title: str) -> None:
    assert series_title(series((), **more)) == title


# The axis of people: whole round numbers, from nought or not, or logarithmic.
@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([12, 14], [11, 12, 13, 14, 15]),  # close together: nought is left out
        ([3, 14], [0, 5, 10, 15]),  # else it is not
        ([3], [0, 1, 2, 3, 4]),  # a single figure
        ([12, 150_000], [10, 100, 1000, 10_000, 100_000]),  # too far apart for a plain axis
        ([0, 2, 300], [0, 1, 3, 10, 30, 100, 300]),  # nought is on a logarithmic axis too
        ([0], [0, 1]),
    ],
)
def test_people_are_counted_in_round_numbers(values: list[int], ticks: list[int]) -> None:
    assert people_axis(values, from_nought=False)[1] == ticks


@pytest.mark.parametrize(
    ("days", "first", "form"),
    [
        (0, date(2012, 1, 31), "%-d %b %Y"),  # one day, with one beside it
        (30, date(2012, 1, 31), "%-d %b %Y"),
        (200, date(2012, 3, 1), "%b %Y"),  # the first of every other month, from January on
        (4000, date(2012, 1, 1), "%Y"),
    ],
)
def test_time_is_given_in_days_months_or_years(days: int, first: date, form: str) -> None:
    start = date(2012, 2, 1)
    _, ticks, words = time_axis([start, start + timedelta(days)])
    assert words == form
    assert 2 <= len(ticks) <= 9
    assert ticks[0] == first


def killed(
    words: str, said: str | None, name: str, published: str, effect: Effect = Effect.KILLED
) -> Figure:
    verb = "killed" if effect is Effect.KILLED else "wounded"
    of = report(
        name, f"In Khost {words} people were {verb} on Monday. No more was told.", published
    )
    return toll(of, words, effect, who="people", said=said, day="2012-10-01", place="Khost")


def of_claims(
    claims: Sequence[Figure], coded: dict[str, Coded] | None = None, look: Look = LOOK
) -> dict[str, Any]:
    incident = Incident(
        id="i1",
        claims=tuple(c.id for c in claims),
        reports=tuple(dict.fromkeys(c.report for c in claims)),
        main=(),
        origins=2,
        type=EventType.ASSAULT,
        mode="suicide-attack",
        first=date(2012, 10, 1),
        last=date(2012, 10, 1),
        date_precision="day",
        where=Where("Khost", None, None, "Khost"),
    )
    published = {c.report: DAYS[c.report] for c in claims}
    return incident_chart(incident, claims, origins(claims), published, coded, look)


DAYS = {
    "late": date(2012, 10, 5),
    "soon": date(2012, 10, 2),
    "again": date(2012, 10, 2),
    "undated": None,
}


def test_an_incident_shows_who_reported_how_many_in_the_order_of_publication() -> None:
    claims = [
        killed("15", "the Ministry", "late", "2012-10-05"),
        killed("12", "the Police", "soon", "2012-10-02"),
        killed("at least 30", "the Police", "again", "2012-10-02", Effect.WOUNDED),
        killed("14", "a doctor", "undated", "2012-10-02"),
    ]
    spec = of_claims(claims)
    rows = spec["data"]["values"]
    assert [(r["who"], r["note"], r["figure"]) for r in rows] == [
        ("the Police", "2 Oct 2012, 2 reports", "12 killed"),
        ("the Police", "2 Oct 2012, 2 reports", "at least 30 wounded"),
        ("the Ministry", "5 Oct 2012", "15 killed"),
        ("a doctor", "no date", "14 killed"),
    ]
    assert spec["title"]["text"] == ["People killed and wounded in Khost, 1 Oct 2012"]
    assert spec["title"]["subtitle"][0] == (
        "Assault, suicide attack: figures in 4 reports, 3 independent origins, earliest "
        "published first"
    )
    assert "12 killed" in spec["description"]


def test_reports_that_tell_the_same_of_one_origin_are_one_sign() -> None:
    rows = of_claims(
        [killed("12", "the Police", name, "2012-10-02") for name in ("soon", "again")]
    )["data"]["values"]
    assert [(r["reports"], r["figure"]) for r in rows] == [(["again", "soon"], "12 killed")]


def test_what_is_no_number_is_left_out_where_others_tell_one() -> None:
    spec = of_claims(
        [
            killed("12", "the Police", "soon", "2012-10-02"),
            killed("several", "a doctor", "late", "2012-10-05"),
        ]
    )
    assert [r["figure"] for r in spec["data"]["values"]] == ["12 killed"]
    assert "1 mention without a number left out" in spec["title"]["subtitle"][-1]
    (row,) = of_claims([killed("several", "a doctor", "late", "2012-10-05")])["data"]["values"]
    assert row["figure"] == "at least 2 killed"


def coded(policy: str, share: Range, wounded: Range) -> Coded:
    return Coded(
        incident="i1",
        policy=policy,
        killed=share,
        wounded=wounded,
        civilians_killed=Range(),
        civilians_wounded=Range(),
    )


def test_the_rules_stand_under_the_sources() -> None:
    figures = {
        "ucdp": coded("ucdp", Range(12, 14, 15), Range()),
        "minmax": coded("minmax", Range(12, None, 15), Range(None, None, 30)),
    }
    spec = of_claims(
        [killed("12", "the Police", "soon", "2012-10-02")],
        figures | {"gtd": coded("gtd", Range(), Range())},
    )
    ruled = [r for r in spec["data"]["values"] if r["part"] == "rule"]
    assert [(r["who"], r["low"], r["best"], r["high"], r["note"]) for r in ruled] == [
        ("ucdp", 12, 14, 15, "14 (12-15) killed"),
        ("minmax", 12, None, 15, "12-15 killed, 30 wounded"),
        ("minmax", 30, None, 30, "12-15 killed, 30 wounded"),
    ]
    order = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert [label[4:] for label in order] == [
        "the Police",
        "Under a coding policy",
        "ucdp",
        "minmax",
    ]


def test_an_incident_of_which_nobody_tells_how_many_is_refused() -> None:
    with pytest.raises(SaysoError, match="i1 cannot be drawn: none of its claims states how many"):
        of_claims([])


def test_pictures_are_written_in_the_form_that_the_ending_names(tmp_path: Path) -> None:
    spec = chart(
        running("40", "2012-01-01"),
        running("up to 50", "2012-03-01", name="two", said="<b>\"the Army\"</b> & 'others'"),
    )
    for name in ("a.svg", "a.PNG", "a.json"):
        write(spec, tmp_path / name)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.PNG", "a.json", "a.svg"]
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "People killed in Syria since 15 March 2011" in svg
    assert "<b>" not in svg
    png = (tmp_path / "a.PNG").read_bytes()
    assert png.startswith(b"\x89PNG")
    width = int(svg.split('width="')[1].split('"')[0].split(".")[0])
    assert abs(int.from_bytes(png[16:20], "big") - 2 * width) <= 2
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == spec


def test_an_incident_is_drawn(tmp_path: Path) -> None:
    claims = [
        killed("12", "the Police", "soon", "2012-10-02"),
        killed("14 to 17", "a doctor", "late", "2012-10-05"),
    ]
    spec = of_claims(claims, {"ucdp": coded("ucdp", Range(12, 14, 17), Range())})
    write(spec, tmp_path / "i.svg")
    assert json.loads(json.dumps(spec)) == spec
    svg = (tmp_path / "i.svg").read_text(encoding="utf-8")
    assert all(
        words in svg
        for words in ("the Police", "a doctor", "Under a coding policy", "14 (12-17) killed")
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.gif", r"not a picture format; give a name that ends in \.svg, \.png, or \.json"),
        ("a", "not a picture format"),
        ("missing/a.json", "cannot be written .*; expected a folder that exists"),
    ],
)
def test_what_cannot_be_written_is_said(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match=message):
        write(chart(running("40", "2012-01-01")), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_nothing_is_fetched(tmp_path: Path) -> None:
    spec = chart(running("40", "2012-01-01")) | {
        "data": {"url": "https://example.org/figures.json"}
    }
    with pytest.raises(ValueError, match="not allowed"):
        write(spec, tmp_path / "a.svg")
    assert not list(tmp_path.iterdir())


def test_long_names_are_cut_at_a_word() -> None:
    assert shortened("the office of the high commissioner", 20) == "the office of the…"
    assert shortened("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"
    assert shortened("short", 10) == "short"


def test_a_planned_figure_is_marked() -> None:
    claim = running("40", "2012-01-01")
    planned = Figure(
        **{f: getattr(claim, f) for f in Figure.__dataclass_fields__}
        | {"planned": True, "status": Status.MILITARY}
    )
    spec = chart(planned)
    assert spec["data"]["values"][0]["marks"] == "planned"
    assert "pale: planned" in spec["title"]["subtitle"][-1]


LONG = (
    "the Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle of the United "
    "Provinces"
)


def long_series(look: Look) -> dict[str, Any]:
    claims = [
        running(f"{n}4{'0' * n}", f"201{n}-02-01", f"{LONG} {n}", str(n)) for n in range(1, 8)
    ]
    return series_chart(
        series(claims, who=f"civilians of {LONG}"), claims, origins(claims), {}, look
    )


def long_incident(look: Look) -> dict[str, Any]:
    claims = [
        killed("12,000", LONG, "soon", "2012-10-02"),
        killed("at least 14", "a doctor", "late", "2012-10-05", Effect.WOUNDED),
    ]
    return of_claims(
        claims, {LONG: coded("ucdp", Range(12, 14, 17_000), Range(1_000, 2_000, 30_000))}, look
    )


def long_tolls(look: Look) -> dict[str, Any]:
    return tolls_chart(
        [period("2012-03-01", 1_000_000, 1_000_001, 2_000_000, who) for who in ("everybody", LONG)],
        LONG,
        look,
    )


PICTURES = {"series": long_series, "incident": long_incident, "tolls": long_tolls}


def period(
    start: str,
    low: int,
    best: int | None,
    high: int,
    who: str = "everybody",
    unit: Unit = "month",
    incidents: int = 2,
) -> Period:
    return Period(date.fromisoformat(start), unit, who, low, best, high, incidents)


def width_in(svg: str) -> float:
    return float(svg.split('width="')[1].split('"')[0])


def words_in(svg: str) -> list[str]:
    return re.findall(r"<(?:text|tspan)[^>]*>([^<]+)</", svg)


# However long its words, a picture is as wide as asked: on a page, on a phone, on the smallest
# phone.
@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize(
    "look", [Look(760), Look(350), Look(350, transparent=True, title=False), Look(240)], ids=str
)
def test_a_picture_is_as_wide_as_asked(picture: str, look: Look) -> None:
    assert look.width is not None
    spec = PICTURES[picture](look)
    assert look.width - 1 <= width_in(drawn_svg(spec)) <= look.width
    # Nor is that because words are clipped: beside a plot of nothing they are no wider.
    heading = {
        "title": spec["title"],
        "padding": spec["padding"],
        "config": spec["config"],
        "width": 1,
        "data": {"values": [{}]},
        "mark": "point",
    }
    assert width_in(drawn_svg(heading)) <= look.width


@pytest.mark.parametrize(
    ("words", "bold"),
    [
        ("3 claims in 3 reports, 2 independent origins, 7 Oct 2012", False),
        ("Soldiers killed in Afghanistan since 7 October 2001", True),
        ("President Hamid Karzai's office, Kandahār", False),  # accents
        ("(announced, but lost) 1,234,567", False),
        ("Schifffahrt: till 'Illili', jjj", True),  # in bold, narrow letters are wider by much
    ],
)
def test_words_are_measured_as_they_are_drawn(words: str, bold: bool) -> None:
    title = {
        "text": words,
        "anchor": "start",
        "font": FONT,
        "fontSize": 20,
        "fontWeight": "bold" if bold else "normal",
    }
    spec = {
        "title": title,
        "padding": 0,
        "width": 1,
        "data": {"values": [{}]},
        "mark": {"type": "point", "size": 0},
    }
    assert width_in(drawn_svg(spec)) == pytest.approx(width_of(words, 20, bold), rel=0.02)


# Lines are broken where they can be read on.
@pytest.mark.parametrize(
    ("words", "pixels", "lines"),
    [
        # a date stays whole
        (
            "killed since 7 October 2001",
            130,
            ["killed since", "7 October 2001"],
        ),
        ("one two three", 1000, ["one two three"]),
        ("Donaudampfschifffahrt today", 60, ["Donaud…", "today"]),  # no word is wider than the line
        # and there are no more lines than asked for
        (
            "one two three four",
            45,
            ["one two", "three…"],
        ),
    ],
)
def test_words_are_wrapped_to_pixels(words: str, pixels: int, lines: list[str]) -> None:
    assert wrapped_to(words, pixels, 12, most=2) == lines
    assert all(width_of(line, 12) <= pixels for line in lines)
    assert cut_to(lines[0], pixels, 12) == lines[0]


def test_a_narrow_picture_has_its_words_above_what_they_tell_of() -> None:
    legend = long_series(Look(350))["layer"][0]["encoding"]["color"]["legend"]
    assert (legend["orient"], legend["columns"]) == ("top", 1)
    words = words_in(
        drawn_svg(of_claims([killed("12", "the Police", "soon", "2012-10-02")], look=Look(350)))
    )
    assert {"the Police", "2 Oct 2012"} <= set(words)
    rows = long_incident(Look(350))["layer"]
    names = [
        value["name"]
        for layer in rows
        for value in layer.get("data", {}).get("values", [])
        if "name" in value
    ]
    assert names[0].startswith("the Donaudampf")
    assert names[0].endswith("…")


def test_a_picture_too_narrow_to_be_read_is_refused() -> None:
    with pytest.raises(SaysoError, match="100 pixels wide cannot be read; give it at least 240"):
        Look(100)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_is_dark_stands_out_from_its_ground() -> None:
    assert luminance(DARK.ground) < 0.02
    assert min(contrast(colour, DARK.ground) for colour in (*DARK.colours, DARK.rest)) >= 3
    assert min(contrast(words, DARK.ground) for words in (DARK.ink, DARK.soft)) >= 4.5


# A bar stands out from the ground, and the line over it from the bar.
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_bars_and_the_lines_over_them_stand_out(palette: Palette) -> None:
    assert contrast(palette.bar, palette.ground) >= 3
    assert contrast(palette.ink, palette.bar) >= 3
    assert len(palette.colours) == len(SHAPES)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_dark_picture_has_no_colour_of_a_light_one(picture: str) -> None:
    svg = drawn_svg(PICTURES[picture](Look(760, dark=True))).lower()
    light = {
        LIGHT.ink,
        LIGHT.soft,
        LIGHT.faint,
        LIGHT.line,
        LIGHT.ground,
        LIGHT.rest,
        LIGHT.bar,
        *LIGHT.colours,
    }
    assert not [colour for colour in light if colour.lower() in svg]
    assert DARK.ground in svg


def test_an_empty_sign_is_filled_with_the_ground() -> None:
    assert f'fill="{DARK.ground}"' in drawn_svg(
        chart(running("about 40", "2012-01-01"), look=Look(350, dark=True, transparent=True))
    )


@pytest.mark.parametrize("picture", PICTURES)
def test_a_page_may_have_the_title_and_the_ground(picture: str) -> None:
    draw = PICTURES[picture]
    full, bare = draw(Look(760)), draw(Look(760, title=False, transparent=True))
    title, under = full["title"]["text"], full["title"]["subtitle"]
    shown = words_in(drawn_svg(bare))
    assert under
    assert title[0] in words_in(drawn_svg(full))
    assert not {*title} & {*shown}
    assert "".join(bare["title"]["text"]).replace(" ", "") == "".join(under).replace(" ", "")
    assert LIGHT.ground not in drawn_svg(bare)


def test_a_picture_is_drawn_without_a_file() -> None:
    spec = chart(running("40", "2012-01-01"), look=Look(350))
    assert drawn_svg(spec).startswith("<svg")
    assert int.from_bytes(drawn_png(spec)[16:20], "big") == 700
    for draw in (drawn_svg, drawn_png):
        with pytest.raises(ValueError, match="not allowed"):
            draw(spec | {"data": {"url": "https://example.org/figures.json"}})


def test_tolls_have_a_row_for_each_who_in_their_order() -> None:
    periods = [
        period("2012-03-01", 40, 50, 60),
        period("2012-01-01", 5, 5, 5, "everybody", incidents=1),
        period("2012-03-01", 3, None, 9, "civilians"),
    ]
    spec = tolls_chart(periods, "ucdp")
    first, second = spec["vconcat"]
    assert [view["title"]["text"] for view in (first, second)] == ["Everybody", "Civilians"]
    assert [view["title"]["subtitle"] for view in (first, second)] == ["3 incidents", "2 incidents"]
    assert [(r["at"], r["figure"], r["line"]) for r in first["data"]["values"]] == [
        ("2012-03-16T12:00:00Z", "50 (40-60)", True),
        # low, best and high are one number: there is no line to draw
        (
            "2012-01-16T12:00:00Z",
            "5",
            False,
        ),
    ]
    assert [r["figure"] for r in second["data"]["values"]] == ["3-9"]
    assert spec["title"]["text"] == ["People killed, by month"]
    assert spec["title"]["subtitle"] == [
        "3 incidents, Jan 2012 to Mar 2012, figures under the policy ucdp",
        (
            "bar: best figure  ·  line: low to high  ·  line without a bar: no best figure  ·  "
            "each row has its own scale"
        ),
    ]
    assert "Mar 2012, everybody: 50 (40-60)" in spec["description"]


def test_rows_of_tolls_share_the_time_but_not_the_people() -> None:
    periods = [period("2012-01-01", 4, 5, 9_000), period("2012-12-01", 1, 2, 3, "civilians")]
    xs, ys = (
        [
            view["layer"][0]["encoding"][axis]["scale"]
            for view in tolls_chart(periods, "ucdp")["vconcat"]
        ]
        for axis in "xy"
    )
    assert xs[0] == xs[1]
    assert xs[0]["domain"] == [
        {"year": 2012, "month": 1, "date": 1, "utc": True},
        {"year": 2013, "month": 1, "date": 1, "utc": True},
    ]
    # and never logarithmic: the length of a bar tells
    assert [y["domain"][0] for y in ys] == [
        0,
        0,
    ]
    assert ys[0]["domain"][1] > 9_000 > 5 > ys[1]["domain"][1] > 3
    assert not any("type" in y for y in ys)


# What is drawn for a period: a bar, a line with its two caps.
@pytest.mark.parametrize(
    ("low", "best", "high", "bars", "lines"),
    [
        (40, 50, 60, 1, 3),
        (50, 50, 50, 1, 0),  # nothing is open
        (40, None, 60, 0, 3),  # no best figure
        (50, None, 50, 0, 3),  # of a line without length its caps are seen
    ],
)
def test_a_period_is_a_bar_and_a_line(
    low: int, best: int | None, high: int, bars: int, lines: int
) -> None:
    svg = drawn_svg(tolls_chart([period("2012-03-01", low, best, high)], "ucdp"))
    assert svg.count(f'fill="{LIGHT.bar}"') == bars
    drawn = re.findall(rf'<(?:path|line) [^>]*="{LIGHT.ink}"[^>]*>', svg)
    assert len(drawn) == lines


# Labels of the time axis: their form, and how many months or years apart.
@pytest.mark.parametrize(
    ("starts", "unit", "width", "form", "labels"),
    [
        (
            ["2012-01-01", "2012-06-01"],
            "month",
            760,
            "%b %Y",
            ["2012-1", "2012-2", "2012-3", "2012-4", "2012-5", "2012-6"],
        ),
        (["2011-03-01", "2012-12-01"], "month", 350, "%b %Y", ["2011-7", "2012-1", "2012-7"]),
        # years, at January
        (
            ["2001-01-01", "2012-12-01"],
            "month",
            350,
            "%Y",
            ["2002-1", "2004-1", "2006-1", "2008-1", "2010-1", "2012-1"],
        ),
        (["2012-03-01"], "month", 350, "%b %Y", ["2012-3"]),  # a single period
        # their middle is in July
        (
            ["2001-01-01", "2024-01-01"],
            "year",
            350,
            "%Y",
            ["2005-7", "2010-7", "2015-7", "2020-7"],
        ),
        (["2012-10-01", "2012-10-03"], "day", 760, "%-d %b %Y", ["2012-10", "2012-10", "2012-10"]),
    ],
)
def test_time_is_labelled_in_the_middle_of_periods(
    starts: list[str], unit: Unit, width: int, form: str, labels: list[str]
) -> None:
    spec = tolls_chart([period(start, 1, 2, 3, unit=unit) for start in starts], "ucdp", Look(width))
    axis = spec["vconcat"][0]["layer"][0]["encoding"]["x"]["axis"]
    assert axis["format"] == form
    assert [f"{at['year']}-{at['month']}" for at in axis["values"]] == labels


@pytest.mark.parametrize(
    ("periods", "message"),
    [
        (
            [],
            (
                "no incident has both a day and a number of killed under this policy; choose "
                "another policy"
            ),
        ),
        (
            [period("2012-01-01", 1, 1, 1), period("2012-01-01", 1, 1, 1, unit="year")],
            "by month and by year at once; give all periods one unit",
        ),
    ],
)
def test_tolls_that_cannot_be_drawn_are_refused(periods: list[Period], message: str) -> None:
    with pytest.raises(SaysoError, match=message):
        tolls_chart(periods, "ucdp")


def test_tolls_without_everybody_tell_incidents_by_row_only() -> None:
    spec = tolls_chart([period("2012-01-01", 1, 1, 1, "civilians")], "ucdp")
    assert spec["title"]["subtitle"] == [
        "Incidents, Jan 2012, figures under the policy ucdp",
        "bar: best figure",
    ]


def test_the_last_periods_of_the_calendar_are_drawn() -> None:
    for unit in ("day", "month", "year"):
        assert "<svg" in drawn_svg(
            tolls_chart([period(str(period_start(date.max, unit)), 1, 1, 2, unit=unit)], "ucdp")
        )


@pytest.mark.parametrize(
    ("days", "unit"),
    [(0, "day"), (45, "day"), (46, "month"), (12 * 366, "month"), (12 * 366 + 1, "year")],
)
def test_long_spans_have_long_periods(days: int, unit: str) -> None:
    assert unit_for(date(2001, 1, 1), date(2001, 1, 1) + timedelta(days)) == unit


@pytest.mark.parametrize(
    ("unit", "start"), [("day", "2012-10-17"), ("month", "2012-10-01"), ("year", "2012-01-01")]
)
def test_a_period_starts_with_its_first_day(unit: Unit, start: str) -> None:
    assert period_start(date(2012, 10, 17), unit) == date.fromisoformat(start)
