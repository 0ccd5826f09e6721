"""The first page: tolls over time, a map, what is disputed, what is due, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from sayso.model import Claim, Figure, Report, Review
from sayso.model.decisions import Decision
from sayso.model.links import Incident, Link, Series
from sayso.plot import Period, periods
from sayso.review.track_record import State
from sayso.web.pages.incidents import Entry, entry
from sayso.web.pages.maps import overview_map
from sayso.web.pages.series import series_entry
from sayso.web.snapshot import Book

# How much of each is shown here; the rest is on its own page.
DISPUTES, DUE, TOTALS, NEW = 6, 6, 8, 8


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims that cannot both be so, and where they belong."""

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
    book: Book, query: Mapping[str, str], href: Any, last_visit: datetime | None
) -> dict[str, Any]:
    """All that the first page tells."""
    policy = query.get("policy", "")
    policy = policy if policy in book.policies else book.main_policy
    disputes = open_disputes(book, DISPUTES)
    due = [s for s in book.forecasts if s.state is State.DUE]
    totals = [
        book.once(f"series {s.id}", partial(series_entry, book, s))
        for s in running_totals(book)[:TOTALS]
    ]
    return {
        "policy": policy,
        "policies": list(book.policies),
        "periods": book.once(f"periods {policy}", lambda: periods_of(book, policy)),
        "counts": counts_of(book),
        "disputes": disputes,
        "all_disputes": sum(
            len(told) for name, told in book.disputes.items() if _open(book, name) is not None
        ),
        "due": due[:DUE],
        "all_due": len(due),
        "totals": totals,
        "map": book.once("map", lambda: overview_map(book, book.incidents, href)),
        "news": news_of(book, last_visit),
        "top": book.once(f"top {policy}", lambda: top_incidents(book, policy)),
    }


def counts_of(book: Book) -> dict[str, int]:
    """How much the record holds, and how much of it people have looked at."""
    return {
        "reports": len(book.reports),
        "claims": len(book.claims),
        "incidents": len(book.incidents),
        "series": len(book.linked.series),
        "copies": len({k.report for k in book.linked.copies if k.sharing == "copy"}),
        "decided": sum(
            n for r, n in book.reviewed_counts.items() if r in (Review.CONFIRMED, Review.CORRECTED)
        ),
    }


def open_disputes(book: Book, most: int) -> list[Dispute]:
    """Contradictions in what nobody has confirmed, those with most people at stake first, up to so
    many.
    """
    ranked = book.once("disputes ranked", lambda: _disputes(book))
    found = ((k, home) for k, name in ranked if (home := _open(book, name)) is not None)
    return [
        Dispute(k, book.claims[k.claim], book.claims[k.other], home)
        for k, home in islice(found, most)
    ]


def _open(book: Book, name: str) -> Incident | Series | None:
    """The incident or series with this id, if nobody has confirmed it."""
    home = book.by_id.get(name) or book.series_by_id.get(name)
    return home if home is not None and home.review is Review.MACHINE else None


def _disputes(book: Book) -> list[tuple[Link, str]]:
    """Every contradiction, with the id of its incident or series."""
    found = [(k, name) for name, told in book.disputes.items() for k in told]
    return sorted(
        found,
        key=lambda d: (
            -max(_size(book.claims[d[0].claim]), _size(book.claims[d[0].other])),
            d[0].claim,
        ),
    )


def _size(claim: Claim) -> int:
    return claim.count.size if isinstance(claim, Figure) else 0


def running_totals(book: Book) -> list[Series]:
    """Series of tolls that run, those told most often first, then those that count most."""
    tolls = [s for s in book.linked.series if s.kind == "toll" and s.per is None]
    return sorted(
        tolls,
        key=lambda s: (-min(len(s.claims), 3), -max(_size(book.claims[c]) for c in s.claims), s.id),
    )


def top_incidents(book: Book, policy: str) -> list[Entry]:
    """The incidents with most killed under a policy."""
    ranked = sorted(book.incidents, key=lambda i: (-(book.coded(i, policy).killed.high or 0), i.id))
    return [entry(book, i) for i in ranked[:8]]


def periods_of(book: Book, policy: str) -> list[Period]:
    """The killed of dated incidents over time, under a policy."""
    return periods((i, book.coded(i, policy)) for i in book.incidents)


def news_of(book: Book, since: datetime | None) -> News:
    """What was read and decided after a moment; everything, newest first, where there is none."""
    new = [name for name, at in book.base.newest if since is None or at > since]
    decisions = [d for d in book.decisions if since is None or d.at > since]
    told = tuple((book.reports[name], len(book.base.of_report[name])) for name in new[:NEW])
    claims = sum(len(book.base.of_report[name]) for name in new)
    return News(since, told, max(0, len(new) - NEW), claims, tuple(reversed(decisions[-NEW:])))
