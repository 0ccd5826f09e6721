"""Who could be counted in a sentence: "at least two Tunisian men", "a soldier", "civilians", a name.

Nothing here says that anything happened to them; `figures` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Token

from sayso.lexicon import Form, Lexicon, Role
from sayso.model import Status
from sayso.numerals import Quantity, Sort, find_quantities
from sayso.parse import tokens_between

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "CD", "HYPH", "AFX", "RBR"})
# Nouns that call people by what befell them; a verb then says what else did.
NAMED_FOR_IT = frozenset("victim victims prisoner prisoners hostages captives detainees inmates".split())
_PARTITIVE = frozenset({"them", "whom", "those", "these", "which", "us"})
_NOT_NAMES = re.compile(
    r"^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$"
    r"|^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?$"
    r"|^(?:mr|mrs|ms|dr)\.?$|^(?:urgent|breaking|updated?|video|watch|photos?|exclusive|related|tags?|views|url)$",
    re.IGNORECASE,
)
_DEMONYM = re.compile(r"(?:ese|ians?|ans?|is|ish|nch|ch|ns|ots|ks|abs|rds|ews|lims|nnis?|ites|tes)$", re.IGNORECASE)
_ONE_OF_A_PEOPLE = re.compile(r"(?:[^s]ian|[^h]an|ese|[rt]ish|[rl]i)$")
_KIN = frozenset(
    "wife wives husband son sons daughter daughters brother brothers sister sisters mother father parents cousin cousins uncle aunt "
    "child children baby nephew niece grandson granddaughter grandmother grandfather siblings friend girlfriend boyfriend relatives".split()
)


# Those left behind, whom the words after "of" do not only describe: "relatives of a man who was killed".
BEREAVED = _KIN | frozenset("family families friends colleagues parents grandparents widow widows mourners".split())

_AGE = re.compile(
    r"(?:\d{1,3}|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ]\w+)?|\w+teen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ](?:year|month|week|day)s?[- ]olds?\b",
    re.IGNORECASE,
)


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
_HARM_ALONE = frozenset("dead killed wounded injured hurt missing displaced deaths injuries fatalities dead.".split())


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


class People:
    """Every candidate of a sentence, found once, looked up by token."""

    def __init__(self, doc: Doc, lexicon: Lexicon, not_counts: Iterable[tuple[int, int]] = (), title: bool = False) -> None:
        self._doc = doc
        self._text = doc.text  # a Doc builds it anew at each call
        self._lexicon = lexicon
        self._title = title
        self._tag = [t.tag_ for t in doc]
        self.all: list[Counted] = []
        taken: set[int] = set()
        blocked = list(not_counts)
        self._quantities = [q for q in find_quantities(self._text) if not re.search(r"\bhow $", self._text[: q.start], re.IGNORECASE)]
        for quantity in self._quantities:
            if any(s < quantity.end and quantity.start < e for s, e in blocked) and not self._counts_people(quantity):
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
            if token.idx >= dateline and token.i not in taken and (found := self._unquantified(token, taken)):
                self.all.append(found)
                taken.update(range(found.first, found.last + 1))
        self.all.sort(key=lambda c: c.first)

    def _counts_people(self, q: Quantity) -> bool:
        """Whether what looks like a year is a count: "1300 killed", "killing 1500 people"."""
        if _DATED.search(self._text[: q.start]) or not (following := re.match(r" ([\w-]+)", self._text[q.end :])):
            return False
        word = following[1].lower()
        return self.is_person(word) or any(r.form is Form.PAST or r.role is Role.ADJECTIVE for r in self._lexicon.harm.get(word, ()))

    def at(self, i: int) -> Counted | None:
        """The candidate that the token belongs to; the one it heads, if any."""
        inside = [c for c in self.all if c.first <= i <= c.last]
        return min(inside, key=lambda c: (c.head != i, c.last - c.first), default=None)

    def is_person(self, word: str) -> bool:
        word = re.sub(r"['’]s?$", "", word.lower())
        return word in self._lexicon.people and word not in self._lexicon.things

    def _is_person_head(self, i: int) -> bool:
        token = self._doc[i]
        if token.lower_ in ("old", "olds") or _AGE.fullmatch(token.text):
            return True
        if token.lower_ in self._lexicon.things and token.lower_ not in self._lexicon.people:
            return False
        if self.is_person(token.text):
            return True
        if token.text[:1].isupper() and self._tag[i] in ("NNPS", "NNS"):
            return True  # Tunisians
        return token.text[:1].isupper() and bool(_DEMONYM.search(token.text))

    def _is_modifying_harm(self, i: int) -> bool:
        """Whether a harm word here only describes the noun after it ("two wounded soldiers")."""
        doc = self._doc
        if self._headline() and self._tag[i] in ("NNS", "VBZ") and any(r.form is Form.PRESENT for r in self._lexicon.harm[doc[i].lower_]):
            return False  # a headline's "shoots friend"
        if i + 1 >= len(doc) or self._tag[i + 1] not in NOUNS:
            return False
        return doc[i + 1].lower_ not in self._lexicon.harm or doc[i + 1].lower_ in NAMED_FOR_IT

    def noun_phrase(self, i: int) -> tuple[int, int] | None:
        """The head noun and last token of the phrase whose modifiers begin at token i, or None."""
        doc, head, j = self._doc, None, self._after_age(i)
        if j > i and (j == len(doc) or (self._tag[j] not in NOUNS and self._tag[j] not in _MODIFIERS) or self._tag[j] == "VBN"):
            return j - 1, j - 1  # "a 17-year-old was shot"
        while j < len(doc):
            token, tag = doc[j], self._tag[j]
            if tag == "CD" and j > i and doc[j - 1].lower_ in self._lexicon.harm:
                break  # "seven dead 20 wounded"
            if token.text == "-" and j > i and j + 1 < len(doc) and self._tag[j + 1] == "VBN" and not doc[j - 1].whitespace_:
                j += 2  # "50 al-Qaeda-linked terrorists"
                continue
            if (
                head is None
                and j + 2 < len(doc)
                and doc[j + 1].text in ("-", "–")
                and self._tag[j + 2] in ("VBN", "VBG", "JJ", "VBD")
                and not doc[j].whitespace_
            ):
                j += 3  # "battle-hardened fighters", "life-threatening injuries"
                continue
            if (after := self._after_aside(j, head)) > j:
                j = after
                continue
            harm = token.lower_ in self._lexicon.harm and token.lower_ not in self._lexicon.people
            adjective = (
                tag in _MODIFIERS
                and j + 1 < len(doc)
                and (self._tag[j + 1] in NOUNS or self._tag[j + 1] in _MODIFIERS)
                and doc[j + 1].lower_ not in self._lexicon.harm
            )
            demonym = head is None and tag == "JJ" and self._is_lone_demonym(j)
            if tag in NOUNS or demonym or (head is None and self.is_person(token.text) and not adjective):
                if _NOT_NAMES.match(token.text) or (harm and head is not None):
                    break
                if harm and not self._is_modifying_harm(j):
                    break
                aside = doc[j - 1].text == ")" and self.is_person(token.text)
                if head is not None and self._is_person_head(head) and not (aside or self._joins(head, j)):
                    break
                if not harm:
                    head = j
            elif token.text in ("-", "–") and j and doc[j - 1].whitespace_ and token.whitespace_:
                break  # a dash
            elif (
                tag in ("POS", "HYPH")
                or token.text == "-"
                or (token.text == "–" and j > i)
                or (head is not None and self._within_name(head, j))
                or self._is_acronym(j)
            ):
                pass
            elif token.lower_ == "most" or (
                head is None and not harm and tag == "VBG" and any(c.dep_ == "dobj" and c.i > j for c in token.children)
            ):
                break  # "mostly carrying women"
            elif head is None and tag in ("VBG", "VBN") and any(c.dep_ in ("aux", "auxpass") for c in token.children):
                break  # "was holding women", "had treated patients"
            elif tag == "RB" and head is None and j + 2 < len(doc) and self._tag[j + 1] in ("VBN", "JJ") and token.lower_.endswith("ly"):
                pass  # "internally displaced Syrians"
            elif tag in _MODIFIERS or token.lower_ in ("other", "more", "mostly", "additional"):
                if head is not None or token.lower_ in ("including", "involving", "following", "leaving", "causing"):
                    break
                if (
                    j == i
                    and tag in ("VBG", "VBN")
                    and harm
                    and token.dep_ not in ("amod", "compound", "nmod")
                    and not (j and doc[j - 1].lower_ in self._lexicon.harm)
                ):
                    break
                if harm and not self._is_modifying_harm(j):
                    break
            else:
                break
            j += 1
        if head is None:
            return None
        return head, head

    def _is_acronym(self, j: int) -> bool:
        """Whether a group's initials stand before the people, whatever their tag: "18 IS jihadists"."""
        text = self._doc[j].text
        return text.isupper() and text.isalpha() and len(text) > 1 and j + 1 < len(self._doc) and self.is_person(self._doc[j + 1].text)

    def _within_name(self, head: int, j: int) -> bool:
        """Whether the adjective at j stands inside a name that goes before the noun: "75 Nusra Front militants"."""
        token = self._doc[j]
        if self._tag[head] != "NNP" or self._is_person_head(head) or not token.tag_.startswith("JJ") or token.lower_ in self._lexicon.harm:
            return False
        return token.dep_ in ("amod", "compound", "nmod") and token.head.i > j and self._doc[head].head.i >= j

    def _after_aside(self, j: int, head: int | None) -> int:
        """The token after what only interrupts a phrase at j, else j: "23 ISIS (Daesh) militants", "hundreds
        of “martyrs”", "two critically wounded men"."""
        doc = self._doc
        if head is not None and doc[j].text == "(":
            close = next((k for k in range(j + 1, min(j + 5, len(doc) - 1)) if doc[k].text == ")"), None)
            if close is not None and self.is_person(doc[close + 1].text):
                return close + 1
        if head is None and j + 1 < len(doc):
            if doc[j].text in ("“", "‘", '"') and self._tag[j + 1] in NOUNS:
                return j + 1
            if self._tag[j] == "RB" and self._tag[j + 1] in ("VBN", "JJ") and doc[j + 1].dep_ == "amod":
                return j + 1
        return j

    def _after_age(self, i: int) -> int:
        """The token after "10-year-old" when one begins at token i, else i itself."""
        if i < len(self._doc) and (m := _AGE.match(self._text, self._doc[i].idx)):
            while i < len(self._doc) and self._doc[i].idx < m.end():
                i += 1
        return i

    def _is_lone_demonym(self, j: int) -> bool:
        """ "an American", "American among 18 killed": an adjective of a people that stands for one of it."""
        word, following = self._doc[j].text, self._tag[j + 1] if j + 1 < len(self._doc) else "."
        return word[0].isupper() and bool(_ONE_OF_A_PEOPLE.search(word)) and following not in NOUNS and following not in _MODIFIERS

    def _joins(self, head: int, j: int) -> bool:
        """Whether the noun at j goes on a phrase that a noun for people could already end."""
        if self._doc[j - 1].tag_ in ("POS", "HYPH") or self._doc[j - 1].text == "-":
            return True
        if self.is_person(self._doc[j].text):
            return True
        return self._doc[head].dep_ in ("compound", "nmod", "amod", "poss") and self._doc[head].head.i >= j

    def _quantified(self, q: Quantity) -> Counted | None:
        doc = self._doc
        span = tokens_between(doc, q.start, q.end)
        first, last = span.start, span.end - 1
        if self._is_age(first, last) or self._text[q.end : q.end + 1] in ("%",):
            return None
        i, of_them = last + 1, False
        if i < len(doc) and doc[i].lower_ in ("other", "others", "more", "further", "additional", "people") and doc[i].lower_ == "others":
            return self._make(q, first, i, i, True)
        if i < len(doc) and doc[i].lower_ == "of" and i + 1 < len(doc):
            i += 1
            if doc[i].lower_ in _PARTITIVE or (doc[i].lower_ in ("this", "that") and doc[i + 1 : i + 2].text == "number"):
                of_them, last = True, i + (doc[i].lower_ in ("this", "that"))
                i = last + 1
                while i < len(doc) and doc[i].lower_ in ("are", "were", "is", "was", "being", "from", "the"):
                    i += 1
            else:
                while i < len(doc) and (doc[i].tag_ in ("DT", "PRP$", "PDT", "CD") or doc[i].lower_ == "remaining"):
                    i += 1
                inner = next(
                    (
                        n
                        for n in self._quantities
                        if n.start > q.end and n.sort in (Sort.NUMBER, Sort.VAGUE) and n.start < (doc[i].idx if i < len(doc) else q.end)
                    ),
                    None,
                )
                inner = inner or next(
                    (
                        n
                        for n in self._quantities
                        if last + 2 < len(doc) and n.start == doc[last + 2].idx and n.sort in (Sort.NUMBER, Sort.VAGUE)
                    ),
                    None,
                )
                if inner is not None and (q.low == q.high == 1 or q.sort is Sort.DETERMINER):
                    return None  # "one of an estimated 500 fighters"
        while i < len(doc) and doc[i].lower_ in ("the", "his", "its", "their", "her") and of_them is False and q.sort is Sort.DETERMINER:
            i += 1
        phrase = self.noun_phrase(i)
        if phrase is None and self._text.startswith("-strong", q.end):
            while i < len(doc) and doc[i].text in ("-", "strong"):
                i += 1
            phrase = self.noun_phrase(i)
        if phrase is None:
            if i < len(doc) and doc[i].lower_ == "more" and not of_them and q.sort is not Sort.ZERO:
                return self._make(q, first, i, None, False)  # "many more were wounded"
            if q.sort is Sort.DETERMINER and not of_them and not (last + 1 < len(doc) and self._is_verb(last + 1)):
                return None
            return self._make(q, first, last, None, False, of_them)
        head, end = phrase
        word = doc[head].lower_
        if self._is_claimant_of(first, last, head):
            return self._make(q, first, last, None, False, of_them)
        known = self._is_person_head(head) or bool(self._lexicon.harm.get(word))
        if not known:
            if word in self._lexicon.things or self._tag[head] in ("NNP",) or q.sort in (Sort.ZERO, Sort.DETERMINER):
                if q.sort is Sort.NUMBER and self._tag[head] == "NNP" and word not in self._lexicon.things and head > last + 1:
                    pass
                else:
                    return None if not of_them else self._make(q, first, last, None, False, True)
        end = self._with_of(head, end)
        return self._make(q, first, end, head, known, of_them, self._who(i, head, end))

    def _is_claimant_of(self, first: int, last: int, head: int) -> bool:
        """Whether the noun after a bare number names who tells it, as where the comma is lost: "killed 12 and
        wounded 50 state media reported"."""
        word = self._doc[head].lower_
        before, after = self._doc[first - 1].lower_ if first else "", self._doc[last + 1].lower_
        harm = before in self._lexicon.harm or after in self._lexicon.harm
        joined = word != "agency" and head + 1 < len(self._doc) and self._doc[head + 1].lower_ == "and"
        return (
            harm
            and not joined
            and (word in self._lexicon.claimant_words or word == "agency")
            and not (word in self._lexicon.people or word in self._lexicon.things)
        )

    def _is_verb(self, i: int) -> bool:
        return self._tag[i].startswith(("VB", "MD"))

    def _is_age(self, first: int, last: int) -> bool:
        doc = self._doc
        before = doc[first - 1].lower_ if first else ""
        after = doc[last + 1].lower_ if last + 1 < len(doc) else ""
        if before in ("age", "aged", "ages", "of age", "no", "no.", "number", "chapter", "article"):
            return True
        if first == last and doc[first].text.isdigit() and len(doc[first].text) <= 3:
            if before == "," and after in (",", ".", ";", ")", "") and first >= 2 and doc[first - 2].is_alpha:
                if doc[first - 2].lower_ not in self._lexicon.harm:
                    return True  # "Boy, 12, shot"
            if before == "(" and after == ")":
                return True
        return False

    def _with_of(self, head: int, end: int) -> int:
        """The phrase with "of the Taliban", "from one family" after its noun."""
        doc = self._doc
        if doc[head].lower_ in BEREAVED:
            return end
        if end + 1 < len(doc) and doc[end + 1].lower_ in ("of", "from") and self._doc[head].lower_ in self._lexicon.people:
            i = end + 2
            while i < len(doc) and doc[i].tag_ in ("DT", "PRP$", "CD"):
                i += 1
            if phrase := self.noun_phrase(i):
                return phrase[1] if doc[phrase[0]].lower_ not in self._lexicon.things else end
        return end

    def _who(self, i: int, head: int, end: int) -> tuple[int, int]:
        doc = self._doc
        while i < head and doc[i].lower_ in (
            "more",
            "the",
            "of",
            "his",
            "their",
            "its",
            "some",
            "additional",
            "further",
            "mostly",
            "mainly",
            "-",
            "–",
            "strong",
            "“",
            "‘",
            '"',
        ):
            i += 1
        return doc[i].idx, doc[end].idx + len(doc[end])

    def _make(
        self, q: Quantity, first: int, last: int, head: int | None, known: bool, of_them: bool = False, who: tuple[int, int] | None = None
    ) -> Counted:
        if head is not None and who is None:
            who = self._who(head, head, last)
        if head is not None and self._doc[head].lower_ in _HARM_ALONE:
            who = None  # "12 dead" names nobody
        return Counted(first, last, head, q.start, q.end, q.low, q.high, q.approx, Kind(q.sort.value), who, known, of_them)

    def _unquantified(self, token: Token, taken: set[int]) -> Counted | None:
        doc, lower = self._doc, token.lower_
        if lower in ("a", "an", "another", "the", "his", "her", "their", "my", "our", "its", "every"):
            phrase = self.noun_phrase(token.i + 1)
            if phrase is None or phrase[0] in taken or not self._is_person_head(phrase[0]):
                return None
            head, end = phrase
            singular = (self._tag[head] in ("NN", "NNP", "JJ") or doc[head].lower_ == "old") and doc[head].lower_ not in (
                "people",
                "troops",
                "police",
                "women",
                "men",
                "children",
            )
            first = token.idx
            who = self._who(token.i + 1, head, end)
            if lower in ("a", "an", "another"):
                if not singular:
                    return None
                return Counted(token.i, end, head, first, first + len(token), 1, 1, False, Kind.SINGLE, who, True)
            if singular:
                kind = Kind.SINGLE if lower not in ("the",) and doc[head].lower_ in _KIN else Kind.DEFINITE
                aged = self._after_age(token.i + 1) > token.i + 1 and doc[head].lower_ != "old"
                return Counted(token.i, end, head, first, who[1], 1, 1, False, kind, who, True, aged=aged)
            if lower != "the" and re.sub(r"s$", "", doc[head].lower_) in _KIN:
                return Counted(token.i, end, head, first, who[1], 2, None, False, Kind.PLURAL, who, True)
            return Counted(token.i, end, head, first, who[1], 2, None, False, Kind.DEFINITE, who, True)
        after = named = self._after_age(token.i)
        while token.i < named < len(doc) and (doc[named].is_space or doc[named].text == ","):
            named += 1
        if (
            after > token.i
            and named < len(doc)
            and self._tag[named] in ("NNP", "NNPS")
            and named not in taken
            and doc[named].text[0].isupper()
            and not self.is_person(doc[named].text)
        ):
            name = self._name(doc[named], taken)  # "61-year-old Majed Ahl"
            if name is not None:
                return Counted(token.i, name.last, name.head, name.start, name.end, 1, 1, False, Kind.NAME, name.who, False)
        if after > token.i and (token.i == 0 or self._tag[token.i - 1] not in ("DT", "PRP$", "JJ")):
            phrase = self.noun_phrase(token.i)  # a headline's "10-year-old girl", "3-year-old shot"
            if phrase is not None and phrase[0] not in taken and self._is_person_head(phrase[0]) and self._tag[phrase[0]] != "NNS":
                stop = doc[after - 1].idx + len(doc[after - 1])
                return Counted(
                    token.i, phrase[1], phrase[0], token.idx, stop, 1, 1, False, Kind.SINGLE, self._who(token.i, *phrase), True, aged=True
                )
        if lower in ("someone", "somebody"):
            return Counted(
                token.i,
                token.i,
                token.i,
                token.idx,
                token.idx + len(token),
                1,
                1,
                False,
                Kind.SINGLE,
                (token.idx, token.idx + len(token)),
                True,
            )
        if self._tag[token.i] in ("NNP",) and self._could_be_name(token):
            name = self._name(token, taken)
            if name is not None or not self._headline():
                return name
        if token.i and doc[token.i - 1].text == "-" and not doc[token.i - 1].whitespace_:
            return None
        if self._tag[token.i] in ("VBN", "VBG") and token.dep_ not in ("amod", "compound", "nmod") and lower not in self._lexicon.harm:
            return None  # "bringing people", "there have been fatalities": the people begin later
        if self._tag[token.i] in ("NNS", "NNPS", "NN", "JJ", "VBN", "VBG", "NNP"):
            phrase = self.noun_phrase(token.i)
            if phrase is None or phrase[0] in taken or not self._is_person_head(phrase[0]):
                return None
            head, end = phrase
            plural = self._tag[head] in ("NNS", "NNPS") or doc[head].lower_ in (
                "people",
                "women",
                "children",
                "men",
                "troops",
                "others",
                "staff",
                "personnel",
            )
            if token.i and doc[token.i - 1].tag_ in ("DT", "PRP$", "POS", "CD") and doc[token.i - 1].lower_ not in ("as", "that"):
                return None
            if not plural:
                word = doc[head].lower_
                one = self.is_person(word) or self._tag[head] == "JJ"
                if self._headline() and one and word not in _GROUPS and word not in self._lexicon.harm:
                    return Counted(
                        token.i,
                        end,
                        head,
                        token.idx,
                        doc[end].idx + len(doc[end]),
                        1,
                        1,
                        False,
                        Kind.SINGLE,
                        self._who(token.i, head, end),
                        True,
                    )
                return None
            if doc[head].lower_ == "forces":
                return None  # who fights, seldom who is harmed
            start, stop = self._who(token.i, head, end)
            while (
                end + 2 < len(doc)
                and doc[end + 1].lower_ == "and"
                and self._tag[end + 2] in ("NNS", "NNPS")
                and self.is_person(doc[end + 2].text)
            ):
                end += 2
                stop = doc[end].idx + len(doc[end])
            end = self._with_of(head, end)
            return Counted(token.i, end, head, start, stop, 2, None, False, Kind.PLURAL, (start, stop), True)
        return None

    def _name(self, token: Token, taken: set[int]) -> Counted | None:
        """The name that begins at the token, unless its last word says that it is none."""
        doc, end = self._doc, token.i
        while (
            end + 1 < len(doc)
            and end + 1 not in taken
            and (self._tag[end + 1] in ("NNP", "HYPH") or doc[end + 1].text in ("-", "al", "bin"))
            and not _NOT_NAMES.match(doc[end + 1].text)
        ):
            if doc[end + 1].lower_ in self._lexicon.harm:
                break
            end += 1
        if end + 1 < len(doc) and self._tag[end + 1] in ("NN", "NNS") and self.is_person(doc[end + 1].text):
            return None  # "Chicago man"
        head_word = doc[end].lower_
        start, stop = token.idx, doc[end].idx + len(doc[end])
        if self.is_person(head_word) and self._tag[end] == "NNP" and doc[end].text != self._text[: len(doc[end])]:
            return None
        if self._lexicon.actor_pattern.match(doc[token.i : end + 1].text) and end > token.i + 1:
            return None  # "Ahrar al-Sham Movement"
        if head_word in self._lexicon.things or head_word in self._lexicon.claimant_words:
            return None
        return Counted(token.i, end, end, start, stop, 1, 1, False, Kind.NAME, (start, stop), False)

    def _headline(self) -> bool:
        """Whether articles are left out, so that a bare "man" is one man."""
        return self._title or not any(t.lower_ in ("a", "an", "the") for t in self._doc)

    def _could_be_name(self, token: Token) -> bool:
        if not (token.text[0].isupper() or token.lower_ in ("al", "el", "bin")) or _NOT_NAMES.match(token.text):
            return False
        if self._lexicon.actor_pattern.fullmatch(token.text):
            return False
        if re.fullmatch(r"[A-Z]{3,}s?|(?:[A-Z]\.){2,}", token.text):
            return False  # an acronym: an agency, a country
        if any(ch.isdigit() for ch in token.text):
            return False  # F-16
        if token.lower_ in self._lexicon.people or token.lower_ in self._lexicon.things or token.lower_ in self._lexicon.harm:
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
