"""Who did it: the actor that a sentence, or the one before, names for a harm."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from sayso.find.figures.findings import Harmed
from sayso.find.phrases import NOUNS
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import Lexicon
from sayso.model import Span, Status
from sayso.model.parsed import Sentence, tokens_between

_ATTACK = re.compile(
    r"^(?:air-?strikes?|strikes?|raids?|attacks?|bombings?|bombardments?|shelling|shells?|bombs?|offensive|assault|operations?|clashes|fire|airstrike|jets?|warplanes?|aircrafts?|planes?|helicopters?|drones?|missiles?|rockets?|mortars?|artillery|snipers?|forces|ambush|shootings?|campaign|explosion|blast|massacre|sorties)$",
    re.IGNORECASE,
)
_WEAPON = re.compile(
    r"^(?:bombs?|blasts?|explosions?|explosives?|bullets?|mines?|shells?|rockets?|missiles?|barrel|gas|car|truck|device|fire|gunfire|shrapnel|mortars?)$",
    re.IGNORECASE,
)
_VICTIM = re.compile(
    r"^(?:people|persons?|civilians?|children|child|women|others?|victims?|families|residents?|citizens?|refugees?|agents?|pupils|students|schoolchildren|journalists?|photos?|images?|videos?|bodies|injuries|wounds)$",
    re.IGNORECASE,
)


class Sides:
    """Who can do harm in a report: the lexicon's forces and groups, fighters, and the nations of the gazetteer."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.lexicon = lexicon
        self._nation = gazetteer.country_of
        self._candidates = gazetteer.candidates
        self._named: tuple[Doc | None, frozenset[int]] = (None, frozenset())

    def takes_side(self, t: Token) -> bool:
        """Whether the word names a side, as an owner of an attack does: "Russian", "rebel", a group's name."""
        lower = t.lower_
        if _BODY.match(lower) or t.i in self._names(t.doc):
            return True
        kinds = (self.lexicon.people.get(lower), self.lexicon.status_words.get(lower))
        if (Status.MILITARY in kinds or Status.MILITANT in kinds) and lower not in _NO_SIDE:
            return True
        return self._nation(_bare(t.text)) is not None

    def is_only_land(self, words: str) -> bool:
        """Whether the words are a country's own name: "the Syria raid" says where, "the Syrian raid" who."""
        return any(
            p.kind == "country" and p.name.lower() == words.lower() for p in self._candidates(words)
        )

    def _names(self, doc: Doc) -> frozenset[int]:
        """The words of the document that belong to a known force's or group's name."""
        if self._named[0] is not doc:
            spans = (
                tokens_between(doc, m.start(), m.end())
                for m in self.lexicon.actor_pattern.finditer(doc.text)
            )
            self._named = (doc, frozenset(t.i for s in spans for t in s))
        return self._named[1]


def _sides_of(harmed: Harmed, doc: Doc, sides: Sides) -> set[str]:
    """The words of the counted that name their side: nobody is told to be killed by their own."""
    c = harmed.counted
    if c.who is None:
        return set()
    return {
        t.lower_
        for t in tokens_between(doc, *c.who)
        if sides.takes_side(t) and t.tag_ not in ("NN", "NNS")
    }


def _bare(word: str) -> str:
    """The word without a possessive or the dots of "U.S."."""
    return re.sub(r"[’']s?$", "", word).replace(".", "")


def actor_of(
    sentence: Sentence,
    doc: Doc,
    word: Token,
    harmed: Harmed,
    sides: Sides,
    sentences: list[Sentence],
) -> Span | None:
    """The words naming who did it, or None. A weapon alone is no actor; "Russian air strikes" are."""
    found = (
        _agent(word, doc, sides)
        or _in_clause(word, doc, sides)
        or _subject(word, doc, harmed, sides)
        or _attack(word, doc, harmed, sides)
    )
    own = _sides_of(harmed, doc, sides)
    if found is not None and own & {x.lower_ for x in doc[found[0] : found[1] + 1]}:
        found = None
    if (
        found is not None
        and not _VICTIM.match(doc[found[1]].text)
        and not any(t.i == harmed.counted.head for t in doc[found[0] : found[1] + 1])
    ):
        start, end = doc[found[0]].idx, doc[found[1]].idx + len(doc[found[1]])
        return Span(sentence.text[start:end], sentence.start + start, sentence.start + end)
    for s in (sentence, *reversed(sentences[max(0, sentence.index - _BACK) : sentence.index])):
        if s.part != sentence.part or s.doc is None:
            continue
        if m := _ACCUSED.search(s.text) or _BY_FORCE.search(s.text):
            return Span(m["who"], s.start + m.start("who"), s.start + m.end("who"))
        if found := _owner(s.doc, sides) or _attacker(s.doc, sides) or _striker(s.doc, sides):
            if s is sentence and any(
                harmed.counted.first <= i <= harmed.counted.last
                for i in range(found[0], found[1] + 1)
            ):
                continue
            if own & {x.lower_ for x in s.doc[found[0] : found[1] + 1]}:
                continue
            start, end = s.doc[found[0]].idx, s.doc[found[1]].idx + len(s.doc[found[1]])
            return Span(s.text[start:end], s.start + start, s.start + end)
    return None


