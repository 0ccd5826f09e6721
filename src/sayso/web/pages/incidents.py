"""Incidents: the list of them, and one with its figures, timeline, policies and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.model import Claim, Effect, Figure, Review
from sayso.model.links import Coded, Incident, Link, Pair, Range, origin_of
from sayso.present.coding import in_words
from sayso.present.wording import how_many, incident_when, place_words
from sayso.web.pages.axis import Axis, axes_of, earlier_ties
from sayso.web.pages.finding import FilterChoice, day_in, number_in, paged
from sayso.web.pages.maps import incident_map
from sayso.web.snapshot import Snapshot

_TITLES = {Effect.KILLED: "killed", Effect.WOUNDED: "wounded"}


def title_of(incident: Incident) -> str:
    """What happened where: "Assault, aerial in Logar"."""
    kind = incident.type.value.capitalize() if incident.type else "Incident"
    mode = f", {incident.mode.replace('-', ' ')}" if incident.mode else ""
    place = place_words(incident.where)
    return f"{kind}{mode} in {place}" if place else f"{kind}{mode}"


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident in a list: its killed and wounded under the main policy, and what to know about
    it.
    """

    incident: Incident
    title: str
    when: str
    killed: str
    wounded: str
    stake: int
    reports: int
    disputes: int


def entry(snapshot: Snapshot, incident: Incident) -> Entry:
    coded = snapshot.coded(incident)
    return Entry(
        incident,
        title_of(incident),
        incident_when(incident),
        in_words(coded.killed),
        in_words(coded.wounded),
        max(coded.killed.high or 0, coded.killed.best or 0),
        len(incident.reports),
        len(snapshot.disputes.get(incident.id, ())),
    )


ORDERS = {
    "killed": "most killed first",
    "newest": "newest first",
    "oldest": "oldest first",
    "reports": "most reports first",
}
REVIEWS = {
    r.value: r.value for r in (Review.MACHINE, Review.CONFIRMED, Review.CORRECTED, Review.REJECTED)
}


def listed(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """The incidents that pass the filters in the query, in its order, a page of them."""
    wanted = Wanted.of(query)
    pool = snapshot.held.rejected if wanted.review == Review.REJECTED.value else snapshot.incidents
    found = [i for i in pool if wanted.passes(snapshot, i)]
    found.sort(key=_ORDER[wanted.order](snapshot))
    shown, paging = paged(found, query)
    return {
        "entries": [entry(snapshot, i) for i in shown],
        "paging": paging,
        "wanted": wanted,
        "choices": [
            FilterChoice("order", "Order", ORDERS, wanted.order),
            FilterChoice("review", "Review", {"": "any", **REVIEWS}, wanted.review),
            FilterChoice(
                "disputed",
                "Disputed",
                {"": "any", "yes": "disputed only"},
                "yes" if wanted.disputed else "",
            ),
        ],
    }


def _days(sign: int) -> Any:
    return lambda snapshot: (
        lambda i: (i.first is None, sign * (i.first.toordinal() if i.first else 0), i.id)
    )


_ORDER: Mapping[str, Any] = {
    "killed": lambda snapshot: (
        lambda i: (
            -max(snapshot.coded(i).killed.high or 0, snapshot.coded(i).killed.best or 0),
            -len(i.reports),
            i.id,
        )
    ),
    "newest": _days(-1),
    "oldest": _days(1),
    "reports": lambda snapshot: lambda i: (-len(i.reports), -i.origins, i.id),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list: words in the place, the type or who is named, days, the least number
    killed, review, disputes.
    """

    place: str = ""
    since: date | None = None
    until: date | None = None
    least: int | None = None
    review: str = ""
    disputed: bool = False
    order: str = "killed"
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        since, until, least = (
            day_in(query, "since"),
            day_in(query, "until"),
            number_in(query, "least"),
        )
        order = query.get("order", "killed")
        review = query.get("review", "")
        return cls(
            query.get("place", "").strip(),
            since.value,
            until.value,
            least.value,
            review if review in REVIEWS else "",
            query.get("disputed") == "yes",
            order if order in ORDERS else "killed",
            tuple(f for f in (since.fault, until.fault, least.fault) if f),
        )

    def passes(self, snapshot: Snapshot, i: Incident) -> bool:
        if (
            self.place
            and self.place.casefold()
            not in f"{place_words(i.where)} {i.where.text if i.where else ''}".casefold()
        ):
            return False
        if (self.since and (i.last or date.max) < self.since) or (
            self.until and (i.first or date.min) > self.until
        ):
            return False
        if (self.since or self.until) and i.first is None:
            return False
        if (self.review and i.review.value != self.review) or (
            self.disputed and i.id not in snapshot.disputes
        ):
            return False
        return (
            self.least is None
            or max(snapshot.coded(i).killed.high or 0, snapshot.coded(i).killed.best or 0)
            >= self.least
        )


# -- one incident -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A line of the timeline: a figure as it was published, and its links to earlier ones."""

    day: date | None
    claim: Figure
    reports: tuple[str, ...]
    ties: tuple[tuple[Link, Claim], ...]


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy's figures, in words, with its steps and the claims that they rest on."""

    name: str
    killed: str
    wounded: str
    civilians: str
    sides: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, tuple[Claim, ...]], ...]
    notes: tuple[str, ...]
    deciding: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An incident that was nearly joined with this one: the pair of mentions that came closest."""

    entry: Entry
    pair: Pair


def shown(snapshot: Snapshot, incident: Incident, href: Any) -> dict[str, Any]:
    """All that an incident's page shows. `href` gives the address of a thing by kind and id."""
    coded = {name: snapshot.coded(incident, name) for name in snapshot.policies}
    axes = axes_of(snapshot, incident, coded)
    return {
        "incident": incident,
        "title": title_of(incident),
        "when": incident_when(incident),
        "axes": axes,
        "headline": headline(axes, coded[snapshot.main_policy]),
        "timeline": timeline(snapshot, incident),
        "policies": [_policy_row(snapshot, c) for c in coded.values()],
        "claims": [snapshot.claims[c] for c in incident.claims if c in snapshot.claims],
        "disputes": [
            (k, snapshot.claims[k.claim], snapshot.claims[k.other])
            for k in snapshot.disputes.get(incident.id, ())
        ],
        "pairs": snapshot.pairs_of.get(incident.id, [])[:40],
        "near": _neighbours(snapshot, incident),
        "map": incident_map(snapshot, incident, href),
        "decisions": snapshot.decisions_about(incident.claims),
        "standing": IncidentStanding.of(snapshot, incident),
    }


