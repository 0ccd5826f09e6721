"""The words that sayso knows: for harm, for people, for claimants and for hedges.

The lists live in `data/*.toml`, where they are commented. `load_lexicon` turns them into one
frozen `Lexicon`; a user's TOML file of the shape below adds to it:

    [people]
    civilian = ["beekeeper"]
    military = ["border police"]
    militant = ["red column"]
    [actors]
    state = ["Northern Army"]
    armed_group = ["Red Column"]
    [claimants]
    ngo = ["Valley Monitor"]
    [sources."Valley Monitor"]
    type = "ngo"
    aliases = ["VM"]
    note = "run by a former teacher in Hill Town"
    [event_verbs]
    ASSAULT = ["cudgel"]
    [event_nouns]
    PROTEST = ["sit-in"]

All tables but `[sources]` hold lists of words. Each table under `[sources]` is one source, by its
name: `type` (required unless sayso knows the source) and, optionally, `aliases`, `country` (two
letters), `owner` (`state`, `party`, `public` or `members`) and `note`. For a source that sayso
already knows, the table corrects what it gives and leaves the rest.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from sayso.errors import LexiconError
from sayso.language.event_lexicon import EventWords, event_keys, event_words
from sayso.language.inflection import Form, forms_of, plural
from sayso.language.outlets import KnownSource, KnownSources
from sayso.language.word_lists import data_of
from sayso.model import Effect, Outlook, SourceType, Status


class HarmRole(StrEnum):
    """How a harm word takes the people harmed; see `data/harm.toml`."""

    TRANSITIVE = "transitive"
    INTRANSITIVE = "intransitive"
    ADJECTIVE = "adjective"
    NOUN = "noun"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class HarmWord:
    """One reading of one word form."""

    effect: Effect
    role: HarmRole
    form: Form


@dataclass(frozen=True, slots=True)
class HarmPhrase:
    """Several words that act as one verb; the people stand on `people`'s side of it."""

    effect: Effect
    people: str  # "subject" or "object"
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """Every list, ready for look-up; keys are lower-case word forms."""

    harm: dict[str, tuple[HarmWord, ...]]
    phrases: tuple[HarmPhrase, ...]
    people: dict[str, Status]
    status_words: dict[str, Status]
    things: frozenset[str]
    actors: dict[str, Status]
    actor_pattern: re.Pattern[str]
    reporting: dict[str, str]
    clause_only: frozenset[str]
    cue_prefix: re.Pattern[str]
    hedge: re.Pattern[str]
    claimant_types: tuple[tuple[SourceType, re.Pattern[str]], ...]
    unnamed: frozenset[str]
    claimant_words: frozenset[str]
    outlook_to: dict[str, Outlook]
    outlook_that: dict[str, Outlook]
    outlook_noun: dict[str, Outlook]
    outlook_object: dict[str, Outlook]
    outlook_harm: re.Pattern[str]
    sources: KnownSources
    events: EventWords
    function_words: frozenset[str]

    def is_common(self, word: str) -> bool:
        """Whether the lexicon has the lower-case word, so that in capitals it is not a name."""
        known = (
            word in self.people
            or word in self.harm
            or word in self.reporting
            or word in self.things
        )
        return known or word in self.events or word in self.function_words

    def _status_of_last_noun(self, words: str) -> Status:
        """The status by the last noun for people among the words."""
        for token in reversed(re.findall(r"[\w'’-]+", words)):
            if (found := self.people.get(_plain(token))) is not None:
                return found
        return Status.UNKNOWN

    def status(self, words: str) -> Status:
        """The status that the words give people: civilian, military, militant, mixed or unknown.

        The last noun decides ("Syrian soldiers"); where it says nothing ("members of the Taliban",
        "ISIL commanders") or only that they fight ("pro-government fighters"), the other words
        decide.
        """
        if m := self.actor_pattern.search(words):
            named = self.actors[_plain(m[0])]
        else:
            named = Status.UNKNOWN
        tokens = [_plain(t) for t in re.findall(r"[\w'’-]+", words)]
        head = Status.UNKNOWN
        for token in reversed(
            re.findall(r"[\w'’-]+", re.split(r"\b(?:of|from|loyal|who|in|with)\b", words)[0])
        ):
            if (found := self.people.get(_plain(token))) is not None:
                head = found
                break
        joined = re.split(
            r"\b(?:of|from|loyal|who|in|with)\b",
            re.sub(r"\bmembers? of (?=their famil)", "", words),
        )[0]
        if (
            len(
                {self._status_of_last_noun(piece) for piece in re.split(r"\band\b|[,&]", joined)}
                - {Status.UNKNOWN}
            )
            > 1
        ):
            return Status.MIXED
        modifiers = {self.status_words[t] for t in tokens if t in self.status_words}
        if head is Status.CIVILIAN:
            return head
        if head is Status.MILITARY and named is not Status.MILITANT:
            return head
        if head in (Status.MILITANT, Status.MILITARY):
            return (
                Status.MILITARY
                if Status.MILITARY in modifiers and named is not Status.MILITANT
                else Status.MILITANT
            )
        if named is not Status.UNKNOWN:
            return (
                named
                if named is Status.MILITANT or Status.MILITARY in modifiers
                else Status.UNKNOWN
            )
        if len(modifiers) == 1:
            return modifiers.pop()
        return Status.UNKNOWN