_PERSON = re.compile(
    r"(?:man|men|woman|teenager|attackers?|assailants?|bombers?|drivers?|gunm[ae]n|shooters?|suspects?|intruders?)$",
    re.IGNORECASE,
)
# Their subject is whom it befell.
_SUFFERS = frozenset(
    "face faces faced facing suffer suffers suffered suffering see saw seen witness witnessed witnesses endured experienced".split()
)
# What a side does with an attack of its own; others condemn it.
_WAGES = frozenset(
    "launch launched launches launching conduct conducted carried made mounted staged waged began started".split()
)
# How many sentences back an attacker is still the one who is meant.
_BACK = 1
# Bodies that fight for a side, beside the people of the lexicon; machines that act only as its subject.
_BODY = re.compile(
    r"(?:force|army|armies|military|militias?|regimes?|government|coalition|alliance|authorities|gangs?|police|cartel)$"
)
_MACHINE = re.compile(r"(?:warplanes|jets|helicopters?|planes|aircraft|drones)$", re.IGNORECASE)
# Words of fighting that do not say which side: "combat losses", "state employees", "armed men".
_NO_SIDE = frozenset("combat security armed state allied".split())
_STRIKE = re.compile(
    r"^(?:air-?strikes?|strikes?|raids?|shelling|shells?|bombings?|bombardments?|rockets?|onslaught|attacks?|ambush|sorties|gunfire|fire|missiles?)$",
    re.IGNORECASE,
)
_HELPER = re.compile(
    r"^(?:air|forces?|jets|warplanes|helicopters?|fighter|aircraft|drones?)$", re.IGNORECASE
)
_MANNER = re.compile(
    r"^(?:air|aerial|artillery|rocket|mortar|drone|missile|barrel|bomb|tank|chemical|gas|heavy|intense|intensive|naval|car|suicide|deadly|overnight|alleged|suspected|separate|twin|recent)$",
    re.IGNORECASE,
)
# Police news names the one who stands accused.
_ACCUSED = re.compile(
    r"\b(?P<who>(?:[A-Z][\w.’'-]+ ){1,3}(?:[A-Z][\w.’'-]+)|(?:[Tt]he |[Aa] )?(?:[\w-]+ )?(?:man|woman|teen|teenager|boy|suspect))(?:,? (?:of [A-Z]\w+|\d\d),?)?"
    r" (?:(?:is|are|was|were|has been|have been|who is|who was) )?(?:(?:accused|suspected|convicted|guilty) of|charged (?:with|in|after|for)|arrested (?:[A-Z]\w+ )?(?:[a-z]+ ){0,3}(?:for|in)|plead(?:s|ed) guilty (?:[A-Z]\w+ )?to)\b"
)
_BY_FORCE = re.compile(
    r"\b(?P<who>(?<=at the hands of )(?:the )?(?:[A-Z][\w’'-]+ )*[\w-]+|forces loyal to (?:[A-Z][a-z]+ )?(?:President )?(?:[A-Z]\w+ )?[A-Z][\w-]+|(?:an? |the )?suicide (?:bombers?|attackers?)|(?:an? |the )?gunm[ae]n)\b"
)
# Every form is listed: the model that parses does not lemmatize.
_STRIKES = frozenset(
    (
        "attack attacks attacked attacking bomb bombs bombed bombing bombard bombards bombarded bombarding shell shells shelled shelling "
        "strike strikes struck striking hit hits hitting target targets targeted targeting raid raids raided raiding "
        "execute executes executed executing behead beheads beheaded beheading kill kills killed killing murder murders murdered murdering "
        "massacre massacres massacred massacring storm storms stormed storming shoot shoots shot shooting fire fires fired firing "
        "drop drops dropped dropping pound pounds pounded pounding destroy destroys destroyed destroying ambush ambushed ambushes "
        "deliver delivered delivers detonate detonates detonated detonating release released releasing downed downs down neutralise "
        "neutralised neutralized torture tortured tortures"
    ).split()
)


