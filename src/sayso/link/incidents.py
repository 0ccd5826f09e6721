"""Accounts of many reports -> incidents, with the pairs that joined them and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sayso.link.clustering import Joining, group
from sayso.link.features import rows_of
from sayso.link.mentions import (
    IncidentMention,
    by_report,
    days_of,
    mentions_of,
    place_key,
    without_offsets,
)
from sayso.link.scoring import Scored, reasons, score
from sayso.model import Claim, Event, EventType, Figure, Report, When, Where
from sayso.model.links import Incident, Pair, group_id, independent_origins

# A pair of weight 0 is as likely one happening as two; signs that go together exaggerate, so pairs
# are joined from 1 on. A pair that shares no key was never compared: a little against. One copied
# report must not outvote everything: 8 at most. See tests/floors.toml, the sets
# `shootings-incidents` and `airwars`.
JOINING = Joining(pair=1.0, mean=0.0, absent=-2.0, most=8.0)
# Pairs are kept with their reasons from here on: those that joined, and those that nearly did.
_KEPT = JOINING.pair - 4.0


def link_incidents(
    reports: Sequence[Report], claims: Sequence[Claim], origin: Mapping[str, str]
) -> tuple[tuple[Incident, ...], tuple[Pair, ...]]:
    """The incidents that the claims tell of, by their first day; and the pairs of accounts that
    were likely or nearly so.

    `origin` is the key of each claim's independent origin.
    """
    claims_of = by_report(claims)
    mentions = [a for r in reports for a in mentions_of(r, claims_of.get(r.id, ()))]
    pairs: list[Pair] = []
    scored: list[Scored] = []
    for pair in score(rows_of(mentions)):
        scored.append(pair)
        if pair.weight >= _KEPT:
            pairs.append(Pair(pair.left, pair.right, round(pair.weight, 2), reasons(pair)))
    mention = {a.id: a for a in mentions}
    groups = group([a.id for a in mentions], ((s.left, s.right, s.weight) for s in scored), JOINING)
    incidents = [_incident([mention[i] for i in ids], origin) for ids in groups]
    return tuple(
        sorted(incidents, key=lambda i: (i.first is None, i.first or date.max, i.id))
    ), tuple(pairs)


def _incident(mentions: Sequence[IncidentMention], origin: Mapping[str, str]) -> Incident:
    ordered = sorted(mentions, key=_tells_most)
    reports = tuple(dict.fromkeys(a.report.id for a in ordered))
    claims = [c for report in reports for a in ordered if a.report.id == report for c in a.claims]
    earliest = min(
        mentions,
        key=lambda a: (a.report.published is None, a.report.published or date.max, a.report.id),
    )
    main = tuple(dict.fromkeys(a.report.id for a in ordered if a.is_main))
    return incident_of(claims, main, min(c.id for c in earliest.claims), origin)


def incident_of(
    claims: Sequence[Claim], main: tuple[str, ...], first: str, origin: Mapping[str, str]
) -> Incident:
    """The incident that these claims tell of, those of its main report first.

    `main` are the reports that are mainly about it; `first` is the claim that it has its id from.
    """
    when = _when(claims, origin)
    kind, mode = _kind(claims)
    return Incident(
        id=group_id("i", first),
        claims=tuple(c.id for c in claims),
        reports=tuple(dict.fromkeys(c.report for c in claims)),
        main=main,
        origins=len(
            independent_origins([c for c in claims if isinstance(c, Figure)] or claims, origin)
        ),
        type=kind,
        mode=mode,
        first=when.start if when else None,
        last=when.end if when else None,
        date_precision=when.precision if when else None,
        where=_where(claims, origin),
    )


def _tells_most(mention: IncidentMention) -> tuple[bool, int, str]:
    """The order of the reports: those that are mainly about it, and of these the one that claims
    most.
    """
    return not mention.is_main, -len(mention.claims), mention.report.id


def _when(claims: Sequence[Claim], origin: Mapping[str, str]) -> When | None:
    """The days that most independent origins tell; a day counts before a longer time that holds
    it.
    """
    told: dict[tuple[date, date], When] = {}
    who: dict[tuple[date, date], set[str]] = defaultdict(set)
    times: Counter[tuple[date, date]] = Counter()
    for c in claims:
        if c.when and (span := days_of(c.when)):
            told.setdefault(span, c.when)
            who[span].add(origin.get(c.id, c.report))
            times[span] += 1
    if not told:
        return None
    best = min(
        told,
        key=lambda s: ((s[1] - s[0]).days > 1, -len(who[s]), (s[1] - s[0]).days, -times[s], s[0]),
    )
    return told[best]


def _where(claims: Sequence[Claim], origin: Mapping[str, str]) -> Where | None:
    """The place that most independent origins name, a town before the province or country around
    it.
    """
    told: dict[str, Where] = {}
    who: dict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    for c in claims:
        if c.where:
            key = place_key(c.where)
            told.setdefault(key, c.where)
            who[key].add(origin.get(c.id, c.report))
            times[key] += 1
    exact = {"country": 2, "admin1": 1, "admin2": 1}
    most = max(times.values(), default=0)
    often = [
        k for k in told if 4 * times[k] >= most
    ]  # a town named once beside a city told of throughout is not the place
    best = min(
        often,
        key=lambda k: (
            exact.get(told[k].precision or "", 0),
            -len(who[k]),
            told[k].latitude is None,
            -times[k],
            k,
        ),
        default=None,
    )
    return without_offsets(told[best]) if best else None


def _kind(claims: Sequence[Claim]) -> tuple[EventType | None, str | None]:
    """What kind of act most of its events are; of assaults, and of equals, the one told first."""
    types = Counter(c.type for c in claims if isinstance(c, Event))
    if not types:
        return None, None
    kind = types.most_common(1)[0][0]
    modes = Counter(c.mode for c in claims if isinstance(c, Event) and c.type is kind and c.mode)
    return kind, modes.most_common(1)[0][0] if modes else None
