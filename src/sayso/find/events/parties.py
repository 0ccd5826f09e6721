"""Who can be a party to an act, and how the words for the two sides of it are set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from sayso.find.actors import Sides
from sayso.find.events.clauses import NO_TARGETS, YEAR, Words, phrase
from sayso.find.phrases import NOT_NAMES, NOUNS
from sayso.model.parsed import tokens_between

_RELATIVE = frozenset("who which that whom".split())
# Pronouns that stand for those named before.
_PERSONAL = frozenset("he she they it".split())
_NO_ACTORS = frozenset(
    "death deaths toll video footage image report reports statement news figure figures condition evidence today yesterday number".split()
)
_HIT_MACHINES = frozenset(
    "helicopter helicopters plane planes aircraft jet jets tank tanks truck trucks van warplane warplanes drone drones".split()
)
_BODIES = frozenset(
    (
        "government regime army military police coalition alliance authorities council court ministry parliament senate congress cabinet union forces force group groups party "
        "parties side sides state officials leader leaders president minister ambassador envoy spokesman commander gang cartel tribe militia organization movement front brigade "
        "battalion column unit units commando squad squads protesters demonstrators workers students crowd mob kidnappers assailants attackers bombers individuals elements criminals thugs hitmen youths squad detachment cell mafia regiment platoon patrol"
    ).split()
)


@dataclass(slots=True)
class Participants:
    """Who acted and who was acted on, with what: `actor` and `target` are words of the sentence, `weapons` their modes.

    `claimed` is set where the doer claims the act, `laid` where others lay it on the doer; `pronoun` is
    the doer where only a pronoun names it.
    """

    actor: Words | None = None
    target: Words | None = None
    actor_head: Token | None = None
    target_head: Token | None = None
    weapons: list[str] = field(default_factory=list)
    claimed: bool = False
    laid: bool = False
    pronoun: Token | None = None


class Parties:
    """The parties of one report's acts, by the lexicon and the grammar."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._words = sides.lexicon.events

    def names_side(self, span: Words | None, doc: Doc) -> bool:
        """Whether the words name a party: a force, a group, fighters, a nation, its government."""
        return span is not None and any(self.takes_side(t) for t in doc[span[0] : span[1] + 1])

    def takes_side(self, t: Token) -> bool:
        """Whether the word names a side; in a text in capitals an acronym is not told by its capitals."""
        return self._sides.takes_side(t) or (
            len(t) > 2 and t.text[:1].isupper() and t.lower_ in self._sides.lexicon.actors
        )

    def is_people(self, head: Token) -> bool:
        people = self._sides.lexicon.people
        return head.lower_ in people or head.tag_ == "NNPS" or head.tag_ == "CD"

    def can_act(self, head: Token) -> bool:
        """Whether the noun can be who did it: people, a side, a name or a body; not a weapon, an act or a thing."""
        lower = head.lower_
        if (
            lower in self._words.weapons
            and self._words.weapons[lower] not in ("firearms", "aerial")
            and not self.is_people(head)
        ):
            return False
        if self._words.is_act(lower) or NOT_NAMES.match(head.text) or lower in _NO_ACTORS:
            return False
        if self.is_people(head) or self.takes_side(head) or head.tag_ in ("NNP", "NNPS"):
            return True
        span = phrase(head)
        named = self.names_side(span, head.doc)
        return (
            (named and head.lower_ not in self._sides.lexicon.things)
            or lower in _BODIES
            or lower.removesuffix("s") in _BODIES
            or lower in self._sides.lexicon.claimant_words
        )

    @staticmethod
    def is_light(verb: Token, phrases: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
        """Whether the verb, with its particle, is one of the phrases."""
        rests = phrases.get(verb.lower_, ())
        after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 4]]
        return any(all(r in after for r in rest) for rest in rests)

    def set_actor(
        self,
        found: Participants,
        t: Token | None,
        *,
        over: bool = False,
        only_sides: bool = False,
        by_force: bool = True,
    ) -> None:
        head = self._meant(t)
        if head is None or (found.actor is not None and not over):
            return
        self.see_weapon(found, head)
        if not self.can_act(head):
            if by_force:
                self._side_of_thing(found, head)
            return
        span = phrase(head)
        if only_sides and not self.names_side(span, head.doc):
            return
        found.actor, found.actor_head = self._whole_name(span, head.doc), head

    def _whole_name(self, span: Words, doc: Doc) -> Words:
        """The words with the rest of a known name that the parser broke in two."""
        for m in self._sides.lexicon.actor_pattern.finditer(doc.text):
            name = tokens_between(doc, m.start(), m.end())
            if name.start <= span[1] < name.end - 1 and name.end - name.start > 2:
                return min(span[0], name.start), name.end - 1
        return span

    def _side_of_thing(self, found: Participants, head: Token) -> None:
        """ "Russian air strikes killed": whose they are is who did it."""
        span = phrase(head, with_of=False)
        sides = [t for t in head.doc[span[0] : span[1]] if self.takes_side(t) and t.tag_ != "CD"]
        if sides and not all(self._sides.is_only_land(t.text) for t in sides):
            found.actor, found.actor_head = (sides[0].i, sides[-1].i), sides[-1]

    def set_target(self, found: Participants, t: Token | None, *, by_words: bool = False) -> None:
        """Takes the noun as the target; acts and weapons can be one only of what is said, as of "condemned the attack"."""
        head = self._meant(t)
        if (
            head is None
            or YEAR.fullmatch(head.text)
            or (self._words.is_act(head.lower_) and not by_words)
        ):
            return
        if NOT_NAMES.match(head.text) or head.lower_ in NO_TARGETS:
            return
        if head.lower_ in self._words.weapons and not (
            by_words or self.is_people(head) or head.lower_ in _HIT_MACHINES
        ):
            return
        found.target, found.target_head = phrase(head), head

    def split_sides(self, found: Participants, t: Token | None) -> None:
        """The first of two sides acts, the other is acted on."""
        if t is None:
            return
        other = next((c for c in t.children if c.dep_ == "conj"), None)
        if other is None:
            self.set_actor(found, t)
            return
        if (self.can_act(t) and found.actor is None) or found.actor_head == t:
            found.actor, found.actor_head = phrase(t, joined=False), t
        found.target, found.target_head = phrase(other), other

    def see_weapon(self, found: Participants, t: Token | None) -> None:
        if t is None:
            return
        doc = t.doc
        pair = f"{doc[t.i - 1].lower_} {t.lower_}" if t.i else ""
        mode = self._words.weapons.get(pair) or self._words.weapons.get(t.lower_)
        if mode and t.tag_ in NOUNS:
            found.weapons.append(mode)

    def _meant(self, t: Token | None) -> Token | None:
        """The noun that a relative or personal pronoun stands for, as far as the sentence tells."""
        if t is None:
            return None
        if t.lower_ in _RELATIVE:
            verb = t.head
            while verb.dep_ in ("conj", "xcomp", "aux") and verb.head != verb:
                verb = verb.head
            return (
                verb.head
                if verb.dep_ == "relcl" and verb.head.tag_ in (*NOUNS, "CD", "PRP")
                else None
            )
        if t.tag_ == "PRP" and t.lower_ in _PERSONAL:
            return self._antecedent(t)
        return None if t.tag_ in ("PRP", "DT", "EX", "WP", "PRP$") else t

    def _antecedent(self, pronoun: Token) -> Token | None:
        """Who "they" are in "the rebels said they attacked": the subject of the clause that the pronoun's hangs on."""
        verb = pronoun.head
        for _ in range(4):
            if (
                verb.dep_ not in ("ccomp", "advcl", "conj", "relcl", "xcomp", "pcomp")
                or verb.head == verb
            ):
                return None
            verb = verb.head
            subject = next(
                (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < pronoun.i),
                None,
            )
            if subject is not None and subject.tag_ in NOUNS:
                plural = (
                    subject.tag_ in ("NNS", "NNPS")
                    or any(c.dep_ == "conj" for c in subject.children)
                    or self.takes_side(subject)
                )
                return subject if plural or pronoun.lower_ != "they" else None
        return None
