"""The base map under the symbols: land, coasts, borders, and province borders in the countries
that hold symbols.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.atlas.frame import MapFrame
from sayso.atlas.paths import path, shown, strokes
from sayso.atlas.shapes import Area, Point, countries, provinces

# Below this many pixels to a degree, province borders would be a tangle.
_PROVINCES_FROM = 9.0


@dataclass(frozen=True)
class Ground:
    """The svg of the base map, and the countries on it with their visible rings, the largest
    first.
    """

    svg: str
    visible: tuple[tuple[Area, list[list[Point]]], ...]


@lru_cache(maxsize=64)
def ground(frame: MapFrame, focus: frozenset[str]) -> Ground:
    """The base map of a frame; `focus` are the countries that hold symbols. Maps of one frame
    share it.
    """
    near = [(area, rings) for area in countries().values() if (rings := shown(area, frame))]
    near.sort(key=lambda seen: -_extent(seen[1]))
    land = [
        f'<path class="{name}" d="{data}"/>'
        for name, in_focus in (("map-land", False), ("map-land map-land-near", True))
        if (data := "".join(path(rings) for area, rings in near if (area.key in focus) == in_focus))
    ]
    svg = [f'<rect class="map-sea" width="{frame.width}" height="{frame.height}"/>', *land]
    if frame.scale >= _PROVINCES_FROM and (
        data := "".join(_inner(iso, frame) for iso in sorted(focus))
    ):
        svg.append(f'<path class="map-province" d="{data}"/>')
    return Ground("".join([*svg, *_borders([area for area, _ in near], frame)]), tuple(near))


def _borders(near: Sequence[Area], frame: MapFrame) -> list[str]:
    """Coasts and borders: a line used by one country is a coast, by two a border."""
    if not near:
        return []
    uses = Counter(n for area in countries().values() for n in area.numbers())
    lines, numbers = near[0].lines, {n for area in near for n in area.numbers()}
    kinds = {
        "map-coast": {n for n in numbers if uses[n] == 1},
        "map-border": {n for n in numbers if uses[n] > 1},
    }
    return [
        f'<path class="{name}" d="{path(strokes(lines, found, frame), closed=False)}"/>'
        for name, found in kinds.items()
        if found
    ]


def _inner(iso: str, frame: MapFrame) -> str:
    """The borders between a country's provinces."""
    found = provinces(iso)
    if not found:
        return ""
    lines = found[0].lines
    return path(
        strokes(lines, {n for p in found for n in p.numbers() if n >= lines.first}, frame),
        closed=False,
    )


def _extent(rings: Sequence[Sequence[Point]]) -> float:
    """The largest ring's width times its height, in square pixels."""
    return max(
        (max(x for x, _ in r) - min(x for x, _ in r))
        * (max(y for _, y in r) - min(y for _, y in r))
        for r in rings
    )
