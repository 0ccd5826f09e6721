"""What one report claims about one incident: its claims grouped into incident mentions, before
reports are compared.

A report is read from its title on. A claim joins the mention that it fits best: of the same event
or whole, of days that overlap and a place that may be the same, the nearer in the text the better.
A claim that fits none begins a new mention.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt

from sayso.model import Claim, Event, EventType, Figure, Report, Scope, When, Where

# Acts on the ground: these events make an incident. Talks, demands and accusations are statements
# about one.
MATERIAL = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.RETREAT, EventType.MOBILIZE}
)
# Places farther apart than this are two places, whatever their names; a city and its outskirts are
# nearer to each other.
NEAR_KM = 25.0
# Days that an inexact expression ("last week", "in March") may cover and still date one incident.
LONG_DAYS = 10
# A claim about a longer time than this is of a total or a state of affairs ("killed since the
# invasion"), not of one incident.
ONE_INCIDENT_DAYS = 60


@dataclass(slots=True)
class IncidentMention:
    """The claims of one report about one incident, in the order of the report."""

    report: Report
    claims: list[Claim] = field(default_factory=list)
    is_main: bool = False

    @property
    def id(self) -> str:
        return self.claims[0].id

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day: the most exact ones, of equals those given most often, then the
        earlier.
        """
        times = Counter(span for c in self.claims if (span := days_of(c.when)))
        return min(
            times,
            key=lambda s: ((s[1] - s[0]).days > 1, -times[s], s[1] - s[0], s[0]),
            default=None,
        )

    @property
    def place(self) -> Where | None:
        """The place named most often; a town counts for more than a province or country."""
        places: dict[str, Where] = {}
        votes: Counter[str] = Counter()
        for where in (c.where for c in self.claims if c.where):
            key = place_key(where)
            places.setdefault(key, where)
            votes[key] += _EXACT.get(where.precision or "", 1) + 2 * (where.latitude is not None)
        return places[max(votes, key=lambda k: votes[k])] if votes else None

    @property
    def places(self) -> set[str]:
        """The keys of all places that its claims name."""
        return {place_key(c.where) for c in self.claims if c.where}


# How much naming a place once counts, by its precision.
_EXACT = {"country": 0, "admin1": 2, "admin2": 3, "town": 6, "point": 6}


def days_of(when: When | None) -> tuple[date, date] | None:
    """First and last day, where both are known."""
    return (when.start, when.end) if when and when.start and when.end else None


def place_key(where: Where) -> str:
    """The key of a place, the same wherever it is named: the gazetteer's id, else the words."""
    return (
        f"g{where.geonames}"
        if where.geonames is not None
        else re.sub(r"\W+", " ", where.text.casefold()).strip()
    )


def without_offsets(where: Where) -> Where:
    """The place without the offsets of its words, since an incident's place is not one report's."""
    return replace(where, start=None, end=None)


def kilometres(a: Where, b: Where) -> float | None:
    """The distance between two places, by the haversine formula on a sphere of 6,371 km; None when
    either is unresolved.
    """
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north, east = radians(b.latitude - a.latitude) / 2, radians(b.longitude - a.longitude) / 2
    h = sin(north) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def mentions_of(report: Report, claims: Iterable[Claim]) -> list[IncidentMention]:
    """The incident mentions of one report, the one that it is mainly about first and marked."""
    claims = list(claims)
    of_totals = {
        c.event for c in claims if isinstance(c, Figure) and c.event and not is_about_incident(c)
    }
    of_incidents = {
        c.event for c in claims if isinstance(c, Figure) and c.event and is_about_incident(c)
    }
    wanted = [c for c in claims if is_about_incident(c) and c.id not in of_totals - of_incidents]
    order = {"title": 0, "text": 1}
    wanted.sort(key=lambda c: (order.get(c.part, 2), c.start, c.kind != "event", c.id))
    mentions: list[IncidentMention] = []
    for bundle in _bundles(wanted):
        best = max(mentions, key=lambda m: _fit(m, bundle), default=None)
        if best is None or _fit(best, bundle) <= 0:
            best = IncidentMention(report)
            mentions.append(best)
        best.claims += bundle
    if mentions:
        main = max(mentions, key=_prominence)
        main.is_main = True
        mentions.sort(key=lambda m: not m.is_main)
    return mentions


def is_about_incident(claim: Claim) -> bool:
    """Whether a claim is about one incident: its toll, the strength of those in it, or an act on
    the ground.
    """
    days = days_of(claim.when)
    if days is not None and (days[1] - days[0]).days > ONE_INCIDENT_DAYS:
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
    """Claims that belong together by the report's own words: tolls with their event, parts with
    their whole.
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
        # A whole or an event that comes later in the report then finds its bundle.
        for name in (claim.id, *ties):
            bundle_of.setdefault(name, bundle)
    return bundles


# The parts of a bundle's fit with a mention; a fit of 0 or less begins a new mention.
_SAME_DAYS, _SAME_PLACE, _SAME_SENTENCE, _NEAR = 2.0, 2.0, 1.0, 1.5


def _fit(mention: IncidentMention, bundle: Sequence[Claim]) -> float:
    new = IncidentMention(mention.report, list(bundle))
    days = _days_fit(mention.days, new.days)
    place = (
        _SAME_PLACE
        if new.places and new.places <= mention.places
        else _place_fit(mention.place, new.place, _names_place(bundle))
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
    """None when the days do not overlap; the higher, the more exactly they are the same."""
    if a is None or b is None:
        return 0.0
    if a[0] > b[1] or b[0] > a[1]:
        return None
    inexact = max((s[1] - s[0]).days for s in (a, b))
    if inexact > LONG_DAYS and a != b:
        return None if min((s[1] - s[0]).days for s in (a, b)) <= 1 else 0.0
    return _SAME_DAYS if inexact <= 1 else _SAME_DAYS / 2


def _names_place(bundle: Sequence[Claim]) -> bool:
    """Whether a claim's own sentence names its place, rather than an earlier one."""
    return any(
        c.where and c.where.start is not None and c.start <= c.where.start < c.end for c in bundle
    )


def _place_fit(a: Where | None, b: Where | None, named: bool) -> float | None:
    """None when they are two places; the higher, the likelier they are one. `named`: whether the
    claim's own sentence names the second.
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
    # A place without a gazetteer entry may be part of the other ("Karam al-Luz", in Homs).
    return -3.5 if named else -0.5


def _prominence(mention: IncidentMention) -> tuple[float, float]:
    """How much the report is about the mention: its title and first lines weigh most, then how much
    it says.
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
