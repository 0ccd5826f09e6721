"""Claimants by name: short forms, pronouns and quotations resolved to the fullest name in the report."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from sayso.find.speech.cues import find_cues, governing, headline_tail
from sayso.find.speech.names import BODY_NAME, NAME, fullest_name, without_headlines
from sayso.find.speech.reporting import PRONOUNS, Cue
from sayso.language.lexicon import Lexicon
from sayso.language.quotations import quotations
from sayso.model import Source, SourceType
from sayso.model.parsed import Parsed, Sentence

POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they"}
_SHORT_FORMS = frozenset(
    (
        "mission commission delegation embassy institute association society bureau company force source sources group monitor statement report agency organization organisation official ministry network observatory "
        "spokesman spokeswoman activist activists website channel newspaper watchdog charity body paper institution committee "
        "center centre correspondent officer commander minister general doctor director chief resident witness man woman mother "
        "father military army team coalition union council officials department spokesperson office party reporter journalist "
        "coroner sheriff police prosecutor post governor bulletin mayor court"
    ).split()
)
# "The army" is nobody who was named, and "the minister" no ministry.
_ONLY_BODIES = frozenset(
    "army military police ministry government force coalition council court union embassy".split()
)
_ONLY_PERSONS = frozenset("minister governor mayor president prosecutor coroner sheriff".split())
# What reports call a monitoring body before or after they name it, and a word of such names.
_MONITOR = re.compile(
    r"\b(?:(?:monitor|watchdog|NGO|observatory)s?|(?:monitoring|rights|activist|campaign|opposition|advocacy|aid|medical) (?:group|organi[sz]ation|charity|network|body|agency))$",
    re.IGNORECASE,
)
_MONITOR_NAME = re.compile(
    r"\b(?:Observatory|Network|Watch|Amnesty|Monitor|Rights|Cent(?:er|re)|Committees?|Commission|Society|Council)\b"
)
# Offices that one person holds at a place: "the provincial governor" is the governor the report names.
_OFFICES = frozenset(
    "governor mayor sheriff coroner minister president premier chancellor ambassador spokesman spokeswoman spokesperson commander chairman director chief ministry prosecutor".split()
)
_TALLY_OF = re.compile(
    r"^(?:(?:an?|the|its|their) )?(?:new |latest |updated |official )?(?!January|February|March|April|May|June|July|August|September|October|November|December)([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)(?:['’]s|s['’])? (?:toll|tally|count|figures|data|report|statement|records)$"
)
_TALLY_FROM = re.compile(
    r"^(?:(?:an?|the|its|their) )?(?:[\w-]+ )*(?:toll|tally|tallies|count|statement|report|figures|data|update|bulletin|estimate|estimates|numbers|information|records) (?:(?:kept |issued |compiled |published |released |prepared )?by|from|of) ((?:the )?\S.*)$",
    re.IGNORECASE,
)
# Words for one person, who is "he" or "she" even as "a spokesman for the network".
_PERSON = re.compile(
    r"\b(?:spokes(?:man|woman|person)|director|head|chief|officer|official|commander|minister|governor|mayor|president|leader|"
    r"member|activist|doctor|journalist|resident|lawyer|secretary|general|colonel|captain|analyst|expert|commentator|professor|"
    r"researcher|historian|correspondent|reporter|envoy|ambassador|prosecutor|judge|soldier|fighter|villager|teacher|imam|elder|"
    r"survivor|witness|nurse|medic|surgeon|engineer|farmer|shopkeeper|pilot|sergeant|lieutenant|brigadier|photographer)\b",
    re.IGNORECASE,
)
_PRONOUN_SAID = re.compile(r"\b([Hh]e|[Ss]he|[Tt]hey) (said|added|says|told)\b")
# Several speakers, which are "they".
SEVERAL = re.compile(r"^(?!.*\b(?:of|for|in|at|from)\b).*\b(?:[a-z]+[^\Ws]s)$")
_NOT_NAMES = frozenset(
    "he she it they we i who this that monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split()
)
_LIGHT_SPEAKER = re.compile(
    rf"(?:(?P<before>{NAME.pattern})(?: \([A-Z]+\))?(?: (?:monitor|watchdog|group|agency))?(?:, [^,.]{{3,60}},)? (?:said|told|added|announced|reported|stated|confirmed|says|adds)\b"
    rf"|(?P<noun>\b(?:an?|the|one|two|some|several|local|many)(?: [\w’'-]+){{0,4}}? (?:official|source|spokesm[ae]n|spokeswoman|resident|witness|activist|monitor|doctor|medic|commander|officer|fighter|soldier|minister|governor|group|ministry|agency|statement|observatory)s?) (?:said|told|added)\b"
    rf"|according to (?:the )?(?P<to>{NAME.pattern})|said (?P<after>{NAME.pattern}))"
)


@dataclass(frozen=True, slots=True)
class Claimant:
    """A claimant at one place: the fullest name, the words there with their offsets in the part, and
    the outlet its words came through."""

    name: str | None
    text: str | None
    start: int | None
    end: int | None
    cue: str
    via: Source | None = None


# In words. Further on, a sentence has mostly turned to something else ("…, however it noted that").
_DENIAL_REACHES = 10


class Speakers:
    """Resolves claimants of one report: short forms and pronouns to the fullest name."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self._parsed = parsed
        self._lexicon = lexicon
        self._whole = re.sub(
            r"\s", " ", without_headlines(f"{parsed.report.title} .\n{parsed.report.text}")
        )
        self._quotations = {
            part: quotations(parsed.report.part(part), single=False) for part in ("title", "text")
        }
        self._cues: dict[int, list[Cue]] = {}
        self._named: list[tuple[int, str]] = []  # (sentence, name), in order
        for sentence in parsed.sentences:
            self._learn(sentence)

    def _learn(self, sentence: Sentence) -> None:
        if sentence.doc is None:
            for m in _LIGHT_SPEAKER.finditer(sentence.text):
                if (m["before"] or "").split()[-1:] and m["before"].split()[
                    -1
                ].lower() in _NOT_NAMES:
                    continue
                self._named.append(
                    (sentence.index, m["before"] or m["noun"] or m["to"] or m["after"])
                )
            return
        cues = find_cues(sentence.doc, self._lexicon)
        if self.is_headline(sentence) and not cues and (tail := headline_tail(sentence.doc)):
            cues = [tail]
        self._cues[sentence.index] = cues
        for cue in cues:
            if self._is_only_quoted(sentence, cue):
                continue
            if cue.claimant and self._is_short(cue.claimant, sentence.doc):
                words = self._text(sentence, cue.claimant)[0]
                if words.lower() not in PRONOUNS and (
                    name := self._antecedent(sentence.index, words)
                ):
                    self._named.append((sentence.index, name))
            elif cue.claimant and (name := self.claimant(sentence, cue).name):
                self._named.append((sentence.index, name))
        self._learn_subject(sentence, sentence.doc)

    def _learn_subject(self, sentence: Sentence, doc: Doc) -> None:
        """Who spoke before and is what the sentence is about is again the latest that "he" can be: "Amer Matar is in hope. He says"."""
        subjects = (
            t
            for t in doc
            if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT" and t.tag_ == "NNP"
        )
        subject = next(
            (t for t in subjects if not self.is_quoted(sentence, sentence.offset(t))), None
        )
        if subject is not None:
            spoke = [name for _, name in self._named if subject.text in name.split()]
            self._named += [(sentence.index, name) for name in spoke[-1:]]

    def _is_only_quoted(self, sentence: Sentence, cue: Cue) -> bool:
        """Whether the claimant speaks in a quotation ("… than the generals admit"), and so is not who "he" is after it.

        One with a name counts all the same: quotation marks are often lost.
        """
        assert sentence.doc is not None
        quoted = self.is_quoted(sentence, sentence.offset(sentence.doc[cue.start]))
        return (
            quoted and cue.claimant is not None and self._text(sentence, cue.claimant)[0].islower()
        )

    def _text(self, sentence: Sentence, span: tuple[int, int]) -> tuple[str, int, int]:
        """The claimant's own words in the untouched part, and where they stand."""
        assert sentence.doc is not None
        first, last = sentence.doc[span[0]], sentence.doc[span[1]]
        start, end = first.idx, last.idx + len(last)
        words = sentence.text[start:end]
        start, end = (
            start + len(words) - len(words.lstrip()),
            end - (len(words) - len(words.rstrip())),
        )
        return sentence.text[start:end], sentence.start + start, sentence.start + end

    def _is_short(self, span: tuple[int, int], doc: Doc) -> bool:
        words = [t.lower_ for t in doc[span[0] : span[1] + 1]]
        if len(words) == 1 and (words[0] in PRONOUNS or words[0] in POSSESSIVES):
            return True
        return (
            len(words) == 2
            and words[0] in ("the", "this", "that")
            and words[1] in _SHORT_FORMS
            and doc[span[1]].text[:1].islower()
        )

    def is_headline(self, sentence: Sentence) -> bool:
        """Whether the sentence is the title, or the title again at the head of the text."""
        if sentence.part == "title":
            return True
        title, words = _letters(self._parsed.report.title), _letters(sentence.text)
        return (
            bool(title)
            and sentence.start < 400
            and len(words) < len(title) + 40
            and (title in words or (len(words) > 20 and words in title))
        )

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The names of the bodies that speak in the report, and of the outlets they speak through."""
        told = [self.claimant(s, cue) for s in self._parsed.sentences for cue in self.cues(s)]
        through = {c.via.name for c in told if c.via and c.via.name}
        speaking = {c.name for c in told if c.name and is_body(c.name)}
        return frozenset(
            name
            for name in through | speaking
            if re.match(r"(?:[A-ZÀ-Þ][\w.’'-]*(?: |$)){2,6}$", name)
        )

    def cues(self, sentence: Sentence) -> list[Cue]:
        return self._cues.get(sentence.index, [])

    def is_denied(self, sentence: Sentence, word: Token) -> bool:
        """Whether who speaks of the word says that it is not so, or cannot say."""
        cue = governing(self.cues(sentence), word)
        if cue is None or not cue.denied or not 0 < word.i - cue.start <= _DENIAL_REACHES:
            return False
        return (
            word.doc[cue.end : cue.end + 2].text.lower() != "how many"
        )  # who asks that does not doubt that some were

    def claimant(self, sentence: Sentence, cue: Cue) -> Claimant:
        """The claimant of a cue, with the fullest name the report uses."""
        if cue.claimant is None:
            return Claimant(None, None, None, None, cue.text)
        return self.named(sentence, cue.claimant, cue.text, self._via(sentence, cue))

    def named(
        self, sentence: Sentence, span: tuple[int, int], cue: str, via: Source | None = None
    ) -> Claimant:
        """The claimant that these tokens of the sentence name, with the fullest name the report uses."""
        assert sentence.doc is not None
        text, start, end = self._text(sentence, span)
        name = text
        if self._is_short(span, sentence.doc):
            name = self._antecedent(sentence.index, text) or text
        elif not re.search(
            r"\b[A-Z](?![\w-]*-based\b)", re.sub(r"^(?:The|An?|Some|Local) |NGO", "", text)
        ) and (found := self._described(sentence.index, text)):
            name = found
        elif m := _TALLY_OF.match(text):
            name = fullest_name(m[1], self._whole)
        elif (m := _TALLY_FROM.match(text)) and m[1].lower() not in ("the", ""):
            name = (
                self._antecedent(sentence.index, m[1])
                if m[1].split()[-1] in _SHORT_FORMS and m[1].startswith("the ")
                else None
            ) or fullest_name(m[1], self._whole)
        else:
            name = fullest_name(text, self._whole) if len(text.split()) <= 3 else text
        return Claimant(name, text, start, end, cue, via)

    def _via(self, sentence: Sentence, cue: Cue) -> Source | None:
        """The outlet in between, by the name that is known for it or the fullest in the report."""
        if cue.via is None:
            return None
        text, start, end = self._text(sentence, cue.via)
        name = self.name_of(text)
        return Source(
            name, "via", source_type(name, text, self._lexicon), text=text, start=start, end=end
        )

    def name_of(self, words: str) -> str:
        """The fullest name for words that name a source: the known one among them, or the report's longest."""
        if (known := self._lexicon.sources.get(words)) is not None:
            return max(
                (n for n in (known.name, *known.aliases) if n in words), key=len, default=known.name
            )
        return fullest_name(words, self._whole) if len(words.split()) <= 3 else words

    def _antecedent(self, index: int, words: str) -> str | None:
        """Who a pronoun or short form stands for: the latest name with its noun, of its kind, or at all."""
        words = POSSESSIVES.get(words.lower(), words)
        noun = words.split()[-1].lower().rstrip("s")
        before = [name for i, name in self._named if i <= index]
        if (found := self._described(index, words)) is not None:
            return found
        if words.lower() in PRONOUNS:
            one = words.lower() in ("he", "she", "it")
            before = [n for n in before if not (one and SEVERAL.search(n))] or before
            kind = [
                n
                for n in before
                if (_is_one_person(n) if words.lower() in ("he", "she") else is_body(n))
            ]
            named = (
                [n for n in kind if _PERSON.search(n) or len(re.findall(r"\b[A-Z]", n)) > 1]
                if words.lower() in ("he", "she")
                else []
            )
            before = named or kind or before  # rather a person by office or full name than "Turkey"
        else:
            for name in reversed(before):
                if noun in name.lower() and re.search(rf"\b{re.escape(noun)}", name, re.IGNORECASE):
                    return fullest_name(name, self._whole)
            if noun in _ONLY_BODIES:
                before = [n for n in before if not _is_one_person(n)]
            elif noun in _ONLY_PERSONS:
                before = [n for n in before if _is_one_person(n)]
        if noun in ("source", "report", "statement") and not before:
            return None
        return fullest_name(before[-1], self._whole) if before else None

    def _described(self, index: int, words: str) -> str | None:
        """The name of what a description without a name ("a monitoring group") describes, named before it or else after."""
        noun = words.split()[-1] if words.strip() else ""
        if _MONITOR.search(words):
            wanted = _MONITOR_NAME
        elif noun.lower() in _OFFICES:
            wanted = re.compile(rf"\b{noun}\b", re.IGNORECASE)
        else:
            return None
        names = [n for i, n in reversed(self._named) if i <= index] + [
            n for i, n in self._named if i > index
        ]
        for name in names:
            if wanted.search(name) and re.search(r"(?<!^)\b[A-Z]", name) and name != words:
                return fullest_name(name, self._whole)
        return None

    def of_quotation(self, sentence: Sentence, position: int) -> Claimant | None:
        """The speaker of the quotation that the position stands in, from the sentences that hold its ends."""
        quote = next((q for q in self._quotations[sentence.part] if q[0] <= position < q[1]), None)
        if quote is None:
            return None
        around = [
            s
            for s in self._parsed.sentences
            if s.part == sentence.part and s.start < quote[1] + 3 and s.end > quote[0] - 3
        ]
        part = self._parsed.report.part(sentence.part)
        closed = part[: quote[1]].rstrip("”\"'’ ")[-1:] in (".", "…")
        for s in sorted(around, key=lambda s: abs(s.index - sentence.index)):
            if s.start >= quote[1] - 1 and closed:
                continue  # the next sentence's own cue: "…go.” Ali said: “…"
            if found := self._speaker_in(s):
                return found
        # A quotation right after one whose speaker is named goes on with the same speaker.
        before = next(
            (
                s
                for s in reversed(self._parsed.sentences[: sentence.index])
                if s.part == sentence.part and s.end <= quote[0] + 1
            ),
            None,
        )
        if before is not None and re.search(r"[”\"]|''", before.text) and quote[0] - before.end < 4:
            if found := self._speaker_in(before):
                return found
        if (
            closed
            and part[quote[0] - 2 : quote[0]].strip() in (".", "", "”")
            and quote[0] == sentence.start
        ):
            last = [n for i, n in self._named if sentence.index - 6 <= i < sentence.index]
            return (
                Claimant(fullest_name(last[-1], self._whole), None, None, None, "said")
                if last
                else None
            )
        return None

    def _speaker_in(self, s: Sentence) -> Claimant | None:
        """The first claimant of the sentence whose cue stands outside quotations."""
        for cue in self.cues(s):
            if s.doc is not None and not self.is_quoted(s, s.start + s.doc[cue.start].idx):
                return self.claimant(s, cue)
        if s.doc is None:
            for m in _LIGHT_SPEAKER.finditer(s.text):
                words = m["before"] or m["noun"] or m["to"] or m["after"]
                at = s.start + s.text.index(words)
                if not self.is_quoted(s, at):
                    return Claimant(
                        fullest_name(words, self._whole), words, at, at + len(words), "said"
                    )
            for m in _PRONOUN_SAID.finditer(s.text):
                if not self.is_quoted(s, s.start + m.start()):
                    return Claimant(
                        self._antecedent(s.index, m[1]),
                        m[1],
                        s.start + m.start(),
                        s.start + m.end(1),
                        m[2],
                    )
        return None

    def is_quoted(self, s: Sentence, position: int) -> bool:
        """Whether the position in the part of the sentence stands in quotation marks."""
        quotations = self._quotations[s.part]
        before = bisect_right(quotations, (position, len(self._whole) + 1)) - 1
        return before >= 0 and position < quotations[before][1]


