"""A record as its pages show it: everything held at once, and what pages look up in it.

A snapshot never changes: a decision makes a new one, which takes over from the old what the
decision did not touch (`sayso.web.lookups`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sayso.coding import POLICIES, Policy, load_policy
from sayso.language.lexicon import load_lexicon
from sayso.language.outlets import KnownSources
from sayso.link.consistency import Inconsistency, check
from sayso.link.directory import SourceEntry, directory
from sayso.model import Claim, Forecast, Report, Review, Source
from sayso.model.decisions import Decision, by_claim
from sayso.model.links import (
    Coded,
    Copy,
    Incident,
    Link,
    Linked,
    LinkKind,
    Pair,
    Series,
    Sharing,
    group_id,
)
from sayso.present.decisions import taken_back
from sayso.present.forecasts import claimants_and_outlets
from sayso.review import Reviewed, apply
from sayso.review.track_record import Standing, TrackRecord, standings
from sayso.view import Contents, as_it_stands, code_incidents
from sayso.web import incremental
from sayso.web.incremental import Change
from sayso.web.lookups import K, Kept, KeyedLookup, Lookup, T

MAIN_POLICY = "ucdp"


@dataclass(frozen=True)
class AsLinked:
    """What was read and linked, before any decision: `read_at` is when each report was read, in
    UTC.
    """

    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    linked: Linked
    read_at: Mapping[str, datetime] = field(default_factory=dict)

    @cached_property
    def hashes(self) -> dict[str, str]:
        return {name: r.hash for name, r in self.reports.items()}

    @cached_property
    def of_report(self) -> dict[str, list[str]]:
        """The ids of every report's claims, in its order."""
        found: dict[str, list[str]] = defaultdict(list)
        for c in sorted(
            self.claims.values(), key=lambda c: (c.part != "title", c.start, c.core.start, c.id)
        ):
            found[c.report].append(c.id)
        return found

    @cached_property
    def newest(self) -> list[tuple[str, datetime]]:
        """The reports with the moments at which they were read, the last first."""
        return sorted(self.read_at.items(), key=lambda item: (item[1], item[0]), reverse=True)

    @cached_property
    def unlinked(self) -> frozenset[str]:
        """The claims that were read after the last linking, or left out of it."""
        return frozenset(self.claims.keys() - self.linked.origins.keys())

    @cached_property
    def named_after(self) -> dict[str, str]:
        """For the id of every incident and series that there ever was or could be, the claim that
        it has it from: addresses outlive merges and splits.
        """
        return {group_id(prefix, c): c for c in self.linked.origins for prefix in ("i", "s")}


