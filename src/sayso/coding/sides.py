"""The sides of an incident: who acts and who is hit, as far as the claims' words say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.language.lexicon import status_of
from sayso.model import Event, Figure, SourceType, Span, Status

# Claimants that are, or speak for, an armed side, with the people that are their own.
_OWN = {
    SourceType.GOVERNMENT: Status.MILITARY,
    SourceType.MILITARY: Status.MILITARY,
    SourceType.ARMED_GROUP: Status.MILITANT,
}
_COMBATANTS = frozenset({Status.MILITARY, Status.MILITANT})


@dataclass(frozen=True, slots=True)
class CodedSides:
    """The state's side and the armed group's, as the words name them; None when not
    named.

    `opposed` is true unless those that act and those that are hit are of one sort (two armies, two
    armed groups): then the status of the dead does not show their side.
    """

    state: str | None = None
    armed_group: str | None = None
    opposed: bool = True

    def of_enemy(self, figure: Figure) -> bool:
        """Whether a party to the war states its enemy's dead."""
        own = _own_people(figure)
        return own is not None and figure.status in _COMBATANTS and figure.status is not own

    def by_perpetrator(self, figure: Figure) -> bool:
        """Whether those who did it say how many they hit: the words blame the claimant's sort, or,
        where they blame nobody, count its enemy.
        """
        own = _own_people(figure)
        if own is None or figure.status is own:
            return False
        return self.of_enemy(figure) if figure.by is None else status_of(figure.by.text) is own


def _own_people(figure: Figure) -> Status | None:
    """The status of the claimant's own fighters; None when it has none, or is a government that is
    not a party to the war.
    """
    claimant = figure.sources[-1]
    if claimant.type is None or (claimant.type is SourceType.GOVERNMENT and not claimant.party):
        return None
    return _OWN.get(claimant.type)


def sides_of(figures: Sequence[Figure], events: Sequence[Event]) -> CodedSides:
    """The sides, by who acts in events, whom they hit and whom tolls blame; each is named by the
    words used most often.
    """
    acting = [s for s in (*(f.by for f in figures), *(e.actor for e in events)) if s]
    hit = [e.target for e in events if e.target]
    names: dict[Status, Counter[str]] = {s: Counter() for s in _COMBATANTS}
    for span in (*acting, *hit):
        if (status := status_of(span.text)) in _COMBATANTS:
            names[status][" ".join(span.text.split())] += 1
    actors, targets = _sorts(acting), {f.status for f in figures if f.status in _COMBATANTS}
    opposed = not (len(actors) == 1 and actors == targets)
    return CodedSides(
        _most_frequent(names[Status.MILITARY]), _most_frequent(names[Status.MILITANT]), opposed
    )


def _sorts(spans: Iterable[Span]) -> set[Status]:
    return {status for span in spans if (status := status_of(span.text)) in _COMBATANTS}


def _most_frequent(names: Counter[str]) -> str | None:
    return min(names, key=lambda name: (-names[name], len(name), name)) if names else None
