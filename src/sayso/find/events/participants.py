"""Who acts and who is acted on: the words for the actor and the target of an act."""

from __future__ import annotations

import re

from spacy.tokens import Token

from sayso.find.events.acts import OF_WORDS, Act
from sayso.find.events.clauses import (
    LEFT,
    after_preposition,
    agent_of,
    clause_of,
    has_object,
    is_passive,
    is_verb,
    outer_nouns,
    overlap,
    phrase,
    shares_object,
    subjects,
)
from sayso.find.events.parties import Participants, Parties
from sayso.find.phrases import NOT_NAMES, NOUNS
from sayso.language.event_lexicon import VerbFrame
from sayso.model import EventType

_ON = frozenset("on upon against at into towards toward with".split())
# Nouns whose owner is whom it befell.
_DONE_TO = frozenset(
    "murder assassination killing kidnapping abduction kidnaping arrest detention execution slaying torture rape expulsion deportation release capture imprisonment".split()
)
# Nouns whose "of" names who acts: "the withdrawal of troops"; with the others it is whom it befell.
_ACTS_OF = frozenset(
    {
        EventType.RETREAT,
        EventType.PROTEST,
        EventType.CONSULT,
        EventType.MOBILIZE,
        EventType.AGREE,
        EventType.REJECT,
    }
)
_BETWEEN_SIDES = re.compile(
    r"clash|battle|fight|skirmish|confrontation|hostilit|gunbattle|firefight|exchange|combat|talk|meet|negotiat|summit",
    re.I,
)
# Verbs whose two subjects do it to each other.
_MUTUAL = frozenset({"clash", "skirmish", "exchange fire", "trade fire"})
_RESPONSIBLE = frozenset("responsibility credit".split())
_CLAIMS = frozenset(
    "claim claimed claims claiming took take takes taken admitted admits accepted accepts assumed assume".split()
)
_BLAMES = frozenset(
    "accuse accused accuses accusing blame blamed blames blaming suspect suspects suspected charged charge charges arrested convicted indicted sentenced jailed detained wanted implicated".split()
)


# What is left of a phrase in a headline's passive: "villagers shot dead", "helicopter shot down".
_OUTCOMES = frozenset("dead down up".split())


