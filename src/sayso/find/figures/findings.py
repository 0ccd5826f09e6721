"""What is kept of what a sentence says: asserted, countable, once a candidate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.find.figures.counted import Counted, Kind, People
from sayso.find.figures.relations import ORDINALS, Relations
from sayso.find.phrases import NAMED_FOR_IT, NOUNS
from sayso.language.lexicon import HarmRole, Lexicon
from sayso.model import Effect

_PERFECTIVE = frozenset(
    "manage managed succeed succeeded help helped began started continued claim claimed cause caused causes causing allowed enabled used lead led leads leading force forced forces forcing drove driven compelled obliged believed thought known said".split()
)
_SHOWN = frozenset(
    "show shows report announce confirm claim say describe document depict mark".split()
)
_GROUPS = frozenset(
    "army family group population gang police staff side team life body opposition".split()
)
_MEASURES = frozenset(
    "number numbers nature extent scale rate list level risk amount proportion share".split()
)
# Aims and wishes: what they are of has not happened ("plans for the killing of", "called for the release of").
_AIMS = frozenset(
    "call calls called calling demand demands demanded demanding suggestion suggestions idea ideas plan plans plot plots attempt attempts "
    "threat threats pledge pledged pledging promise promised vow vowed prospect possibility intention urge urged urging seek seeking sought request requests requested proposal proposals "
    "negotiate negotiating negotiations secure ensure allow allowing await awaiting".split()
)
_ALMOST = frozenset("nearly almost narrowly".split())
# Deaths that no violence caused.
_NATURAL = re.compile(
    r"[\w-]+(?: [\w-]+){0,6}? (?:of|from|to|with|following|after) (?:[\w-]+ ){0,4}?(?:cancer|heart (?:attack|failure|disease)|illness|leuk[a]?emia|"
    r"(?:natural|[\w-]+-related) causes|old age|pneumonia|a stroke|diabetes|dementia|Alzheimer|tubercul\w+|AIDS|overdose)\b|(?:dies|died|dead) (?:peacefully\b|at (?:the )?(?:age (?:of )?)?\d\d\b)",
    re.IGNORECASE,
)
_OBITUARY = re.compile(r"\b(?:has|have) died,? aged \d|\bborn [^.;]{4,40}; died\b", re.IGNORECASE)
# Verbs whose object may be a film, a list or a town: a bare number there need not be people.
_OF_THINGS = frozenset(
    "release releases released releasing free freed exchange exchanged swap swapped".split()
)
_ON_FILM = re.compile(
    r"captur\w+ (?:[\w’'-]+ ){0,5}?(?:on|by) (?:\w+ )?(?:video|film|camera|tape|CCTV|cameras|footage)\b",
    re.IGNORECASE,
)
_ENVOYS = frozenset(
    "diplomat diplomats ambassador ambassadors envoy envoys officials officers spies staff".split()
)
_MODALS = frozenset("could would might may should will 'll ’ll shall can must cannot wo".split())
_HYPOTHETICAL_HEADS = frozenset(
    (
        "avoid avoiding avoided prevent prevented preventing threaten threatened threatens threatening plan planned planning "
        "plotting plotted plot intend intended try tried trying attempt attempted attempting vow vowed want wanted wants hope "
        "refuse refused seek sought aim aimed order ordered fear risk risked protect fail failed able likely need needs "
        "allow let urge urged call called calling"
    ).split()
)


@dataclass(slots=True, eq=False)
class Harmed:
    """A candidate to whom something happened; `word` is the token that says so, `whole` the figure
    of which this is a part."""

    counted: Counted
    effect: Effect
    word: int
    whole: Counted | None = None


class Findings(Relations):
    """What a sentence asserts so far: one harm a candidate."""

    def __init__(self, doc: Doc, people: People, lexicon: Lexicon) -> None:
        super().__init__(doc, people, lexicon)
        self.found: dict[int, Harmed] = {}

    def add(
        self, counted: Counted | None, effect: Effect, word: int, whole: Counted | None = None
    ) -> None:
        """Keeps the first finding for a candidate; two harms shared by one become one."""
        if (
            counted is None
            or not self._countable(self._named(counted), effect, word)
            or not self._asserted(self.doc[word], counted)
        ):
            return
        after = self.doc[counted.last + 1] if counted.last + 1 < len(self.doc) else None
        if (
            counted.kind is Kind.NAME
            and word < counted.first
            and after is not None
            and after.tag_ == "POS"
        ):
            return  # "shot down Iran's drone"
        if self._is_of_other_harm(counted, effect, word) or (
            counted.last < word and self._speaks(counted)
        ):
            return
        counted = self._named(counted)
        key = counted.first
        old = self.found.get(key)
        if old is None:
            self.found[key] = Harmed(counted, effect, word, whole)
        elif {old.effect, effect} == {Effect.KILLED, Effect.WOUNDED} and self._joined(
            old.word, word
        ):
            one = counted.low == counted.high == 1  # "struck and killed a boy"
            self.found[key] = Harmed(
                counted, Effect.KILLED if one else Effect.KILLED_OR_WOUNDED, old.word, old.whole
            )
        elif (
            old.word == old.counted.head != word
            and self.harm[old.word].role is HarmRole.NOUN
            and self.doc[old.word].lower_ in NAMED_FOR_IT
        ):
            self.found[key] = Harmed(
                counted, effect, word, old.whole
            )  # "three victims were taken to hospital", "two prisoners were shot"
        elif (
            effect in (Effect.KILLED, Effect.WOUNDED)
            and old.effect is Effect.DISPLACED
            and self.doc[word].is_ancestor(self.doc[old.word])
        ):
            self.found[key] = Harmed(
                counted, effect, word, old.whole
            )  # "some of whom were shot while fleeing"
        elif (
            effect is Effect.KILLED
            and old.effect in (Effect.WOUNDED, Effect.CAPTURED)
            and (old.word == old.counted.head or self._joined(old.word, word))
        ):
            self.found[key] = Harmed(counted, effect, word, old.whole)

    def _is_of_other_harm(self, counted: Counted, effect: Effect, word: int) -> bool:
        """Whether the number is headed by another harm: "58 killed and 527 injured" has no 527 killed."""
        own = self.harm.get(counted.head) if counted.head is not None else None
        if (
            own is None
            or counted.head is None
            or counted.head == word
            or counted.kind not in (Kind.NUMBER, Kind.VAGUE)
        ):
            return False
        if self.doc[counted.head - 1].lower_ in ("the", "those"):
            return False  # "two of the wounded died"
        return {own.effect, effect} == {Effect.KILLED, Effect.WOUNDED} and not self._joined(
            counted.head, word
        )

    def _is_share(self, counted: Counted) -> bool:
        """ "Most of them children", "women and children" after such words: a share of a figure, not a count."""
        if (
            counted.kind is Kind.PLURAL
            and counted.first > 1
            and self.doc[counted.first - 1].lower_ == "and"
        ):
            before = self.people.at(counted.first - 2)
            return before is not None and before is not counted and self._is_share(before)
        return counted.kind is Kind.DETERMINER and self.doc[counted.first].lower_ == "most"

    def _named(self, counted: Counted) -> Counted:
        """The name right after "his son,", "the grandfather," or a headline's "youth,": the name is what is counted."""
        if counted.kind is Kind.DEFINITE and (named := self._relative_named(counted)):
            return named
        described = counted.kind is Kind.SINGLE and self.doc[counted.first].tag_ != "DT"
        if counted.kind is not Kind.DEFINITE and not described:
            return counted
        i = counted.last + 1
        while i < len(self.doc) and (self.doc[i].text == "," or self.doc[i].is_space):
            i += 1
        c = self.people.at(i) if i < len(self.doc) else None
        return c if c is not None and c.first == i and c.kind is Kind.NAME else counted

    def _relative_named(self, counted: Counted) -> Counted | None:
        """The second name of "the brother of Raika, Badr Shanti, …"."""
        i = counted.last + 1
        if (
            self.doc[i : i + 1].text != "of"
            or (of := self.people.at(i + 1)) is None
            or of.kind not in (Kind.NAME, Kind.SINGLE)
        ):
            return None
        i = of.last + 2
        if i < len(self.doc) and self.doc[i].tag_ == "JJ":
            i += 1  # "the mother of a boy, Tunisian Olfa Souayah, …"
        after = (
            self.people.at(i) if i < len(self.doc) and self.doc[of.last + 1].text == "," else None
        )
        return after if after is not None and after.first == i and after.kind is Kind.NAME else None

    def _countable(self, counted: Counted, effect: Effect, word: int) -> bool:
        """Whether the guide counts such words: a named captive is no figure, nor is "the man" again."""
        if (
            counted.kind is Kind.PLURAL
            and counted.first > 1
            and self.doc[counted.first - 1].lower_ == "of"
            and self.doc[counted.first - 2].lower_ in _MEASURES
        ):
            return False
        verb = self.doc[word]
        if (
            effect in (Effect.CAPTURED, Effect.DISPLACED)
            and counted.head is not None
            and not counted.known
            and counted.kind is not Kind.NAME
        ):
            return False  # "released six lists"
        if self._is_share(counted) or self._is_elsewhere(counted, effect, verb):
            return False
        if (
            counted.kind is Kind.PLURAL
            and effect in (Effect.CAPTURED, Effect.DISPLACED)
            and verb.dep_ == "relcl"
            and verb.i > counted.last
        ):
            return False  # "people who fled the town said": they are only described so
        if counted.kind is Kind.NAME:
            return effect not in (Effect.CAPTURED, Effect.DISPLACED)
        if counted.kind is not Kind.DEFINITE or counted.aged:
            return True
        head = self.doc[counted.head] if counted.head is not None else None
        anew = (
            effect is Effect.CAPTURED
            and head is not None
            and any(t.dep_ == "acl" for t in head.children)
        )
        return (
            (effect is Effect.KILLED or anew)  # "the man accused of shooting her is in custody"
            and counted.low == counted.high == 1
            and head is not None
            and head.tag_ == "NN"
            and head.lower_ not in _GROUPS
        )

    def _is_elsewhere(self, counted: Counted, effect: Effect, verb: Token) -> bool:
        """Whether it befell nobody by violence: illness, the recall of envoys, things released or captured, and
        what only describes people at large ("camps for displaced people")."""
        noun = self.doc[counted.head].lower_ if counted.head is not None else ""
        if effect is Effect.KILLED:
            return bool(
                _NATURAL.match(self.text, verb.idx)
                or _OBITUARY.search(self.text, max(0, verb.idx - 60), verb.idx + 20)
            )
        if effect is Effect.DISPLACED and noun in _ENVOYS:
            return True
        if effect is Effect.CAPTURED and _ON_FILM.match(self.text, verb.idx):
            return True
        if effect is Effect.CAPTURED and counted.head is None and verb.lower_ in _OF_THINGS:
            return not any(h.effect is effect for h in self.found.values())
        described = (
            counted.kind is Kind.PLURAL
            and counted.first <= verb.i <= counted.last
            and verb.i != counted.head
        )
        return described and effect in (Effect.CAPTURED, Effect.DISPLACED, Effect.MISSING)

    def _asserted(self, token: Token, counted: Counted) -> bool:
        """Whether the harm is said to have happened: not negated, feared for later, or only planned."""
        if counted.low == 0 and counted.high == 0:
            return True
        verb = token
        for _ in range(3):
            for child in verb.children:
                if child.dep_ == "neg" and verb.lower_ in self.lexicon.harm:
                    return False
                if (
                    child.lower_ in _ALMOST
                    and child.i < verb.i
                    and all(
                        t.dep_ in ("aux", "auxpass") or t is verb
                        for t in verb.doc[child.i + 1 : verb.i + 1]
                    )
                ):
                    return False  # "was nearly killed"
                if child.dep_ == "aux" and child.lower_ in _MODALS and not self._perfect(verb):
                    return False
                if (
                    child.dep_ == "aux"
                    and child.lower_ == "to"
                    and not self._perfect(verb)
                    and not (token.tag_ in NOUNS and verb is not token and verb.lower_ in _SHOWN)
                ):
                    head = verb.head
                    if verb.dep_ in ("acl", "relcl") and any(
                        c.lower_ in ORDINALS for c in head.children
                    ):
                        continue  # "the second Briton to die"
                    if head is verb or (head.lower_ not in _PERFECTIVE and not self._managed(head)):
                        return False
                if child.dep_ == "mark" and child.lower_ in ("if", "unless", "lest"):
                    return False
            if (
                verb.dep_
                in ("conj", "xcomp", "prep", "pcomp", "pobj", "dobj", "nsubj", "nsubjpass", "attr")
                and verb.head is not verb
                and verb.head.tag_.startswith(("VB", "IN"))
            ):
                verb = verb.head
                if verb.lower_ in _HYPOTHETICAL_HEADS and not self._managed(verb):
                    return False
            else:
                break
        if token.tag_ in NOUNS and token.head.lower_ in _HYPOTHETICAL_HEADS:
            return False
        return not self._aimed_at(token)

    def _managed(self, head: Token) -> bool:
        """ "were able to kill 40": they did."""
        return head.lower_ == "able" and head.head.lower_ in ("was", "were")

    def _aimed_at(self, token: Token) -> bool:
        """Whether a noun or gerund of harm is what somebody plans, wants or asks for."""
        if token.tag_ not in NOUNS and token.tag_ != "VBG":
            return False
        for _ in range(5):
            if token.dep_ not in ("pobj", "pcomp", "prep", "conj", "dobj") or token.head is token:
                return False
            token = token.head
            if token.lower_ in _AIMS:
                return True
            if token.tag_.startswith("VB"):
                return token.dep_ == "xcomp" and token.head.lower_ in _AIMS
        return False

    def _latest(self, position: int) -> Harmed | None:
        """The figure before a position that the words there divide up."""
        return max(
            (h for h in self.found.values() if h.counted.start < position and h.whole is None),
            key=lambda h: h.counted.start,
            default=None,
        )

    def _speaks(self, c: Counted) -> bool:
        """Whether the people only say something: "officials said"."""
        after = self.doc[c.last + 1] if c.last + 1 < len(self.doc) else None
        return (
            after is not None
            and after.lower_ in self.lexicon.reporting
            and after.tag_ in ("VBD", "VBZ", "VBP")
            and c.kind is not Kind.NUMBER
        )

    def _goes_on_from(self, i: int) -> bool:
        """Whether the name at i is the second place or group of "from A and B"."""
        before = self.people.at(i - 2) if i > 1 and self.doc[i - 1].lower_ == "and" else None
        words = (
            self.doc[before.head + 1 : before.last + 1]
            if before is not None and before.head is not None
            else ()
        )
        return any(t.lower_ in ("from", "of") for t in words)

    def _list_from(self, i: int, effect: Effect, word: int, whole: Counted | None) -> None:
        """Adds the candidates of a list that begins at token i: "two women, a child and Dr Aziz".

        Names that only say who a number before them counts ("two men, A and B") are left out.
        """
        counted_names = 0
        while i < len(self.doc) and (c := self.people.at(i)) and c.first == i:
            if self._speaks(c):
                return  # "including 10 women, officials said"
            if c.kind is Kind.NAME and counted_names > 0:
                counted_names -= 1
            elif c.kind is Kind.NAME and self._goes_on_from(c.first):
                return  # "mercenaries from Saudi Arabia and Jordan"
            else:
                counted_names = 0
                if c.first not in self.found:
                    self.add(c, effect, word, whole)
            i = c.last + 1
            if (
                c.kind is Kind.NUMBER
                and c.low == c.high
                and i < len(self.doc)
                and self.doc[i].text in (",", ":", "-", "–", "—")
            ):
                counted_names = c.low or 0
            skipped = 0
            while i < len(self.doc) and (
                self.doc[i].lower_ in (",", "and", "as", "well", "also", ":", "–", "—")
                or self.doc[i].text == ";"
            ):
                i, skipped = i + 1, skipped + 1
            lost_comma = (
                (n := self.people.at(i)) is not None
                and n.first == i
                and n.known
                and n.kind is Kind.NUMBER
                if i < len(self.doc)
                else False
            )
            if (
                not skipped
                and not lost_comma
                and not (
                    c.kind is Kind.DEFINITE
                    and (n := self.people.at(i)) is not None
                    and n.first == i
                    and n.kind is Kind.NAME
                )
            ):
                return  # "the aid workers David Haines and Alan Henning" goes on
