"""A record told on one page, and claims as table rows."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.model import Effect, Figure, Scope, When, claim_to_dict

HEADINGS = {
    Effect.KILLED: "KILLED",
    Effect.WOUNDED: "WOUNDED",
    Effect.KILLED_OR_WOUNDED: "KILLED OR WOUNDED",
    Effect.MISSING: "MISSING",
    Effect.CAPTURED: "CAPTURED",
    Effect.DISPLACED: "DISPLACED",
    None: "STRENGTH",
}
# How many lines of each kind a summary shows.
LINES = 6

# The columns of `sayso show` as a table and as CSV.
COLUMNS = ("report", "part", "kind", "effect", "count", "low", "high", "who", "status", "by", "claimant", "type", "scope", "when_start", "when_end", "where", "country", "hedge", "part_of", "quote", "start", "end", "id")  # fmt: skip


def how_many(claim: Figure) -> str:
    """The interval in signs: "3,199", "> 2,100", "~ 130,000", "20-30", "≤ 40", "1 a day"."""
    low, high = claim.count.low, claim.count.high
    if low is not None and high is not None:
        words = f"{low:,}" if low == high else f"{low:,}-{high:,}"
        words = f"~ {words}" if claim.count.approx else words
    elif low is not None:
        words = f"≥ {low:,}"
    elif high is not None:
        words = f"≤ {high:,}"
    else:
        words = claim.count.text
    return f"{words} a {claim.per}" if claim.per else words


def who_says(claim: Figure) -> str:
    """The claimant in words: a name, "the report itself", or that it is lost."""
    last = claim.sources[-1]
    if last.role == "publisher":
        return "the report itself"
    return last.name or "(announced, but lost)"


def when_words(when: When | None) -> str:
    """The dates as a person writes them: "11 Mar 2012", "Oct 2001", "2007 to mid-2012"."""
    if when is None or (when.start is None and when.end is None):
        return ""
    if when.start is None or when.end is None:
        known = when.start or when.end
        assert known is not None
        return f"{'from' if when.start else 'to'} {_day(known)}"
    first, last = _opening(when.start), _closing(when.end)
    if when.start == when.end:
        return _day(when.start)
    if first == last:
        return first
    return f"{when.start.day} to {last}" if first.endswith(f"{when.end: %b %Y}") and first[0].isdigit() else f"{first} to {last}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _opening(day: date) -> str:
    """A first day, as the unit that begins with it: a year, a month, or the day."""
    if day.day > 1:
        return _day(day)
    return f"{day:%Y}" if day.month == 1 else f"{day:%b %Y}"


def _closing(day: date) -> str:
    """A last day, as the unit that ends with it."""
    if day == date.max or (day + timedelta(1)).day > 1:
        return _day(day)
    return {12: f"{day:%Y}", 6: f"mid-{day:%Y}"}.get(day.month, f"{day:%b %Y}")


def counted_words(claim: Figure) -> str:
    """Who is counted, where and when, on one line."""
    who = " ".join(claim.who.text.split()) if claim.who else "" if claim.part_of else "people"
    place = " ".join(claim.where.text.split()) if claim.where else ""
    where = f", {place.title() if place.isupper() else place}" if place else ""
    when = f", {words}" if (words := when_words(claim.when)) else ""
    return f"{who}{where}{when}".lstrip(", ")


def _marks(claim: Figure) -> str:
    marks = ["planned"] * claim.planned + ["hedged"] * claim.hedge
    if claim.sources[-1].party:
        marks.append("party to the war")
    return ", ".join(marks)


def _stake(claim: Figure) -> int:
    return claim.count.low if claim.count.low is not None else claim.count.high or 0


def _sameness(claim: Figure) -> tuple[object, ...]:
    return claim.effect, claim.count.low, claim.count.high, claim.status, claim.scope, who_says(claim).lower()


def summary(claims: Iterable[Figure]) -> RenderableType:
    """The figures with most at stake, by what happened, each with its claimant."""
    groups: dict[Effect | None, dict[tuple[object, ...], list[Figure]]] = defaultdict(lambda: defaultdict(list))
    lost: set[str] = set()
    party = hedged = 0
    for claim in claims:
        groups[claim.effect][_sameness(claim)].append(claim)
        if claim.sources[-1].name is None and claim.sources[-1].role == "claimant":
            lost.add(claim.id)
        party += claim.sources[-1].party
        hedged += claim.hedge
    table = Table(box=None, pad_edge=False, show_header=False, expand=False)
    for column in ("figure", "how many", "who says so", "marks", "reports"):
        table.add_column(column, justify="right" if column in ("how many", "reports") else "left", overflow="fold", max_width=58)
    for effect, heading in HEADINGS.items():
        if same := groups.get(effect):
            table.add_row(Text(heading, style="bold"), *(Text(t, style="dim") for t in ("how many", "who says so", "", "reports")))
            for line in _lines(same):
                table.add_row(*line)
    notes = [f"{len(lost)} with the source lost"] * bool(lost)
    notes += [f"{party} by a party to the war"] * bool(party) + [f"{hedged} hedged"] * bool(hedged)
    return Group(table, Text(" · ".join(notes), style="dim")) if notes else table


def _lines(same: dict[tuple[object, ...], list[Figure]]) -> Iterator[tuple[str, ...]]:
    ranked = sorted(same.values(), key=lambda g: (-_stake(g[0]), -len({c.report for c in g})))
    parts = {c.id: c for g in ranked for c in g}
    shown: set[int] = set()
    for group in [g for g in ranked if not any(c.part_of in parts for c in g)][:LINES]:
        yield _line(group, "")
        shown.add(id(group))
        ids = {c.id for c in group}
        for part in ranked:
            if id(part) not in shown and any(c.part_of in ids for c in part):
                shown.add(id(part))
                yield _line(part, "  of them ")
    if rest := len(ranked) - len(shown):
        yield (f"… and {rest} more", "", "", "", "")


def _line(group: list[Figure], indent: str) -> tuple[str, ...]:
    first = max(group, key=lambda c: (c.where is not None) + (c.when is not None) + (c.who is not None))
    words = counted_words(first)
    if indent and first.who is None:
        words = f", {words}" if words else ""
        indent = indent.rstrip()
    return (indent + words, how_many(first), who_says(first), _marks(first), str(len({c.report for c in group})))


def row(claim: Figure) -> dict[str, object]:
    """A claim flat, by the names in COLUMNS."""
    last = claim.sources[-1]
    return {
        "report": claim.report, "part": claim.part, "kind": claim.kind, "effect": claim.effect and claim.effect.value,
        "count": claim.count.text, "low": claim.count.low, "high": claim.count.high,
        "who": claim.who and claim.who.text, "status": claim.status.value, "by": claim.by and claim.by.text,
        "claimant": last.name if last.role != "publisher" else None, "type": last.type and last.type.value,
        "scope": f"rate per {claim.per}" if claim.scope is Scope.RATE else claim.scope.value,
        "when_start": claim.when and claim.when.start, "when_end": claim.when and claim.when.end,
        "where": claim.where and (claim.where.name or claim.where.text), "country": claim.where and claim.where.country,
        "hedge": claim.hedge, "part_of": claim.part_of, "quote": claim.quote, "start": claim.start, "end": claim.end, "id": claim.id,
    }  # fmt: skip


def as_csv(claims: Iterable[Figure]) -> Iterator[str]:
    """The claims as lines of CSV, header first."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for claim in claims:
        writer.writerow(row(claim))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def as_jsonl(claims: Iterable[Figure]) -> Iterator[str]:
    """The claims as lines of JSON, in the form that docs/claims.md describes."""
    for claim in claims:
        yield json.dumps(claim_to_dict(claim), ensure_ascii=False) + "\n"


def as_table(claims: Sequence[Figure]) -> Table:
    """The claims as a table for a terminal: what, how many, who says so, when, where, and the words."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("report", "effect", "how many", "who", "who says so", "when", "where", "words"):
        table.add_column(name, justify="right" if name == "how many" else "left", overflow="fold", max_width=60 if name == "words" else 28)
    for claim in claims:
        table.add_row(
            claim.report,
            claim.effect.value.replace("_", " ") if claim.effect else claim.kind,
            how_many(claim),
            claim.who.text if claim.who else "",
            who_says(claim),
            when_words(claim.when),
            (claim.where.name or claim.where.text) if claim.where else "",
            around(claim),
        )
    return table


def around(claim: Figure, width: int = 90) -> str:
    """The words around the count, cut to `width` characters."""
    at = claim.count.start - claim.start
    begin = max(0, min(at - width // 3, len(claim.quote) - width))
    words = " ".join(claim.quote[begin : begin + width].split())
    return f"{'…' if begin else ''}{words}{'…' if begin + width < len(claim.quote) else ''}"
