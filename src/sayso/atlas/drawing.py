"""A map as one `<svg>`, without style or script: the page styles it by these classes.

    map                                     the svg
    map-sea, map-land, map-land-near        water; land; land of the countries that hold symbols
    map-coast, map-border, map-province     lines
    map-sign                                a symbol, `<a>` where it leads somewhere, else `<g>`
    map-circle, map-ring                    a town or point; a ring where no people are counted
    map-area, map-fill-1 … map-fill-5       a province, by how many people
    map-nation                              a country, outlined
    map-tone-…                              on each of the last three kinds: the tone of its
                                            marks, or `mixed`
    map-names                               all names; in it:
      map-country-name, map-nation-name     a country; one that is a symbol itself
      map-area-name, map-label              a province; a town
      map-province-name                     a province without a symbol
      map-figure                            the number of people after a name
    map-scale, map-scale-text               the scale bar
    map-legend, map-legend-box, map-legend-line, map-legend-text, map-key

Text is placed for these sizes, in pixels: `map-label` and `map-area-name` 12, `map-country-name` 11
in spaced capitals, `map-legend-text` and `map-scale-text` 11, `map-province-name` 10.5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from sayso.atlas.base import Ground, ground
from sayso.atlas.frame import MapFrame, frame_around
from sayso.atlas.labels import Patch, Spot, beside, inside, text_width
from sayso.atlas.legend import legend, scale_bar
from sayso.atlas.marks import Mark, Sign, gather, holders
from sayso.atlas.paths import path, shown
from sayso.atlas.shapes import Point, provinces
from sayso.atlas.sizes import Sizes, sizes_for

# How many circles and how many provinces get a name.
_NAMED = 8
# Up to how many symbols on the map each has how many labels in its tooltip: a map of many places
# gives fewer, so that it stays small.
_TOOLTIPS = ((60, 6), (250, 2))
_SIZE, _CAPITALS, _SMALL = 12, 11, 10.5
# Symbols that the description names.
_SPOKEN = 5
_EDGE = 4
# From this many pixels to a degree, provinces without a symbol are named too: a close view shows
# little else to go by.
_CONTEXT = 55
_SCHEME = re.compile(r"\s*([^/?#]*?):")


@dataclass(frozen=True)
class _Plan:
    """What a map is made of, while it is drawn."""

    frame: MapFrame
    signs: Sequence[Sign]
    sizes: Sizes
    things: str
    unit: str
    href: Callable[[Sign], str | None]

    def at(self, sign: Sign) -> tuple[float, float]:
        return self.frame.xy(self.frame.near(sign.longitude), sign.latitude)


def draw_map(
    marks: Sequence[Mark],
    *,
    title: str,
    width: int = 720,
    height: int = 440,
    things: str = "incidents",
    unit: str = "killed",
    href: Callable[[Sign], str | None] | None = None,
) -> str:
    """The map of the marks as an svg element.

    `title` is plain text. `width` and `height` are the pixels of its view box. `things` is the
    plural noun for a mark, `unit` what its weight counts; both are read out with the numbers.
    `href` gives where a symbol leads; without it, where the heaviest of its marks does. Marks
    without a place on the map are counted in the description, and by `undrawn`. Addresses of any
    scheme but http and https are left out.
    """
    signs = gather(marks)
    frame = frame_around([s.box for s in signs], width, height)
    plan = _Plan(
        frame,
        signs,
        sizes_for(signs, width, height),
        things,
        unit,
        href or (lambda sign: sign.href),
    )
    under = ground(frame, holders(signs))
    patches = _circle_patches(plan)
    corner = legend(frame, signs, plan.sizes, unit, patches)
    bar = scale_bar(frame, corner.patch)
    names = _names(plan, under, patches, [corner.patch, bar.patch])
    described = _in_words(plan, len(marks), sum(len(s.marks) for s in signs))
    role = "group" if any(plan.href(s) for s in signs) else "img"
    return "".join(
        [
            (
                f'<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} '
                f'{height}" role="{role}">'
            ),
            f"<title>{_plain(title)}</title><desc>{_plain(described)}</desc>",
            f'<g aria-hidden="true">{under.svg}</g>',
            *(_drawn(plan, s) for s in signs),
            f'<g class="map-names" aria-hidden="true">{names}</g>',
            f'<g aria-hidden="true">{bar.svg}{corner.svg}</g></svg>',
        ]
    )


def _drawn(plan: _Plan, sign: Sign) -> str:
    """One symbol, with its accessible name and its tooltip."""
    said = _plain(_said(plan, sign))
    most = next((labels for limit, labels in _TOOLTIPS if len(plan.signs) <= limit), 0)
    more = _plain(sign.words(most)) if len(sign.marks) > 1 else ""
    # A title is a name too: it is given once where there is no more to say.
    content = (
        f"<title>{said}. {more}</title>{_shape(plan, sign)}"
        if more
        else f"<title>{said}</title>{_shape(plan, sign)}"
    )
    name = f' aria-label="{said}"' if more or len(plan.signs) <= _TOOLTIPS[0][0] else ""
    address = _address(plan.href(sign))
    if address is None:
        return f'<g class="map-sign" role="img"{name}>{content}</g>'
    return f'<a class="map-sign" href="{address}"{name}>{content}</a>'


def _shape(plan: _Plan, sign: Sign) -> str:
    tone = re.sub(r"[^a-z0-9-]", "-", sign.tone.lower())
    if sign.area is None:
        x, y = plan.at(sign)
        kind, r = "map-circle" if sign.weight else "map-ring", plan.sizes.radius(sign.weight)
        return f'<circle class="{kind} map-tone-{tone}" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    kind = "map-nation" if sign.is_country else f"map-area map-fill-{plan.sizes.shade(sign.weight)}"
    return f'<path class="{kind} map-tone-{tone}" d="{path(shown(sign.area, plan.frame))}"/>'


def _said(plan: _Plan, sign: Sign) -> str:
    """A symbol in words: where, how exactly that is known, and what."""
    exact = (
        ""
        if sign.area is None
        else " (only the country is known)"
        if sign.is_country
        else " (only the province is known)"
    )
    if len(sign.marks) == 1:
        return f"{sign.name}{exact}: {sign.marks[0].label}"
    return f"{sign.name}{exact}: {len(sign.marks):,} {plan.things}, {sign.weight:,} {plan.unit}"


def _in_words(plan: _Plan, given: int, placed: int) -> str:
    """The description: how many symbols of each kind, the heaviest of them, and how many marks
    could not be drawn.
    """
    kinds = (
        (sum(s.area is None for s in plan.signs), "town or point", "towns and points"),
        (sum(s.area is not None and not s.is_country for s in plan.signs), "province", "provinces"),
        (sum(s.is_country for s in plan.signs), "country", "countries"),
    )
    counted = [f"{n:,} {one if n == 1 else many}" for n, one, many in kinds if n]
    said = [
        f"{placed:,} of {given:,} {plan.things} on the map, in {', '.join(counted) or 'no place'}"
    ]
    heavy = sorted((s for s in plan.signs if s.weight), key=lambda s: -s.weight)[:_SPOKEN]
    if heavy:
        said.append(f"Most {plan.unit}: {', '.join(f'{s.name} {s.weight:,}' for s in heavy)}")
    if placed < given:
        said.append(f"{given - placed:,} without a place that can be drawn")
    return ". ".join(said) + "."


def _circle_patches(plan: _Plan) -> list[Patch]:
    found = []
    for sign in plan.signs:
        if sign.area is None:
            (x, y), r = plan.at(sign), plan.sizes.radius(sign.weight)
            found.append(Patch(x - r, y - r, x + r, y + r))
    return found


def _names(plan: _Plan, under: Ground, circles: Sequence[Patch], taken: list[Patch]) -> str:
    """The names. Towns get their room first, then provinces, then countries."""
    picture = Patch(_EDGE, _EDGE, plan.frame.width - _EDGE, plan.frame.height - _EDGE)
    towns = _town_names(plan, circles, taken, picture)
    large = [*taken, *(c for c in circles if c.right - c.left > 8)]
    areas = [s for s in plan.signs if s.area and not s.is_country][:_NAMED]
    inner = [
        _inner_name(plan, s, shown(s.area, plan.frame), large, picture) for s in areas if s.area
    ]
    outlined = {s.area.key: s for s in plan.signs if s.area and s.is_country}
    focus = holders(plan.signs)
    context = _context_names(plan, large, picture) if plan.frame.scale >= _CONTEXT else []
    nations = [
        _country_name(area.name, outlined.get(area.key), rings, large, picture)
        for area, rings in sorted(under.visible, key=lambda seen: seen[0].key not in focus)
    ]
    return "".join([*nations, *context, *inner, *towns])


def _town_names(
    plan: _Plan, circles: Sequence[Patch], taken: list[Patch], picture: Patch
) -> list[str]:
    found: list[str] = []
    for sign in [s for s in plan.signs if s.area is None][:_NAMED]:
        (x, y), text = plan.at(sign), _shortened(sign.name)
        spot = beside(
            x,
            y,
            plan.sizes.radius(sign.weight),
            _width(text, sign.weight),
            _SIZE,
            [*taken, *circles],
            picture,
        )
        if spot:
            taken.append(spot.patch)
            found.append(_text("map-label", spot, text, sign.weight))
    return found


def _inner_name(
    plan: _Plan, sign: Sign, rings: list[list[Point]], taken: list[Patch], picture: Patch
) -> str:
    text = _shortened(sign.name)
    spot = inside(rings, _width(text, sign.weight), _SIZE, taken, picture) if rings else None
    if spot is None:
        return ""
    taken.append(spot.patch)
    return _text("map-area-name", spot, text, sign.weight)


def _context_names(plan: _Plan, taken: list[Patch], picture: Patch) -> list[str]:
    """The names of the provinces around the symbols, in the countries that hold symbols."""
    found = []
    signed = {s.area.key for s in plan.signs if s.area}
    for province in (p for iso in sorted(holders(plan.signs)) for p in provinces(iso)):
        text = re.sub(r" *\(.*\)", "", province.name)
        rings = shown(province, plan.frame) if text and province.key not in signed else []
        spot = inside(rings, text_width(text, _SMALL), _SMALL, taken, picture) if rings else None
        if spot:
            taken.append(spot.patch)
            found.append(_text("map-province-name", spot, text, 0))
    return found


def _country_name(
    name: str, sign: Sign | None, rings: list[list[Point]], taken: list[Patch], picture: Patch
) -> str:
    width = text_width(name, _CAPITALS, capitals=True) + (
        text_width(f" {sign.weight:,}", _SIZE) if sign and sign.weight else 0
    )
    spot = inside(rings, width, _CAPITALS, taken, picture)
    if spot is None:
        return ""
    taken.append(spot.patch)
    return _text(
        "map-country-name map-nation-name" if sign else "map-country-name",
        spot,
        name,
        sign.weight if sign else 0,
    )


def _width(text: str, weight: int) -> float:
    return text_width(f"{text} {weight:,}" if weight else text, _SIZE)


def _text(name: str, spot: Spot, text: str, weight: int) -> str:
    figure = f'<tspan class="map-figure" dx="4">{weight:,}</tspan>' if weight else ""
    anchor = "" if spot.anchor == "start" else f' text-anchor="{spot.anchor}"'
    return (
        f'<text class="{name}" x="{spot.x:.1f}" '
        f'y="{spot.y:.1f}"{anchor}>{_plain(text)}{figure}</text>'
    )


def _shortened(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27].rstrip()}…"


def _plain(text: str) -> str:
    """Text of a report or a gazetteer, made harmless: on one line, without control characters,
    escaped.
    """
    line = " ".join(
        "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text).split()
    )
    return escape(line, quote=True)


def _address(href: str | None) -> str | None:
    if href is None:
        return None
    scheme = _SCHEME.match(href)
    return (
        None if scheme and scheme[1].lower() not in ("http", "https") else escape(href, quote=True)
    )