def is_body(name: str) -> bool:
    """Whether the claimant is a body, medium or document ("it") and no person."""
    return bool(BODY_NAME.search(name)) and not _PERSON.search(
        re.split(r" (?:of|for|in|at|from) ", name)[0]
    )


def _is_one_person(name: str) -> bool:
    """Whether the claimant can be "he" or "she": no body, and somebody with a name or an office, not "the very fact"."""
    return not is_body(name) and bool(
        _PERSON.search(name) or re.search(r"(?<!^)\b[A-Z]|^(?!(?:The|An?) )[A-Z]", name)
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def source_type(name: str | None, text: str | None, lexicon: Lexicon) -> SourceType:
    """What kind of claimant the name says it is."""
    if not name:
        return SourceType.UNKNOWN
    if known := lexicon.sources.get(name):
        return known.type
    proper = any(w[:1].isupper() for w in name.split()[1:]) or (
        name[:1].isupper()
        and name.split()[0].lower()
        not in ("a", "an", "the", "some", "many", "most", "local", "other")
    )
    words = re.findall(r"[\w'-]+", name.lower())
    if not any(w[:1].isupper() for w in name.split()[1:]) and any(
        w in lexicon.unnamed for w in words
    ):
        return SourceType.UNNAMED
    for kind, pattern in lexicon.claimant_types:
        if pattern.search(name):
            return kind
    return SourceType.UNKNOWN if proper else SourceType.UNNAMED


def as_sources(
    claimant: Claimant | None, publisher: Source, lexicon: Lexicon
) -> tuple[Source, ...]:
    """The chain from the publisher inward."""
    if claimant is None:
        return (publisher,)
    said = Source(
        name=claimant.name,
        role="claimant",
        type=source_type(claimant.name, claimant.text, lexicon) if claimant.name else None,
        text=claimant.text,
        start=claimant.start,
        end=claimant.end,
        cue=claimant.cue,
    )
    if claimant.via and not lexicon.sources.is_same(claimant.via.name, publisher.name):
        return publisher, claimant.via, said
    return publisher, said
