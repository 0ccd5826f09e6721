"""A record told on one page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.model import Claim, Effect, Figure, Forecast
from sayso.wording import counted_words, how_many, marks, who_says

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


def _stake(claim: Figure) -> int:
    return claim.count.low if claim.count.low is not None else claim.count.high or 0


def _sameness(claim: Figure) -> tuple[object, ...]:
    return claim.effect, claim.count.low, claim.count.high, claim.status, claim.scope, who_says(claim).lower()


def summary(claims: Iterable[Claim]) -> RenderableType:
    """The figures with most at stake, by what happened, each with its claimant; then what else the record holds."""
    claims = list(claims)
    figures = _figures([c for c in claims if isinstance(c, Figure)])
    return Group(figures, Text(_others(claims)))


# What the other kinds are called, one and many.
_CALLED = {
    "statement": ("statement", "statements"),
    "event": ("event", "events"),
    "forecast": ("forecast", "forecasts"),
    "source": ("fact about a source", "facts about sources"),
}


def _others(claims: list[Claim]) -> str:
    """How many claims there are of the kinds that have no number."""
    kinds = Counter(c.kind for c in claims)
    dated = sum(isinstance(c, Forecast) and c.horizon is not None for c in claims)
    told = []
    for kind, (one, many) in _CALLED.items():
        if n := kinds[kind]:
            told.append(f"{n:,} {one if n == 1 else many}" + (f", {dated:,} of them dated" if kind == "forecast" and dated else ""))
    return " · ".join(told)


def _figures(claims: Iterable[Figure]) -> RenderableType:
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
    return (indent + words, how_many(first), who_says(first), marks(first), str(len({c.report for c in group})))