def _owner(doc: Doc, sides: Sides) -> tuple[int, int] | None:
    """A side right before its attack, whatever the parser makes of it: "in regime shelling"."""
    for t in doc:
        if not _STRIKE.match(t.text):
            continue
        last = t.i - 1
        while last >= 0 and (_MANNER.match(doc[last].text) or doc[last].tag_ == "CD"):
            last -= 1
        first = last
        while first >= 0 and (
            sides.takes_side(doc[first])
            or _HELPER.match(doc[first].text)
            or doc[first].tag_ in ("POS", "HYPH")
            or doc[first].lower_ in ("led", "backed")
        ):
            first -= 1
        end = last - (last >= 0 and doc[last].tag_ == "POS")
        owner = doc[first + 1 : end + 1]
        if any(sides.takes_side(x) for x in owner) and not sides.is_only_land(owner.text):
            return first + 1, end
    return None


def _striker(doc: Doc, sides: Sides) -> tuple[int, int] | None:
    """A side right before a verb of attack, where the parser found no subject: "terrorists fired shells"."""
    for t in doc:
        if t.lower_ not in _STRIKES or t.tag_ not in ("VBD", "VBN", "VBZ", "VBP", "VBG"):
            continue
        last = t.i - 1
        while last >= 0 and (doc[last].tag_ == "RB" or doc[last].lower_ in ("has", "have", "had")):
            last -= 1
        if last < 0 or doc[last].tag_ not in NOUNS:
            continue
        first = last + 1
        while first > 0 and (
            sides.takes_side(doc[first - 1])
            or _HELPER.match(doc[first - 1].text)
            or doc[first - 1].tag_ in ("JJ", "HYPH")
        ):
            first -= 1
        if any(
            sides.takes_side(x) or _MACHINE.match(x.text) for x in doc[first : last + 1]
        ) and not sides.is_only_land(doc[first : last + 1].text):
            return first, last
    return None


def _attacker(doc: Doc, sides: Sides) -> tuple[int, int] | None:
    """Who attacks in a sentence: the subject of an attacking verb, its agent, or the owner of an attack."""
    for t in doc:
        if t.tag_.startswith("VB") and t.lower_ in _STRIKES:
            for a in t.children:
                if (a.dep_ == "nsubj" and t.tag_ != "VBN") or (
                    a.dep_ == "nsubj" and any(x.dep_ == "aux" for x in t.children)
                ):
                    if (
                        (found := _actor_in(a, doc, sides))
                        and _names_actor(found, doc, sides)
                        and not _VICTIM.match(doc[found[1]].text)
                    ):
                        return found
                if a.dep_ == "agent":
                    for o in a.children:
                        if o.dep_ == "pobj" and (found := _actor_in(o, doc, sides)):
                            return found
    for t in doc:
        if (
            _ATTACK.match(t.text)
            and t.tag_ in (*NOUNS, "VBG")
            and (found := _actor_in(t, doc, sides))
            and _names_actor(found, doc, sides)
        ):
            return found
    return None


def _phrase(head: Token, doc: Doc) -> tuple[int, int]:
    left = head.i
    while (
        left
        and doc[left - 1].tag_ in (*NOUNS, "JJ", "POS", "HYPH", "CD", "VBN")
        and head.i - left < 7
        and doc[left - 1].head.i >= left - 1
        and (doc[left - 1].head.i <= head.i)
    ):
        left -= 1
    return left, head.i


def _actor_in(head: Token, doc: Doc, sides: Sides) -> tuple[int, int] | None:
    """The actor in a noun phrase: its people or body, or the nation that leads an attack."""
    left, right = _phrase(head, doc)
    if _WEAPON.match(head.text) or _ATTACK.match(head.text):
        for p in head.children:
            if p.dep_ in ("prep", "agent") and p.lower_ in ("by", "of") and p.i > head.i:
                for o in p.children:
                    if (
                        o.dep_ == "pobj"
                        and (found := _actor_in(o, doc, sides))
                        and (p.lower_ == "by" or _names_actor(found, doc, sides))
                    ):
                        return found
            if p.dep_ in ("acl", "relcl"):
                for a in p.children:
                    if a.dep_ == "agent":
                        for o in a.children:
                            if o.dep_ == "pobj":
                                return _actor_in(o, doc, sides)
        owners = [i for i in range(left, right + 1) if sides.takes_side(doc[i])]
        text = doc[left : right + 1].text
        if m := sides.lexicon.actor_pattern.search(text):
            span = tokens_between(doc, doc[left].idx + m.start(), doc[left].idx + m.end())
            return span.start, span.end - 1
        return (
            (owners[0], right)
            if owners and not (len(owners) == 1 and sides.is_only_land(doc[owners[0]].text))
            else None
        )
    if head.tag_ in ("NNP", "NNPS", "NNS", "NN") and (
        _names_actor((left, right), doc, sides)
        or _MACHINE.match(head.text)
        or head.lower_ in sides.lexicon.people
        or (head.tag_ in ("NNP", "NNPS") and not doc.text.isupper())
    ):
        return left, right
    return None


