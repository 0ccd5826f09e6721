"""Shapes as path data: projected, thinned to what the scale can show, cut at the frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from sayso.atlas.frame import MapFrame
from sayso.atlas.shapes import Area, Lines, Point, Polyline

# Points nearer to the last one than this, in pixels, are left out.
_STEP = 1.2
# On a map of a continent or more the steps are coarser: there are more coasts to draw, and less to
# see of each.
_COARSE_STEP, _COARSE = 2.4, 9.0
# Shapes are cut this many pixels outside the frame, so that no cut edge is seen.
_MARGIN = 6
# Rings that cover less than this, in square pixels, are left out.
_SPECK, _COARSE_SPECK = 1.2, 6.0
_TURNS = (-360.0, 0.0, 360.0)


def shown(area: Area, frame: MapFrame) -> list[list[Point]]:
    """The rings of a shape as pixels, cut at the frame; none where it lies outside."""
    return [
        ring
        for turn in _TURNS
        if area.box.meets(frame.box, turn)
        for ring in _rings(area, frame, turn)
    ]


def _rings(area: Area, frame: MapFrame, turn: float) -> Iterator[list[Point]]:
    for ring in area.rings:
        points = list(chain.from_iterable(_directed(area.lines, ref, frame, turn) for ref in ring))
        cut = _cut(points, frame)
        if len(cut) > 2 and abs(_area(cut)) > (_COARSE_SPECK if frame.scale < _COARSE else _SPECK):
            yield cut


def _directed(lines: Lines, ref: int, frame: MapFrame, turn: float) -> list[Point]:
    points = thinned(lines.line(ref if ref >= 0 else ~ref), frame, turn)
    return points[:-1] if ref >= 0 else points[:0:-1]


def thinned(line: Polyline, frame: MapFrame, turn: float) -> list[Point]:
    """A line in pixels; both its ends are kept, so that lines still meet.

    Only the ends are kept of a line whose box is outside the frame: what joins them lies in the
    same box.
    """
    points = line.points
    if not line.box.meets(frame.box, turn):
        points = (points[0], points[-1])
    # What `MapFrame.xy` does, without a call for each of many thousand points.
    across, down = frame.across, frame.scale
    left, top = (
        frame.width / 2 + (turn - frame.longitude) * across,
        frame.height / 2 + frame.latitude * down,
    )
    step = _COARSE_STEP if frame.scale < _COARSE else _STEP
    found = [(left + points[0][0] * across, top - points[0][1] * down)]
    x0, y0 = found[0]
    for longitude, latitude in points[1:-1]:
        x, y = left + longitude * across, top - latitude * down
        if abs(x - x0) + abs(y - y0) >= step:
            found.append((x, y))
            x0, y0 = x, y
    found.append((left + points[-1][0] * across, top - points[-1][1] * down))
    return found


def _cut(points: Sequence[Point], frame: MapFrame) -> list[Point]:
    """A ring cut to the frame, side by side (Sutherland and Hodgman 1974)."""
    found = list(points)
    for axis, bound, keeps_above in _sides(frame):
        if not found:
            break
        found = list(_half(found, axis, bound, keeps_above))
    return found


def _sides(frame: MapFrame) -> tuple[tuple[int, float, bool], ...]:
    return (
        (0, -_MARGIN, True),
        (0, frame.width + _MARGIN, False),
        (1, -_MARGIN, True),
        (1, frame.height + _MARGIN, False),
    )


def _half(points: Sequence[Point], axis: int, bound: float, keeps_above: bool) -> Iterator[Point]:
    """The part of a ring on one side of a line along an axis."""
    last = points[-1]
    was_in = (last[axis] >= bound) == keeps_above
    for point in points:
        is_in = (point[axis] >= bound) == keeps_above
        if is_in != was_in:
            share = (bound - last[axis]) / (point[axis] - last[axis])
            yield last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])
        if is_in:
            yield point
        last, was_in = point, is_in


def _area(points: Sequence[Point]) -> float:
    return (
        sum(
            x1 * y2 - x2 * y1
            for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True)
        )
        / 2
    )


def strokes(lines: Lines, numbers: Iterable[int], frame: MapFrame) -> list[list[Point]]:
    """Lines as open strokes in pixels, without the stretches outside the frame and the seam at 180
    degrees.
    """
    found = []
    for number in sorted(numbers):
        line = lines.line(number)
        if frame.scale < _COARSE and _is_speck(line, frame):
            continue
        if (
            abs(line.points[0][0]) == abs(line.points[-1][0]) == 180
            and line.box.west == line.box.east
        ):
            continue
        for turn in _TURNS:
            if line.box.meets(frame.box, turn):
                found += _inside(thinned(line, frame, turn), frame)
    return found


def _is_speck(line: Polyline, frame: MapFrame) -> bool:
    """Whether the line is the coast of an island too small to be drawn."""
    box = line.box
    return (
        line.points[0] == line.points[-1]
        and (box.east - box.west) * frame.across * (box.north - box.south) * frame.scale
        < 2 * _COARSE_SPECK
    )


def _inside(points: Sequence[Point], frame: MapFrame) -> list[list[Point]]:
    """The visible runs of a stroke's pieces: a piece may cross the frame though both its ends lie
    outside.
    """
    runs: list[list[Point]] = []
    was_seen = False
    for one, other in pairwise(points):
        is_seen = _may_cross(one, other, frame)
        if is_seen and not was_seen:
            runs.append([one])
        if is_seen:
            runs[-1].append(other)
        was_seen = is_seen
    return runs


def _may_cross(one: Point, other: Point, frame: MapFrame) -> bool:
    return (
        min(one[0], other[0]) <= frame.width + _MARGIN
        and max(one[0], other[0]) >= -_MARGIN
        and min(one[1], other[1]) <= frame.height + _MARGIN
        and max(one[1], other[1]) >= -_MARGIN
    )


def path(rings: Iterable[Sequence[Point]], closed: bool = True) -> str:
    """Path data, in tenths of a pixel, each point as a step from the last."""
    return "".join(_subpath(ring, closed) for ring in rings)


def _subpath(ring: Sequence[Point], closed: bool) -> str:
    x, y = round(ring[0][0] * 10), round(ring[0][1] * 10)
    pieces = [f"M{_tenths(x)} {_tenths(y)}l"]
    for px, py in ring[1:]:
        nx, ny = round(px * 10), round(py * 10)
        if nx != x or ny != y:
            dx, dy = _tenths(nx - x), _tenths(ny - y)
            before = "" if dx[0] == "-" or len(pieces) == 1 else " "  # a minus separates numbers
            pieces.append(f"{before}{dx}{'' if dy[0] == '-' else ' '}{dy}")
            x, y = nx, ny
    if len(pieces) == 1:
        return ""
    return "".join([*pieces, "z"] if closed else pieces)


def _tenths(n: int) -> str:
    whole, rest = divmod(abs(n), 10)
    sign = "-" if n < 0 else ""
    return (
        f"{sign}{whole}.{rest}"
        if rest and whole
        else f"{sign}.{rest}"
        if rest
        else f"{sign}{whole}"
    )
