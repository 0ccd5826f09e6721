"""What is a happening of its own: which acts count, and which of one clause tell of one and the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span as SpanOfTokens
from spacy.tokens import Token

from sayso.find.events.acts import Act
from sayso.find.events.clauses import clause_of, is_passive, overlap, subjects
from sayso.find.events.participants import Roles
from sayso.find.events.parties import Participants
from sayso.language.dates import DateExpression
from sayso.language.event_lexicon import VerbFrame
from sayso.language.lexicon import Lexicon
from sayso.model import EventType, Span

# Acts of force: told of with the day and place of the sentences around them; words are said at their own.
FORCE = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.RETREAT, EventType.MOBILIZE, EventType.PROTEST}
)
# How an act hangs on the verb of its clause when both tell of one happening: "killed in an attack".
_ONE_HAPPENING = frozenset(
    "in by during with from through via under amid after when following of as due because".split()
)
# How the parser joins clauses side by side, headlines' without a word between them included.
_JOINED = frozenset({"conj", "dep", "parataxis", "ccomp"})
# How far, in words, harm stands before its act where the grammar fails.
_BESIDE = 6
# How far an act stands before the clause that tells its harm: "an attack in the capital that killed 20".
_NEAR = 12
# Before a noun that refers back to what was told.
_BACK = frozenset("the this that these those his her its their such".split())
# Deaths count where something violent is told of.
_CAUSE = re.compile(
    r"\b(?:attack|strike|raid|bomb|shell|blast|explo|clash|fight|battle|fire|shot|shoot|war|conflict|siege|massacre|wound|tortur|custody|gunm)",
    re.IGNORECASE,
)
# What goes on for as long as a war does.
_LASTING = frozenset({"fight", "battle", "engage", "back"})
# Nouns that place an act as names do.
_PLACES = frozenset(
    "town city village province district region area capital neighborhood neighbourhood suburb border airport base".split()
)


@dataclass(slots=True)
class Happening:
    """An act with its participants; `carried` is the doer that an earlier sentence names."""

    act: Act
    who: Participants
    carried: Span | None = None


class Counting:
    """Which acts are events by the guide: particular ones, of a conflict or its politics."""

    def __init__(self, lexicon: Lexicon, roles: Roles) -> None:
        self._lexicon = lexicon
        self._words = lexicon.events
        self._roles = roles

    def counts(self, d: Happening, dates: list[DateExpression]) -> bool:
        act, who = d.act, d.who
        doc = act.head.doc
        if act.word.type not in FORCE:
            if act.is_noun and not self._is_grounded(d, dates):
                return False
            return self._is_party_to_politics(d) or (
                act.is_noun
                and act.word.type is EventType.CONSULT
                and self._is_held(act.head, dates)
            )
        if (
            act.word.base in self._words.of_people
            and who.target_head is not None
            and not self._can_be_people(who.target_head)
        ):
            return False
        sided = (
            d.carried is not None
            or self._roles.names_side(who.actor, doc)
            or self._roles.names_side(who.target, doc)
        )
        if act.is_noun:
            return (
                self._is_begun(d)
                if act.word.base in self._words.standing
                else self._is_grounded(d, dates)
            )
        if (
            act.word.base in _LASTING
            and act.head.tag_ in ("VBG", "VBN")
            and act.head.dep_ in ("acl", "relcl")
        ):
            return False  # "a coalition fighting the militants": what it is there for
        if act.word.frame is VerbFrame.BEFALLS and act.word.type is EventType.COERCE:
            head = who.target_head  # a town falls, other things do not
            return head is not None and (
                head.tag_ in ("NNP", "NNPS") or head.lower_.removesuffix("s") in _PLACES
            )
        if act.word.base in self._words.doubtful:
            return sided or bool(who.weapons)
        if act.word.base in ("die", "perish"):
            return bool(who.target_head) and bool(who.weapons or _CAUSE.search(doc.text))
        return (
            who.actor is not None
            or d.carried is not None
            or who.target is not None
            or act.word.frame in (VerbFrame.HAPPENS, VerbFrame.ALONE)
            or bool(who.weapons)
            or (
                is_passive(act.head) and next(subjects(act.head), None) is not None
            )  # "some were arrested"
        )

    def _can_be_people(self, head: Token) -> bool:
        counted = any(
            self._roles.is_people(c) for p in head.children if p.lower_ == "of" for c in p.children
        )  # "tens of fighters"
        return (
            counted
            or self._roles.is_people(head)
            or head.tag_ in ("NNP", "NNPS")
            or self._roles.takes_side(head)
            or self._roles.can_act(head)
        )

    def _is_party_to_politics(self, d: Happening) -> bool:
        """Words and deeds of peace count when a side, an office or somebody by name does them."""
        head = d.who.actor_head
        if head is None or d.who.actor is None:
            return d.carried is not None or (
                d.who.pronoun is not None and d.act.word.base not in self._words.doubtful
            )
        sided = self._roles.names_side(d.who.actor, head.doc)
        named = sided or (
            head.tag_ in ("NNP", "NNPS") and d.act.word.base not in self._words.doubtful
        )
        return named or head.lower_ in self._lexicon.claimant_words

    def _is_held(self, noun: Token, dates: list[DateExpression]) -> bool:
        """Talks whoever holds them: at a place or on a day, or told to begin or end."""
        verb, path = clause_of(noun)
        own = any(noun.left_edge.idx <= x.start <= noun.right_edge.idx for x in dates)
        placed = any(
            c.dep_ == "prep" and c.lower_ in ("in", "at") and _names(c) for c in noun.children
        )
        return own or placed or (verb is not None and len(path) == 1 and self._happens(noun, verb))

    def _is_grounded(self, d: Happening, dates: list[DateExpression]) -> bool:
        """Whether the noun tells of a particular act: by whom, on whom, where or when, or in a verb that says it happened."""
        noun = d.act.head
        first = noun.doc[noun.left_edge.i : noun.i + 1]
        last = max(noun.right_edge.idx, noun.idx)
        dated = any(first[0].idx <= x.start <= last for x in dates)
        placed = any(
            c.dep_ == "prep" and c.lower_ in ("in", "near", "at", "on", "outside") and _names(c)
            for c in noun.children
        )
        placed |= any(
            c.dep_ in ("compound", "nmod") and c.tag_ == "NNP" for c in noun.children
        )  # "the Nice attack"
        if d.who.actor is not None or d.who.target is not None or dated or placed:
            return True
        verb, path = clause_of(noun)
        if any(c.dep_ in ("det", "poss") and c.lower_ in _BACK for c in noun.children):
            return self._brings_more(noun, verb, dates)
        if verb is None:
            return noun.dep_ == "ROOT" and noun.tag_ in ("NN", "NNS")
        if any(t.dep_ == "prep" and t.lower_ in _ONE_HAPPENING for t in path) or self._happens(
            noun, verb
        ):
            return True
        return self._roles.is_light(verb, self._words.does) and verb.tag_ in ("VBD", "VBN", "VBG")

    def _brings_more(self, noun: Token, verb: Token | None, dates: list[DateExpression]) -> bool:
        """ "the attack was carried out in the north on Monday": what refers back and tells where or when it was."""
        if verb is None or noun.head != verb or noun.dep_ not in ("nsubj", "nsubjpass", "dobj"):
            return False
        if self._roles.is_light(verb, self._words.causes) and any(
            c.dep_ == "dobj" for c in verb.children
        ):
            return True  # "the attack caused heavy damage"
        if not (
            self._roles.is_light(verb, self._words.does)
            or self._roles.is_light(verb, self._words.happens)
        ):
            return False
        dated = any(
            c.left_edge.idx <= x.start <= c.right_edge.idx
            for c in verb.children
            if c.dep_ in ("prep", "npadvmod")
            for x in dates
        )
        return dated or any(c.dep_ == "prep" and _names(c) for c in verb.children)

    def _is_begun(self, d: Happening) -> bool:
        """Whether somebody is told to have made, or something to have begun, what else is a state of affairs."""
        verb, path = clause_of(d.act.head)
        if verb is None:
            return d.who.actor is not None
        direct = path[-1].dep_ in ("dobj", "nsubj", "nsubjpass") and not any(
            t.dep_ == "prep" for t in path
        )
        light = self._roles.is_light(verb, self._words.does) or self._roles.is_light(
            verb, self._words.happens
        )
        return (direct and light) or (
            d.who.actor is not None and not any(t.dep_ == "prep" for t in path)
        )

    def _happens(self, noun: Token, verb: Token) -> bool:
        """ "an attack took place", "massacres of the sort that occurred"."""
        if self._roles.is_light(verb, self._words.happens) and noun.dep_ in ("nsubj", "nsubjpass"):
            return True
        for sort in (
            noun,
            *(
                o
                for p in noun.children
                if p.dep_ == "prep"
                for o in p.children
                if o.lower_ in ("sort", "kind", "type")
            ),
        ):
            if any(
                c.dep_ == "relcl" and self._roles.is_light(c, self._words.happens)
                for c in sort.children
            ):
                return True
        return False


class Merging:
    """One happening told in one clause is one event."""

    def __init__(self, lexicon: Lexicon, roles: Roles, counting: Counting) -> None:
        self._words = lexicon.events
        self._roles = roles
        self._counting = counting

    def merged(self, drafts: list[Happening]) -> list[Happening]:
        by_verb = {d.act.head.i: d for d in drafts if not d.act.is_noun}
        gone: set[int] = set()
        for d in drafts:
            if d.act.is_noun:
                self._join_noun(d, by_verb, gone)
        by_head = {d.act.head.i: d for d in drafts}
        for d in drafts:
            if not d.act.is_noun and id(d) not in gone:
                self._join_verb(d, by_head, gone)
        return [d for d in drafts if id(d) not in gone]

    def _join_noun(self, d: Happening, by_verb: dict[int, Happening], gone: set[int]) -> None:
        """ "an attack killed", "killed in an attack": the harm joins the act; "bombed in a raid": the act joins the verb."""
        verb, path = clause_of(d.act.head)
        other = by_verb.get(verb.i) if verb is not None else None
        if other is None:
            other = self._harm_beside(d, by_verb)
            verb, path = (other.act.head, []) if other is not None else (None, [])
        if (
            other is None
            or verb is None
            or other.act.word.type is not d.act.word.type
            or d.act.word.type is not EventType.ASSAULT
        ):
            return
        if _tells_apart(path):
            return
        if other.act.word.base in self._words.harm and _refers_back(d.act.head):
            _take(other, d, self._roles)
            gone.add(id(d))
        elif other.act.word.base in self._words.harm and id(other) not in gone:
            _take(d, other, self._roles)
            gone.add(id(other))
            self._join_harm_before(d, other, by_verb, gone)
        elif id(other) in gone:
            d.who.target = d.who.target or other.who.target
            d.who.target_head = d.who.target_head or other.who.target_head
        elif other.act.word.frame is VerbFrame.HAPPENS or not _is_object(path, verb):
            _take(other, d, self._roles)
            gone.add(id(d))

    def _harm_beside(self, d: Happening, by_verb: dict[int, Happening]) -> Happening | None:
        """The harm right before the act in a headline that the parser broke: "50 killed by coalition airstrikes"."""
        before = [
            x
            for i, x in by_verb.items()
            if 0 < d.act.first - i <= _BESIDE and x.act.word.base in self._words.harm
        ]
        after = by_verb.get(_past_auxiliaries(d.act.head).i)
        if after is not None and after.act.word.base in self._words.harm:
            return after  # "air strikes have killed"
        if not before:
            return None
        last = before[-1]
        between = d.act.head.doc[last.act.head.i + 1 : d.act.first]
        plain = (
            len(between) > 0
            and between[0].lower_ in ("by", "in")
            and not any(t.text in ",;" or t.tag_.startswith("V") for t in between)
        )
        return last if plain else None

    def _join_harm_before(
        self, d: Happening, harm: Happening, by_verb: dict[int, Happening], gone: set[int]
    ) -> None:
        """ "a girl was killed and a woman injured in a rocket attack": both; the first told of is the target."""
        verb = harm.act.head
        first = by_verb.get(verb.head.i) if verb.dep_ in _JOINED else None
        if first is None:  # "7 killed 25 injured in": side by side
            near = [
                x
                for i, x in by_verb.items()
                if 0 < verb.i - i <= _BESIDE and not _parts(verb.doc[i + 1 : verb.i])
            ]
            first = near[-1] if near else None
        if first is None or id(first) in gone or first.act.word.base not in self._words.harm:
            return
        if any(
            c.dep_ == "prep" and c.lower_ in ("in", "near", "at") and c.i > first.act.head.i
            for c in first.act.head.children
        ):
            return  # with a place of its own
        d.who.target, d.who.target_head = (
            first.who.target or d.who.target,
            first.who.target_head or d.who.target_head,
        )
        gone.add(id(first))

    def _join_verb(self, d: Happening, by_verb: dict[int, Happening], gone: set[int]) -> None:
        """ "opened fire, killing two", "killed two and wounded three", "shot dead": harm joins what did it."""
        verb = d.act.head
        if d.act.word.type is not EventType.ASSAULT:
            return
        harm = d.act.word.base in self._words.harm
        if not harm and verb.dep_ in ("acl", "relcl") and self._does_harm(d, by_verb, gone):
            return
        other = self._leads(d, by_verb, gone)
        if other is None or other is d or other.act.word.type is not EventType.ASSAULT:
            return
        own = any(c.dep_ == "nsubj" and c.tag_ != "WDT" for c in verb.children)
        if id(other) in gone:  # the first harm has joined a noun; this one goes with it
            if harm and not own:
                gone.add(id(d))
        elif harm and not other.act.is_noun and not self._counting.counts(other, []):
            return
        elif (
            harm
            and (not own or other.act.word.base in self._words.harm)
            and not (own and verb.dep_ == "conj" and d.who.actor)
        ):
            _take(other, d, self._roles)
            gone.add(id(d))
        elif (
            other.act.word.base in self._words.harm and verb.dep_ in ("advcl", "pcomp") and not harm
        ):
            _take(d, other, self._roles)
            gone.add(id(other))

    def _does_harm(self, d: Happening, by_verb: dict[int, Happening], gone: set[int]) -> bool:
        """ "injured by shells that rebels fired", "shells fired by rebels injured two": the firing takes up the harm."""
        weapon = d.act.head.head
        if weapon.lower_ not in self._words.weapons:
            return False
        verb, path = clause_of(weapon)
        other = by_verb.get(verb.i) if verb is not None else None
        if (
            other is None
            or other.act.word.base not in self._words.harm
            or id(other) in gone
            or _tells_apart(path)
        ):
            return False
        _take(d, other, self._roles)
        gone.add(id(other))
        return True

    def _leads(
        self, d: Happening, by_verb: dict[int, Happening], gone: set[int]
    ) -> Happening | None:
        """The verb that this one goes on from: what it hangs on, or for ", killing two" the last act before it."""
        verb = d.act.head
        over = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if verb.dep_ in ("advcl", "xcomp", "pcomp", *_JOINED) and over.i in by_verb:
            return by_verb[over.i]
        doc = verb.doc
        if verb.dep_ == "relcl" and d.act.word.mode == "destroy":
            return None  # destruction in a clause of its own
        if (
            verb.dep_ == "relcl"
            and any(c.tag_ == "WDT" for c in verb.children)
            and d.act.word.base in self._words.harm
        ):
            return next(
                (
                    x
                    for i, x in sorted(by_verb.items(), reverse=True)
                    if x.act.is_noun and 0 < verb.i - i <= _NEAR
                ),
                None,
            )
        if verb.tag_ == "VBN" and any(
            t.lower_ in ("leaving", "left") for t in doc[max(0, verb.i - _BESIDE) : verb.i]
        ):
            return next(
                (
                    x
                    for i, x in sorted(by_verb.items(), reverse=True)
                    if i < verb.i and x.act.word.type is EventType.ASSAULT
                ),
                None,
            )
        clause_of_people = (
            verb.dep_ == "acl" and verb.head.i == verb.i - 1 and self._roles.is_people(verb.head)
        )
        if (
            verb.tag_ != "VBG"
            or d.act.word.base not in self._words.harm
            or verb.dep_ == "pcomp"
            or clause_of_people
        ):
            return None
        return next(
            (
                x
                for i, x in sorted(by_verb.items(), reverse=True)
                if i < verb.i and x.act.word.type is EventType.ASSAULT
            ),
            None,
        )


def _take(one: Happening, other: Happening, roles: Roles) -> None:
    """Joins what the other tells: people before places as the target, the doer where none is named."""
    if other.who.target is not None and (
        one.who.target is None or not _is_person(one.who.target_head, roles)
    ):
        if one.who.target is None or _is_person(other.who.target_head, roles):
            one.who.target, one.who.target_head = other.who.target, other.who.target_head
    if one.who.actor is None and other.who.actor is not None:
        one.who.actor, one.who.actor_head = other.who.actor, other.who.actor_head
    if (
        one.who.actor is not None
        and one.who.target is not None
        and overlap(one.who.actor, one.who.target)
    ):
        one.who.target = one.who.target_head = None
    one.who.weapons += other.who.weapons
    one.who.claimed |= other.who.claimed
    one.who.laid |= other.who.laid


def _refers_back(noun: Token) -> bool:
    """ "was killed in the attack": what an earlier sentence told, with nothing to add."""
    return (
        noun.dep_ == "pobj"
        and any(c.dep_ == "det" and c.lower_ in _BACK for c in noun.children)
        and all(c.dep_ in ("det", "punct") for c in noun.children)
    )


def _tells_apart(path: list[Token]) -> bool:
    """Whether a preposition on the way from an act to its verb makes them two happenings."""
    return any(
        t.dep_ == "prep"
        and t.lower_ not in _ONE_HAPPENING
        and not (t.lower_ == "to" and t.head.lower_ == "due")
        for t in path
    )


def _parts(between: SpanOfTokens) -> bool:
    """Whether the words between two verbs make them tell of two things: a place, a time, another clause."""
    return any(
        t.tag_ in ("IN", "WRB", "WDT", "WP") and t.lower_ not in ("at", "of", "than")
        for t in between
    )


def _past_auxiliaries(t: Token) -> Token:
    """The word after this one and its "have"."""
    doc, i = t.doc, t.i + 1
    while i < len(doc) - 1 and (
        doc[i].dep_ == "aux" or doc[i].lower_ in ("has", "have", "had", "also")
    ):
        i += 1
    return doc[min(i, len(doc) - 1)]


def _is_person(t: Token | None, roles: Roles) -> bool:
    return t is not None and (
        roles.is_people(t) or (t.tag_ == "NNP" and t.dep_ in ("nsubjpass", "dobj"))
    )


def _is_object(path: list[Token], verb: Token) -> bool:
    return any(t.dep_ in ("dobj", "nsubj") and t.head == verb for t in path)


def _names(preposition: Token) -> bool:
    return any(
        c.dep_ == "pobj" and (c.tag_ in ("NNP", "NNPS") or c.lower_ in _PLACES)
        for c in preposition.children
    )
