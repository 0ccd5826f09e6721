"""A name in a report's words: without title and possessive, split into its parts, and
distinguished from places and bodies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import Lexicon, load_lexicon
from sayso.language.offices import BODIES, CALLED_AFTER, TITLES
from sayso.language.word_lists import word_lists

Parts = tuple[str, ...]

_NAMES = word_lists("names")
_PARTICLES, _PARENT, _NO_NAME = (_NAMES[key] for key in ("particles", "parent", "no_name"))
_ASIDE = re.compile(r"[,;:(\[\"“”/|\n—–]|\s-\s")
_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’`]s?$")
_BEFORE_PLACE = r"(?:in|near|at|outside|around|towards?|into|between|inside|across|throughout)"
_OWNER = frozenset("of for to from by with at in on about against".split())


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, opened when a name first needs it."""
    return Gazetteer()


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped word lists."""
    return load_lexicon()


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The word without case and accents: what all spellings of one part of a name share."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    )


def parts_of(name: str) -> Parts:
    """The parts of a name, folded: "Walid al-Moallem's" is walid, al, moallem."""
    return tuple(fold(word) for word in _LETTERS.findall(_POSSESSIVE.sub("", name)))


def person_name(words: str) -> str | None:
    """The name itself in words taken for a person: "Gen. John Doe's" -> "John Doe"; None for a body
    or a role.
    """
    kept = _without_titles(_ASIDE.split(words.strip(" \t\n\"'“‘(["))[0].split())
    name = _POSSESSIVE.sub("", " ".join(_up_to_common(kept))).rstrip(".")
    parts = parts_of(name)
    if not parts or any(c.isdigit() for c in name) or not any(c.isupper() for c in name):
        return None
    if len("".join(parts)) < 3 or _is_known_otherwise(name, parts):
        return None
    return name


def _without_titles(words: list[str]) -> list[str]:
    """The words without what stands before a name: titles, offices, nations, words in lower
    case.
    """
    for i in reversed(range(len(words) - 1)):
        if fold(words[i]).strip(".,") in TITLES:
            words = words[i + 1 :]
            break
    while words and (
        words[0] in ("The", "A", "An")
        or (words[0].islower() and fold(words[0].split("-")[0]) not in _PARTICLES)
        or _is_nation(words[0])
    ):
        words = words[1:]
    if len(words) == 1 and fold(words[0]).strip(".,") in TITLES:
        return []
    return words


def _up_to_common(words: list[str]) -> Iterator[str]:
    """The words up to the first that cannot continue a name: one in lower case, a nation, or, after
    two words, an ordinary word.
    """
    for i, word in enumerate(words):
        low = fold(_POSSESSIVE.sub("", word))
        joined = low in _PARTICLES or low.split("-")[0] in _PARTICLES
        if (
            i
            and not joined
            and (word.islower() or _is_nation(word) or (i > 1 and lexicon().is_common(low)))
        ):
            return
        yield word


def _is_nation(word: str) -> bool:
    return gazetteer().country_of(_POSSESSIVE.sub("", word)) is not None


def _is_known_otherwise(name: str, parts: Parts) -> bool:
    """Whether the words are known as a body, an outlet, a nation, a day, or are ordinary words."""
    known = lexicon()
    if set(parts) & BODIES or all(
        p in _NO_NAME or known.is_common(p) or p in TITLES for p in parts
    ):
        return True
    group = known.actor_pattern.match(name)
    called = (
        known.sources.get(name) is not None or known.sources.get(name.removesuffix("s")) is not None
    )
    return called or (group is not None and len(name) - group.end() <= 1) or _is_nation(name)


def is_body(words: str) -> bool:
    """Whether the words name a body: "the Karim Foundation"."""
    return bool(set(parts_of(words)) & BODIES)


def without_particles(parts: Parts) -> Parts:
    """The name without its leading article or preposition: "al-Assad" is "Assad" too."""
    while len(parts) > 1 and parts[0] in _PARTICLES:
        parts = parts[1:]
    return parts


def is_whole(parts: Parts) -> bool:
    """Whether a name is more than one word with its article: "Bashar al-Assad", not "al-Assad"."""
    return len(without_particles(parts)) > 1


def is_place(name: str, placed: frozenset[Parts], text: str) -> bool:
    """Whether the report uses the name for a place: one of its claims is placed there, or the
    gazetteer has the name and it stands after "in", "near" and the like.
    """
    parts = parts_of(name)
    # "Aleppos" lacks its apostrophe.
    if parts in placed or (*parts[:-1], parts[-1].removesuffix("s")) in placed:
        return True
    if not gazetteer().candidates(name):
        return False
    return re.search(rf"\b{_BEFORE_PLACE}\s+{re.escape(name)}(?!\w|['’]s)", text) is not None


def lone_forms(parts: Parts) -> frozenset[Parts]:
    """The surname, and longer endings of the name: "Rami Abdel Rahman" is called "Abdel Rahman" and
    "Rahman".
    """
    if parts[0] in _PARENT and len(parts) < 3:
        return frozenset()
    last = {parts[i:] for i in range(1, len(parts))}
    return frozenset(form for form in last if len(form[-1]) > 1 and not set(form) <= _PARTICLES)


def is_called_after(following: Iterable[str]) -> bool:
    """Whether words after a surname make it the name of a body or place: "Karim Hospital", "Karim
    University Hospital".
    """
    return any(word[:1].isupper() and fold(word) in CALLED_AFTER for word in following)


def named_claimants(claimant: str, names: Iterable[str]) -> Iterator[str]:
    """Those of the names that are claimants themselves: "Abdul Karim, a farmer", not "a spokesman
    for Abdul Karim".
    """
    for name in names:
        inner = r"[\s.’'_-]{1,3}".join(re.escape(word) for word in _LETTERS.findall(name))
        for m in re.finditer(rf"(?<!\w){inner}(?!\w)(?!['’]s\s+\w)", claimant, re.IGNORECASE):
            if not _belongs(claimant[: m.start()]):
                yield name
                break


def _belongs(before: str) -> bool:
    """Whether the words before a name make the claimant somebody else: "a spokesman for"."""
    words = re.split(r",", before)[-1].split()
    while words and (
        fold(words[-1]).strip(".") in TITLES or words[-1] in ("the", "The") or _is_nation(words[-1])
    ):
        words.pop()
    return bool(words) and fold(words[-1]) in _OWNER
