"""What an incident's claims say, made comparable: for each report and claimant, how many of whom.

A claimant's words in one report may count the same people many times: as a whole, in parts ("10 of
them children"), by name, and again further down. `Tally` holds the figures that together count them
once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.coding.sides import CodedSides, sides_of
from sayso.coding.wholes import Whole, whole_of
from sayso.model import Claim, Effect, Event, Figure, Scope
from sayso.model.links import Incident, Origin, origin_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of whom one claimant says in one report, for one effect.

    `whole` holds the figures that count them. `origin` is the key of who independently says so;
    `own` is true when the report says it in its own voice. `hedged`: reportedly, feared.
    `of_enemy`: stated by a party to the war about its enemy's dead. `by_perpetrator`: stated by
    those who did it.
    """

    report: str
    origin: Origin
    published: date | None
    effect: Effect
    whole: Whole
    own: bool
    hedged: bool
    of_enemy: bool
    by_perpetrator: bool

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of the figures that count."""
        return tuple(f.id for f in self.whole.figures)

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """The low and high end of what its figures count together; None where one of them is
        open.
        """
        lows, highs = (
            [getattr(f.count, end) for f in self.whole.figures] for end in ("low", "high")
        )
        return (None if None in lows else sum(lows)), (None if None in highs else sum(highs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An incident with its tallies, in the order of its reports, and its sides."""

    incident: Incident
    tallies: tuple[Tally, ...]
    sides: CodedSides
    figures: tuple[Figure, ...]

    def of(self, effect: Effect) -> list[Tally]:
        """The tallies of one effect."""
        return [t for t in self.tallies if t.effect is effect]


# The effects that are counted for an incident; the captured and displaced are no casualties.
COUNTED = (Effect.KILLED, Effect.WOUNDED, Effect.KILLED_OR_WOUNDED)


def evidence_of(
    incident: Incident,
    claims: Sequence[Claim],
    origin: Mapping[str, Origin],
    published: Mapping[str, date | None],
) -> Evidence:
    """The tallies of the incident's claims, one for each report, origin and effect."""
    figures = [
        c
        for c in claims
        if isinstance(c, Figure) and c.effect in COUNTED and c.scope is Scope.INCIDENT
    ]
    mentions: dict[tuple[str, Origin, Effect], list[Figure]] = defaultdict(list)
    for figure in figures:
        if _counts_some_of(figure, figures):
            continue
        for effect in effects_of(figure):
            mentions[figure.report, origin_of(figure, origin), effect].append(figure)
    sides = sides_of(figures, [c for c in claims if isinstance(c, Event)])
    tallies = []
    for (report, key, effect), own in mentions.items():
        if whole := whole_of(own):
            tallies.append(_tally(report, key, published.get(report), effect, whole, sides))
    order = {report: i for i, report in enumerate(incident.reports)}
    tallies.sort(key=lambda t: order.get(t.report, len(order)))
    return Evidence(incident=incident, tallies=tuple(tallies), sides=sides, figures=tuple(figures))


# "Nine of the dead were children", "four among them": some of those counted elsewhere.
_SOME_OF = re.compile(
    r"\s*(?:of|among)\s+(?:them|those|these|whom|(?:the|its|their)\s+(?:dead|killed|victims"
    r"|fatalities|casualties|wounded|injured|bodies))\b",
    re.IGNORECASE,
)


def _counts_some_of(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether the words make a figure a part of a whole, and its report gives a larger whole, by
    any claimant.
    """
    if not _SOME_OF.match(figure.quote[figure.count.end - figure.start :]):
        return False
    least = figure.count.low or 0
    return any(
        f.report == figure.report and f.effect is figure.effect and (f.count.low or 0) > least
        for f in figures
    )


_BOTH = re.compile(
    r"\b(?:kill|dead|death|martyr|fatalit)\w*\W(?:\w+\W+){0,3}(?:and|or)\W(?:\w+\W+){0,3}"
    r"(?:wound|injur)"
    r"|\b(?:wound|injur)\w*\W(?:\w+\W+){0,3}and\W(?:\w+\W+){0,3}(?:kill|dead|death|martyr|fatalit)",
    re.IGNORECASE,
)
# How far from a count, in characters, the two kinds of harm are looked for.
NEAR = 60


def effects_of(figure: Figure) -> tuple[Effect, ...]:
    """The effects that a figure counts. "Several were killed and wounded" means some of each; "30
    killed and wounded" does not.
    """
    assert figure.effect is not None
    if figure.effect is Effect.KILLED_OR_WOUNDED and figure.count.is_vague:
        at = figure.count.start - figure.start
        if _BOTH.search(figure.quote[max(0, at - NEAR) : at + NEAR]):
            return Effect.KILLED, Effect.WOUNDED
    return (figure.effect,)


def _tally(
    report: str,
    origin: Origin,
    published: date | None,
    effect: Effect,
    whole: Whole,
    sides: CodedSides,
) -> Tally:
    counted = whole.figures
    return Tally(
        report=report,
        origin=origin,
        published=published,
        effect=effect,
        whole=whole,
        own=all(f.sources[-1].role == "publisher" for f in counted),
        hedged=all(f.hedge for f in counted),
        of_enemy=all(sides.of_enemy(f) for f in counted),
        by_perpetrator=all(sides.by_perpetrator(f) for f in counted),
    )


def latest_of_each_origin(tallies: Iterable[Tally]) -> list[Tally]:
    """The tallies without those that their own origin later replaced by one that says no less: its
    later figure counts.

    A report without a day replaces nothing and is not replaced.
    """
    tallies = list(tallies)
    return [t for t in tallies if not any(_replaces(later, t) for later in tallies)]


def _replaces(later: Tally, tally: Tally) -> bool:
    if (
        later.origin != tally.origin
        or later.published is None
        or tally.published is None
        or later.published <= tally.published
    ):
        return False
    return (later.whole.is_number, later.whole.is_general) >= (
        tally.whole.is_number,
        tally.whole.is_general,
    )
