"""The first page: tolls over time, a map, what is disputed, what is due, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sayso.model import Claim, Figure, Report, Review
from sayso.model.decisions import Decision
from sayso.model.links import Incident, Link, Series
from sayso.plot import Period, periods
from sayso.review.track_record import State
from sayso.web.lookups import KeyedLookup, Lookup
from sayso.web.pages.incidents import Entry, entry
from sayso.web.pages.maps import overview_map
from sayso.web.pages.series import SERIES_ENTRY
from sayso.web.snapshot import Snapshot

# How much of each is shown here; the rest is on its own page.
DISPUTES, DUE, TOTALS, NEW = 6, 6, 8, 8


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims that cannot both be true, and their incident or series."""

    link: Link
    one: Claim
    other: Claim
    home: Incident | Series


@dataclass(frozen=True, slots=True)
class News:
    """What came since the last visit: reports with the number of their claims, and decisions of
    others.
    """

    since: datetime | None
    reports: tuple[tuple[Report, int], ...]
    more: int
    claims: int
    decisions: tuple[Decision, ...]


def shown(
    snapshot: Snapshot, query: Mapping[str, str], href: Any, last_visit: datetime | None
) -> dict[str, Any]:
    """All that the first page shows."""
    policy = query.get("policy", "")
    policy = policy if policy in snapshot.policies else snapshot.main_policy
    disputes = open_disputes(snapshot, DISPUTES)
    due = [s for s in snapshot.forecasts if s.state is State.DUE]
    totals = [snapshot.get_of(SERIES_ENTRY, s.id) for s in running_totals(snapshot)[:TOTALS]]
    return {
        "policy": policy,
        "policies": list(snapshot.policies),
        "periods": snapshot.get_of(PERIODS, policy),
        "counts": counts_of(snapshot),
        "disputes": disputes,
        "all_disputes": sum(
            len(links)
            for name, links in snapshot.disputes.items()
            if _open(snapshot, name) is not None
        ),
        "due": due[:DUE],
        "all_due": len(due),
        "totals": totals,
        "map": snapshot.get(MAP, href),
        "news": news_of(snapshot, last_visit),
        "top": snapshot.get_of(TOP, policy),
    }


def counts_of(snapshot: Snapshot) -> dict[str, int]:
    """How much the record holds, and how much of it people have looked at."""
    return {
        "reports": len(snapshot.reports),
        "claims": len(snapshot.claims),
        "incidents": len(snapshot.incidents),
        "series": len(snapshot.linked.series),
        "copies": len({k.report for k in snapshot.linked.copies if k.sharing == "copy"}),
        "decided": sum(
            n
            for r, n in snapshot.reviewed_counts.items()
            if r in (Review.CONFIRMED, Review.CORRECTED)
        ),
    }


def open_disputes(snapshot: Snapshot, most: int) -> list[Dispute]:
    """Contradictions in what nobody has confirmed, those with most people at stake first, up to
    `most`.
    """
    ranked = snapshot.get(RANKED_DISPUTES)
    found = ((k, home) for k, name in ranked if (home := _open(snapshot, name)) is not None)
    return [
        Dispute(k, snapshot.claims[k.claim], snapshot.claims[k.other], home)
        for k, home in islice(found, most)
    ]


def _open(snapshot: Snapshot, name: str) -> Incident | Series | None:
    """The incident or series with this id, if nobody has confirmed it."""
    home = snapshot.by_id.get(name) or snapshot.series_by_id.get(name)
    return home if home is not None and home.review is Review.MACHINE else None


def _disputes(snapshot: Snapshot) -> list[tuple[Link, str]]:
    """Every contradiction, with the id of its incident or series."""
    found = [(k, name) for name, links in snapshot.disputes.items() for k in links]
    return sorted(
        found,
        key=lambda d: (
            -max(_size(snapshot.claims[d[0].claim]), _size(snapshot.claims[d[0].other])),
            d[0].claim,
        ),
    )


def _size(claim: Claim) -> int:
    return claim.count.size if isinstance(claim, Figure) else 0


def running_totals(snapshot: Snapshot) -> list[Series]:
    """Series of tolls, those with most figures first, then those with the largest."""
    tolls = [s for s in snapshot.linked.series if s.kind == "toll" and s.per is None]
    return sorted(
        tolls,
        key=lambda s: (
            -min(len(s.claims), 3),
            -max(_size(snapshot.claims[c]) for c in s.claims),
            s.id,
        ),
    )


def top_incidents(snapshot: Snapshot, policy: str) -> list[Entry]:
    """The incidents with most killed under a policy."""
    ranked = sorted(
        snapshot.incidents, key=lambda i: (-(snapshot.coded(i, policy).killed.high or 0), i.id)
    )
    return [entry(snapshot, i) for i in ranked[:8]]


def periods_of(snapshot: Snapshot, policy: str) -> list[Period]:
    """The killed of dated incidents over time, under a policy."""
    return periods((i, snapshot.coded(i, policy)) for i in snapshot.incidents)


def news_of(snapshot: Snapshot, since: datetime | None) -> News:
    """What was read and decided after a moment, or at all where it is None; the newest first."""
    new = [name for name, at in snapshot.base.newest if since is None or at > since]
    decisions = [d for d in snapshot.decisions if since is None or d.at > since]
    reports = tuple(
        (snapshot.reports[name], len(snapshot.base.of_report[name])) for name in new[:NEW]
    )
    claims = sum(len(snapshot.base.of_report[name]) for name in new)
    return News(since, reports, max(0, len(new) - NEW), claims, tuple(reversed(decisions[-NEW:])))


PERIODS = KeyedLookup("tolls over time", periods_of, lasting=True)
TOP = KeyedLookup("incidents with most killed", top_incidents)
MAP = Lookup("map of all incidents", lambda s, href: overview_map(s, s.incidents, href))
RANKED_DISPUTES = Lookup("disputes by stake", _disputes, lasting=True)