def headline(axes: Sequence[Axis], coded: Coded) -> str:
    """The figures in words: "16 (15-17) killed and 20 wounded"."""
    parts = [
        f"{words} {name}"
        for name, share in (("killed", coded.killed), ("wounded", coded.wounded))
        if (words := in_words(share))
    ]
    return " and ".join(parts) if parts else "No figure of the killed or wounded"


@dataclass(frozen=True, slots=True)
class IncidentStanding:
    """Whether people confirmed the incident, and how many claims joined it since."""

    review: Review
    joined_since: int = 0

    @classmethod
    def of(cls, snapshot: Snapshot, incident: Incident) -> IncidentStanding:
        confirmed = [
            f
            for f in snapshot.held.reviewed.groups
            if f.decision.act == "confirm" and set(f.claims) & set(incident.claims)
        ]
        if incident.review is not Review.MACHINE or not confirmed:
            return cls(incident.review)
        return cls(incident.review, len(set(incident.claims) - set(confirmed[-1].claims)))


def timeline(snapshot: Snapshot, incident: Incident) -> list[TimelineEntry]:
    """Its killed and wounded in the order of publication; a figure that a copy repeats is folded
    into the earlier one.
    """
    figures = [
        c
        for i in incident.claims
        if isinstance(c := snapshot.claims.get(i), Figure)
        and c.effect in _TITLES
        and c.part_of is None
    ]
    figures.sort(
        key=lambda c: (
            snapshot.published.get(c.report) or date.max,
            c.report,
            c.part != "title",
            c.start,
        )
    )
    events: dict[tuple[object, ...], TimelineEntry] = {}
    for c in figures:
        key = (
            snapshot.published.get(c.report),
            origin_of(c, snapshot.linked.origins),
            c.effect,
            c.count.low,
            c.count.high,
        )
        before = events.get(key)
        if before is None:
            events[key] = TimelineEntry(key[0], c, (c.report,), earlier_ties(snapshot, c))
        else:
            events[key] = TimelineEntry(
                key[0], before.claim, tuple(dict.fromkeys((*before.reports, c.report))), before.ties
            )
    return list(events.values())


def _policy_row(snapshot: Snapshot, coded: Coded) -> PolicyRow:
    def held(names: Sequence[str]) -> tuple[Claim, ...]:
        return tuple(c for n in dict.fromkeys(names) if (c := snapshot.claims.get(n)) is not None)

    names = {"side_a": coded.side_a_name or "side A", "side_b": coded.side_b_name or "side B"}
    sides = tuple(
        (names.get(side, side), in_words(share))
        for side, share in coded.sides.items()
        if share != Range()
    )
    return PolicyRow(
        coded.policy,
        in_words(coded.killed),
        in_words(coded.wounded),
        in_words(coded.civilians_killed),
        sides,
        tuple((s.words, held(s.claims)) for s in coded.steps),
        coded.notes,
        held(coded.deciding),
    )


# How many near misses are shown, and the least weight that they may have, in bits.
_NEAR, _NEARLY = 5, -3.0


def _neighbours(snapshot: Snapshot, incident: Incident) -> list[Neighbour]:
    """The incidents that came closest to being this one, the closest first."""
    found: dict[str, Neighbour] = {}
    for p in sorted(snapshot.near.get(incident.id, ()), key=lambda p: -p.weight):
        one, other = snapshot.incident_of[p.claim], snapshot.incident_of[p.other]
        neighbour = other if one is incident else one
        if neighbour.id not in found and len(found) < _NEAR and p.weight >= _NEARLY:
            found[neighbour.id] = Neighbour(entry(snapshot, neighbour), p)
    return list(found.values())


def figure_words(claim: Figure) -> str:
    """A figure on a line: "16 killed"."""
    effect = claim.effect.value.replace("_", " ") if claim.effect else claim.kind
    return f"{how_many(claim)} {effect}"
