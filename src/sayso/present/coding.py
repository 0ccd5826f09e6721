"""Figures under a coding policy, as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.model import Claim, Figure
from sayso.model.links import Coded, Incident, Range
from sayso.present.wording import how_many, incident_when, on_a_line, place_words, who_says

FIGURES = ("killed", "wounded", "civilians_killed", "civilians_wounded")


def coded_to_dict(incident: Incident, coded: Coded) -> dict[str, Any]:
    """An incident with its figures, as JSON holds it: dates in ISO form, the main report first."""
    return {
        "incident": incident.id,
        "reports": list(incident.reports),
        "main": list(incident.main),
        "origins": incident.origins,
        "first": incident.first and incident.first.isoformat(),
        "last": incident.last and incident.last.isoformat(),
        "where": incident.where and asdict(incident.where),
        **{name: asdict(getattr(coded, name)) for name in FIGURES},
        "sides": {side: asdict(share) for side, share in coded.sides.items()},
        "side_a": coded.side_a_name,
        "side_b": coded.side_b_name,
        "policy": coded.policy,
        "review": incident.review.value,
        "deciding": list(coded.deciding),
        "notes": list(coded.notes),
    }


def coded_jsonl(coded: Iterable[tuple[Incident, Coded]]) -> Iterator[str]:
    """One line of JSON for each incident."""
    for incident, figures in coded:
        yield json.dumps(coded_to_dict(incident, figures), ensure_ascii=False) + "\n"


def in_words(share: Range) -> str:
    """A range as a person writes it: "12", "12 (10-15)", "10-15" where no best figure is given, ""
    where there is no figure.
    """
    low, best, high = share.low, share.best, share.high
    ends = f"{_number(low)}-{_number(high)}" if low != high else _number(low)
    if best is None:
        return ends if (low, high) != (None, None) else ""
    return _number(best) if low in (best, None) and high in (best, None) else f"{best:,} ({ends})"


def _number(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"


def _exactly(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def coded_table(coded: Sequence[tuple[Incident, Coded]]) -> Table:
    """The incidents as a table for a terminal: when, where, the killed low, best and high, wounded,
    civilians, origins.
    """
    table = _table("incident", "when", "where", "review")
    for name in ("low", "killed", "high", "wounded", "civilians", "origins"):
        table.add_column(name, justify="right")
    for incident, figures in coded:
        killed = figures.killed
        table.add_row(
            incident.id,
            incident_when(incident),
            place_words(incident.where),
            incident.review.value,
            *(_exactly(n) for n in (killed.low, killed.best, killed.high)),
            in_words(figures.wounded),
            in_words(figures.civilians_killed),
            str(incident.origins),
        )
    return table


def policies_table(coded: Sequence[tuple[Incident, Mapping[str, Coded]]]) -> Table:
    """The killed of each incident under several policies, with a column for each policy."""
    table = _table("incident", "when", "where", "review")
    policies = list(dict.fromkeys(name for _, by_policy in coded for name in by_policy))
    for name in policies:
        table.add_column(name, justify="right")
    for incident, by_policy in coded:
        cells = (in_words(by_policy[name].killed) if name in by_policy else "" for name in policies)
        table.add_row(
            incident.id,
            incident_when(incident),
            place_words(incident.where),
            incident.review.value,
            *cells,
        )
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold", max_width=30)
    return table


def explain_coding(incident: Incident, coded: Coded, claims: Iterable[Claim]) -> RenderableType:
    """How an incident's figures came about: each step in the policy's words, with the sentences
    that it rests on.
    """
    by_id = {c.id: c for c in claims}
    lines = [
        Text(
            ", ".join(
                p for p in (incident.id, place_words(incident.where), incident_when(incident)) if p
            ),
            style="bold",
        )
    ]
    for name in FIGURES:
        if words := in_words(getattr(coded, name)):
            lines.append(Text(f"{name.replace('_', ' ')}: {words}"))
    for side, share in coded.sides.items():
        actor = {"side_a": coded.side_a_name, "side_b": coded.side_b_name}.get(side)
        if words := in_words(share):
            lines.append(
                Text(
                    f"  {side.replace('_', ' ')}{f', {on_a_line(actor)}' if actor else ''}: {words}"
                )
            )
    for ids, steps in groupby(coded.steps, key=lambda step: step.claims):
        lines += [Text(on_a_line(step.words), style="bold dim") for step in steps]
        lines += [Text(f"  {_sentence(by_id[c])}") for c in ids if c in by_id]
    lines += [Text(f"note: {on_a_line(note)}", style="italic") for note in coded.notes]
    return Group(*lines)


def _sentence(claim: Claim) -> str:
    number = f"{how_many(claim)}, " if isinstance(claim, Figure) else ""
    return f"{number}{who_says(claim)} [{on_a_line(claim.report)}]: {on_a_line(claim.quote)}"
