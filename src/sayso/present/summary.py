"""A record on one page: what is counted, how many, who says so, in how many reports, from how many
origins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.link.groups_counted import GroupCounted, group_counted
from sayso.model import Claim, Effect, Figure, Forecast
from sayso.model.links import Linked, LinkKind, Origin, independent_origins, origin_of
from sayso.present.wording import counted_words, how_many, marks, who_says

HEADINGS = {
    Effect.KILLED: "KILLED",
    Effect.WOUNDED: "WOUNDED",
    Effect.KILLED_OR_WOUNDED: "KILLED OR WOUNDED",
    Effect.MISSING: "MISSING",
    Effect.CAPTURED: "CAPTURED",
    Effect.DISPLACED: "DISPLACED",
    None: "STRENGTH",
}
# How many lines of each kind a summary shows, how many figures and claimants on a line, how many
# parts of a whole; and how many more lines where sources disagree.
LINES, FIGURES, CLAIMANTS, PARTS, DISPUTED = 6, 3, 2, 2, 4
_COLUMNS = ("figure", "how many", "who says so", "marks", "reports", "origins")


def summary(claims: Iterable[Claim], linked: Linked) -> RenderableType:
    """The figures with most at stake, by what happened, each with its claimants; then what else the
    record holds.

    The claims of one incident or series are one line, with its figures side by side where sources
    differ. Claims that were never linked are on a line each.
    """
    claims = list(claims)
    figures = [c for c in claims if isinstance(c, Figure)]
    tables = [_table(figures, linked)] if figures else []
    lines = (_marks(figures, linked), _others(claims, linked))
    return Group(
        *tables,
        *(Text(line, style="dim" if n == 0 else "") for n, line in enumerate(lines) if line),
    )


# What the other kinds are called, one and many.
_CALLED = {
    "statement": ("statement", "statements"),
    "event": ("event", "events"),
    "forecast": ("forecast", "forecasts"),
    "source": ("fact about a source", "facts about sources"),
}


def _others(claims: list[Claim], linked: Linked) -> str:
    """How many claims there are of the kinds that have no number, and what they were linked to."""
    kinds = Counter(c.kind for c in claims)
    dated = sum(isinstance(c, Forecast) and c.horizon is not None for c in claims)
    parts = []
    for kind, (one, many) in _CALLED.items():
        if n := kinds[kind]:
            parts.append(
                f"{n:,} {one if n == 1 else many}"
                + (f", {dated:,} of them dated" if kind == "forecast" and dated else "")
            )
    if linked.incidents:
        parts.append(f"{len(linked.incidents):,} incident{'s' * (len(linked.incidents) != 1)}")
    return " · ".join(parts)


def _marks(figures: Sequence[Figure], linked: Linked) -> str:
    """What to look at: disputes, revisions, lost sources, claims by a party, hedges."""
    known = {c.id for c in figures}
    kinds = Counter(k.kind for k in linked.links if k.claim in known)
    lost = sum(c.sources[-1].name is None and c.sources[-1].role == "claimant" for c in figures)
    counts = (
        (kinds[LinkKind.CONTRADICTS], "contradiction", "contradictions"),
        (kinds[LinkKind.REVISES], "revision", "revisions"),
        (lost, "with the source lost", "with the source lost"),
        (
            sum(c.sources[-1].party for c in figures),
            "by a party to the war",
            "by a party to the war",
        ),
        (sum(c.hedge for c in figures), "hedged", "hedged"),
    )
    return " · ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts if n)


@dataclass(frozen=True)
class _Line:
    """Figures of one thing: the same people of one incident or one series, or (never linked) the
    same value and claimant.
    """

    claims: tuple[Figure, ...]

    @property
    def stake(self) -> int:
        return max(c.count.size for c in self.claims)


def _table(figures: Sequence[Figure], linked: Linked) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, expand=False)
    for column in _COLUMNS:
        right = column in ("how many", "reports", "origins")
        table.add_column(
            column, justify="right" if right else "left", overflow="fold", max_width=52
        )
    things = _things(figures, linked)
    for effect, heading in HEADINGS.items():
        if groups := things.get(effect):
            head = ("how many", "who says so", "", "reports", "origins")
            table.add_row(Text(heading, style="bold"), *(Text(t, style="dim") for t in head))
            for row in _rows(groups, linked):
                table.add_row(*row)
    return table


def _things(figures: Sequence[Figure], linked: Linked) -> dict[Effect | None, list[list[Figure]]]:
    """The figures of each incident or series, by effect."""
    home = {claim: i.id for i in linked.incidents for claim in i.claims} | {
        claim: s.id for s in linked.series for claim in s.claims
    }
    place = {c: n for n, c in enumerate(c for s in linked.series for c in s.claims)}
    groups: dict[Effect | None, dict[object, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for c in figures:
        alone = (c.count.low, c.count.high, c.status, c.scope, who_says(c).lower())
        groups[c.effect][home.get(c.id, alone)].append(c)
    return {
        e: [sorted(g, key=lambda c: place.get(c.id, 0)) for g in by_home.values()]
        for e, by_home in groups.items()
    }


def _rows(groups: list[list[Figure]], linked: Linked) -> Iterator[tuple[str, ...]]:
    """A line for each thing, those with most at stake first, with its parts below it; then those
    that are disputed.
    """
    ranked = sorted(
        (_lines(g) for g in groups),
        key=lambda lines: (-lines[0].stake, -len({c.report for c in lines[0].claims})),
    )
    disputed = [lines for lines in ranked[LINES:] if "disputed" in _notes(lines[0].claims, linked)][
        :DISPUTED
    ]
    shown = [*ranked[:LINES], *disputed]
    for whole, *parts in shown:
        yield _row(whole, "", linked)
        for part in parts[:PARTS]:
            yield _row(part, "  of them ", linked)
    if rest := len(ranked) - len(shown):
        yield (f"… and {rest:,} more", "", "", "", "", "")


def _lines(group: Sequence[Figure]) -> list[_Line]:
    """The whole, then the parts of it that the claims count separately, the largest first."""
    by_people: dict[GroupCounted, list[Figure]] = defaultdict(list)
    for c in group:
        by_people[group_counted(c)].append(c)
    whole = max(
        by_people,
        key=lambda p: (max(c.count.size for c in by_people[p]), p.part is None, len(by_people[p])),
    )
    parts = [p for p in by_people if p.within(whole)]
    lines = [_Line(tuple(by_people[p])) for p in parts]
    return [_Line(tuple(by_people[whole])), *sorted(lines, key=lambda line: -line.stake)]


def _row(line: _Line, indent: str, linked: Linked) -> tuple[str, ...]:
    claims = line.claims
    first = max(
        claims,
        key=lambda c: (
            (c.where is not None) + (c.when is not None) + (c.who is not None),
            c.count.size,
        ),
    )
    words = counted_words(first)
    if indent and first.who is None:
        words = f", {words}" if words else ""
        indent = indent.rstrip()
    elif first.part_of is not None and first.who is None:
        words = f"some of a larger figure, {words}"
    main = _main_figures(claims, linked.origins)
    values = list(dict.fromkeys(how_many(c) for c in main))
    names = list(dict.fromkeys(who_says(c) for c in main))
    who = " / ".join(names[:CLAIMANTS]) + (
        f" and {len(names) - CLAIMANTS} more" if len(names) > CLAIMANTS else ""
    )
    numbers = ", ".join(values[:FIGURES]) + (" …" if len(values) > FIGURES else "")
    origins = len(independent_origins(claims, linked.origins)) if linked.origins else ""
    return (
        indent + words,
        numbers,
        who,
        _notes(claims, linked),
        str(len({c.report for c in claims})),
        str(origins),
    )


def _main_figures(claims: Sequence[Figure], origin: Mapping[str, Origin]) -> list[Figure]:
    """Each origin's largest figure, the largest first, without those below half of the largest."""
    largest: dict[Origin, Figure] = {}
    for c in claims:
        key = origin_of(c, origin)
        if key not in largest or c.count.size >= largest[key].count.size:
            largest[key] = c
    most = max(c.count.size for c in largest.values())
    # a detail of the whole does not compete with it
    near = [c for c in largest.values() if 2 * c.count.size >= most]
    return sorted(near, key=lambda c: -c.count.size)


def _notes(claims: Sequence[Figure], linked: Linked) -> str:
    """What to know about the line: that it is disputed or revised, and the marks that all of its
    claims share.
    """
    ids = {c.id for c in claims}
    kinds = {k.kind for k in linked.links if k.claim in ids and k.other in ids}
    notes = ["disputed"] * (LinkKind.CONTRADICTS in kinds) + ["revised"] * (
        LinkKind.REVISES in kinds
    )
    common = set.intersection(*(set(marks(c).split(", ")) for c in claims)) - {""}
    return ", ".join([*notes, *sorted(common)])
