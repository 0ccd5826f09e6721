"""How every picture looks: type, ink, colours with their shapes, and what a picture is framed by."""

from __future__ import annotations

from typing import Any

Spec = dict[str, Any]

# Six of the colours that Okabe and Ito chose to be told apart with any colour vision (jfly.uni-koeln.de/color, 2008), the purple
# and the orange darker; their yellow is lost on a light ground. Each has a shape, so that colour is never the only sign.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B5588F", "#56B4E9", "#C98A00")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-right")
INK, SOFT, FAINT, REST, GROUND = "#22262b", "#6a6d70", "#e7e4dd", "#9a9a96", "#fdfcfa"
# The first is inside the renderer, so that a picture is the same on every machine; a browser takes the first that it has.
FONT = "Liberation Sans, Helvetica, Arial, sans-serif"
# So many figures are also told in words, for those who cannot see the picture.
SPOKEN = 40
# What stands between the notes under a title; spaces alone would be drawn as one.
BETWEEN = "  ·  "
# Characters of a name that are shown; of a quotation.
NAME_WIDTH, QUOTE_WIDTH = 42, 220


def framed(title: str, under: list[str], description: str, spec: Spec) -> Spec:
    """The spec with its title, the lines under it, its words for those who cannot see it, and the look of all pictures."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": description,
        "title": {"text": wrapped(title, 78), "subtitle": [line for line in under if line]},
        "background": GROUND,
        "padding": {"left": 18, "top": 18, "right": 22, "bottom": 16},
        **spec,
        "config": _CONFIG,
    }


_CONFIG: Spec = {
    "font": FONT,
    "view": {"stroke": None},
    "title": {
        "anchor": "start", "frame": "bounds", "font": FONT, "fontSize": 19, "fontWeight": "bold", "color": INK, "lineHeight": 23,
        "subtitleFont": FONT, "subtitleFontSize": 12, "subtitleColor": SOFT, "subtitleLineHeight": 17, "subtitlePadding": 7, "offset": 20,
    },
    "axis": {
        "labelColor": SOFT, "labelFontSize": 11.5, "titleColor": SOFT, "titleFontSize": 11.5, "titleFontWeight": "normal",
        "gridColor": FAINT, "domainColor": "#bdbab2", "tickColor": "#bdbab2", "labelPadding": 6,
    },
    "legend": {
        "titleColor": SOFT, "titleFontSize": 11.5, "titleFontWeight": "normal", "labelColor": INK, "labelFontSize": 12,
        "labelLimit": 300, "symbolSize": 80, "symbolOpacity": 1, "rowPadding": 5, "titlePadding": 8, "offset": 26,
    },
}  # fmt: skip


def shortened(words: str, width: int) -> str:
    """The words, cut to so many characters at the end of one of them."""
    if len(words) <= width:
        return words
    kept = words[: width - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept[width // 2 :] else kept}…"


def wrapped(words: str, width: int) -> list[str]:
    """The words in lines of about so many characters; at most three."""
    lines = [""]
    for word in shortened(words, 3 * width).split():
        if lines[-1] and len(lines[-1]) + len(word) >= width and len(lines) < 3:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 report", "1,200 reports"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
