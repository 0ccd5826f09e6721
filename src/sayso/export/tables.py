"""A record as rows of the tables of `schema`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sayso.export.material import Material
from sayso.export.plain import plain
from sayso.export.schema import CLAIM_COLUMNS
from sayso.model import Claim, Report, Where
from sayso.model.decisions import Act, Decision, standing
from sayso.model.fields import fields_of
from sayso.model.links import Coded, Origin, Range, Series

Line = dict[str, Any]


def rows_of(material: Material) -> dict[str, list[Line]]:
    """The rows of every table, by the table's name."""
    linked, claims = material.linked, material.claims.values()
    coded = [material.coded[i.id] for i in linked.incidents if i.id in material.coded]
    return {
        "reports": [_report(r) for r in material.reports.values()],
        "claims": [_claim(c, linked.origins) for c in claims],
        "claim_sources": [line for c in claims for line in _sources(c)],
        "claim_parts": [
            {"claim": c.id, "position": n, "text": p.text, "start": p.start, "end": p.end}
            for c in claims
            for n, p in enumerate(getattr(c, "parts", ()), 1)
        ],
        "copies": [
            {
                "report": k.report,
                "of": k.of,
                "sharing": k.sharing.value,
                "share": k.share,
                "directed": k.directed,
                "reasons": "; ".join(k.reasons),
            }
            for k in linked.copies
        ],
        "links": [
            {"claim": k.claim, "other": k.other, "kind": k.kind.value, "reason": k.reason}
            for k in linked.links
        ],
        "incidents": [plain(i) for i in linked.incidents],
        "incident_reports": [
            {
                "incident": i.id,
                "report": r,
                "position": n,
                "main": i.main.index(r) + 1 if r in i.main else None,
            }
            for i in linked.incidents
            for n, r in enumerate(i.reports, 1)
        ],
        "incident_claims": [
            line
            for i in linked.incidents
            for line in _members("incident", i.id, i.claims, linked.origins)
        ],
        "series": [_series(s) for s in linked.series],
        "series_claims": [
            line
            for s in linked.series
            for line in _members("series", s.id, s.claims, linked.origins)
        ],
        "figures": [line for c in coded for line in _figures(c)],
        "figure_steps": [line for c in coded for line in _steps(c)],
        "figure_claims": [line for c in coded for line in _step_claims(c)],
        "decisions": list(_decisions(material.decisions)),
        "decision_claims": [line for d in material.decisions for line in _decided_about(d)],
    }


def _report(report: Report) -> Line:
    names = ("id", "title", "publisher", "published", "url", "credit", "origin", "hash")
    return {name: getattr(report, name) for name in names}


def _claim(claim: Claim, origin: Mapping[str, Origin]) -> Line:
    line = {c.exported: c.of(claim) for c in CLAIM_COLUMNS}
    return line | {"origin": _written_origin(origin, claim.id), "review": claim.review.value}


def _written_origin(origin: Mapping[str, Origin], claim: str) -> str | None:
    found = origin.get(claim)
    return None if found is None else str(found)


def _place(where: Where | None) -> Line:
    return {f"where_{f.name}": where and getattr(where, f.name) for f in fields_of(Where)}


def _sources(claim: Claim) -> Iterator[Line]:
    for n, s in enumerate(claim.sources, 1):
        yield {
            "claim": claim.id,
            "position": n,
            "name": s.name,
            "role": s.role,
            "type": s.type,
            "party": s.party,
            "text": s.text,
            "start": s.start,
            "end": s.end,
            "cue": s.cue,
        }


def _members(
    of: str, name: str, claims: Iterable[str], origin: Mapping[str, Origin]
) -> Iterator[Line]:
    for n, claim in enumerate(claims, 1):
        yield {of: name, "claim": claim, "position": n, "origin": _written_origin(origin, claim)}


def _series(series: Series) -> Line:
    names = ("id", "kind", "origins", "effect", "status", "who", "since", "per", "review")
    return {name: getattr(series, name) for name in names} | _place(series.where)


def _figures(coded: Coded) -> Iterator[Line]:
    ranges: dict[str, tuple[Range, str | None]] = {
        name: (getattr(coded, name), None)
        for name in ("killed", "wounded", "civilians_killed", "civilians_wounded")
    }
    names = {"side_a": coded.side_a_name, "side_b": coded.side_b_name}
    ranges |= {f"killed_{side}": (share, names.get(side)) for side, share in coded.sides.items()}
    for figure, (share, name) in ranges.items():
        if share != Range():
            yield {
                "incident": coded.incident,
                "policy": coded.policy,
                "figure": figure,
                "name": name,
                "low": share.low,
                "best": share.best,
                "high": share.high,
            }


def _steps(coded: Coded) -> Iterator[Line]:
    lines = [("step", step.words) for step in coded.steps] + [
        ("note", note) for note in coded.notes
    ]
    for n, (kind, words) in enumerate(lines, 1):
        yield {
            "incident": coded.incident,
            "policy": coded.policy,
            "position": n,
            "kind": kind,
            "words": words,
        }


def _step_claims(coded: Coded) -> Iterator[Line]:
    for n, claims in enumerate((coded.deciding, *(step.claims for step in coded.steps))):
        for claim in dict.fromkeys(claims):
            yield {
                "incident": coded.incident,
                "policy": coded.policy,
                "position": n,
                "claim": claim,
            }


def _decisions(decisions: Sequence[Decision]) -> Iterator[Line]:
    names = ("id", "who", "subject", "act", "field", "because", "source", "undoes")
    held = {d.id for d in standing(decisions)}
    for d in decisions:
        values = {name: _written(getattr(d, name)) for name in ("value", "was")}
        line = {name: getattr(d, name) for name in names} | values
        yield line | {
            "at": d.at.isoformat(timespec="seconds"),
            "stands": d.id in held or (d.act is Act.UNDO and d.undoes not in held),
        }


def _written(value: Any) -> str | None:
    return (
        value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    )


def _decided_about(d: Decision) -> Iterator[Line]:
    for side, references in (("claims", d.claims), ("others", d.others)):
        for n, a in enumerate(references, 1):
            yield {
                "decision": d.id,
                "side": side,
                "position": n,
                "claim": a.claim,
                "report": a.report,
                "text": a.text,
            }
