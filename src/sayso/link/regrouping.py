"""The decisions of people applied to incidents and series: groups are merged, split, confirmed,
rejected or corrected.

Decisions are applied in order, so the latest counts. Only the groups that a decision or a changed
claim touches are built again; all others stay as they were linked.
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
from sayso.model.links import Incident, Link, Linked, LinkKind, Origin, Series


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """A decision about groups, with the current ids of the claims that it is about. `field` and
    `value` are those of a correction.
    """

    act: Act
    claims: tuple[str, ...]
    others: tuple[str, ...] = ()
    field: str | None = None
    value: When | Where | str | None = None


@dataclass(frozen=True)
class Regrouped:
    """The result of linking with the decisions applied, and the rejected incidents, which are kept
    but not counted.
    """

    linked: Linked
    rejected: tuple[Incident, ...] = ()


def regroup(
    linked: Linked,
    claims: Mapping[str, Claim],
    published: Mapping[str, date | None],
    decisions: Sequence[GroupDecision],
    changed: Collection[str] = (),
    rejected: Collection[str] = (),
) -> Regrouped:
    """The result of linking with the decisions applied.

    `claims` are the claims that stand, with their corrections; `changed` are the ids of the
    corrected ones, `rejected` of those that people rejected, which are not in `claims`. `published`
    is the day of each report, by its id.
    """
    missing = {c for c in rejected if c in linked.origins}
    if not decisions and not changed and not missing:
        return Regrouped(linked)
    touched = {*changed, *missing} | {c for d in decisions for c in (*d.claims, *d.others)}
    nearness = _Nearness(linked, claims)
    incidents = _Groups([i.claims for i in linked.incidents], claims, touched, nearness, decisions)
    series = _Groups([s.claims for s in linked.series], claims, touched, nearness, decisions)
    rebuilt = _rebuilt_incidents(linked, incidents, claims, published, decisions)
    rebuilt_series = _rebuilt_series(linked, series, claims, published, decisions)
    by_claims = {i.claims: i for i in linked.incidents}
    kept = [by_claims[g] for g in incidents.kept]
    kept_series = [s for s in linked.series if s.claims in series.kept]
    standing = [i for i in rebuilt if i.review is not Review.REJECTED]
    links = _links(
        linked.links,
        standing,
        rebuilt_series,
        claims,
        linked.origins,
        published,
        touched | _members(rebuilt) | _members(rebuilt_series),
    )
    return Regrouped(
        replace(
            _without(linked, missing),
            incidents=tuple(
                sorted(
                    (*kept, *standing), key=lambda i: (i.first is None, i.first or date.max, i.id)
                )
            ),
            series=tuple(
                sorted((*kept_series, *rebuilt_series), key=lambda s: (-len(s.claims), s.id))
            ),
            links=links,
        ),
        tuple(i for i in rebuilt if i.review is Review.REJECTED),
    )


def _without(linked: Linked, missing: Collection[str]) -> Linked:
    """The result of linking without the pairs and origins of the missing claims."""
    if not missing:
        return linked
    return replace(
        linked,
        pairs=tuple(p for p in linked.pairs if p.claim not in missing and p.other not in missing),
        origins={c: key for c, key in linked.origins.items() if c not in missing},
    )


def _rebuilt_incidents(
    linked: Linked,
    groups: _Groups,
    claims: Mapping[str, Claim],
    published: Mapping[str, date | None],
    decisions: Sequence[GroupDecision],
) -> list[Incident]:
    """The incidents of the rebuilt groups, rejected ones included."""
    main = _main_reports((i for i in linked.incidents if i.claims not in groups.kept), claims)
    incidents = [
        _incident([claims[c] for c in g], main, published, linked.origins) for g in groups.rebuilt
    ]
    return [_decided(i, decisions, claims) for i in incidents]


def _rebuilt_series(
    linked: Linked,
    groups: _Groups,
    claims: Mapping[str, Claim],
    published: Mapping[str, date | None],
    decisions: Sequence[GroupDecision],
) -> list[Series]:
    """The series of the rebuilt groups."""
    series = [
        series_of([f for c in g if isinstance(f := claims[c], Figure)], published, linked.origins)
        for g in groups.rebuilt
    ]
    return [replace(s, review=_verdict(s.claims, decisions)) for s in series]


def _main_reports(
    incidents: Iterable[Incident], claims: Mapping[str, Claim]
) -> dict[str, set[str]]:
    """For each claim its report, if that report is mainly about the claim's incident."""
    main: dict[str, set[str]] = defaultdict(set)
    for i in incidents:
        for c in i.claims:
            main[c].update(r for r in i.main if c in claims and claims[c].report == r)
    return main


def _members(groups: Iterable[Incident | Series]) -> set[str]:
    return {c for g in groups for c in g.claims}


class _Groups:
    """Groups of claims with the decisions applied: those `kept` as they were, those `rebuilt`."""

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
            elif standing := dict.fromkeys(c for c in group if c in claims):
                self._members[n] = standing
                self._of |= dict.fromkeys(standing, n)
        self._next = max(self._members, default=0) + 1
        for d in decisions:
            self._apply(d)
        self.rebuilt = [tuple(m) for m in self._members.values()]

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
        """Moves the claims to a new group, with those members that are nearer to them than to the
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
    """Which side of a split a claim that neither side names is nearer to: the side with its report,
    else the side with the likelier pair of incident mentions.
    """

    def __init__(self, linked: Linked, claims: Mapping[str, Claim]) -> None:
        self._linked, self._claims = linked, claims
        self._weights: dict[frozenset[str], float] | None = None

    def nearer(self, claim: str, one: set[str], other: set[str]) -> bool:
        """Whether the claim is nearer to the one side; undecided, it stays with the other."""
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
    claims: Sequence[Claim],
    main: Mapping[str, set[str]],
    published: Mapping[str, date | None],
    origin: Mapping[str, Origin],
) -> Incident:
    """The incident of these claims: its main reports first, then those that claim most, as linking
    orders them.
    """
    of_report: dict[str, list[Claim]] = defaultdict(list)
    for c in claims:
        of_report[c.report].append(c)
    mainly = {r for c in claims for r in main.get(c.id, ())}
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
    """What people decided about exactly this group: a claim that joins later, a merge or a split
    makes it the machine's again.
    """
    group, verdict = set(members), Review.MACHINE
    basis: set[str] = set()
    for d in decisions:
        claims, others = set(d.claims), set(d.others)
        if d.act in _VERDICTS and group <= claims:
            found, basis = _VERDICTS[d.act], claims
            verdict = (
                Review.CORRECTED
                if verdict is Review.CORRECTED and found is Review.CONFIRMED
                else found
            )
        elif (d.act is Act.SEPARATE and basis & claims and basis & others) or (
            d.act is Act.MERGE and group & claims and group & others
        ):
            verdict = Review.MACHINE
    return verdict


def _decided(
    incident: Incident, decisions: Sequence[GroupDecision], claims: Mapping[str, Claim]
) -> Incident:
    """The incident with its verdict, and with the corrections that are mostly about its claims."""
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
    origin: Mapping[str, Origin],
    published: Mapping[str, date | None],
    touched: set[str],
) -> tuple[Link, ...]:
    """The links between claims that stand: those of the rebuilt groups are made again, copies
    stay.
    """
    kept = [
        k
        for k in before
        if (k.claim not in touched and k.other not in touched)
        or (k.kind is LinkKind.COPIES and k.claim in claims and k.other in claims)
    ]
    return (*kept, *relate(incidents, series, claims, origin, published))
