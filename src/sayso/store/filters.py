"""Which claims to show: asked of a record's rows, or of a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import ge, le

import sqlalchemy as sa

from sayso.model import Claim, Report
from sayso.store.schema import ATTRIBUTION, CLAIM, REPORT, SOURCE


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims to show; None lets all through. `source`, `place` and `text` are found anywhere
    in the claimant's name, the place's words or name, and the quote, whatever their case. A claim
    passes `since` and `until` when its dates meet that range, and `as_of` when its report was
    published by then.
    """

    kind: str | None = None
    effect: str | None = None
    status: str | None = None
    type: str | None = None
    source: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    as_of: date | None = None

    @property
    def lets_all_through(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filter()

    def passes(self, claim: Claim, report: Report) -> bool:
        """Whether a claim of this report passes: what the query asks of its row, asked of the
        value.
        """
        for name in ("kind", "effect", "status", "type"):
            if (value := getattr(self, name)) is not None and getattr(claim, name, None) != value:
                return False
        return (
            _holds(self.text, claim.quote)
            and _holds(self.place, *((claim.where.text, claim.where.name) if claim.where else ()))
            and _holds(self.source, *(s.name for s in claim.sources))
            and self._covers(claim)
            and (
                self.as_of is None
                or (report.published is not None and report.published <= self.as_of)
            )
        )

    def _covers(self, claim: Claim) -> bool:
        """Whether its days meet the range."""
        if self.since is None and self.until is None:
            return True
        times = [
            t
            for t in (claim.when, getattr(claim, "horizon", None))
            if t is not None and (t.start or t.end)
        ]
        after = self.since is None or any(t.end is None or t.end >= self.since for t in times)
        return after and (
            self.until is None or any(t.start is None or t.start <= self.until for t in times)
        )


def _holds(words: str | None, *texts: str | None) -> bool:
    return words is None or any(words.casefold() in text.casefold() for text in texts if text)


def conditions(f: Filter) -> Iterator[sa.ColumnElement[bool]]:
    """What the filter asks of a claim's row."""
    for name in ("kind", "effect", "status", "type"):
        if (value := getattr(f, name)) is not None:
            yield CLAIM.c[name] == value
    if f.text is not None:
        yield CLAIM.c.quote.icontains(f.text, autoescape=True)
    if f.place is not None:
        yield sa.or_(
            CLAIM.c.where_text.icontains(f.place, autoescape=True),
            CLAIM.c.where_name.icontains(f.place, autoescape=True),
        )
    # A forecast's time is its horizon; an end that is open reaches any day.
    for day, near, far, reaches in ((f.since, "start", "end", ge), (f.until, "end", "start", le)):
        if day is not None:
            yield sa.or_(
                *(
                    sa.or_(
                        reaches(CLAIM.c[f"{time}_{far}"], day),
                        sa.and_(
                            CLAIM.c[f"{time}_{far}"].is_(None),
                            CLAIM.c[f"{time}_{near}"].is_not(None),
                        ),
                    )
                    for time in ("when", "horizon")
                )
            )
    if f.as_of is not None:
        yield REPORT.c.published <= f.as_of
    if f.source is not None:
        named = sa.select(ATTRIBUTION.c.claim).join(SOURCE, SOURCE.c.id == ATTRIBUTION.c.source)
        yield CLAIM.c.id.in_(named.where(SOURCE.c.name.icontains(f.source, autoescape=True)))
