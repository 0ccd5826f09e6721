"""The names in a text, and the fullest of them for words that name somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Names of bodies, media and documents, which are "it" and not "he".
BODY_NAME = re.compile(
    r"\b(?i:observatory|network|watch|rights|monitor\w*|ministry|agency|agencies|group|army|military|command|council|committees?|cent(?:er|re)|organi[sz]ation|office|department|"
    r"police|television|tv|radio|media|newspaper|news|website|channel|union|party|coalition|defen[cs]e|nations|government|statement|report|reports|sources|officials|activists|witnesses)\b|\b[A-Z]{2,}\b|^the [A-Z]"
)
_CAPITALS = r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Sen|Rep|Gov|Prof|St|Brig|Adm|Det|Rev)\.|(?:[A-Z]\.)+[\w'’-]*|[A-ZÀ-Þ][\w'’-]*|\b(?:al|el|de|bin|von)\b)"
NAME = re.compile(
    rf"{_CAPITALS}(?:[ ](?:(?:of|for|and|on|in) (?:the )?)?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b){_CAPITALS}){{0,9}}"
)
_SPELLED_OUT = re.compile(rf"(?P<name>{NAME.pattern}) \((?P<acronym>[A-Z][\w.-]*)\)")
# What stands before a name at the head of a sentence and is no part of it.
_LEADING = re.compile(
    r"^(?:But|And|While|When|As|In|On|At|For|If|So|Yet|Then|Although|Though|After|Before|Meanwhile|Earlier|Later|Like|Unlike|However)\s"
)
_WORD = re.compile(r"[\w’'-]+")
# Longer runs of capitals are lists and headlines.
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as the text has it; `text` is without what only leads up to it, `clean` tells that it begins where it seems to."""

    whole: str
    text: str
    words: tuple[str, ...]
    clean: bool


@lru_cache(maxsize=8)
def _names_in(text: str) -> tuple[_Name, ...]:
    """The names of the text, in order, found once."""
    found = []
    for m in NAME.finditer(text):
        name = _LEADING.sub("", m[0])
        joined = (
            text[m.start() - 1 : m.start()] == "-"
        )  # "anti-Assad Observatory": the name begins after that
        after_place = re.search(r"\b(?:on|in|On|In) $", text[max(0, m.start() - 4) : m.start()])
        found.append(_Name(m[0], name, tuple(_WORD.findall(name)), not joined and not after_place))
    return tuple(found)


@lru_cache(maxsize=8)
def _spelled_out(text: str) -> dict[str, str]:
    """What the text's acronyms stand for: a name with these initials, else the name that they follow in brackets."""
    found = {m["acronym"]: m["name"] for m in reversed(list(_SPELLED_OUT.finditer(text)))}
    for name in reversed(_names_in(text)):
        for words in (name.whole, re.sub(r"^The ", "", name.whole)):
            found[_initials(words)] = name.whole
    return found


@lru_cache(maxsize=4096)
def fullest_name(words: str, text: str) -> str:
    """The longest name in the text that holds every capitalised word of this one."""
    keys = [
        w
        for w in _WORD.findall(words)
        if w[:1].isupper() and w.lower() not in ("the", "a", "an") and not w.endswith("-based")
    ]
    if not keys or (len(words.split()) > 1 and words.split()[-1].islower()):
        return words
    if (
        len(keys) == 1
        and keys[0].isupper()
        and len(keys[0]) > 1
        and (spelled := _spelled_out(text).get(keys[0]))
    ):
        return re.sub(r"^The ", "the ", spelled)
    best = words
    for name in _names_in(text):
        if (
            len(name.text) > len(best)
            and name.clean
            and len(name.words) <= _LONGEST
            and all(k in name.words for k in keys)
        ):
            if _is_one(name.text, words) and (
                name.words[-1] == keys[-1]
                or "of" in name.words
                or "for" in name.words
                or len(keys) > 1
            ):
                best = name.text
    return best


def _is_one(name: str, words: str) -> bool:
    """Whether the name is one, and not two people or, in "the Herald and Lantern TV", two outlets."""
    joined = name.split(" and ")
    return len(joined) == 1 or (
        (" and " in words or bool(BODY_NAME.search(name))) and words not in joined
    )


def without_headlines(text: str) -> str:
    """The text without lines in which every word has a capital: names cannot be told from other words there."""
    return " ".join("" if _is_headline_case(line) else line for line in text.split("\n"))


def _is_headline_case(line: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) > 3 and sum(w[0].isupper() and w[1:].islower() for w in words) > 0.7 * len(
        words
    )


def _initials(name: str) -> str:
    return "".join(w[0] for w in _WORD.findall(name) if w[0].isupper())
