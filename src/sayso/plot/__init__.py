"""Pictures: a series as its figures over time, an incident as its figures side by side.

    write(series_chart(series, claims, origin, published), Path("toll.svg"))

A picture is first a Vega-Lite spec, a plain dict with its data inside, which a web page can draw as it is. Nothing is
fetched, neither when it is made nor when it is written.
"""

from __future__ import annotations

from sayso.plot.incident import incident_chart
from sayso.plot.series import series_chart
from sayso.plot.writing import write

__all__ = ["incident_chart", "series_chart", "write"]