def _plain(word: str) -> str:
    """Lower case, without a possessive; "ISIL’s" and "ISILs" both give "isil"."""
    word = re.sub(r"['’]s?$", "", word)
    return word[:-1].lower() if re.fullmatch(r"[A-Z]{3,}s", word) else word.lower()


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True))


def _harm(data: dict[str, Any]) -> tuple[dict[str, tuple[HarmWord, ...]], tuple[HarmPhrase, ...]]:
    words: dict[str, list[HarmWord]] = {}
    for effect in Effect:
        lists = data.get(effect.value, {})
        for role in HarmRole:
            for word in lists.get(role.value, []):
                if role in (HarmRole.TRANSITIVE, HarmRole.INTRANSITIVE):
                    for form, kind in forms_of(word):
                        words.setdefault(form, []).append(HarmWord(effect, role, kind))
                else:
                    words.setdefault(word, []).append(HarmWord(effect, role, Form.NONE))
    phrases = tuple(
        HarmPhrase(Effect(p["effect"]), p["people"], re.compile(rf"\b{p['words']}", re.IGNORECASE))
        for p in data["phrase"]
    )
    return {w: tuple(readings) for w, readings in words.items()}, phrases


def _people(
    data: dict[str, Any], extra: dict[str, list[str]]
) -> tuple[dict[str, Status], dict[str, Status]]:
    nouns: dict[str, Status] = {}
    words: dict[str, Status] = {}
    for status in (Status.UNKNOWN, Status.MILITANT, Status.MILITARY, Status.CIVILIAN):
        lists = data[status.value]
        for noun in [*lists["nouns"], *extra.get(status.value, [])]:
            nouns.setdefault(noun.lower(), status)
            nouns.setdefault(plural(noun.lower()), status)
        for word in lists.get("words", []):
            words[word] = status
    return nouns, words


