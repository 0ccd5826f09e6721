"""Cues in a sentence: who is said to say something, and what each cue covers.

A cue is a reporting verb with its subject ("the ministry said"), a fixed phrase ("according to
police") or a headline's "Police: …". The claimant of words is the innermost one that covers them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from sayso.find.phrases import NOUNS
from sayso.find.speech.extents import FINITE, may_name, noun_phrase_of
from sayso.find.speech.reporting import (
    DENYING,
    OPENING,
    STATEMENTS,
    TAKE_IT,
    Cue,
    can_claim,
    phrase_cue,
    verb_cue,
)
from sayso.find.speech.via import with_via
from sayso.language.lexicon import Lexicon
from sayso.model.parsed import tokens_between

# Inside a quotation these are its speaker, whom the words around it name.
_FIRST_PERSON = frozenset("i we you".split())


_BY_ESTIMATES = re.compile(
    r"\bby (?:some|most|many|other|various|several|official|unofficial|independent|conservative|one) (?:official |independent |local )?(?:estimates?|accounts?|counts?|reckonings?)\b",
    re.IGNORECASE,
)


def find_cues(doc: Doc, lexicon: Lexicon) -> list[Cue]:
    """Every cue in the parsed sentence, in order."""
    cues = [
        cue for t in doc if t.lower_ in lexicon.reporting and (cue := verb_cue(t, doc, lexicon))
    ]
    cues = [c for c in cues if c.claimant is None or doc[c.claimant[0]].lower_ not in _FIRST_PERSON]
    verbs = {i for cue in cues for i in range(cue.start, cue.end)}
    cues += [
        cue
        for t in doc
        if t.lower_ in STATEMENTS | _EVIDENCE and (cue := _noun_cue(t, doc, lexicon))
    ]
    for m in lexicon.cue_prefix.finditer(doc.text):
        span = tokens_between(doc, m.start(), m.end())
        if span.text.lower() == "per" and not (
            span.end < len(doc) and may_name(doc[span.end], lexicon)
        ):
            continue  # "per episode"
        if span.start not in verbs and (cue := phrase_cue(span.start, span.end, doc)):
            cues.append(cue)
    for m in _BY_ESTIMATES.finditer(doc.text):
        span = tokens_between(doc, m.start(), m.end())
        cues.append(Cue(span.start, span.end, span.text, None, (span.start + 1, span.end - 1)))
    if colon := _headline_cue(doc, lexicon):
        cues.append(colon)
    return with_via(sorted(cues, key=lambda c: c.start), doc, lexicon)


def _noun_cue(token: Token, doc: Doc, lexicon: Lexicon) -> Cue | None:
    """A statement named as a noun, with whose it is: "Iran's claim that", "accusations by rebels that", "no evidence that"."""
    clause = any(
        c.dep_ in ("acl", "ccomp", "relcl")
        and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
        for c in token.rights
    )
    if token.lower_ in _EVIDENCE:
        denied = clause and (
            any(c.lower_ == "no" for c in token.children)
            or any(c.dep_ == "neg" for c in token.head.children)
        )
        return Cue(token.i, token.i + 1, token.text, token.i, None, True) if denied else None
    denied = lexicon.reporting.get(token.head.lower_) in DENYING
    owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
    if owner is not None and (
        clause or any(c.dep_ == "prep" and c.lower_ in ("of", "about") for c in token.rights)
    ):
        if owner.tag_ != "PRP$" and not can_claim(owner, "", doc, lexicon):
            return None
        return Cue(token.i, token.i + 1, token.text, token.i, noun_phrase_of(owner, doc), denied)
    given = next(
        (
            c
            for c in token.rights
            if c.dep_ == "prep" and c.lower_ in ("from", "by") and c.i == token.i + 1
        ),
        None,
    )
    if given is None or not clause:
        return None
    named = phrase_cue(given.i, given.i + 1, doc)
    return (
        replace(named, start=token.i, text=token.text, verb=token.i, denied=denied)
        if named
        else None
    )


_EVIDENCE = frozenset("evidence indication proof sign confirmation".split())


def _headline_cue(doc: Doc, lexicon: Lexicon) -> Cue | None:
    """ "Police: six shot"; "six shot: police"; "six shot - ministry"."""
    for i, t in enumerate(doc):
        if t.text not in (":", "-", "–", "—") or (
            t.text == "-" and not (t.whitespace_ and doc[i - 1].whitespace_)
        ):
            continue
        if (
            0 < i <= 6
            and t.text == ":"
            and all(x.tag_ in NOUNS | {"JJ", "POS", "DT", "IN"} for x in doc[:i])
            and (
                _names_claimant(doc, 0, i, lexicon)
                or (i + 1 < len(doc) and doc[i + 1].text in OPENING)
            )
        ):
            return Cue(i, i + 1, t.text, None, (0, i - 1))
        rest = len(doc) - i - 1
        if (
            0 < rest <= 6
            and i > 3
            and all(x.tag_ in NOUNS | {"JJ", "POS", "DT"} for x in doc[i + 1 :])
            and _names_claimant(doc, i + 1, len(doc), lexicon)
        ):
            return Cue(i, i + 1, t.text, None, (i + 1, len(doc) - 1))
    return None


_BARE = frozenset(
    "monitor monitors monitoring ngo watchdog observatory report reports source sources ministry official officials governor spokesman spokeswoman spokesperson witnesses media minister mayor sohr medics".split()
)


def headline_tail(doc: Doc) -> Cue | None:
    """The claimant at the end of a headline that lost its dash: "Airstrikes kill 28 in safe zone monitor"."""
    last = len(doc) - 1
    while last > 3 and doc[last].tag_ in (".", ":", ",", "''"):
        last -= 1
    for bar in range(len(doc) - 1, 3, -1):
        if doc[bar].text in ("|", "_"):
            last = bar - 1
            if doc[bar].text == "_" and bar + 1 < len(doc) and doc[bar + 1].lower_ in _BARE:
                last = bar + 1
                break
    if last < 4 or doc[last].lower_ not in _BARE:
        return None
    first = last
    if doc[last].lower_ == "media" and doc[last - 1].lower_ in ("state", "local", "social"):
        first -= 1
    if (
        doc[first - 1].tag_ in ("CD", "DT", "IN", "CC", "VBZ", "VBD", "VBP", "PRP$", "JJ")
        and doc[first - 1].text[:1].islower()
    ):
        return None
    return Cue(last, last + 1, doc[last].text, None, (first, last))


def _names_claimant(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    return any(t.lower_ in lexicon.claimant_words for t in doc[start:end])


def governing(cues: list[Cue], word: Token) -> Cue | None:
    """The innermost cue that covers the word, or None when the sentence says it in its own voice."""
    ancestors = [word, *word.ancestors]
    depth = {t.i: n for n, t in enumerate(ancestors)}
    open_cues = [
        c for c in cues if c.claimant is None or not (c.claimant[0] <= word.i <= c.claimant[1])
    ]
    inner = [
        c for c in open_cues if c.verb is not None and c.verb in depth and not _in_subject(word, c)
    ]
    if inner:
        return min(inner, key=lambda c: depth[c.verb or 0])
    phrases = [c for c in open_cues if c.verb is None]
    if phrases:
        return min(phrases, key=lambda c: abs(c.start - word.i))
    # A denial, and a clause that describes somebody ("a man who said he was cold"), reach no further than themselves.
    open_cues = [c for c in open_cues if not c.denied and not _describes(c, word.doc)]
    before = [c for c in open_cues if c.start < word.i and not _in_subject(word, c)]
    if before:
        return before[-1]
    after = [
        c
        for c in open_cues
        if c.start > word.i and _is_final(c, word.doc) and not _in_subject(word, c)
    ]
    return after[0] if after else None


def _describes(cue: Cue, doc: Doc) -> bool:
    """Whether the cue is a relative clause with a pronoun of its own: "who said he was cold"."""
    return cue.verb is not None and any(
        c.tag_ in ("WP", "WDT") and c.dep_ == "nsubj" for c in doc[cue.verb].children
    )


def _in_subject(word: Token, cue: Cue) -> bool:
    """Whether the word stands in the clause that describes the claimant ("a man who was wounded said")."""
    if cue.claimant is None or cue.verb is None:
        return False
    claimant = cue.claimant
    subjects = [
        c
        for c in word.doc[cue.verb].children
        if c.dep_ in ("nsubj", "nsubjpass") and claimant[0] <= c.i <= claimant[1]
    ]
    return any(s.left_edge.i <= word.i <= s.right_edge.i for s in subjects)


_AFTER_CUE = frozenset(
    "on as after while when and but citing adding without contradicting monday tuesday wednesday thursday friday saturday sunday".split()
)


def _is_aside(verb: Token, cue: Cue) -> bool:
    """Whether "X said" has lost the commas around it: it hangs on a noun, or stands before the verb of "the goal he said is …"."""
    if (
        verb.i + 1 < len(verb.doc)
        and verb.nbor().tag_ in FINITE
        and cue.claimant
        and cue.claimant[1] < verb.i
    ):
        return True
    if verb.dep_ not in ("relcl", "acl") or cue.claimant is None or cue.claimant[0] > verb.i:
        return False
    before = verb.doc[cue.claimant[0] - 1] if cue.claimant[0] else None
    said = any(c.dep_ in ("ccomp", "dobj", "mark") and c.i > verb.i for c in verb.children)
    return not said and before is not None and before.tag_ not in ("WDT", "WP", "WP$", "IN")


def _is_final(cue: Cue, doc: Doc) -> bool:
    """Whether the cue closes its sentence, as in "…, police said on Monday"."""
    last = max(cue.end, (cue.claimant[1] + 1) if cue.claimant else cue.end)
    if (
        cue.verb is not None
        and last < len(doc)
        and not any(c.dep_ == "ccomp" and c.i > cue.verb for c in doc[cue.verb].children)
    ):
        if doc[last].lower_ in _AFTER_CUE | TAKE_IT or doc[last].tag_ in (".", ",", "''", "VBG"):
            return True
    if (
        cue.verb is not None
        and cue.claimant
        and (cue.claimant[0] > cue.verb or _is_aside(doc[cue.verb], cue))
    ):
        return True
    rest = [t for t in doc[last:] if t.tag_ not in (".", "''", "``", ",")]
    return len(rest) <= 8 and not any(t.tag_ in ("VBD", "VBZ") for t in rest)
