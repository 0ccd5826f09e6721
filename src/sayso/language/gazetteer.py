"""Place names and the gazetteer entries they can mean, ranked.

The entries are those of GeoNames, in the index that ships with the package
(`sayso.language.place_index`).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sayso.errors import SaysoError
from sayso.language.place_index import (
    COUNTRY_WORDS,
    LEAST_CONSONANTS,
    is_current,
    open_readonly,
    skeleton,
    spelling,
)

__all__ = ["CountryEntry", "Gazetteer", "Place", "country_entries", "skeleton", "spelling"]

# The index stands beside the word lists; the build of the package writes it.
INDEX = Path(__file__).parent.parent / "data" / "places.sqlite"
_COLUMNS = "p.id, p.name, p.country, p.admin1, p.latitude, p.longitude, p.population, p.kind"
_BY_NAME = (
    f"SELECT {_COLUMNS} FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? "
    "ORDER BY p.population DESC, p.id LIMIT 60"
)
_BY_CONSONANTS = (
    f"SELECT {_COLUMNS} FROM consonants c JOIN place p ON p.id = c.place "
    "WHERE c.skeleton = ? AND p.country = ? ORDER BY p.population DESC, p.id LIMIT 60"
)

# A town this many times larger than its namesakes in the country is the one that is meant.
DOMINANCE = 8
# Fewer consonants are shared by too many names: "Panjwai" is not "Panjaw".
_TELLING_CONSONANTS = 4
# Namesakes closer than this, in degrees, are one place listed twice.
_SAME_PLACE = 0.25


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. `id` is the GeoNames id, `country` ISO 3166-1 alpha-2, `kind` `town` or
    `country`; latitude and longitude are degrees, WGS 84. `exact` is false when only a likeness
    of spelling led here."""

    id: int
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    kind: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country of the index: `iso` is ISO 3166-1 alpha-2, `number` its number there ("" where it
    has none), `continent` GeoNames' code, `neighbours` the countries that it borders on.
    """

    iso: str
    number: str
    name: str
    continent: str
    neighbours: frozenset[str]


def open_index(path: Path = INDEX) -> sqlite3.Connection:
    """The index of places, to be read. Raises SaysoError where it is missing or outdated."""
    if not is_current(path):
        raise SaysoError(
            f"{path}: the index of places is missing or of another version; it is made when sayso "
            f"is installed: install it again"
        )
    return open_readonly(path)


@lru_cache(maxsize=1)
def country_entries() -> Mapping[str, CountryEntry]:
    """Every country by its code. Raises SaysoError as `open_index` does."""
    with closing(open_index()) as db:
        rows = db.execute("SELECT iso, number, name, continent, neighbours FROM country")
        return {
            iso: CountryEntry(iso, number or "", name, continent, frozenset(near.split(",")) - {""})
            for iso, number, name, continent, near in rows
        }


class Gazetteer:
    """Look-ups in the index; opened once, safe to share between reports."""

    def __init__(self, path: Path = INDEX) -> None:
        self._db = open_index(path)
        self.neighbours = {c.iso: c.neighbours for c in country_entries().values()}
        self._country_names = self._country_patterns()
        self.candidates = lru_cache(maxsize=20_000)(self._candidates)
        self._alike = lru_cache(maxsize=20_000)(self._like)

    def _country_patterns(self) -> re.Pattern[str]:
        self._iso_of: dict[str, str] = {}
        for c in country_entries().values():
            self._iso_of[c.name.lower()] = c.iso
            for word in re.split(r" (?!States)", COUNTRY_WORDS.get(c.iso, "")):
                if word:
                    self._iso_of[word.lower()] = c.iso
        names = "|".join(re.escape(n) for n in sorted(self._iso_of, key=len, reverse=True))
        return re.compile(rf"\b(?P<name>{names})(?:n|an|ian|i|ese|is|ns|s)?\b", re.IGNORECASE)

    def country_of(self, words: str) -> str | None:
        """The country that the words name, by its name or its people's: "Syria", "Syrian"."""
        m = self._country_names.fullmatch(words.strip())
        if (
            m is None
            or (m["name"].islower() and not words.isupper())
            or (m["name"].lower() == "us" and not m["name"].isupper())
        ):
            return None
        return self._iso_of[m["name"].lower()]

    def countries(self, text: str) -> list[str]:
        """The countries that the text speaks of, most often named first."""
        counts: dict[str, int] = {}
        for m in self._country_names.finditer(text):
            if m["name"][0].isupper() and not (m["name"].lower() == "us" and m["name"] != "US"):
                iso = self._iso_of[m["name"].lower()]
                counts[iso] = counts.get(iso, 0) + 1
        return sorted(counts, key=lambda iso: -counts[iso])

    def _candidates(self, name: str) -> tuple[Place, ...]:
        key = spelling(name)
        rows = self._db.execute(_BY_NAME, (key,)) if len(key) > 1 else ()
        return tuple(Place(*row) for row in rows)

    def like(self, name: str, countries: Iterable[str]) -> list[Place]:
        """Places of these countries whose name has the same consonants, for other
        transliterations.
        """
        return [p for country in countries for p in self._alike(name, country)]

    def _like(self, name: str, country: str) -> tuple[Place, ...]:
        key = skeleton(name)
        if len(key) < LEAST_CONSONANTS:
            return ()
        rows = self._db.execute(_BY_CONSONANTS, (key, country))
        return tuple(replace(Place(*row), exact=False) for row in rows)

    def resolve(self, name: str, countries: list[str]) -> Place | None:
        """The one place that a name means in a report about these countries, main one first.

        The report's main country comes first, then the others it names, then neighbours of the
        main one; None when two places of one rank remain.
        """
        found = list(self.candidates(name))
        main = countries[:1]
        near = sorted(self.neighbours.get(main[0], ())) if main else []
        for ranked in (main, countries[1:4], near):
            here = [p for p in found if p.country in ranked and p.kind == "town"]
            if not here and ranked is main and len(skeleton(name)) >= _TELLING_CONSONANTS:
                here = self.like(name, main)
            if here:
                return _only(here)
        return None if countries else _only([p for p in found if p.kind == "town"])


def _only(places: list[Place]) -> Place | None:
    """The place that stands out among namesakes, or None: a guess is worse than a gap."""
    if not places:
        return None
    places = sorted(places, key=lambda p: -p.population)
    first, rest = places[0], places[1:]
    others = [
        p
        for p in rest
        if abs(p.latitude - first.latitude) + abs(p.longitude - first.longitude) > _SAME_PLACE
    ]
    if not others or first.population >= DOMINANCE * max(1, others[0].population):
        return first
    return None
