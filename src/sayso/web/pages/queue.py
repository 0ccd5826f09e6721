"""The queue of what nobody has decided about, in the order of `sayso.review.priority`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.link.consistency import DoubtKind
from sayso.model import Figure, Review
from sayso.model.links import Incident, Series
from sayso.plot.series import series_title
from sayso.present.coding import in_words
from sayso.present.wording import incident_when
from sayso.review.priority import (
    NEARLY_JOINED,
    Circumstances,
    Priority,
    incident_priority,
    series_priority,
)
from sayso.web.pages.finding import Choice, paged
from sayso.web.pages.incidents import title_of
from sayso.web.snapshot import QUEUE, Book


@dataclass(frozen=True, slots=True)
class Item:
    """Something to review: an `incident` or a `series`, with its weight and the reasons for it, the
    weightiest first.
    """

    kind: str
    id: str
    title: str
    when: str
    figures: str
    weight: float
    reasons: tuple[str, ...]
    claims: int
    reports: int
    origins: int


_IMPOSSIBLE = (DoubtKind.PART_LARGER, DoubtKind.SWAPPED, DoubtKind.FALLING, DoubtKind.MISQUOTED)


def listed(book: Book, query: Mapping[str, str]) -> dict[str, Any]:
    """What nobody has decided about, the weightiest first."""
    kind = query.get("kind", "")
    waiting = {g.id for g in book.groups if g.review is Review.MACHINE}
    items = [
        i
        for i in book.once(QUEUE, lambda: ranked(book))
        if i.id in waiting and (not kind or i.kind == kind)
    ]
    shown, paging = paged(items, query)
    done = sum(n for r, n in book.reviewed_counts.items() if r is not Review.MACHINE)
    return {
        "items": shown,
        "paging": paging,
        "done": done,
        "all": len(book.incidents) + len(book.held.rejected),
        "choices": [
            Choice(
                "kind",
                "What",
                {"": "everything", "incident": "incidents", "series": "series"},
                kind,
            )
        ],
    }


def ranked(book: Book) -> list[Item]:
    """Every incident and series, the weightiest first; which of them wait for a decision is another
    question.
    """
    impossible = {c: d.kind.value for d in book.doubts if d.kind in _IMPOSSIBLE for c in d.claims}
    changed = _changed(book)
    unchanged = _unchanged(book)
    items: list[Item] = []
    for g in book.groups:
        if (item := unchanged.get(g.id)) is None:
            known = Circumstances(
                len(book.disputes.get(g.id, ())), impossible, changed, g.id in book.near
            )
            item = _incident(book, g, known) if isinstance(g, Incident) else _series(book, g, known)
        items.append(item)
    return sorted(items, key=lambda i: (-i.weight, i.id))


def _changed(book: Book) -> frozenset[str]:
    """The claims of groups that nobody stands behind as they are now, though somebody confirmed
    them once.
    """
    confirmed = {
        c for f in book.held.reviewed.groups if f.decision.act == "confirm" for c in f.claims
    }
    if not confirmed:
        return frozenset()
    return frozenset(
        c for g in book.groups if g.review is Review.MACHINE for c in g.claims if c in confirmed
    )


def _unchanged(book: Book) -> dict[str, Item]:
    """The items of the book before, of what the decisions since have left as it was."""
    if book.changed is None:
        return {}
    names, touched, kept = book.changed.names, book.changed.touched, book.older.get(QUEUE, [])
    claims = {
        g.id: g.claims for g in book.groups if g.id not in names and touched.isdisjoint(g.claims)
    }
    return {
        i.id: i
        for i in kept
        if i.id in claims and (NEARLY_JOINED in i.reasons) == (i.id in book.near)
    }


def _incident(book: Book, i: Incident, known: Circumstances) -> Item:
    coded = book.coded(i)
    priority = incident_priority(i, [book.claims[c] for c in i.claims], coded, known)
    figures = (("killed", coded.killed), ("wounded", coded.wounded))
    words = ", ".join(f"{w} {name}" for name, share in figures if (w := in_words(share)))
    return _item("incident", i, title_of(i), incident_when(i), words, priority)


def _series(book: Book, s: Series, known: Circumstances) -> Item:
    claims = [book.claims[c] for c in s.claims]
    sizes = sorted({c.count.size for c in claims if isinstance(c, Figure)})
    words = (
        f"{sizes[0]:,}" if len(sizes) == 1 else f"{sizes[0]:,} to {sizes[-1]:,}" if sizes else ""
    )
    since = f"since {s.since}" if s.since else ""
    return _item("series", s, series_title(s), since, words, series_priority(s, claims, known))


def _item(
    kind: str, group: Incident | Series, title: str, when: str, figures: str, priority: Priority
) -> Item:
    counts = (len(group.claims), len(group.reports), group.origins)
    return Item(kind, group.id, title, when, figures, priority.weight, priority.reasons, *counts)
