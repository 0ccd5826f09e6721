"""Copies beside those marked by hand: tests/gold/copies.jsonl (pairs) and copy-groups.jsonl (every
report of a subset).

A pair is `copy` (one text), `shares` (some whole sentences), or `none`. Precision and recall are of
the pairs that are copies, and of those that share anything; the adjusted Rand index is of the
groups.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from math import comb
from pathlib import Path
from typing import Any

from sayso.ingest.read import read
from sayso.language.outlets import KnownSources
from sayso.link.copies import find_copies
from sayso.link.origins import text_groups
from sayso.model import Report
from sayso.model.links import Sharing

GOLD = Path(__file__).parent / "gold"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def measure(data: Path, known: KnownSources) -> dict[str, float]:
    """Precision, recall and F1 of copies and of any sharing, and the adjusted Rand index, over both
    files of reports.
    """
    pairs, groups = _rows("copies.jsonl"), _rows("copy-groups.jsonl")
    given: Counter[tuple[str, str]] = Counter()
    found_groups: dict[str, Hashable] = {}
    for file in sorted({p["file"] for p in pairs}):
        reports = [r for r in read([data / file]) if isinstance(r, Report)]
        copies = find_copies(reports, known)
        sharing = {frozenset((c.report, c.of)): c.sharing for c in copies}
        present = {r.id for r in reports}
        for p in (p for p in pairs if p["file"] == file and {p["a"], p["b"]} <= present):
            found = sharing.get(frozenset((p["a"], p["b"])))
            given[p["label"], found.value if found else "none"] += 1
        found_groups |= text_groups(reports, copies)
    gold = {g["report"]: (g["file"], g["group"]) for g in groups if g["report"] in found_groups}
    return (
        _scores(given, "copy", (Sharing.COPY.value,))
        | _scores(given, "any", (Sharing.COPY.value, Sharing.SHARES.value))
        | {"adjusted_rand": adjusted_rand(found_groups, gold)}
    )


def _scores(
    given: Mapping[tuple[str, str], int], name: str, labels: tuple[str, ...]
) -> dict[str, float]:
    hit = sum(n for (gold, found), n in given.items() if gold in labels and found in labels)
    predicted = sum(n for (_, found), n in given.items() if found in labels)
    marked = sum(n for (gold, _), n in given.items() if gold in labels)
    p, r = hit / predicted, hit / marked
    return {f"{name}_precision": p, f"{name}_recall": r, f"{name}_f1": 2 * p * r / (p + r)}


def adjusted_rand(found: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> float:
    """How far two groupings of the items of `gold` agree: 1 the same, 0 as by chance (Hubert and
    Arabie 1985).
    """
    both = Counter((found[i], gold[i]) for i in gold)
    ours, theirs = Counter(found[i] for i in gold), Counter(gold.values())
    together, a, b = (sum(comb(n, 2) for n in c.values()) for c in (both, ours, theirs))
    expected = a * b / comb(len(gold), 2)
    most = (a + b) / 2
    return (together - expected) / (most - expected) if most != expected else 1.0


def b_cubed(
    found: Mapping[str, Hashable], gold: Mapping[str, Hashable]
) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of a grouping of the items of `gold` (Bagga and Baldwin
    1998).
    """
    ours: dict[Hashable, set[str]] = defaultdict(set)
    theirs: dict[Hashable, set[str]] = defaultdict(set)
    for i, label in gold.items():
        ours[found[i]].add(i)
        theirs[label].add(i)
    shared = [
        (len(ours[found[i]] & theirs[gold[i]]), len(ours[found[i]]), len(theirs[gold[i]]))
        for i in gold
    ]
    p = sum(s / o for s, o, _ in shared) / len(gold)
    r = sum(s / t for s, _, t in shared) / len(gold)
    return p, r, 2 * p * r / (p + r)
