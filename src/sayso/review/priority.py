"""What a reviewer looks at first: what is at stake, how uncertain it is, and whether sources
disagree.

Each reason has a weight, stated here, and is shown in words beside the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from sayso.model import Claim, Figure
from sayso.model.links import Coded, Incident, Range, Series

# The weight of each reason. Ten times as many people weigh as much as two middling reasons.
STAKE = 2.0  # for each power of ten of the people counted
DISPUTE = 2.5
IMPOSSIBLE = 2.0  # an impossible figure: a part larger than its whole, a total that falls
LOST = 1.5
PARTY = 1.0
HEDGED = 0.8
ONE_ORIGIN = 0.7
NO_DAY, NO_PLACE = 0.8, 0.8
SPREAD = 1.2  # for a high figure twice the low one or more
NEARLY = 1.0  # it was nearly joined with another
CHANGED = 1.5  # confirmed once, and changed since

NEARLY_JOINED = "nearly one with another incident"


@dataclass(frozen=True, slots=True)
class Priority:
    """How urgently an incident or a series should be reviewed, and why, in words, the weightiest
    reason first.
    """

    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about the claims of an incident or a series besides what they say.

    `disputes` is the number of contradictions among them, `impossible` the claims whose
    figure is impossible, each with what is wrong with it, `changed` those that differ from what
    was confirmed; `nearly_joined` says that another incident is almost the same one.
    """

    disputes: int
    impossible: Mapping[str, str]
    changed: frozenset[str]
    nearly_joined: bool = False


def incident_priority(
    incident: Incident, claims: Sequence[Claim], coded: Coded, known: Circumstances
) -> Priority:
    """The priority of an incident with these claims and figures."""
    reasons = [*_of_figures(coded), *_of_claims(incident, claims, known)]
    if incident.first is None:
        reasons.append((NO_DAY, "no day is stated"))
    if incident.where is None or incident.where.latitude is None:
        reasons.append((NO_PLACE, "the place is not settled"))
    if known.nearly_joined:
        reasons.append((NEARLY, NEARLY_JOINED))
    return _priority(reasons)


def series_priority(series: Series, claims: Sequence[Claim], known: Circumstances) -> Priority:
    """The priority of a series with these claims."""
    most = max((c.count.size for c in claims if isinstance(c, Figure)), default=0)
    # Totals cover years and nations: size says less about what is at stake than for an incident.
    stake = (STAKE / 2 * log10(most + 1), f"{most:,} people")
    return _priority([stake, *_of_claims(series, claims, known)])


def _priority(reasons: Iterable[tuple[float, str]]) -> Priority:
    ranked = sorted(reasons, key=lambda r: -r[0])
    return Priority(
        round(sum(weight for weight, _ in ranked), 2), tuple(words for _, words in ranked)
    )


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
    group: Incident | Series, claims: Sequence[Claim], known: Circumstances
) -> Iterator[tuple[float, str]]:
    figures = [c for c in claims if isinstance(c, Figure)]
    if known.disputes:
        times = "" if known.disputes == 1 else f", {known.disputes} times"
        yield DISPUTE, f"sources disagree{times}"
    if odd := next((known.impossible[c.id] for c in claims if c.id in known.impossible), None):
        yield IMPOSSIBLE, odd
    if any(c.sources[-1].name is None and c.sources[-1].role == "claimant" for c in figures):
        yield LOST, "a source is lost"
    if any(c.sources[-1].party for c in figures):
        yield PARTY, "stated by a party to the war"
    if any(c.hedge for c in figures):
        yield HEDGED, "hedged"
    if group.origins == 1:
        yield ONE_ORIGIN, "one origin only"
    if any(c.id in known.changed for c in claims):
        yield CHANGED, "changed since it was confirmed"
