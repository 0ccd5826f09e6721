"""Rows in the columns of the UCDP Georeferenced Event Dataset.

The columns, their order and their codes are those of Stina Högbladh, "UCDP GED Codebook version
23.1", Department of Peace and Conflict Research, Uppsala University, 2023, checked against
published rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sayso.export.basis import counted, deciding, rule_of
from sayso.export.cells import Basis, Cell, Row, filled
from sayso.export.material import Material
from sayso.export.parties import ArmedParties, parties_of
from sayso.export.sheet import SheetKind
from sayso.export.ucdp_sides import sides_of
from sayso.export.ucdp_when_where import place_cells, time_cells
from sayso.model import Claim, Effect, Figure, Report, Span
from sayso.model.links import Coded, Incident

_ANY = re.compile(r".+", re.DOTALL)
_WHOLE = re.compile(r"\d+")
_LIST = re.compile(r"[^;]*(?:;[^;]*)*", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?")
_NONE = re.compile(r"")  # for what only UCDP assigns

# Every column in order, with the form of what we write in it.
FORMS: Mapping[str, re.Pattern[str]] = {
    "id": _NONE,
    "relid": _NONE,
    "year": re.compile(r"\d{4}"),
    "active_year": _NONE,
    "code_status": _NONE,
    "type_of_violence": re.compile("[123]"),
    "conflict_dset_id": _NONE,
    "conflict_new_id": _NONE,
    "conflict_name": _ANY,
    "dyad_dset_id": _NONE,
    "dyad_new_id": _NONE,
    "dyad_name": _ANY,
    "side_a_dset_id": _NONE,
    "side_a_new_id": _NONE,
    "side_a": _ANY,
    "side_b_dset_id": _NONE,
    "side_b_new_id": _NONE,
    "side_b": _ANY,
    "number_of_sources": _WHOLE,
    "source_article": _ANY,
    "source_office": _LIST,
    "source_date": re.compile(r"(?:\d{4}-\d{2}-\d{2})?(?:;(?:\d{4}-\d{2}-\d{2})?)*"),
    "source_headline": _LIST,
    "source_original": _ANY,
    "where_prec": re.compile("[1-7]"),
    "where_coordinates": _ANY,
    "where_description": _ANY,
    "adm_1": _ANY,
    "adm_2": _ANY,
    "latitude": _DEGREES,
    "longitude": _DEGREES,
    "geom_wkt": re.compile(r"POINT \(-?\d{1,3}(?:\.\d+)? -?\d{1,2}(?:\.\d+)?\)"),
    "priogrid_gid": re.compile(r"[1-9]\d{0,5}"),
    "country": _ANY,
    "country_id": _NONE,
    "region": re.compile("Africa|Americas|Asia|Europe|Middle East"),
    "event_clarity": re.compile("[12]"),
    "date_prec": re.compile("[1-5]"),
    "date_start": _DAY,
    "date_end": _DAY,
    "deaths_a": _WHOLE,
    "deaths_b": _WHOLE,
    "deaths_civilians": _WHOLE,
    "deaths_unknown": _WHOLE,
    "best": _WHOLE,
    "high": _WHOLE,
    "low": _WHOLE,
    "gwnoa": _NONE,
    "gwnob": _NONE,
}
DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_WANTED = (
    "year",
    "type_of_violence",
    "side_a",
    "side_b",
    "source_original",
    "where_prec",
    "latitude",
    "longitude",
    "country",
    "region",
    "date_prec",
    "date_start",
    "date_end",
)


def faults(values: Mapping[str, str]) -> list[str]:
    """What is wrong with a row, in words: figures out of order or that do not add up, lists of the
    wrong length, days out of order.
    """
    best, low, high = (int(values[c] or 0) for c in ("best", "low", "high"))
    parts = sum(int(values[c] or 0) for c in DEATHS)
    found = []
    if parts != best:
        found.append(f"the deaths by side add up to {parts}, and best is {best}")
    if not low <= best <= high:
        found.append(f"low {low}, best {best}, high {high} are not in order")
    for column in ("source_office", "source_date", "source_headline"):
        if values[column] and len(values[column].split(";")) != int(values["number_of_sources"]):
            found.append(f"{column} does not hold {values['number_of_sources']} items")
    if values["date_start"] > values["date_end"]:
        found.append(f"it ends on {values['date_end']}, before it begins on {values['date_start']}")
    return found


def row(material: Material, incident: Incident, coded: Coded) -> Row:
    """The incident as a row; one without anybody reported killed has none."""
    if not coded.killed.high:
        return Row(
            incident,
            reason="its claims say that nobody was killed"
            if coded.killed.high is not None
            else "no claim says how many were killed at most",
        )
    claims = material.claims_of(incident)
    parties = parties_of(claims)
    sides = sides_of(coded, parties)
    cells = {
        **sides.cells(),
        **_source_cells(material, incident),
        **place_cells(material, incident, claims),
        **time_cells(incident, claims),
        **_death_cells(material, coded, parties, sides.type),
    }
    return Row(incident, filled(cells))


def _death_cells(
    material: Material, coded: Coded, parties: ArmedParties, kind: str
) -> dict[str, Cell | None]:
    shares = {
        side: coded.sides[side].best or 0 if side in coded.sides else 0
        for side in ("side_a", "side_b", "civilians", "unknown")
    }
    rules = {
        "side_a": ("side a",),
        "side_b": ("side b",),
        "civilians": ("civilians killed",),
        "unknown": ("killed best",),
    }
    columns = dict(zip(("side_a", "side_b", "civilians", "unknown"), DEATHS, strict=True))
    moved = ""
    if kind == "2":  # two armed groups: that the dead were fighters does not say of which
        shares["unknown"] += shares.pop("side_a") + shares.pop("side_b")
        shares |= {"side_a": 0, "side_b": 0}
        moved = "; fighters of two armed groups are of an unknown side"
    cells: dict[str, Cell | None] = {}
    for side, column in columns.items():
        if not shares[side]:
            cells[column] = Cell("0", "nobody of this side is reported killed", columns=("best",))
            continue
        rule = rule_of(coded, *rules[side]) + (moved if side == "unknown" else "")
        cells[column] = Cell(str(shares[side]), rule, deciding(material, coded, *rules[side]))
    for end in ("best", "high", "low"):
        number, words = getattr(coded.killed, end), f"killed {end}"
        rule = (
            rule_of(coded, words)
            if number is not None
            else "deaths that are unclear raise the high figure only"
        )
        cells[end] = Cell(str(number or 0), rule, deciding(material, coded, words))
    return cells


def _source_cells(material: Material, incident: Incident) -> dict[str, Cell | None]:
    """The reports as lists of the same order and length, joined by semicolons; a semicolon within a
    headline becomes a comma.
    """
    claims = material.claims_of(incident)
    reports = [material.reports[r] for r in incident.reports]
    basis = tuple(_first_of(claims, r.id) for r in reports if any(c.report == r.id for c in claims))

    def listed(values: list[str], rule: str) -> Cell | None:
        return Cell(";".join(values), rule, basis, incident.reports) if any(values) else None

    tolls = [c for c in claims if c.kind == "toll" and c.sources and c.sources[-1].name]
    # An origin goes by one name, the first that is used.
    by_origin = {material.linked.origins.get(c.id, c.sources[-1].name): c for c in reversed(tolls)}
    originals = {c.sources[-1].name: _said_by(c) for c in reversed(by_origin.values())}
    return {
        "number_of_sources": Cell(
            str(len(reports)), "the reports that describe the incident", basis, incident.reports
        ),
        "source_article": listed(
            [_article(r) for r in reports], "each report's publisher, day and title"
        ),
        "source_office": listed([_item(r.publisher) for r in reports], "each report's publisher"),
        "source_date": listed(
            [r.published.isoformat() if r.published else "" for r in reports], "each report's day"
        ),
        "source_headline": listed([_item(r.title) for r in reports], "each report's title"),
        "source_original": Cell(
            "; ".join(map(_item, originals)),
            "who says so: the last source of each toll, each independent origin once",
            tuple(originals.values()),
        ),
    }


def _first_of(claims: Sequence[Claim], report: str) -> Basis:
    """A report's first toll of killed people, else its first claim."""
    own = [c for c in claims if c.report == report]
    return counted(
        next((c for c in own if isinstance(c, Figure) and c.effect is Effect.KILLED), own[0])
    )


def _said_by(claim: Claim) -> Basis:
    """A claim with the words that name its claimant."""
    source = claim.sources[-1]
    if source.text is None or source.start is None or source.end is None:
        return Basis(claim)
    return Basis(claim, Span(source.text, source.start, source.end))


def _item(words: str | None) -> str:
    """Words as one item of a list."""
    return " ".join((words or "").replace(";", ",").split())


def _article(report: Report) -> str:
    """One report as UCDP writes it: publisher, day and title between quotation marks."""
    day = report.published.isoformat() if report.published else ""
    words = f"{_item(report.publisher)},{day},{_item(report.title)}".replace('"', "'")
    return f'"{words}"' if report.publisher or report.title else ""


KIND = SheetKind("ucdp", FORMS, _WANTED, row, faults)
