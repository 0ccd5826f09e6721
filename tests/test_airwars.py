"""Ranges of killed and wounded civilians beside those that Airwars's coders gave to the same
assessments.

The assessments are other people's and not part of this project: each is one report that tells of an
incident and of who reported which figure; `killed` and `wounded` are the coders' [min, max], null
where nobody was reported so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from sayso.coding import code, load_policy
from sayso.ingest.read import read
from sayso.model import Claim, Event, Figure, Report, Scope
from sayso.model.links import Coded, Incident, Range
from sayso.pipeline import Found, Settings, find_in
from tests.conftest import SHARED
from tests.making import said_by

ASSESSMENTS = SHARED / "data" / "airwars-gaza" / "incidents.jsonl"
KINDS = frozenset({"toll", "event"})
ENDS = ("min", "max")


def unseen(report: str) -> bool:
    """Whether an assessment is of the half whose errors were never read, by a hash of its id."""
    return int(hashlib.md5(report.encode()).hexdigest(), 16) % 2 == 1


def as_one_incident(report: Report, claims: Iterable[Claim]) -> Coded:
    """The figures of a report under `minmax`, when all that it tells of single incidents is taken
    as one.

    Who says so is told by the claimant's name.
    """
    given = [
        c
        for c in claims
        if isinstance(c, Event) or (isinstance(c, Figure) and c.scope is Scope.INCIDENT)
    ]
    last = {c.id: c.sources[-1] for c in given}
    origin = {
        c: said_by(report.id if source.role == "publisher" else f"{report.id} {source.name}")
        for c, source in last.items()
    }
    incident = Incident(
        id=report.id,
        claims=tuple(last),
        reports=(report.id,),
        main=(report.id,),
        origins=len(set(origin.values())),
    )
    return code(incident, given, origin, {report.id: report.published}, load_policy("minmax"))


def score(coded: Mapping[str, Coded], data: Path) -> dict[str, float]:
    """How often each end of the range is that of the coders, exactly and within one; over all, and
    over the unseen half.

    `coded` is by report id; an assessment without figures counts as wrong.
    """
    rows = [
        json.loads(line)
        for line in (data / "airwars-gaza" / "incidents.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    ]
    scores: dict[str, float] = {}
    for half, asked in (("", rows), ("unseen_", [row for row in rows if unseen(row["id"])])):
        for effect in ("killed", "wounded"):
            pairs = [
                (row[effect], _ends(coded.get(row["id"]), effect))
                for row in asked
                if row[effect] is not None
            ]
            for i, end in enumerate(ENDS):
                off = [
                    abs(gold[i] - found) if (found := ends[i]) is not None else None
                    for gold, ends in pairs
                ]
                scores[f"{half}{effect}_{end}_exact"] = sum(d == 0 for d in off) / (len(off) or 1)
                scores[f"{half}{effect}_{end}_within_one"] = sum(
                    d is not None and d <= 1 for d in off
                ) / (len(off) or 1)
    return scores


def _ends(coded: Coded | None, effect: str) -> tuple[int | None, int | None]:
    share: Range = getattr(coded, f"civilians_{effect}") if coded else Range()
    return share.low, share.high


def measure(data: Path) -> dict[str, float]:
    """The scores when each assessment is taken as one incident: what reading and the rule give,
    without linking.
    """
    reports = [
        r for r in read([data / "airwars-gaza" / "incidents.jsonl"]) if isinstance(r, Report)
    ]
    found = (f for f in find_in(reports, Settings(kinds=KINDS)) if isinstance(f, Found))
    return score({f.report.id: as_one_incident(f.report, f.claims) for f in found}, data)


def test_scores(tmp_path: Path) -> None:
    folder = tmp_path / "airwars-gaza"
    folder.mkdir()
    gold = [
        {"id": "a", "killed": [3, 5], "wounded": None},
        {"id": "b", "killed": [1, 1], "wounded": [2, 2]},
    ]
    (folder / "incidents.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    none = Range()
    coded = Coded(
        incident="i",
        policy="minmax",
        killed=none,
        wounded=none,
        civilians_killed=Range(3, None, 6),
        civilians_wounded=none,
    )
    scores = score({"a": coded}, tmp_path)
    assert [scores[f"killed_{end}_{how}"] for end in ENDS for how in ("exact", "within_one")] == [
        0.5,
        0.5,
        0,
        0.5,
    ]
    assert scores["wounded_min_exact"] == 0


ASSESSMENT = (
    "On the morning of 3 May, at least 14 civilians, among them five children, were killed and "
    "others were\ninjured in an alleged air strike on a house in Hill Town. The Valley Monitor "
    "reported that ten people were killed,\nwhile the Red Crescent said that 16 people were "
    "killed. Local sources said several people were wounded."
)


def test_an_assessment() -> None:
    """A text of the same shape, written for this test: the report's own floor, and the highest
    figure that it cites.
    """
    (found,) = (f for f in find_in([Report(id="r", text=ASSESSMENT)]) if isinstance(f, Found))
    coded = as_one_incident(found.report, found.claims)
    assert coded.civilians_killed == Range(14, None, 16)
    assert coded.civilians_wounded == Range(2, None, 2)


@pytest.mark.skipif(
    not ASSESSMENTS.is_file(), reason="the assessments are not part of this project"
)
def test_some_assessments() -> None:
    """The first few, so that a fault shows before the whole is measured (tests/accuracy.py)."""
    reports = [r for r in read([ASSESSMENTS]) if isinstance(r, Report)][:20]
    coded = {
        f.report.id: as_one_incident(f.report, f.claims)
        for f in find_in(reports, Settings(kinds=KINDS))
        if isinstance(f, Found)
    }
    gold = {
        row["id"]: row
        for row in map(json.loads, ASSESSMENTS.read_text(encoding="utf-8").splitlines())
    }
    right = sum(c.civilians_killed.low == gold[r]["killed"][0] for r, c in coded.items())
    assert right >= len(reports) // 2
