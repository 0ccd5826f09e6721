"""What the symbols mean, in the corner where it covers least, and the scale bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from sayso.atlas.frame import DEGREE, MapFrame
from sayso.atlas.labels import Patch, text_width
from sayso.atlas.marks import Sign
from sayso.atlas.sizes import SHADES, Sizes

_SIZE = 11
_ROW, _LEADING = 17, 12.5
_PAD = 8
_EDGE = 10
_SWATCH = 14
# A scale bar is no longer than this, in pixels; a map of more degrees than this from south to north
# has none, since no length is true on all of it.
_LONGEST = 110
_TOO_WIDE = 50
_PROVINCE, _COUNTRY, _NOBODY = (
    "only the province is known",
    "only the country is known",
    "number not given, or none",
)


@dataclass(frozen=True, slots=True)
class Corner:
    """A piece of svg and what it covers."""

    svg: str
    patch: Patch


_NOTHING = Corner("", Patch(0, 0, 0, 0))


def legend(
    frame: MapFrame, signs: Sequence[Sign], sizes: Sizes, unit: str, circles: Sequence[Patch]
) -> Corner:
    """The legend, only of what is on this map; nothing where that needs no words."""
    keys = _keys(sizes) if any(s.area is None and s.weight for s in signs) else []
    rows = list(_rows(signs))
    if not keys and not rows:
        return _NOTHING
    largest = sizes.radius(keys[0]) if keys else 0.0
    tall = max(2 * largest, _LEADING * len(keys))
    numbers = [f"{n:,}" for n in keys]
    numbers[:1] = [f"{n} {unit}" for n in numbers[:1]]
    texts = [2 * largest + 16 + text_width(t, _SIZE) for t in numbers] + [
        _SWATCH + 8 + text_width(t, _SIZE) for _, t in rows
    ]
    width, high = (
        max(texts) + 2 * _PAD,
        (tall + 8 if keys else 0) + _ROW * len(rows) + 2 * _PAD - (3 if rows else 8),
    )
    left, top = _quietest(frame, width, high, circles)
    svg = [
        (
            f'<rect class="map-legend-box" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{high:.1f}"/>'
        )
    ]
    svg += _nested(left + _PAD, top + _PAD, keys, numbers, sizes)
    start = top + _PAD + (tall + 8 if keys else 0)
    svg += [_row(left + _PAD, start + i * _ROW, kind, text) for i, (kind, text) in enumerate(rows)]
    return Corner(
        f'<g class="map-legend">{"".join(svg)}</g>', Patch(left, top, left + width, top + high)
    )


def _keys(sizes: Sizes) -> list[int]:
    """Round numbers of people whose circles are shown: about the largest on the map, and smaller
    ones that can be distinguished from it.
    """
    first = _round(sizes.heaviest)
    keys = dict.fromkeys(n for n in (first, _round(first / 4), _round(first / 20)) if n >= 1)
    return [n for n in keys if n == first or sizes.radius(n) > 1.3 * sizes.smallest]


def _round(number: float) -> int:
    """The largest 1, 2 or 5 times a power of ten that is no larger."""
    if number < 1:
        return 0
    power = 10 ** floor(log10(number))
    return int(next(m * power for m in (5, 2, 1) if m * power <= number))


def _rows(signs: Sequence[Sign]) -> Iterator[tuple[str, str]]:
    if any(s.area is None and not s.weight for s in signs):
        yield "map-ring", _NOBODY
    if any(s.area and not s.is_country for s in signs):
        yield f"map-area map-fill-{(SHADES + 1) // 2}", _PROVINCE
    if any(s.is_country for s in signs):
        yield "map-nation", _COUNTRY


def _row(x: float, y: float, kind: str, text: str) -> str:
    middle = y + _ROW / 2 - 3
    if kind == "map-ring":
        key = f'<circle class="map-key {kind}" cx="{x + _SWATCH / 2:.1f}" cy="{middle:.1f}" r="3"/>'
    else:
        key = (
            f'<rect class="map-key {kind}" x="{x:.1f}" y="{middle - 5:.1f}" width="{_SWATCH}" '
            f'height="10"/>'
        )
    return (
        f'{key}<text class="map-legend-text" x="{x + _SWATCH + 8:.1f}" '
        f'y="{middle + 4:.1f}">{text}</text>'
    )


def _nested(
    x: float, y: float, keys: Sequence[int], texts: Sequence[str], sizes: Sizes
) -> Iterator[str]:
    """Circles that stand on one point, each with a line from its top to its number."""
    if not keys:
        return
    largest, line = sizes.radius(keys[0]), y - _LEADING
    for size, text in zip(keys, texts, strict=True):
        r = sizes.radius(size)
        top = y + 2 * largest - 2 * r
        line = max(top, line + _LEADING)
        yield (
            f'<circle class="map-key map-circle" cx="{x + largest:.1f}" cy="{top + r:.1f}" '
            f'r="{r:.1f}"/>'
        )
        yield (
            f'<path class="map-legend-line" d="M{x + largest:.1f} '
            f'{top:.1f}L{x + 2 * largest + 11:.1f} {line + 1:.1f}"/>'
        )
        yield (
            f'<text class="map-legend-text" x="{x + 2 * largest + 14:.1f}" '
            f'y="{line + 5:.1f}">{escape(text)}</text>'
        )


def _quietest(
    frame: MapFrame, width: float, height: float, circles: Sequence[Patch]
) -> tuple[float, float]:
    """Left and top of the corner where the fewest circles would be covered."""
    right, bottom = frame.width - _EDGE - width, frame.height - _EDGE - height
    corners = [(right, bottom), (_EDGE, bottom), (right, _EDGE), (_EDGE, _EDGE)]
    return min(
        corners,
        key=lambda c: sum(
            Patch(c[0], c[1], c[0] + width, c[1] + height).overlaps(p) for p in circles
        ),
    )


def scale_bar(frame: MapFrame, taken: Patch) -> Corner:
    """A bar of a round number of kilometres, true at the middle of the map; none on a map of half
    the world.
    """
    if frame.height / frame.scale > _TOO_WIDE:
        return _NOTHING
    pixels = frame.scale / DEGREE
    length = _round(_LONGEST / pixels)
    wide, text = length * pixels, f"{length:,} km"
    y = frame.height - _EDGE - 4
    left = (
        _EDGE + 2
        if taken.left > frame.width / 3 or taken.bottom < frame.height / 2
        else frame.width - _EDGE - 2 - wide
    )
    bar = f'<path class="map-scale" d="M{left:.1f} {y - 5}v5h{wide:.1f}v-5"/>'
    words = (
        f'<text class="map-scale-text" x="{left + wide / 2:.1f}" y="{y - 4}" '
        f'text-anchor="middle">{text}</text>'
    )
    return Corner(bar + words, Patch(left - 4, y - 18, left + wide + 4, y + 6))
