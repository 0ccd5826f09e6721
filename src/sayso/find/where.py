"""Where it happened: the most specific place a report gives for a figure, and what it resolves to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from spacy.tokens import Token

from sayso.language.gazetteer import Gazetteer, Place
from sayso.language.lexicon import Lexicon
from sayso.model import Scope, Where
from sayso.model.parsed import Parsed, Sentence

_NAME = r"(?:[A-ZÀ-ÞŻ][\w’'.-]*|(?<![\w-])(?:al|el|as|ash|az|ad|ar|at|an|ez|es)-[A-ZÀ-Þ]?[\w’'-]+)"
_NAMES = rf"{_NAME}(?: (?:{_NAME}|al|el|de|del|des|du|la|of the|upon|bin))*"
_AREA = r"province|governorate|region|district|county|state|countryside|department|enclave|oblast|canton|municipality|provinces|governorates|regions"
_TOWN = r"town|city|village|villages|towns|suburb|suburbs|neighbou?rhoods?|refugee camp|camp|crossing|checkpoint|airport|air base|airbase|base|square|street|road|district of|quarter|settlement|hospital|market|mosque|prison|farm|valley|hill|hilltop|dam|compound|(?:gas|oil) ?fields?|area|areas|outskirts|front"
_LEAD = r"[Ii]n|[Nn]ear|[Aa]t|[Oo]n|outside|around|across|inside|into|over|throughout|towards?|from|to|against|between|of|within|through|hit|struck|hits|left|entered|capturing|captured|attacked|invaded|invading|occupied|stormed|shelled|bombed|besieged|raided"
_PREPOSED = re.compile(
    rf"\b(?:{_LEAD})\s+(?:(?:the|a|an|its|their|central|eastern|western|northern|southern|north-?eastern|north-?western|south-?eastern|south-?western|north|south|east|west|northeast|northwest|southeast|southwest|rebel-held|opposition-held|regime-held|nearby|downtown|besieged|rural|neighboring|neighbouring|Syrian|Iraqi|Turkish|Afghan|French|strategic|port|border|historic|ancient|old|whole|entire|mainly|former|main|de|facto|capital|largest|of|outskirts|suburbs?|countryside|part|parts)\s+)*"
    rf"(?:(?P<before>(?:{_TOWN}|{_AREA}|capital|island|city)(?: of| called| named)?)\s+)?(?P<name>{_NAMES})(?:\s+(?P<after>{_AREA}|{_TOWN}|in and)\b)?"
)
_AFTER = re.compile(rf"(?P<name>{_NAMES})\s+(?P<after>{_AREA}|{_TOWN})\b")
_OPENING = re.compile(r"^(?P<name>[A-Z][A-Z .'-]{2,30})(?:,| \(|\s?[-–—])")
_NOT_PLACES = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?$|^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"|^(?:The|This|That|He|She|It|They|We|I|Twitter|Facebook|Reuters|AFP|SANA|AP|Ramadan|Islam|Eid|Arabic|English|Christmas|Geneva Conventions?|God|Allah|President|Minister|Police|Al-Qaeda|Islamic|State|Army|Daesh|ISIS|ISIL|IS|UN|NATO|EU|U\.N|YPG|PKK|SDF|Hezbollah|Hamas|Taliban|Observatory|United Nations|Security Council|White House|Pentagon|Kremlin|Foreign Office|Downing Street|Western|Assad|Obama|Trump|Putin|Erdogan|Human Rights|Russians?|Syrians?|Turks?|Kurds?|Americans?|Monday|Kurdish|Sunni|Shi[’']?ite|Shi[’']?a|Arabs?|Jewish|Coptic|Catholic|Europe|Asia|Africa|Middle East|Muslim|Christian|Nusra)\b",
)


_BLOCK = re.compile(
    rf"\b(?P<name>\d[\d,]* block of (?:[NSEW]\.? )?{_NAME}(?: {_NAME})*|\d+(?:st|nd|rd|th) (?:and|&) {_NAME}(?: {_NAME})*)"
)
_SITE = re.compile(
    r"\b(?:suburbs?|neighbou?rhoods?|camp|crossing|checkpoint|airport|air base|airbase|district of|quarter|street|road|hospital|market|mosque|prison|settlement|square|(?:gas|oil) ?fields?)\b"
)
# A site's own name says what it is: "Castello Road", "Promenade des Anglais".
_SITE_WORDS = r"(?:Road|Street|Avenue|Boulevard|Highway|Square|Bridge|Airport|Airbase|Base|Mosque|Market|Mall|Museum|Theat(?:er|re)|Stadium|Prison|Checkpoint|Crossing|Camp|Field|Park|Beach|Station)"
_SITE_NAME = re.compile(rf"\b{_SITE_WORDS}$|^(?:Promenade|Avenue|Boulevard|Rue) ")
_NAMED_SITE = re.compile(
    rf"\b(?P<name>{_NAME}(?: {_NAME})*? {_SITE_WORDS}|(?:Promenade|Avenue|Boulevard|Rue) {_NAMES})\b"
)
_DIRECTION = re.compile(
    r"\b(?:(?:north|south)-?(?:east|west)(?:ern)?|(?:east|west|north|south)(?:ern)?|rural|central|rebel-held|opposition-held|besieged)\s+(?:the )?$",
    re.IGNORECASE,
)
_DIRECTED = re.compile(
    r"^(?:(?:North|South)-?(?:[Ee]ast|[Ww]est)?(?:ern)?|(?:East|West)(?:ern)?|Rural) [A-Z]"
)
# What stands between a place and the larger one that holds it: "X in Y", "X, Y", "X in the northern province of Y".
_HOLDS = re.compile(
    rf"^(?:\s(?:{_TOWN}|{_AREA}))?(?:,| \()?(?: (?:in|of|outside|near|on the (?:outskirts|edge) of))?(?: (?:the|its|[A-Z][a-z]+(?:an|ish|ese|[ae]li|i)s?|[a-z-]*(?:ern|central|rural|northwest|northeast|southwest|southeast)|countryside|suburbs?|outskirts|region|province|governorate|city|town|district|of|part|in))*\s$"
)


_PERSON_AFTER = r"(?:,? (?:said|says|told|added|wrote|was (?:shot|killed|charged|arrested|pronounced)|has been (?:charged|arrested)|died|family|families)\b|, \d\d?,|[’']s? (?:death|family|mother|father|body|house|home))"
# "An AFP correspondent in Aleppo said": what follows "in" is a place whatever it seems to say.
_NOT_IN = r"(?<!\bin )(?<!\bnear )(?<!\bfrom )(?<!\bof )(?<!\bat )"
_PERSON_BEFORE = r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Abu|[Pp]resident|[Mm]inister|[Cc]ommander|[Ll]eader|[Cc]hief|[Dd]irector|[Ss]pokesman)[.,]? (?:[A-Z][\w-]+ ){0,3}(?:al-|el-)?"
_ADJECTIVE = re.compile(
    r"(?:ish|ese|ch|eli|ian|can|man|rati|audi|ghan|Turk|Greek|Swiss|Iraqi|Pakistani|Yemeni|Kuwaiti|Qatari|Omani|doran|duran)s?$",
    re.IGNORECASE,
)
_IN_COUNTRY = re.compile(
    r"\b(?:in|across|inside|throughout)(?: (?:[a-z-]*(?:ern|central|east|west)|war-torn))? ((?:the )?[A-Z][\w.]+(?: [A-Z]\w+)?)"
)


_WIDE = re.compile(
    r"\b(?:war|conflict|uprising|revolt|countr(?:y|ies)|nationwide|since (?:then|20\d\d|19\d\d))\b|\b\d{2,3},?000\b|\b(?:million|thousands)\b|^It has (?:cost|claimed|killed)",
    re.IGNORECASE,
)


# An unknown name is a place when it is one within another: "in Ghouta on the outskirts of Damascus".
_IN = re.compile(r"\b(?:in|near|at|on|hit|targeted|of) (?:the )?$")
_WITHIN = re.compile(
    r"^(?:,| in| near| outside| on the (?:outskirts|edge) of)(?: (?:the|in|[a-z]+-?[a-z]*ern|(?:north|south)-?(?:east|west)?|east|west|province|city|town|of|countryside|outskirts|suburbs)){0,4} [A-Z]"
)


# A name never holds these: title case made the words of a headline look like one.
_TITLE_CASE = re.compile(
    r"[a-z]-[Ll]ed\b|\bUS-led\b|\b(?:From|More|And|After|With|For|Over|Than|At|By|As|Airstrikes?|Strikes?|Raids?|Attacks?|Kills?|Killed|Dead|Dies?|Injured|Wounded|Coalition|Forces|Army|Brigades?)\b"
)


# Where the wounded are taken and people study; an event's place only where the words say that it was struck.
_CARE_WORDS = r"(?:[Hh]ospital|Medical Center|Health Center|College|University|[Mm]orgue)"
_CARE = re.compile(rf"{_CARE_WORDS}$")
_CARE_NAMES = re.compile(rf"\b({_NAMES}) {_CARE_WORDS}\b")
# Nor does an unknown name need more than an attack or a death in it: "another man died in Sheikh Mustafa".
_STRUCK_IN = re.compile(
    r"\b(?:killed|died|wounded|injured|shot|shootings?|raids?|attacks?|(?:air-?)?strikes?|shelling|bombings?|bombardments?|blasts?|explosions?|clashes|fighting|shells?|rockets?|fire|offensive) (?:in|near|at) (?:the )?$"
)
# Offices and publishers that a town's name stands before are no place of an event.
_NO_OFFICE = r"(?! (?:[A-Z]\w+|[a-z]*police|residents?|governor|mayor|officials?|activists?|hospitals?)\b|-based)"


# "the Nice attack", "Al Raqqa massacre": a name right before what happened is where it did.
_EVENT_AFTER = re.compile(
    r"^ (?:[a-z]+ )?(?:attacks?|bombings?|massacres?|shootings?|blasts?|explosions?|killings|siege|offensive)\b",
    re.IGNORECASE,
)
# What people say, where they meet, and where they come from tell no place of an event.
_ASIDE_BEFORE = re.compile(
    r"\b(?:(?i:meeting|met|talks|summit|conference|speech|speaking|spoke|gathered|visit(?:ed|ing)?|trip|embassy|consulate|consul(?:ate)? general|court|trial|based|born|educated|told reporters|said|flights?)(?: [\w-]+){0,4} (?:in|at|from|to)"
    r"|(?:refugees|people|men|man|woman|volunteers?|civilians|fighters|citizens|families|recruits|\d\d?,|[A-Z][\w’'-]+,?) from|prosecutor of) (?:the )?$"
)
_ASIDE_AFTER = re.compile(
    r"^,? (?:said|says|told|prosecutors?|correspondent|court|summit|talks|conference|meeting|residents?|ministry)\b"
)


class Rank(IntEnum):
    """How specific a place is: the higher, the more."""

    DATELINE = 1
    COUNTRY = 2
    AREA = 3
    TOWN = 4
    SITE = 5
    ADDRESS = 6


_PRECISION = {
    Rank.DATELINE: "town",
    Rank.COUNTRY: "country",
    Rank.AREA: "admin1",
    Rank.TOWN: "town",
    Rank.SITE: "point",
    Rank.ADDRESS: "point",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name at one place of a part."""

    start: int
    end: int
    rank: Rank
    place: Place | None
    area: bool
    aside: bool = False


