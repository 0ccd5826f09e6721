"""Sources known by name before a report is read: news agencies, outlets, and a user's own.

The shipped ones stand in `data/outlets.toml`. A name is matched whole, in its own case ("AP" is an
agency, "ap" is not), but for articles, a description before it ("the state news agency SANA") and
what it employs ("an AFP correspondent").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.language.word_lists import data_of
from sayso.model import SourceType


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source, the names it goes by, and what it is.

    `country` is ISO 3166-1 alpha-2; `owner` is `state`, `party`, `public`, `members` or None;
    `note` is a user's own words about it.
    """

    name: str
    type: SourceType
    aliases: tuple[str, ...] = ()
    country: str | None = None
    owner: str | None = None
    note: str | None = None


_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
# What reports put before a name of several words: "the opposing Britain-based | Hill Observatory".
_DESCRIBED = re.compile(
    r"""
    ^(?:[a-z][a-z-]*\ )*
    (?: # where it is, or whose: "Britain-based", "state - run"
        (?:[A-Z]\w+\ )?\w+\ ?-\ ?
        (?:based|run|owned|controlled|funded|backed|linked|affiliated)
      | # on whose side: "pro-government"
        (?:pro|anti)\ ?-\ ?\w+
    )\ (?:[a-z][a-z-]*\ )*
    (?=[A-Z]\S*\ \S)  # a name of two words or more""",
    re.VERBOSE,
)
# What may follow an outlet's name and still be the outlet: its staff, and what it is.
_STAFF = re.compile(
    r"""
    (?:['’]s)?\s+
    (?: # whom it employs
        reporters?|correspondents?|journalists?|stringers?
      | # what it is
        news\ agency|agency|newspaper|news\ website|website|news\ channel|channel|television|TV
      | radio|network|broadcaster|news\ outlet|outlet|magazine|daily
      | # how it was spoken to
        by\ (?:phone|telephone|email)
    )$""",
    re.VERBOSE,
)
_KIND = (
    r"(?:agency|newspaper|website|channel|television|TV|radio|network|broadcaster|outlet|magazine"
    r"|daily|station|paper|wire|service|media)"
)
# What may stand before it: "state news agency", "Turkey's official", "the Qatari-owned", "Russian
# news agency".
_DESCRIPTION = re.compile(
    rf"""
    ^(?: (?: [a-z][\w-]*        # "official"
           | [A-Z][\w-]*['’]s   # "Turkey's"
           | [A-Z]\w+-[a-z]\w+  # "Qatari-owned"
         )\s+ )*$
    | ^(?:[\w-]+\s+)*{_KIND}\s+$  # "Russian news agency" """,
    re.VERBOSE,
)


def credit_forms() -> list[str]:
    """The names with which agencies sign their credit lines, as `data/outlets.toml` has them."""
    return [form for o in data_of("outlets")["outlet"] for form in o.get("credits", ())]


class KnownSources:
    """Looks sources up by any of their names; of two with the same name the later one counts."""

    def __init__(self, sources: Iterable[KnownSource]) -> None:
        self._by_name: dict[str, KnownSource] = {}
        self._by_letters: dict[str, KnownSource] = {}
        for source in sources:
            for name in (source.name, *source.aliases):
                self._by_name[_bare(name)] = source
                self._by_letters[_letters(name)] = source
        names = sorted((re.escape(n) for n in self._by_name if "." not in n), key=len, reverse=True)
        # Matches any of the names, with its article, as a group `known`.
        self.pattern = re.compile(
            rf"(?:[Tt]he )?(?<![\w-])(?P<known>{'|'.join(names) or '(?!)'})(?![\w-])"
        )

    def get(self, words: str | None) -> KnownSource | None:
        """The source that the words name, or None."""
        bare = _bare(" ".join((words or "").split()))
        while bare:
            if (found := self._by_name.get(bare)) is not None:
                return found
            if (found := self._described(bare)) is not None:
                return found
            # "SANAs" lost its apostrophe
            shorter = re.sub(r"(?<=[A-Z]{3})s$|['’]s?$", "", _STAFF.sub("", bare))
            if shorter == bare:
                return None
            bare = shorter
        return None

    def key(self, name: str) -> str:
        """What two spellings of one source's name share: an outlet's own name, else the name
        without article and description.
        """
        outlet = self.get(name)
        bare = bare_name(outlet.name if outlet else name)
        return bare if bare.isupper() else bare.casefold()

    def _described(self, words: str) -> KnownSource | None:
        """The source named at the end of a description of it."""
        for m in re.finditer(r"\s+", words):
            rest = _bare(words[m.end() :])
            if rest in self._by_name and _DESCRIPTION.match(words[: m.end()]):
                return self._by_name[rest]
        return None

    def is_same(self, one: str | None, other: str | None) -> bool:
        """Whether two names are of one outlet; either may be its web address."""
        if not one or not other:
            return False
        a, b = self._of_publisher(one), self._of_publisher(other)
        if a is not None and b is not None:
            return a is b
        own = re.match(r"\w+", _bare(one))  # a portal's own channel: "Yahoo View" of yahoo.com
        if _labels(one) & _labels(other) or (
            own and "." in other and own[0].lower() == _label(other).lower()
        ):
            return True
        words, others = (set(re.findall(r"\w+", _bare(n).lower())) for n in (one, other))
        # "Syrian Coalition"
        return min(len(words), len(others)) > 1 and (words <= others or others <= words)

    def _of_publisher(self, name: str) -> KnownSource | None:
        """By name, or by the host of a web address without what varies: "edition.cnn.com",
        "yahoo.com/news".
        """
        if (found := self.get(name)) is not None or "." not in name:
            return found
        parts = re.sub(r"^\w+://", "", name).split("/")[0].split(".")
        hosts = (".".join(parts[i:]) for i in range(len(parts) - 1))
        return next(
            (self._by_name[h] for h in hosts if h in self._by_name), None
        ) or self._by_letters.get(_label(name))


def without_article(name: str) -> str:
    """ "the Observatory" -> "Observatory"."""
    return _ARTICLE.sub("", name)


def bare_name(name: str) -> str:
    """The name without article, possessive, and a description before it."""
    return _DESCRIBED.sub("", without_article(re.sub(r"['’]s$", "", " ".join(name.split()))))


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name.strip())


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", _bare(name)).lower()


def _label(address: str) -> str:
    """What a host is called without its ending: "bostonglobe" of "www.bostonglobe.com/metro"."""
    host = re.sub(r"^\w+://", "", address).split("/")[0]
    parts = [p for p in host.split(".") if p not in ("www", "edition", "news", "m")]
    return max(parts[:-1] or parts, key=len)


def _labels(name: str) -> set[str]:
    labels = {_letters(name)}
    if re.fullmatch(r"(?:\w+://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", name):
        labels.add(re.sub(r"\W", "", _label(name)).lower())
    return labels
