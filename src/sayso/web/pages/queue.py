"""What a reviewer looks at first: what is at stake, how unsure it is, and whether sources disagree.

Each reason has a weight, stated here, and is told beside the entry: the order is no secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log10
from typing import Any

from sayso.link.consistency import DoubtKind
from sayso.model import Claim, Figure, Review
from sayso.model.links import Coded, Incident, Range, Series
from sayso.plot.series import series_title
from sayso.present.coding import in_words
from sayso.present.wording import incident_when
from sayso.web.pages.finding import Choice, paged
from sayso.web.pages.incidents import title_of
from sayso.web.snapshot import QUEUE, Book

# What each reason weighs. Ten times as many people are as much as two reasons of middling weight.
STAKE = 2.0  # for each power of ten of the people told of
DISPUTE = 2.5
UNFIT = 2.0  # an impossible figure: a part larger than its whole, a total that falls
LOST = 1.5
PARTY = 1.0
HEDGED = 0.8
ONE_ORIGIN = 0.7
NO_DAY, NO_PLACE = 0.8, 0.8
SPREAD = 1.2  # for a high figure twice the low one or more
NEARLY = 1.0  # it was nearly joined with another
CHANGED = 1.5  # confirmed once, and changed since


@dataclass(frozen=True, slots=True)
class Item:
    """Something to review: an `incident` or a `series`, with its weight and the reasons for it, the weightiest first."""

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


_NEARLY = "nearly one with another incident"
_IMPOSSIBLE = (DoubtKind.PART_LARGER, DoubtKind.SWAPPED, DoubtKind.FALLING, DoubtKind.MISQUOTED)


def listed(book: Book, query: Mapping[str, str]) -> dict[str, Any]:
    """What nobody has decided about, the weightiest first."""
    kind = query.get("kind", "")
    waiting = {g.id for g in book.groups if g.review is Review.MACHINE}
    items = [i for i in book.once(QUEUE, lambda: ranked(book)) if i.id in waiting and (not kind or i.kind == kind)]
    shown, paging = paged(items, query)
    done = sum(n for r, n in book.reviewed_counts.items() if r is not Review.MACHINE)
    return {
        "items": shown,
        "paging": paging,
        "done": done,
        "all": len(book.incidents) + len(book.held.rejected),
        "choices": [Choice("kind", "What", {"": "everything", "incident": "incidents", "series": "series"}, kind)],
    }


def ranked(book: Book) -> list[Item]:
    """Every incident and series, the weightiest first; which of them wait for a decision is another question."""
    unfit = _unfit(book)
    confirmed = {c for f in book.held.reviewed.groups if f.decision.act == "confirm" for c in f.claims}
    changed = {c for g in book.groups if g.review is Review.MACHINE for c in g.claims if c in confirmed} if confirmed else set()
    known = _unchanged(book)
    items = [
        known.get(g.id) or (_incident(book, g, unfit, changed) if isinstance(g, Incident) else _series(book, g, unfit, changed))
        for g in book.groups
    ]
    return sorted(items, key=lambda i: (-i.weight, i.id))


def _unchanged(book: Book) -> dict[str, Item]:
    """The items of the book before, of what the decisions since have left as it was."""
    if book.changed is None:
        return {}
    names, touched, kept = book.changed.names, book.changed.touched, book.older.get(QUEUE, [])
    claims = {g.id: g.claims for g in book.groups if g.id not in names and touched.isdisjoint(g.claims)}
    return {i.id: i for i in kept if i.id in claims and (_NEARLY in i.reasons) == (i.id in book.near)}


def _unfit(book: Book) -> dict[str, str]:
    """The claims of which something cannot be so, with what."""
    return {c: d.kind.value for d in book.doubts if d.kind in _IMPOSSIBLE for c in d.claims}


def _incident(book: Book, i: Incident, unfit: Mapping[str, str], changed: set[str]) -> Item:
    coded = book.coded(i)
    claims = [book.claims[c] for c in i.claims]
    reasons = [*_of_figures(coded), *_of_claims(book, i, claims, unfit, changed)]
    if i.first is None:
        reasons.append((NO_DAY, "no day is told"))
    if i.where is None or i.where.latitude is None:
        reasons.append((NO_PLACE, "the place is not settled"))
    if i.id in book.near:
        reasons.append((NEARLY, _NEARLY))
    figures = ", ".join(f"{w} {name}" for name, share in (("killed", coded.killed), ("wounded", coded.wounded)) if (w := in_words(share)))
    return _item("incident", i, title_of(i), incident_when(i), figures, reasons)


def _of_figures(coded: Coded) -> Iterator[tuple[float, str]]:
    most = max(_most(coded.killed), _most(coded.wounded))
    if most:
        yield STAKE * log10(most + 1), f"{most:,} people"
    low, high = coded.killed.low, coded.killed.high
    if low and high and high >= 2 * low:
        yield SPREAD, f"from {low:,} to {high:,} killed"


def _most(share: Range) -> int:
    return max((n for n in (share.low, share.best, share.high) if n is not None), default=0)


def _of_claims(
    book: Book, one: Incident | Series, claims: list[Claim], unfit: Mapping[str, str], changed: set[str]
) -> Iterator[tuple[float, str]]:
    figures = [c for c in claims if isinstance(c, Figure)]
    if disputes := len(book.disputes.get(one.id, ())):
        yield DISPUTE, "sources disagree" if disputes == 1 else f"sources disagree, {disputes} times"
    if odd := next((unfit[c.id] for c in claims if c.id in unfit), None):
        yield UNFIT, odd
    if any(c.sources[-1].name is None and c.sources[-1].role == "claimant" for c in figures):
        yield LOST, "a source is lost"
    if any(c.sources[-1].party for c in figures):
        yield PARTY, "told by a party to the war"
    if any(c.hedge for c in figures):
        yield HEDGED, "hedged"
    if one.origins == 1:
        yield ONE_ORIGIN, "one origin only"
    if any(c.id in changed for c in claims):
        yield CHANGED, "changed since it was confirmed"


def _series(book: Book, s: Series, unfit: Mapping[str, str], changed: set[str]) -> Item:
    claims = [book.claims[c] for c in s.claims]
    figures = [c for c in claims if isinstance(c, Figure)]
    most = max((c.count.size for c in figures), default=0)
    # Totals are of years and nations: their size says less of what is at stake than a happening's.
    reasons = [(STAKE / 2 * log10(most + 1), f"{most:,} people"), *_of_claims(book, s, claims, unfit, changed)]
    told = sorted({c.count.size for c in figures})
    words = f"{told[0]:,}" if len(told) == 1 else f"{told[0]:,} to {told[-1]:,}" if told else ""
    return _item("series", s, series_title(s), f"since {s.since}" if s.since else "", words, reasons)


def _item(kind: str, one: Incident | Series, title: str, when: str, figures: str, reasons: list[tuple[float, str]]) -> Item:
    told = tuple(words for _, words in sorted(reasons, key=lambda r: -r[0]))
    weight = round(sum(w for w, _ in reasons), 2)
    return Item(kind, one.id, title, when, figures, weight, told, len(one.claims), len(one.reports), one.origins)
