"""Forecasts and track records as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from rich.table import Table

from sayso.model import Forecast, Outcome, claim_to_dict
from sayso.present.wording import what, when_words, who_says
from sayso.review.track_record import Standing, TrackRecord, track_records


def forecasts_table(standing: Sequence[Standing]) -> Table:
    """The forecasts as a table: where each stands, by when, its kind, who says so, and what is
    expected.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, width in (
        ("id", 8),
        ("state", 12),
        ("by when", 26),
        ("kind", 10),
        ("who says so", 30),
        ("what is expected", 70),
    ):
        table.add_column(name, overflow="fold", max_width=width)
    for s in standing:
        f = s.forecast
        state = s.judgements[-1].outcome.value if s.judgements else s.state.value
        table.add_row(f.id[:8], state, when_words(f.horizon), f.mode.value, who_says(f), what(f))
    return table


def track_record_table(records: Sequence[TrackRecord], heading: str) -> Table:
    """A track record as a table; the first column says how few of the forecasts are settled."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading, overflow="fold", max_width=40)
    for name in ("settled", *(o.value for o in Outcome)):
        table.add_column(name, justify="right")
    for r in records:
        table.add_row(
            r.name, f"{r.settled} of {r.forecasts}", *(str(r.outcomes[o]) for o in Outcome)
        )
    return table


def forecasts_jsonl(standing: Iterable[Standing]) -> Iterator[str]:
    """One line of JSON for each forecast: the claim with its `state` and its `judgements`."""
    for s in standing:
        decided = [{**asdict(j), "at": j.at.isoformat()} for j in s.judgements]
        yield (
            json.dumps(
                {**claim_to_dict(s.forecast), "state": s.state.value, "judgements": decided},
                ensure_ascii=False,
            )
            + "\n"
        )


def claimants_and_outlets(
    standing: Sequence[Standing], publishers: Mapping[str, str | None]
) -> tuple[list[TrackRecord], list[TrackRecord]]:
    """Track records by claimant, and by outlet; `publishers` are by report id."""

    def outlet(forecast: Forecast) -> str:
        return publishers.get(forecast.report) or "(no publisher named)"

    return track_records(standing, who_says), track_records(standing, outlet)
