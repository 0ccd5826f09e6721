"""Who says a thing, and whether they say it for certain."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from sayso.find.context import Context
from sayso.find.speech.cues import governing
from sayso.find.speech.speakers import Claimant
from sayso.lexicon import Lexicon
from sayso.sentences import Sentence


def claimant_of(sentence: Sentence, word: Token, position: int, context: Context) -> Claimant | None:
    """Whose words the word stands in: by the cue that governs it, else the speaker of its quotation."""
    cue = governing(context.speakers.cues(sentence), word)
    if cue is not None:
        return context.speakers.claimant(sentence, cue)
    return context.speakers.of_quotation(sentence, position)


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
    spans = (doc.char_span(m.start(), m.end(), alignment_mode="expand") for m in _HEDGING.finditer(doc.text))
    return any(s is not None and s.end <= word.i and any(t.i in over and t.lower_ in _REPORTS for t in s) for s in spans)


_REPORTS = frozenset("reports report reported claimed alleged believed feared rumoured rumored".split())


_HEDGING = re.compile(
    r"\b(?:(?:may|might|could|must) have|appear(?:s|ed)? to|(?:is|are|was|were) (?:thought|said|understood|reported|accused|rumou?red) (?:to|of|that|in)|(?:thought|said|understood) to|"
    r"(?<!\w )?reports? (?:of|that)|possib(?:le|ility) that|it (?:is|was|has been) (?:reported|claimed|alleged|believed|feared))\b",
    re.IGNORECASE,
)


def _asserts(t: Token) -> bool:
    """A word of the list that hedges nothing here: "the attack claimed the lives of", "doctors reported two
    deaths", "alleged rebels" (it doubts who they are, not what befell them)."""
    if t.lower_ in ("claim", "claims", "claimed"):
        return any(
            o.dep_ == "dobj" and o.lower_ in ("life", "lives", "responsibility", "credit", "victims", "casualties") for o in t.children
        ) or t.tag_.startswith("NN")
    if t.lower_ == "reported":
        return (
            any(c.dep_ == "nsubj" for c in t.children) and not any(c.dep_ in ("auxpass", "nsubjpass") for c in t.children)
        ) or t.tag_ == "VBD"
    return False