def _names_actor(span: tuple[int, int], doc: Doc, sides: Sides) -> bool:
    return any(
        sides.takes_side(t) or t.lower_ in sides.lexicon.people for t in doc[span[0] : span[1] + 1]
    )


def _agent(word: Token, doc: Doc, sides: Sides) -> tuple[int, int] | None:
    for t in (word, *(c for c in word.children if c.dep_ == "conj"), word.head):
        for a in t.children:
            if a.dep_ == "agent" or (
                a.dep_ == "prep" and a.lower_ in ("by", "in", "from", "after", "during", "due")
            ):
                for o in a.children:
                    if (
                        o.dep_ in ("pobj", "pcomp")
                        and (found := _actor_in(o, doc, sides))
                        and (a.lower_ == "by" or _ATTACK.match(o.text))
                    ):
                        return found
    return None


def _in_clause(word: Token, doc: Doc, sides: Sides) -> tuple[int, int] | None:
    """Who acts in the clause that tells how: "84 people were killed when a man drove a truck into a crowd"."""
    for clause in (
        c for v in (word, word.head) for c in v.children if c.dep_ == "advcl" and c.i > word.i
    ):
        if not any(c.lower_ in ("when",) for c in clause.children):
            continue
        for s in clause.children:
            if s.dep_ == "nsubj" and s.tag_ in NOUNS:
                left, right = _phrase(s, doc)
                if _PERSON.match(s.text) or (
                    _actor_in(s, doc, sides) and _names_actor((left, right), doc, sides)
                ):
                    return left, right
    return None


def _subject(word: Token, doc: Doc, harmed: Harmed, sides: Sides) -> tuple[int, int] | None:
    verb = word
    for _ in range(3):
        for s in verb.children:
            stands_accused = s.dep_ == "nsubjpass" and verb.lower_ in (
                "accused",
                "suspected",
                "convicted",
            )
            if verb.lower_ in _SUFFERS:
                continue
            if (
                (s.dep_ == "nsubj" or stands_accused)
                and not (harmed.counted.first <= s.i <= harmed.counted.last)
                and s.i < word.i
            ):
                if s.lower_ == "who" and verb.dep_ == "relcl" and verb.head.tag_ in ("NN", "NNS"):
                    return _phrase(verb.head, doc)
                if s.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                    deed = verb.head
                    found = _actor_in(deed, doc, sides)
                    if (
                        found is None
                        and _ATTACK.match(deed.text)
                        and deed.dep_ == "dobj"
                        and deed.head.lower_ in _WAGES
                    ):
                        # "a coalition has launched airstrikes that have killed scores"
                        found = next(
                            (
                                f
                                for x in deed.head.children
                                if x.dep_ == "nsubj" and (f := _actor_in(x, doc, sides))
                            ),
                            None,
                        )
                    return found
                if (
                    s.lower_ in sides.lexicon.claimant_words
                    and s.head.lower_ in sides.lexicon.reporting
                ):
                    continue
                if found := _actor_in(s, doc, sides):
                    return found
        if (
            verb.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep")
            and verb.head is not verb
            and verb.head.lower_ not in sides.lexicon.reporting
        ):
            verb = verb.head
        else:
            break
    return None


def _attack(word: Token, doc: Doc, harmed: Harmed, sides: Sides) -> tuple[int, int] | None:
    """The nearest attack noun of the sentence that has an owner: "in Russian air strikes"."""
    for t in sorted(doc, key=lambda t: abs(t.i - word.i)):
        if (
            _ATTACK.match(t.text)
            and t.tag_ in NOUNS
            and not (harmed.counted.first <= t.i <= harmed.counted.last)
        ):
            if found := _actor_in(t, doc, sides):
                return found
    return None
