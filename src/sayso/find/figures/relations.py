"""Grammar of harm: the reading of each harm word, its voice, its subjects and objects.

The parse decides where it can; where it gives nobody (headlines, lost commas, lists), the nearest
candidate on the right side of the word does.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.find.figures.counted import Counted, Kind, People
from sayso.find.phrases import BEREAVED, NOUNS
from sayso.language.inflection import Form
from sayso.language.lexicon import HarmRole, HarmWord, Lexicon
from sayso.model import Effect

# Which of those it befell somebody was: "the second Briton to die".
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth latest last only".split()
)
# Forms of "be": auxiliaries of the passive, and what links people to "dead".
BE = frozenset("be is are was were been being 's 're".split())


class Relations:
    """The harm words of a sentence, and which candidates grammar or nearness ties to a word."""

    def __init__(self, doc: Doc, people: People, lexicon: Lexicon) -> None:
        self.doc = doc
        self.text = doc.text  # a Doc builds it anew at each call
        self.people = people
        self.lexicon = lexicon
        self.harm = {t.i: r for t in doc if (r := self._reading(t)) is not None}

    def _reading(self, token: Token) -> HarmWord | None:
        """The reading of a harm word that fits its tag, or None when it is no harm word here."""
        readings = self.lexicon.harm.get(token.lower_)
        if not readings:
            return None
        if readings[0].form is Form.ING and self._verb_follows(token):
            return None  # "shooting kills father of three"
        verb = token.tag_.startswith("VB")
        noun = token.tag_ in NOUNS
        by_role = {r.role: r for r in readings}
        if (
            (r := by_role.get(HarmRole.TRANSITIVE))
            and r.form is Form.PRESENT
            and self._number_follows(token)
        ):
            return r  # "kills 12 wounds 50"
        if noun and (found := by_role.get(HarmRole.NOUN) or by_role.get(HarmRole.BODY)):
            return found
        if token.tag_.startswith("JJ") and HarmRole.ADJECTIVE in by_role:
            return by_role[HarmRole.ADJECTIVE]
        for role in (HarmRole.TRANSITIVE, HarmRole.INTRANSITIVE):
            if (r := by_role.get(role)) and (
                verb
                or r.form in (Form.PAST, Form.ING)
                or (r.form is Form.PRESENT and self._object_follows(token))
            ):
                if r.form is Form.BASE and not verb and not self._object_follows(token):
                    continue
                return r
        return (
            by_role.get(HarmRole.ADJECTIVE)
            or by_role.get(HarmRole.NOUN)
            or (None if verb else by_role.get(HarmRole.BODY))
        )

    def _verb_follows(self, token: Token) -> bool:
        """Whether a headline's verb of harm comes right after."""
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        readings = (
            self.lexicon.harm.get(following.lower_, ())
            if following is not None and following.tag_ in ("VBZ", "NNS")
            else ()
        )
        return any(r.role is HarmRole.TRANSITIVE and r.form is Form.PRESENT for r in readings)

    def _number_follows(self, token: Token) -> bool:
        following = self.people.at(token.i + 1) if token.i + 1 < len(self.doc) else None
        return (
            following is not None
            and following.first == token.i + 1
            and following.kind in (Kind.NUMBER, Kind.VAGUE)
        )

    def _object_follows(self, token: Token) -> bool:
        if token.i + 1 >= len(self.doc):
            return False
        following = self.people.at(token.i + 1)
        return following is not None and following.first == token.i + 1 and token.i > 0

    def _joined(self, a: int, b: int) -> bool:
        """Whether two harm words are coordinated: "killed and wounded", "dead or injured"."""
        a, b = sorted((a, b))
        between = [t.lower_ for t in self.doc[a + 1 : b]]
        if any(a < c.first < b for c in self.people.all):
            return False
        lost_comma = (
            between in ([], [","]) and self.doc[a].tag_ == self.doc[b].tag_
        )  # "bombing kills wounds dozens"
        return lost_comma or (
            len(between) <= 4 and any(w in ("and", "or", "/", "&") for w in between)
        )

    def _perfect(self, verb: Token) -> bool:
        return any(
            c.lower_ in ("have", "has", "had", "'ve") for c in verb.children if c.dep_ == "aux"
        )

    def _is_active(self, token: Token, reading: HarmWord) -> bool:
        if reading.form in (Form.BASE, Form.PRESENT):
            return True
        auxiliaries = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        if (
            auxiliaries & {"has", "have", "had"}
            and not auxiliaries & {"been", "got"}
            and self._object_right_of(token)
        ):
            return True
        passive = any(c.dep_ == "auxpass" for c in token.children) or bool(
            auxiliaries & {"got", "getting", "get", "gets"}
        )
        if passive or (auxiliaries & BE and reading.form is Form.PAST):
            return False
        if reading.form is Form.ING:
            return True
        if not auxiliaries and self._in_list_of_harms(token):
            return False
        if auxiliaries & {"has", "have", "had", "having"}:
            return True
        if (
            token.dep_ in ("acl", "relcl")
            and token.tag_ == "VBN"
            and not self._has_wh_subject(token)
        ):
            return self._number_follows(token) and self._object_right_of(
                token
            )  # "fire from rebels killed 14 people"
        if any(c.dep_ in ("agent",) for c in token.children):
            return False
        if token.dep_ == "conj" and not any(
            c.dep_ in ("nsubj", "nsubjpass") for c in token.children
        ):
            first = token.head
            reading_of_first = self.harm.get(first.i)
            if self._object_right_of(token):
                return True
            if reading_of_first is not None and reading_of_first.role is HarmRole.TRANSITIVE:
                return self._is_active(first, reading_of_first)
        if self._object_right_of(token):
            return True
        return token.tag_ == "VBD" and any(c.dep_ == "dobj" for c in token.children)

    def _in_list_of_harms(self, token: Token) -> bool:
        """ "Seven killed 37 others injured": people on both sides, and a harm word after the second."""
        before = self.people.at(token.i - 1) if token.i else None
        i = token.i + 1
        while (
            i < len(self.doc)
            and self.doc[i].lower_ in (",", "and", "&", ";")
            and self.people.at(i) is None
        ):
            i += 1
        after = self.people.at(i) if i < len(self.doc) else None
        if (
            before is None
            or before.last != token.i - 1
            or before.kind is Kind.NAME
            or after is None
            or after.first != i
        ):
            return False
        ends_in_harm = (
            after.last in self.harm
            and self.harm[after.last].form in (Form.PAST, Form.NONE)
            and self.harm[after.last].role in (HarmRole.TRANSITIVE, HarmRole.ADJECTIVE)
        )
        k = after.last + 1
        while k < len(self.doc) and self.doc[k].lower_ in BE:
            k += 1
        return ends_in_harm or (
            k in self.harm
            and self.harm[k].form in (Form.PAST, Form.NONE)
            and self.harm[k].role is not HarmRole.NOUN
        )

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
            return (
                self._of_the_bereaved(token)
                or self._known_as(token)
                or self._mostly(token.head) + self._group(token.head)
            )
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
            loose = (
                token.i in self.harm
                and token.dep_ == "advcl"
                and not any(c.dep_ in ("mark", "aux") for c in token.children)
            )  # "arrived shot in the leg"
            if token.dep_ in ("conj", "xcomp", "oprd", "acomp") or (
                token.dep_ == "advcl" and (token.tag_ == "VBG" or loose)
            ):
                if token.dep_ == "xcomp":
                    objects = [c for c in token.head.children if c.dep_ == "dobj"]
                    if objects:
                        return [c for o in objects for c in self._group(o)]
                return self._subjects(token.head, depth + 1)
        return []

    def _of_the_bereaved(self, token: Token) -> list[Counted]:
        """The dead of "the families of two men killed in Syria": what the clause follows, not those they leave."""
        i = token.left_edge.i - 1
        near = self.people.at(i) if i > 0 else None
        if (
            near is None
            or near.last != i
            or near.first < 2
            or near.kind in (Kind.DEFINITE, Kind.DETERMINER)
        ):
            return []
        before = self.doc[near.first - 2 : near.first]
        return [near] if before[1].lower_ == "of" and before[0].lower_ in BEREAVED else []

    def _known_as(self, token: Token) -> list[Counted]:
        """The name of "Dean Evans became the second Briton to die", "Hamed, a teacher of Arabic, who was killed"."""
        noun, reading = token.head, self.harm.get(token.i)
        if reading is None or reading.effect not in (Effect.KILLED, Effect.WOUNDED):
            return []  # a captive counts as described, not as named
        if noun.dep_ == "attr" and any(c.lower_ in ORDINALS for c in noun.children):
            subjects = [
                noun.head.head if s.tag_ == "WP" else s
                for s in noun.head.children
                if s.dep_ == "nsubj"
            ]
            named = [c for s in subjects for c in self._group(s)]
        elif (
            noun.dep_ == "appos"
            and (c := self.people.at(noun.head.i)) is not None
            and c.last < noun.i
        ):
            described = self.people.at(
                noun.i
            )  # not the six of "Ellacuria, one of the six Jesuits murdered"
            named = (
                [c]
                if described is not None and described.kind in (Kind.SINGLE, Kind.DEFINITE)
                else []
            )
        else:
            return []
        return [c for c in named if c.kind is Kind.NAME][:1]

    def _mostly(self, token: Token) -> list[Counted]:
        """The whole of which the noun is said to be most: "10 people, mostly schoolchildren, killed"."""
        whole = self.people.at(token.head.i) if token.dep_ in ("appos", "nmod", "amod") else None
        if whole is None or whole.last >= token.i or whole.kind not in (Kind.NUMBER, Kind.VAGUE):
            return []
        return (
            [whole]
            if any(
                t.lower_ in ("mostly", "mainly", "largely", "all")
                for t in self.doc[whole.last + 1 : token.i]
            )
            else []
        )

    def _objects(self, token: Token) -> list[Counted]:
        objects = [
            c for c in token.children if c.dep_ in ("dobj", "attr", "oprd") and c.i > token.i
        ]
        if token.dep_ == "relcl" and any(
            c.dep_ == "dobj" and c.tag_ in ("WDT", "WP") for c in token.children
        ):
            return self._group(token.head)  # "over 800 fighters that we captured"
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
                if not (
                    c.kind is Kind.PLURAL
                    and group
                    and group[-1].kind is Kind.NUMBER
                    and c.first == group[-1].last + 2
                ):
                    group.append(c)
            for child in t.children:
                if (
                    (child.dep_ == "conj" and child.i not in self.harm)
                    or (
                        child.dep_ in ("appos",)
                        and (a := self.people.at(child.i))
                        and a.kind in (Kind.NUMBER, Kind.SINGLE)
                        and c is None
                    )
                    or (child.dep_ == "nummod" and c is None)
                ):
                    queue.append(child)
        return group

    def _is_harm_head(self, c: Counted) -> bool:
        return (
            c.head is not None
            and c.head in self.harm
            and self.harm[c.head].role in (HarmRole.NOUN, HarmRole.BODY)
            and self.doc[c.head].lower_ not in self.lexicon.people
        )

    def _before(self, token: Token) -> list[Counted]:
        """The nearest candidate to the left with nothing between but auxiliaries and adverbs."""
        i = token.i - 1
        while i >= 0 and (
            self.doc[i].lower_ in BE
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
        if i > 0 and self.doc[i].text == ",":  # "50 people, mostly women and children, were killed"
            opening = next(
                (k for k in range(i - 1, max(0, i - 12), -1) if self.doc[k].text == ","), 0
            )
            if self.doc[opening + 1].lower_ in (
                "mostly",
                "mainly",
                "including",
                "all",
                "many",
                "some",
                "most",
                "among",
            ):
                i = opening - 1
        c = self.people.at(i) if i >= 0 else None
        return [c] if c is not None and not self._is_harm_head(c) and not self._is_place(c) else []

    def _is_place(self, c: Counted) -> bool:
        """Whether a name that nearness alone offers is a place: "the son of … of Magnolia, was reported missing"."""
        return (
            c.kind is Kind.NAME
            and c.first > 0
            and self.doc[c.first - 1].lower_ in ("of", "in", "at", "from", "near")
        )

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

    def _of(self, token: Token) -> list[Counted]:
        """The people in the of-phrase of a noun ("the death of three rebels")."""
        found: list[Counted] = []
        for p in token.children:
            if p.dep_ == "prep" and p.lower_ in ("of", "to", "among", "for") and p.i > token.i:
                if p.lower_ != "of" and token.lower_ not in (
                    "casualties",
                    "injuries",
                    "injury",
                    "damage",
                ):
                    continue
                for o in p.children:
                    if o.dep_ == "pobj":
                        found += self._group(o)
        if not found and token.i + 2 < len(self.doc) and self.doc[token.i + 1].lower_ == "of":
            c = self.people.at(token.i + 2)
            possessor = (
                c is not None and c.last + 1 < len(self.doc) and self.doc[c.last + 1].tag_ == "POS"
            )  # "the death of Begum's baby"
            if c is not None and c.first == token.i + 2 and not possessor:
                found = [c]
        return [c for c in found if not self._is_harm_head(c)]
