"""Who makes each statement of a report, by the fullest name."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from sayso.find.speech.attributions import Attribution
from sayso.find.speech.extents import DAYS, noun_phrase_of
from sayso.find.speech.reporting import PRONOUNS, STATEMENTS
from sayso.find.speech.speakers import POSSESSIVES, SEVERAL, Claimant, Speakers, is_body
from sayso.model.parsed import Parsed, Sentence, tokens_between

# A pronoun is who spoke last when that was at most so many sentences before.
_REACH = 8
_FIRST_PERSON = frozenset("i we my our me us".split())
_GENDERS = ("he", "she")
_PLURAL = re.compile(r"\b[a-z]+[^s\W]s$|\b[Pp]eople$|^[A-Z][a-z]+(?:ans|ers|ists|cials)$")
_RELATIVE = frozenset("who which that whom whose".split())
# A text with fewer commas than one in so many words has lost them, and often its quotation marks.
_WORDS_A_COMMA = 120


class Voices:
    """Who makes each statement of a report, by the fullest name; pronouns by who spoke before them."""

    def __init__(self, parsed: Parsed, speakers: Speakers, attributions: list[Attribution]) -> None:
        self._report = parsed.report
        self._sentences = parsed.sentences
        self._speakers = speakers
        self._attributions = attributions
        self._found: dict[Attribution, Claimant] = {}
        self._genders: dict[str, str] = {}
        text = parsed.report.text
        self._lost_commas = text.count(",") * _WORDS_A_COMMA < len(text.split())
        in_order = sorted(attributions, key=lambda a: (a.part == "title", a.source or a.content[0]))
        for a in in_order:
            self._found[a] = self._name(a)

    def claimant(self, a: Attribution) -> Claimant:
        """Who makes the statement; without a name where only the cue tells that it is one ("is expected")."""
        return self._found[a]

    def around(self, part: str, position: int) -> Attribution | None:
        """The innermost statement with a speaker in whose words the position stands."""
        over = (
            a
            for a in self._found
            if a.part == part and a.source and any(s <= position < e for s, e in a.content)
        )
        return min(over, key=lambda a: a.content[-1][1] - a.content[0][0], default=None)

    def _name(self, a: Attribution) -> Claimant:
        cue = self._report.part(a.part)[slice(*a.cue)] if a.cue else ""
        named = self._by_rule(a)
        if named is None:
            if a.source is None or a.source_sentence is None:
                return Claimant(None, None, None, None, cue)
            sentence = self._sentences[a.source_sentence]
            assert sentence.doc is not None
            first, last = _name_in(sentence.doc, *_tokens(sentence, a.source), a.speaker)
            named = self._speakers.named(sentence, (first, last), cue)
        word = POSSESSIVES.get((named.text or "").lower(), (named.text or "").lower())
        if word in _FIRST_PERSON:
            around = self._around(a)
            return replace(named, name=around.name if around else None)
        if word in _RELATIVE:
            return replace(named, name=None)
        if word in PRONOUNS:
            named = replace(named, name=self._last_speaker(a, word) or named.name)
            if named.name and word in _GENDERS:
                self._genders.setdefault(_plain(named.name), word)
        return named

    def _by_rule(self, a: Attribution) -> Claimant | None:
        """The claimant that the rules for figures see where they know more: an outlet in between, or a text without commas."""
        speakers = self._speakers
        if a.source is not None and a.source_sentence is not None:
            sentence = self._sentences[a.source_sentence]
            first, last = _tokens(sentence, a.source)
            for known in speakers.cues(sentence):
                if known.via is not None and any(
                    n is not None and n[0] <= last and first <= n[1]
                    for n in (known.via, known.claimant)
                ):
                    return speakers.claimant(sentence, known)
        if (self._lost_commas or a.source is None) and a.cue is not None:
            sentence = self._sentences[a.sentence]
            first, last = _tokens(sentence, a.cue)
            for known in speakers.cues(sentence):
                if (
                    known.claimant is not None
                    and first <= known.start <= last
                    and not _is_nobody(sentence, known.claimant)
                ):
                    return speakers.claimant(sentence, known)
        return None

    def _around(self, a: Attribution) -> Claimant | None:
        """Who says the words that the statement stands in."""
        if a.source is None:
            return None
        outer = [
            o for o in self._attributions if o is not a and o.part == a.part and _holds(o, a.source)
        ]
        inner = min(outer, key=lambda o: o.content[-1][1] - o.content[0][0], default=None)
        if inner is None or inner in self._found:
            return self._found[inner] if inner is not None else None
        own = (
            inner.source is not None
            and self._report.part(inner.part)[slice(*inner.source)].lower() in _FIRST_PERSON
        )
        return None if own else self._name(inner)  # "I" within "I" would never end

    def _last_speaker(self, a: Attribution, pronoun: str) -> str | None:
        """The name of who spoke last before the pronoun, outside what others say, and can be meant by it."""
        if a.source is None or a.source_sentence is None:
            return None
        for o, said in sorted(
            self._found.items(), key=lambda f: f[0].source or (0, 0), reverse=True
        ):
            if (
                o.source is None
                or o.source_sentence is None
                or said.name is None
                or o.part != a.part
                or o.source[1] > a.source[0]
            ):
                continue
            if a.source_sentence - o.source_sentence > _REACH:
                return None
            if self._is_inside(o) and not self._is_inside(a):
                continue
            if self._fits(said.name, pronoun):
                return said.name
        return None

    def _is_inside(self, a: Attribution) -> bool:
        """Whether who makes the statement is named in the words of somebody else."""
        return a.source is not None and any(
            o is not a and o.part == a.part and _holds(o, a.source) for o in self._attributions
        )

    def _fits(self, name: str, pronoun: str) -> bool:
        if name.lower() in PRONOUNS or name.lower() in POSSESSIVES:
            return False
        several = (
            bool(
                SEVERAL.search(name)
                or _PLURAL.search(re.split(r" (?:of|for|in|at|from|after|who|with) ", name)[0])
            )
            or " and " in name
        )
        if pronoun == "they":
            return several or is_body(name)
        if pronoun == "it":
            return is_body(name) and not several
        return (
            pronoun in _GENDERS
            and not several
            and not is_body(name)
            and self._genders.get(_plain(name), pronoun) == pronoun
        )


def _is_nobody(sentence: Sentence, place: tuple[int, int]) -> bool:
    """Whether the words only tell when ("on Sunday morning") or what was said ("his account")."""
    assert sentence.doc is not None
    first, last = sentence.doc[place[0]], sentence.doc[place[1]]
    return (
        first.tag_ == "IN" or last.lower_ in DAYS or (first is last and last.lower_ in STATEMENTS)
    )


def _plain(name: str) -> str:
    """The name without what is told of it after a comma."""
    return name.split(",")[0]


def _holds(a: Attribution, place: tuple[int, int]) -> bool:
    return any(s <= place[0] and place[1] <= e for s, e in a.content)


def _name_in(doc: Doc, first: int, last: int, head: int | None) -> tuple[int, int]:
    """The tokens that name the speaker, without what is told of them after a comma or in a clause.

    "Who" in "the minister, who said" is the minister.
    """
    if first == last and doc[first].tag_ in ("WP", "WDT"):
        verb = next((t for t in (doc[first], *doc[first].ancestors) if t.dep_ == "relcl"), None)
        return noun_phrase_of(verb.head, doc) if verb is not None else (first, last)
    within = doc[last].head
    if (
        doc[last].dep_ == "pobj"
        and within.dep_ == "prep"
        and within.head.dep_ == "nsubj"
        and within.head.i < first
    ):
        return noun_phrase_of(within.head, doc)  # "an elder in | Khost" warned, and not the town
    if head is not None and first <= head <= last and any(True for _ in doc[head].conjuncts):
        return first, last  # several speakers
    stops = [
        t.i
        for t in doc[first + 1 : last + 1]
        if t.text in (",", "(", "–", "—") or t.tag_ in ("WP", "WDT", "WRB", "WP$")
    ]
    if not stops:
        return first, last
    if doc[first].tag_ == "IN" and stops[0] < last:  # "On Sunday morning, the rebels"
        return _name_in(doc, stops[0] + 1, last, head)
    end = stops[0] - 1
    nexts = [s for s in stops if s > stops[0]]
    after = (stops[0] + 1, (nexts[0] if nexts else last + 1) - 1)
    calls = doc[first : end + 1].root.tag_ not in ("NNP", "NNPS") and doc[stops[0]].text == ","
    if (
        calls
        and after[0] <= after[1]
        and all(t.tag_ in ("NNP", "NNPS", "HYPH") for t in doc[after[0] : after[1] + 1])
    ):
        return after  # "Turkey's president, Ali Kaya"
    return (first, end) if re.search(r"\w", doc[first : end + 1].text) else (first, last)


def _tokens(sentence: Sentence, place: tuple[int, int]) -> tuple[int, int]:
    assert sentence.doc is not None
    span = tokens_between(sentence.doc, place[0] - sentence.start, place[1] - sentence.start)
    return span.start, span.end - 1