class Roles(Parties):
    """Finds the participants of the acts of one report."""

    def of(self, act: Act) -> Participants:
        """The act's participants, by the grammar of its sentence."""
        found = Participants()
        (self._of_noun if act.is_noun else self._of_verb)(act, found)
        if found.target is not None and found.target[0] <= act.last < found.target[1]:
            found.target = (act.last + 1, found.target[1])  # "shot dead | 16 civilians"
        if (
            found.actor is not None
            and found.target is not None
            and overlap(found.actor, found.target)
        ):
            found.target = found.target_head = None
        return found

    # -- verbs ---------------------------------------------------------------------------------

    def _of_verb(self, act: Act, found: Participants) -> None:
        verb, frame = act.head, act.word.frame
        found.pronoun = _pronoun_of(verb)
        passive = is_passive(verb) or self._is_clipped(act)
        subject = next(subjects(verb), None)
        if subject is None:
            subject = self._headline_subject(act)
        if frame is VerbFrame.DOES and passive:
            self.see_weapon(found, subject)
            self.set_target(found, subject, by_words=act.word.type in OF_WORDS)
            self.set_actor(found, agent_of(verb))
        elif frame in (VerbFrame.HAPPENS, VerbFrame.BEFALLS):
            self.see_weapon(found, subject)
            if frame is VerbFrame.BEFALLS:
                self.set_target(found, subject)
        else:
            by_force = act.word.type in (EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE)
            self.set_actor(found, self._laid_on(verb) or subject, by_force=by_force)
            found.laid = self._laid_on(verb) is not None
            self.set_target(found, self._object(act), by_words=act.word.type in OF_WORDS)
        if (
            found.actor_head is not None
            and found.actor_head.lower_ in _VICTIMS
            and act.word.base in self._words.harm
            and not passive
        ):
            found.target, found.target_head = (
                found.actor,
                found.actor_head,
            )  # "20 people killed, 30 others injured"
            found.actor = found.actor_head = None
        if act.word.frame is VerbFrame.ALONE and act.word.base in _MUTUAL:
            self.split_sides(found, subject)
        if found.target is None and (frame is not VerbFrame.BEFALLS):
            self.set_target(
                found,
                after_preposition(
                    verb, _ON - {"with"} if frame is VerbFrame.HAPPENS else _ON, self._words.weapons
                ),
            )
        if found.actor is None and act.word.type is EventType.ASSAULT:
            self._from_weapon(verb, found)
        if found.target is None and act.word.type in OF_WORDS:
            self._from_what_is_said(verb, found)
        for c in verb.subtree if len(list(verb.subtree)) < 40 else verb.children:
            if c.dep_ in ("pobj", "dobj", "compound", "nsubj", "nsubjpass") and c.i > verb.i - 6:
                self.see_weapon(found, c)

    def _is_clipped(self, act: Act) -> bool:
        """A headline's passive: "20 killed in air strike", "journalist kidnapped"."""
        verb = act.head
        return (
            verb.tag_ in ("VBD", "VBN")
            and act.word.frame is VerbFrame.DOES
            and not has_object(verb)
            and not any(
                c.dep_ == "aux" and c.lower_ in ("has", "have", "had") for c in verb.children
            )
            and (
                act.word.base in self._words.harm
                or not any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
            )
            and act.word.type in (EventType.ASSAULT, EventType.COERCE)
            and all(
                act.head.doc[i].lower_ in _OUTCOMES
                for i in range(act.first, act.last + 1)
                if i != verb.i
            )
            and (
                act.word.base in self._words.harm
                or not any(c.dep_ == "prep" and c.lower_ in _ON for c in verb.children)
            )
        )

    def _headline_subject(self, act: Act) -> Token | None:
        """The noun right before a verb that the parser gave no subject."""
        verb = act.head
        if verb.dep_ in ("advcl", "pcomp") or verb.i == 0:
            return None
        before: Token = verb.doc[verb.i - 1]
        return (
            before
            if before.tag_ in NOUNS
            and before.head in (verb, before.head)
            and verb.dep_ in ("ROOT", "acl", "relcl")
            else None
        )

    def _object(self, act: Act) -> Token | None:
        doc = act.head.doc
        within = range(act.first, act.last + 1)
        sharing = shares_object(act.head)
        candidates: list[Token] = [
            *act.head.children,
            *(sharing.children if sharing is not None else ()),
        ]
        for c in candidates:
            if (
                c.dep_ in ("dobj", "dative")
                and c.i not in within
                and c.tag_ in (*NOUNS, "PRP", "CD", "DT", "JJ", "VBG")
            ):
                if c.lower_ in self._words.weapons and not self.is_people(c):
                    continue
                return c
        if act.word.rest and (last := doc[act.last]).i + 1 < len(doc):
            ends = [
                doc[i]
                for i in range(act.first, min(len(doc), act.last + 3))
                if doc[i].dep_ in ("prep", "agent")
            ]
            for p in (*ends, *last.children):
                if (
                    p.dep_ in ("prep",)
                    and (
                        o := next(
                            (c for c in p.children if c.dep_ == "pobj" and c.i not in within), None
                        )
                    )
                    is not None
                ):
                    return o
            if last.dep_ == "prt":
                return None
        return None

    def _from_weapon(self, verb: Token, found: Participants) -> None:
        """ "wounded by rebel shells": whose weapon it was."""
        for p in verb.children:
            if p.dep_ in ("prep", "agent") and p.lower_ in ("in", "by", "from", "with"):
                for o in p.children:
                    if o.lower_ in self._words.weapons and not self.is_people(o):
                        self._side_of_thing(found, o)

    def _from_what_is_said(self, verb: Token, found: Participants) -> None:
        """Whom it would be done to: "refused to meet the envoy", "said they would fight the army"."""
        for c in verb.children:
            if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i:
                o = next(
                    (x for x in c.children if x.dep_ in ("dobj", "dative") and x.tag_ in NOUNS),
                    None,
                )
                self.set_target(found, o or after_preposition(c, _ON, {}), by_words=True)
                return

    def _laid_on(self, verb: Token) -> Token | None:
        """Who is said to have done it in "accused rebels of killing", "a man arrested for killing"."""
        if verb.dep_ != "pcomp" or verb.head.lower_ not in ("of", "for", "with", "in"):
            return None
        over = verb.head.head
        if over.lower_ not in _BLAMES or not is_verb(over):
            return None
        if is_passive(over):
            return next(subjects(over), None)
        return next((c for c in over.children if c.dep_ == "dobj"), None)

    # -- nouns ---------------------------------------------------------------------------------

    def _of_noun(self, act: Act, found: Participants) -> None:
        noun = act.head
        self._from_modifiers(act, found)
        of_actor = act.word.type in _ACTS_OF
        for p in (
            *noun.children,
            *(c for g in outer_nouns(noun) for c in g.children if c.dep_ in ("prep", "agent")),
        ):
            if p.dep_ in ("prep", "agent") and p.i > noun.i:
                self._from_preposition(act, p, found, of_actor)
            elif p.dep_ in ("acl", "relcl") and p.i > noun.i:
                self._from_clause(p, found)
        self._from_governor(act, found)
        if found.target is None:
            self._from_the_dead(noun, found)
        if found.actor is None:
            done = (
                t
                for t in noun.subtree
                if t.i > noun.i and t.tag_ == "VBN" and self.is_light(t, self._words.does)
            )
            self.set_actor(found, next((a for t in done if (a := agent_of(t)) is not None), None))
        for c in (*noun.children, *noun.doc[act.first : act.last + 1]):
            self.see_weapon(found, c)

    def _from_modifiers(self, act: Act, found: Participants) -> None:
        """ "Russian air strikes", "the army's shelling of", "Aleppo siege" (a place alone is no actor)."""
        first = act.first
        doc = act.head.doc
        left = first
        while (
            left > 0
            and (
                doc[left - 1].dep_ in (*LEFT, "prep")
                or (
                    left == first
                    and act.head.tag_.startswith("VB")
                    and doc[left - 1].dep_ == "pobj"
                )
            )
            and doc[left - 1].tag_ in (*NOUNS, "JJ", "POS", "HYPH", "VBN", "PRP$", "CD", ",", "CC")
        ):
            if doc[left - 1].text == "," or doc[left - 1].dep_ == "prep":
                break
            left -= 1
        # "terrorist attack" says what kind of attack it was.
        own = [
            t
            for t in doc[left:first]
            if t.tag_ not in ("CD", "POS", "HYPH")
            and not (
                t.lower_ in ("terrorist", "terror")
                and t.i == first - 1
                and act.first == act.last
                and act.head.tag_ in ("NN", "NNP")
            )
            and (
                self.takes_side(t)
                or (act.word.base not in _DONE_TO and t.lower_ in self._sides.lexicon.people)
            )
        ]
        if [t.lower_ for t in own] == ["military"]:
            own = []
        if own and not all(self._sides.is_only_land(t.text) for t in own):
            last = own[-1].i
            while (
                last + 1 < first
                and doc[last + 1].tag_ in NOUNS
                and not self._is_no_name(doc[last + 1])
            ):
                last += 1
            start = own[0].i
            while (
                start > left
                and doc[start - 1].tag_ in ("NNP", "HYPH", "JJ")
                and doc[start - 1].lower_ not in _PLAIN
            ):
                start -= 1
            found.actor, found.actor_head = (start, last), doc[last]
        elif (owner := next((c for c in act.head.children if c.dep_ == "poss"), None)) is not None:
            if (
                act.word.base in _DONE_TO
                and not self.names_side(phrase(owner), doc)
                and owner.tag_ != "PRP$"
            ):
                self.set_target(found, owner)  # "the minister's murder"
            elif self.can_act(owner) and owner.tag_ != "PRP$":
                found.actor, found.actor_head = phrase(owner), owner

    def _is_no_name(self, t: Token) -> bool:
        return t.lower_ in self._words.weapons or bool(NOT_NAMES.match(t.text))

    def _from_preposition(self, act: Act, p: Token, found: Participants, of_actor: bool) -> None:
        o = next((c for c in p.children if c.dep_ in ("pobj", "pcomp")), None)
        if o is None:
            return
        before = p.lower_
        if before == "by" or p.dep_ == "agent":
            self.set_actor(found, o)
        elif before == "between" or (
            before == "of"
            and _BETWEEN_SIDES.search(act.word.base)
            and any(c.dep_ == "conj" for c in o.children)
        ):
            self.split_sides(found, o)
        elif before == "of":
            if of_actor and found.actor is None:
                self.set_actor(found, o)
            elif not of_actor:
                self.set_target(found, o)
        elif (
            before in ("on", "against", "upon", "with", "at", "targeting") and found.target is None
        ):
            if (
                NOT_NAMES.match(o.text)
                or o.tag_ == "CD"
                or (before == "with" and not _BETWEEN_SIDES.search(act.word.base))
            ):
                return
            self.set_target(found, o)
        elif before == "from" and found.actor is None and act.word.type is EventType.ASSAULT:
            self.set_actor(found, o, only_sides=True)

    def _from_the_dead(self, noun: Token, found: Participants) -> None:
        """ "88 dead in two days of clashes": the clause has no verb but those it befell."""
        t = noun
        while t.head != t and t.dep_ in ("pobj", "prep", "compound", "nmod"):
            t = t.head
        if t.lower_ == "dead":
            people = [c for c in t.children if c.i < t.i and (c.tag_ == "CD" or self.is_people(c))]
            self.set_target(found, people[-1] if people else None)

    def _from_clause(self, clause: Token, found: Participants) -> None:
        """ "an attack claimed by the Taliban", "strikes targeting rebels", "shelling that killed 20"."""
        if (agent := agent_of(clause)) is not None:
            self.set_actor(found, agent)
            found.claimed = clause.lower_ in _CLAIMS
            found.laid = clause.lower_ in _BLAMES
        if clause.tag_ == "VBG" and found.target is None:
            self.set_target(found, next((c for c in clause.children if c.dep_ == "dobj"), None))
        if clause.lower_ in ("blamed", "attributed"):
            self.set_actor(found, after_preposition(clause, frozenset({"on", "to"}), {}))
            found.laid = True

    def _from_governor(self, act: Act, found: Participants) -> None:
        """What the verb of the act's clause tells: "carried out an attack", "claimed responsibility for", "came under"."""
        verb, path = clause_of(act.head)
        if verb is None:
            return
        lower = verb.lower_
        if any(t.lower_ == "responsible" for t in path):
            found.laid = True
            self.set_actor(found, self._laid_on(verb) or next(subjects(verb), None), over=True)
            return
        if any(t.lower_ in _RESPONSIBLE for t in path) and (lower in _CLAIMS):
            found.claimed = True
            self.set_actor(
                found, agent_of(verb) if is_passive(verb) else next(subjects(verb), None), over=True
            )
            return
        if (
            act.head.head == verb
            and act.head.dep_ == "nsubj"
            and _BETWEEN_SIDES.search(act.word.base)
        ):
            sides = (
                o
                for p in verb.children
                if p.lower_ == "between"
                for o in p.children
                if o.dep_ == "pobj"
            )
            self.split_sides(found, next(sides, None))  # "clashes broke out between"
        direct = any(t.dep_ in ("dobj", "nsubjpass") and t.head == verb for t in path)
        if lower in _BLAMES and not direct:
            blamed = (
                next(subjects(verb), None)
                if is_passive(verb)
                else next((c for c in verb.children if c.dep_ == "dobj"), None)
            )
            if any(t.dep_ == "prep" and t.lower_ in ("for", "of", "in", "with") for t in path):
                found.laid = True
                self.set_actor(found, blamed, over=True)
            return
        if direct and self.is_light(verb, self._words.does):
            actor = agent_of(verb) if is_passive(verb) else next(subjects(verb), None)
            self.set_actor(found, actor)
            if found.target is None:
                self.set_target(found, after_preposition(verb, _ON, self._words.weapons))
        elif self.is_light(verb, self._words.suffers):
            self.set_target(found, next(subjects(verb), None))
        elif lower in ("blamed", "attributed") and direct:
            found.laid = True
            self.set_actor(found, after_preposition(verb, frozenset({"on", "to"}), {}), over=True)


_VICTIMS = frozenset(
    "people civilian civilians other others child children woman women victims persons dozens scores hundreds thousands".split()
)
_PLAIN = frozenset(
    "new recent several heavy intense deadly major fresh latest first second massive similar fierce alleged reported suspected twin separate deadliest".split()
)


def _pronoun_of(verb: Token) -> Token | None:
    """The "he", "she" or "they" that does it, whom another sentence names."""
    subject = next(subjects(verb), None)
    return (
        subject
        if subject is not None and subject.lower_ in ("he", "she", "they") and not is_passive(verb)
        else None
    )
