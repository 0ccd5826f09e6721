"""Incidents beside groups made by people.

The articles on shootings come with the incident that each is about.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sayso.linked import Incident
from sayso.pipeline import Found
from tests.copying import adjusted_rand, b_cubed


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main_incident(incidents: Iterable[Incident], reports: Iterable[str]) -> dict[str, Hashable]:
    """The incident that each report is mainly about; a report that is about none stands for itself."""
    found: dict[str, Hashable] = {r: r for r in reports}
    for incident in incidents:
        found |= {r: incident.id for r in incident.main if r in found}
    return found


def score_groups(incidents: Iterable[Incident], gold: Mapping[str, Hashable]) -> dict[str, float]:
    """B-cubed and adjusted Rand of reports by the incident that they are mainly about."""
    found = main_incident(incidents, gold)
    precision, recall, f1 = b_cubed(found, gold)
    return {"b3_precision": precision, "b3_recall": recall, "b3_f1": f1, "adjusted_rand": adjusted_rand(found, gold)}


def articles(folder: Path, found: Iterable[Found]) -> dict[str, Hashable]:
    """The incident that each article on a shooting is about, of those that were read."""
    present = {f.report.id for f in found}
    return {row["id"]: row["incident"] for row in rows(folder / "documents.jsonl") if row["id"] in present}
