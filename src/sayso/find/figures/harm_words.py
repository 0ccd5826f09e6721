"""Harm words one by one: "killed two men", "two dead", "the death of two men"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from sayso.find.figures.counted import Counted, Kind
from sayso.find.figures.findings import Findings
from sayso.find.figures.relations import BE
from sayso.language.inflection import Form
from sayso.language.lexicon import HarmRole, HarmWord
from sayso.model import Effect

_FATAL = frozenset("fatally dead lethally".split())
_HOSTING = re.compile(
    r"(?:hous(?:e|ed|es|ing)$|host|welcom|shelter|settled|accommodat|com(?:e|es|ing)$|came$|cross|arriv|receiv|liv(?:e|ed|es|ing)$)",
    re.IGNORECASE,
)
# "a shooting victim" was shot; whether he lives, another word says.
_SHOT = frozenset("shooting gunshot stabbing".split())
_SUICIDE = re.compile(
    r"\b(?:fatally|then|before|suicide|avoid|surrounded)\b[^.;]{0,40}(?:shot|shooting|shoots|stabbed) (?:him|her|them)sel|sel(?:f|ves) (?:dead|to death|to avoid)",
    re.IGNORECASE,
)
# A body of officials, not of the dead.
_ORGANISATION = re.compile(
    r"\b(?:set(?:ting|s)? up|creat\w+|establish\w*|govern\w+|international|official|professional|legislative|regulatory|UN|monitoring|celestial) (?:an? |the )?(?:\w+ )?bod(?:y|ies)\b|"
    r"\bbod(?:y|ies) (?:sponsoring|dedicated|responsible|charged|tasked|set up|representing|overseeing)\b",
    re.IGNORECASE,
)
# An injury is no person: these have it, and are counted themselves.
_HAVING = frozenset(
    "suffer suffers suffered suffering sustain sustains sustained sustaining receive received receiving have has had having treat treated recover recovering".split()
)
_MEASURES = frozenset(
    "number numbers nature extent scale rate list level risk amount proportion share".split()
)


class HarmWords(Findings):
    """Reads single harm words: verbs by voice, adjectives, nouns."""

    def _verb(self, token: Token, reading: HarmWord) -> None:
        effect = reading.effect
        own = self.people.at(token.i)
        if own is not None and own.head == token.i and own.kind in (Kind.NUMBER, Kind.VAGUE):
            self.add(own, effect, token.i)  # "about 30 injured"
            return
        if token.lower_ in ("choke", "chokes", "choked", "choking") and any(
            c.dep_ == "dobj" for c in token.children
        ):
            return  # one person does it to another
        if self._shoots_self(token):
            effect = Effect.KILLED
        if (
            token.i > 1
            and token.tag_ in ("VBN", "VBD")
            and self.doc[token.i - 1].lower_ in ("and", "or")
            and token.i - 2 in self.harm
        ):
            own = self.people.at(token.i - 2)
            if (
                own is not None
                and own.head == token.i - 2
                and own.kind in (Kind.NUMBER, Kind.VAGUE)
            ):
                self.add(own, effect, token.i)  # "several dozen dead and wounded"
                return
        if effect is Effect.WOUNDED and any(
            c.lower_ in _FATAL
            for c in [*token.children, *self.doc[max(0, token.i - 1) : token.i + 2]]
        ):
            effect = Effect.KILLED
        if self._is_modifier(token):
            self.add(self.people.at(token.i), effect, token.i)
            return
        if reading.role is HarmRole.INTRANSITIVE:
            patients = self._subjects(token) or self._before(token)
            if reading.effect is Effect.DISPLACED and not patients:
                return
        elif self._is_active(token, reading):
            patients = [c for c in self._objects(token) if not self._is_share(c)] or self._after(
                token
            )
            patients = self._and_more(patients) if patients else patients
            objects = [c for c in token.children if c.dep_ == "dobj"]
            if (
                not patients
                and (objects or reading.form is Form.PAST)
                and all(o.lower_.endswith("self") for o in objects)
            ):
                patients = self._subjects(token) or self._before(token)
        else:
            passive = any(c.dep_ == "auxpass" for c in token.children)
            subjects = [
                c for c in self._subjects(token) if not (c.last < token.i and self._speaks(c))
            ]
            patients = subjects or self._before(token) or ([] if passive else self._after(token))
        for patient in self._with_first_of_list(token, self._after_parts(patients)):
            if not (
                token.lower_ == "shot"
                and patient.head is not None
                and self.doc[patient.head].dep_ == "dative"
            ):  # "shot him a glance"
                self.add(patient, effect, token.i)

    def _after_parts(self, patients: list[Counted]) -> list[Counted]:
        """The last of "six killed, among them a child, and 20 others wounded": what comes before is part of the six."""
        if len(patients) < 2 or patients[0].first < 1 or not self.found:
            return patients
        cue = self.doc[max(0, patients[0].first - 2) : patients[0].first].text.lower()
        return (
            [patients[-1]] if cue.endswith(("including", "among them", "among whom")) else patients
        )

    def _with_first_of_list(self, token: Token, patients: list[Counted]) -> list[Counted]:
        """A headline's list: "10 foreigners, 2 locals killed" tells of both."""
        c = patients[0] if len(patients) == 1 else None
        if (
            c is None
            or c.last != token.i - 1
            or c.kind is not Kind.NUMBER
            or c.first < 2
            or self.doc[c.first - 1].text != ","
        ):
            return patients
        first = self.people.at(c.first - 2)
        return (
            [first, c]
            if first is not None and first.first == 0 and first.known and first.kind is Kind.NUMBER
            else patients
        )

    def _shoots_self(self, token: Token) -> bool:
        """Whether people shot themselves to death, as after a killing; a child with a gun may live."""
        if token.lower_ not in ("shot", "shooting", "shoots", "stabbed") or not any(
            c.dep_ == "dobj" and c.lower_.endswith("self") for c in token.children
        ):
            return False
        return any(h.effect is Effect.KILLED for h in self.found.values()) or bool(
            _SUICIDE.search(self.text)
        )

    def _and_more(self, patients: list[Counted]) -> list[Counted]:
        """The objects, with a number that goes on their list: "injuring a teacher and 19 others"."""
        i = patients[-1].last + 1
        if i + 1 >= len(self.doc) or self.doc[i].lower_ != "and":
            return patients
        c = self.people.at(i + 1)
        if (
            c is None
            or c.first != i + 1
            or not c.known
            or c.kind not in (Kind.NUMBER, Kind.VAGUE)
            or c in patients
        ):
            return patients
        after = self.doc[c.last + 1] if c.last + 1 < len(self.doc) else None
        if after is not None and (
            after.i in self.harm or after.tag_.startswith(("VB", "MD", "RB")) or after.lower_ in BE
        ):
            return patients
        return [*patients, c]

    def _is_modifier(self, token: Token) -> bool:
        c = self.people.at(token.i)
        return c is not None and c.head is not None and token.i < c.head and c.kind is not Kind.NAME

    def _adjective(self, token: Token, effect: Effect) -> None:
        inside = self.people.at(token.i)
        if (
            inside is not None
            and inside.head is not None
            and inside.first <= token.i <= inside.head
        ):
            if self.doc[inside.head].lower_ in ("body", "bodies"):
                effect = Effect.KILLED
            if inside.kind is Kind.DEFINITE:
                return
            self.add(inside, effect, token.i)
            return
        before = self.people.at(token.i - 1) if token.i else None
        if before is not None and before.last == token.i - 1:
            self.add(before, effect, token.i)
            return
        j = token.i - 1
        while j >= 0 and (
            self.doc[j].tag_ in ("RB", "CC", ",")
            or j in self.harm
            or self.doc[j].lower_
            in (
                *BE,
                "among",
                "the",
                "those",
                "feared",
                "left",
                "believed",
                "reported",
                "found",
                "shot",
            )
        ):
            if self.doc[j].lower_ == "among":
                self._among(j, token, effect)
                return
            if j in self.harm and self._object_right_of(token):
                return  # "a man shoots dead 22 people"
            j -= 1
        c = self.people.at(j) if j >= 0 else None
        if (
            c is not None
            and c.last == j
            and j < token.i - 1
            and not self._is_harm_head(c)
            and not self._is_place(c)
        ):
            for g in [
                c,
                *[
                    x
                    for x in self._group(self.doc[c.head if c.head is not None else c.first])
                    if x is not c
                ],
            ]:
                self.add(g, effect, token.i)
            return
        if any(
            c.dep_ in ("dobj", "nsubj") and c.tag_ == "PRP" and c.i > token.head.i
            for c in [*token.head.children, *token.children]
        ):
            return  # "doctors pronounced him dead"
        for subject in (
            self._subjects(token.head)
            if token.head.lower_ in BE or token.dep_ in ("acomp", "oprd")
            else []
        ):
            self.add(subject, effect, token.i)

    def _among(self, j: int, token: Token, effect: Effect) -> None:
        """ "Six children were among the dead"; "among the dead were six children"."""
        left = self._subjects(self.doc[j - 1]) if j and self.doc[j - 1].lower_ in BE else []
        left = left or self._before(self.doc[j])
        if left:
            for c in left:
                self.add(c, effect, token.i)
            return
        k = token.i + 1
        while k < len(self.doc) and (self.doc[k].lower_ in BE or self.doc[k].tag_ in ("RB",)):
            k += 1
        if k < len(self.doc) and k > token.i + 1:
            self._list_from(k, effect, token.i, None)

    def _noun(self, token: Token, reading: HarmWord) -> None:
        if reading.role is HarmRole.BODY and _ORGANISATION.search(self.text):
            return
        effect = Effect.KILLED if reading.role is HarmRole.BODY else reading.effect
        if effect is Effect.WOUNDED and any(
            c.lower_ in ("fatal", "deadly") for c in token.children
        ):
            effect = Effect.KILLED
        if token.lower_ in ("shooting", "shootings", "stabbing", "stabbings"):
            for c in self._of(token):
                self.add(c, effect, token.i)
            return
        if token.lower_ in ("refugee", "refugees"):
            own = self.people.at(token.i)
            verb = next((a for a in token.ancestors if a.tag_.startswith("VB")), None)
            if (
                own is not None
                and own.head == token.i
                and own.kind in (Kind.NUMBER, Kind.VAGUE)
                and verb is not None
                and _HOSTING.match(verb.lower_)
            ):
                self.add(own, effect, token.i)
            return
        if (
            token.lower_ in ("victim", "victims")
            and token.i
            and self.doc[token.i - 1].lower_ in _SHOT
        ):
            effect = Effect.WOUNDED
        people_noun = token.lower_ in self.lexicon.people
        own = self.people.at(token.i)
        if own is not None and own.kind is Kind.SINGLE and token.lower_ in ("injury", "wound"):
            return  # "a knee injury"
        if (
            own is not None
            and own.head == token.i
            and own.kind in (Kind.NUMBER, Kind.VAGUE, Kind.ZERO, Kind.DETERMINER, Kind.SINGLE)
        ):
            if reading.role is HarmRole.BODY and own.kind is Kind.SINGLE and not self._of(token):
                self.add(own, effect, token.i)
                return
            if (
                reading.role is HarmRole.BODY
                and own.kind is Kind.DETERMINER
                and any(
                    self.doc[k].lower_ in ("the", "their", "these", "those")
                    for k in range(own.first, token.i)
                )
            ):
                return  # "some of the bodies": dead already told of
            if (
                own.kind is Kind.DETERMINER
                and token.lower_ in ("injuries", "wounds")
                and token.head.lower_ in ("with", "from", "of")
            ):
                return  # "he died of multiple injuries"
            if self._with_another(token, effect):
                effect = Effect.KILLED_OR_WOUNDED
            of = self._of(token)
            if of and of[0].kind in (Kind.NUMBER, Kind.VAGUE, Kind.NAME):
                for c in of:
                    self.add(c, effect, token.i)
            elif (
                not people_noun
                or own.kind is not Kind.SINGLE
                or effect is not Effect.KILLED_OR_WOUNDED
            ):
                self.add(own, effect, token.i)
            return
        of = [c for c in self._of(token) if c is not own]
        if of and not (
            reading.effect is Effect.KILLED_OR_WOUNDED and all(c.kind is Kind.DEFINITE for c in of)
        ):
            for c in of:
                if not (c.kind is Kind.DEFINITE and c.low != 1):
                    self.add(c, effect, token.i)
            return
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        if owner is not None and owner.lower_ == "whose" and effect is Effect.KILLED:
            i = owner.i - 1 - (self.doc[owner.i - 1].text == ",")
            named = self.people.at(i) if i > 0 else None
            if named is not None and named.last == i and named.kind in (Kind.NAME, Kind.SINGLE):
                self.add(named, effect, token.i)  # "Ali Saleh, whose killing …"
            return
        if owner is not None and reading.role is HarmRole.NOUN and effect is Effect.KILLED:
            named = self.people.at(owner.i)
            if named is not None and named.kind is Kind.NAME:
                self.add(named, effect, token.i)
            return
        if own is not None and own.kind is Kind.PLURAL and own.head == token.i:
            first = self.people.at(token.i - 2) if token.i > 1 else None
            if (
                first is not None
                and first.head == token.i - 2
                and first.first in self.found
                and self._with_another(self.doc[token.i - 2], None)
            ):
                return  # the injuries of "a number of deaths and injuries"
            if (
                reading.effect in (Effect.DISPLACED, Effect.CAPTURED)
                or token.lower_ == "victims"
                or (token.lower_ in ("injuries", "wounds") and self._is_ones_injury(token))
                or self._is_untold(token)
            ):
                return
            self.add(own, effect, token.i)
            return
        before = self.people.at(token.i - 1) if token.i else None
        if (
            before is not None
            and before.last == token.i - 1
            and before.kind in (Kind.NUMBER, Kind.VAGUE, Kind.ZERO, Kind.DETERMINER)
        ):
            self.add(before, effect, token.i)
            return
        i = token.i + 1
        if (
            i + 1 < len(self.doc)
            and self.doc[i].lower_ in ("and", "or")
            and i + 1 in self.harm
            and self.harm[i + 1].form is Form.ING
        ):
            i += 2  # "killing and wounding several commanders"
        after = self.people.at(i) if i < len(self.doc) else None
        if (
            token.lower_.endswith("ing")
            and after is not None
            and after.first == i
            and after.kind in (Kind.NUMBER, Kind.VAGUE, Kind.SINGLE, Kind.DETERMINER)
        ):
            self.add(after, effect, token.i)
            return
        if (
            token.lower_ in ("casualties", "injuries", "deaths", "fatalities", "causalities")
            and not any(c.dep_ in ("det", "poss") for c in token.children)
            and not (token.head.lower_ == "of" and token.head.head.lower_ in _MEASURES)
            and not self._is_untold(token)
            and not (token.lower_ == "injuries" and self._is_ones_injury(token))
        ):
            self._bare(token, effect)

    def _with_another(self, token: Token, effect: Effect | None) -> bool:
        """Whether a counted harm noun is joined to one of another kind: "12 deaths and injuries"."""
        i = token.i + 2
        if (
            i >= len(self.doc)
            or self.doc[i - 1].lower_ not in ("and", "or")
            or i not in self.harm
            or self.doc[i].tag_ != "NNS"
        ):
            return False
        return {effect or self.harm[token.i].effect, self.harm[i].effect} == {
            Effect.KILLED,
            Effect.WOUNDED,
        }

    def _is_untold(self, token: Token) -> bool:
        """Whether nothing is said of casualties: "no details of casualties", "did not mention casualties"."""
        head = token.head.head if token.head.lower_ in ("of", "on", "about") else token.head
        return any(c.dep_ == "neg" or (c.lower_ == "no" and c.dep_ == "det") for c in head.children)

    def _is_ones_injury(self, token: Token) -> bool:
        """Whether injuries are those of somebody told of: "suffered head injuries", "treated for injuries"."""
        while token.dep_ == "conj":
            token = token.head
        return (
            any(c.dep_ == "poss" for c in token.children)
            or token.head.lower_ in ("with", "from", "of", "for", "to")
            or token.head.lower_ in _HAVING
        )

    def _bare(self, token: Token, effect: Effect) -> None:
        """ "civilian casualties" with nobody counted: two or more."""
        first = token.i
        while (
            first > 0
            and self.doc[first - 1].dep_ in ("amod", "compound")
            and self.doc[first - 1].head is token
        ):
            first -= 1
        if self.people.at(first) is not None or (
            first and self.doc[first - 1].tag_ in ("CD", "DT", "PRP$")
        ):
            return
        start, stop = self.doc[first].idx, token.idx + len(token)
        self.add(
            Counted(
                first,
                token.i,
                token.i,
                start,
                stop,
                2,
                None,
                False,
                Kind.PLURAL,
                (start, stop),
                True,
            ),
            effect,
            token.i,
        )
