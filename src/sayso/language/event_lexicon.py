"""The words that name events, from the lists of `data/events.toml`, in every form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sayso.language.inflection import plural, verb_forms
from sayso.model import EventType


class VerbFrame(StrEnum):
    """How a word takes its actor and target; the values are the names of the lists in
    `data/events.toml`.
    """

    DOES = "verbs"
    ALONE = "alone"
    HAPPENS = "happen"
    BEFALLS = "befall"
    NOUN = "nouns"


@dataclass(frozen=True, slots=True)
class EventWord:
    """One word or phrase that names an act; `rest` are its words after the first (for a noun, those
    before the last).
    """

    base: str
    type: EventType
    mode: str | None
    frame: VerbFrame
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class EventWords:
    """Every list of event words, ready for look-up; keys are lower-case word forms (of a noun
    phrase, the last word).
    """

    verbs: Mapping[str, tuple[EventWord, ...]]
    nouns: Mapping[str, tuple[EventWord, ...]]
    harm: frozenset[str]
    doubtful: frozenset[str]
    standing: frozenset[str]
    of_people: frozenset[str]
    armed: frozenset[str]
    willed: frozenset[str]
    fought: frozenset[str]
    violent: re.Pattern[str]
    does: Mapping[str, tuple[tuple[str, ...], ...]]
    suffers: Mapping[str, tuple[tuple[str, ...], ...]]
    happens: Mapping[str, tuple[tuple[str, ...], ...]]
    causes: Mapping[str, tuple[tuple[str, ...], ...]]
    weapons: Mapping[str, str]
    idioms: re.Pattern[str]
    conflict: re.Pattern[str]
    other: re.Pattern[str]
    labour: re.Pattern[str]
    extenders: frozenset[str]
    unreal_nouns: frozenset[str]
    unreal_verbs: frozenset[str]
    unreal_adjectives: frozenset[str]
    real_verbs: frozenset[str]

    def is_act(self, word: str) -> bool:
        """Whether the word alone is a noun for an act."""
        return any(not w.rest for w in self.nouns.get(word, ()))

    def __contains__(self, word: str) -> bool:
        return any(
            word in known
            for known in (
                self.verbs,
                self.nouns,
                self.does,
                self.suffers,
                self.happens,
                self.weapons,
                self.unreal_verbs,
            )
        )


def event_keys() -> frozenset[str]:
    """The keys of a user's tables [event_verbs] and [event_nouns]: the names of the types."""
    return frozenset(t.value for t in EventType)


def event_words(data: dict[str, Any], added: dict[str, dict[str, list[str]]]) -> EventWords:
    """The shipped lists with a user's verbs and nouns added, in all their forms."""
    verbs: dict[str, list[EventWord]] = {}
    nouns: dict[str, list[EventWord]] = {}
    for frame in VerbFrame:
        for lists in (data[frame.value], added.get(f"event_{frame.value}", {})):
            for key, words in lists.items():
                kind, _, mode = key.partition(".")
                for phrase in words:
                    _add(
                        nouns if frame is VerbFrame.NOUN else verbs,
                        phrase.lower(),
                        EventType(kind),
                        mode or None,
                        frame,
                    )
    return EventWords(
        verbs={w: tuple(sorted(ws, key=lambda x: -len(x.rest))) for w, ws in verbs.items()},
        nouns={w: tuple(sorted(ws, key=lambda x: -len(x.rest))) for w, ws in nouns.items()},
        harm=frozenset(data["harm"]["words"]),
        doubtful=frozenset(data["doubtful"]["words"]),
        standing=frozenset(data["standing"]["words"]),
        of_people=frozenset(data["of_people"]["words"]),
        armed=frozenset(data["armed"]["words"]),
        willed=frozenset(w.split()[0] for w in data["willed"]["does"]),
        fought=frozenset(data["willed"]["fights"]),
        violent=_any_of(data["conflict"]["violent"], "(?:e?s)?"),
        does=_phrases(data["light"]["does"]),
        suffers=_phrases(data["light"]["suffers"]),
        happens=_phrases(data["light"]["happens"]),
        causes=_phrases(data["light"]["causes"]),
        weapons={
            f: mode
            for mode, words in data["weapons"].items()
            for w in words
            for f in (w, plural(w))
        },
        idioms=_any_of(data["idioms"]["words"], ""),
        conflict=_any_of(data["conflict"]["words"], "(?:e?s)?"),
        other=_any_of(data["conflict"]["other"], "(?:e?s)?"),
        labour=_any_of(data["labour"]["words"], "(?:e?s)?"),
        extenders=frozenset(f for w in data["extenders"]["words"] for f in (w, plural(w))),
        unreal_nouns=frozenset(f for w in data["unreal"]["nouns"] for f in (w, plural(w))),
        unreal_verbs=frozenset(f for w in data["unreal"]["verbs"] for f in verb_forms(w)),
        unreal_adjectives=frozenset(data["unreal"]["adjectives"]),
        real_verbs=frozenset(f for w in data["unreal"]["real"] for f in verb_forms(w)),
    )


def _add(
    lists: dict[str, list[EventWord]],
    phrase: str,
    kind: EventType,
    mode: str | None,
    frame: VerbFrame,
) -> None:
    words = phrase.split()
    if frame is VerbFrame.NOUN:
        words = phrase.replace("-", " ").split()  # the parser makes words of the parts
        word = EventWord(phrase, kind, mode, frame, tuple(words[:-1]))
        for form in {words[-1], plural(words[-1])}:
            lists.setdefault(form, []).append(word)
        return
    word = EventWord(phrase, kind, mode, frame, tuple(words[1:]))
    for form in verb_forms(words[0]):
        lists.setdefault(form, []).append(word)


def _phrases(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        first, *rest = phrase.split()
        for form in verb_forms(first):
            found.setdefault(form, []).append(tuple(rest))
    return {form: tuple(rests) for form, rests in found.items()}


def _any_of(words: Iterable[str], ending: str) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))
    return re.compile(rf"\b(?:{alternatives}){ending}\b", re.IGNORECASE)
