"""Incidents beside groups made by people.

`tests/gold/incidents.jsonl` holds incidents of the Syrian war with every report of one file that tells of them, and whether
it is mainly about it. The shootings come with the incident that each article is about.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from sayso.linked import Incident
from tests.copying import adjusted_rand, b_cubed

GOLD = Path(__file__).parent / "gold"


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


def score_incidents(incidents: Iterable[Incident], present: Iterable[str]) -> dict[str, float]:
    """Against those marked by hand: reports by what they are mainly about, and pairs of reports that tell of one
    incident, in passing too: how many of those are found together, and how many of the pairs found are right.

    A pair found counts as wrong when both its reports are marked, and no marked incident holds both; only incidents
    that hold a marked report as their main one are looked at, since others were never marked.
    """
    incidents, present = list(incidents), set(present)
    marked = [[(r["id"], r["main"]) for r in row["reports"] if r["id"] in present] for row in rows(GOLD / "incidents.jsonl")]
    mains = Counter(name for row in marked for name, main in row if main)
    gold: dict[str, Hashable] = {name: n for n, row in enumerate(marked) for name, main in row if main and mains[name] == 1}
    scores = score_groups(incidents, gold)
    together = {frozenset(pair) for i in incidents for pair in combinations(sorted(set(i.reports)), 2)}
    wanted = {frozenset(pair) for row in marked for pair in combinations(sorted({name for name, _ in row}), 2)}
    scores["pair_recall"] = len(wanted & together) / len(wanted)
    about = {frozenset(p) for i in incidents for p in combinations(sorted(set(i.main) & gold.keys()), 2)}
    scores["main_pair_precision"] = len(about & wanted) / len(about)
    return scores
