"""The outlet between a report and a claimant: "X told AFP", "SANA, citing a military source, said"."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from sayso.find.phrases import NOUNS
from sayso.find.speech.extents import NAMES, noun_phrase_of, start_of_name, without_clause, words_of
from sayso.find.speech.reporting import QUOTERS, RECORDS, Cue, can_claim
from sayso.language.lexicon import Lexicon
from sayso.model import SourceType

# Before an outlet that somebody's words came through; each ends where the outlet begins.
_CARRIED = re.compile(
    r"\b(?:(?:quoted|cited|carried|published|broadcast|aired|distributed|relayed|reported|run) (?:\w+ )?by|"
    r"(?:interviews?|conversation|call) (?:with|on|to|for)|(?:remarks|comments|statement|statements|interviews?|email|e-mail) (?:to|on|for)|"
    r"speaking (?:to|with|on)|talking to|spoke to)\s+$",
    re.IGNORECASE,
)
# How far from the claimant or the cue such words stand, in tokens.
_REACH = 14
_CITING = frozenset({"citing", "quoting"})
# Media staff in general are nobody's outlet: "told reporters".
_NO_OUTLET = frozenset(
    "reporters reporter journalists journalist correspondents video footage report reports facebook twitter press".split()
)
_MEDIA = frozenset({SourceType.MEDIA, SourceType.AGENCY})


def is_medium(span: tuple[int, int], doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the words name an agency or outlet, or media of a kind ("local media")."""
    words = words_of(span, doc)
    if lexicon.sources.get(words) is not None:
        return True
    last = doc[span[1]]
    if last.lower_ in _NO_OUTLET or not _is_noun(last):
        return False
    kind = next((t for t, pattern in lexicon.claimant_types if pattern.search(words)), None)
    return kind in _MEDIA


def with_via(cues: list[Cue], doc: Doc, lexicon: Lexicon) -> list[Cue]:
    """The cues, each with the outlet its claimant spoke through; whom an outlet cites becomes the claimant."""
    cues = _citing_outlets([_quoting_outlet(c, doc, lexicon) for c in cues], doc, lexicon)
    return [
        c if c.via or c.claimant is None else replace(c, via=_via_of(c, doc, lexicon)) for c in cues
    ]


def _quoting_outlet(cue: Cue, doc: Doc, lexicon: Lexicon) -> Cue:
    """ "…, Interfax quoted X as saying": X says it, through Interfax."""
    if (
        cue.verb is None
        or cue.claimant is None
        or doc[cue.verb].lower_ not in QUOTERS
        or not is_medium(cue.claimant, doc, lexicon)
    ):
        return cue
    quoted = _names_from(cue.verb + 1, doc)
    if quoted is None or doc[quoted[1] + 1 : quoted[1] + 3].text.lower() != "as saying":
        return cue
    return replace(cue, claimant=quoted, via=_bare(cue.claimant, doc, lexicon))


def _citing_outlets(cues: list[Cue], doc: Doc, lexicon: Lexicon) -> list[Cue]:
    """ "SANA said, citing X" is one cue: X says it, through SANA."""
    out = list(cues)
    for citing in cues:
        if citing.verb is not None or citing.claimant is None or citing.text.lower() not in _CITING:
            continue
        cited = doc[citing.claimant[1]]
        head = next(
            (
                t
                for t in doc[citing.claimant[0] : citing.claimant[1] + 1]
                if t.head.i < citing.claimant[0]
            ),
            cited,
        )
        if head.lower_ in RECORDS or not can_claim(head, "", doc, lexicon):
            continue
        outlet = next(
            (c for c in cues if c is not citing and _cites(c, citing, doc, lexicon)), None
        )
        if outlet is not None and outlet.claimant is not None:
            out[out.index(outlet)] = replace(
                outlet, claimant=citing.claimant, via=_bare(outlet.claimant, doc, lexicon)
            )
            out.remove(citing)
    return out