def _read_extra(path: Path) -> dict[str, Any]:
    """A user's lexicon file. Raises LexiconError, which names an unknown table or key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: not a readable TOML lexicon ({error})") from error
    known = {
        "people": {s.value for s in Status} - {Status.MIXED.value},
        "actors": {"state", "armed_group"},
        "claimants": {t.value for t in SourceType},
        "event_verbs": event_keys(),
        "event_nouns": event_keys(),
    }
    for table, lists in data.items():
        if table == "sources":
            _check_sources(path, lists)
            continue
        if table not in known:
            raise LexiconError(
                f"{path}: unknown table [{table}]; expected one of {', '.join([*known, 'sources'])}"
            )
        if not isinstance(lists, dict):
            raise LexiconError(
                f"{path}: {table} must be a table; expected [{table}] and lists below it"
            )
        for key, values in lists.items():
            if key not in known[table]:
                raise LexiconError(
                    f"{path}: unknown key {key!r} in [{table}]; expected one of "
                    f"{', '.join(sorted(known[table]))}"
                )
            if not isinstance(values, list) or not all(
                isinstance(v, str) and v.strip() for v in values
            ):
                raise LexiconError(
                    f"{path}: [{table}] {key} must be a list of words in quotes, none of them empty"
                )
    return data


_OWNERS = ("state", "party", "public", "members")
# The keys of a source's table, and in words what each must be.
_SOURCE_KEYS = {
    "type": f"one of {', '.join(t.value for t in SourceType)}",
    "aliases": "a list of names in quotes",
    "country": 'two capital letters in quotes, such as "SY"',
    "owner": f"one of {', '.join(_OWNERS)}",
    "note": "words in quotes",
}


def _check_sources(path: Path, tables: object) -> None:
    """Raises LexiconError for an invalid table of sources, saying what was expected."""
    if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
        raise LexiconError(
            f'{path}: [sources] holds one table per source; expected [sources."Valley Monitor"] '
            f"and keys below it"
        )
    for name, table in tables.items():
        for key, value in table.items():
            if key not in _SOURCE_KEYS:
                raise LexiconError(
                    f'{path}: unknown key {key!r} in [sources."{name}"]; expected one of '
                    f"{', '.join(_SOURCE_KEYS)}"
                )
            if not _is_source_value(key, value):
                raise LexiconError(
                    f'{path}: [sources."{name}"] {key} is {value!r}; expected {_SOURCE_KEYS[key]}'
                )


def _is_source_value(key: str, value: object) -> bool:
    if key == "aliases":
        return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    if not isinstance(value, str) or not value.strip():
        return False
    allowed: dict[str, bool] = {
        "type": value in {t.value for t in SourceType},
        "owner": value in _OWNERS,
        "country": bool(re.fullmatch("[A-Z]{2}", value)),
    }
    return allowed.get(key, True)


def _known_sources(
    shipped: list[dict[str, Any]], added: Iterable[tuple[Path, dict[str, dict[str, Any]]]]
) -> KnownSources:
    """The shipped sources with the user's corrections and additions. Raises LexiconError for a new
    source without a type.
    """
    sources = {s["name"]: _source(s["name"], s) for s in shipped}
    for path, tables in added:
        for name, table in tables.items():
            known = KnownSources(sources.values()).get(name)
            if known is None and "type" not in table:
                raise LexiconError(
                    f'{path}: [sources."{name}"] has no type; expected type = '
                    f"{_SOURCE_KEYS['type']}"
                )
            if known is None:
                sources[name] = _source(name, table)
            else:
                names = dict.fromkeys(
                    [
                        *known.aliases,
                        *([name] if name != known.name else []),
                        *table.get("aliases", []),
                    ]
                )
                changes = {k: v for k, v in table.items() if k in ("country", "owner", "note")}
                kind = SourceType(table["type"]) if "type" in table else known.type
                sources[known.name] = replace(known, type=kind, aliases=tuple(names), **changes)
    return KnownSources(sources.values())


def _source(name: str, table: dict[str, Any]) -> KnownSource:
    rest = {k: table.get(k) for k in ("country", "owner", "note")}
    return KnownSource(name, SourceType(table["type"]), tuple(table.get("aliases", ())), **rest)


@lru_cache(maxsize=4096)
def status_of(words: str) -> Status:
    """The status that words give people, by the shipped lexicon. Cached, since a record names its
    actors again and again.
    """
    return load_lexicon().status(words)


@lru_cache(maxsize=4)
def load_lexicon(*extra: Path) -> Lexicon:
    """The shipped lexicon, with the words of the user's TOML files added.

    Raises LexiconError for a file that is not TOML or names an unknown table or key.
    """
    shipped = {
        name: data_of(name)
        for name in ("harm", "people", "speech", "actors", "outlook", "outlets", "events")
    }
    added, own_sources = _added_words(extra)
    harm, phrases = _harm(shipped["harm"])
    people, status_words = _people(shipped["people"], added["people"])
    speech = shipped["speech"]
    names = {
        status: [*shipped["actors"][key]["names"], *added["actors"].get(key, [])]
        for key, status in (("state", Status.MILITARY), ("armed_group", Status.MILITANT))
    }
    types = _types_of_claimants(speech["type"], shipped["outlets"]["outlet"])
    return Lexicon(
        harm=harm,
        phrases=phrases,
        people=people,
        status_words=status_words,
        things=frozenset(
            n for noun in shipped["people"]["things"]["nouns"] for n in (noun, plural(noun))
        ),
        actors={_plain(name): status for status, of_status in names.items() for name in of_status},
        actor_pattern=_actor_pattern([name for of_status in names.values() for name in of_status]),
        reporting={f: v for v in speech["verbs"] for f, _ in forms_of(v)},
        clause_only=frozenset(speech["clause_only"]),
        cue_prefix=_any_of(speech["prefixes"]),
        hedge=_any_of(speech["hedges"]),
        claimant_types=_claimant_types(types, added["claimants"]),
        unnamed=frozenset(speech["unnamed"]),
        claimant_words=_claimant_words(speech, types),
        outlook_to=_outlook(shipped["outlook"], "to"),
        outlook_object=_outlook(shipped["outlook"], "object"),
        outlook_that=_outlook(shipped["outlook"], "that"),
        outlook_noun={
            noun: o for o in Outlook for noun in shipped["outlook"][o.value].get("noun", [])
        },
        outlook_harm=_any_of(shipped["outlook"]["harm"]["words"]),
        sources=_known_sources(shipped["outlets"]["outlet"], own_sources),
        events=event_words(shipped["events"], added),
        function_words=frozenset(speech["function_words"]),
    )


def _added_words(
    paths: Iterable[Path],
) -> tuple[dict[str, dict[str, list[str]]], list[tuple[Path, dict[str, dict[str, Any]]]]]:
    """The words of the user's files by table and key, and the tables of sources of each file."""
    words: dict[str, dict[str, list[str]]] = {
        "people": {},
        "actors": {},
        "claimants": {},
        "event_verbs": {},
        "event_nouns": {},
    }
    sources: list[tuple[Path, dict[str, dict[str, Any]]]] = []
    for path in paths:
        tables = _read_extra(path)
        sources.append((path, tables.pop("sources", {})))
        for table, lists in tables.items():
            for key, values in lists.items():
                words[table].setdefault(key, []).extend(values)
    return words, sources