# A town smaller than this is not what a common word means ("Western", "Education").
_SMALL = 20_000
# How many sentences back a place is still meant, and how many of a report's first are its head.
_BACK = 4
_HEAD = 4


class Map:
    """The places of one report, and which of them a figure belongs to."""

    def __init__(self, parsed: Parsed, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._parsed = parsed
        self._gazetteer = gazetteer
        report = parsed.report
        self._cares = frozenset(_CARE_NAMES.findall(report.text))
        self._persons: dict[str, bool] = {}
        self._areas: dict[str, bool] = {}
        self._country_named: dict[str, tuple[Sentence, Mention] | None] = {}
        self._by_part = {
            part: [s for s in parsed.sentences if s.part == part] for part in ("title", "text")
        }
        named = gazetteer.countries(f"{report.title} {report.text}")
        # Things happen "in" the country that a report is about; the others act there.
        inside: Counter[str] = Counter(
            c
            for m in _IN_COUNTRY.finditer(f"{report.title} {report.text}")
            if (c := gazetteer.country_of(m[1])) and not _ADJECTIVE.search(m[1])
        )
        self._countries = sorted(named, key=lambda c: -inside[c])
        self._mentions: dict[int, list[Mention]] = {
            s.index: self._find(s) for s in parsed.sentences
        }
        if home := self._home():
            self._countries = [home, *(c for c in self._countries if c != home)]
            self._mentions = {s.index: self._find(s) for s in parsed.sentences}
        self._add_known()
        self._main = self._main_place()

    def _main_place(self) -> tuple[Sentence, Mention] | None:
        """The town that the report names most, the earliest of equals."""
        seen: Counter[str] = Counter()
        first: dict[str, tuple[Sentence, Mention]] = {}
        for s in self._parsed.sentences:
            if s.part != "text":
                continue
            for m in self.mentions(s):
                if m.rank >= Rank.AREA and self._is_at_home(m) and not m.aside:
                    key = s.text[m.start : m.end].lower()
                    seen[key] += 1
                    first.setdefault(key, (s, m))
        # A place named once, below the head, is mentioned in passing: it is no report's main one.
        title = self._parsed.report.title.lower()
        lasting = [
            k
            for k in seen
            if seen[k] > 1
            or first[k][1].rank is Rank.ADDRESS
            or k in title
            or self._is_head(first[k][0])
            or self._is_struck(*first[k])
        ]
        return (
            first[
                max(
                    lasting,
                    key=lambda k: (first[k][1].rank >= Rank.TOWN, seen[k], first[k][1].rank),
                )
            ]
            if lasting
            else None
        )

    def _is_head(self, sentence: Sentence) -> bool:
        return (
            sum(
                s.part == sentence.part and s.index < sentence.index for s in self._parsed.sentences
            )
            < _HEAD
        )

    @staticmethod
    def _is_struck(sentence: Sentence, m: Mention) -> bool:
        """Whether the words beside the place say that an attack or a death was there."""
        return bool(
            _STRUCK_IN.search(sentence.text[: m.start])
            or _EVENT_AFTER.match(sentence.text[m.end :])
        )

    def mentions(self, sentence: Sentence) -> list[Mention]:
        """The places named in a sentence, with offsets within it."""
        return self._mentions[sentence.index]

    def _home(self) -> str | None:
        """The country of the towns of most of the events told; of most towns where the report names no country."""
        struck: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        for s in self._parsed.sentences:
            for m in self._mentions[s.index]:
                if m.place is not None and m.place.exact:
                    seen[m.place.country] += 1
                    if self._is_struck(s, m):
                        struck[m.place.country] += 1
        if not self._countries:
            struck = seen
        return max(struck, key=lambda c: struck[c], default=None)

    def _add_known(self) -> None:
        """A name that the report uses as a place once is one elsewhere too: "Afrin has been under fire"."""
        known: dict[str, Mention] = {}
        for s in self._parsed.sentences:
            for m in self._mentions[s.index]:
                if m.rank >= Rank.AREA and self._is_at_home(m):
                    known.setdefault(s.text[m.start : m.end], m)
        if not known:
            return
        names = re.compile(
            rf"\b(?:{'|'.join(re.escape(n) for n in sorted(known, key=len, reverse=True))})\b{_NO_OFFICE}"
        )
        for s in self._parsed.sentences:
            found = self._mentions[s.index]
            for hit in names.finditer(s.text):
                if not any(o.start < hit.end() and hit.start() < o.end for o in found):
                    found.append(replace(known[hit[0]], start=hit.start(), end=hit.end()))
            found.sort(key=lambda x: x.start)

    def _find(self, sentence: Sentence) -> list[Mention]:
        found: list[Mention] = []
        cased = self._cased(sentence.text)
        for pattern in (_BLOCK, _OPENING, _PREPOSED, _AFTER, _NAMED_SITE):
            for m in pattern.finditer(sentence.text if pattern is _OPENING else cased):
                start, end = m.span("name")
                if any(o.start < end and start < o.end for o in found):
                    continue
                groups = m.groupdict()
                kind = f"{groups.get('before') or ''} {groups.get('after') or ''}"
                if pattern is _BLOCK:
                    found.append(Mention(start, end, Rank.ADDRESS, None, False))
                elif mention := self._mention(
                    sentence.text if pattern is _OPENING else cased,
                    start,
                    end,
                    kind,
                    opening=pattern is _OPENING,
                ):
                    if (
                        cased is sentence.text
                        or mention.rank <= Rank.COUNTRY
                        or (mention.place and mention.place.exact)
                    ):
                        found.append(
                            mention
                        )  # in capitals every word looks like a name: only known ones count
        found = [replace(m, aside=self._is_aside(sentence.text, m)) for m in found]
        found.sort(key=lambda x: x.start)
        for i, (one, other) in enumerate(pairwise(list(found)), 1):
            if (
                Rank.TOWN <= other.rank <= one.rank + 1
                and one.rank >= Rank.AREA
                and _HOLDS.match(sentence.text[one.end : other.start])
            ):
                found[i] = replace(other, rank=Rank.AREA)
        return found

    @staticmethod
    def _is_aside(text: str, m: Mention) -> bool:
        """Whether the place is where somebody speaks, meets or comes from, not where something happened."""
        return bool(_ASIDE_BEFORE.search(text[: m.start]) or _ASIDE_AFTER.match(text[m.end :]))

    def _cased(self, text: str) -> str:
        """A sentence in capitals as it would be written otherwise, for names to stand out; others as they are."""
        if not text.isupper():
            return text
        return re.sub(
            r"[^\W\d_]+",
            lambda m: m[0].lower() if self._lexicon.is_common(m[0].lower()) else m[0].capitalize(),
            text,
        )

    def _mention(
        self, text: str, start: int, end: int, kind: str, *, opening: bool
    ) -> Mention | None:
        """What the capitalized words name, if a place; `kind` holds the words beside them that say which kind."""
        trimmed = self._trimmed(text[start:end], start)
        if trimmed is None:
            return None
        start, name = trimmed
        end = start + len(name)
        if (
            country := self._gazetteer.country_of(name) or self._gazetteer.country_of(f"{name}.")
        ) and not opening:
            return self._country_mention(text, start, name, country)
        if self._is_other(text, start, name, kind) or (
            not kind.strip() and re.search(r"\b(?:a|an) $", text[:start])
        ):
            return None  # "a Chinook helicopter"
        if opening and text[start:end].isupper():
            return Mention(
                start, end, Rank.DATELINE, self._gazetteer.resolve(name, self._countries), False
            )
        if self._lexicon.is_common(name.lower()) and not re.search(
            r"\b(?:in|near|at) $", text[:start], re.IGNORECASE
        ):
            known = self._gazetteer.resolve(name, self._countries)
            if known is None or known.population < _SMALL:
                return None
        area = bool(re.search(_AREA, kind)) and "district of" not in kind
        town = bool(re.search(_TOWN, kind))
        if _SITE_NAME.search(name):
            return Mention(
                start, end, Rank.SITE, self._gazetteer.resolve(name, self._countries), False
            )
        place = self._gazetteer.resolve(name, self._countries)
        if (
            place is None
            and not town
            and (_DIRECTION.search(text[:start]) or _DIRECTED.match(name))
        ):
            return Mention(start, end, Rank.AREA, None, True)
        if place is None and not area and not town:
            namesakes = self._gazetteer.candidates(name) or self._gazetteer.like(
                name, self._countries[:1]
            )
            inside = (_IN.search(text[:start]) and _WITHIN.match(text[end:])) or _STRUCK_IN.search(
                text[:start]
            )
            if inside and not namesakes:
                return Mention(start, end, Rank.TOWN, None, False)
            if opening or not any(p.country in self._countries for p in namesakes):
                return None  # no place, or a city abroad: talks, publishers, homes
        if area or self._is_area_too(name):
            return Mention(start, end, Rank.AREA, place, area)
        return Mention(start, end, Rank.SITE if _SITE.search(kind) else Rank.TOWN, place, False)

    def _trimmed(self, words: str, start: int) -> tuple[int, str] | None:
        """The name among the words and where it starts: "Idlib" of "Syria's Idlib on Monday"; None where none is left."""
        name = re.sub(r"(?:[’']s| and| in| [A-Z])$", "", words.rstrip(".'’- "))
        if (
            name.endswith("s")
            and not self._gazetteer.candidates(name)
            and self._gazetteer.resolve(name[:-1], self._countries)
        ):
            name = name[:-1]  # "Idlibs eastern suburb", a possessive that lost its apostrophe
        if (
            (m := re.match(r"([A-Z]\w+?)(?:[’']?s|[’'])? (?=[A-Z])", name))
            and (self._gazetteer.country_of(m[1]) or self._gazetteer.country_of(m[0].strip()))
            and not self._gazetteer.country_of(name)
        ):
            start, name = start + m.end(), name[m.end() :]
        if len(name) < 3 or _NOT_PLACES.match(name):
            return None
        name = re.sub(r" (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Today|Yesterday)$", "", name)
        return start, re.sub(r"(?: (?:al|el|de|del|la|of the|upon|bin))+$", "", name)

    def _country_mention(self, text: str, start: int, name: str, country: str) -> Mention | None:
        """A country where it is a place, not the adjective of its people or its state."""
        end = start + len(name)
        if _ADJECTIVE.search(name) or re.search(r"\bfrom (?:the )?$", text[:start]):
            return None  # "68,000 from the United States": where people come from
        own = name in ("US", "Netherlands", "United States", "Philippines")
        possessive = (
            name.endswith("s") and not own and self._gazetteer.country_of(name[:-1]) == country
        )
        return Mention(start, end - possessive, Rank.COUNTRY, None, False)

    def _is_other(self, text: str, start: int, name: str, kind: str) -> bool:
        """Whether the name is a person's, a group's, a hospital's or a piece of a longer one: "Lions of Islam Brigade"."""
        if self._is_person(name) or (
            not kind.strip() and re.match(" of [A-Z]", text[start + len(name) :])
        ):
            return True
        if _TITLE_CASE.search(name) or self._lexicon.actor_pattern.match(name):
            return True
        return bool(_CARE.search(name) or name in self._cares) and not _STRUCK_IN.search(
            text[:start]
        )

    def _is_person(self, name: str) -> bool:
        """Whether the report uses the name as a person's: "Kennedy said", "the Ahl family"."""
        if name not in self._persons:
            text, words = self._parsed.report.text, re.escape(name)
            after, before = rf"{_NOT_IN}\b{words}{_PERSON_AFTER}", rf"{_PERSON_BEFORE}{words}\b"
            self._persons[name] = name in text and bool(
                re.search(after, text) or re.search(before, text)
            )
        return self._persons[name]

    def _is_area_too(self, name: str) -> bool:
        """Whether the report also speaks of a province by this name."""
        if name not in self._areas:
            report = self._parsed.report
            pattern = rf"\b{re.escape(name)} (?:province|governorate)|(?:province|governorate) of {re.escape(name)}\b"
            self._areas[name] = bool(
                re.search(pattern, f"{report.title} {report.text}", re.IGNORECASE)
            )
        return self._areas[name]

    def where(self, sentence: Sentence, word: Token, scope: Scope = Scope.INCIDENT) -> Where | None:
        """The place of a figure: in its sentence, else in those just before, else the report's main one."""
        own = self._best(sentence, word.idx)
        if (
            scope is Scope.INCIDENT
            and self._main is not None
            and self._main[1].rank is Rank.ADDRESS
            and sentence.part == "text"
        ):
            return self.as_where(*self._main)
        if own is not None and (
            own.rank >= (Rank.TOWN if self._is_headline(sentence) else Rank.AREA)
            or (scope is not Scope.INCIDENT and own.rank >= Rank.COUNTRY)
        ):
            return self.as_where(sentence, own)
        least = own.rank if own else 0
        wide = scope is not Scope.INCIDENT and bool(_WIDE.search(sentence.text))
        if not wide:
            # A sum over time is not of the place where the last thing told of happened.
            for s in self._around(sentence) if scope is Scope.INCIDENT else ():
                if (
                    (m := self._best(s, len(s.text)))
                    and m.rank > max(least, Rank.COUNTRY)
                    and self._is_at_home(m)
                ):
                    return self.as_where(s, m)
            if self._main is not None and self._main[0].part == sentence.part:
                return self.as_where(*self._main)
        if (own is None or own.rank < Rank.COUNTRY) and (found := self._country(sentence)):
            return self.as_where(*found)
        return self.as_where(sentence, own) if own else None

    def _is_headline(self, sentence: Sentence) -> bool:
        """Whether the sentence opens the body: what it names broadly, the next ones name closely."""
        return sentence.part == "text" and sentence.start < 150

    def _around(self, sentence: Sentence) -> list[Sentence]:
        """The sentences whose place may be meant: those just before, and at the head those just after."""
        same = self._by_part[sentence.part]
        i = sentence.index - same[0].index
        return [*reversed(same[max(0, i - _BACK) : i]), *(same[i + 1 : _HEAD] if i < _HEAD else ())]

    def _is_at_home(self, m: Mention) -> bool:
        """Whether the place can lie in the country that the report is about."""
        return m.place is None or not self._countries or m.place.country == self._countries[0]

    def _country(self, sentence: Sentence) -> tuple[Sentence, Mention] | None:
        """The first mention, in the same part, of the country that the report is about."""
        if sentence.part not in self._country_named:
            self._country_named[sentence.part] = (
                self._find_country(sentence) if self._countries else None
            )
        return self._country_named[sentence.part]

    def _find_country(self, sentence: Sentence) -> tuple[Sentence, Mention] | None:
        for s in self._parsed.sentences:
            if s.part == sentence.part:
                for m in re.finditer(r"\b(?:the )?[A-Z][\w.]+(?: [A-Z]\w+)?", s.text):
                    for words in (m[0], m[0].split(" ")[0]):
                        if (
                            self._gazetteer.country_of(words) == self._countries[0]
                            and not _ADJECTIVE.search(words)
                            and not words.endswith("s")
                        ):
                            return s, Mention(
                                m.start(), m.start() + len(words), Rank.COUNTRY, None, False
                            )
        return None

    def _best(self, sentence: Sentence, position: int) -> Mention | None:
        return max(
            (m for m in self.mentions(sentence) if not m.aside),
            key=lambda m: (m.rank, -abs(m.start - position)),
            default=None,
        )

    def as_where(self, sentence: Sentence, mention: Mention) -> Where:
        """The place as the model keeps it, resolved."""
        start, end = sentence.start + mention.start, sentence.start + mention.end
        words = sentence.text[mention.start : mention.end]
        country = self._gazetteer.country_of(words) or self._gazetteer.country_of(f"{words}.")
        if mention.rank is Rank.COUNTRY and country is None:
            return Where(words, start, end, precision="town")
        if mention.rank is Rank.COUNTRY:
            place = next(
                (p for p in self._gazetteer.candidates(words) if p.kind == "country"), None
            )
            return Where(
                words,
                start,
                end,
                place.name if place else None,
                place.id if place else None,
                country,
                None,
                None,
                "country",
            )
        p = mention.place
        if p is None:
            return Where(words, start, end, precision=_PRECISION[mention.rank])
        return Where(
            words,
            start,
            end,
            p.name,
            p.id,
            p.country,
            p.latitude,
            p.longitude,
            _PRECISION[mention.rank],
        )
