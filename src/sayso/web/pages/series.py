"""Series: the list of them, and one as its figures over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.model import Claim, Figure, Review
from sayso.model.links import Link, Origin, Series, origin_of
from sayso.plot.origin_names import names_of
from sayso.plot.series import series_title
from sayso.present.wording import how_many
from sayso.web.lookups import KeyedLookup
from sayso.web.pages.axis import earlier_ties
from sayso.web.pages.finding import FilterChoice, paged
from sayso.web.scale import Scale, ScaleMark
from sayso.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class LastFigure:
    """The last figure of one origin in a series."""

    who: str
    claim: Figure
    upto: date | None
    mark: ScaleMark


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """A series in a list: what it counts, and the last figure of each origin on one axis."""

    series: Series
    title: str
    latest: tuple[LastFigure, ...]
    more: int
    figures: int
    disputes: int


_LATEST = 4
# Disputes that a page shows in full.
_DISPUTES = 20


def upto(claim: Figure, published: Mapping[str, date | None]) -> date | None:
    """The day up to which a figure counts; else the day of publication."""
    return (claim.when.end if claim.when else None) or published.get(claim.report)


def figures_of(snapshot: Snapshot, series: Series) -> list[Figure]:
    return [c for name in series.claims if isinstance(c := snapshot.claims.get(name), Figure)]


def series_entry(snapshot: Snapshot, series: Series) -> SeriesEntry:
    figures = figures_of(snapshot, series)
    last: dict[Origin, Figure] = {}
    for c in figures:
        last[origin_of(c, snapshot.linked.origins)] = c
    names = names_of(figures, snapshot.linked.origins)
    scale = Scale([n for c in last.values() for n in (c.count.low, c.count.high) if n is not None])
    latest = [
        LastFigure(
            names[key],
            c,
            upto(c, snapshot.published),
            scale.mark(c.count.low, c.count.high, c.count.approx),
        )
        for key, c in last.items()
    ]
    latest.sort(key=lambda f: -(f.upto or date.min).toordinal())
    return SeriesEntry(
        series,
        series_title(series),
        tuple(latest[:_LATEST]),
        max(0, len(latest) - _LATEST),
        len(figures),
        len(snapshot.disputes.get(series.id, ())),
    )


def listed(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """The series that pass the filters in the query."""
    kind, words = query.get("kind", ""), query.get("q", "").strip().casefold()
    kinds = {"": "any", "toll": "tolls", "strength": "strengths", "rate": "rates"}
    found = [
        s
        for s in snapshot.linked.series
        if _passes(s, kind) and words in series_title(s).casefold()
    ]
    shown, paging = paged(found, query)
    return {
        "entries": [snapshot.get_of(SERIES_ENTRY, s.id) for s in shown],
        "paging": paging,
        "q": query.get("q", ""),
        "choices": [FilterChoice("kind", "Kind", kinds, kind if kind in kinds else "")],
    }


def _passes(series: Series, kind: str) -> bool:
    if kind == "rate":
        return series.per is not None
    return not kind or (series.kind == kind and series.per is None)


@dataclass(frozen=True, slots=True)
class SeriesFigure:
    """A figure of a series, with the day up to which it counts, and its links to earlier ones."""

    claim: Figure
    upto: date | None
    words: str
    ties: tuple[tuple[Link, Claim], ...]


def shown(
    snapshot: Snapshot, series: Series, query: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """All that a series' page shows, with the figures on the query's page; all without a query."""
    figures = list(reversed(figures_of(snapshot, series)))
    part, paging = paged(figures, query) if query is not None else (figures, None)
    return {
        "series": series,
        "title": series_title(series),
        "entry": series_entry(snapshot, series),
        "figures": [
            SeriesFigure(c, upto(c, snapshot.published), how_many(c), earlier_ties(snapshot, c))
            for c in part
        ],
        "paging": paging,
        "disputes": [
            (k, snapshot.claims[k.claim], snapshot.claims[k.other])
            for k in snapshot.disputes.get(series.id, [])[:_DISPUTES]
        ],
        "others": _alike(snapshot, series),
        "decisions": snapshot.decisions_about(series.claims),
        "review": Review(series.review),
    }


def _alike(snapshot: Snapshot, series: Series) -> list[Series]:
    """Other series of the same effect, kind and unit, which may be the same quantity."""
    key = (series.kind, series.effect, series.per)
    return [
        s for s in snapshot.linked.series if s.id != series.id and (s.kind, s.effect, s.per) == key
    ][:12]


SERIES_ENTRY: KeyedLookup[str, SeriesEntry] = KeyedLookup(
    "series in a list",
    lambda snapshot, name: series_entry(snapshot, snapshot.series_by_id[name]),
    survives=lambda name, snapshot, change: (
        (series := snapshot.series_by_id.get(name)) is not None and change.leaves(series)
    ),
)
