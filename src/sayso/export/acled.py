"""Rows in the columns of ACLED (the Armed Conflict Location & Event Data Project), by its
codebook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sayso.export.acled_events import (
    BATTLES,
    CIVILIANS,
    DISORDER,
    PROTESTS,
    REMOTE,
    RIOTS,
    Scene,
    pair,
    targets_civilians,
)
from sayso.export.acled_notes import note
from sayso.export.basis import dated, deciding, only_near, placed, rule_of
from sayso.export.cells import Basis, Cell, Row, filled
from sayso.export.countries import country
from sayso.export.material import Material
from sayso.export.parties import parties_of
from sayso.export.sheet import SheetKind
from sayso.model import Claim, Event
from sayso.model.links import Coded, Incident

_ANY = re.compile(r".+", re.DOTALL)
_WHOLE = re.compile(r"\d+")
_DEGREES = re.compile(r"-?\d{1,3}\.\d{4}")
_NONE = re.compile(r"")  # for what only ACLED assigns


def _one_of(values: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(v) for v in dict.fromkeys(values)))


# Every column in order, with the form of what we write in it.
FORMS: Mapping[str, re.Pattern[str]] = {
    "event_id_cnty": _NONE,
    "event_date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "year": re.compile(r"\d{4}"),
    "time_precision": re.compile("[123]"),
    "disorder_type": _one_of(list(DISORDER.values())),
    "event_type": _one_of([event for event, _ in DISORDER]),
    "sub_event_type": _one_of([sub for _, sub in DISORDER]),
    "actor1": _ANY,
    "assoc_actor_1": _NONE,
    "inter1": _NONE,
    "actor2": _ANY,
    "assoc_actor_2": _NONE,
    "inter2": _NONE,
    "interaction": _NONE,
    "civilian_targeting": re.compile("Civilian targeting"),
    "iso": re.compile(r"[1-9]\d{0,2}"),
    "region": _ANY,
    "country": _ANY,
    "admin1": _ANY,
    "admin2": _ANY,
    "admin3": _NONE,
    "location": _ANY,
    "latitude": _DEGREES,
    "longitude": _DEGREES,
    "geo_precision": re.compile("[123]"),
    "source": _ANY,
    "source_scale": _NONE,
    "notes": _ANY,
    "fatalities": _WHOLE,
    "tags": _NONE,
    "timestamp": _NONE,
}
_WANTED = (
    "event_date",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "iso",
    "region",
    "country",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
)
# time_precision by the number of days: one, a week, a month. ACLED accepts nothing less exact.
_TIME_CODES = ((1, "1"), (7, "2"), (31, "3"))
_PLACE_CODES = {"point": "1", "town": "1", "admin2": "2", "admin1": "3"}


def faults(values: Mapping[str, str]) -> list[str]:
    """What is wrong with a row, in words."""
    kind = values["event_type"], values["sub_event_type"]
    if kind == ("", ""):
        return []
    if kind not in DISORDER:
        return [f"{kind[1]!r} is not a sub-event type of {kind[0]!r}"]
    return (
        []
        if values["disorder_type"] == DISORDER[kind]
        else [f"{kind[1]!r} is not of the disorder type {values['disorder_type']!r}"]
    )


def time_code(first: date, last: date) -> str:
    """`time_precision` of a period from one day to another; "" for more than a month, for which
    ACLED has no code.
    """
    days = (last - first).days + 1
    return next((code for most, code in _TIME_CODES if days <= most), "")


def row(material: Material, incident: Incident, coded: Coded) -> Row:
    """The incident as a row. Every incident has one: ACLED sets no minimum number of dead."""
    claims = material.claims_of(incident)
    scene = Scene(incident, coded, parties_of(claims), claims)
    kind = pair(scene)
    cells = {
        **_time_cells(incident, claims),
        **_type_cells(scene, kind),
        **_actor_cells(scene, kind),
        **_place_cells(material, incident, claims),
        **_source_cells(material, incident, coded, claims),
    }
    return Row(incident, filled(cells))


def _time_cells(incident: Incident, claims: Sequence[Claim]) -> dict[str, Cell | None]:
    if (
        incident.first is None
        or incident.last is None
        or not (code := time_code(incident.first, incident.last))
    ):
        return {}
    middle = incident.first + timedelta((incident.last - incident.first).days // 2)
    basis = dated(claims, incident.first, incident.last)
    return {
        "event_date": Cell(
            middle.isoformat(),
            "the day" if code == "1" else "the middle of the period that the claims give",
            basis,
        ),
        "year": Cell(str(middle.year), "the year of the day", columns=("event_date",)),
        "time_precision": Cell(
            code, f"from {incident.first} to {incident.last}", basis, columns=("event_date",)
        ),
    }


def _type_cells(scene: Scene, kind: tuple[str, str] | None) -> dict[str, Cell | None]:
    if kind is None:
        return {}
    of_type = [c for c in scene.claims if isinstance(c, Event) and c.type is scene.incident.type]
    of_mode = [c for c in of_type if c.mode == scene.incident.mode]
    basis = tuple(Basis(c, c.trigger) for c in of_mode or of_type)
    rule = f"the claims report {scene.incident.type}" + (
        f", {scene.incident.mode}" if scene.incident.mode else ""
    )
    targeted = Cell(
        "Civilian targeting",
        "civilians, and nobody else, are reported hit",
        scene.parties.victims or basis,
    )
    return {
        "event_type": Cell(kind[0], rule, basis),
        "sub_event_type": Cell(kind[1], rule, basis),
        "disorder_type": Cell(
            DISORDER[kind],
            "ACLED's disorder type of the sub-event type",
            columns=("event_type", "sub_event_type"),
        ),
        "civilian_targeting": targeted if targets_civilians(scene, kind) else None,
    }


def _actor_cells(scene: Scene, kind: tuple[str, str] | None) -> dict[str, Cell | None]:
    """The actors as the claims name them; crowds and civilians as ACLED does, by country."""
    found = country(scene.incident.where.country) if scene.incident.where else None
    acting = scene.parties.acting[0] if scene.parties.acting else None
    first = (
        Cell(acting.name, "who acts, by the name that most claims use", acting.claims)
        if acting
        else None
    )
    event = kind[0] if kind else ""
    if event in (PROTESTS, RIOTS):
        crowd = "Protesters" if event == PROTESTS else "Rioters"
        named = (
            Cell(
                f"{crowd} ({found.acled})",
                "ACLED's name for them",
                columns=("event_type", "country"),
            )
            if found
            else None
        )
        return {"actor1": named, "actor2": first}
    if event == BATTLES and scene.coded.side_a_name and scene.coded.side_b_name:
        return {
            "actor1": _side(scene, scene.coded.side_a_name),
            "actor2": _side(scene, scene.coded.side_b_name),
        }
    second = next((p for p in scene.parties.hit if acting is None or p.name != acting.name), None)
    other = (
        Cell(second.name, "who is hit, by the name that most claims use", second.claims)
        if second
        else None
    )
    if event in (CIVILIANS, REMOTE) and scene.against_civilians and found:
        other = Cell(
            f"Civilians ({found.acled})",
            "civilians, and nobody else, are reported hit",
            scene.parties.victims,
        )
    return {"actor1": first, "actor2": other}


def _side(scene: Scene, name: str) -> Cell:
    return Cell(name, "a side, by the name that most claims use", scene.parties.naming(name))


def _place_cells(
    material: Material, incident: Incident, claims: Sequence[Claim]
) -> dict[str, Cell | None]:
    where = incident.where
    if where is None:
        return {}
    basis = placed(claims, incident)
    found = country(where.country)
    cells: dict[str, Cell | None] = {}
    if found:
        cells["country"] = Cell(found.acled, "the gazetteer's country, as ACLED spells it", basis)
        cells["iso"] = Cell(found.iso, "the country's number in ISO 3166-1", columns=("country",))
        cells["region"] = Cell(
            found.acled_region, "ACLED's region of the country", columns=("country",)
        )
    if where.latitude is None or where.longitude is None:
        return cells
    name = " ".join((where.name or where.text).split())
    code, rule = _PLACE_CODES.get(where.precision or "", ""), f"the place is a {where.precision}"
    if code == "1" and only_near(basis, material):
        code, rule = "2", "every claim that names the place says near it"
    cells["admin1"] = (
        Cell(name, "the place is a first-order division", basis)
        if where.precision == "admin1"
        else None
    )
    cells["admin2"] = (
        Cell(name, "the place is a second-order division", basis)
        if where.precision == "admin2"
        else None
    )
    return cells | {
        "location": Cell(name, "the place's name in the gazetteer", basis),
        "latitude": Cell(
            f"{where.latitude:.4f}", "the place's point in the gazetteer", columns=("location",)
        ),
        "longitude": Cell(
            f"{where.longitude:.4f}", "the place's point in the gazetteer", columns=("location",)
        ),
        "geo_precision": Cell(code, rule, basis),
    }


def _source_cells(
    material: Material, incident: Incident, coded: Coded, claims: Sequence[Claim]
) -> dict[str, Cell | None]:
    names = dict.fromkeys(
        " ".join(name.split()) for r in incident.reports if (name := material.reports[r].publisher)
    )
    basis = deciding(material, coded, "killed")
    number = coded.killed.best
    rule = (
        rule_of(coded, "killed")
        if number is not None
        else "no claim gives a number that the policy accepts: ACLED records 0"
    )
    return {
        "source": Cell("; ".join(names), "each report's publisher", reports=incident.reports),
        "notes": note(material, incident, coded, claims),
        "fatalities": Cell(str(number or 0), rule, basis, incident.reports),
    }


KIND = SheetKind("acled", FORMS, _WANTED, row, faults)
