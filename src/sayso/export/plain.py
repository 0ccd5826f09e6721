"""An incident <-> plain values, as every format holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sayso.model import EventType, Review, Where
from sayso.model.links import Incident

_PLACE = (
    "text",
    "start",
    "end",
    "name",
    "geonames",
    "country",
    "latitude",
    "longitude",
    "precision",
)
_LISTS = ("claims", "reports", "main")


def plain(incident: Incident) -> dict[str, Any]:
    """The incident's own fields, its place flat under `where_…`, without its lists; dates are
    dates, None is not given.
    """
    return {
        "id": incident.id,
        "origins": incident.origins,
        "type": incident.type and incident.type.value,
        "mode": incident.mode,
        "first": incident.first,
        "last": incident.last,
        "date_precision": incident.date_precision,
        **{f"where_{name}": incident.where and getattr(incident.where, name) for name in _PLACE},
        "review": incident.review.value,
    }


def plain_with_lists(incident: Incident) -> dict[str, Any]:
    """All of the incident, as JSON holds it: dates in ISO form."""
    values = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in plain(incident).items()
    }
    return values | {name: list(getattr(incident, name)) for name in _LISTS}


def incident_of(values: Mapping[str, Any]) -> Incident:
    """The incident in plain values. Raises KeyError, TypeError or ValueError for what is none."""
    place = {name: values[f"where_{name}"] for name in _PLACE}
    return Incident(
        id=values["id"],
        claims=tuple(values["claims"]),
        reports=tuple(values["reports"]),
        main=tuple(values["main"]),
        origins=values["origins"],
        type=EventType(values["type"]) if values["type"] else None,
        mode=values["mode"],
        first=_day(values["first"]),
        last=_day(values["last"]),
        date_precision=values["date_precision"],
        where=Where(**place) if place["text"] is not None else None,
        review=Review(values["review"]),
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