def _cites(outlet: Cue, citing: Cue, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the cue's claimant is a medium and "citing" is its own: right after it, or hung on its verb."""
    if (
        outlet.claimant is None
        or outlet.denied
        or outlet.start == citing.start
        or not is_medium(outlet.claimant, doc, lexicon)
    ):
        return False
    after_name = 0 < citing.start - outlet.claimant[1] <= 2
    aside = doc[citing.start - 1].text == ","
    after_cue = outlet.verb is not None and (
        0 < citing.start - outlet.end <= 4 or (aside and citing.start > outlet.end)
    )
    return (
        after_name
        or after_cue
        or (outlet.verb is not None and doc[citing.start].head.i == outlet.verb)
    )


def _via_of(cue: Cue, doc: Doc, lexicon: Lexicon) -> tuple[int, int] | None:
    assert cue.claimant is not None
    for found in (_told(cue, doc), _quoter(cue, doc), _citer(cue, doc), *_carriers(cue, doc)):
        if found is None:
            continue
        span = _bare(found, doc, lexicon)
        apart = (
            span[1] < cue.claimant[0] or span[0] > cue.claimant[1]
        )  # "an AFP reporter said" is AFP's own
        if apart and doc[span[0]].tag_ != "IN" and is_medium(span, doc, lexicon):
            return span
    return None


def _told(cue: Cue, doc: Doc) -> tuple[int, int] | None:
    """Whom the claimant told: "told RT", "told the state news agency SANA"."""
    if cue.verb is None or doc[cue.verb].lower_ not in ("told", "tells", "telling", "tell"):
        return None
    return _names_from(cue.verb + 1, doc)


def _quoter(cue: Cue, doc: Doc) -> tuple[int, int] | None:
    """Who quoted the claimant: "AFP quoted X as saying"."""
    if (
        cue.verb is None
        or doc[cue.verb].dep_ != "pcomp"
        or doc[cue.verb].head.head.lower_ not in QUOTERS
    ):
        return None
    subject: Token | None = next(
        (c for c in doc[cue.verb].head.head.children if c.dep_ == "nsubj"), None
    )
    return noun_phrase_of(subject, doc) if subject is not None else None


def _citer(cue: Cue, doc: Doc) -> tuple[int, int] | None:
    """Who cites the claimant right before it: "SANA, citing a military source, said"."""
    assert cue.claimant is not None
    last = cue.claimant[0] - 1
    if last < 1 or doc[last].lower_ not in _CITING:
        return None
    last -= 2 if doc[last - 1].text == "," else 1
    return (
        (min(start_of_name(last, doc), last), last) if last >= 0 and _is_noun(doc[last]) else None
    )


def _carriers(cue: Cue, doc: Doc) -> list[tuple[int, int]]:
    """What the words near the cue or its claimant were said to or carried by: "X, quoted by SANA", "in an interview with RT"."""
    assert cue.claimant is not None
    spans, text = [], doc.text
    for begin in dict.fromkeys((cue.claimant[1] + 1, cue.end)):
        for i in range(begin + 1, min(begin + _REACH, len(doc))):
            if doc[i - 1].text in (";", ".", "“", '"'):
                break
            if _CARRIED.search(text[doc[begin].idx : doc[i].idx]) and (
                named := _names_from(i, doc)
            ):
                spans.append(named)
    return spans


def _is_noun(token: Token) -> bool:
    """By its tag, or an acronym that was tagged as something else."""
    return token.tag_ in NOUNS or (token.text.isupper() and token.is_alpha and len(token) > 1)


def _names_from(first: int, doc: Doc) -> tuple[int, int] | None:
    """The noun phrase that begins at the token, up to its last noun."""
    last = first
    while last < len(doc) and (
        _is_noun(doc[last]) or doc[last].tag_ in ("DT", "JJ", "POS", "HYPH", "PRP$", "CD", "VBN")
    ):
        if last > first and doc[last].tag_ in ("DT", "PRP$", "CD"):
            break
        last += 1
    while last > first and not _is_noun(doc[last - 1]):
        last -= 1
    return (first, last - 1) if last > first else None


def _bare(span: tuple[int, int], doc: Doc, lexicon: Lexicon) -> tuple[int, int]:
    """The phrase without what only stands before it: an article, or "the cities of A and B | local media"."""
    first, last = without_clause(*span, doc, lexicon), span[1]
    if doc[last].text.islower() and any(t.tag_ == "IN" for t in doc[first:last]):
        first = next((i + 1 for i in range(last - 1, first, -1) if doc[i].tag_ in NAMES), first)
    while first < last and doc[first].tag_ not in NOUNS | {"JJ", "VBN", "CD"}:
        first += 1
    return first, last
