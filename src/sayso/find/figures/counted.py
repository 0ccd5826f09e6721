"""Who could be counted in a sentence: "at least two Tunisian men", "a soldier", "civilians", a name.

Nothing here says that anything happened to them; `figures` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Token

from sayso.find.phrases import KIN, NOT_NAMES, Phrases
from sayso.language.inflection import Form
from sayso.language.lexicon import HarmRole, Lexicon
from sayso.language.numerals import Quantity, Sort, find_quantities
from sayso.model import Status
from sayso.model.parsed import tokens_between

_PARTITIVE = frozenset({"them", "whom", "those", "these", "which", "us"})
# Before a number that is a year after all: "in 2015 people fled", "since March 2011".
# "KABUL —", "SAN SALVADOR, 3 JAN 90 --", "Kabul, Oct. 8 (AFP) —": nobody is named there.
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+,? ?){1,4}(?:[A-Z][a-z]+,? ?)?(?:--|—|–) "
    r"|(?:[A-ZÀ-Þ][\w.'’-]*,? ?){1,6}(?:,? ?\d{1,2} \w+\.? \d{2,4}|,? \w+\.? \d{1,2}(?:, \d{4})?|(?= ?\())(?: ?\([^)]{2,40}\))? ?(?:--|—|–) "
)
_DATED = re.compile(
    r"(?:\b(?:in|since|of|by|during|until|till|from|early|late|mid|year|season|spring|summer|autumn|fall|winter|"
    r"jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|[a-z]+ber|january|february|march|april|august)|\d)[.,]? ?-?$",
    re.IGNORECASE,
)
# Singular nouns for people that name no single person.
_GROUPS = frozenset(
    "army family group population gang police staff side aid life lives body team crew personnel militia patrol senior".split()
)
# Words for what befell people that can stand for them.
_HARM_ALONE = frozenset(
    "dead killed wounded injured hurt missing displaced deaths injuries fatalities dead.".split()
)
_ARTICLES = frozenset("a an another the his her their my our its every".split())
_PLURAL_NOUNS = frozenset("people women children men troops others staff personnel police".split())


class Kind(StrEnum):
    """How the number is given."""

    NUMBER = "number"
    VAGUE = "vague"
    DETERMINER = "determiner"
    ZERO = "zero"
    SINGLE = "single"  # a soldier
    DEFINITE = "definite"  # the soldier
    PLURAL = "plural"  # soldiers
    NAME = "name"


@dataclass(slots=True, eq=False)
class Counted:
    """A candidate. Tokens `first` to `last` are the phrase, `head` its noun if there is one;
    `start` and `end` are the characters of the quantity within the sentence, `who` those of the
    people without it. `known` is true when the noun is one of ours for people."""

    first: int
    last: int
    head: int | None
    start: int
    end: int
    low: int | None
    high: int | None
    approx: bool
    kind: Kind
    who: tuple[int, int] | None
    known: bool
    of_them: bool = False
    aged: bool = False  # "the 16-year-old boy": described anew


class People(Phrases):
    """Every candidate of a sentence, found once, looked up by token."""

    def __init__(
        self,
        doc: Doc,
        lexicon: Lexicon,
        not_counts: Iterable[tuple[int, int]] = (),
        title: bool = False,
    ) -> None:
        super().__init__(doc, lexicon, title)
        self.all: list[Counted] = []
        taken: set[int] = set()
        blocked = list(not_counts)
        self._quantities = [
            q
            for q in find_quantities(self._text)
            if not re.search(r"\bhow $", self._text[: q.start], re.IGNORECASE)
        ]
        for quantity in self._quantities:
            if any(
                s < quantity.end and quantity.start < e for s, e in blocked
            ) and not self._counts_people(quantity):
                continue
            if self.all and doc[self.all[-1].last].idx >= quantity.start:
                continue  # within the people already counted: "32 of the 40 dead"
            found = self._quantified(quantity)
            if found is not None:
                self.all.append(found)
                taken.update(range(found.first, found.last + 1))
            elif quantity.sort is Sort.VAGUE:  # "Tens of vehicles": "Tens" is nobody either
                taken.add(tokens_between(doc, quantity.start, quantity.end).end - 1)
        dateline = m.end() if (m := _DATELINE.match(self._text)) else 0
        for token in doc:
            if (
                token.idx >= dateline
                and token.i not in taken
                and (found := self._unquantified(token, taken))
            ):
                self.all.append(found)
                taken.update(range(found.first, found.last + 1))
        self.all.sort(key=lambda c: c.first)

    def _counts_people(self, q: Quantity) -> bool:
        """Whether what looks like a year is a count: "1300 killed", "killing 1500 people"."""
        if _DATED.search(self._text[: q.start]) or not (
            following := re.match(r" ([\w-]+)", self._text[q.end :])
        ):
            return False
        if q.start == 0 and q.low and q.low % 10:
            return False  # "2013 Jihadists expand in the north": a count that looks so much like a year is one
        word = following[1].lower()
        return self.is_person(word) or any(
            r.form is Form.PAST or r.role is HarmRole.ADJECTIVE
            for r in self._lexicon.harm.get(word, ())
        )

    def at(self, i: int) -> Counted | None:
        """The candidate that the token belongs to; the one it heads, if any."""
        inside = [c for c in self.all if c.first <= i <= c.last]
        return min(inside, key=lambda c: (c.head != i, c.last - c.first), default=None)

    def _quantified(self, q: Quantity) -> Counted | None:
        """The candidate that a quantity begins, or None when it counts no people."""
        doc = self._doc
        span = tokens_between(doc, q.start, q.end)
        first, last = span.start, span.end - 1
        if self._is_age(first, last) or self._text[q.end : q.end + 1] == "%":
            return None
        i, of_them = last + 1, False
        while i < len(doc) and doc[i].is_space:
            i += 1
        if i < len(doc) and doc[i].lower_ == "others":
            return self._make(q, first, i, i, True)
        if i + 1 < len(doc) and doc[i].lower_ == "of":
            i, last, of_them = self._after_of(i + 1, last)
            if not of_them and self._is_share_of_a_number(q, i, last):
                return None  # "one of an estimated 500 fighters"
        while (
            i < len(doc)
            and doc[i].lower_ in ("the", "his", "its", "their", "her")
            and not of_them
            and q.sort is Sort.DETERMINER
        ):
            i += 1
        phrase = self.noun_phrase(i)
        if phrase is None and self._text.startswith("-strong", q.end):
            while i < len(doc) and doc[i].text in ("-", "strong"):
                i += 1
            phrase = self.noun_phrase(i)
        if phrase is None:
            return self._without_noun(q, first, last, i, of_them)
        head, end = phrase
        if self._is_claimant_of(first, last, head):
            return self._make(q, first, last, None, False, of_them)
        known = self._is_person_head(head) or doc[head].lower_ in self._lexicon.harm
        if not known and not self._may_be_people(q, head, last):
            return self._make(q, first, last, None, False, True) if of_them else None
        return self._make(
            q, first, self._with_of(head, end), head, known, of_them, self._who(i, head, end)
        )

    def _after_of(self, i: int, last: int) -> tuple[int, int, bool]:
        """Where the noun begins after "of" at i - 1, the last token before it, and whether "of them" came."""
        doc = self._doc
        if doc[i].lower_ in _PARTITIVE or doc[i : i + 2].text.lower() in (
            "this number",
            "that number",
        ):
            last = i + (doc[i].lower_ in ("this", "that"))
            i = last + 1
            while i < len(doc) and doc[i].lower_ in (
                "are",
                "were",
                "is",
                "was",
                "being",
                "from",
                "the",
            ):
                i += 1
            return i, last, True
        while i < len(doc) and (
            self._tag[i] in ("DT", "PRP$", "PDT", "CD") or doc[i].lower_ == "remaining"
        ):
            i += 1
        return i, last, False

    def _is_share_of_a_number(self, q: Quantity, i: int, last: int) -> bool:
        """Whether another number stands in the of-phrase, which is what is counted."""
        if not (q.low == q.high == 1 or q.sort is Sort.DETERMINER):
            return False
        noun = self._doc[i].idx if i < len(self._doc) else q.end
        after_of = self._doc[last + 2].idx if last + 2 < len(self._doc) else -1
        numbers = [n for n in self._quantities if n.sort in (Sort.NUMBER, Sort.VAGUE)]
        return any(q.end < n.start < noun or n.start == after_of for n in numbers)

    def _without_noun(
        self, q: Quantity, first: int, last: int, i: int, of_them: bool
    ) -> Counted | None:
        """A quantity by itself: "109 died", "many more were wounded"."""
        if (
            i < len(self._doc)
            and self._doc[i].lower_ == "more"
            and not of_them
            and q.sort is not Sort.ZERO
        ):
            return self._make(q, first, i, None, False)
        followed_by_verb = last + 1 < len(self._doc) and self._is_verb(last + 1)
        if q.sort is Sort.DETERMINER and not of_them and not followed_by_verb:
            return None
        return self._make(q, first, last, None, False, of_them)

    def _may_be_people(self, q: Quantity, head: int, last: int) -> bool:
        """Whether a noun that is not among our words for people may name some all the same."""
        if self._doc[head].lower_ in self._lexicon.things or q.sort in (Sort.ZERO, Sort.DETERMINER):
            return False
        return self._tag[head] != "NNP" or (q.sort is Sort.NUMBER and head > last + 1)

    def _is_claimant_of(self, first: int, last: int, head: int) -> bool:
        """Whether the noun after a bare number names who tells it, as where the comma is lost: "killed 12 and
        wounded 50 state media reported"."""
        word = self._doc[head].lower_
        before, after = self._doc[first - 1].lower_ if first else "", self._doc[last + 1].lower_
        harm = before in self._lexicon.harm or after in self._lexicon.harm
        joined = (
            word != "agency" and head + 1 < len(self._doc) and self._doc[head + 1].lower_ == "and"
        )
        return (
            harm
            and not joined
            and (word in self._lexicon.claimant_words or word == "agency")
            and not (word in self._lexicon.people or word in self._lexicon.things)
        )

    def _is_age(self, first: int, last: int) -> bool:
        doc = self._doc
        before = doc[first - 1].lower_ if first else ""
        after = doc[last + 1].lower_ if last + 1 < len(doc) else ""
        if before in ("age", "aged", "ages", "of age", "no", "no.", "number", "chapter", "article"):
            return True
        if first == last and doc[first].text.isdigit() and len(doc[first].text) <= 3:
            if (
                before == ","
                and after in (",", ".", ";", ")", "")
                and first >= 2
                and doc[first - 2].is_alpha
            ):
                if doc[first - 2].lower_ not in self._lexicon.harm:
                    return True  # "Boy, 12, shot"
            if before == "(" and after == ")":
                return True
        return False

    def _make(
        self,
        q: Quantity,
        first: int,
        last: int,
        head: int | None,
        known: bool,
        of_them: bool = False,
        who: tuple[int, int] | None = None,
    ) -> Counted:
        if head is not None and who is None:
            who = self._who(head, head, last)
        if head is not None and self._doc[head].lower_ in _HARM_ALONE:
            who = None  # "12 dead" names nobody
        return Counted(
            first,
            last,
            head,
            q.start,
            q.end,
            q.low,
            q.high,
            q.approx,
            Kind(q.sort.value),
            who,
            known,
            of_them,
        )

    def _unquantified(self, token: Token, taken: set[int]) -> Counted | None:
        """The candidate without a quantity that begins at the token: "a soldier", "civilians", a name."""
        doc, lower, tag = self._doc, token.lower_, self._tag[token.i]
        if lower in _ARTICLES:
            return self._after_article(token, taken)
        if aged := self._aged(token, taken):
            return aged
        if lower in ("someone", "somebody"):
            words = (token.idx, token.idx + len(token))
            return Counted(token.i, token.i, token.i, *words, 1, 1, False, Kind.SINGLE, words, True)
        if tag == "NNP" and self._could_be_name(token):
            name = self._name(token, taken)
            if name is not None or not self._headline():
                return name
        if token.i and doc[token.i - 1].text == "-" and not doc[token.i - 1].whitespace_:
            return None
        if (
            tag in ("VBN", "VBG")
            and token.dep_ not in ("amod", "compound", "nmod")
            and lower not in self._lexicon.harm
        ):
            return None  # "bringing people", "there have been fatalities": the people begin later
        return (
            self._bare(token, taken)
            if tag in ("NNS", "NNPS", "NN", "JJ", "VBN", "VBG", "NNP")
            else None
        )

    def _after_article(self, token: Token, taken: set[int]) -> Counted | None:
        """ "a soldier", "another woman", "his son", "the 16-year-old boy", "their daughters"."""
        doc, lower = self._doc, token.lower_
        phrase = self.noun_phrase(token.i + 1)
        if phrase is None or phrase[0] in taken or not self._is_person_head(phrase[0]):
            return None
        head, end = phrase
        noun = doc[head].lower_
        singular = (
            self._tag[head] in ("NN", "NNP", "JJ") or noun == "old"
        ) and noun not in _PLURAL_NOUNS
        first, who = token.idx, self._who(token.i + 1, head, end)
        if lower in ("a", "an", "another"):
            return (
                Counted(
                    token.i,
                    end,
                    head,
                    first,
                    first + len(token),
                    1,
                    1,
                    False,
                    Kind.SINGLE,
                    who,
                    True,
                )
                if singular
                else None
            )
        kin = lower != "the" and re.sub(r"s$", "", noun) in KIN
        if singular:
            aged = self._after_age(token.i + 1) > token.i + 1 and noun != "old"
            kind = Kind.SINGLE if lower != "the" and noun in KIN else Kind.DEFINITE
            return Counted(
                token.i, end, head, first, who[1], 1, 1, False, kind, who, True, aged=aged
            )
        return Counted(
            token.i,
            end,
            head,
            first,
            who[1],
            2,
            None,
            False,
            Kind.PLURAL if kin else Kind.DEFINITE,
            who,
            True,
        )

    def _aged(self, token: Token, taken: set[int]) -> Counted | None:
        """Who begins with an age: "61-year-old Majed Ahl", a headline's "10-year-old girl"."""
        doc = self._doc
        after = named = self._after_age(token.i)
        if after == token.i:
            return None
        while named < len(doc) and (doc[named].is_space or doc[named].text == ","):
            named += 1
        if named < len(doc) and self._tag[named] in ("NNP", "NNPS") and named not in taken:
            capital = doc[named].text[0].isupper() and not self.is_person(doc[named].text)
            if capital and (name := self._name(doc[named], taken)):
                return Counted(
                    token.i,
                    name.last,
                    name.head,
                    name.start,
                    name.end,
                    1,
                    1,
                    False,
                    Kind.NAME,
                    name.who,
                    False,
                )
        if token.i and self._tag[token.i - 1] in ("DT", "PRP$", "JJ"):
            return None
        phrase = self.noun_phrase(token.i)
        if (
            phrase is None
            or phrase[0] in taken
            or not self._is_person_head(phrase[0])
            or self._tag[phrase[0]] == "NNS"
        ):
            return None
        stop, who = doc[after - 1].idx + len(doc[after - 1]), self._who(token.i, *phrase)
        return Counted(
            token.i,
            phrase[1],
            phrase[0],
            token.idx,
            stop,
            1,
            1,
            False,
            Kind.SINGLE,
            who,
            True,
            aged=True,
        )

    def _bare(self, token: Token, taken: set[int]) -> Counted | None:
        """ "civilians", "women and children"; in a headline also "man"."""
        doc = self._doc
        phrase = self.noun_phrase(token.i)
        if phrase is None or phrase[0] in taken or not self._is_person_head(phrase[0]):
            return None
        if (
            token.i
            and self._tag[token.i - 1] in ("DT", "PRP$", "POS", "CD")
            and doc[token.i - 1].lower_ not in ("as", "that")
        ):
            return None
        head, end = phrase
        noun = doc[head].lower_
        start, stop = self._who(token.i, head, end)
        if self._tag[head] not in ("NNS", "NNPS") and noun not in _PLURAL_NOUNS:
            one = (
                (self.is_person(noun) or self._tag[head] == "JJ")
                and noun not in _GROUPS
                and noun not in self._lexicon.harm
            )
            if not (one and self._headline()):
                return None
            return Counted(
                token.i, end, head, token.idx, stop, 1, 1, False, Kind.SINGLE, (start, stop), True
            )
        if noun == "forces":
            return None  # who fights, seldom who is harmed
        while (
            end + 2 < len(doc)
            and doc[end + 1].lower_ == "and"
            and self._tag[end + 2] in ("NNS", "NNPS")
            and self.is_person(doc[end + 2].text)
        ):
            end += 2
            stop = doc[end].idx + len(doc[end])
        return Counted(
            token.i,
            self._with_of(head, end),
            head,
            start,
            stop,
            2,
            None,
            False,
            Kind.PLURAL,
            (start, stop),
            True,
        )

    def _name(self, token: Token, taken: set[int]) -> Counted | None:
        """The name that begins at the token, unless its last word says that it is none."""
        doc, end = self._doc, token.i
        while (
            end + 1 < len(doc)
            and end + 1 not in taken
            and (self._tag[end + 1] in ("NNP", "HYPH") or doc[end + 1].text in ("-", "al", "bin"))
            and not NOT_NAMES.match(doc[end + 1].text)
        ):
            if doc[end + 1].lower_ in self._lexicon.harm:
                break
            end += 1
        if (
            end + 1 < len(doc)
            and self._tag[end + 1] in ("NN", "NNS")
            and self.is_person(doc[end + 1].text)
        ):
            return None  # "Chicago man"
        head_word = doc[end].lower_
        start, stop = token.idx, doc[end].idx + len(doc[end])
        if (
            self.is_person(head_word)
            and self._tag[end] == "NNP"
            and doc[end].text != self._text[: len(doc[end])]
        ):
            return None
        if self._lexicon.actor_pattern.match(doc[token.i : end + 1].text) and end > token.i + 1:
            return None  # "Ahrar al-Sham Movement"
        if head_word in self._lexicon.things or head_word in self._lexicon.claimant_words:
            return None
        return Counted(token.i, end, end, start, stop, 1, 1, False, Kind.NAME, (start, stop), False)

    def _could_be_name(self, token: Token) -> bool:
        if not (token.text[0].isupper() or token.lower_ in ("al", "el", "bin")) or NOT_NAMES.match(
            token.text
        ):
            return False
        if self._lexicon.actor_pattern.fullmatch(token.text):
            return False
        if re.fullmatch(r"[A-Z]{3,}s?|(?:[A-Z]\.){2,}", token.text):
            return False  # an acronym: an agency, a country
        if any(ch.isdigit() for ch in token.text):
            return False  # F-16
        if (
            token.lower_ in self._lexicon.people
            or token.lower_ in self._lexicon.things
            or token.lower_ in self._lexicon.harm
        ):
            return False
        return (
            token.i == 0
            or self._tag[token.i - 1] not in ("NNP", "DT", "PRP$", "POS", "HYPH", "IN")
            or token.nbor(-1).lower_ in ("of", "including", "that", "as", "with", "killed", "by")
        )


def status_of(counted: Counted, doc: Doc, lexicon: Lexicon) -> Status:
    """The status that the words of the phrase give."""
    if counted.who is None:
        return Status.UNKNOWN
    words = doc.text[counted.who[0] : counted.who[1]]
    if counted.kind is Kind.NAME:
        return Status.UNKNOWN
    return lexicon.status(words)
