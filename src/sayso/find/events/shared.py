"""What one sentence leaves out of a happening, and another tells of the same one."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.model import Event, EventType, When

# Acts that may be of any kind, and their harm: the sentences around say with what.
_ANY = re.compile(
    r"attack|assault|strike|raid|kill|murder|wound|injur|die[ds]?$|target|hit|blast|massacre|struck",
    re.IGNORECASE,
)
_THE = re.compile(r"\b(?:the|this|that|these|those) (?:\w+ )?$", re.IGNORECASE)
# Kinds of acts that other sentences' harm is no part of.
_APART = frozenset({"abduct", "torture", "destroy", "beat", "sexual", "crowd-control"})
# How many characters lie at most between two sentences that tell of one act.
_NEAR = 500


def completed(events: list[Event]) -> list[Event]:
    """The events, with the mode that a sentence near by tells, and titles with the day of what they head."""
    events = _titles_dated(
        [replace(e, mode=_mode_near(e, events)) if _wants_mode(e) else e for e in events]
    )
    return [
        _with_sides(e, events) if e.type is EventType.ASSAULT and _points_back(e) else e
        for e in events
    ]


def _points_back(event: Event) -> bool:
    """ "the attack", "the air raids": one that was told of before."""
    return bool(_THE.search(event.quote[: event.trigger.start - event.start]))


def _with_sides(event: Event, events: list[Event]) -> Event:
    """The event with the doer and the target that the nearest sentence before it names."""
    told = [
        e
        for e in reversed(events)
        if e.type is EventType.ASSAULT
        and e.mode == event.mode
        and e.part == event.part
        and 0 < event.trigger.start - e.trigger.start <= _NEAR
        and _agree(event, e)
    ]
    actor = event.actor or next((e.actor for e in told if e.actor), None)
    target = event.target or next((e.target for e in told if e.target), None)
    return replace(event, actor=actor, target=target)


def _wants_mode(event: Event) -> bool:
    return (
        event.type is EventType.ASSAULT
        and event.mode is None
        and bool(_ANY.search(event.trigger.text))
    )


def _mode_near(event: Event, events: list[Event]) -> str | None:
    """The mode of the nearest attack told with one, before it if as near, at no other time or place."""
    told = [
        e
        for e in events
        if e.type is EventType.ASSAULT
        and e.mode is not None
        and e.mode not in _APART
        and _agree(event, e)
        and _gap(event, e) <= _NEAR
    ]
    nearest = min(told, key=lambda e: (_gap(event, e), e.start > event.start), default=None)
    return nearest.mode if nearest else None


def _gap(one: Event, other: Event) -> int:
    """How far apart two events are told; a title stands before the body's first sentence."""
    if one.part != other.part:
        return max(one.start, other.start)
    return abs(one.trigger.start - other.trigger.start)


def _agree(one: Event, other: Event) -> bool:
    """Whether no time, place or actor of theirs differs."""
    if (
        one.when
        and other.when
        and (one.when.start, one.when.end) != (other.when.start, other.when.end)
    ):
        return False
    if one.where and other.where and one.where.text != other.where.text and one.part == other.part:
        return False
    return not (one.actor and other.actor and not _words(one.actor.text) & _words(other.actor.text))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w{3,}", name.lower()))


def _titles_dated(events: list[Event]) -> list[Event]:
    """A title's event has the days of the body's first event that is told in the same way."""

    def day(event: Event) -> When | None:
        same = (
            e.when
            for e in events
            if e.part == "text"
            and (e.type, e.mode) == (event.type, event.mode)
            and e.when is not None
        )
        return next(same, None)

    return [replace(e, when=day(e)) if e.part == "title" and e.when is None else e for e in events]
