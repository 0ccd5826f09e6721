"""Forecasts by their horizon, and how those that were settled came out."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from rich.table import Table

from sayso.model import Forecast, Judgement, Outcome, claim_to_dict
from sayso.present.wording import what, when_words, who_says


class State(StrEnum):
    """Where a forecast stands: its horizon has passed and nobody has judged it, it is still open, or it is settled."""

    DUE = "due"
    OPEN = "open"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecast with what was decided about it, oldest decision first, and where it stands on a day."""

    forecast: Forecast
    judgements: tuple[Judgement, ...]
    state: State


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How the forecasts of one claimant or outlet came out: only settled ones count, beside how many there are."""

    name: str
    forecasts: int
    outcomes: Counter[Outcome]

    @property
    def settled(self) -> int:
        return sum(self.outcomes.values())


def standings(forecasts: Iterable[Forecast], judgements: Mapping[str, tuple[Judgement, ...]], today: date) -> list[Standing]:
    """The forecasts as they stand on a day, by horizon: due, open (those without a horizon last), settled.

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


def track_records(standing: Iterable[Standing], publishers: Mapping[str, str | None]) -> tuple[list[TrackRecord], list[TrackRecord]]:
    """By claimant, and by the outlet that published (`publishers` by report id); those with most settled first.

    The latest judgement of a forecast counts.
    """
    by_claimant: dict[str, list[Standing]] = defaultdict(list)
    by_outlet: dict[str, list[Standing]] = defaultdict(list)
    for s in standing:
        by_claimant[who_says(s.forecast)].append(s)
        by_outlet[publishers.get(s.forecast.report) or "(no publisher named)"].append(s)
    return _records(by_claimant), _records(by_outlet)


def _records(groups: Mapping[str, Sequence[Standing]]) -> list[TrackRecord]:
    records = [
        TrackRecord(name, len(group), Counter(s.judgements[-1].outcome for s in group if s.judgements)) for name, group in groups.items()
    ]
    return sorted((r for r in records if r.settled), key=lambda r: (-r.settled, r.name))


def as_table(standing: Sequence[Standing]) -> Table:
    """The forecasts as a table: where each stands, by when, its kind, who says so, and what is expected."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, width in (("id", 8), ("state", 12), ("by when", 26), ("kind", 10), ("who says so", 30), ("what is expected", 70)):
        table.add_column(name, overflow="fold", max_width=width)
    for s in standing:
        f = s.forecast
        state = s.judgements[-1].outcome.value if s.judgements else s.state.value
        table.add_row(f.id[:8], state, when_words(f.horizon), f.mode.value, who_says(f), what(f))
    return table


def as_record_table(records: Sequence[TrackRecord], heading: str) -> Table:
    """A track record as a table; the first column tells how few of the forecasts are settled."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading, overflow="fold", max_width=40)
    for name in ("settled", *(o.value for o in Outcome)):
        table.add_column(name, justify="right")
    for r in records:
        table.add_row(r.name, f"{r.settled} of {r.forecasts}", *(str(r.outcomes[o]) for o in Outcome))
    return table


def as_jsonl(standing: Iterable[Standing]) -> Iterator[str]:
    """One line a forecast: the claim with its `state` and its `judgements`."""
    for s in standing:
        decided = [{**asdict(j), "at": j.at.isoformat()} for j in s.judgements]
        yield json.dumps({**claim_to_dict(s.forecast), "state": s.state.value, "judgements": decided}, ensure_ascii=False) + "\n"
