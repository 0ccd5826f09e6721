"""What happened to whom in a sentence: harm words and the people they are about.

The parse decides where it can; where it gives nobody (headlines, lost commas, lists), the nearest
candidate on the right side of the word does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.find.counted import NOUNS, Counted, Kind, People
from sayso.lexicon import Form, HarmWord, Lexicon, Role
from sayso.model import Effect
from sayso.parse import tokens_between

# "one a day", "130 people a month", "400 per day"
RATE = re.compile(r"^(?:\s[\w-]+){0,3}?\s(?:a|an|per|every|each) (?P<per>day|week|month|year|hour)\b(?!-)", re.IGNORECASE)
_BE = frozenset("be is are was were been being 's 're".split())
_FATAL = frozenset("fatally dead lethally".split())
_PERFECTIVE = frozenset(
    "manage managed succeed succeeded help helped began started continued claim claimed cause caused causes causing lead led leads leading force forced forces forcing drove driven compelled obliged believed thought known said".split()
)
_SHOWN = frozenset("show shows report announce confirm claim say describe document depict mark".split())
_GROUPS = frozenset("army family group population gang police staff side team life body opposition".split())
_HOSTING = re.compile(
    r"(?:hous(?:e|ed|es|ing)$|host|welcom|shelter|settled|accommodat|com(?:e|es|ing)$|came$|cross|arriv|receiv|liv(?:e|ed|es|ing)$)",
    re.IGNORECASE,
)
_MEASURES = frozenset("number numbers nature extent scale rate list level risk amount proportion share".split())
_MODALS = frozenset("could would might may should will 'll ’ll shall can must cannot wo".split())
_HYPOTHETICAL_HEADS = frozenset(
    (
        "avoid avoiding avoided prevent prevented preventing threaten threatened threatens threatening plan planned planning "
        "plotting plotted plot intend intended try tried trying attempt attempted attempting vow vowed want wanted wants hope "
        "refuse refused seek sought aim aimed order ordered fear risk risked protect fail failed able likely used need needs "
        "allow allowed let urge urged call called calling"
    ).split()
)


@dataclass(slots=True, eq=False)
class Harmed:
    """A candidate to whom something happened; `word` is the token that says so."""

    counted: Counted
    effect: Effect
    word: int
    whole: Counted | None = None


def find_harmed(doc: Doc, people: People, lexicon: Lexicon) -> list[Harmed]:
    """Everyone in the sentence to whom something is said to have happened, in order."""
    finder = _Finder(doc, people, lexicon)
    finder.run()
    return sorted(finder.found.values(), key=lambda h: h.counted.first)


class _Finder:
    def __init__(self, doc: Doc, people: People, lexicon: Lexicon) -> None:
        self.doc = doc
        self.people = people
        self.lexicon = lexicon
        self.found: dict[int, Harmed] = {}
        self.harm = {t.i: r for t in doc if (r := self._reading(t)) is not None}

    # -- what each harm word is -------------------------------------------------

    def _reading(self, token: Token) -> HarmWord | None:
        """The reading of a harm word that fits its tag, or None when it is no harm word here."""
        readings = self.lexicon.harm.get(token.lower_)
        if not readings:
            return None
        verb = token.tag_.startswith("VB")
        noun = token.tag_ in NOUNS
        by_role = {r.role: r for r in readings}
        if noun and (found := by_role.get(Role.NOUN) or by_role.get(Role.BODY)):
            return found
        if token.tag_.startswith("JJ") and Role.ADJECTIVE in by_role:
            return by_role[Role.ADJECTIVE]
        for role in (Role.TRANSITIVE, Role.INTRANSITIVE):
            if (r := by_role.get(role)) and (
                verb or r.form in (Form.PAST, Form.ING) or (r.form is Form.PRESENT and self._object_follows(token))
            ):
                if r.form is Form.BASE and not verb and not self._object_follows(token):
                    continue
                return r
        return by_role.get(Role.ADJECTIVE) or by_role.get(Role.NOUN) or by_role.get(Role.BODY)

    def _object_follows(self, token: Token) -> bool:
        if token.i + 1 >= len(self.doc):
            return False
        following = self.people.at(token.i + 1)
        return following is not None and following.first == token.i + 1 and token.i > 0

    # -- the sentence -----------------------------------------------------------

    def run(self) -> None:
        for i, reading in self.harm.items():
            token = self.doc[i]
            if reading.role in (Role.TRANSITIVE, Role.INTRANSITIVE):
                self._verb(token, reading)
            elif reading.role is Role.ADJECTIVE:
                self._adjective(token, reading.effect)
            else:
                self._noun(token, reading)
        self._phrases()
        self._tolls()
        self._rates()
        self._among_them()
        self._the_dead()
        self._parts()
        self._lives_lost()
        self._elliptic()

    def add(self, counted: Counted | None, effect: Effect, word: int, whole: Counted | None = None) -> None:
        """Keeps the first finding for a candidate; two harms shared by one become one."""
        if counted is None or not self._countable(self._named(counted), effect, word) or not self._asserted(self.doc[word], counted):
            return
        counted = self._named(counted)
        key = counted.first
        old = self.found.get(key)
        if old is None:
            self.found[key] = Harmed(counted, effect, word, whole)
        elif {old.effect, effect} == {Effect.KILLED, Effect.WOUNDED} and self._joined(old.word, word):
            self.found[key] = Harmed(counted, Effect.KILLED_OR_WOUNDED, old.word, old.whole)
        elif old.effect is Effect.KILLED_OR_WOUNDED and old.word == old.counted.head and self.doc[old.word].lower_ in ("victim", "victims"):
            self.found[key] = Harmed(counted, effect, word, old.whole)  # "three victims were taken to hospital"
        elif effect is Effect.KILLED and old.effect in (Effect.WOUNDED, Effect.CAPTURED) and self._joined(old.word, word):
            self.found[key] = Harmed(counted, effect, word, old.whole)

    def _is_share(self, counted: Counted) -> bool:
        """ "Most of them children": a share of a figure, not a count."""
        return counted.kind is Kind.DETERMINER and self.doc[counted.first].lower_ == "most"

    def _named(self, counted: Counted) -> Counted:
        """The name right after "his son," or "the grandfather,": the name is what is counted."""
        if counted.kind is not Kind.DEFINITE and not (counted.kind is Kind.SINGLE and self.doc[counted.first].tag_ == "PRP$"):
            return counted
        i = counted.last + 1
        while i < len(self.doc) and (self.doc[i].text == "," or self.doc[i].is_space):
            i += 1
        c = self.people.at(i) if i < len(self.doc) else None
        return c if c is not None and c.first == i and c.kind is Kind.NAME else counted

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
        if self._is_share(counted):
            return False
        if counted.kind is Kind.PLURAL and effect in (Effect.CAPTURED, Effect.DISPLACED) and verb.dep_ == "relcl" and verb.i > counted.last:
            return False  # "people who fled the town said": they are only described so
        if counted.kind is Kind.NAME:
            return effect not in (Effect.CAPTURED, Effect.DISPLACED)
        if counted.kind is not Kind.DEFINITE or counted.aged:
            return True
        head = self.doc[counted.head] if counted.head is not None else None
        return (
            effect is Effect.KILLED
            and counted.low == counted.high == 1
            and head is not None
            and head.tag_ == "NN"
            and head.lower_ not in _GROUPS
        )

    def _joined(self, a: int, b: int) -> bool:
        """Whether two harm words are coordinated: "killed and wounded", "dead or injured"."""
        a, b = sorted((a, b))
        between = [t.lower_ for t in self.doc[a + 1 : b]]
        if any(a < c.first and c.last < b for c in self.people.all):
            return False
        return len(between) <= 4 and any(w in ("and", "or", "/", "&") for w in between)

    def _asserted(self, token: Token, counted: Counted) -> bool:
        """Whether the harm is said to have happened: not negated, feared for later, or only planned."""
        if counted.low == 0 and counted.high == 0:
            return True
        verb = token
        for _ in range(3):
            for child in verb.children:
                if child.dep_ == "neg" and verb.lower_ in self.lexicon.harm:
                    return False
                if child.dep_ == "aux" and child.lower_ in _MODALS and not self._perfect(verb):
                    return False
                if (
                    child.dep_ == "aux"
                    and child.lower_ == "to"
                    and not self._perfect(verb)
                    and not (token.tag_ in NOUNS and verb is not token and verb.lower_ in _SHOWN)
                ):
                    head = verb.head
                    if head is verb or head.lower_ not in _PERFECTIVE:
                        return False
                if child.dep_ == "mark" and child.lower_ in ("if", "unless", "lest"):
                    return False
            if (
                verb.dep_ in ("conj", "xcomp", "prep", "pcomp", "pobj", "dobj", "nsubj", "nsubjpass")
                and verb.head is not verb
                and verb.head.tag_.startswith(("VB", "IN"))
            ):
                verb = verb.head
                if verb.lower_ in _HYPOTHETICAL_HEADS and verb.lower_ not in ("killed",):
                    return False
            else:
                break
        if token.tag_ in NOUNS:
            head = token.head
            if head.lower_ in _HYPOTHETICAL_HEADS:
                return False
        return True

    def _perfect(self, verb: Token) -> bool:
        return any(c.lower_ in ("have", "has", "had", "'ve") for c in verb.children if c.dep_ == "aux")

    # -- verbs ------------------------------------------------------------------

    def _verb(self, token: Token, reading: HarmWord) -> None:
        effect = reading.effect
        own = self.people.at(token.i)
        if own is not None and own.head == token.i and own.kind in (Kind.NUMBER, Kind.VAGUE):
            self.add(own, effect, token.i)  # "about 30 injured"
            return
        if token.i > 1 and token.tag_ in ("VBN", "VBD") and self.doc[token.i - 1].lower_ in ("and", "or") and token.i - 2 in self.harm:
            own = self.people.at(token.i - 2)
            if own is not None and own.head == token.i - 2 and own.kind in (Kind.NUMBER, Kind.VAGUE):
                self.add(own, effect, token.i)  # "several dozen dead and wounded"
                return
        if effect is Effect.WOUNDED and any(c.lower_ in _FATAL for c in [*token.children, *self.doc[max(0, token.i - 1) : token.i + 2]]):
            effect = Effect.KILLED
        if self._is_modifier(token):
            self.add(self._quantity_or_plural(self.people.at(token.i)), effect, token.i)
            return
        if reading.role is Role.INTRANSITIVE:
            patients = self._subjects(token) or self._before(token)
            if reading.effect is Effect.DISPLACED and not patients:
                return
        elif self._is_active(token, reading):
            patients = [c for c in self._objects(token) if not self._is_share(c)] or self._after(token)
            objects = [c for c in token.children if c.dep_ == "dobj"]
            if not patients and reading.form is Form.PAST and all(o.lower_.endswith("self") for o in objects):
                patients = self._subjects(token) or self._before(token)
        else:
            passive = any(c.dep_ == "auxpass" for c in token.children)
            patients = self._subjects(token) or self._before(token) or ([] if passive else self._after(token))
        for patient in patients:
            self.add(patient, effect, token.i)

    def _is_modifier(self, token: Token) -> bool:
        c = self.people.at(token.i)
        return c is not None and c.head is not None and token.i < c.head and c.kind is not Kind.NAME

    def _quantity_or_plural(self, c: Counted | None) -> Counted | None:
        return c

    def _is_active(self, token: Token, reading: HarmWord) -> bool:
        if reading.form in (Form.BASE, Form.PRESENT):
            return True
        auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        if auxiliaries & {"has", "have", "had"} and not auxiliaries & {"been", "got"} and self._object_right_of(token):
            return True
        passive = any(c.dep_ == "auxpass" for c in token.children) or bool(auxiliaries & {"got", "getting", "get", "gets"})
        if passive or (auxiliaries & _BE and reading.form is Form.PAST):
            return False
        if reading.form is Form.ING:
            return True
        if not auxiliaries and self._in_list_of_harms(token):
            return False
        if auxiliaries & {"has", "have", "had", "having"}:
            return True
        if token.dep_ in ("acl", "relcl") and token.tag_ == "VBN" and not self._has_wh_subject(token):
            return False
        if any(c.dep_ in ("agent",) for c in token.children):
            return False
        if token.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
            first = token.head
            reading_of_first = self.harm.get(first.i)
            if self._object_right_of(token):
                return True
            if reading_of_first is not None and reading_of_first.role is Role.TRANSITIVE:
                return self._is_active(first, reading_of_first)
        if self._object_right_of(token):
            return True
        return token.tag_ == "VBD" and any(c.dep_ == "dobj" for c in token.children)

    def _in_list_of_harms(self, token: Token) -> bool:
        """ "Seven killed 37 others injured": people on both sides, and a harm word after the second."""
        before = self.people.at(token.i - 1) if token.i else None
        i = token.i + 1
        while i < len(self.doc) and self.doc[i].lower_ in (",", "and", "&", ";") and self.people.at(i) is None:
            i += 1
        after = self.people.at(i) if i < len(self.doc) else None
        if before is None or before.last != token.i - 1 or before.kind is Kind.NAME or after is None or after.first != i:
            return False
        ends_in_harm = (
            after.last in self.harm
            and self.harm[after.last].form in (Form.PAST, Form.NONE)
            and self.harm[after.last].role in (Role.TRANSITIVE, Role.ADJECTIVE)
        )
        k = after.last + 1
        while k < len(self.doc) and self.doc[k].lower_ in _BE:
            k += 1
        return ends_in_harm or (k in self.harm and self.harm[k].form in (Form.PAST, Form.NONE) and self.harm[k].role is not Role.NOUN)

    def _object_right_of(self, token: Token) -> bool:
        """People right after the verb who are not themselves followed by a harm word (headlines)."""
        i = token.i + 1
        while i < len(self.doc) and ((c := self.people.at(i)) is None or c.first != i):
            if self.doc[i].lower_ in ("and", "or") and i + 1 in self.harm:
                i += 2
            elif self.doc[i].tag_ == "RB":
                i += 1
            else:
                break
        c = self.people.at(i) if i < len(self.doc) else None
        if c is None or c.first != i:
            return False
        following = c.last + 1
        if following < len(self.doc) and following in self.harm:
            before = self.people.at(token.i - 1) if token.i else None
            return before is None
        return True

    def _has_wh_subject(self, token: Token) -> bool:
        return any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in token.children)

    def _subjects(self, token: Token, depth: int = 0) -> list[Counted]:
        """The people that the verb's subject names; the antecedent for a relative or reduced clause."""
        subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "csubj")]
        if token.dep_ in ("acl", "relcl") and (not subjects or subjects[0].tag_ in ("WDT", "WP")):
            return self._group(token.head)
        if (
            token.dep_ == "pcomp"
            and token.head.lower_ in ("before", "after", "upon")
            and token.head.head.tag_.startswith("VB")
            and depth < 4
        ):
            return self._subjects(token.head.head, depth + 1)  # "he died after being shot"
        if subjects:
            return [c for s in subjects for c in self._group(s)]
        if (
            depth < 4
            and token.dep_ in ("conj", "xcomp", "ccomp", "advcl", "oprd", "dep", "acomp")
            and token.head is not token
            and token.head.tag_.startswith("VB")
        ):
            if token.dep_ in ("conj", "xcomp", "oprd", "acomp") or (token.dep_ == "advcl" and token.tag_ == "VBG"):
                if token.dep_ == "xcomp":
                    objects = [c for c in token.head.children if c.dep_ == "dobj"]
                    if objects:
                        return [c for o in objects for c in self._group(o)]
                return self._subjects(token.head, depth + 1)
        return []

    def _objects(self, token: Token) -> list[Counted]:
        objects = [c for c in token.children if c.dep_ in ("dobj", "attr", "oprd") and c.i > token.i]
        if not objects:
            for c in token.children:
                if c.dep_ == "conj" and c.i in self.harm and self._joined(token.i, c.i):
                    objects = [o for o in c.children if o.dep_ == "dobj"]
                    break
        return [c for o in objects for c in self._group(o)]

    def _group(self, token: Token) -> list[Counted]:
        """The candidate at a token and those coordinated or in apposition with it."""
        group: list[Counted] = []
        queue, seen = [token], set()
        while queue:
            t = queue.pop(0)
            if t.i in seen:
                continue
            seen.add(t.i)
            c = self.people.at(t.i)
            if c is None and t.lower_ in (
                "members",
                "member",
                "number",
                "total",
                "group",
                "family",
                "bodies",
                "body",
                "most",
                "majority",
                "lives",
                "life",
                "toll",
            ):
                for p in t.children:
                    if p.dep_ == "prep" and p.lower_ == "of":
                        queue.extend(x for x in p.children if x.dep_ == "pobj")
            if c is not None and not self._is_harm_head(c) and c not in group:
                if not (c.kind is Kind.PLURAL and group and group[-1].kind is Kind.NUMBER and c.first == group[-1].last + 2):
                    group.append(c)
            for child in t.children:
                if (
                    (child.dep_ == "conj" and child.i not in self.harm)
                    or (child.dep_ in ("appos",) and (a := self.people.at(child.i)) and a.kind in (Kind.NUMBER, Kind.SINGLE) and c is None)
                    or (child.dep_ == "nummod" and c is None)
                ):
                    queue.append(child)
        return group

    def _is_harm_head(self, c: Counted) -> bool:
        return (
            c.head is not None
            and c.head in self.harm
            and self.harm[c.head].role in (Role.NOUN, Role.BODY)
            and self.doc[c.head].lower_ not in self.lexicon.people
        )

    def _before(self, token: Token) -> list[Counted]:
        """The nearest candidate to the left with nothing between but auxiliaries and adverbs."""
        i = token.i - 1
        while i >= 0 and (
            self.doc[i].lower_ in _BE
            or self.doc[i].tag_ in ("RB", "MD")
            or self.doc[i].lower_
            in (
                "have",
                "has",
                "had",
                "got",
                "also",
                "who",
                "that",
                "were",
                "reported",
                "reportedly",
                "believed",
                "confirmed",
                "feared",
                "to",
                "and",
                "all",
                "said",
                "more",
                "others",
            )
            or i in self.harm
        ):
            c = self.people.at(i)
            if c is not None and c.last == i:
                break
            i -= 1
        if i > 0 and self.doc[i].text == ")":  # "24 terrorists (a banned group) were killed"
            i = next((k for k in range(i, max(-1, i - 15), -1) if self.doc[k].text == "("), 0) - 1
        c = self.people.at(i) if i >= 0 else None
        return [c] if c is not None and not self._is_harm_head(c) else []

    def _after(self, token: Token) -> list[Counted]:
        """The nearest candidate to the right with nothing between but adverbs and coordinated harm."""
        i = token.i + 1
        while i < len(self.doc) and (
            self.doc[i].tag_ in ("RB", "RP")
            or (
                self.doc[i].lower_ in ("and", "or", "around", "by", "dead")
                and i + 1 < len(self.doc)
                and (i + 1 in self.harm or self.people.at(i + 1))
                and self.doc[i].lower_ != "by"
            )
            or i in self.harm
        ):
            c = self.people.at(i)
            if c is not None and c.first == i:
                break
            i += 1
        c = self.people.at(i) if i < len(self.doc) else None
        return [c] if c is not None and c.first == i and not self._is_harm_head(c) else []

    # -- adjectives -------------------------------------------------------------

    def _adjective(self, token: Token, effect: Effect) -> None:
        inside = self.people.at(token.i)
        if inside is not None and inside.head is not None and inside.first <= token.i <= inside.head:
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
            or self.doc[j].lower_ in (*_BE, "among", "the", "those", "feared", "left", "believed", "reported", "found", "shot")
        ):
            if self.doc[j].lower_ == "among":
                self._among(j, token, effect)
                return
            j -= 1
        c = self.people.at(j) if j >= 0 else None
        if c is not None and c.last == j and j < token.i - 1 and not self._is_harm_head(c):
            for g in [c, *[x for x in self._group(self.doc[c.head if c.head is not None else c.first]) if x is not c]]:
                self.add(g, effect, token.i)
            return
        for subject in self._subjects(token.head) if token.head.lower_ in _BE or token.dep_ in ("acomp", "oprd") else []:
            self.add(subject, effect, token.i)

    def _among(self, j: int, token: Token, effect: Effect) -> None:
        """ "Six children were among the dead"; "among the dead were six children"."""
        left = self._subjects(self.doc[j - 1]) if j and self.doc[j - 1].lower_ in _BE else []
        left = left or self._before(self.doc[j])
        if left:
            for c in left:
                self.add(c, effect, token.i)
            return
        k = token.i + 1
        while k < len(self.doc) and (self.doc[k].lower_ in _BE or self.doc[k].tag_ in ("RB",)):
            k += 1
        if k < len(self.doc) and k > token.i + 1:
            self._list_from(k, effect, token.i, None)

    # -- nouns ------------------------------------------------------------------

    def _noun(self, token: Token, reading: HarmWord) -> None:
        effect = Effect.KILLED if reading.role is Role.BODY else reading.effect
        if effect is Effect.WOUNDED and any(c.lower_ in ("fatal", "deadly") for c in token.children):
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
        people_noun = token.lower_ in self.lexicon.people
        own = self.people.at(token.i)
        if own is not None and own.head == token.i and own.kind in (Kind.NUMBER, Kind.VAGUE, Kind.ZERO, Kind.DETERMINER, Kind.SINGLE):
            if reading.role is Role.BODY and own.kind is Kind.SINGLE and not self._of(token):
                self.add(own, effect, token.i)
                return
            if (
                reading.role is Role.BODY
                and own.kind is Kind.DETERMINER
                and any(self.doc[k].lower_ in ("the", "their", "these", "those") for k in range(own.first, token.i))
            ):
                return  # "some of the bodies": dead already told of
            of = self._of(token)
            if of and of[0].kind in (Kind.NUMBER, Kind.VAGUE, Kind.NAME):
                for c in of:
                    self.add(c, effect, token.i)
            elif not people_noun or own.kind is not Kind.SINGLE or reading.effect is not Effect.KILLED_OR_WOUNDED:
                self.add(own, effect, token.i)
            return
        of = self._of(token)
        if of and not (reading.effect is Effect.KILLED_OR_WOUNDED and all(c.kind is Kind.DEFINITE for c in of)):
            for c in of:
                if not (c.kind is Kind.DEFINITE and c.low != 1):
                    self.add(c, effect, token.i)
            return
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        if owner is not None and reading.role is Role.NOUN and effect is Effect.KILLED:
            named = self.people.at(owner.i)
            if named is not None and named.kind is Kind.NAME:
                self.add(named, effect, token.i)
            return
        if own is not None and own.kind is Kind.PLURAL and own.head == token.i:
            if (
                reading.effect in (Effect.DISPLACED, Effect.CAPTURED)
                or token.lower_ == "victims"
                or (token.lower_ in ("injuries", "wounds") and token.head.lower_ in ("with", "from", "of"))
            ):
                return
            self.add(own, effect, token.i)
            return
        before = self.people.at(token.i - 1) if token.i else None
        if before is not None and before.last == token.i - 1 and before.kind in (Kind.NUMBER, Kind.VAGUE, Kind.ZERO, Kind.DETERMINER):
            self.add(before, effect, token.i)
            return
        after = self.people.at(token.i + 1) if token.i + 1 < len(self.doc) else None
        if (
            token.lower_.endswith("ing")
            and after is not None
            and after.first == token.i + 1
            and after.kind in (Kind.NUMBER, Kind.VAGUE, Kind.SINGLE)
        ):
            self.add(after, effect, token.i)
            return
        if (
            token.lower_ in ("casualties", "injuries", "deaths", "fatalities", "causalities")
            and not any(c.dep_ in ("det", "poss") for c in token.children)
            and not (token.head.lower_ == "of" and token.head.head.lower_ in _MEASURES)
            and not (token.lower_ == "injuries" and token.head.lower_ in ("with", "from", "of"))
        ):
            self._bare(token, effect)

    def _bare(self, token: Token, effect: Effect) -> None:
        """ "civilian casualties" with nobody counted: two or more."""
        first = token.i
        while first > 0 and self.doc[first - 1].dep_ in ("amod", "compound") and self.doc[first - 1].head is token:
            first -= 1
        if self.people.at(first) is not None or (first and self.doc[first - 1].tag_ in ("CD", "DT", "PRP$")):
            return
        start, stop = self.doc[first].idx, token.idx + len(token)
        self.add(Counted(first, token.i, token.i, start, stop, 2, None, False, Kind.PLURAL, (start, stop), True), effect, token.i)

    def _of(self, token: Token) -> list[Counted]:
        """The people in the of-phrase of a noun ("the death of three rebels")."""
        found: list[Counted] = []
        for p in token.children:
            if p.dep_ == "prep" and p.lower_ in ("of", "to", "among", "for") and p.i > token.i:
                if p.lower_ != "of" and token.lower_ not in ("casualties", "injuries", "injury", "damage"):
                    continue
                for o in p.children:
                    if o.dep_ == "pobj":
                        found += self._group(o)
        if not found and token.i + 2 < len(self.doc) and self.doc[token.i + 1].lower_ == "of":
            c = self.people.at(token.i + 2)
            if c is not None and c.first == token.i + 2:
                found = [c]
        return [c for c in found if not self._is_harm_head(c)]

    # -- several words ----------------------------------------------------------

    def _phrases(self) -> None:
        for phrase in self.lexicon.phrases:
            for m in phrase.pattern.finditer(self.doc.text):
                span = tokens_between(self.doc, m.start(), m.end())
                if phrase.people == "object":
                    patients = self._after(self.doc[span.end - 1]) if m[0].strip() else []
                    if not patients and span.end < len(self.doc):
                        c = self.people.at(span.end)
                        patients = [c] if c else []
                    if patients:
                        patients = (
                            self._group(self.doc[patients[0].head if patients[0].head is not None else patients[0].first]) or patients
                        )
                else:
                    verb = next((t for t in span if t.tag_.startswith("VB") and t.dep_ not in ("aux", "auxpass")), span[0])
                    if span[0].lower_ in ("with", "in") and span[0].head.tag_.startswith("VB"):
                        verb = span[0].head
                    patients = self._subjects(verb) or self._subjects(span[0]) or self._before(span[0])
                for c in patients:
                    if c.head is not None and not c.known and c.kind is not Kind.NAME and "lives" not in m[0].lower():
                        continue
                    if phrase.effect is Effect.KILLED and (old := self.found.get(c.first)) and old.effect is Effect.WOUNDED:
                        del self.found[c.first]
                    self.add(c, phrase.effect, span.start)

    _TOLL = re.compile(
        r"\b(?:tolls?|body count|number of (?:[\w-]+ ){0,3}?(?:dead|deaths|victims|casualties|people killed|those killed|killed|wounded|injured|fatalities|martyrs))\b",
        re.IGNORECASE,
    )
    _TOLL_LINK = re.compile(
        r"^(?:[^.;]{0,120}?\b(?:of|to|at|is|was|has reached|reached|reaching|rises to|above|tops|topped|exceeded|exceeds|exceeding|as|stood at|stands at|now|passed|hit|was put at))\s+$",
        re.IGNORECASE,
    )

    def _tolls(self) -> None:
        for m in self._TOLL.finditer(self.doc.text):
            effect = Effect.WOUNDED if re.search(r"wounded|injured", m[0]) else Effect.KILLED
            word = tokens_between(self.doc, m.start(), m.end())
            for c in self.people.all:
                between = self.doc.text[m.end() : c.start]
                headline = (
                    c.head is None
                    and re.search(r"\bat (?:the )?least\b|\bover\b|\bmore than\b", self.doc.text[c.start : c.end], re.IGNORECASE)
                    and re.fullmatch(r"[^.;,]{0,60} ", between)
                )
                if c.start >= m.end() and c.kind in (Kind.NUMBER, Kind.VAGUE) and (headline or self._TOLL_LINK.match(between)):
                    if c.first not in self.found:
                        self.add(c, effect, word.start)
                    break

    def _rates(self) -> None:
        """ "dying at a rate of one a day": the number counts those who die."""
        for c in self.people.all:
            if c.first in self.found or c.head is not None or not RATE.match(self.doc.text[c.end :]):
                continue
            verbs = [i for i in self.harm if i < c.first]
            if not verbs:
                continue
            patient = next((h for h in self.found.values() if h.word == verbs[-1] and h.counted.kind is Kind.PLURAL), None)
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
        for m in self._PART.finditer(self.doc.text):
            whole = self._latest(m.start())
            if whole is None:
                continue
            span = tokens_between(self.doc, m.start(), m.end())
            cue = m[0].lower()
            follow = [
                c for c in self.people.all if c.first == span.end or (c.first == span.end + 1 and self.doc[span.end].text in (",", ":"))
            ]
            is_part = cue not in ("as well as", "along with", "together with", "in addition to", "besides", "with him", "plus")
            if follow:
                self._list_from(follow[0].first, whole.effect, whole.word, whole.counted if is_part else None)
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
                before = next((h for h in self.found.values() if h.counted.last == c.first - 1 and h.counted.kind is Kind.NUMBER), None)
                if before is not None and c.known:
                    self.add(c, before.effect, before.word, before.counted)
        for c in self.people.all:
            if c.of_them and c.first not in self.found and (whole := self._latest(c.start)):
                self.add(c, whole.effect, whole.word, whole.counted)

    def _latest(self, position: int) -> Harmed | None:
        """The figure before a position that the words there divide up."""
        return max(
            (h for h in self.found.values() if h.counted.start < position and h.whole is None), key=lambda h: h.counted.start, default=None
        )

    def _list_from(self, i: int, effect: Effect, word: int, whole: Counted | None) -> None:
        """Adds the candidates of a list that begins at token i: "two women, a child and Dr Aziz".

        Names that only say who a number before them counts ("two men, A and B") are left out.
        """
        counted_names = 0
        while i < len(self.doc) and (c := self.people.at(i)) and c.first == i:
            if c.kind is Kind.NAME and counted_names > 0:
                counted_names -= 1
            else:
                counted_names = 0
                if c.first not in self.found:
                    self.add(c, effect, word, whole)
            i = c.last + 1
            if c.kind is Kind.NUMBER and c.low == c.high and i < len(self.doc) and self.doc[i].text in (",", ":", "-", "–", "—"):
                counted_names = c.low or 0
            skipped = 0
            while i < len(self.doc) and (
                self.doc[i].lower_ in (",", "and", "as", "well", "also", ":", "–", "—") or self.doc[i].text == ";"
            ):
                i, skipped = i + 1, skipped + 1
            if not skipped and not (
                c.kind is Kind.DEFINITE and (n := self.people.at(i)) is not None and n.first == i and n.kind is Kind.NAME
            ):
                return  # "the aid workers David Haines and Alan Henning" goes on

    def _among_them(self) -> None:
        """ "Ten children were among 48 people killed"; "among the dead in the raids were two women"."""
        for t in self.doc:
            if t.lower_ not in ("among", "amongst"):
                continue
            whole, effect, word = self._whole_after(t.i + 1)
            if effect is None:
                continue
            j = t.i - 1
            while j >= 0 and (self.doc[j].lower_ in _BE or self.doc[j].tag_ == "RB" or self.doc[j].text in (",", "-", "–")):
                j -= 1
            c = self.people.at(j) if j >= 0 else None
            subjects = [
                x for b in (self.doc[t.i].head,) if b.lower_ in _BE for s in b.children if s.dep_ == "nsubj" for x in self._group(s)
            ]
            left = subjects or ([c] if c is not None and c.last == j else [])
            for x in left:
                if x.first not in self.found:
                    self.add(x, effect, word, whole)
            for x in [
                x
                for x in self.people.all
                if left and x.last < t.i and x.first > left[0].last and self.doc[x.first - 1].lower_ == "including"
            ]:
                self._list_from(x.first, effect, word, left[0])
            if left:
                continue
            stop = next(
                (k for k in range(word + 1, min(len(self.doc), word + 14)) if self.doc[k].lower_ in ("was", "were", "is", "are")), None
            )
            if stop is not None and not any(self.doc[k].text in (",", ";") for k in range(word + 1, stop)):
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
            )
        ):
            k += 1
        if k > i and k < len(doc) and k in self.harm and self.harm[k].form in (Form.PAST, Form.NONE):
            effect = Effect.KILLED if self.harm[k].role is Role.BODY else self.harm[k].effect
            if effect is Effect.KILLED_OR_WOUNDED:
                latest = self._latest(doc[i].idx)
                return None, latest.effect if latest else None, k
            return None, effect, k
        return None, None, i

    _THE_DEAD = re.compile(
        r"(?<!of )\b(?:the|those) (?P<harm>dead|killed|wounded|injured|missing|fatalities|displaced|captured|detained|arrested|martyrs)\b[^.;]{0,40}? (?:were|was|are|include|included|includes|including)(?: mostly| mainly| all| also| largely)? (?=\w)",
        re.IGNORECASE,
    )

    def _the_dead(self) -> None:
        """ "The dead include two women"; "those killed were mostly residents"."""
        for m in self._THE_DEAD.finditer(self.doc.text):
            span = self.doc.char_span(m.start("harm"), m.end("harm"))
            if span is None or (reading := self.harm.get(span.start)) is None:
                continue
            for c in self.people.all:
                if c.start == m.end() and c.first not in self.found:
                    self._list_from(c.first, reading.effect, span.start, None)

    _LIVES_LOST = re.compile(
        r"(?:,? (?:who )?(?:have|had|has))?(?: (?:were|was|been|being|already))* (?:lost|claimed|taken|cut short)\b", re.IGNORECASE
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
                if m := self._LIVES_LOST.match(self.doc.text, self.doc[c.last].idx + len(self.doc[c.last])):
                    self.add(c, Effect.KILLED, c.last)

    def _elliptic(self) -> None:
        """ "12 killed and more than 70 wounded": a bare number right before a harm word."""
        for i, reading in self.harm.items():
            c = self.people.at(i - 1) if i else None
            if c is not None and c.last == i - 1 and c.head is None and c.first not in self.found and c.kind in (Kind.NUMBER, Kind.VAGUE):
                self.add(c, reading.effect, i)
