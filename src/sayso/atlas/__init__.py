"""A map of places as exactly as they are known: a town is a circle, a province its shape, a country
its outline.

    svg = draw_map([Mark(incident.where, "16 killed in Panjwai", "/incidents/3f2a", 16,
    "disputed")], title="Kandahar")

The map is one `<svg>` made here, without network, script, or style of its own: the page's style
sheet draws it, by the classes that `sayso.atlas.drawing` lists. Shapes are Natural Earth's
(`data/atlas/README.md`).
"""

from __future__ import annotations

from sayso.atlas.drawing import draw_map
from sayso.atlas.lookup import area_of
from sayso.atlas.marks import Mark, Sign, gather, undrawn
from sayso.atlas.shapes import Area

__all__ = ["Area", "Mark", "Sign", "area_of", "draw_map", "gather", "undrawn"]
