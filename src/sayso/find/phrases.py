"""Noun phrases that could name people: where each ends, and which noun heads it."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from sayso.language.inflection import Form
from sayso.language.lexicon import Lexicon

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "CD", "HYPH", "AFX", "RBR"})
# Nouns that call people by what befell them; a verb then says what else did.
NAMED_FOR_IT = frozenset(
    "victim victims prisoner prisoners hostages captives detainees inmates".split()
)
NOT_NAMES = re.compile(
    r"^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$"
    r"|^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?$"
    r"|^(?:mr|mrs|ms|dr)\.?$|^(?:urgent|breaking|updated?|video|watch|photos?|exclusive|related|tags?|views|url)$",
    re.IGNORECASE,
)
_DEMONYM = re.compile(
    r"(?:ese|ians?|ans?|is|ish|nch|ch|ns|ots|ks|abs|rds|ews|lims|nnis?|ites|tes)$", re.IGNORECASE
)
_ONE_OF_A_PEOPLE = re.compile(r"(?:[^s]ian|[^h]an|ese|[rt]ish|[rl]i)$")
KIN = frozenset(
    "wife wives husband son sons daughter daughters brother brothers sister sisters mother father parents cousin cousins uncle aunt "
    "child children baby nephew niece grandson granddaughter grandmother grandfather siblings friend girlfriend boyfriend relatives".split()
)
# Those left behind, whom the words after "of" do not only describe: "relatives of a man who was killed".
BEREAVED = KIN | frozenset(
    "family families friends colleagues parents grandparents widow widows mourners".split()
)
_AGE = re.compile(
    r"(?:\d{1,3}|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ]\w+)?|\w+teen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ](?:year|month|week|day)s?[- ]olds?\b",
    re.IGNORECASE,
)
# Before the people, and no part of who they are.
_NOT_WHO = frozenset(
    'more the of his their its some additional further mostly mainly - – strong “ ‘ "'.split()
)


class Phrases:
    """Noun phrases of one sentence, told from their tags; the parse only settles doubts."""

    def __init__(self, doc: Doc, lexicon: Lexicon, title: bool = False) -> None:
        self._doc = doc
        self._title = title
        self._text = doc.text  # a Doc builds it anew at each call
        self._lexicon = lexicon
        self._tag = [t.tag_ for t in doc]

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
        if (
            self._headline()
            and self._tag[i] in ("NNS", "VBZ")
            and any(r.form is Form.PRESENT for r in self._lexicon.harm[doc[i].lower_])
        ):
            return False  # a headline's "shoots friend"
        if i + 1 >= len(doc) or self._tag[i + 1] not in NOUNS:
            return False
        return doc[i + 1].lower_ not in self._lexicon.harm or doc[i + 1].lower_ in NAMED_FOR_IT

    def noun_phrase(self, i: int) -> tuple[int, int] | None:
        """The head noun and last token of the phrase whose modifiers begin at token i, or None."""
        doc, head, j = self._doc, None, self._after_age(i)
        if j > i and (
            j == len(doc)
            or (self._tag[j] not in NOUNS and self._tag[j] not in _MODIFIERS)
            or self._tag[j] == "VBN"
        ):
            return j - 1, j - 1  # "a 17-year-old was shot"
        while j < len(doc):
            if doc[j].is_space:
                j += 1
                continue
            if self._tag[j] == "CD" and j > i and doc[j - 1].lower_ in self._lexicon.harm:
                break  # "seven dead 20 wounded"
            if (after := self._leap(i, j, head)) > j:
                j = after
                continue
            if self._is_noun(j, head):
                if not self._takes_noun(j, head):
                    break
                if not self._is_harm(j):
                    head = j
            elif not self._takes_modifier(i, j, head):
                break
            j += 1
        return None if head is None else (head, head)

    def _is_harm(self, j: int) -> bool:
        """Whether the token is a harm word and none for people."""
        word = self._doc[j].lower_
        return word in self._lexicon.harm and word not in self._lexicon.people

    def _leap(self, i: int, j: int, head: int | None) -> int:
        """The token after a hyphened modifier or an aside that begins at j, else j."""
        doc, tag = self._doc, self._tag
        if (
            doc[j].text == "-"
            and j > i
            and j + 1 < len(doc)
            and tag[j + 1] == "VBN"
            and not doc[j - 1].whitespace_
        ):
            return j + 2  # "50 al-Qaeda-linked terrorists"
        hyphened = j + 2 < len(doc) and doc[j + 1].text in ("-", "–") and not doc[j].whitespace_
        if head is None and hyphened and tag[j + 2] in ("VBN", "VBG", "JJ", "VBD"):
            return j + 3  # "battle-hardened fighters", "life-threatening injuries"
        return self._after_aside(j, head)

    def _is_noun(self, j: int, head: int | None) -> bool:
        """Whether the token can be the head so far, whatever its tag: "local" before a noun only describes."""
        token, tag = self._doc[j], self._tag[j]
        if tag in NOUNS or (head is None and tag == "JJ" and self._is_lone_demonym(j)):
            return True
        following = self._tag[j + 1] if j + 1 < len(self._doc) else "."
        describes = (
            tag in _MODIFIERS
            and (following in NOUNS or following in _MODIFIERS)
            and self._doc[j + 1].lower_ not in self._lexicon.harm
        )
        return head is None and self.is_person(token.text) and not describes

    def _takes_noun(self, j: int, head: int | None) -> bool:
        """Whether the noun at j goes on the phrase."""
        token = self._doc[j]
        if NOT_NAMES.match(token.text):
            return False
        if self._is_harm(j) and (head is not None or not self._is_modifying_harm(j)):
            return False
        aside = self._doc[j - 1].text == ")" and self.is_person(token.text)
        return head is None or not self._is_person_head(head) or aside or self._joins(head, j)

    def _takes_modifier(self, i: int, j: int, head: int | None) -> bool:
        """Whether what is no noun at j goes on the phrase: adjectives, hyphens, possessives, initials."""
        token, tag = self._doc[j], self._tag[j]
        if token.text in ("-", "–") and j and self._doc[j - 1].whitespace_ and token.whitespace_:
            return False  # a dash
        if tag in ("POS", "HYPH") or token.text == "-" or (token.text == "–" and j > i):
            return True
        if (head is not None and self._within_name(head, j)) or self._is_acronym(j):
            return True
        if head is not None or token.lower_ in (
            "most",
            "including",
            "involving",
            "following",
            "leaving",
            "causing",
        ):
            return False
        if self._is_predicate(i, j):
            return False
        if (
            tag == "RB"
            and j + 2 < len(self._doc)
            and self._tag[j + 1] in ("VBN", "JJ")
            and token.lower_.endswith("ly")
        ):
            return True  # "internally displaced Syrians"
        if tag not in _MODIFIERS and token.lower_ not in ("other", "more", "mostly", "additional"):
            return False
        return not self._is_harm(j) or self._is_modifying_harm(j)

    def _is_predicate(self, i: int, j: int) -> bool:
        """Whether the participle at j says something rather than describes: "carrying women", "was holding women"."""
        token, tag = self._doc[j], self._tag[j]
        if tag not in ("VBG", "VBN"):
            return False
        if any(c.dep_ in ("aux", "auxpass") for c in token.children):
            return True
        if not self._is_harm(j):
            return tag == "VBG" and any(c.dep_ == "dobj" and c.i > j for c in token.children)
        follows_harm = j > 0 and self._doc[j - 1].lower_ in self._lexicon.harm
        return j == i and token.dep_ not in ("amod", "compound", "nmod") and not follows_harm

    def _is_acronym(self, j: int) -> bool:
        """Whether a group's initials stand before the people, whatever their tag: "18 IS jihadists"."""
        text = self._doc[j].text
        return (
            text.isupper()
            and text.isalpha()
            and len(text) > 1
            and j + 1 < len(self._doc)
            and self.is_person(self._doc[j + 1].text)
        )

    def _within_name(self, head: int, j: int) -> bool:
        """Whether the adjective at j stands inside a name that goes before the noun: "75 Nusra Front militants"."""
        token = self._doc[j]
        if (
            self._tag[head] != "NNP"
            or self._is_person_head(head)
            or not token.tag_.startswith("JJ")
            or token.lower_ in self._lexicon.harm
        ):
            return False
        return (
            token.dep_ in ("amod", "compound", "nmod")
            and token.head.i > j
            and self._doc[head].head.i >= j
        )

    def _after_aside(self, j: int, head: int | None) -> int:
        """The token after what only interrupts a phrase at j, else j: "23 ISIS (Daesh) militants", "hundreds
        of “martyrs”", "two critically wounded men"."""
        doc = self._doc
        if head is not None and doc[j].text == "(":
            close = next(
                (k for k in range(j + 1, min(j + 5, len(doc) - 1)) if doc[k].text == ")"), None
            )
            if close is not None and self.is_person(doc[close + 1].text):
                return close + 1
        if head is None and j + 1 < len(doc):
            if doc[j].text in ("“", "‘", '"') and self._tag[j + 1] in NOUNS:
                return j + 1
            if (
                self._tag[j] == "RB"
                and self._tag[j + 1] in ("VBN", "JJ")
                and doc[j + 1].dep_ == "amod"
            ):
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
        return (
            word[0].isupper()
            and bool(_ONE_OF_A_PEOPLE.search(word))
            and following not in NOUNS
            and following not in _MODIFIERS
        )

    def _joins(self, head: int, j: int) -> bool:
        """Whether the noun at j goes on a phrase that a noun for people could already end."""
        if self._doc[j - 1].tag_ in ("POS", "HYPH") or self._doc[j - 1].text == "-":
            return True
        if self.is_person(self._doc[j].text):
            return True
        return (
            self._doc[head].dep_ in ("compound", "nmod", "amod", "poss")
            and self._doc[head].head.i >= j
        )

    def _with_of(self, head: int, end: int) -> int:
        """The phrase with "of the Taliban", "from one family" after its noun."""
        doc = self._doc
        if doc[head].lower_ in BEREAVED:
            return end
        if (
            end + 1 < len(doc)
            and doc[end + 1].lower_ in ("of", "from")
            and self._doc[head].lower_ in self._lexicon.people
        ):
            i = end + 2
            while i < len(doc) and doc[i].tag_ in ("DT", "PRP$", "CD"):
                i += 1
            if phrase := self.noun_phrase(i):
                return phrase[1] if doc[phrase[0]].lower_ not in self._lexicon.things else end
        return end

    def _who(self, i: int, head: int, end: int) -> tuple[int, int]:
        """The characters of the people from token i on, without what only counts them."""
        while i < head and self._doc[i].lower_ in _NOT_WHO:
            i += 1
        return self._doc[i].idx, self._doc[end].idx + len(self._doc[end])

    def _is_verb(self, i: int) -> bool:
        return self._tag[i].startswith(("VB", "MD"))

    def _headline(self) -> bool:
        """Whether articles are left out, so that a bare "man" is one man."""
        return self._title or not any(t.lower_ in ("a", "an", "the") for t in self._doc)
