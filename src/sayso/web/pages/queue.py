"""The queue of what nobody has decided about, in the order of `sayso.review.priority`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.link.consistency import InconsistencyKind
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
from sayso.web.incremental import Change
from sayso.web.lookups import Lookup
from sayso.web.pages.finding import FilterChoice, paged
from sayso.web.pages.incidents import title_of
from sayso.web.snapshot import Snapshot


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


_IMPOSSIBLE = (
    InconsistencyKind.PART_LARGER,
    InconsistencyKind.SWAPPED,
    InconsistencyKind.FALLING,
    InconsistencyKind.MISQUOTED,
)


def listed(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """What nobody has decided about, the weightiest first."""
    kind = query.get("kind", "")
    waiting = {g.id for g in snapshot.groups if g.review is Review.MACHINE}
    items = [i for i in snapshot.get(QUEUE) if i.id in waiting and (not kind or i.kind == kind)]
    shown, paging = paged(items, query)
    done = sum(n for r, n in snapshot.reviewed_counts.items() if r is not Review.MACHINE)
    return {
        "items": shown,
        "paging": paging,
        "done": done,
        "all": len(snapshot.incidents) + len(snapshot.held.rejected),
        "choices": [
            FilterChoice(
                "kind",
                "What",
                {"": "everything", "incident": "incidents", "series": "series"},
                kind,
            )
        ],
    }


def ranked(snapshot: Snapshot) -> list[Item]:
    """Every incident and series, the weightiest first; which of them wait for a decision is another
    question.
    """
    return _ranked(snapshot, {})


def _revised(items: list[Item], snapshot: Snapshot, change: Change) -> list[Item]:
    """The items again, those taken over that the decisions since have left as they were."""
    there = {g.id for g in snapshot.groups if change.leaves(g)}
    same = {
        i.id: i
        for i in items
        if i.id in there and (NEARLY_JOINED in i.reasons) == (i.id in snapshot.near)
    }
    return _ranked(snapshot, same)


def _ranked(snapshot: Snapshot, unchanged: Mapping[str, Item]) -> list[Item]:
    impossible = {
        c: d.kind.value for d in snapshot.inconsistencies if d.kind in _IMPOSSIBLE for c in d.claims
    }
    changed = _changed(snapshot)
    items: list[Item] = []
    for g in snapshot.groups:
        if (item := unchanged.get(g.id)) is None:
            known = Circumstances(
                len(snapshot.disputes.get(g.id, ())), impossible, changed, g.id in snapshot.near
            )
            item = (
                _incident(snapshot, g, known)
                if isinstance(g, Incident)
                else _series(snapshot, g, known)
            )
        items.append(item)
    return sorted(items, key=lambda i: (-i.weight, i.id))


def _changed(snapshot: Snapshot) -> frozenset[str]:
    """The claims that somebody confirmed once, of groups that are no longer confirmed as they are
    now.
    """
    confirmed = {
        c for f in snapshot.held.reviewed.groups if f.decision.act == "confirm" for c in f.claims
    }
    if not confirmed:
        return frozenset()
    return frozenset(
        c for g in snapshot.groups if g.review is Review.MACHINE for c in g.claims if c in confirmed
    )


def _incident(snapshot: Snapshot, i: Incident, known: Circumstances) -> Item:
    coded = snapshot.coded(i)
    priority = incident_priority(i, [snapshot.claims[c] for c in i.claims], coded, known)
    figures = (("killed", coded.killed), ("wounded", coded.wounded))
    words = ", ".join(f"{w} {name}" for name, share in figures if (w := in_words(share)))
    return _item("incident", i, title_of(i), incident_when(i), words, priority)


def _series(snapshot: Snapshot, s: Series, known: Circumstances) -> Item:
    claims = [snapshot.claims[c] for c in s.claims]
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


QUEUE = Lookup("queue of everything", ranked, lasting=True, revise=_revised)
