"""UCDP's columns of place and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sayso.export.basis import counted, dated, only_near, placed
from sayso.export.cells import Basis, Cell
from sayso.export.countries import country
from sayso.export.grid import degrees, point, priogrid
from sayso.export.material import Material
from sayso.model import Claim, Figure, Scope
from sayso.model.links import Incident

EXACT, NEAR, DISTRICT, PROVINCE, COUNTRY = "1", "2", "3", "4", "6"
_PLACE_CODES = {
    "point": EXACT,
    "town": EXACT,
    "admin2": DISTRICT,
    "admin1": PROVINCE,
    "country": COUNTRY,
}
# date_prec by the number of days from the first to the last: one day, two to six, a week, up to a
# month, up to a year.
_DATE_CODES = ((1, "1"), (6, "2"), (7, "3"), (31, "4"), (366, "5"))


def date_code(first: date, last: date) -> str:
    """`date_prec` of a period from one day to another; "" for more than a year, for which UCDP has
    no code.
    """
    days = (last - first).days + 1
    return next((code for most, code in _DATE_CODES if days <= most), "")


def clarity_code(date_prec: str, totals: bool) -> str:
    """`event_clarity`: 1 for an event reported on its own, 2 where only a longer period or a sum
    over several events is reported.
    """
    return "1" if date_prec in ("1", "2") and not totals else "2"


def time_cells(incident: Incident, claims: Sequence[Claim]) -> dict[str, Cell | None]:
    """Days, year, their precision and how clear the event is; all blank but the last where no claim
    gives a day.
    """
    tolls = [c for c in claims if isinstance(c, Figure) and c.kind == "toll"]
    totals = bool(tolls) and all(c.scope is not Scope.INCIDENT for c in tolls)
    sums = tuple(map(counted, tolls)) if totals else ()
    if incident.first is None or incident.last is None:
        return {"event_clarity": Cell("2", "no claim gives the day", tuple(map(counted, tolls)))}
    precision = date_code(incident.first, incident.last)
    basis = dated(claims, incident.first, incident.last)
    both = ("date_start", "date_end")
    rule = (
        "its tolls are sums over a longer period"
        if totals
        else "1 where it is of one day or a few, else 2"
    )
    return {
        "date_start": Cell(incident.first.isoformat(), "the first day that its claims give", basis),
        "date_end": Cell(incident.last.isoformat(), "the last day that its claims give", basis),
        "year": Cell(
            str(incident.first.year), "the year in which it begins", columns=("date_start",)
        ),
        "date_prec": Cell(precision, "the number of days", columns=both),
        "event_clarity": Cell(clarity_code(precision, totals), rule, sums, columns=("date_prec",)),
    }


def place_cells(
    material: Material, incident: Incident, claims: Sequence[Claim]
) -> dict[str, Cell | None]:
    """Place, its precision, country and region; what the claims do not settle stays blank."""
    where = incident.where
    if where is None:
        return {}
    basis = placed(claims, incident)
    name = " ".join((where.name or where.text).split())
    found = country(where.country)
    resolved = where.latitude is not None or where.precision == "country"
    return {
        "where_prec": _precision(material, incident, basis) if resolved else None,
        "where_coordinates": Cell(name, "the place's name in the gazetteer", basis)
        if resolved
        else None,
        "where_description": Cell(
            " ".join(where.text.split()), "the place in the words of the claims", basis
        ),
        "adm_1": Cell(name, "the place is a first-order division", basis)
        if resolved and where.precision == "admin1"
        else None,
        "adm_2": Cell(name, "the place is a second-order division", basis)
        if resolved and where.precision == "admin2"
        else None,
        "country": Cell(found.ucdp, "the gazetteer's country, as UCDP spells it", basis)
        if found
        else None,
        "region": Cell(found.ucdp_region, "UCDP's region of the country", columns=("country",))
        if found
        else None,
        **_point(where.latitude, where.longitude),
    }


def _precision(material: Material, incident: Incident, basis: tuple[Basis, ...]) -> Cell:
    assert incident.where is not None
    code = _PLACE_CODES.get(incident.where.precision or "", "")
    if code == EXACT and only_near(basis, material):
        return Cell(NEAR, "every claim that names the place says near it", basis)
    return Cell(code, f"the place is a {incident.where.precision}", basis)


def _point(latitude: float | None, longitude: float | None) -> dict[str, Cell | None]:
    if latitude is None or longitude is None:
        return {}
    both = ("latitude", "longitude")
    return {
        "latitude": Cell(
            degrees(latitude), "the place's point in the gazetteer", columns=("where_coordinates",)
        ),
        "longitude": Cell(
            degrees(longitude), "the place's point in the gazetteer", columns=("where_coordinates",)
        ),
        "geom_wkt": Cell(point(latitude, longitude), "the point as well-known text", columns=both),
        "priogrid_gid": Cell(
            str(priogrid(latitude, longitude)),
            "the PRIO-GRID cell of half a degree that holds the point",
            columns=both,
        ),
    }
