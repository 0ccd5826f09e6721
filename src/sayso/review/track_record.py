"""Forecasts by their horizon, and how the settled ones turned out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sayso.model import Forecast, Judgement, Outcome


class State(StrEnum):
    """The state of a forecast: its horizon has passed and nobody has judged it, it is still open,
    or it is settled.
    """

    DUE = "due"
    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecast with the judgements of it, the oldest first, and its state on a day."""

    forecast: Forecast
    judgements: tuple[Judgement, ...]
    state: State


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How the forecasts of one claimant or outlet turned out: `outcomes` counts the settled ones,
    `forecasts` all of them.
    """

    name: str
    forecasts: int
    outcomes: Counter[Outcome]

    @property
    def settled(self) -> int:
        return sum(self.outcomes.values())


def standings(
    forecasts: Iterable[Forecast], judgements: Mapping[str, tuple[Judgement, ...]], today: date
) -> list[Standing]:
    """The forecasts as they stand on a day, by horizon: due, open (those without a horizon last),
    settled.

    A forecast is due from the day after the last day of its horizon.
    """

    def state(forecast: Forecast) -> State:
        if judgements.get(forecast.id):
            return State.SETTLED
        last = forecast.horizon.end if forecast.horizon else None
        return State.DUE if last is not None and last < today else State.OPEN

    found = [Standing(f, judgements.get(f.id, ()), state(f)) for f in forecasts]
    return sorted(found, key=lambda s: (list(State).index(s.state), _by_when(s.forecast)))


def _by_when(forecast: Forecast) -> tuple[bool, date]:
    horizon = forecast.horizon
    day = (horizon.end or horizon.start) if horizon else None
    return day is None, day or date.max


def track_records(standing: Iterable[Standing], by: Callable[[Forecast], str]) -> list[TrackRecord]:
    """How the forecasts of each claimant or outlet turned out, those with most settled first.

    `by` gives the name that a forecast counts under. The latest judgement of a forecast counts; a
    name without settled forecasts is left out.
    """
    groups: dict[str, list[Standing]] = defaultdict(list)
    for s in standing:
        groups[by(s.forecast)].append(s)
    records = [
        TrackRecord(
            name, len(group), Counter(s.judgements[-1].outcome for s in group if s.judgements)
        )
        for name, group in groups.items()
    ]
    return sorted((r for r in records if r.settled), key=lambda r: (-r.settled, r.name))
