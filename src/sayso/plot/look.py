"""How every picture looks: type, ink, colours with their shapes, and its frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sayso.errors import SaysoError
from sayso.plot.measure import shortened, width_of, wrapped_to

Spec = dict[str, Any]

# Six of the colours that Okabe and Ito chose to be distinguishable with any colour vision
# (jfly.uni-koeln.de/color, 2008), the purple and the orange darker; their yellow is lost on a light
# ground. Each has a shape, so that colour is never the only distinction.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B5588F", "#56B4E9", "#C98A00")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-right")
REST = "#9a9a96"
# The first is built into the renderer, so that a picture is the same on every machine; a browser
# takes the first that it has. All but the last have the same widths, so that words stay where they
# were measured: a page's own font is not loaded for a picture in it.
FONT = "Liberation Sans, Helvetica, Arial, sans-serif"
# How many figures are also given in words, for those who cannot see the picture.
SPOKEN = 40
# What stands between the notes under a title; several spaces would be drawn as one.
BETWEEN = "  ·  "
# How many characters of a name, and of a quotation, are shown.
NAME_WIDTH, QUOTE_WIDTH = 42, 220


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture: of words, of lines, of everything that shares one colour, of the
    ground, and of the claimants.

    `bar` is the colour of a bar that a line is drawn over; `pale` the opacity of a bar between two
    figures.
    """

    ink: str
    soft: str
    faint: str
    line: str
    rest: str
    ground: str
    colours: tuple[str, ...]
    bar: str
    pale: float


LIGHT = Palette(
    ink="#22262b",
    soft="#6a6d70",
    faint="#e7e4dd",
    line="#bdbab2",
    rest=REST,
    ground="#fdfcfa",
    colours=COLOURS,
    bar="#5498C0",
    pale=0.3,
)
# The same hues, lighter: each has a contrast with the ground of at least 3 to 1, as WCAG 2.2 asks
# for graphics (1.4.11), words of 4.5 to 1.
DARK = Palette(
    ink="#e9e7e2",
    soft="#a3a6a8",
    faint="#2b3036",
    line="#565c63",
    rest="#85898c",
    ground="#15181c",
    colours=("#4E9FE6", "#F07B33", "#1FB58A", "#DE8FBE", "#A5DDF7", "#E9C14B"),
    bar="#3A76A8",
    pale=0.5,
)

