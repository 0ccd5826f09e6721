"""Where a point lies in the PRIO-GRID, and how UCDP writes it."""

from __future__ import annotations

# Cells of half a degree, in rows of 720 from 90° S, 180° W, numbered from 1 (Tollefsen, Strand and
# Buhaug, "PRIO-GRID: A unified spatial data structure", Journal of Peace Research 49(2), 2012).
_CELL = 0.5
_COLUMNS, _ROWS = 720, 360


def priogrid(latitude: float, longitude: float) -> int:
    """The number of the cell that holds a point (degrees, WGS 84). The pole and the 180th meridian
    belong to the last row and column.
    """
    row = min(int((latitude + 90) / _CELL), _ROWS - 1)
    column = min(int((longitude + 180) / _CELL), _COLUMNS - 1)
    return row * _COLUMNS + column + 1


def point(latitude: float, longitude: float) -> str:
    """The point as well-known text: longitude first."""
    return f"POINT ({degrees(longitude)} {degrees(latitude)})"


def degrees(value: float) -> str:
    """An angle to six decimals (a tenth of a metre), without trailing zeros or exponents."""
    words = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if words == "-0" else words
