"""Pictures: a series as its figures over time, an incident as its figures side by side, tolls over
time under a coding policy.

    write(series_chart(series, claims, origin, published), Path("toll.svg"))

A picture is first a Vega-Lite spec, a plain dict with its data inside, which a web page can draw as
it is. Nothing is fetched, either when it is made or when it is written.
"""

from __future__ import annotations

from sayso.plot.incident import incident_chart
from sayso.plot.look import Look
from sayso.plot.periods import period_start, unit_for
from sayso.plot.series import series_chart
from sayso.plot.tolls import Period, periods, tolls_chart
from sayso.plot.writing import drawn_png, drawn_svg, write

__all__ = [
    "Look",
    "Period",
    "drawn_png",
    "drawn_svg",
    "incident_chart",
    "period_start",
    "periods",
    "series_chart",
    "tolls_chart",
    "unit_for",
    "write",
]
