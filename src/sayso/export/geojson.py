"""Incidents on a map: GeoJSON (RFC 7946)."""

from __future__ import annotations

from typing import Any

from sayso.export.files import json_list_file
from sayso.export.material import Material
from sayso.export.plain import plain_with_lists
from sayso.model.links import Coded, Incident

NAME = "incidents.geojson"
_PLACES = {
    "admin2": "a district: the point is the gazetteer's for all of it, not that of the incident",
    "admin1": "a province: the point is the gazetteer's for all of it, not that of the incident",
    "country": "a country: it has no point",
}
_FIGURES = ("killed", "wounded", "civilians_killed", "civilians_wounded")


def geo_json(material: Material) -> dict[str, bytes]:
    """A FeatureCollection, one feature per incident; without a geometry where its place is not
    resolved.
    """
    found = [_feature(i, material.figures_of(i)) for i in material.linked.incidents]
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    points = [f["geometry"]["coordinates"] for f in found if f["geometry"]]
    if points:
        longitudes, latitudes = zip(*points, strict=True)
        collection["bbox"] = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    collection |= {
        "made": material.made,
        "policy": material.policy,
        "as_of": material.as_of and material.as_of.isoformat(),
    }
    return {NAME: json_list_file(collection, "features", found)}


def _feature(incident: Incident, coded: Coded) -> dict[str, Any]:
    where = incident.where
    placed = where is not None and where.latitude is not None and where.longitude is not None
    figures = {
        f"{name}_{end}": getattr(getattr(coded, name), end)
        for name in _FIGURES
        for end in ("low", "best", "high")
    }
    sides = {"side_a": coded.side_a_name, "side_b": coded.side_b_name}
    note = _note(incident)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": [where.longitude, where.latitude]}
        if placed and where
        else None,
        "properties": {
            **plain_with_lists(incident),
            **figures,
            **sides,
            "policy": coded.policy,
            "place_note": note,
        },
    }


def _note(incident: Incident) -> str | None:
    """What to know about the point before it is drawn."""
    if incident.where is None:
        return "no claim gives a place"
    if incident.where.precision in _PLACES:
        return _PLACES[incident.where.precision]
    return (
        None
        if incident.where.latitude is not None
        else "it is not settled which place of this name is meant"
    )
