"""Decisions in words, as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from sayso.model.decisions import Act, Decision, Subject, standing
from sayso.present.wording import on_a_line
from sayso.review import OrphanedDecision


def decision_words(d: Decision) -> str:
    """What was decided, in words: "corrected how many: 16 → 17"."""
    match d.act:
        case Act.CORRECT:
            return (
                f"corrected {(d.field or '').replace('_', ' ')}: {value_words(d.was)} → "
                f"{value_words(d.value)}"
            )
        case Act.SETTLE:
            return f"settled: {str(d.value).replace('-', ' ')}"
        case Act.UNDO:
            return f"undid decision {d.undoes}"
        case Act.MERGE:
            return f"merged: {len(d.claims)} and {len(d.others)} claims are of one thing"
        case Act.SEPARATE:
            return f"kept apart: {len(d.claims)} and {len(d.others)} claims are of two things"
        case Act.NOTE:
            return "noted"
    return {Act.CONFIRM: "confirmed", Act.REJECT: "rejected"}[d.act]


def value_words(value: Any) -> str:
    """A field's value on a line; "none" where it is empty."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("text")
    return on_a_line(str(value)) if value not in (None, "") else "none"


def about_words(d: Decision) -> str:
    """What it is about: the words of a claim, or how many claims of an incident or a series."""
    if d.subject is Subject.CLAIM and d.claims:
        return f"{d.claims[0].kind} “{on_a_line(d.claims[0].text)[:80]}”"
    return f"{d.subject.value} of {len(d.claims)} claims" if d.claims else ""


def orphaned_words(orphaned: OrphanedDecision) -> str:
    """A decision that no longer fits, on one line."""
    d = orphaned.decision
    because = f" ({on_a_line(d.because)})" if d.because else ""
    return (
        f"no longer fits: {decision_words(d)}, {about_words(d)}, by {on_a_line(d.who)}{because}: "
        f"{on_a_line(orphaned.reason)}"
    )


def taken_back(decisions: Iterable[Decision]) -> frozenset[int]:
    """The ids of the decisions that were undone."""
    decisions = list(decisions)
    held = {d.id for d in standing(decisions)}
    return frozenset(d.id for d in decisions if d.id not in held and d.act is not Act.UNDO)


def decisions_table(
    decisions: Sequence[Decision], undone: frozenset[int], reasons: Mapping[int, str]
) -> Table:
    """Decisions as a table for a terminal: when, by whom, what, about what, why, and whether they
    still count.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, width in (
        ("", 5),
        ("at (UTC)", 16),
        ("by", 20),
        ("decision", 44),
        ("about", 44),
        ("because", 40),
        ("", 30),
    ):
        table.add_column(name, overflow="fold", max_width=width)
    for d in decisions:
        state = "undone" if d.id in undone else reasons.get(d.id, "")
        table.add_row(
            str(d.id),
            f"{d.at:%Y-%m-%d %H:%M}",
            on_a_line(d.who),
            decision_words(d),
            about_words(d),
            on_a_line(d.because),
            on_a_line(state),
        )
    return table


def decision_to_dict(d: Decision) -> dict[str, Any]:
    """A decision as JSON holds it."""
    return {**asdict(d), "at": d.at.isoformat()}


def decisions_jsonl(decisions: Iterable[Decision], reasons: Mapping[int, str]) -> Iterator[str]:
    """One line of JSON for each decision; `lost` is why it no longer fits, null where it does."""
    for d in decisions:
        yield (
            json.dumps({**decision_to_dict(d), "lost": reasons.get(d.id)}, ensure_ascii=False)
            + "\n"
        )
