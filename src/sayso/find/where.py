"""Where it happened: the most specific place a report gives for a figure, and what it resolves to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from spacy.tokens import Token

from sayso.model import Where
from sayso.parse import Parsed, Sentence
from sayso.places import Gazetteer, Place

_NAME = r"(?:[A-ZÀ-ÞŻ][\w’'.-]*|(?:al|el|as|ash|az|ad|ar|at|an|ez|es)-[A-ZÀ-Þ]?[\w’'-]+)"
_NAMES = rf"{_NAME}(?: (?:{_NAME}|al|el|de|del|la|of the|upon|bin))*"
_AREA = r"province|governorate|region|district|county|state|countryside|department|enclave|oblast|canton|municipality|provinces|governorates|regions"
_TOWN = r"town|city|village|villages|towns|suburb|suburbs|neighbou?rhoods?|camp|crossing|checkpoint|airport|air base|airbase|base|square|street|road|district of|quarter|settlement|hospital|market|mosque|prison|square|farm|valley|area|areas|outskirts|front"
_LEAD = r"in|near|at|on|outside|around|across|inside|into|over|throughout|towards?|from|to|against|between|of|within|through|hit|struck|hits|left|entered|capturing|captured|attacked"
_PREPOSED = re.compile(
    rf"\b(?:{_LEAD})\s+(?:(?:the|a|an|its|their|central|eastern|western|northern|southern|north-?eastern|north-?western|south-?eastern|south-?western|north|south|east|west|northeast|northwest|southeast|southwest|rebel-held|opposition-held|regime-held|nearby|downtown|besieged|rural|neighboring|neighbouring|Syrian|Iraqi|Turkish|Afghan|French|strategic|port|border|historic|ancient|old|whole|entire|mainly|former|main|de|facto|capital|largest|of|outskirts|suburbs?|countryside|part|parts)\s+)*"
    rf"(?:(?P<before>(?:{_TOWN}|{_AREA}|capital|island|city)(?: of| called| named)?)\s+)?(?P<name>{_NAMES})(?:\s+(?P<after>{_AREA}|{_TOWN}|in and)\b)?"
)
_AFTER = re.compile(rf"(?P<name>{_NAMES})\s+(?P<after>{_AREA}|{_TOWN})\b")
_OPENING = re.compile(r"^(?P<name>[A-Z][A-Z .'-]{2,30})(?:,| \(|\s?[-–—])")
_NOT_PLACES = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"|^(?:The|This|That|He|She|It|They|We|I|Twitter|Facebook|Reuters|AFP|SANA|AP|Ramadan|Islam|Eid|Arabic|English|Christmas|Geneva Conventions?|God|Allah|President|Minister|Police|Al-Qaeda|Islamic|State|Army|Daesh|ISIS|ISIL|IS|UN|NATO|EU|U\.N|YPG|PKK|SDF|Hezbollah|Hamas|Taliban|Observatory|United Nations|Security Council|Assad|Obama|Trump|Putin|Erdogan|Human Rights|Russians?|Syrians?|Turks?|Kurds|Americans?|Monday|Kurdish|Sunni|Shiite|Muslim|Christian|Nusra)\b",
)


class Rank(IntEnum):
    """How specific a place is: the higher, the more."""

    COUNTRY = 1
    AREA = 2
    TOWN = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name at one place of a part."""

    start: int
    end: int
    rank: Rank
    place: Place | None
    area: bool


class Map:
    """The places of one report, and which of them a figure belongs to."""

    def __init__(self, parsed: Parsed, gazetteer: Gazetteer) -> None:
        self._parsed = parsed
        self._gazetteer = gazetteer
        report = parsed.report
        self._countries = gazetteer.countries(f"{report.title} {report.text}")
        self._mentions: dict[int, list[Mention]] = {}
        self._main = self._main_place()

    def _main_place(self) -> tuple[Sentence, Mention] | None:
        """The town that the report names most, the earliest of equals."""
        seen: Counter[str] = Counter()
        first: dict[str, tuple[Sentence, Mention]] = {}
        for s in self._parsed.sentences:
            if s.part != "text":
                continue
            for m in self.mentions(s):
                if m.rank is Rank.TOWN:
                    key = s.text[m.start : m.end].lower()
                    seen[key] += 1
                    first.setdefault(key, (s, m))
        return first[max(seen, key=lambda k: seen[k])] if seen else None

    def mentions(self, sentence: Sentence) -> list[Mention]:
        """The places named in a sentence, with offsets within it."""
        if sentence.index not in self._mentions:
            self._mentions[sentence.index] = self._find(sentence)
        return self._mentions[sentence.index]

    def _find(self, sentence: Sentence) -> list[Mention]:
        found: list[Mention] = []
        for pattern in (_OPENING, _PREPOSED, _AFTER):
            for m in pattern.finditer(sentence.text):
                start, end = m.span("name")
                if any(o.start < end and start < o.end for o in found):
                    continue
                groups = m.groupdict()
                kind = f"{groups.get('before') or ''} {groups.get('after') or ''}"
                if mention := self._mention(sentence.text, start, end, kind, opening=pattern is _OPENING):
                    found.append(mention)
        return sorted(found, key=lambda x: x.start)

    def _mention(self, text: str, start: int, end: int, kind: str, *, opening: bool) -> Mention | None:
        name = text[start:end].rstrip(".'’- ")
        name = re.sub(r"(?:[’']s| and| in)$", "", name)
        end = start + len(name)
        if len(name) < 3 or _NOT_PLACES.match(name):
            return None
        if self._gazetteer.country_of(name):
            return Mention(start, end, Rank.COUNTRY, None, False)
        area = bool(re.search(_AREA, kind)) and "district of" not in kind
        town = bool(re.search(_TOWN, kind))
        place = self._gazetteer.resolve(name, self._countries)
        if place is None and not area and not town:
            if opening or not self._gazetteer.candidates(name):
                return None
        if area:
            return Mention(start, end, Rank.AREA, place, True)
        return Mention(start, end, Rank.TOWN, place, False)

    def where(self, sentence: Sentence, word: Token) -> Where | None:
        """The place of a figure: in its sentence, else in those just before, else the report's main one."""
        own = self._best(sentence, word.idx)
        if own is not None and own.rank >= Rank.AREA:
            return self._where(sentence, own)
        for s in reversed(self._parsed.sentences[max(0, sentence.index - 2) : sentence.index]):
            if s.part == sentence.part and (m := self._best(s, len(s.text))) and m.rank > (own.rank if own else 0):
                return self._where(s, m)
        if self._main is not None and self._main[0].part == sentence.part:
            return self._where(*self._main)
        return self._where(sentence, own) if own else None

    def _best(self, sentence: Sentence, position: int) -> Mention | None:
        return max(self.mentions(sentence), key=lambda m: (m.rank, -abs(m.start - position)), default=None)

    def _where(self, sentence: Sentence, mention: Mention) -> Where:
        start, end = sentence.start + mention.start, sentence.start + mention.end
        words = sentence.text[mention.start : mention.end]
        if mention.rank is Rank.COUNTRY:
            country = self._gazetteer.country_of(words)
            place = next((p for p in self._gazetteer.candidates(words) if p.kind == "country"), None)
            return Where(words, start, end, place.name if place else None, place.id if place else None, country, None, None, "country")
        p = mention.place
        if p is None:
            return Where(words, start, end)
        return Where(words, start, end, p.name, p.id, p.country, p.latitude, p.longitude, "admin1" if mention.area else "town")
