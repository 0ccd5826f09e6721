"""Incident mentions of many reports -> incidents, with the pairs that joined them and why."""

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
from sayso.model.links import Incident, Origin, Pair, group_id, independent_origins, origin_of

# A pair of weight 0 is as likely one incident as two; dependent features exaggerate, so pairs are
# joined from 1 on. A pair that shares no key was never compared: weak evidence against. One
# copied report must not outvote everything: 8 at most. See tests/floors.toml, the sets
# `shootings-incidents` and `airwars`.
JOINING = Joining(pair=1.0, mean=0.0, absent=-2.0, most=8.0)
# Pairs of this weight or more are kept with their reasons: those that joined or nearly did.
_KEPT = JOINING.pair - 4.0


def link_incidents(
    reports: Sequence[Report], claims: Sequence[Claim], origin: Mapping[str, Origin]
) -> tuple[tuple[Incident, ...], tuple[Pair, ...]]:
    """The incidents that the claims report, by their first day; and the pairs of incident mentions
    that are likely of one incident, or nearly so.

    `origin` is the key of each claim's independent origin, by the claim's id.
    """
    claims_of = by_report(claims)
    mentions = [m for r in reports for m in mentions_of(r, claims_of.get(r.id, ()))]
    pairs: list[Pair] = []
    scored: list[Scored] = []
    for pair in score(rows_of(mentions)):
        scored.append(pair)
        if pair.weight >= _KEPT:
            pairs.append(Pair(pair.left, pair.right, round(pair.weight, 2), reasons(pair)))
    by_id = {m.id: m for m in mentions}
    groups = group([m.id for m in mentions], ((s.left, s.right, s.weight) for s in scored), JOINING)
    incidents = [_incident([by_id[i] for i in ids], origin) for ids in groups]
    return tuple(
        sorted(incidents, key=lambda i: (i.first is None, i.first or date.max, i.id))
    ), tuple(pairs)


def _incident(mentions: Sequence[IncidentMention], origin: Mapping[str, Origin]) -> Incident:
    ordered = sorted(mentions, key=_by_prominence)
    reports = tuple(dict.fromkeys(m.report.id for m in ordered))
    claims = [c for report in reports for m in ordered if m.report.id == report for c in m.claims]
    earliest = min(
        mentions,
        key=lambda m: (m.report.published is None, m.report.published or date.max, m.report.id),
    )
    main = tuple(dict.fromkeys(m.report.id for m in ordered if m.is_main))
    return incident_of(claims, main, min(c.id for c in earliest.claims), origin)


def incident_of(
    claims: Sequence[Claim], main: tuple[str, ...], first: str, origin: Mapping[str, Origin]
) -> Incident:
    """The incident that these claims report, those of its main report first.

    `main` are the reports that are mainly about it; its id is made from the claim id `first`.
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


def _by_prominence(mention: IncidentMention) -> tuple[bool, int, str]:
    """The order of the reports: those mainly about it first, then those that claim most."""
    return not mention.is_main, -len(mention.claims), mention.report.id


def _when(claims: Sequence[Claim], origin: Mapping[str, Origin]) -> When | None:
    """The days that most independent origins give; a single day goes before a longer time."""
    dates: dict[tuple[date, date], When] = {}
    origins: dict[tuple[date, date], set[Origin]] = defaultdict(set)
    times: Counter[tuple[date, date]] = Counter()
    for c in claims:
        if c.when and (span := days_of(c.when)):
            dates.setdefault(span, c.when)
            origins[span].add(origin_of(c, origin))
            times[span] += 1
    if not dates:
        return None
    best = min(
        dates,
        key=lambda s: (
            (s[1] - s[0]).days > 1,
            -len(origins[s]),
            (s[1] - s[0]).days,
            -times[s],
            s[0],
        ),
    )
    return dates[best]


def _where(claims: Sequence[Claim], origin: Mapping[str, Origin]) -> Where | None:
    """The place that most independent origins name; a town goes before a province or country."""
    places: dict[str, Where] = {}
    origins: dict[str, set[Origin]] = defaultdict(set)
    times: Counter[str] = Counter()
    for c in claims:
        if c.where:
            key = place_key(c.where)
            places.setdefault(key, c.where)
            origins[key].add(origin_of(c, origin))
            times[key] += 1
    inexact = {"country": 2, "admin1": 1, "admin2": 1}
    most = max(times.values(), default=0)
    # A town named once beside a city named throughout is not the place.
    often = [k for k in places if 4 * times[k] >= most]
    best = min(
        often,
        key=lambda k: (
            inexact.get(places[k].precision or "", 0),
            -len(origins[k]),
            places[k].latitude is None,
            -times[k],
            k,
        ),
        default=None,
    )
    return without_offsets(places[best]) if best else None


def _kind(claims: Sequence[Claim]) -> tuple[EventType | None, str | None]:
    """The most frequent type of its events, and the most frequent mode of that type; of equals the
    first.
    """
    types = Counter(c.type for c in claims if isinstance(c, Event))
    if not types:
        return None, None
    kind = types.most_common(1)[0][0]
    modes = Counter(c.mode for c in claims if isinstance(c, Event) and c.type is kind and c.mode)
    return kind, modes.most_common(1)[0][0] if modes else None
