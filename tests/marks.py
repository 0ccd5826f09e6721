"""Forecasts and events beside those marked by hand; the guide and the marks are in tests/gold.

A forecast found and one marked are the same when they share at least half of the words that either
covers (intersection over union of characters); an event when the triggers overlap. Pairs are one to
one, best first. Fields are compared over the pairs.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sayso.ingest.datelines import dated
from sayso.model import Event, Forecast, Report, Span, When

GOLD = Path(__file__).parent / "gold"
# Half of the words: contents may begin or end a few words apart and still be one forecast.
SHARED = 0.5

Place = tuple[str, int, int]
_SMALL = frozenset("the a an of for in on at and or to by from with its his her their s".split())


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Marked:
    """The marked reports, and the marks of one kind by report."""

    reports: dict[str, Report]
    rows: dict[str, list[dict[str, Any]]]

    def half(self, name: str) -> Marked:
        """The reports on which rules were tuned ("seen"), or those kept aside for measuring
        ("unseen"), by a hash of their ids.
        """
        wanted = {
            r
            for r in self.reports
            if (int(hashlib.md5(r.encode()).hexdigest(), 16) % 2 == 0) == (name == "seen")
        }
        return Marked({r: self.reports[r] for r in wanted}, self.rows)


def marked(kind: str, data: Path) -> Marked:
    """The reports with marks of a kind ("forecasts", "events"), from the folder of other people's
    texts.

    Raises ValueError when a text is not the one that was marked.
    """
    documents = [d for d in _rows(GOLD / "documents.jsonl") if kind in d["marked"]]
    texts = {
        name: {d["id"]: d for d in _rows(data / name)} for name in {d["file"] for d in documents}
    }
    reports = {}
    for d in documents:
        text = texts[d["file"]][d["id"]]
        title, body = text.get("title") or "", text["text"]
        if hashlib.sha256(f"{title}\x1f{body}".encode()).hexdigest() != d["sha256"]:
            raise ValueError(f"{d['id']}: not the text that was marked")
        published = date.fromisoformat(text["published"]) if text.get("published") else None
        report = Report(
            id=d["id"], title=title, text=body, publisher=text.get("publisher"), published=published
        )
        reports[d["id"]] = dated(report)
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(GOLD / f"{kind}.jsonl"):
        rows[row["report"]].append(row)
    return Marked(reports, rows)


def _place(claim: Event | Forecast, span: Span) -> Place:
    return claim.part, span.start, span.end


def _overlap(a: Place, b: Place) -> int:
    return max(0, min(a[2], b[2]) - max(a[1], b[1])) if a[0] == b[0] else 0


def _shared(a: Place, b: Place) -> float:
    common = _overlap(a, b)
    return common / (a[2] - a[1] + b[2] - b[1] - common) if common else 0.0


def _pairs(
    gold: list[Place], found: list[Place], weight: Callable[[Place, Place], float]
) -> list[tuple[int, int]]:
    ranked = sorted(
        ((weight(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        key=lambda t: (-t[0], t[1], t[2]),
    )
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for w, i, j in ranked:
        if w > 0 and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs


def _words(name: str | None) -> set[str]:
    return {
        w
        for w in "".join(c if c.isalnum() else " " for c in (name or "").lower()).split()
        if w not in _SMALL
    }


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names share their words: one holds all of the other's, or half are common."""
    x, y = _words(a), _words(b)
    return bool(x and y) and (x <= y or y <= x or len(x & y) / len(x | y) >= 0.5)


class Tally:
    """Hits, and how many fields were right of those asked for."""

    def __init__(self) -> None:
        self.gold = self.found = self.hit = 0
        self.right: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()

    def field(self, name: str, right: bool) -> None:
        self.asked[name] += 1
        self.right[name] += right

    def scores(self) -> dict[str, Any]:
        p, r = self.hit / (self.found or 1), self.hit / (self.gold or 1)
        out: dict[str, Any] = {
            "gold": self.gold,
            "found": self.found,
            "precision": p,
            "recall": r,
            "f1": 2 * p * r / (p + r or 1),
        }
        return out | {name: self.right[name] / n for name, n in self.asked.items()}


def _claimant(claim: Event | Forecast) -> str | None:
    last = claim.sources[-1]
    return None if last.role == "publisher" else f"{last.name or ''} {last.text or ''}"


def _days(when: When | None) -> list[str | None] | None:
    return [d.isoformat() if d else None for d in (when.start, when.end)] if when else None


def _text(report: Report, place: list[Any] | None) -> str | None:
    return report.part(place[0])[place[1] : place[2]] if place else None


def score_forecasts(gold: Marked, found: Mapping[str, Iterable[Forecast]]) -> dict[str, Any]:
    """Precision, recall and F1 of contents; over the pairs: mode, claimant (and of those named),
    horizon where marked.
    """
    tally = Tally()
    for name, report in gold.reports.items():
        rows, claims = gold.rows.get(name, []), list(found.get(name, []))
        places = [(r["part"], *r["content"]) for r in rows]
        pairs = [
            (i, j)
            for i, j in _pairs(places, [_place(c, c.content) for c in claims], _shared)
            if _shared(places[i], _place(claims[j], claims[j].content)) >= SHARED
        ]
        tally.gold, tally.found, tally.hit = (
            tally.gold + len(rows),
            tally.found + len(claims),
            tally.hit + len(pairs),
        )
        for i, j in pairs:
            row, claim = rows[i], claims[j]
            tally.field("mode", row["mode"] == claim.mode.value)
            said = _claimant(claim)
            right = (
                said is None
                if row["claimant"] is None
                else same_name(_text(report, row["claimant"]), said)
            )
            tally.field("claimant", right)
            if row["horizon"]:
                tally.field("horizon", row["horizon"] == _days(claim.horizon))
            else:
                tally.field("no_horizon", claim.horizon is None)
    return tally.scores()


def score_events(gold: Marked, found: Mapping[str, Iterable[Event]]) -> dict[str, Any]:
    """Precision, recall and F1 of triggers, and with the type right; over the pairs: type, and each
    field where marked.
    """
    tally, typed = Tally(), 0
    for name, report in gold.reports.items():
        rows, claims = gold.rows.get(name, []), list(found.get(name, []))
        pairs = _pairs(
            [(r["part"], *r["trigger"]) for r in rows],
            [_place(c, c.trigger) for c in claims],
            _overlap,
        )
        tally.gold, tally.found, tally.hit = (
            tally.gold + len(rows),
            tally.found + len(claims),
            tally.hit + len(pairs),
        )
        for i, j in pairs:
            row, claim = rows[i], claims[j]
            tally.field("type", row["type"] == claim.type.value)
            typed += row["type"] == claim.type.value
            if row["mode"]:
                tally.field("mode", row["mode"] == claim.mode)
            for field, span in (
                ("actor", claim.actor),
                ("target", claim.target),
                ("where", claim.where),
            ):
                if row[field]:
                    tally.field(
                        field, same_name(_text(report, row[field]), span.text if span else None)
                    )
            if row["start"] or row["end"]:
                tally.field("when", [row["start"], row["end"]] == _days(claim.when))
            said = _claimant(claim)
            tally.field(
                "claimant",
                said is None
                if row["claimant"] is None
                else same_name(_text(report, row["claimant"]), said),
            )
    p, r = typed / (tally.found or 1), typed / (tally.gold or 1)
    return tally.scores() | {"f1_with_type": 2 * p * r / (p + r or 1)}
