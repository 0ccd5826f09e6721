"""Who did it: the actor that a sentence, or the one before, names for a harm."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from sayso.find.counted import NOUNS
from sayso.find.findings import Harmed
from sayso.lexicon import Lexicon
from sayso.model import Span
from sayso.parse import Sentence, tokens_between

_ATTACK = re.compile(
    r"^(?:air-?strikes?|strikes?|raids?|attacks?|bombings?|bombardments?|shelling|shells?|bombs?|offensive|assault|operations?|clashes|fire|airstrike|jets?|warplanes?|aircrafts?|planes?|helicopters?|drones?|missiles?|rockets?|mortars?|artillery|snipers?|forces|ambush|shootings?|campaign|explosion|blast|massacre|sorties)$",
    re.IGNORECASE,
)
_WEAPON = re.compile(
    r"^(?:bombs?|blasts?|explosions?|explosives?|bullets?|mines?|shells?|rockets?|missiles?|barrel|gas|car|truck|device|fire|gunfire|shrapnel|mortars?)$",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"^(?:Syrian?s?|Russian?|Turkish|Turkey|Israeli?|Israel|American|US|U\.S\.?|Iraqi?|Iranian?|French|British|NATO|Saudi|Kurdish|regimes?|government|coalition|US-led|terrorists?|rebels?|militants?|army|opposition|insurgents?|Assads?|police|Daesh)$",
    re.IGNORECASE,
)

_VICTIM = re.compile(
    r"^(?:people|persons?|civilians?|children|child|women|others?|victims?|families|residents?|citizens?|refugees?|agents?|members|pupils|students|schoolchildren|journalists?|photos?|images?|videos?|bodies|injuries|wounds)$",
    re.IGNORECASE,
)


def actor_of(sentence: Sentence, doc: Doc, word: Token, harmed: Harmed, lexicon: Lexicon, sentences: list[Sentence]) -> Span | None:
    """The words naming who did it, or None. A weapon alone is no actor; "Russian air strikes" are."""
    found = _agent(word, doc, lexicon) or _subject(word, doc, harmed, lexicon) or _attack(word, doc, harmed, lexicon)
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
        if (m := _OWNED.search(s.text)) or (m := _BY_FORCE.search(s.text)):
            return Span(m["who"], s.start + m.start("who"), s.start + m.end("who"))
        if found := _attacker(s.doc, lexicon):
            if s is sentence and any(harmed.counted.first <= i <= harmed.counted.last for i in range(found[0], found[1] + 1)):
                continue
            start, end = s.doc[found[0]].idx, s.doc[found[1]].idx + len(s.doc[found[1]])
            return Span(s.text[start:end], s.start + start, s.start + end)
    return None


# How many sentences back an attacker is still the one who is meant.
_BACK = 1
_SIDE = r"(?:Syrian?|Russian?|Turkish|Turkey|Israeli?|American|US|U\.S\.|Iraqi|Iranian|French|British|NATO|Saudi|Kurdish|Afghan|Assad|regime|government|coalition|US-led|U\.S\.-led|Saudi-led|Russian-led|rebel|militant|terrorist|opposition|insurgent|army|military|Taliban|Daesh|ISIS|ISIL|Islamic State|international|allied)"
# A side before its attack, whatever the parser makes of it: "in regime shelling", "Israeli air strikes".
_OWNED = re.compile(
    rf"\b(?P<who>{_SIDE}(?:[’']?s)?(?: {_SIDE}(?:[’']?s)?)*(?: (?:air force|forces|troops|jets|warplanes|helicopters))?) (?:(?:air|aerial|artillery|rocket|mortar|drone|missile|barrel|bomb|tank|chemical|gas|heavy|intense|naval) )*(?:air-?strikes?|strikes?|raids?|shelling|bombing|bombardments?|bombings|shells|rockets|onslaught)\b",
    re.IGNORECASE,
)
_BY_FORCE = re.compile(
    r"\b(?P<who>forces loyal to (?:[A-Z][a-z]+ )?(?:President )?(?:[A-Z]\w+ )?[A-Z][\w-]+|(?:an? |the )?suicide (?:bombers?|attackers?)|(?:an? |the )?gunm[ae]n)\b"
)
_STRIKES = frozenset(
    "attack bomb bombard shell strike hit target raid execute behead kill murder massacre storm shoot launch fire drop pound destroy shot struck".split()
)


def _attacker(doc: Doc, lexicon: Lexicon) -> tuple[int, int] | None:
    """Who attacks in a sentence: the subject of an attacking verb, its agent, or the owner of an attack."""
    for t in doc:
        if t.tag_.startswith("VB") and t.lemma_.lower() in _STRIKES:
            for a in t.children:
                if (a.dep_ == "nsubj" and t.tag_ != "VBN") or (a.dep_ == "nsubj" and any(x.dep_ == "aux" for x in t.children)):
                    if (
                        (found := _actor_in(a, doc, lexicon))
                        and _names_actor(found, doc, lexicon)
                        and not _VICTIM.match(doc[found[1]].text)
                    ):
                        return found
                if a.dep_ == "agent":
                    for o in a.children:
                        if o.dep_ == "pobj" and (found := _actor_in(o, doc, lexicon)):
                            return found
    for t in doc:
        if _ATTACK.match(t.text) and t.tag_ in NOUNS and (found := _actor_in(t, doc, lexicon)) and _names_actor(found, doc, lexicon):
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


def _actor_in(head: Token, doc: Doc, lexicon: Lexicon) -> tuple[int, int] | None:
    """The actor in a noun phrase: its people or body, or the nation that leads an attack."""
    left, right = _phrase(head, doc)
    if _WEAPON.match(head.text) or _ATTACK.match(head.text):
        for p in head.children:
            if p.dep_ in ("prep", "agent") and p.lower_ in ("by", "of") and p.i > head.i:
                for o in p.children:
                    if (
                        o.dep_ == "pobj"
                        and (found := _actor_in(o, doc, lexicon))
                        and (p.lower_ == "by" or _names_actor(found, doc, lexicon))
                    ):
                        return found
            if p.dep_ in ("acl", "relcl"):
                for a in p.children:
                    if a.dep_ == "agent":
                        for o in a.children:
                            if o.dep_ == "pobj":
                                return _actor_in(o, doc, lexicon)
        owners = [
            i
            for i in range(left, right + 1)
            if _NATIONAL.match(doc[i].text)
            or (doc[i].lower_ in lexicon.people and doc[i].lower_ not in ("twin", "twins", "suicide", "children", "people"))
        ]
        text = doc[left : right + 1].text
        if m := lexicon.actor_pattern.search(text):
            span = tokens_between(doc, doc[left].idx + m.start(), doc[left].idx + m.end())
            return span.start, span.end - 1
        return (owners[0], right) if owners else None
    if head.tag_ in ("NNP", "NNPS", "NNS", "NN") and (
        _names_actor((left, right), doc, lexicon) or head.lower_ in lexicon.people or head.tag_ in ("NNP", "NNPS")
    ):
        return left, right
    return None


def _names_actor(span: tuple[int, int], doc: Doc, lexicon: Lexicon) -> bool:
    text = doc[span[0] : span[1] + 1].text
    return bool(lexicon.actor_pattern.search(text)) or any(
        t.lower_ in lexicon.people or _NATIONAL.match(t.text) for t in doc[span[0] : span[1] + 1]
    )


def _agent(word: Token, doc: Doc, lexicon: Lexicon) -> tuple[int, int] | None:
    for t in (word, *(c for c in word.children if c.dep_ == "conj"), word.head):
        for a in t.children:
            if a.dep_ == "agent" or (a.dep_ == "prep" and a.lower_ in ("by", "in", "from", "after", "during", "due")):
                for o in a.children:
                    if (
                        o.dep_ in ("pobj", "pcomp")
                        and (found := _actor_in(o, doc, lexicon))
                        and (a.lower_ == "by" or _ATTACK.match(o.text))
                    ):
                        return found
    return None


def _subject(word: Token, doc: Doc, harmed: Harmed, lexicon: Lexicon) -> tuple[int, int] | None:
    verb = word
    for _ in range(3):
        for s in verb.children:
            if s.dep_ == "nsubj" and not (harmed.counted.first <= s.i <= harmed.counted.last) and s.i < word.i:
                if s.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                    return _actor_in(verb.head, doc, lexicon)
                if s.lower_ in lexicon.claimant_words and s.head.lower_ in lexicon.reporting:
                    continue
                if found := _actor_in(s, doc, lexicon):
                    return found
        if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep") and verb.head is not verb and verb.head.lower_ not in lexicon.reporting:
            verb = verb.head
        else:
            break
    return None


def _attack(word: Token, doc: Doc, harmed: Harmed, lexicon: Lexicon) -> tuple[int, int] | None:
    """The nearest attack noun of the sentence that has an owner: "in Russian air strikes"."""
    for t in sorted(doc, key=lambda t: abs(t.i - word.i)):
        if _ATTACK.match(t.text) and t.tag_ in NOUNS and not (harmed.counted.first <= t.i <= harmed.counted.last):
            if found := _actor_in(t, doc, lexicon):
                return found
    return None
