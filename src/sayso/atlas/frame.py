"""The part of the globe that is shown, and where a point of it stands on the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

from sayso.atlas.shapes import Box

# The fewest degrees of latitude, or as much in longitude, that are shown: about 170 km. Closer in,
# the simplified borders would look more exact than they are.
NEAREST = 1.5
# A single place is shown with enough land around it for a reader to see where it is.
_ALONE, _POINT = 4.0, 0.1
# Pixels left free around what is shown.
_ROOM = 42
# Kilometres in a degree of latitude.
DEGREE = 111.2


@dataclass(frozen=True)
class MapFrame:
    """A window on the globe, in pixels of `scale` to a degree of latitude.

    The projection is the equirectangular one with its standard parallel at the middle: distances
    are true along that parallel and along meridians. Shapes far north or south of it are stretched
    or squeezed: little in a country of ten degrees (under 6% at 35 degrees of latitude), much in a
    map of the world, where only positions should be read.
    """

    longitude: float
    latitude: float
    scale: float
    width: int
    height: int

    @cached_property
    def across(self) -> float:
        """Pixels to a degree of longitude."""
        return self.scale * max(0.2, cos(radians(self.latitude)))

    @cached_property
    def box(self) -> Box:
        """What is shown, in degrees; it may reach over 180 degrees, or below -180."""
        x, y = self.width / 2 / self.across, self.height / 2 / self.scale
        return Box(self.longitude - x, self.latitude - y, self.longitude + x, self.latitude + y)

    def near(self, longitude: float) -> float:
        """The longitude as counted in this frame: turned around the globe to lie nearest its
        middle.
        """
        return longitude + 360 * round((self.longitude - longitude) / 360)

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Pixels from the left and the top of a point whose longitude is counted as in this
        frame.
        """
        return self.width / 2 + (longitude - self.longitude) * self.across, self.height / 2 - (
            latitude - self.latitude
        ) * self.scale


def frame_around(boxes: Sequence[Box], width: int, height: int) -> MapFrame:
    """The frame that shows all the boxes with room around them; the whole world where there are
    none.
    """
    if not boxes:
        return MapFrame(0.0, 20.0, width / 360 / cos(radians(20)), width, height)
    west, east = shortest_span([(b.west, b.east) for b in boxes])
    south, north = min(b.south for b in boxes), max(b.north for b in boxes)
    latitude = (south + north) / 2
    squeeze = max(0.2, cos(radians(latitude)))
    room = min(_ROOM, width // 5, height // 5)
    nearest = NEAREST if east - west + north - south > _POINT else _ALONE
    wide, high = max((east - west) * squeeze, nearest), max(north - south, nearest)
    scale = max(min((width - 2 * room) / wide, (height - 2 * room) / high), width / 360 / squeeze)
    return MapFrame((west + east) / 2, latitude, scale, width, height)


def shortest_span(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The shortest stretch of longitudes around the globe that holds all spans: all but the widest
    gap between them.
    """
    turned = sorted((w - 360 * ((w + 180) // 360), e - 360 * ((w + 180) // 360)) for w, e in spans)
    reach, gap, start = turned[0][1], turned[0][0] + 360 - max(e for _, e in turned), 0
    for i, (west, east) in enumerate(turned):
        if west - reach > gap:
            gap, start = west - reach, i
        reach = max(reach, east)
    east = max([e + 360 for _, e in turned[:start]] + [e for _, e in turned[start:]])
    return turned[start][0], min(east, turned[start][0] + 360)
