"""What is put on the map, and how it is gathered by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.atlas.lookup import area_of
from sayso.atlas.shapes import Area, Box, countries
from sayso.model import Where

# The tone of a symbol whose marks differ in tone.
MIXED = "mixed"
# Places without a GeoNames id are the same when they agree to this many decimals of a degree: about
# 100 m.
_SAME = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the map.

    `label` is plain text; `href` where it leads, or None; `weight` a number of people, which a
    circle's area and a province's shade follow (below 0 counts as 0); `tone` the end of a class
    name, such as `machine` or `disputed`.
    """

    where: Where
    label: str
    href: str | None = None
    weight: int = 0
    tone: str = "machine"


@dataclass(frozen=True, slots=True)
class Sign:
    """All the marks of one place, heaviest first: a circle where `area` is None, else that shape.

    `href` is that of the only mark, or of the heaviest that has one; the page can set another.
    """

    marks: tuple[Mark, ...]
    name: str
    weight: int
    area: Area | None
    longitude: float
    latitude: float

    @property
    def tone(self) -> str:
        """The tone of all marks, or `mixed`."""
        tones = {m.tone for m in self.marks}
        return self.marks[0].tone if len(tones) == 1 else MIXED

    @property
    def href(self) -> str | None:
        """Where the heaviest mark that leads somewhere leads."""
        return next((m.href for m in self.marks if m.href), None)

    @property
    def is_country(self) -> bool:
        """Whether only the country is known."""
        return self.area is not None and self.area.key == self.area.country

    @property
    def box(self) -> Box:
        """The part of the map that it takes, in degrees."""
        return (
            self.area.frame
            if self.area
            else Box(self.longitude, self.latitude, self.longitude, self.latitude)
        )

    def words(self, most: int) -> str:
        """The labels of the heaviest marks, up to `most`, and how many more there are."""
        labels = [m.label for m in self.marks[:most]]
        left = len(self.marks) - len(labels)
        return "; ".join([*labels, f"and {left:,} more"] if left and labels else labels)


def gather(marks: Sequence[Mark]) -> list[Sign]:
    """One symbol for each place: countries first, then provinces, then towns and points, each kind
    heaviest first.

    Marks that cannot be drawn are left out: see `undrawn`.
    """
    places: dict[str, list[Mark]] = {}
    for mark in marks:
        if (key := _place(mark.where)) is not None:
            places.setdefault(key, []).append(mark)
    signs = [_sign(found) for found in places.values()]
    return sorted(signs, key=lambda s: (not s.is_country, s.area is None, -s.weight, s.name))


def undrawn(marks: Sequence[Mark]) -> int:
    """How many of the marks have no place on the map: no point, or a province whose shape is not
    certain.
    """
    return sum(_place(m.where) is None for m in marks)


def _place(where: Where) -> str | None:
    """What marks of one place have in common."""
    if where.precision not in ("point", "town"):
        area = area_of(where)
        return f"area {area.key}" if area else None
    if (
        where.latitude is None
        or where.longitude is None
        or not (-90 <= where.latitude <= 90 and -180 <= where.longitude <= 180)
    ):
        return None
    return f"town {where.geonames or (round(where.latitude, _SAME), round(where.longitude, _SAME))}"


def _sign(marks: Sequence[Mark]) -> Sign:
    ordered = tuple(sorted(marks, key=lambda m: -m.weight))
    where, area = ordered[0].where, area_of(ordered[0].where)
    # A province is named as the gazetteer names it only where that is its own entry; a district's
    # name is not its province's.
    name = where.name or where.text
    if (
        area is not None
        and area.name
        and (where.precision == "country" or where.geonames != area.geonames)
    ):
        name = area.name
    weight = sum(max(0, m.weight) for m in ordered)
    return Sign(ordered, name, weight, area, where.longitude or 0.0, where.latitude or 0.0)


def holders(signs: Sequence[Sign]) -> frozenset[str]:
    """The countries that hold symbols, by their ISO codes."""
    named = {s.area.country if s.area else s.marks[0].where.country for s in signs}
    return frozenset(c for c in named if c in countries())
