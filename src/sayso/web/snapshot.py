"""A record as its pages show it: everything held at once, and what pages look up in it.

A book never changes: a decision makes a new one, which takes over from the old what the decision
did not touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

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

MAIN_POLICY = "ucdp"
# What follows from values, links and groups alone, and so outlives a decision that changes none of
# them.
_BY_SUBSTANCE = frozenset(
    {"links_of", "copies_of", "_pairs", "disputes", "inconsistencies", "claimants"}
)
# The same of what pages keep by name (`Snapshot.once`), by how the name begins.
QUEUE = "queue of everything"
_LASTING = ("claims by claimant", "disputes ranked", "names of ", "periods ", QUEUE)
# What can be worked out in part after any other decision.
_PARTLY: Mapping[str, Callable[[Snapshot, Snapshot, incremental.Change], Any]] = {
    "links_of": incremental.links_of,
    "disputes": incremental.disputes,
    "_pairs": incremental.pairs,
    "inconsistencies": incremental.inconsistencies,
}
T = TypeVar("T")


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
    those to show, where they do not follow from the decisions; `_before` is the book that this one
    follows.
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
        self._coded: dict[str, dict[str, Coded]] = {}
        self._kept: dict[str, Any] = {}
        self.changed: incremental.Change | None = (
            None  # since the book whose `older` values pages can take over in part
        )
        self.older: dict[str, Any] = {}
        if self._before is not None:
            self._take_over(self._before)
            self._before = None

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What a page needs of the whole record: made when it is first asked for, and kept as long
        as the book.
        """
        if name not in self._kept:
            self._kept[name] = make()
        kept: T = self._kept[name]
        return kept

    def _contents(self) -> Contents:
        reviewed = (
            apply(self.base.claims, self.base.hashes, self.decisions)
            if self.decisions
            else Reviewed(self.base.claims)
        )
        return as_it_stands(self.base.reports, self.base.claims, self.base.linked, reviewed)

    def with_decisions(self, decisions: Sequence[Decision], today: date) -> Snapshot:
        """The book after more decisions."""
        return Snapshot(self.base, decisions, today, self.policies, self.main_policy, _before=self)

    def _take_over(self, old: Snapshot) -> None:
        """What the decisions since the old book left as it was need not be worked out again."""
        change = incremental.Change.between(old, self)
        same = {
            i.id
            for i in self.incidents
            if i.id not in change.names and change.touched.isdisjoint(i.claims)
        }
        for policy, coded in old._coded.items():
            self._coded[policy] = {name: c for name, c in coded.items() if name in same}
        known, mine = vars(old), vars(self)
        self._kept |= {
            f"series {n}": old._kept[f"series {n}"]
            for n in self._same_series(change)
            if f"series {n}" in old._kept
        }
        if QUEUE in old._kept:
            self.changed, self.older = change, {QUEUE: old._kept[QUEUE]}
        elif QUEUE in old.older:  # nobody looked at the queue of the old book
            self.changed, self.older = change.and_before(old.changed), old.older
        if incremental.is_light(old, self):
            mine |= {name: known[name] for name in _BY_SUBSTANCE if name in known}
            self._kept |= {
                name: kept for name, kept in old._kept.items() if name.startswith(_LASTING)
            }
            return
        mine |= {name: part(old, self, change) for name, part in _PARTLY.items() if name in known}
        if "claimants" in known and self._sources_changed == old._sources_changed:
            mine["claimants"] = known["claimants"]

    def _same_series(self, change: incremental.Change) -> list[str]:
        return [
            s.id
            for s in self.linked.series
            if s.id not in change.names and change.touched.isdisjoint(s.claims)
        ]

    @cached_property
    def _sources_changed(self) -> frozenset[tuple[str, tuple[Source, ...]]]:
        """What decisions changed of who says what: the claims that were rejected, and those with
        another chain of sources.
        """
        gone: list[tuple[str, tuple[Source, ...]]] = [
            (name, ()) for name in self.held.reviewed.rejected
        ]
        told = [(n, c) for n in self.held.reviewed.touched if (c := self.claims.get(n)) is not None]
        return frozenset(
            [*gone, *((n, c.sources) for n, c in told if c.sources != self.base.claims[n].sources)]
        )

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

    @cached_property
    def links_of(self) -> Mapping[str, list[Link]]:
        found: dict[str, list[Link]] = defaultdict(list)
        for k in self.linked.links:
            found[k.claim].append(k)
            found[k.other].append(k)
        return found

    @cached_property
    def copies_of(self) -> Mapping[str, list[Copy]]:
        """The reports that hold the same text as a report, as a whole."""
        found: dict[str, list[Copy]] = defaultdict(list)
        for k in self.linked.copies:
            if k.sharing is Sharing.COPY:
                found[k.report].append(k)
                found[k.of].append(k)
        return found

    @cached_property
    def _pairs(self) -> tuple[dict[str, list[Pair]], dict[str, list[Pair]]]:
        """The pairs of accounts by incident: within it, and with those of another."""
        within: dict[str, list[Pair]] = defaultdict(list)
        across: dict[str, list[Pair]] = defaultdict(list)
        for p in self.linked.pairs:
            one, other = self.incident_of.get(p.claim), self.incident_of.get(p.other)
            if one is not None and one is other:
                within[one.id].append(p)
            elif one is not None and other is not None:
                across[one.id].append(p)
                across[other.id].append(p)
        return within, across

    @property
    def pairs_of(self) -> Mapping[str, list[Pair]]:
        """The pairs of accounts that make each incident one, by its id."""
        return self._pairs[0]

    @property
    def near(self) -> Mapping[str, list[Pair]]:
        """The pairs of accounts of each incident with those of others: nearly, but not joined."""
        return self._pairs[1]

    # -- what follows from it -----------------------------------------------------------

    def coded(self, incident: Incident, policy: str | None = None) -> Coded:
        """The incident's figures under a policy; the main one, if none is given."""
        name = policy or self.main_policy
        known = self._coded.setdefault(name, {})
        if incident.id not in known:
            known |= code_incidents(self.held, self.policies[name], [incident])
        return known[incident.id]

    def code_all(self, policy: str) -> None:
        """Works out the figures of every incident under a policy."""
        for incident in self.incidents:
            self.coded(incident, policy)

    @cached_property
    def disputes(self) -> Mapping[str, list[Link]]:
        """The contradictions within each incident and series, by its id."""
        found: dict[str, list[Link]] = defaultdict(list)
        for k in self.linked.links:
            if k.kind is LinkKind.CONTRADICTS:
                home = self.incident_of.get(k.claim) or self.series_of.get(k.claim)
                if home is not None:
                    found[home.id].append(k)
        return found

    @cached_property
    def inconsistencies(self) -> list[Inconsistency]:
        return check(self.linked, self.claims, self.published)

    @cached_property
    def forecasts(self) -> list[Standing]:
        found = [c for c in self.claims.values() if isinstance(c, Forecast)]
        return standings(found, self.held.reviewed.judgements, self.today)

    @cached_property
    def track_records(self) -> tuple[list[TrackRecord], list[TrackRecord]]:
        return claimants_and_outlets(
            self.forecasts, {name: r.publisher for name, r in self.reports.items()}
        )

    @cached_property
    def claimants(self) -> list[SourceEntry]:
        told: dict[str, list[Claim]] = defaultdict(list)
        for c in self.claims.values():
            told[c.report].append(c)
        return directory(((r, told[name]) for name, r in self.reports.items()), self.known_sources)

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
        for name in ("disputes", "inconsistencies", "forecasts", "claimants", "_pairs", "links_of"):
            getattr(self, name)
