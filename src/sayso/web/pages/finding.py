"""Filters in the address, pages of a list, and full-text search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sayso.model import Claim, Effect, EventType, Kind, Review, Status
from sayso.store import Filter
from sayso.web.lookups import Lookup
from sayso.web.search import Hit, Index
from sayso.web.snapshot import Snapshot

PER_PAGE = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value of the query, or what is wrong with it."""

    value: T | None = None
    fault: str = ""


def day_in(query: Mapping[str, str], name: str) -> Read[date]:
    """A day in the query; a fault in words where it is invalid."""
    text = query.get(name, "").strip()
    try:
        return Read(date.fromisoformat(text)) if text else Read()
    except ValueError:
        return Read(fault=f"{name}: “{text}” is not a day; expected YYYY-MM-DD")


def number_in(query: Mapping[str, str], name: str) -> Read[int]:
    """A whole number in the query; a fault in words where it is invalid."""
    text = query.get(name, "").strip()
    if not text:
        return Read()
    return (
        Read(int(text))
        if text.isdecimal() and len(text) < 12
        else Read(fault=f"{name}: “{text}” is not a whole number")
    )


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A filter with few values: its name in the query, its label, the values with their words, and
    the chosen one.
    """

    name: str
    label: str
    values: Mapping[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is shown: numbers from 1. `query` is the query without its page."""

    page: int
    pages: int
    total: int
    query: tuple[tuple[str, str], ...]

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * PER_PAGE, self.total)


def paging_of(total: int, query: Mapping[str, str]) -> Paging:
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, number_in(query, "page").value or 1), pages)
    return Paging(page, pages, total, tuple((k, v) for k, v in query.items() if k != "page" and v))


def paged(found: Sequence[T], query: Mapping[str, str]) -> tuple[Sequence[T], Paging]:
    """The part of a list that the query's page shows."""
    paging = paging_of(len(found), query)
    return found[paging.first - 1 if found else 0 : paging.last], paging


_CLAIM_CHOICES: Mapping[str, tuple[str, Sequence[str]]] = {
    "kind": ("Kind", tuple(Kind)),
    "effect": ("What happened", tuple(Effect)),
    "status": ("Who is counted", tuple(Status)),
    "type": ("Event type", tuple(EventType)),
    "review": ("Review", tuple(Review)),
}


def by_kind(claims: Iterable[Claim]) -> Mapping[str, list[Claim]]:
    """The claims of each kind, and all of them under ""."""
    found: dict[str, list[Claim]] = defaultdict(list)
    found[""] = list(claims)
    for c in found[""]:
        found[c.kind].append(c)
    return found


def _by_words(snapshot: Snapshot, pool: list[Claim], query: Mapping[str, str]) -> list[Claim]:
    """The claims with the query's words in a source's name and in the place: a record has few of
    either, so the names with the words are looked up once, not in every claim.
    """
    if words := query.get("source", "").strip().casefold():
        by_source = snapshot.get(BY_SOURCE)
        named = set().union(*(ids for name, ids in by_source.items() if words in name.casefold()))
        pool = [c for c in pool if c.id in named]
    if words := query.get("place", "").strip().casefold():
        places = {n for n in snapshot.get(PLACE_NAMES) if words in n.casefold()}
        pool = [
            c
            for c in pool
            if c.where is not None and (c.where.text in places or c.where.name in places)
        ]
    return pool


def _by_source(snapshot: Snapshot) -> Mapping[str, list[str]]:
    """The ids of the claims of each source, by its name, whatever its role in the chain."""
    found: dict[str, list[str]] = defaultdict(list)
    for c in _all(snapshot):
        for s in c.sources:
            if s.name:
                found[s.name].append(c.id)
    return found


def _place_names(snapshot: Snapshot) -> set[str]:
    return {
        n for c in _all(snapshot) if c.where is not None for n in (c.where.text, c.where.name) if n
    }


def _all(snapshot: Snapshot) -> Iterator[Claim]:
    """Every claim, rejected ones too."""
    yield from snapshot.claims.values()
    yield from snapshot.held.reviewed.rejected.values()


def claims_found(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """The claims that pass the filters in the query, a page of them."""
    since, until = day_in(query, "since"), day_in(query, "until")
    chosen = {
        name: v if (v := query.get(name, "")) in values else ""
        for name, (_, values) in _CLAIM_CHOICES.items()
    }
    wanted = Filter(
        text=query.get("text", "").strip() or None, since=since.value, until=until.value
    )
    kinds = snapshot.get(BY_KIND)
    if chosen["review"] == Review.REJECTED:
        kinds = by_kind(snapshot.held.reviewed.rejected.values())
    pool = kinds.get(chosen["kind"], [])
    for name in ("effect", "status", "type"):  # comparing values is fast, so it goes first
        if value := chosen[name]:
            pool = [c for c in pool if getattr(c, name, None) == value]
    pool = _by_words(snapshot, pool, query)
    found = (
        pool
        if wanted.lets_all_through
        else [c for c in pool if wanted.passes(c, snapshot.reports[c.report])]
    )
    found = [c for c in found if c.review.value == chosen["review"]] if chosen["review"] else found
    shown, paging = paged(found, query)
    return {
        "claims": shown,
        "paging": paging,
        "wanted": wanted,
        "choices": [
            FilterChoice(
                name,
                label,
                {"": "any", **{v: str(v).replace("_", " ").lower() for v in values}},
                chosen[name],
            )
            for name, (label, values) in _CLAIM_CHOICES.items()
        ],
        "faults": [f for f in (since.fault, until.fault) if f],
    }


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A hit with the claim or the report that it is."""

    hit: Hit
    claim: Claim | None


def searched(snapshot: Snapshot, index: Index, query: Mapping[str, str]) -> dict[str, Any]:
    """What holds the words of the query: claims or reports, claimants by name, decisions by their
    reasons.
    """
    words = query.get("q", "").strip()[:200]
    kind = query.get("in", "claims")
    page = max(1, number_in(query, "page").value or 1)
    hits, total = index.find(
        words, "report" if kind == "reports" else "claim", PER_PAGE, (page - 1) * PER_PAGE
    )
    counts = {
        name: index.count(words, one) for name, one in (("claims", "claim"), ("reports", "report"))
    }
    low = words.casefold()
    return {
        "q": words,
        "kind": kind if kind in counts else "claims",
        "counts": counts,
        "found": [
            SearchHit(h, snapshot.any_claim(h.id) if h.kind == "claim" else None) for h in hits
        ],
        "paging": paging_of(total, query),
        "claimants": [
            e
            for e in snapshot.claimants
            if words and any(low in n.casefold() for n in (e.name, *e.also))
        ][:8],
        "notes": [
            d for d in snapshot.decisions if words and d.because and low in d.because.casefold()
        ][:8],
    }


BY_SOURCE = Lookup("claims by source", _by_source)
PLACE_NAMES = Lookup("names of places", _place_names, lasting=True)
BY_KIND = Lookup("claims by kind", lambda s: by_kind(s.claims.values()))
