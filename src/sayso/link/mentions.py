"""What one report tells of one happening: its claims grouped into accounts, before reports are
compared.

A report is read from its title on. A claim joins the account that it fits best: of the same event
or whole, of days that meet and a place that may be the same, the nearer in the text the better. One
that fits none begins an account.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt

from sayso.model import Claim, Event, EventType, Figure, Report, Scope, When, Where

# What is done on the ground: these events make an incident. Talks, demands and accusations are
# statements about one.
MATERIAL = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.RETREAT, EventType.MOBILIZE}
)
# Two places as far apart as this are two places, whatever their names; a city and its outskirts lie
# nearer.
NEAR_KM = 25.0
# Days that an inexact expression ("last week", "in March") may be told by and still be one
# happening's.
LONG_DAYS = 10
# What is told of a longer time than this is a sum or a state of things ("killed since the
# invasion"), no one happening.
ONE_HAPPENING_DAYS = 60


@dataclass(slots=True)
class IncidentMention:
    """The claims of one report that tell of one happening, in the order of the report."""

    report: Report
    claims: list[Claim] = field(default_factory=list)
    is_main: bool = False

    @property
    def id(self) -> str:
        return self.claims[0].id

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day: the most exact ones, of equals those told most often, then the
        earlier.
        """
        told = Counter(span for c in self.claims if (span := days_of(c.when)))
        return min(
            told, key=lambda s: ((s[1] - s[0]).days > 1, -told[s], s[1] - s[0], s[0]), default=None
        )

    @property
    def place(self) -> Where | None:
        """The place told most often; a town counts for more than the province or country around
        it.
        """
        told: dict[str, Where] = {}
        votes: Counter[str] = Counter()
        for where in (c.where for c in self.claims if c.where):
            key = place_key(where)
            told.setdefault(key, where)
            votes[key] += _EXACT.get(where.precision or "", 1) + 2 * (where.latitude is not None)
        return told[max(votes, key=lambda k: votes[k])] if votes else None

    @property
    def places(self) -> set[str]:
        """The keys of all places that its claims name."""
        return {place_key(c.where) for c in self.claims if c.where}


# What one mention of a place counts for, by how exact it is.
_EXACT = {"country": 0, "admin1": 2, "admin2": 3, "town": 6, "point": 6}


def days_of(when: When | None) -> tuple[date, date] | None:
    """First and last day, where both are known."""
    return (when.start, when.end) if when and when.start and when.end else None


def place_key(where: Where) -> str:
    """What two mentions of one place share: the gazetteer's id, else the words."""
    return (
        f"g{where.geonames}"
        if where.geonames is not None
        else re.sub(r"\W+", " ", where.text.casefold()).strip()
    )


def without_offsets(where: Where) -> Where:
    """The place without its words' offsets: an incident's place is no longer one report's."""
    return replace(where, start=None, end=None)


def kilometres(a: Where, b: Where) -> float | None:
    """The distance between two resolved places, by the haversine formula on a sphere of 6,371 km;
    None if one is not.
    """
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north, east = radians(b.latitude - a.latitude) / 2, radians(b.longitude - a.longitude) / 2
    h = sin(north) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def mentions_of(report: Report, claims: Iterable[Claim]) -> list[IncidentMention]:
    """The accounts of one report; the one that the report is mainly about is marked, and comes
    first.
    """
    claims = list(claims)
    of_totals = {
        c.event for c in claims if isinstance(c, Figure) and c.event and not tells_of_incident(c)
    }
    of_incidents = {
        c.event for c in claims if isinstance(c, Figure) and c.event and tells_of_incident(c)
    }
    wanted = [c for c in claims if tells_of_incident(c) and c.id not in of_totals - of_incidents]
    order = {"title": 0, "text": 1}
    wanted.sort(key=lambda c: (order.get(c.part, 2), c.start, c.kind != "event", c.id))
    mentions: list[IncidentMention] = []
    for bundle in _bundles(wanted):
        best = max(mentions, key=lambda a: _fit(a, bundle), default=None)
        if best is None or _fit(best, bundle) <= 0:
            best = IncidentMention(report)
            mentions.append(best)
        best.claims += bundle
    if mentions:
        main = max(mentions, key=_prominence)
        main.is_main = True
        mentions.sort(key=lambda a: not a.is_main)
    return mentions


