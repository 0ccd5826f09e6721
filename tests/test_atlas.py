"""The map: shapes that fit, places that are drawn no more exactly than they are known, svg that
carries nothing but shapes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from sayso.atlas import Area, Mark, area_of, draw_map, gather, undrawn
from sayso.atlas.frame import frame_around
from sayso.atlas.shapes import Box, countries, provinces
from sayso.model import Where
from tests.making import TOWNS

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "viewBox",
    "role",
    "class",
    "width",
    "height",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "d",
    "dx",
    "text-anchor",
    "href",
    "aria-label",
    "aria-hidden",
}


def town(name: str, precision: str = "town") -> Where:
    number, latitude, longitude, country, _ = TOWNS[name]
    return Where(name, 0, len(name), name, number, country, latitude, longitude, precision)


def division(
    name: str, country: str, number: int | None = None, at: tuple[float, float] | None = None
) -> Where:
    latitude, longitude = at or (None, None)
    return Where(name, 0, len(name), name, number, country, latitude, longitude, "admin1")


AFGHANISTAN = Where("Afghanistan", 0, 11, "Afghanistan", 1149361, "AF", None, None, "country")


def drawn(*marks: Mark) -> ElementTree.Element:
    return ElementTree.fromstring(draw_map(marks, title="A map"))


def classes(svg: ElementTree.Element) -> list[str]:
    """The classes on the map itself, without the legend's."""
    return [c for e in svg.iter() if "map-key" not in (c := e.get("class", ""))]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (AFGHANISTAN, "Afghanistan"),  # a country is its shape, though it has no point
        # by the gazetteer's name, not that of a part
        (
            replace(AFGHANISTAN, country="SO"),
            "Somalia",
        ),
        (town("Kandahar"), None),  # a town is no area
        (town("Kandahar", "point"), None),
        # the province's namesake town, as reports' provinces are resolved
        (
            town("Kandahar", "admin1"),
            "Kandahar",
        ),
        # by the division's id, whatever the spelling
        (
            division("Wilayat-e Helmand", "AF", 1140043),
            "Hilmand",
        ),
        # by name alone, without the word for its kind
        (
            division("Idlib Governorate", "SY"),
            "Idlib",
        ),
        (division("Panjshir", "AF"), "Panjshir"),  # the layer calls it Parwan, as it does Parwan
        (division("Parwan", "AF"), "Parwan"),
        (division("Crimea", "UA"), "Crimea"),  # GeoNames' country, not that of who holds it
        # a district's town: the province around it
        (
            division("Rawah", "IQ", 91, (34.48, 41.92)),
            "Al-Anbar",
        ),
        # younger than the layer: no shape rather than the old one
        (
            division("Sidama", "ET", 11, (6.75, 38.45)),
            None,
        ),
        # within Somaliland, which is no division of GeoNames
        (
            division("Awdal", "SO", 12, (10.4, 43.2)),
            None,
        ),
        # its point is in Damascus: name and point do not agree
        (
            division("Idlib", "SY", 13, (33.51, 36.29)),
            None,
        ),
        (division("Nowhere", "SY"), None),  # neither a known name nor a point
        (division("Border", "SY", 14, (36.0, 44.0)), None),  # a point in another country
        (replace(AFGHANISTAN, country="ZZ"), None),
        (replace(town("Kandahar"), country=None, precision="admin1"), None),
        # a district: the province that holds it
        (
            replace(town("Kandahar"), precision="admin2"),
            "Kandahar",
        ),
    ],
)
def test_area(where: Where, expected: str | None) -> None:
    area = area_of(where)
    assert (area.name if area else None) == expected


def test_borders_are_shared() -> None:
    """Every border between two provinces is one line, and a country is no more than its
    provinces.
    """
    for iso in ("AF", "SY", "UA"):
        own = provinces(iso)
        uses = [n for p in own for n in p.numbers()]
        inner = {n for n in uses if n >= own[0].lines.first}
        assert all(uses.count(n) == 2 for n in inner), iso
        assert {n for n in uses if n < own[0].lines.first} <= countries()[iso].numbers(), iso