@dataclass
class Snapshot:
    """A record with its look-ups. `today` is the day by which forecasts are due. `contents` are
    those to show, where they do not follow from the decisions; `_before` is the snapshot that this
    one follows.
    """

    base: AsLinked
    decisions: Sequence[Decision]
    today: date
    policies: Mapping[str, Policy] = field(
        default_factory=lambda: {name: load_policy(name) for name in POLICIES}
    )
    main_policy: str = MAIN_POLICY
    contents: Contents | None = None
    _before: Snapshot | None = None

    def __post_init__(self) -> None:
        self.held: Contents = self.contents or self._contents()
        self.kept = Kept()
        if self._before is not None:
            change = Change.between(self._before, self)
            light = incremental.is_light(self._before, self)
            self.kept.take_over(self._before, self, change, light=light)
            self._before = None

    def get(self, lookup: Lookup[T], *more: Any) -> T:
        """The value of a look-up of the whole record, kept as long as the snapshot."""
        return self.kept.get(lookup, self, *more)

    def get_of(self, lookup: KeyedLookup[K, T], key: K) -> T:
        """The value of a look-up of one thing, kept as long as the snapshot."""
        return self.kept.get_of(lookup, key, self)

    def _contents(self) -> Contents:
        reviewed = (
            apply(self.base.claims, self.base.hashes, self.decisions)
            if self.decisions
            else Reviewed(self.base.claims)
        )
        return as_it_stands(self.base.reports, self.base.claims, self.base.linked, reviewed)

    def with_decisions(self, decisions: Sequence[Decision], today: date) -> Snapshot:
        """The snapshot after more decisions."""
        return Snapshot(self.base, decisions, today, self.policies, self.main_policy, _before=self)

    @cached_property
    def sources_changed(self) -> frozenset[tuple[str, tuple[Source, ...]]]:
        """What decisions changed of who says what: the claims that were rejected, and those with
        another chain of sources.
        """
        gone: list[tuple[str, tuple[Source, ...]]] = [
            (name, ()) for name in self.held.reviewed.rejected
        ]
        touched = ((n, self.claims.get(n)) for n in self.held.reviewed.touched)
        stand = ((n, c.sources) for n, c in touched if c is not None)
        return frozenset([*gone, *((n, s) for n, s in stand if s != self.base.claims[n].sources)])

    # -- what is held ------------------------------------------------------------

    @property
    def reports(self) -> Mapping[str, Report]:
        return self.held.reports

    @property
    def claims(self) -> Mapping[str, Claim]:
        """The claims that stand."""
        return self.held.claims

    @property
    def linked(self) -> Linked:
        return self.held.linked

    @property
    def incidents(self) -> tuple[Incident, ...]:
        return self.held.linked.incidents

    @property
    def groups(self) -> tuple[Incident | Series, ...]:
        """The incidents and the series that stand."""
        return *self.incidents, *self.linked.series

    def any_claim(self, name: str) -> Claim | None:
        """The claim with this id, a rejected one too."""
        return self.claims.get(name) or self.held.reviewed.rejected.get(name)

    @cached_property
    def published(self) -> dict[str, date | None]:
        return self.held.published

    @cached_property
    def unlinked(self) -> int:
        """How many claims stand that were read, or taken back from rejection, after the last
        linking.
        """
        return sum(c in self.claims for c in self.base.unlinked)

    @cached_property
    def by_id(self) -> dict[str, Incident]:
        return {i.id: i for i in self.incidents}

    @cached_property
    def series_by_id(self) -> dict[str, Series]:
        return {s.id: s for s in self.linked.series}

    @cached_property
    def incident_of(self) -> dict[str, Incident]:
        return {c: i for i in self.incidents for c in i.claims}

    @cached_property
    def series_of(self) -> dict[str, Series]:
        return {c: s for s in self.linked.series for c in s.claims}

    def incident(self, name: str) -> Incident | None:
        """The incident with this id; of one that was merged or split since, that which holds its
        first claim.
        """
        return (
            self.by_id.get(name)
            or self.rejected.get(name)
            or self.incident_of.get(self.base.named_after.get(name, ""))
        )

    def series(self, name: str) -> Series | None:
        """The series with this id, as `incident` finds incidents."""
        return self.series_by_id.get(name) or self.series_of.get(
            self.base.named_after.get(name, "")
        )

    @cached_property
    def rejected(self) -> dict[str, Incident]:
        """The incidents that people said are none, by id."""
        return {i.id: i for i in self.held.rejected}

    def of_report(self, name: str) -> list[Claim]:
        """Every claim of a report, rejected ones too, in its order."""
        return [
            c for n in self.base.of_report.get(name, ()) if (c := self.any_claim(n)) is not None
        ]

    @property
    def links_of(self) -> Mapping[str, list[Link]]:
        """The links of each claim, both ways."""
        return self.get(LINKS_OF)

    @property
    def copies_of(self) -> Mapping[str, list[Copy]]:
        """The reports that hold the same text as a report, as a whole."""
        return self.get(COPIES_OF)

    @property
    def pairs_of(self) -> Mapping[str, list[Pair]]:
        """The pairs of mentions that make each incident one, by its id."""
        return self.get(PAIRS)[0]

    @property
    def near(self) -> Mapping[str, list[Pair]]:
        """The pairs of mentions of each incident with those of others: nearly, but not joined."""
        return self.get(PAIRS)[1]

    # -- what follows from it -----------------------------------------------------------

    def coded(self, incident: Incident, policy: str | None = None) -> Coded:
        """The incident's figures under a policy; the main one, if none is given."""
        return self.get_of(CODED, (policy or self.main_policy, incident.id))

    def code_all(self, policy: str) -> None:
        """Works out the figures of every incident under a policy."""
        for incident in self.incidents:
            self.coded(incident, policy)

    @property
    def disputes(self) -> Mapping[str, list[Link]]:
        """The contradictions within each incident and series, by its id."""
        return self.get(DISPUTES)

    @property
    def inconsistencies(self) -> list[Inconsistency]:
        """What is inconsistent, the worst first."""
        return self.get(INCONSISTENCIES)

    @cached_property
    def forecasts(self) -> list[Standing]:
        found = [c for c in self.claims.values() if isinstance(c, Forecast)]
        return standings(found, self.held.reviewed.judgements, self.today)

    @cached_property
    def track_records(self) -> tuple[list[TrackRecord], list[TrackRecord]]:
        return claimants_and_outlets(
            self.forecasts, {name: r.publisher for name, r in self.reports.items()}
        )

    @property
    def claimants(self) -> list[SourceEntry]:
        """The directory of sources."""
        return self.get(CLAIMANTS)

    @cached_property
    def known_sources(self) -> KnownSources:
        return load_lexicon().sources

    @cached_property
    def decided(self) -> Mapping[str, tuple[Decision, ...]]:
        """Every decision that touches a claim, by its id, undone ones too."""
        return by_claim(self.decisions)

    @cached_property
    def taken_back(self) -> frozenset[int]:
        return taken_back(self.decisions)

    @property
    def last_decision(self) -> int:
        return self.decisions[-1].id if self.decisions else 0

    def decisions_about(self, claims: Iterable[str]) -> list[Decision]:
        """The decisions that touch any of these claims, the newest first."""
        found = {d.id: d for c in claims for d in self.decided.get(c, ())}
        return [found[n] for n in sorted(found, reverse=True)]

    @cached_property
    def reviewed_counts(self) -> dict[Review, int]:
        """How many incidents stand by what people decided about them."""
        counts = dict.fromkeys(Review, 0)
        for i in self.incidents:
            counts[i.review] += 1
        counts[Review.REJECTED] = len(self.held.rejected)
        return counts

    def warm(self) -> None:
        """Works out what the first readers of its pages would else wait for."""
        self.code_all(self.main_policy)
        _ = self.disputes, self.inconsistencies, self.claimants, self.pairs_of, self.links_of
        _ = self.forecasts


