"""What a decision leaves as it was, taken over from the snapshot before it: only what it touches is
worked out again.

A decision touches a handful of a record's claims, and a page after it must not take longer than one
before it. Each function here gives what the new snapshot would work out by itself; tests hold it to
that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from sayso.link.consistency import Inconsistency, check
from sayso.model import Claim, Source
from sayso.model.decisions import Act, Decision, Subject, standing
from sayso.model.links import Incident, Link, Linked, LinkKind, Pair, Series
from sayso.view import Contents

Group = Incident | Series
# Links by claim or by incident; pairs of mentions by incident: within it, and with those of
# another.
Links = dict[str, list[Link]]
Pairs = tuple[dict[str, list[Pair]], dict[str, list[Pair]]]


class State(Protocol):
    """What is asked of a snapshot here; `sayso.web.snapshot` says what each of these is."""

    @property
    def groups(self) -> tuple[Group, ...]: ...
    @property
    def held(self) -> Contents: ...
    @property
    def claims(self) -> Mapping[str, Claim]: ...
    @property
    def linked(self) -> Linked: ...
    @property
    def published(self) -> Mapping[str, date | None]: ...
    @property
    def incident_of(self) -> Mapping[str, Incident]: ...
    @property
    def series_of(self) -> Mapping[str, Series]: ...
    @property
    def decisions(self) -> Sequence[Decision]: ...
    @property
    def sources_changed(self) -> frozenset[tuple[str, tuple[Source, ...]]]: ...


@dataclass(frozen=True)
class Change:
    """What differs between a snapshot and the one before: groups that are new or gone, and the
    claims that they hold or that somebody decided about (`touched`). `of_sources`: who says what
    differs.
    """

    new: tuple[Group, ...]
    gone: tuple[Group, ...]
    touched: frozenset[str]
    of_sources: bool = False

    @classmethod
    def between(cls, old: State, new: State) -> Change:
        before, now = ({g.id: g for g in b.groups} for b in (old, new))
        made = tuple(g for n, g in now.items() if before.get(n) is not g)
        gone = tuple(g for n, g in before.items() if now.get(n) is not g)
        decided = old.held.reviewed.touched | new.held.reviewed.touched
        touched = decided.union(*(g.claims for g in (*made, *gone)))
        return cls(made, gone, touched, old.sources_changed != new.sources_changed)

    def and_before(self, earlier: Change | None) -> Change:
        """This change and the one before it as one."""
        if earlier is None:
            return self
        return Change(
            (*earlier.new, *self.new),
            (*earlier.gone, *self.gone),
            earlier.touched | self.touched,
            earlier.of_sources or self.of_sources,
        )

    def leaves(self, group: Group) -> bool:
        """Whether the group and its claims are as they were."""
        return group.id not in self.names and self.touched.isdisjoint(group.claims)

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of the groups that are new or gone."""
        return frozenset(g.id for g in (*self.new, *self.gone))


def is_light(old: State, new: State) -> bool:
    """Whether no decision between the two changes a value, a link or a group: notes, settled
    forecasts, confirmations of what stood together anyhow.
    """
    before, now = ({d.id: d for d in standing(b.decisions)} for b in (old, new))
    changed = [d for n, d in (before | now).items() if (n in before) != (n in now)]
    return all(
        d.act in (Act.NOTE, Act.SETTLE) or (d.act is Act.CONFIRM and _stood_together(old, new, d))
        for d in changed
    )


def _stood_together(old: State, new: State, d: Decision) -> bool:
    homes = {(old.incident_of.get(a.claim) or old.series_of.get(a.claim) or d).id for a in d.claims}
    rejected = old.held.reviewed.rejected.keys() | new.held.reviewed.rejected.keys()
    return all(a.claim not in rejected for a in d.claims) and (
        d.subject is Subject.CLAIM or len(homes) == 1
    )


def links_of(value: Links, new: State, change: Change) -> Links:
    """The links of each claim."""
    near = set(change.touched)
    for c in change.touched:
        for k in value.get(c, ()):
            near |= {k.claim, k.other}
    touching = [k for k in new.linked.links if k.claim in near or k.other in near]
    for k in touching:
        if k.claim in change.touched or k.other in change.touched:
            near |= {k.claim, k.other}
    found: dict[str, list[Link]] = defaultdict(
        list, {c: ks for c, ks in value.items() if c not in near}
    )
    for k in new.linked.links:
        if k.claim in near:
            found[k.claim].append(k)
        if k.other in near:
            found[k.other].append(k)
    return found


def disputes(value: Links, new: State, change: Change) -> Links:
    """The contradictions within each incident and series."""
    found: dict[str, list[Link]] = defaultdict(
        list, {n: ks for n, ks in value.items() if n not in change.names}
    )
    for k in new.linked.links:
        if k.claim in change.touched and k.kind is LinkKind.CONTRADICTS:
            home = new.incident_of.get(k.claim) or new.series_of.get(k.claim)
            if home is not None and home.id in change.names:
                found[home.id].append(k)
    return found


def pairs(value: Pairs, new: State, change: Change) -> Pairs:
    """The pairs of mentions by incident: within it, and with those of another."""
    within: dict[str, list[Pair]] = defaultdict(
        list, {n: ps for n, ps in value[0].items() if n not in change.names}
    )
    across: dict[str, list[Pair]] = defaultdict(
        list, {n: ps for n, ps in value[1].items() if n not in change.names}
    )
    beside = {
        i.id
        for c in change.names
        for p in value[1].get(c, ())
        for e in (p.claim, p.other)
        if (i := new.incident_of.get(e))
    }
    touching = [
        p for p in new.linked.pairs if p.claim in change.touched or p.other in change.touched
    ]
    beside |= {i.id for p in touching for e in (p.claim, p.other) if (i := new.incident_of.get(e))}
    for name in beside - change.names:
        kept = [
            p
            for p in value[1].get(name, ())
            if p.claim not in change.touched and p.other not in change.touched
        ]
        across.pop(name, None)
        if kept:
            across[name] = kept
    for p in touching:
        one, other = new.incident_of.get(p.claim), new.incident_of.get(p.other)
        if one is not None and one is other:
            if one.id in change.names:
                within[one.id].append(p)
        elif one is not None and other is not None:
            across[one.id].append(p)
            across[other.id].append(p)
    return within, across


def inconsistencies(value: list[Inconsistency], new: State, change: Change) -> list[Inconsistency]:
    """The inconsistencies, the worst first."""
    near = _standing(new, change.touched)
    wholes = _standing(
        new, (w for c in near.values() if (w := getattr(c, "part_of", None)) is not None)
    )
    part = Linked(
        incidents=tuple(g for g in change.new if isinstance(g, Incident)),
        series=tuple(g for g in change.new if isinstance(g, Series)),
        links=tuple(k for k in new.linked.links if k.claim in near and k.other in near),
        origins=new.linked.origins,
    )
    found = [d for d in value if change.touched.isdisjoint(d.claims)] + check(
        part, {**wholes, **near}, new.published
    )
    return sorted(found, key=lambda d: (-d.weight, d.kind, d.claims))


def _standing(snapshot: State, names: Iterable[str]) -> dict[str, Claim]:
    return {n: c for n in names if (c := snapshot.claims.get(n)) is not None}
