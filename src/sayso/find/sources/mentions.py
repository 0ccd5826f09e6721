"""Which words of a sentence name a source: who speaks in it, and the agencies and outlets we know."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.find.context import Context
from sayso.find.speech.reporting import PRONOUNS
from sayso.model import Relation
from sayso.model.parsed import Sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence that name a source, with offsets in the sentence."""

    start: int
    end: int
    name: str


# Participles that tie a name to a source: in "X-run" before it, in "is run by X" behind it.
TIES = {
    Relation.BASED_IN: "based|headquartered",
    Relation.RUN_BY: "run|owned|controlled|operated|managed|headed",
    Relation.FUNDED_BY: "funded|financed|sponsored|bankrolled",
    Relation.SIDES_WITH: "backed|supported|linked|affiliated|aligned|allied|friendly",
}
RELATION_OF = {word: relation for relation, words in TIES.items() for word in words.split("|")}
# What stands before a name and tells of it: "Hezbollah-run", "state-owned", "pro-opposition", "semi-official".
_CAPITAL = r"(?!(?:The|An?|But|And|On|In) )[A-ZÀ-Þ][\w.]*"
_PROPER = rf"(?:{_CAPITAL} (?:government|state)|(?:{_CAPITAL}[- ])?[A-ZÀ-Þ][\w.]*)"
BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<common>(?:[Ss]tate|[Gg]overnment|[Rr]egime|[Oo]pposition|[Rr]ebel|[Pp]rivately|party|military|army) ?- ?(?P<tied>{'|'.join(RELATION_OF)}))"
    rf"|(?P<party>{_PROPER}|(?:al|el)-[A-Z]\w+) ?- ?(?P<tie>{'|'.join(RELATION_OF)})"
    r"|(?P<pro>pro ?- ?[A-Z]?\w+(?:-\w+)?)|(?P<anti>anti ?- ?[A-Z]?\w+(?:-\w+)?)"
    r"|(?P<called>semi-official|quasi-official|independent|hard-line|hardline|ultraconservative|conservative|reformist|official(?= (?:[A-Z]\w+ ){0,2}(?:[Nn]ews|[Aa]gency|state|media|television|TV|[A-Z]{3,}\b))))(?![\w-])"
)


def mentions_in(sentence: Sentence, context: Context) -> list[Mention]:
    """The sources that the sentence names: who speaks in it, and outlets that are known; of two that overlap the longer."""
    doc = sentence.doc
    assert doc is not None
    found = []
    for cue in context.speakers.cues(sentence):
        claimant = context.speakers.claimant(sentence, cue)
        if (
            cue.claimant
            and claimant.name
            and claimant.start is not None
            and claimant.end is not None
        ):
            found.append(
                Mention(
                    claimant.start - sentence.start, claimant.end - sentence.start, claimant.name
                )
            )
        if (
            cue.via is not None
            and claimant.via
            and claimant.via.name
            and claimant.via.start is not None
            and claimant.via.end is not None
        ):
            found.append(
                Mention(
                    claimant.via.start - sentence.start,
                    claimant.via.end - sentence.start,
                    claimant.via.name,
                )
            )
    found += [
        Mention(*m.span("known"), m["known"])
        for m in context.lexicon.sources.pattern.finditer(sentence.text)
    ]
    named = [name for name in context.speakers.bodies if name in sentence.text]
    found += [
        Mention(*m.span(), name)
        for name in named
        for m in re.finditer(rf"\b{re.escape(name)}\b", sentence.text)
    ]
    found += [
        Mention(*m.span(), context.speakers.name_of(m[0]))
        for m in _MONITORS.finditer(sentence.text)
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.start - m.end):
        if _may_be_source(sentence.text[mention.start : mention.end], context) and not any(
            mention.start < k.end and k.start < mention.end for k in kept
        ):
            kept.append(mention)
    return [_bare(m, sentence, context) for m in sorted(kept, key=lambda m: m.start)]


def _may_be_source(words: str, context: Context) -> bool:
    """Whether words that were taken for a claimant name or call one: no pronoun, and no stretch of a sentence."""
    tokens = BEFORE.sub("", words).split()
    if not tokens or len(tokens) > _LONGEST or words.lower() in PRONOUNS:
        return False
    called = context.lexicon.claimant_words | context.lexicon.people.keys()
    return (
        any(t[:1].isupper() for t in tokens[1:])
        or any(t.strip(",.").lower() in called for t in re.split(r"[\s-]+", words))
        or words[:1].isupper()
    )


# In words. "the Britain-based Syrian Observatory for Human Rights, a monitoring group" is one.
_LONGEST = 12


def _bare(mention: Mention, sentence: Sentence, context: Context) -> Mention:
    """The mention without what only describes it before the name: "the Britain-based | Observatory"."""
    words = re.split(r" and (?:an?|the)\b", sentence.text[mention.start : mention.end])[0]
    mention = replace(mention, end=mention.start + len(words))
    aside = re.search(
        r"(?<=[\w)]),? an? (?=[a-z]|[A-Z]\w*-)| (?:monitoring group|monitor|watchdog)$", words
    )
    if aside and re.search(
        r"\b(?!(?:The|An?)\b)[A-Z]", BEFORE.sub("", words[: aside.start()])
    ):  # "the Hill Observatory | a Britain-based monitor"
        name = (
            context.speakers.name_of(words[: aside.start()])
            if mention.name == words
            else mention.name
        )
        return _bare(Mention(mention.start, mention.start + aside.start(), name), sentence, context)
    article = re.match(r"(?:the|an?) (?=[A-Z])", words, re.IGNORECASE)
    cut = max([m.end() for m in BEFORE.finditer(words)], default=article.end() if article else 0)
    rest = words[cut:]
    cut += len(rest) - len(rest.lstrip(" ,-"))
    if not cut or not words[cut:].strip():
        return mention
    named = (
        mention.name
        if mention.name != words or not re.search("[A-Z]", words[cut:])
        else context.speakers.name_of(words[cut:])
    )
    return Mention(mention.start + cut, mention.end, undescribed(named))


def undescribed(name: str) -> str:
    """The name without what the report puts before it: "the Iran-backed Hezbollah"."""
    ends = [m.end() for m in BEFORE.finditer(name)]
    bare = name[ends[-1] :].strip() if ends else name
    return re.sub(r"^[Tt]he (?=[A-Z])", "", bare) or name


# Bodies that monitor, by the words of their names, wherever they stand.
_MONITORS = re.compile(
    r"\b(?:[A-Z][\w’'-]* ){0,4}(?:Observatory|Network|Monitor|Watch|Committees|Documentation Cent(?:er|re))(?: for [A-Z]\w+(?: [A-Z]\w+)*)?(?! [A-Z])"
)
