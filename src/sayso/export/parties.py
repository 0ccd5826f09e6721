"""Who acts in an incident and who is hit, as its claims name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.export.cells import Basis
from sayso.language.lexicon import status_of
from sayso.model import Claim, Effect, Event, EventType, Figure, Span, Status

ARMED = frozenset({Status.MILITARY, Status.MILITANT})
_HARMED = frozenset(
    {Effect.KILLED, Effect.WOUNDED, Effect.KILLED_OR_WOUNDED, Effect.CAPTURED, Effect.MISSING}
)
_HURTFUL = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.RETREAT})


@dataclass(frozen=True, slots=True)
class Party:
    """An armed actor by the words for it, and the claims that use them."""

    name: str
    status: Status
    claims: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class ArmedParties:
    """The armed actors that act and that are hit, most often named first. `names` are all the words
    that name an actor or a target, with the claims that use them; `victims` are the claims that
    report civilians hit, `fighters` those that report fighters among the killed and hurt.
    """

    acting: tuple[Party, ...] = ()
    hit: tuple[Party, ...] = ()
    names: Mapping[str, tuple[Basis, ...]] = field(default_factory=dict)
    victims: tuple[Basis, ...] = ()
    fighters: tuple[Basis, ...] = ()

    def of(self, status: Status) -> list[Party]:
        """Those of one status, each name once, those that act first."""
        seen: dict[str, Party] = {}
        for party in (*self.acting, *self.hit):
            if party.status is status:
                seen.setdefault(party.name, party)
        return list(seen.values())

    def naming(self, name: str | None) -> tuple[Basis, ...]:
        """The claims that use this name for a party."""
        return self.names.get(name or "", ())


def plain_name(words: str) -> str:
    """The words on one line."""
    return " ".join(words.split())


def parties_of(claims: Sequence[Claim]) -> ArmedParties:
    """The parties of an incident's claims."""
    figures = [c for c in claims if isinstance(c, Figure)]
    all_events = [c for c in claims if isinstance(c, Event)]
    events = [e for e in all_events if e.type in _HURTFUL]
    harmless = [
        (e, span)
        for e in all_events
        if e.type not in _HURTFUL
        for span in (e.actor, e.target)
        if span
    ]
    acting: list[tuple[Claim, Span]] = [(f, f.by) for f in figures if f.by] + [
        (e, e.actor) for e in events if e.actor
    ]
    hit: list[tuple[Claim, Span]] = [(e, e.target) for e in events if e.target]
    harmed = [f for f in figures if f.effect in _HARMED and f.count.high != 0]
    victims = [Basis(f, f.who or f.count) for f in harmed if f.status is Status.CIVILIAN]
    victims += [Basis(c, span) for c, span in hit if status_of(span.text) is Status.CIVILIAN]
    fighters = tuple(Basis(f, f.who or f.count) for f in harmed if f.status in ARMED)
    return ArmedParties(
        _ranked(acting),
        _ranked(hit),
        _by_name([*acting, *hit, *harmless]),
        tuple(victims),
        fighters,
    )


def _by_name(named: Iterable[tuple[Claim, Span]]) -> dict[str, tuple[Basis, ...]]:
    found: dict[str, list[Basis]] = defaultdict(list)
    for claim, span in named:
        found[plain_name(span.text)].append(Basis(claim, span))
    return {name: tuple(claims) for name, claims in found.items()}


def _ranked(named: Iterable[tuple[Claim, Span]]) -> tuple[Party, ...]:
    """The armed ones, by how often they are named, then the shorter name."""
    parties = [Party(name, status_of(name), claims) for name, claims in _by_name(named).items()]
    return tuple(
        sorted(
            (p for p in parties if p.status in ARMED),
            key=lambda p: (-len(p.claims), len(p.name), p.name),
        )
    )
