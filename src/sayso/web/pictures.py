"""Pictures of `sayso plot` for a page: drawn when they are asked for, and kept."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from sayso.errors import SaysoError
from sayso.model import Figure
from sayso.plot import Look, drawn_png, drawn_svg, incident_chart, series_chart, tolls_chart
from sayso.web.pages.overview import periods_of
from sayso.web.snapshot import Snapshot

# The widths in which a page asks for pictures, in CSS pixels: a column of text, and a phone's.
WIDE, NARROW = 760, 350
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
_KEPT = 400


def spec_of(snapshot: Snapshot, kind: str, name: str, look: Look) -> dict[str, Any]:
    """The Vega-Lite spec of an incident, a series, or the tolls under a policy. Raises SaysoError
    where nothing can be drawn.
    """
    if kind == "tolls" and name in snapshot.policies:
        return tolls_chart(periods_of(snapshot, name), name, look)
    if kind == "incident" and (incident := snapshot.incident(name)) is not None:
        figures = [c for i in incident.claims if isinstance(c := snapshot.claims.get(i), Figure)]
        coded = {policy: snapshot.coded(incident, policy) for policy in snapshot.policies}
        return incident_chart(
            incident, figures, snapshot.linked.origins, snapshot.published, coded, look
        )
    if kind == "series" and (series := snapshot.series(name)) is not None:
        figures = [c for i in series.claims if isinstance(c := snapshot.claims.get(i), Figure)]
        return series_chart(series, figures, snapshot.linked.origins, snapshot.published, look)
    raise SaysoError(f"no {kind} {name!r} to draw")


def drawn(spec: dict[str, Any], form: str) -> bytes:
    """The picture as a file of this form: svg, png or json (the spec itself)."""
    match form:
        case "svg":
            return drawn_svg(spec).encode()
        case "png":
            return drawn_png(spec)
    return (json.dumps(spec, ensure_ascii=False, indent=1) + "\n").encode()


class Pictures:
    """Pictures drawn from snapshots, the last used ones kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Any, ...], draw: Callable[[], bytes]) -> bytes:
        """The picture with this key, drawn if it is not kept. One is drawn at a time: drawing takes
        a whole core.
        """
        with self._lock:
            if key not in self._kept:
                self._kept[key] = draw()
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]


def warm() -> None:
    """Draws something small: the first picture of a process takes a second longer than others."""
    drawn_svg({"mark": "point", "data": {"values": []}})
