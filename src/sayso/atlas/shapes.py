"""The shapes of countries and provinces, read from the package when first asked for.

Borders are lines that both sides share, so that neighbours fit; a shape is rings of numbers of such
lines, `~n` for line n backwards. The countries are one file; the provinces of each country are a
member of an archive, read alone.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate, chain
from typing import Any

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees, WGS 84; `east` is over 180 where the box lies across that line."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Box, shift: float = 0.0) -> bool:
        """Whether the two have a point in common when this one is moved `shift` degrees
        eastward.
        """
        return (
            self.west + shift <= other.east
            and other.west <= self.east + shift
            and self.south <= other.north
            and other.south <= self.north
        )

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point is in the box."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


def box_around(points: Sequence[Point]) -> Box:
    """The smallest box that holds the points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Polyline:
    """A piece of border or coast, as longitudes and latitudes in degrees."""

    points: tuple[Point, ...]
    box: Box


class Lines:
    """Numbered lines, decoded when first asked for. The numbers of a country's own lines follow the
    world's.
    """

    def __init__(
        self, coded: Sequence[Sequence[int]], quantum: int, world: Lines | None = None
    ) -> None:
        self._coded = coded
        self.quantum = quantum
        self._world = world
        self.first = len(world) if world else 0
        self._decoded: dict[int, Polyline] = {}

    def __len__(self) -> int:
        return self.first + len(self._coded)

    def line(self, number: int) -> Polyline:
        """The line with this number, which is not negative."""
        if self._world is not None and number < self.first:
            return self._world.line(number)
        if number not in self._decoded:
            steps = self._coded[number - self.first]
            xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
            points = tuple(
                (x / self.quantum, y / self.quantum) for x, y in zip(xs, ys, strict=True)
            )
            self._decoded[number] = Polyline(points, box_around(points))
        return self._decoded[number]


@dataclass(frozen=True)
class Area:
    """The shape of a country or a province.

    `key` is unique; `name` is the gazetteer's for a country, Natural Earth's for a province, empty
    where it groups smaller divisions; `country` is ISO 3166-1 alpha-2. `geonames` and `code` are
    its GeoNames id and first-order code, None where it is no present-day division or not known to
    be one. `names` are all its names. `rings` are line numbers.
    """

    key: str
    name: str
    country: str
    rings: tuple[tuple[int, ...], ...]
    lines: Lines = field(repr=False, compare=False)
    geonames: int | None = None
    code: str | None = None
    names: tuple[str, ...] = ()
    main: Box | None = None

    @cached_property
    def outlines(self) -> tuple[tuple[Point, ...], ...]:
        """The rings as points, the first not repeated at the end."""
        return tuple(
            tuple(chain.from_iterable(self._points(ref)[:-1] for ref in ring))
            for ring in self.rings
        )

    def _points(self, ref: int) -> tuple[Point, ...]:
        return self.lines.line(ref).points if ref >= 0 else self.lines.line(~ref).points[::-1]

    @cached_property
    def box(self) -> Box:
        """The box around all of it."""
        boxes = [
            self.lines.line(ref if ref >= 0 else ~ref).box for ring in self.rings for ref in ring
        ]
        return Box(
            min(b.west for b in boxes),
            min(b.south for b in boxes),
            max(b.east for b in boxes),
            max(b.north for b in boxes),
        )

    @property
    def frame(self) -> Box:
        """What a map of it shows: its main parts, without distant islands."""
        return self.main or self.box

    def numbers(self) -> set[int]:
        """The numbers of its lines."""
        return {ref if ref >= 0 else ~ref for ring in self.rings for ref in ring}

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point is inside: a ray from it to the north crosses the outline an odd number
        of times.
        """
        if not self.box.holds(longitude, latitude):
            return False
        inside = False
        for ring in self.outlines:
            x1, y1 = ring[-1]
            for x2, y2 in ring:
                if (x1 > longitude) != (x2 > longitude) and latitude < y1 + (longitude - x1) * (
                    y2 - y1
                ) / (x2 - x1):
                    inside = not inside
                x1, y1 = x2, y2
        return inside


@lru_cache(maxsize=1)
def _world() -> tuple[Lines, dict[str, Area]]:
    data = json.loads(
        gzip.decompress((files("sayso") / "data" / "atlas" / "countries.json.gz").read_bytes())
    )
    lines = Lines(data["arcs"], data["quantum"])
    found = {}
    for iso, about in data["countries"].items():
        main = Box(*(n / lines.quantum for n in about["main"]))
        found[iso] = Area(
            iso,
            about["name"],
            iso,
            _tuples(about["rings"]),
            lines,
            names=(about["name"],),
            main=main,
        )
    return lines, found


def countries() -> dict[str, Area]:
    """All countries by their ISO 3166-1 alpha-2 codes."""
    return _world()[1]


@lru_cache(maxsize=300)
def provinces(country: str) -> tuple[Area, ...]:
    """The provinces of a country; none for an unknown country."""
    lines, known = _world()
    if country not in known:
        return ()
    with (
        (files("sayso") / "data" / "atlas" / "provinces.zip").open("rb") as raw,
        zipfile.ZipFile(raw) as archive,
    ):
        data = json.loads(archive.read(f"{country}.json"))
    own = Lines(data["arcs"], lines.quantum, lines)
    return tuple(_province(country, i, p, own) for i, p in enumerate(data["provinces"]))


def _province(country: str, index: int, about: dict[str, Any], lines: Lines) -> Area:
    rings, names = _tuples(about["rings"]), tuple(about["names"])
    return Area(
        f"{country}/{index}",
        about["name"],
        country,
        rings,
        lines,
        about["id"],
        about["code"],
        names,
    )


def _tuples(rings: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(ring) for ring in rings)