def test_every_country_opens() -> None:
    shapes = {iso: provinces(iso) for iso in countries()}
    assert sum(map(len, shapes.values())) > 3000
    for iso, found in shapes.items():
        assert all(
            len(ring) >= 3 for area in (countries()[iso], *found) for ring in area.outlines
        ), iso


def test_honest_precision() -> None:
    """A province and a country are shapes: no circle stands for them."""
    svg = drawn(Mark(town("Kandahar", "admin1"), "a", weight=5), Mark(AFGHANISTAN, "b", weight=9))
    found = classes(svg)
    assert [c for c in found if "map-circle" in c or "map-ring" in c] == []
    assert sum("map-area " in c for c in found) == sum("map-nation " in c for c in found) == 1
    svg = drawn(Mark(town("Kandahar"), "a", weight=5), Mark(town("Khost"), "b"))
    assert (
        sum("map-circle" in c for c in classes(svg))
        == sum("map-ring" in c for c in classes(svg))
        == 1
    )


def test_area_of_circles_follows_weight() -> None:
    svg = drawn(
        Mark(town("Kandahar"), "a", weight=400),
        Mark(town("Khost"), "b", weight=100),
        Mark(town("Gardez"), "c"),
    )
    radii = [
        float(c.get("r", "0"))
        for c in svg.iter(f"{SVG}circle")
        if "map-key" not in c.get("class", "")
    ]
    assert radii[0] == pytest.approx(2 * radii[1], rel=0.02)
    assert 1.5 < radii[2] < radii[1]


def test_one_sign_a_place() -> None:
    marks = [Mark(town("Kandahar"), f"no. {n}", f"/i/{n}", n, "machine") for n in range(1, 10)]
    [sign] = gather([*marks, Mark(town("Kandahar"), "lost", None, 0, "disputed")])
    assert (sign.weight, sign.href, sign.tone, len(sign.marks)) == (45, "/i/9", "mixed", 10)
    assert sign.words(2) == "no. 9; no. 8; and 8 more"
    svg = draw_map(marks, title="x", href=lambda s: f"/place/{s.marks[0].where.geonames}")
    assert 'href="/place/1138336" aria-label="Kandahar: 9 incidents, 45 killed"' in svg


def test_order_of_signs() -> None:
    marks = [
        Mark(town("Khost"), "a", weight=1),
        Mark(town("Gardez"), "b", weight=7),
        Mark(town("Kandahar", "admin1"), "c"),
        Mark(AFGHANISTAN, "d"),
    ]
    assert [s.name for s in gather(marks)] == ["Afghanistan", "Kandahar", "Gardez", "Khost"]


def test_undrawn() -> None:
    lost = [
        Mark(Where("Somewhere", 0, 9, precision="town"), "not resolved"),
        Mark(replace(town("Khost"), latitude=None), "half a point"),
        Mark(replace(town("Khost"), latitude=123.0), "no latitude"),
        Mark(
            division("Sidama", "ET", 11, (6.75, 38.45)),
            "a province without a shape: no pin in its middle",
        ),
    ]
    assert undrawn(lost) == 4
    assert gather(lost) == []
    assert "1 of 5 incidents on the map" in draw_map(
        [*lost, Mark(town("Khost"), "found")], title="x"
    )


@pytest.mark.parametrize(
    "marks",
    [
        [],
        [Mark(AFGHANISTAN, "a", "/a", 3)],
        [Mark(town(n), "a", "/a", 3) for n in ("Khost", "Gardez")],
    ],
)
def test_only_shapes_and_classes(marks: list[Mark]) -> None:
    """Nothing that a strict Content-Security-Policy forbids."""
    svg = drawn(*marks)
    assert {e.tag.removeprefix(SVG) for e in svg.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "a",
        "path",
        "circle",
        "rect",
        "text",
        "tspan",
    }
    assert {a for e in svg.iter() for a in e.attrib} <= ALLOWED
    assert all(e.get("href") and e.get("aria-label") for e in svg.iter(f"{SVG}a"))
    # Links would be lost to those who hear the page in an image.
    assert svg.get("role") == ("group" if marks else "img")