# -- the look-ups that the snapshot itself gives --------------------------------------------


def _links_of(s: Snapshot) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for k in s.linked.links:
        found[k.claim].append(k)
        found[k.other].append(k)
    return found


def _copies_of(s: Snapshot) -> dict[str, list[Copy]]:
    found: dict[str, list[Copy]] = defaultdict(list)
    for k in s.linked.copies:
        if k.sharing is Sharing.COPY:
            found[k.report].append(k)
            found[k.of].append(k)
    return found


def _pairs(s: Snapshot) -> incremental.Pairs:
    """The pairs of mentions by incident: within it, and with those of another."""
    within: dict[str, list[Pair]] = defaultdict(list)
    across: dict[str, list[Pair]] = defaultdict(list)
    for p in s.linked.pairs:
        one, other = s.incident_of.get(p.claim), s.incident_of.get(p.other)
        if one is not None and one is other:
            within[one.id].append(p)
        elif one is not None and other is not None:
            across[one.id].append(p)
            across[other.id].append(p)
    return within, across


def _disputes(s: Snapshot) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for k in s.linked.links:
        if k.kind is LinkKind.CONTRADICTS:
            home = s.incident_of.get(k.claim) or s.series_of.get(k.claim)
            if home is not None:
                found[home.id].append(k)
    return found


def _claimants(s: Snapshot) -> list[SourceEntry]:
    of_report: dict[str, list[Claim]] = defaultdict(list)
    for c in s.claims.values():
        of_report[c.report].append(c)
    return directory(((r, of_report[n]) for n, r in s.reports.items()), s.known_sources)


def _same_claimants(
    value: list[SourceEntry], _: Snapshot, change: Change
) -> list[SourceEntry] | None:
    return None if change.of_sources else value


def _code(s: Snapshot, key: tuple[str, str]) -> Coded:
    policy, name = key
    incident = s.by_id.get(name) or s.rejected[name]  # the page of a rejected one shows it too
    return code_incidents(s.held, s.policies[policy], [incident])[name]


def _is_coded_alike(key: tuple[str, str], s: Snapshot, change: Change) -> bool:
    incident = s.by_id.get(key[1])
    return incident is not None and change.leaves(incident)


LINKS_OF = Lookup("links of claims", _links_of, lasting=True, update=incremental.links_of)
COPIES_OF = Lookup("copies of reports", _copies_of, lasting=True)
PAIRS = Lookup("pairs of mentions", _pairs, lasting=True, update=incremental.pairs)
DISPUTES = Lookup("disputes", _disputes, lasting=True, update=incremental.disputes)
INCONSISTENCIES = Lookup(
    "inconsistencies",
    lambda s: check(s.linked, s.claims, s.published),
    lasting=True,
    update=incremental.inconsistencies,
)
CLAIMANTS = Lookup("claimants", _claimants, lasting=True, update=_same_claimants)
CODED = KeyedLookup("figures under a policy", _code, survives=_is_coded_alike)
