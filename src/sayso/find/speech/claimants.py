"""Who says a thing, and whether they say it for certain."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from sayso.find.context import Context
from sayso.find.speech.attributions import Attribution
from sayso.find.speech.contents import Span
from sayso.find.speech.cues import governing
from sayso.find.speech.extents import noun_phrase_of
from sayso.find.speech.plausible import is_saying
from sayso.find.speech.reporting import Cue
from sayso.find.speech.speakers import Claimant
from sayso.language.lexicon import Lexicon
from sayso.model.parsed import Sentence

# A statement this likely gives a figure its claimant where the rules see none; this likely, against what they see.
_FILLS = 0.5
_OVERRULES = 0.8


def claimant_of(
    sentence: Sentence, word: Token, position: int, context: Context
) -> Claimant | None:
    """Whose words the word stands in: by the cue that governs it, else the speaker of its quotation.

    Where these rules see nobody, or somebody who is not in the statement around the word, who makes that statement.
    """
    cue = governing(context.speakers.cues(sentence), word)
    by_rule = (
        context.speakers.claimant(sentence, cue)
        if cue is not None
        else context.speakers.of_quotation(sentence, position)
    )
    around = context.voices.around(sentence.part, position)
    if around is None or not _is_sure(around, by_rule is None, context):
        return by_rule
    said = context.voices.claimant(around)
    return (
        said
        if by_rule is None or (_is_name(said.name) and not _is_same(said, by_rule))
        else by_rule
    )


def _is_sure(a: Attribution, alone: bool, context: Context) -> bool:
    """Whether the statement is likely enough to give the claimant, where no rule does ("alone") or against one."""
    saying = a.cue is None or is_saying(context.report.part(a.part)[slice(*a.cue)])
    if alone:
        return a.likely >= _FILLS and (saying or a.mode == "direct")
    return a.likely >= _OVERRULES and saying


def _is_name(name: str | None) -> bool:
    """Whether it is a proper name, not a description ("the Britain-based group") that may be of whom the rules name."""
    return bool(name and re.search(r"(?<!^)\b[A-Z](?![\w-]*-based\b)|^(?!The |An? )[A-Z]", name))


def _is_same(a: Claimant, b: Claimant) -> bool:
    """Whether two claimants are one, by name or by place."""
    if (
        a.start is not None
        and a.end is not None
        and b.start is not None
        and b.end is not None
        and a.start < b.end
        and b.start < a.end
    ):
        return True
    return a.name == b.name


def innermost_claimant(
    sentence: Sentence, word: Token, cue: Token, told: Span, context: Context
) -> Claimant | None:
    """Whose words the word stands in: of the statements found by learned weights and the cues found by rule, the innermost.

    Both know of grammar; only the statements know of what is told further on without a verb of saying,
    and only the cues of "according to" and of clauses that the weights do not take for statements. Neither
    the word nor its own `cue` tells who says so ("is expected to"), and nobody within the words `told` whose
    saying does not govern the word ("than the army has said are there").
    """
    at, own = sentence.start + word.idx, sentence.start + cue.idx
    over = {t.i: n for n, t in enumerate((word, *word.ancestors))}

    def covers(a: Attribution) -> bool:
        inside = a.source is None or (
            told[0] <= a.source[0] < told[1] and _depth(a, sentence, over) == len(over)
        )
        itself = a.cue is not None and any(a.cue[0] <= place < a.cue[1] for place in (at, own))
        return (
            a.part == sentence.part
            and not inside
            and not itself
            and any(s <= at < e for s, e in a.content)
        )

    def is_outside(c: Cue) -> bool:
        inside = (
            c.claimant is not None
            and c.verb not in over
            and told[0] <= sentence.start + word.doc[c.claimant[0]].idx < told[1]
        )
        return not inside and c.verb not in (word.i, cue.i)

    stated = min(
        (a for a in context.attributions if covers(a)),
        key=lambda a: a.content[-1][1] - a.content[0][0],
        default=None,
    )
    by_rule = governing([c for c in context.speakers.cues(sentence) if is_outside(c)], word)
    if (
        by_rule is not None
        and by_rule.verb in over
        and (stated is None or over[by_rule.verb] < _depth(stated, sentence, over))
    ):
        return _of_cue(sentence, word.doc, by_rule, context)
    if stated is not None:
        return context.voices.claimant(stated)
    if by_rule is not None and (by_rule.verb is None or by_rule.start > word.i):
        return _of_cue(sentence, word.doc, by_rule, context)
    return context.speakers.of_quotation(sentence, at)


def _depth(stated: Attribution, sentence: Sentence, over: dict[int, int]) -> int:
    """How many steps above the word the cue of the statement stands in the tree; beyond all where it does not."""
    if stated.cue is None or stated.sentence != sentence.index or sentence.doc is None:
        return len(over)
    start, end = stated.cue
    steps = [n for i, n in over.items() if start <= sentence.start + sentence.doc[i].idx < end]
    return min(steps, default=len(over))


def _of_cue(sentence: Sentence, doc: Doc, cue: Cue, context: Context) -> Claimant:
    """The claimant of the cue."""
    named = (
        _antecedent(doc[cue.claimant[0]])
        if cue.claimant is not None and cue.claimant[0] == cue.claimant[1]
        else None
    )
    if named is not None:
        return context.speakers.named(sentence, noun_phrase_of(named, doc), cue.text)
    return context.speakers.claimant(sentence, cue)


def _antecedent(word: Token) -> Token | None:
    """Whom "who" stands for: Putin of "Putin, who has said"."""
    if word.tag_ not in ("WP", "WDT") or word.head.dep_ != "relcl" or word.head.head.i > word.i:
        return None
    named = word.head.head
    if not named.tag_.startswith(
        "NNP"
    ):  # "a rebuke by the president, who warned": the parser hangs it on the first noun
        by = next((c for c in named.children if c.lower_ == "by" and c.i < word.i), None)
        named = (
            next((c for c in by.children if c.dep_ == "pobj"), named) if by is not None else named
        )
    return named


def is_hedged(doc: Doc, word: Token, lexicon: Lexicon) -> bool:
    """Whether a hedge stands near the word, in its own clause."""
    near = doc[max(0, word.i - 8) : min(len(doc), word.i + 5)]
    if any(lexicon.hedge.fullmatch(t.text) and not _asserts(t) for t in near):
        return True
    if _HEDGING.search(near.text):
        return True
    over = {a.i for a in word.ancestors}
    if any(doc[i].lower_ in ("accused", "suspected") and i < word.i for i in over):
        return True
    spans = (
        doc.char_span(m.start(), m.end(), alignment_mode="expand")
        for m in _HEDGING.finditer(doc.text)
    )
    return any(
        s is not None and s.end <= word.i and any(t.i in over and t.lower_ in _REPORTS for t in s)
        for s in spans
    )


_REPORTS = frozenset(
    "reports report reported claimed alleged believed feared rumoured rumored".split()
)


_HEDGING = re.compile(
    r"\b(?:(?:may|might|could|must) have|appear(?:s|ed)? to|(?:is|are|was|were) (?:thought|said|understood|reported|accused|rumou?red) (?:to|of|that|in)|(?:thought|said|understood) to|"
    r"reports? (?:of|that)|possib(?:le|ility) that|it (?:is|was|has been) (?:reported|claimed|alleged|believed|feared))\b",
    re.IGNORECASE,
)


def _asserts(t: Token) -> bool:
    """A word of the list that hedges nothing here: "the attack claimed the lives of", "doctors reported two
    deaths", "alleged rebels" (it doubts who they are, not what befell them)."""
    if t.lower_ in ("claim", "claims", "claimed"):
        return any(
            o.dep_ == "dobj"
            and o.lower_ in ("life", "lives", "responsibility", "credit", "victims", "casualties")
            for o in t.children
        ) or t.tag_.startswith("NN")
    if t.lower_ == "reported":
        return (
            any(c.dep_ == "nsubj" for c in t.children)
            and not any(c.dep_ in ("auxpass", "nsubjpass") for c in t.children)
        ) or t.tag_ == "VBD"
    return False