def test_hostile_words() -> None:
    where = replace(town("Khost"), name='<script>"&\x00\x1b')
    text = draw_map(
        [Mark(where, "</title><img src=x>", "javascript:alert(1)", 2, 'x" onclick="y')], title="<b>"
    )
    svg = ElementTree.fromstring(text)
    assert "<script" not in text
    assert "<img" not in text
    assert "javascript" not in text
    assert not any("onclick" in a for e in svg.iter() for a in e.attrib)
    assert (
        draw_map([Mark(where, "a", "/i?x=1&y=2:3")], title="x").count('href="/i?x=1&amp;y=2:3"')
        == 1
    )


@pytest.mark.parametrize(
    ("boxes", "west", "east"),
    [
        ([Box(65, 31, 65, 31), Box(70, 34, 70, 34)], 65, 70),
        # Fiji and Samoa are neighbours
        (
            [Box(178, -18, 178, -18), Box(-172, -14, -172, -14)],
            178,
            188,
        ),
        ([Box(177, -18, 181, -16)], 177, 181),
        ([Box(-70, 0, -70, 0), Box(40, 0, 40, 0), Box(150, 0, 150, 0)], -70, 150),
    ],
)
def test_frame_holds_its_boxes(boxes: list[Box], west: float, east: float) -> None:
    frame = frame_around(boxes, 720, 440)
    assert frame.longitude == pytest.approx((west + east) / 2)
    for box in boxes:
        for longitude, latitude in ((box.west, box.south), (box.east, box.north)):
            x, y = frame.xy(frame.near(longitude), latitude)
            assert 0 <= x <= 720
            assert 0 <= y <= 440


def test_frame_is_never_too_near() -> None:
    """Not nearer than the simplified borders bear."""
    frame = frame_around([Box(65, 31, 65.2, 31), Box(65.1, 31.1, 65.1, 31.1)], 720, 440)
    assert frame.box.north - frame.box.south >= 1.5


def test_scale_bar_is_true() -> None:
    """At the middle of the map, its length is that of the distance on a sphere."""
    svg = drawn(Mark(town("Khost"), "a"), Mark(town("Kandahar"), "b"))
    [bar] = [e.get("d", "") for e in svg.iter(f"{SVG}path") if e.get("class") == "map-scale"]
    [words] = [e.text or "" for e in svg.iter(f"{SVG}text") if e.get("class") == "map-scale-text"]
    pixels = float(re.findall(r"h([\d.]+)", bar)[0])
    # Khost and Kandahar are 194 km apart from south to north: 1.73 degrees of latitude.
    khost, kandahar = (
        float(c.get("cy", "0"))
        for c in svg.iter(f"{SVG}circle")
        if "map-key" not in c.get("class", "")
    )
    assert abs(khost - kandahar) / pixels * float(words.split()[0]) == pytest.approx(
        1.73 * 111.2, rel=0.02
    )


def test_names_do_not_overlap() -> None:
    """Of circles on one spot, those are named whose names have room."""
    crowd = [
        Mark(replace(town("Khost"), geonames=n, longitude=69.9 + n / 1000), "a", weight=n)
        for n in range(1, 30)
    ]
    svg = drawn(*crowd, Mark(town("Kandahar"), "b", weight=3))
    names = [e for e in svg.iter(f"{SVG}text") if e.get("class") == "map-label"]
    assert 1 <= len(names) < 8


def test_small_enough() -> None:
    """An incident's map is a light part of its page, an overview of thousands still one."""
    assert len(draw_map([Mark(town("Kandahar"), "a", "/a", 16)], title="x")) < 60_000
    everywhere = [
        Mark(AFGHANISTAN, "n", "/n", 3),
        *(Mark(p, "a", "/a", 5) for p in map(_province, provinces("AF"))),
    ]
    spread = [
        Mark(
            replace(
                town("Khost"), geonames=10**6 + n, latitude=30 + n % 40 / 5, longitude=62 + n / 100
            ),
            f"{n} were killed",
            f"/i/{n}",
            n % 9,
        )
        for n in range(900)
    ]
    assert len(draw_map(everywhere, title="x")) < 100_000
    assert len(draw_map([*everywhere, *spread * 10], title="x")) < 250_000


def _province(area: Area) -> Where:
    return division(area.name, area.country, area.geonames)
