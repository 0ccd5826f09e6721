"""Incidents beside groups made by people.

`tests/gold/incidents.jsonl` holds incidents of the Syrian war with the reports of one file that
tell of them, and whether a report is mainly about it: ids and labels. The articles on shootings
come with the incident that each is about.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from sayso.model.links import Incident
from sayso.pipeline import Found
from tests.copying import adjusted_rand, b_cubed

MARKED = Path(__file__).parent / "gold" / "incidents.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main_incident(incidents: Iterable[Incident], reports: Iterable[str]) -> dict[str, Hashable]:
    """The incident that each report is mainly about; a report that is about none stands for
    itself.
    """
    found: dict[str, Hashable] = {r: r for r in reports}
    for incident in incidents:
        found |= {r: incident.id for r in incident.main if r in found}
    return found


def score_groups(incidents: Iterable[Incident], gold: Mapping[str, Hashable]) -> dict[str, float]:
    """B-cubed and adjusted Rand of reports by the incident that they are mainly about."""
    found = main_incident(incidents, gold)
    precision, recall, f1 = b_cubed(found, gold)
    return {
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": f1,
        "adjusted_rand": adjusted_rand(found, gold),
    }


def articles(folder: Path, found: Iterable[Found]) -> dict[str, Hashable]:
    """The incident that each article on a shooting is about, of those that were read."""
    present = {f.report.id for f in found}
    return {
        row["id"]: row["incident"]
        for row in rows(folder / "documents.jsonl")
        if row["id"] in present
    }


def seen(incident: str) -> bool:
    """Whether a marked incident is of the half whose errors were read while weights were chosen, by
    a hash of its name.
    """
    return int(hashlib.md5(incident.encode()).hexdigest(), 16) % 2 == 0


def score_incidents(
    incidents: Iterable[Incident], present: Iterable[str], half: str | None = None
) -> dict[str, float]:
    """Against those marked by hand: reports by the incident that they are mainly about (those that
    one marked incident only has as its own), and how many of the pairs of reports that tell of one
    incident, in passing too, were joined. `half` is "seen" or "unseen".
    """
    incidents, present = list(incidents), set(present)
    given = [
        row for row in rows(MARKED) if half is None or seen(row["incident"]) == (half == "seen")
    ]
    marked = [{r["id"]: r["main"] for r in row["reports"] if r["id"] in present} for row in given]
    mains = Counter(name for row in marked for name, main in row.items() if main)
    gold: dict[str, Hashable] = {
        name: n
        for n, row in enumerate(marked)
        for name, main in row.items()
        if main and mains[name] == 1
    }
    together = {pair for i in incidents for pair in combinations(sorted(set(i.reports)), 2)}
    wanted = {pair for row in marked for pair in combinations(sorted(row), 2)}
    late = {
        pair
        for row in marked
        for pair in combinations(sorted(row), 2)
        if not (row[pair[0]] and row[pair[1]])
    }
    return score_groups(incidents, gold) | {
        "pair_recall": len(wanted & together) / len(wanted),
        "passing_pair_recall": len(late & together) / len(late),
    }
