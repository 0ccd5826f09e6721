"""A record as Web Annotations (W3C Web Annotation Data Model), with PROV for provenance, in
JSON-LD.

Every claim is an annotation: its target is the words in the report, by quotation and by position;
its body the claim's own fields. An incident and a series are collections of annotations.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import quote

from sayso.export.files import json_list_file
from sayso.export.material import Material
from sayso.export.plain import plain_with_lists
from sayso.model import Claim, Report, claim_to_dict
from sayso.model.links import Coded, Incident, LinkKind, Range, Series

NAME = "record.jsonld"
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"prov": "http://www.w3.org/ns/prov#", "sayso": "urn:sayso:vocabulary#"},
]
# How much of the text before and after the words a quotation holds, in code points, to distinguish
# several occurrences of the same words.
_AROUND = 32
# Given by the annotation itself, not by its body.
_ELSEWHERE = frozenset({"id", "report", "part", "quote", "start", "end"})
_PROV = {LinkKind.REVISES: "prov:wasRevisionOf", LinkKind.COPIES: "prov:wasQuotedFrom"}
Node = dict[str, Any]


def iri(kind: str, name: str) -> str:
    """The name of one of our things as a URN, every character of it kept."""
    return f"urn:sayso:{kind}:{quote(name, safe='')}"


def json_ld(material: Material) -> dict[str, bytes]:
    """The record as one JSON-LD document."""
    graph = [_made(material), *_reports(material), *_claimants(material), *_claims(material)]
    graph += [_incident(i, material.figures_of(i)) for i in material.linked.incidents]
    graph += [_series(s) for s in material.linked.series]
    graph += [
        {
            "type": "sayso:Link",
            "sayso:claim": _ref("claim", k.claim),
            "sayso:other": _ref("claim", k.other),
            "sayso:kind": k.kind.value,
            "sayso:reason": k.reason,
        }
        for k in material.linked.links
    ]
    return {NAME: json_list_file({"@context": CONTEXT}, "@graph", graph)}


def _made(material: Material) -> Node:
    day = material.as_of and material.as_of.isoformat()
    return {
        "id": "urn:sayso:export",
        "type": "prov:Entity",
        "sayso:made": material.made,
        "sayso:policy": material.policy,
        "sayso:asOf": day,
    }


def _ref(kind: str, name: str) -> Node:
    return {"id": iri(kind, name)}


def _reports(material: Material) -> Iterator[Node]:
    """The reports with their publishers, and the reports whose text they copy."""
    quoted: dict[str, list[Node]] = defaultdict(list)
    for copy in material.linked.copies:
        if copy.directed:
            quoted[copy.report].append(_ref("report", copy.of))
    publishers = dict.fromkeys(r.publisher for r in material.reports.values() if r.publisher)
    for name in publishers:
        yield {"id": iri("publisher", name), "type": "prov:Agent", "sayso:name": name}
    for report in material.reports.values():
        yield _report(report) | (
            {"prov:wasQuotedFrom": quoted[report.id]} if report.id in quoted else {}
        )


def _report(report: Report) -> Node:
    node: Node = {
        "id": iri("report", report.id),
        "type": "prov:Entity",
        "sayso:hash": report.hash,
        "sayso:title": report.title,
    }
    if report.published:
        node["sayso:published"] = report.published.isoformat()
    node |= {
        f"sayso:{name}": value
        for name in ("credit", "origin")
        if (value := getattr(report, name)) is not None
    }
    if report.url:
        node["sayso:url"] = report.url
    if report.publisher:
        node["prov:wasAttributedTo"] = _ref("publisher", report.publisher)
    return node


def _origin(material: Material, claim: Claim) -> str | None:
    """The name of a claim's claimant in the document; None for a report's own voice, and for an
    unnamed claimant.
    """
    last = claim.sources[-1] if claim.sources else None
    if last is None or last.role != "claimant" or not last.name:
        return None
    key = str(material.linked.origins.get(claim.id, last.name))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _claimants(material: Material) -> Iterator[Node]:
    """One node per independent origin, with every name that reports use for it."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in material.claims.values():
        if origin := _origin(material, claim):
            names[origin][claim.sources[-1].name or ""] = None
    for origin, called in names.items():
        yield {
            "id": iri("origin", origin),
            "type": ["prov:Agent", "prov:Entity"],
            "sayso:name": list(called),
        }


def _claims(material: Material) -> Iterator[Node]:
    linked: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for link in material.linked.links:
        if link.kind in _PROV:
            linked[link.claim][_PROV[link.kind]].append(_ref("claim", link.other))
    for claim in material.claims.values():
        node: Node = {
            "id": iri("claim", claim.id),
            "type": ["Annotation", "prov:Entity"],
            "motivation": "describing",
            "body": _body(claim),
            "target": _target(claim, material.reports[claim.report]),
        }
        if origin := _origin(material, claim):
            node["prov:hadPrimarySource"] = _ref("origin", origin)
        yield node | dict(linked[claim.id])


def _target(claim: Claim, report: Report) -> Node:
    words = report.part(claim.part)
    quotation = {
        "type": "TextQuoteSelector",
        "exact": claim.quote,
        "prefix": words[max(0, claim.start - _AROUND) : claim.start],
        "suffix": words[claim.end : claim.end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": claim.start, "end": claim.end}
    return {"source": f"{iri('report', report.id)}#{claim.part}", "selector": [quotation, position]}


def _body(claim: Claim) -> Node:
    """The claim's own fields under our vocabulary."""
    fields = {name: value for name, value in claim_to_dict(claim).items() if name not in _ELSEWHERE}
    for name in ("part_of", "event"):
        if fields.get(name):
            fields[name] = _ref("claim", fields[name])
    return {"type": f"sayso:{claim.kind.title()}", **_named(fields)}


def _named(fields: Node) -> Node:
    """Fields with the prefix of our vocabulary, at every depth; a list keeps its order."""
    return {
        name if name == "id" else f"sayso:{name}": _value(value)
        for name, value in fields.items()
        if value is not None
    }


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return value if "id" in value else _named(value)
    if isinstance(value, list | tuple):
        return {"@list": [_value(v) for v in value]}
    return value


def _collection(kind: str, name: str, claims: Sequence[str]) -> Node:
    """What every collection of annotations has: their number, and a page of them in order."""
    page = {"type": "AnnotationPage", "startIndex": 0, "items": [iri("claim", c) for c in claims]}
    return {
        "id": iri(kind, name),
        "type": ["AnnotationCollection", f"sayso:{kind.title()}"],
        "total": len(claims),
        "first": page,
    }


def _incident(incident: Incident, coded: Coded) -> Node:
    fields: Node = {
        k: v
        for k, v in plain_with_lists(incident).items()
        if k not in ("id", "claims") and not k.startswith("where_")
    }
    for name in ("reports", "main"):
        fields[name] = [_ref("report", r) for r in fields[name]]
    fields["where"] = asdict(incident.where) if incident.where else None
    ranges = {
        name: getattr(coded, name)
        for name in ("killed", "wounded", "civilians_killed", "civilians_wounded")
    }
    figures = {name: asdict(share) for name, share in ranges.items() if share != Range()}
    return _collection("incident", incident.id, incident.claims) | _named(
        fields | figures | {"policy": coded.policy}
    )


def _series(series: Series) -> Node:
    fields: Node = {
        name: getattr(series, name)
        for name in ("origins", "kind", "effect", "status", "who", "since", "per")
    }
    fields = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }
    fields["where"] = asdict(series.where) if series.where else None
    return _collection("series", series.id, series.claims) | _named(fields)
