"""Incidents and series as people decided that they are: what was linked, merged, split, confirmed,
corrected.

Decisions are taken in their order, so the latest counts. Only the groups that a decision or a
changed claim touches are made anew; all others stay as they were linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sayso.link.incidents import incident_of
from sayso.link.mentions import without_offsets
from sayso.link.relations import relate
from sayso.link.series import series_of
from sayso.model import Claim, Event, EventType, Figure, Review, When, Where
from sayso.model.decisions import Act
from sayso.model.links import Incident, Link, Linked, LinkKind, Series


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """A decision about groups, with the claims that it is about today. `field` and `value` are
    those of a correction.
    """

    act: Act
    claims: tuple[str, ...]
    others: tuple[str, ...] = ()
    field: str | None = None
    value: When | Where | str | None = None


@dataclass(frozen=True)
class Regrouped:
    """The links as they stand, and the incidents that people rejected: kept, but counted
    nowhere.
    """

    linked: Linked
    rejected: tuple[Incident, ...] = ()


def regroup(
    linked: Linked,
    claims: Mapping[str, Claim],
    published: Mapping[str, date | None],
    decisions: Sequence[GroupDecision],
    changed: Collection[str] = (),
    gone: Collection[str] = (),
) -> Regrouped:
    """What linking gave, changed by decisions.

    `claims` are those that stand, as they were corrected; `changed` are the ids of those, `gone` of
    the rejected ones, which are not among them. `published` is the day of each report, by id.
    """
    missing = {c for c in gone if c in linked.origin}
    if not decisions and not changed and not missing:
        return Regrouped(linked)
    touched = {*changed, *missing} | {c for d in decisions for c in (*d.claims, *d.others)}
    nearness = _Nearness(linked, claims)
    incidents = _Groups([i.claims for i in linked.incidents], claims, touched, nearness, decisions)
    series = _Groups([s.claims for s in linked.series], claims, touched, nearness, decisions)
    old = {i.claims: i for i in linked.incidents}
    main = _main_reports((i for i in linked.incidents if i.claims not in incidents.kept), claims)
    made = [
        _incident([claims[c] for c in g], main, published, linked.origin) for g in incidents.made
    ]
    made = [_decided(i, decisions, claims) for i in made]
    made_series = [
        series_of([f for c in g if isinstance(f := claims[c], Figure)], published, linked.origin)
        for g in series.made
    ]
    made_series = [replace(s, review=_verdict(s.claims, decisions)) for s in made_series]
    kept = [old[g] for g in incidents.kept]
    kept_series = [s for s in linked.series if s.claims in series.kept]
    standing = [i for i in made if i.review is not Review.REJECTED]
    everything = sorted(
        (*kept, *standing), key=lambda i: (i.first is None, i.first or date.max, i.id)
    )
    links = _links(
        linked.links,
        standing,
        made_series,
        claims,
        linked.origin,
        published,
        touched | _members(made) | _members(made_series),
    )
    return Regrouped(
        replace(
            linked,
            pairs=tuple(
                p for p in linked.pairs if p.claim not in missing and p.other not in missing
            )
            if missing
            else linked.pairs,
            incidents=tuple(everything),
            series=tuple(
                sorted((*kept_series, *made_series), key=lambda s: (-len(s.claims), s.id))
            ),
            links=links,
            origin=_without(linked.origin, missing) if missing else linked.origin,
        ),
        tuple(i for i in made if i.review is Review.REJECTED),
    )


def _without(origin: Mapping[str, str], gone: Iterable[str]) -> dict[str, str]:
    left = dict(origin)
    for c in gone:
        left.pop(c, None)
    return left


def _main_reports(
    incidents: Iterable[Incident], claims: Mapping[str, Claim]
) -> dict[str, set[str]]:
    """For each claim its report, where that is mainly about the incident that it was linked to."""
    main: dict[str, set[str]] = defaultdict(set)
    for i in incidents:
        for c in i.claims:
            main[c].update(r for r in i.main if c in claims and claims[c].report == r)
    return main


def _members(groups: Iterable[Incident | Series]) -> set[str]:
    return {c for g in groups for c in g.claims}


class _Groups:
    """Groups of claims with the decisions applied: `kept` as they were, `made` anew."""

    def __init__(
        self,
        groups: Iterable[tuple[str, ...]],
        claims: Mapping[str, Claim],
        touched: set[str],
        nearness: _Nearness,
        decisions: Sequence[GroupDecision],
    ) -> None:
        self.kept: dict[tuple[str, ...], None] = {}
        self._nearness = nearness
        self._members: dict[int, dict[str, None]] = {}
        self._of: dict[str, int] = {}
        for n, group in enumerate(groups):
            if touched.isdisjoint(group):
                self.kept[group] = None
            elif alive := dict.fromkeys(c for c in group if c in claims):
                self._members[n] = alive
                self._of |= dict.fromkeys(alive, n)
        self._next = max(self._members, default=0) + 1
        for d in decisions:
            self._apply(d)
        self.made = [tuple(m) for m in self._members.values()]

    def _apply(self, d: GroupDecision) -> None:
        match d.act:
            case Act.MERGE:
                self._join((*d.claims, *d.others))
            case Act.CONFIRM:
                self._join(d.claims)
            case Act.SEPARATE:
                for n in {self._of[c] for c in d.claims if c in self._of} & {
                    self._of[c] for c in d.others if c in self._of
                }:
                    self._split(n, set(d.claims), set(d.others))

    def _join(self, names: Iterable[str]) -> None:
        found = sorted({self._of[c] for c in names if c in self._of})
        for n in found[1:]:
            moved = self._members.pop(n)
            self._members[found[0]] |= moved
            self._of |= dict.fromkeys(moved, found[0])

    def _split(self, n: int, claims: set[str], others: set[str]) -> None:
        """Takes the claims out of a group, and with them what stands nearer to them than to the
        others.
        """
        members = self._members[n]
        leaving = [
            c
            for c in members
            if c in claims or (c not in others and self._nearness.nearer(c, claims, others))
        ]
        self._members[self._next] = dict.fromkeys(leaving)
        self._of |= dict.fromkeys(leaving, self._next)
        for c in leaving:
            del members[c]
        self._next += 1


class _Nearness:
    """Which of two sides a claim that neither names is nearer to: that of its report, else that
    with the likelier pair of accounts.
    """

    def __init__(self, linked: Linked, claims: Mapping[str, Claim]) -> None:
        self._linked, self._claims = linked, claims
        self._weights: dict[frozenset[str], float] | None = None

    def nearer(self, claim: str, one: set[str], other: set[str]) -> bool:
        """Whether the claim is nearer to the one side; where nothing tells, it stays with the
        other.
        """
        report = self._claims[claim].report
        in_one, in_other = (
            any(self._claims[c].report == report for c in side if c in self._claims)
            for side in (one, other)
        )
        if in_one != in_other:
            return in_one
        return self._weight(report, one) > self._weight(report, other)

    def _weight(self, report: str, side: set[str]) -> float:
        if self._weights is None:
            self._weights = defaultdict(lambda: float("-inf"))
            for p in self._linked.pairs:
                if p.claim in self._claims and p.other in self._claims:
                    key = frozenset((self._claims[p.claim].report, self._claims[p.other].report))
                    self._weights[key] = max(p.weight, self._weights[key])
        reports = {self._claims[c].report for c in side if c in self._claims}
        return max(
            (self._weights.get(frozenset((report, r)), float("-inf")) for r in reports),
            default=float("-inf"),
        )


def _incident(
    told: Sequence[Claim],
    main: Mapping[str, set[str]],
    published: Mapping[str, date | None],
    origin: Mapping[str, str],
) -> Incident:
    """An incident of these claims: its main reports first, then those that claim most, as linking
    orders them.
    """
    of_report: dict[str, list[Claim]] = defaultdict(list)
    for c in told:
        of_report[c.report].append(c)
    mainly = {r for c in told for r in main.get(c.id, ())}
    reports = sorted(of_report, key=lambda r: (r not in mainly, -len(of_report[r]), r))
    earliest = min(
        reports, key=lambda r: (published.get(r) is None, published.get(r) or date.max, r)
    )
    first = min(c.id for c in of_report[earliest])
    return incident_of(
        [c for r in reports for c in of_report[r]],
        tuple(r for r in reports if r in mainly),
        first,
        origin,
    )


_VERDICTS = {
    Act.CONFIRM: Review.CONFIRMED,
    Act.REJECT: Review.REJECTED,
    Act.CORRECT: Review.CORRECTED,
}


def _verdict(members: Sequence[str], decisions: Iterable[GroupDecision]) -> Review:
    """What people decided about just this group: a claim that joins later, a merge or a split makes
    it the machine's again.
    """
    told, verdict = set(members), Review.MACHINE
    basis: set[str] = set()
    for d in decisions:
        claims, others = set(d.claims), set(d.others)
        if d.act in _VERDICTS and told <= claims:
            found, basis = _VERDICTS[d.act], claims
            verdict = (
                Review.CORRECTED
                if verdict is Review.CORRECTED and found is Review.CONFIRMED
                else found
            )
        elif (d.act is Act.SEPARATE and basis & claims and basis & others) or (
            d.act is Act.MERGE and told & claims and told & others
        ):
            verdict = Review.MACHINE
    return verdict


def _decided(
    incident: Incident, decisions: Sequence[GroupDecision], claims: Mapping[str, Claim]
) -> Incident:
    """The incident with its verdict, and with the corrections of those decisions of which it holds
    most claims.
    """
    members = set(incident.claims)
    for d in decisions:
        if d.act is Act.CORRECT and 2 * len(members & set(d.claims)) > len(d.claims):
            incident = _corrected(incident, d, claims)
    return replace(incident, review=_verdict(incident.claims, decisions))


def _corrected(incident: Incident, d: GroupDecision, claims: Mapping[str, Claim]) -> Incident:
    match d.field, d.value:
        case "when", When() as when:
            return replace(incident, first=when.start, last=when.end, date_precision=when.precision)
        case "where", Where() as where:
            return replace(incident, where=without_offsets(where))
        case "type", str() as kind:
            modes = [
                c.mode
                for i in incident.claims
                if isinstance(c := claims[i], Event) and c.type.value == kind and c.mode
            ]
            return replace(
                incident, type=EventType(kind), mode=max(modes, key=modes.count) if modes else None
            )
    return incident


def _links(
    before: Iterable[Link],
    incidents: Sequence[Incident],
    series: Sequence[Series],
    claims: Mapping[str, Claim],
    origin: Mapping[str, str],
    published: Mapping[str, date | None],
    touched: set[str],
) -> tuple[Link, ...]:
    """The links between claims that stand: those of the groups made anew are told anew, copies
    stay.
    """

    kept = [
        k
        for k in before
        if (k.claim not in touched and k.other not in touched)
        or (k.kind is LinkKind.COPIES and k.claim in claims and k.other in claims)
    ]
    return (*kept, *relate(incidents, series, claims, origin, published))
