"""How large a circle and how dark a province is for a number of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, pi, sqrt

from sayso.atlas.marks import Sign

# Pixels of the largest circle that a map may have, and of the smallest.
_LARGEST, _SMALLEST = 24.0, 3.0
# All circles together cover no more than this share of the picture, or they would hide the map; the
# smallest are then smaller too, down to this.
_COVER, _SPECK = 0.1, 1.8
# A map of small incidents does not draw them as large as a map of massacres: the largest circle
# stands for at least this many people.
_AT_LEAST = 40
SHADES = 5


@dataclass(frozen=True, slots=True)
class Sizes:
    """The scale of one map: `heaviest` is the weight of the largest circle, `darkest` that of the
    darkest province.
    """

    heaviest: int
    darkest: int
    largest: float
    smallest: float

    def radius(self, weight: int) -> float:
        """In pixels: the circle's area follows the weight, but no circle is too small to see and
        to point at.
        """
        return max(self.smallest, self.largest * sqrt(weight / max(self.heaviest, _AT_LEAST)))

    def shade(self, weight: int) -> int:
        """1 to 5: by the square root of the share of the heaviest, so that one large number does
        not leave all others pale.
        """
        return max(1, ceil(SHADES * sqrt(weight / self.darkest))) if self.darkest else 1


def sizes_for(signs: Sequence[Sign], width: int, height: int) -> Sizes:
    """The sizes for a map of these symbols on a picture of this many pixels."""
    circles = [s.weight for s in signs if s.area is None]
    heaviest = max(circles, default=0)
    darkest = max((s.weight for s in signs if s.area is not None and not s.is_country), default=0)
    room = _COVER * width * height / pi
    shares = sum(circles) / max(heaviest, _AT_LEAST)
    largest = min(_LARGEST, sqrt(room / shares)) if shares else _LARGEST
    smallest = max(_SPECK, min(_SMALLEST, sqrt(room / 2 / len(circles)))) if circles else _SMALLEST
    return Sizes(heaviest, darkest, max(largest, smallest), smallest)