def tells_of_incident(claim: Claim) -> bool:
    """Whether a claim is about one happening: a toll of one, a strength of those in one, or an act
    on the ground.
    """
    days = days_of(claim.when)
    if days is not None and (days[1] - days[0]).days > ONE_HAPPENING_DAYS:
        return False
    match claim:
        case Figure():
            return (claim.kind == "toll" and claim.scope is Scope.INCIDENT) or (
                claim.kind == "strength" and claim.event is not None
            )
        case Event():
            return claim.type in MATERIAL
    return False


def _bundles(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that belong together by what the report itself says: tolls with their event, parts
    with their whole.
    """
    known = {c.id for c in claims}
    bundle_of: dict[str, list[Claim]] = {}
    bundles: list[list[Claim]] = []
    for claim in claims:
        ties = [
            t
            for t in (getattr(claim, "event", None), getattr(claim, "part_of", None))
            if t in known
        ]
        bundle = next((bundle_of[t] for t in (*ties, claim.id) if t in bundle_of), None)
        if bundle is None:
            bundle = []
            bundles.append(bundle)
        bundle.append(claim)
        for name in (
            claim.id,
            *ties,
        ):  # a whole or an event that comes later in the report finds its bundle waiting
            bundle_of.setdefault(name, bundle)
    return bundles


# What a bundle's fit with an account is made of; 0 and less begins a new account.
_SAME_DAYS, _SAME_PLACE, _SAME_SENTENCE, _NEAR = 2.0, 2.0, 1.0, 1.5


def _fit(mention: IncidentMention, bundle: Sequence[Claim]) -> float:
    mine = IncidentMention(mention.report, list(bundle))
    days = _days_fit(mention.days, mine.days)
    place = (
        _SAME_PLACE
        if mine.places and mine.places <= mention.places
        else _place_fit(mention.place, mine.place, _names_place(bundle))
    )
    if days is None or place is None:
        return 0.0
    here, last = bundle[0], mention.claims[-1]
    sentence = (
        _SAME_SENTENCE
        if any(c.part == here.part and c.start == here.start for c in mention.claims[-8:])
        else 0.0
    )
    between = (here.start - last.end) if here.part == last.part else 0
    return 0.1 + days + place + sentence + _NEAR / (1 + max(0, between) / 400)


def _days_fit(a: tuple[date, date] | None, b: tuple[date, date] | None) -> float | None:
    """None when the days lie apart; more, the more exactly they are the same."""
    if a is None or b is None:
        return 0.0
    if a[0] > b[1] or b[0] > a[1]:
        return None
    inexact = max((s[1] - s[0]).days for s in (a, b))
    if inexact > LONG_DAYS and a != b:
        return None if min((s[1] - s[0]).days for s in (a, b)) <= 1 else 0.0
    return _SAME_DAYS if inexact <= 1 else _SAME_DAYS / 2


def _names_place(bundle: Sequence[Claim]) -> bool:
    """Whether its own sentence names the place, rather than one before it."""
    return any(
        c.where and c.where.start is not None and c.start <= c.where.start < c.end for c in bundle
    )


def _place_fit(a: Where | None, b: Where | None, named: bool) -> float | None:
    """None when they are two places; more when they are one. `named`: the second stands in the
    sentence itself.
    """
    if a is None or b is None:
        return 0.0
    if place_key(a) == place_key(b):
        return _SAME_PLACE
    if a.country and b.country and a.country != b.country:
        return None
    if {a.precision, b.precision} & {"country", "admin1"}:
        return 0.2
    apart = kilometres(a, b)
    if apart is not None:
        return _SAME_PLACE / 2 if apart <= NEAR_KM else None
    return (
        -3.5 if named else -0.5
    )  # a place that no gazetteer entry fits may be part of the other ("Karam al-Luz", in Homs)


def _prominence(mention: IncidentMention) -> tuple[float, float]:
    """How much the report is about it: its title and first lines weigh most, then how much it
    says.
    """
    weight = 0.0
    for c in mention.claims:
        weight += (
            3.0 if c.part == "title" else 2.0 if c.start < 300 else 1.0 if c.start < 900 else 0.3
        )
        weight += 0.5 * (c.kind == "toll")
    first = mention.claims[0]
    return weight, -first.start if first.part == "text" else 1


def by_report(claims: Iterable[Claim]) -> Mapping[str, list[Claim]]:
    """The claims of each report."""
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.report].append(claim)
    return grouped
