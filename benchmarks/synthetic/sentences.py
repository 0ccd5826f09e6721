"""Sentences made from templates, in which it is known what each word stands for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from sayso.language.gazetteer import Place
from sayso.model import SourceType, Status, When

WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
_SMALL = "no one two three four five six seven eight nine".split()


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in words; `vague` ones take "of" before a noun."""

    words: str
    low: int | None
    high: int | None
    approx: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says so, by the name that the report uses."""

    name: str
    type: SourceType
    party: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in pieces, each with the slot that it fills ("" for fixed words), and what is meant by
    them. `key` is "" for a sentence that claims nothing.
    """

    pieces: tuple[tuple[str, str], ...]
    key: str = ""
    numbers: Mapping[str, Number] = field(default_factory=dict)
    town: Place | None = None
    mode: str = ""
    status: Status = Status.UNKNOWN
    claimant: Claimant | None = None
    when: When | None = None
    running: str = ""

    @property
    def text(self) -> str:
        return "".join(words for _, words in self.pieces)


def filled(
    rng: Random, template: str, slots: Mapping[str, str], numbers: Mapping[str, Number]
) -> tuple[tuple[str, str], ...]:
    """The template with its alternatives drawn and its slots filled."""
    while "[" in template:
        template = re.sub(r"\[([^\[\]]*)\]", lambda m: rng.choice(m[1].split("|")), template)
    pieces: list[tuple[str, str]] = []
    for n, part in enumerate(re.split(r"\{(\w+)\}", template)):
        if n % 2 == 0:
            pieces.append(("", part))
            continue
        article, _, name = part.rpartition("_")
        slot = name.lower()
        words = slots[slot]
        if article:
            an = "an" if words[0] in "aeiou" else "a"
            pieces.append(("", f"{an.capitalize() if article[0].isupper() else an} "))
        elif name[0].isupper():
            words = words[0].upper() + words[1:]
        elif (
            slot == "who"
            and len(pieces) > 1
            and (number := numbers.get(pieces[-2][0]))
            and number.vague
        ):
            pieces[-1] = ("", " of ")
        pieces.append((slot, words))
    return tuple(p for p in pieces if p[1])


def edited(rng: Random, sentence: Sentence) -> Sentence:
    """The sentence with a few fixed words changed, as an outlet does."""
    pieces = list(sentence.pieces)
    for old, new in WORDS["templates"]["swaps"]:
        if rng.random() < 0.4:
            pieces = [(slot, words if slot else words.replace(old, new)) for slot, words in pieces]
    return replace(sentence, pieces=tuple(pieces))


def given(rng: Random, n: int, rounded: bool = False) -> Number:
    """A number above zero in words: exact, open or about. `rounded` leaves it two digits that are
    no zeros.
    """
    if rounded:
        n = round(n, 2 - len(str(n)))
    digits = _SMALL[n] if n < 10 and (n < 2 or rng.random() < 0.6) else f"{n:,}"
    drawn = rng.random()
    if n < 2 or drawn < 0.6:
        return Number(digits, n, n)
    if drawn < 0.75:
        return Number(f"at least {digits}", n, None)
    if drawn < 0.82:
        return Number(f"more than {digits}", n + 1, None)
    if drawn < 0.88:
        return Number(f"up to {digits}", None, n)
    if drawn < 0.92 and 30 <= n < 200:
        return Number("dozens", 24, None, vague=True)
    near = round(n, -1) if n > 20 else n
    return Number(f"about {near:,}", near, near, approx=True)