# The width in pixels below which a picture has no room for words beside what it draws; and the
# least at which it can be read at all.
_NARROW, _LEAST = 560, 240
_TITLE, _NARROW_TITLE, _UNDER = 19, 17, 12


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn to suit its place: on a page of its own, or as an image in a web page,
    wide or narrow, light or dark.

    `width` is that of the whole picture in CSS pixels; None lets it be as wide as its words need.
    `title` False leaves the title out, for a page that has it as its heading. `transparent` leaves
    out the ground and the margins, for a page that has both; the colours still assume a ground of
    `palette.ground`. Raises SaysoError for a width too small for anything to be read.
    """

    width: int | None = None
    dark: bool = False
    title: bool = True
    transparent: bool = False

    def __post_init__(self) -> None:
        if self.width is not None and self.width < _LEAST:
            raise SaysoError(
                f"a picture {self.width} pixels wide cannot be read; give it at least {_LEAST}"
            )

    @property
    def palette(self) -> Palette:
        return DARK if self.dark else LIGHT

    @property
    def is_narrow(self) -> bool:
        """Whether words must stand above what they describe, not beside it."""
        return self.width is not None and self.width < _NARROW

    @property
    def margins(self) -> dict[str, int]:
        """Pixels on each side that stay empty."""
        if self.transparent:
            return {"left": 2, "top": 2, "right": 2, "bottom": 2}
        if self.is_narrow:
            return {"left": 12, "top": 14, "right": 12, "bottom": 12}
        return {"left": 18, "top": 18, "right": 22, "bottom": 16}

    @property
    def room(self) -> int | None:
        """Pixels between the margins; None where the picture is as wide as its words need."""
        return (
            None
            if self.width is None
            else self.width - self.margins["left"] - self.margins["right"]
        )

    def sized(self, plot: int) -> Spec:
        """The width of a single view: `plot` pixels inside its axes, or whatever the picture's
        width leaves.
        """
        return (
            {"width": plot}
            if self.width is None
            else {"width": self.width, "autosize": {"type": "fit-x", "contains": "padding"}}
        )


# The look of a picture that is a file of its own.
PLAIN = Look()


def framed(title: str, under: list[str], description: str, spec: Spec, look: Look) -> Spec:
    """The spec with its title, the lines under it, its description for those who cannot see it, and
    the look that all pictures share.
    """
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": description,
        "title": _heading(title, [line for line in under if line], look),
        "background": "transparent" if look.transparent else look.palette.ground,
        "padding": look.margins,
        **spec,
        "config": _config(look),
    }


def _heading(title: str, under: list[str], look: Look) -> Spec:
    size = _NARROW_TITLE if look.is_narrow else _TITLE
    if look.room is None:
        lines = wrapped(title, 78)
    else:
        lines, under = (
            wrapped_to(title, look.room, size, bold=True, most=4),
            [part for line in under for part in _parted(line, look.room)],
        )
    if look.title:
        return {"text": lines, "subtitle": under} | (
            {"fontSize": size, "lineHeight": size + 4} if look.is_narrow else {}
        )
    # An empty title would still take up a line: the lines under it take its place.
    return {
        "text": under,
        "fontSize": _UNDER,
        "fontWeight": "normal",
        "color": look.palette.soft,
        "lineHeight": 17,
    }


def _parted(line: str, pixels: int) -> list[str]:
    """A line under the title in lines no wider than `pixels`, broken between its notes where that
    is enough.
    """
    lines: list[str] = []
    for note in line.split(BETWEEN):
        longer = BETWEEN.join([*lines[-1:], note])
        if width_of(longer, _UNDER) <= pixels:
            lines[-1:] = [longer]
        else:
            lines += wrapped_to(note, pixels, _UNDER)
    return lines


def _config(look: Look) -> Spec:
    colours = look.palette
    return {
        "font": FONT,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "font": FONT,
            "fontSize": _TITLE,
            "fontWeight": "bold",
            "color": colours.ink,
            "lineHeight": 23,
            "subtitleFont": FONT,
            "subtitleFontSize": _UNDER,
            "subtitleColor": colours.soft,
            "subtitleLineHeight": 17,
            "subtitlePadding": 7,
            "offset": 20,
        },
        "axis": {
            "labelColor": colours.soft,
            "labelFontSize": 11.5,
            "titleColor": colours.soft,
            "titleFontSize": 11.5,
            "titleFontWeight": "normal",
            "gridColor": colours.faint,
            "domainColor": colours.line,
            "tickColor": colours.line,
            "labelPadding": 6,
        },
        "legend": {
            "titleColor": colours.soft,
            "titleFontSize": 11.5,
            "titleFontWeight": "normal",
            "labelColor": colours.ink,
            "labelFontSize": 12,
            "labelLimit": 300,
            "symbolSize": 80,
            "symbolOpacity": 1,
            "rowPadding": 5,
            "titlePadding": 8,
            "offset": 26,
        },
    }


def legend_above(words: Iterable[str], pixels: float) -> Spec:
    """A legend on top of a picture, in as many columns as fit in `pixels`."""
    widest = max(width_of(w, 12) for w in words) + _SYMBOL
    columns = max(1, int((pixels + _APART) // (widest + _APART)))
    return {
        "orient": "top",
        "direction": "vertical",
        "columns": columns,
        "columnPadding": _APART,
        "offset": 30,
        "labelLimit": int((pixels - _APART * (columns - 1)) / columns - _SYMBOL),
        "symbolStrokeWidth": 1.5,
    }


# Pixels that the symbol before a legend's words takes, and pixels between its columns.
_SYMBOL, _APART = 20, 18


def wrapped(words: str, width: int) -> list[str]:
    """The words in lines of about `width` characters; at most three."""
    lines = [""]
    for word in shortened(words, 3 * width).split():
        if lines[-1] and len(lines[-1]) + len(word) >= width and len(lines) < 3:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 report", "1,200 reports"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