def _types_of_claimants(
    types: Iterable[dict[str, Any]], outlets: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The types with their words, those by which outlets are known by name included."""
    named: dict[str, list[str]] = {}
    for outlet in outlets:
        named.setdefault(outlet["type"], []).extend(outlet.get("words", ()))
    return [{**t, "words": [*t["words"], *named.get(t["name"], ())]} for t in types]


def _claimant_words(speech: dict[str, Any], types: Iterable[dict[str, Any]]) -> frozenset[str]:
    """Every single word that can be or head a claimant."""
    of_types = (w for t in types for w in t["words"] if " " not in w)
    return frozenset([*speech["heads"], *speech["unnamed"], *of_types])


def _outlook(data: dict[str, Any], construction: str) -> dict[str, Outlook]:
    """Every form of the words that look ahead with this construction; a word of two kinds is of the
    later one in the order of Outlook: a warning is not only a prediction.
    """
    return {
        form: o
        for o in Outlook
        for word in data[o.value].get(construction, [])
        for form, _ in forms_of(word)
    }


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(words)})\b", re.IGNORECASE)


def _actor_pattern(names: list[str]) -> re.Pattern[str]:
    """A pattern for names of forces. Acronyms must be in capitals: "IS" is a group, "is" is not."""
    acronyms = [n for n in names if n.isupper()]
    others = [n for n in names if not n.isupper()]
    return re.compile(
        rf"(?<![\w-])(?:(?-i:{_alternatives(acronyms)})|{_alternatives(others)})(?=s?\b)",
        re.IGNORECASE,
    )


def _claimant_types(
    types: list[dict[str, Any]], added: dict[str, list[str]]
) -> tuple[tuple[SourceType, re.Pattern[str]], ...]:
    """Each type of claimant with the pattern of its words, in the order in which they decide."""

    def pattern(kind: dict[str, Any]) -> re.Pattern[str]:
        words = [*kind["words"], *(w.lower() for w in added.get(kind["name"], []))]
        return re.compile(rf"(?<![\w-])(?:{_alternatives(words)})(?![\w-])", re.IGNORECASE)

    return tuple((SourceType(kind["name"]), pattern(kind)) for kind in types)
