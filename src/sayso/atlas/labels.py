"""Where words go: names of towns beside their circles, names of areas where there is room inside,
none over another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.atlas.shapes import Point

# Mean width of a letter, as a share of its size, in the sans-serif types of browsers; capitals are
# spaced by the style sheet.
_LETTER, _CAPITAL = 0.52, 0.84
# Lines on which the room in an area is measured.
_SCANS = 32
# About how many points of an outline are enough to measure that room.
_CORNERS = 120


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of the picture, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Patch) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, other: Patch) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands: its anchor point on the base line, the `text-anchor` of that point, and
    what the text covers.
    """

    x: float
    y: float
    anchor: str
    patch: Patch


def text_width(text: str, size: float, capitals: bool = False) -> float:
    """About how wide the text is, in pixels."""
    return len(text) * size * (_CAPITAL if capitals else _LETTER)


def beside(
    x: float,
    y: float,
    radius: float,
    width: float,
    size: float,
    taken: Iterable[Patch],
    picture: Patch,
) -> Spot | None:
    """A free spot right, left, above or below a circle, in that order."""
    taken = list(taken)
    for spot in _around(x, y, radius, width, size):
        if spot.patch.is_within(picture) and not any(spot.patch.overlaps(t) for t in taken):
            return spot
    return None


def _around(x: float, y: float, radius: float, width: float, size: float) -> Iterator[Spot]:
    gap, half = radius + 3, size * 0.36
    for left, anchor, at in ((x + gap, "start", x + gap), (x - gap - width, "end", x - gap)):
        yield Spot(at, y + half, anchor, Patch(left, y - size * 0.6, left + width, y + size * 0.6))
    for base in (y - gap - 1, y + gap + size * 0.8):
        yield Spot(
            x,
            base,
            "middle",
            Patch(x - width / 2, base - size * 0.9, x + width / 2, base + size * 0.25),
        )


def inside(
    rings: Sequence[Sequence[Point]],
    width: float,
    size: float,
    taken: Sequence[Patch],
    picture: Patch,
) -> Spot | None:
    """The roomiest spot in a shape, toward its middle; None where the text does not fit."""
    rings = [ring[:: len(ring) // _CORNERS + 1] for ring in rings]
    ys = [y for ring in rings for _, y in ring]
    top, bottom = max(min(ys), picture.top) + size * 0.6, min(max(ys), picture.bottom) - size * 0.6
    middle, best, found = (top + bottom) / 2, 0.0, None
    for i in range(_SCANS + 1):
        y = top + (bottom - top) * i / _SCANS
        for left, right in _free(rings, y, size, taken, picture):
            score = min(right - left, 2.2 * width) - 0.6 * abs(y - middle)
            if right - left >= width + 6 and (found is None or score > best):
                x = (left + right) / 2
                best, found = (
                    score,
                    Spot(
                        x,
                        y + size * 0.36,
                        "middle",
                        Patch(x - width / 2, y - size * 0.6, x + width / 2, y + size * 0.6),
                    ),
                )
    return found


def _free(
    rings: Sequence[Sequence[Point]], y: float, size: float, taken: Sequence[Patch], picture: Patch
) -> list[tuple[float, float]]:
    """The stretches inside the shape at a height, over the whole height of a text, that nothing
    else covers.
    """
    upper, lower = (list(_crossed(rings, y + d)) for d in (-size * 0.55, size * 0.55))
    stretches = [
        (left, right)
        for a, b in upper
        for c, d in lower
        if (left := max(a, c, picture.left)) < (right := min(b, d, picture.right))
    ]
    for t in taken:
        if t.top < y + size * 0.6 and t.bottom > y - size * 0.6:
            stretches = [
                s
                for a, b in stretches
                for s in ((a, min(b, t.left - 2)), (max(a, t.right + 2), b))
                if s[0] < s[1]
            ]
    return stretches


def _crossed(rings: Sequence[Sequence[Point]], y: float) -> Iterator[tuple[float, float]]:
    """From where to where a horizontal line is inside the shape."""
    xs = []
    for ring in rings:
        x1, y1 = ring[-1]
        for x2, y2 in ring:
            if (y1 > y) != (y2 > y):
                xs.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
            x1, y1 = x2, y2
    xs.sort()
    return zip(xs[::2], xs[1::2], strict=False)
