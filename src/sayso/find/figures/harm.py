"""What happened to whom in a sentence."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from sayso.find.figures.counted import Counted, Kind, People
from sayso.find.figures.findings import Harmed
from sayso.find.figures.harm_words import HarmWords
from sayso.find.figures.relations import BE
from sayso.language.inflection import Form
from sayso.language.lexicon import HarmRole, Lexicon
from sayso.model import Effect, Status
from sayso.model.parsed import tokens_between

# "one a day", "130 people a month", "400 per day"
RATE = re.compile(
    r"^(?:\s[\w-]+){0,3}?\s(?:a|an|per|every|each) (?P<per>day|week|month|year|hour)\b(?!-)",
    re.IGNORECASE,
)


# Words of moving that soldiers and ministers use too.
_MOVED = re.compile(r"\b(?:left|cross\w*)\b", re.IGNORECASE)
# What kills without violence, and words that say it was violence all the same.
_ACCIDENT = re.compile(
    r"\bderail\w*|\b(?:tram|train|plane|aircraft|seaplane|car|bus|coach|road|traffic|motorway|ferry|subway) (?:crash\w*|accidents?|collisions?|disasters?|deaths?)\b|"
    r"\b(?:earthquake|landslide|mudslide|avalanche|flash flood|floods|flooding|hurricane|typhoon|cyclone|tsunami|wildfire|heatwave)s?\b|\bcapsiz\w+",
    re.IGNORECASE,
)
_VIOLENCE = re.compile(
    r"\b(?:attack\w*|bomb\w*|shot|shoot\w*|gun\w*|strikes?|airstrikes?|raids?|shell\w*|missiles?|rockets?|terror\w*|militants?|rebels?|troops|soldiers?|"
    r"fighters|war|conflict|explo\w+|blasts?|rammed|murder\w*|hijack\w*|stab\w*|police)\b",
    re.IGNORECASE,
)


def find_harmed(doc: Doc, people: People, lexicon: Lexicon) -> list[Harmed]:
    """Everyone in the sentence to whom something is said to have happened, in order."""
    if _ACCIDENT.search(doc.text) and not _VIOLENCE.search(doc.text):
        return []
    sentence = _Sentence(doc, people, lexicon)
    sentence.run()
    return sorted(sentence.found.values(), key=lambda h: h.counted.first)


class _Sentence(HarmWords):
    """Reads harm words, then what takes several words to say: tolls, rates, lists and parts."""

    def run(self) -> None:
        for i, reading in self.harm.items():
            token = self.doc[i]
            if reading.role in (HarmRole.TRANSITIVE, HarmRole.INTRANSITIVE):
                self._verb(token, reading)
            elif reading.role is HarmRole.ADJECTIVE:
                self._adjective(token, reading.effect)
            else:
                self._noun(token, reading)
        self._phrases()
        self._tolls()
        self._rates()
        self._among_them()
        self._the_dead()
        self._parts()
        self._one_of()
        self._kin()
        self._lives_lost()
        self._elliptic()
        self._died_of_it()

    _DIED = re.compile(
        r"\b(?:where|and|but|who|he|she)(?: (?:he|she|who|has|had))?(?: (?:later|subsequently|eventually|since|also))? "
        r"(?:(?:was )?(?:later )?(?:pronounced|declared) dead|died\b|succumbed|passed away)",
        re.IGNORECASE,
    )

    def _died_of_it(self) -> None:
        """ "A man was shot in the chest and taken to hospital, where he was pronounced dead": one dead, none wounded."""
        for m in self._DIED.finditer(self.text):
            before = [h for h in self.found.values() if h.counted.start < m.start()]
            last = max(before, key=lambda h: h.counted.start, default=None)
            if (
                last is None
                or last.effect is not Effect.WOUNDED
                or not last.counted.low == last.counted.high == 1
            ):
                continue
            if sum(h.effect is Effect.WOUNDED for h in before) == 1:
                last.effect = Effect.KILLED

    def _phrases(self) -> None:
        for phrase in self.lexicon.phrases:
            for m in phrase.pattern.finditer(self.text):
                span = tokens_between(self.doc, m.start(), m.end())
                if phrase.people == "object":
                    patients = self._after(self.doc[span.end - 1]) if m[0].strip() else []
                    if not patients and span.end < len(self.doc):
                        c = self.people.at(span.end)
                        patients = [c] if c else []
                    if patients:
                        patients = (
                            self._group(
                                self.doc[
                                    patients[0].head
                                    if patients[0].head is not None
                                    else patients[0].first
                                ]
                            )
                            or patients
                        )
                else:
                    verb = next(
                        (
                            t
                            for t in span
                            if t.tag_.startswith("VB") and t.dep_ not in ("aux", "auxpass")
                        ),
                        span[0],
                    )
                    if span[0].lower_ in ("with", "in") and span[0].head.tag_.startswith("VB"):
                        verb = span[0].head
                    if (
                        phrase.people == "subject"
                        and any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
                        and not self._perfect(verb)
                    ):
                        continue  # "must be treated"
                    found = (
                        self._objects(verb) if span[0].lower_ == "with" else []
                    )  # "police found a man with gunshot wounds"
                    patients = (
                        found
                        or self._subjects(verb)
                        or self._subjects(span[0])
                        or self._before(span[0])
                    )
                for c in patients:
                    if (
                        c.head is not None
                        and not c.known
                        and c.kind is not Kind.NAME
                        and "lives" not in m[0].lower()
                    ):
                        continue
                    if (
                        phrase.effect is Effect.DISPLACED
                        and _MOVED.search(m[0])
                        and not self._may_flee(c)
                    ):
                        continue
                    if (
                        phrase.effect is Effect.KILLED
                        and (old := self.found.get(c.first))
                        and old.effect is Effect.WOUNDED
                    ):
                        del self.found[c.first]
                    self.add(c, phrase.effect, span.start)

    def _may_flee(self, c: Counted) -> bool:
        """Whether people who "have left the city" fled it: many, and no soldiers."""
        head = self.doc[c.head].lower_ if c.head is not None else ""
        return c.kind in (Kind.NUMBER, Kind.VAGUE, Kind.DETERMINER) and self.lexicon.people.get(
            head
        ) in (Status.CIVILIAN, Status.UNKNOWN)

    _TOLL = re.compile(
        r"\b(?:tolls?|body count|number of (?:[\w-]+ ){0,3}?(?:dead|deaths|victims|casualties|people killed|those killed|killed|wounded|injured|fatalities|martyrs))\b",
        re.IGNORECASE,
    )

    _TOLL_LINK = re.compile(
        r"^(?:[^.;]{0,120}?\b(?:of|to|at|is|was|has reached|reached|reaching|rises to|above|tops|topped|exceeded|exceeds|exceeding|as|stood at|stands at|now|passed|hit|was put at))\s+$",
        re.IGNORECASE,
    )

    def _tolls(self) -> None:
        for m in self._TOLL.finditer(self.text):
            effect = Effect.WOUNDED if re.search(r"wounded|injured", m[0]) else Effect.KILLED
            word = tokens_between(self.doc, m.start(), m.end())
            for c in self.people.all:
                between = self.text[m.end() : c.start]
                headline = (
                    c.head is None
                    and re.search(
                        r"\bat (?:the )?least\b|\bover\b|\bmore than\b",
                        self.text[c.start : c.end],
                        re.IGNORECASE,
                    )
                    and re.fullmatch(r"[^.;,]{0,60} ", between)
                )
                if (
                    c.start >= m.end()
                    and c.kind in (Kind.NUMBER, Kind.VAGUE)
                    and (headline or self._TOLL_LINK.match(between))
                ):
                    if c.first not in self.found:
                        self._take_people(c, m.end())
                        self.add(c, effect, word.start)
                    break

    def _take_people(self, c: Counted, start: int) -> None:
        """ "The toll for Russian soldiers killed rose to 18": the number counts those soldiers; a name that
        follows a bare number is nobody's."""
        if c.head is not None and not c.known:
            c.head, c.who = None, None
        plural = next(
            (
                h
                for h in self.found.values()
                if h.counted.kind is Kind.PLURAL and start <= h.counted.start < c.start
            ),
            None,
        )
        if c.head is None and plural is not None:
            del self.found[plural.counted.first]
            c.head, c.who = plural.counted.head, plural.counted.who

    def _rates(self) -> None:
        """ "dying at a rate of one a day": the number counts those who die."""
        for c in self.people.all:
            if c.first in self.found or c.head is not None or not RATE.match(self.text[c.end :]):
                continue
            verbs = [i for i in self.harm if i < c.first]
            if not verbs:
                continue
            patient = next(
                (
                    h
                    for h in self.found.values()
                    if h.word == verbs[-1] and h.counted.kind is Kind.PLURAL
                ),
                None,
            )
            if patient is not None:
                del self.found[patient.counted.first]
                c.who, c.head = patient.counted.who, patient.counted.head
            self.add(c, self.harm[verbs[-1]].effect, verbs[-1])

    _PART = re.compile(
        r"\b(?:including|among them|amongst them|among whom|of whom|most of them|some of them|as well as|along with|together with|in addition to|besides|with him|plus)\b",
        re.IGNORECASE,
    )

    def _parts(self) -> None:
        """Parts of a figure: "including two women", "10 of them children", "a child among them"."""
        for m in self._PART.finditer(self.text):
            whole = self._latest(m.start())
            if whole is None:
                continue
            span = tokens_between(self.doc, m.start(), m.end())
            cue = m[0].lower()
            follow = [
                c
                for c in self.people.all
                if c.first == span.end
                or (
                    c.first == span.end + 1
                    and (
                        self.doc[span.end].text in (",", ":")
                        or self.doc[span.end].tag_ in ("PRP$", "DT")
                    )
                )
            ]
            is_part = cue not in (
                "as well as",
                "along with",
                "together with",
                "in addition to",
                "besides",
                "with him",
                "plus",
            )
            if follow:
                self._list_from(
                    follow[0].first, whole.effect, whole.word, whole.counted if is_part else None
                )
            elif (
                is_part
                and "among" in cue
                and span.start
                and (c := self.people.at(span.start - 1))
                and c.last == span.start - 1
                and c.first not in self.found
            ):
                self.add(c, whole.effect, whole.word, whole.counted)
        for c in self.people.all:  # a lost comma: "kill 120 fighters over 60 mercenaries"
            if (
                c.kind is Kind.NUMBER
                and c.head is not None
                and c.first not in self.found
                and not any(i in self.harm for i in range(c.first, min(c.last + 3, len(self.doc))))
            ):
                before = next(
                    (
                        h
                        for h in self.found.values()
                        if h.counted.last == c.first - 1 and h.counted.kind is Kind.NUMBER
                    ),
                    None,
                )
                if before is not None and c.known:
                    self.add(c, before.effect, before.word, before.counted)
        for c in self.people.all:
            if c.of_them and c.first not in self.found and (whole := self._latest(c.start)):
                self.add(c, whole.effect, whole.word, whole.counted)

    def _among_them(self) -> None:
        """ "Ten children were among 48 people killed"; "among the dead in the raids were two women"."""
        for t in self.doc:
            if t.lower_ not in ("among", "amongst"):
                continue
            whole, effect, word = self._whole_after(t.i + 1)
            if effect is None:
                continue
            j = t.i - 1
            while j >= 0 and (
                self.doc[j].lower_ in BE
                or self.doc[j].tag_ == "RB"
                or self.doc[j].text in (",", "-", "–")
            ):
                j -= 1
            c = self.people.at(j) if j >= 0 else None
            subjects = [
                x
                for b in (self.doc[t.i].head,)
                if b.lower_ in BE
                for s in b.children
                if s.dep_ == "nsubj"
                for x in self._group(s)
            ]
            left = subjects or ([c] if c is not None and c.last == j else [])
            for x in left:
                if x.first not in self.found:
                    self.add(x, effect, word, whole)
            for x in [
                x
                for x in self.people.all
                if left
                and x.last < t.i
                and x.first > left[0].last
                and self.doc[x.first - 1].lower_ == "including"
            ]:
                self._list_from(x.first, effect, word, left[0])
            if left:
                continue
            stop = next(
                (
                    k
                    for k in range(word + 1, min(len(self.doc), word + 14))
                    if self.doc[k].lower_ in ("was", "were", "is", "are")
                ),
                None,
            )
            if stop is not None and not any(
                self.doc[k].text in (",", ";") for k in range(word + 1, stop)
            ):
                k = stop + 1
                while k < len(self.doc) and self.doc[k].tag_ == "RB" and self.people.at(k) is None:
                    k += 1
                self._list_from(k, effect, word, whole)

    def _whole_after(self, i: int) -> tuple[Counted | None, Effect | None, int]:
        """What "among" at i - 1 divides: "the dead", "those killed", "at least 48 people killed", "the victims"."""
        doc = self.doc
        c = self.people.at(i) if i < len(doc) else None
        if c is not None and c.first == i and c.first in self.found:
            h = self.found[c.first]
            return h.counted, h.effect, h.word
        k = i
        while (
            k < len(doc)
            and k < i + 5
            and (
                doc[k].lower_ in ("the", "those", "these", "its", "their", "people", "persons")
                or (doc[k].tag_ in ("CD", "JJ") and k not in self.harm)
                or (
                    k > i
                    and doc[k].lower_ in ("to", "who", "have", "has", "had", "were", "was", "been")
                )
            )
        ):
            k += 1
        if (
            k > i
            and k < len(doc)
            and k in self.harm
            and self.harm[k].form in (Form.PAST, Form.NONE)
        ):
            effect = Effect.KILLED if self.harm[k].role is HarmRole.BODY else self.harm[k].effect
            if effect is Effect.KILLED_OR_WOUNDED:
                latest = self._latest(doc[i].idx)
                return None, latest.effect if latest else None, k
            return None, effect, k
        return None, None, i

    _THE_DEAD = re.compile(
        r"(?:(?<!of )|(?<=rest of ))\b(?:the|those) (?P<harm>dead|killed|wounded|injured|missing|fatalities|displaced|captured|detained|arrested|martyrs)\b[^.;]{0,40}? (?:were|was|are|include|included|includes|including)(?: mostly| mainly| all| also| largely)? (?=\w)",
        re.IGNORECASE,
    )

    def _the_dead(self) -> None:
        """ "The dead include two women"; "those killed were mostly residents"."""
        for m in self._THE_DEAD.finditer(self.text):
            span = self.doc.char_span(m.start("harm"), m.end("harm"))
            if span is None or (reading := self.harm.get(span.start)) is None:
                continue
            for c in self.people.all:
                if c.start == m.end() and c.first not in self.found:
                    self._list_from(c.first, reading.effect, span.start, None)

    def _one_of(self) -> None:
        """ "Greer was one of three people shot": what befell the others befell him."""
        for t in self.doc[:-2]:
            if t.lower_ != "one" or t.head.lower_ not in BE or self.doc[t.i + 1].lower_ != "of":
                continue
            whole = next(
                (h for h in self.found.values() if t.i + 2 <= h.counted.first <= t.i + 3), None
            )
            for c in self._subjects(t.head) if whole is not None else []:
                if (
                    whole is not None
                    and c.first not in self.found
                    and c.kind in (Kind.NAME, Kind.SINGLE)
                ):
                    self.add(c, whole.effect, whole.word, whole.counted)

    def _kin(self) -> None:
        """Kin told of with someone harmed: "… killed Majed Ahl and his wife", "…, as was his nephew"."""
        for c in self.people.all:
            own = c.first if self.doc[c.first].tag_ == "PRP$" else c.first - 1
            if (
                c.first in self.found
                or c.kind not in (Kind.SINGLE, Kind.NUMBER)
                or own < 2
                or self.doc[own].tag_ != "PRP$"
            ):
                continue
            whole = self._latest(c.start)
            if whole is None or whole.counted.kind not in (Kind.NAME, Kind.SINGLE, Kind.DEFINITE):
                continue
            joined = self.doc[own - 1].lower_ == "and" and whole.counted.last in (own - 2, own - 3)
            if joined or self.doc[own - 2 : own].text.lower() in (
                "as was",
                "as were",
                "so was",
                "so were",
            ):
                self.add(c, whole.effect, whole.word)

    _LIVES_LOST = re.compile(
        r"(?:,? (?:who )?(?:have|had|has))?(?: (?:were|was|been|being|already))* (?:lost|claimed|taken|cut short)\b",
        re.IGNORECASE,
    )

    def _lives_lost(self) -> None:
        """ "Half a million lives lost"."""
        for c in self.people.all:
            if (
                c.head is not None
                and self.doc[c.head].lower_ == "lives"
                and c.first not in self.found
                and c.kind in (Kind.NUMBER, Kind.VAGUE, Kind.DETERMINER)
            ):
                if self._LIVES_LOST.match(self.text, self.doc[c.last].idx + len(self.doc[c.last])):
                    self.add(c, Effect.KILLED, c.last)

    def _elliptic(self) -> None:
        """ "12 killed and more than 70 wounded": a bare number right before a harm word."""
        for i, reading in self.harm.items():
            c = self.people.at(i - 1) if i else None
            if (
                c is not None
                and c.last == i - 1
                and c.head is None
                and c.first not in self.found
                and c.kind in (Kind.NUMBER, Kind.VAGUE)
            ):
                self.add(c, reading.effect, i)
