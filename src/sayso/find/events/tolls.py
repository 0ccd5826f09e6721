"""Which event a figure is the toll or the strength of."""

from __future__ import annotations

from dataclasses import replace

from sayso.model import Effect, Event, EventType, Figure, Scope, When

_HARM = frozenset({EventType.ASSAULT})
# Which events can have what done to so many people.
_OF_EFFECT: dict[Effect | None, frozenset[EventType]] = {
    Effect.KILLED: _HARM,
    Effect.WOUNDED: _HARM,
    Effect.KILLED_OR_WOUNDED: _HARM,
    Effect.MISSING: _HARM,
    Effect.CAPTURED: frozenset({EventType.ASSAULT, EventType.COERCE, EventType.RETREAT}),
    Effect.DISPLACED: frozenset({EventType.COERCE, EventType.ASSAULT}),
    None: frozenset({EventType.MOBILIZE, EventType.RETREAT, EventType.ASSAULT}),
}
# A sum over more days than these is of a period and of no single event.
_LONGEST = 7
# How many characters before its sentence a figure's event may be told.
_BACK = 700


def attach(figures: list[Figure], events: list[Event]) -> list[Figure]:
    """The figures, each with the id of the event that it is the toll or strength of, where one only fits.

    The event of the same sentence that befell the counted people, else the only one there that could;
    else the one told shortly before, or in the title, on the same days at the same place. Where two
    remain, and for a sum over a period, there is none.
    """
    return [replace(f, event=found.id) if (found := _event_of(f, events)) else f for f in figures]


def _event_of(figure: Figure, events: list[Event]) -> Event | None:
    if figure.scope is Scope.RATE or (figure.scope is Scope.TOTAL and not _is_short(figure.when)):
        return None
    fit = [e for e in events if e.type in _OF_EFFECT[figure.effect] and _suits(figure, e)]
    same = [
        e for e in fit if e.part == figure.part and (e.start, e.end) == (figure.start, figure.end)
    ]
    if same:
        return (
            _only([e for e in same if _befell(figure, e)])
            or _only(same)
            or _only(_nearest(figure, same))
        )
    near = [
        e
        for e in fit
        if (e.part == figure.part and 0 <= figure.start - e.end <= _BACK)
        or e.part == "title" != figure.part
    ]
    return _only(_latest([e for e in near if _is_same_place_and_time(figure, e)]))


def _is_short(when: When | None) -> bool:
    return (
        when is not None
        and when.start is not None
        and when.end is not None
        and (when.end - when.start).days <= _LONGEST
    )


def _suits(figure: Figure, event: Event) -> bool:
    """Whether the event's mode goes with the effect: an abduction kills nobody, only an abduction or arrest captures."""
    if figure.effect is Effect.CAPTURED:
        return event.mode in ("abduct", "arrest", "release") or event.type is EventType.COERCE
    if figure.effect is Effect.DISPLACED:
        return event.mode == "deport" or event.type is EventType.ASSAULT
    return event.mode != "abduct"


def _befell(figure: Figure, event: Event) -> bool:
    """Whether the event's target, or the actor of a strength, is the counted people."""
    people = figure.who or figure.count
    for words in (event.target, event.actor if figure.effect is None else None):
        if (
            words is not None
            and words.start < max(people.end, figure.count.end)
            and min(people.start, figure.count.start) < words.end
        ):
            return True
    return False


def _nearest(figure: Figure, events: list[Event]) -> list[Event]:
    """The events in the figure's own clause: those with no comma or full stop between the two."""

    def clause(event: Event) -> bool:
        first, last = sorted((figure.count.start, event.trigger.start))
        between = figure.quote[first - figure.start : last - figure.start]
        return "," not in between and ";" not in between and " and " not in between

    return [e for e in events if clause(e)]


def _is_same_place_and_time(figure: Figure, event: Event) -> bool:
    if figure.scope is Scope.TOTAL:
        return False
    times = (
        figure.when is not None
        and event.when is not None
        and (figure.when.start, figure.when.end) == (event.when.start, event.when.end)
    )
    places = (
        figure.where is not None
        and event.where is not None
        and figure.where.text == event.where.text
    )
    undated = event.part == "title" and event.when is None
    return (times or undated) and places


def _latest(events: list[Event]) -> list[Event]:
    """Those of the last sentence that tells one."""
    return [e for e in events if e.start == max(x.start for x in events)]


def _only(events: list[Event]) -> Event | None:
    return events[0] if len(events) == 1 else None
