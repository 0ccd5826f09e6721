"""Cues in a sentence: who is said to say something, and what each cue covers.

A cue is a reporting verb with its subject ("the ministry said"), a fixed phrase ("according to
police") or a headline's "Police: …". The claimant of words is the innermost one that covers them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.find.counted import NOUNS
from sayso.lexicon import Lexicon
from sayso.parse import tokens_between

PRONOUNS = frozenset("he she it they who i we".split())
_TAIL_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "with"})
_QUOTERS = frozenset("quoted quotes quote quoting cited citing cites cite".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a sentence. Token indices are within the sentence's parse.

    `verb` is the reporting verb, None for a fixed phrase; `claimant` is the token range of the
    words that name the claimant, None when announced but lost; `via` names an outlet in between
    ("told RT", "AFP quoted sources as saying"). `denied` is true for "denied that", "could not
    confirm": what such a cue covers is not asserted.
    """

    start: int
    end: int
    text: str
    verb: int | None
    claimant: tuple[int, int] | None
    via: str | None = None
    denied: bool = False


_BY_ESTIMATES = re.compile(
    r"\bby (?:some|most|many|other|various|several|official|unofficial|independent|conservative|one) (?:official |independent |local )?(?:estimates?|accounts?|counts?|reckonings?)\b",
    re.IGNORECASE,
)


def find_cues(doc: Doc, lexicon: Lexicon) -> list[Cue]:
    """Every cue in the parsed sentence, in order."""
    cues = [cue for t in doc if t.lower_ in lexicon.reporting and (cue := _verb_cue(t, doc, lexicon))]
    verbs = {i for cue in cues for i in range(cue.start, cue.end)}
    for m in lexicon.cue_prefix.finditer(doc.text):
        span = tokens_between(doc, m.start(), m.end())
        if span.start not in verbs and (cue := _phrase_cue(span.start, span.end, doc)):
            cues.append(cue)
    for m in _BY_ESTIMATES.finditer(doc.text):
        span = tokens_between(doc, m.start(), m.end())
        cues.append(Cue(span.start, span.end, span.text, None, (span.start + 1, span.end - 1)))
    if colon := _headline_cue(doc, lexicon):
        cues.append(colon)
    return sorted(cues, key=lambda c: c.start)


# What is claimed without being said: "the attack claimed the lives of", "claimed responsibility".
_CLAIMED = frozenset("life lives responsibility credit victim victims casualties territory".split())
# Records speak by what they show; a toll is put at a number.
_RECORDS = frozenset(
    "video videos footage image images photo photos photograph photographs picture pictures clip clips film autopsy autopsies inquest document documents record records data figures report reports investigation study survey tally".split()
)
_REPORTERS = frozenset(
    "journalist journalists reporter reporters correspondent correspondents photographer photographers cameraman cameramen witness witnesses eyewitness eyewitnesses crew stringer".split()
)
_TOLLS = frozenset("toll number numbers figure figures count total losses casualties deaths dead".split())
_HEARINGS = frozenset("inquest inquests court courts tribunal jury jurors hearing inquiry".split())
_SAYING = frozenset("say tell add announce report state confirm claim declare reveal stress explain note".split())
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS", "VBG"})


def _just_before(token: Token, lemma: str, doc: Doc, lexicon: Lexicon) -> tuple[int, int] | None:
    """The noun phrase that touches a verb of saying, read from the words alone.

    Where commas are lost or a sentence is long the parser hangs "the ministry" on something else;
    a finite "said" with a noun phrase that can speak right before it has that phrase for its subject.
    """
    if lemma not in _SAYING or token.tag_ not in ("VBD", "VBN", "VBZ", "NNS") or token.i == 0:
        return None
    if token.i + 1 < len(doc) and (
        doc[token.i + 1].lower_ == "by" or (token.tag_ == "NNS" and doc[token.i + 1].tag_ not in (".", "''", "``"))
    ):
        return None
    last = token.i - 1
    if doc[last].lower_ in ("also", "later", "earlier", "further", "then") and last:
        last -= 1
    if doc[last].lower_ in ("he", "she", "it", "they"):
        return last, last
    first = last + 1
    while first and (
        doc[first - 1].tag_ in _NOMINAL
        or doc[first - 1].text in ("-", "WHO")
        or (doc[first - 1].lower_ in ("of", "for", "and") and first <= last and doc[first].tag_ in ("NNP", "NNPS", "DT", "JJ"))
    ):
        first -= 1
        if doc[first].tag_ != "DT" and first and doc[first - 1].tag_ in ("DT", "PRP$"):
            first -= 1
            if not (first and doc[first - 1].lower_ in ("of", "for")):
                break
    while first <= last and doc[first].lower_ in ("of", "for", "and", "-"):
        first += 1
    if first > last:
        return None
    if doc[last].tag_ not in NOUNS and doc[last].text != "WHO":
        return None
    words = doc[first : last + 1]
    speaks = (
        doc[last].tag_ in ("NNP", "NNPS")
        or doc[last].text == "WHO"
        or any(t.lower_ in lexicon.claimant_words for t in words)
        or doc[last].lower_ in lexicon.people
    )
    return (first, last) if speaks and not (doc[last].lower_ in lexicon.things and doc[last].lower_ not in lexicon.claimant_words) else None


def _verb_cue(token: Token, doc: Doc, lexicon: Lexicon) -> Cue | None:
    if token.lower_ == "heard" and token.i > 1 and doc[token.i - 1].lower_ in _HEARINGS:
        return Cue(token.i, token.i + 1, token.text, token.i, (token.i - 2, token.i - 1))
    if (
        not token.tag_.startswith("VB")
        and token.lower_ not in ("said", "says")
        and not (token.text == "reports" and token.i and doc[token.i - 1].tag_ == "NNP")
    ):
        return None
    if token.lower_ in ("according", "including"):
        return None
    lemma = lexicon.reporting[token.lower_]
    if any(c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lower_ in ("was", "were") and token.tag_ == "VBN") for c in token.children):
        return None
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children) and lemma != "say":
        return None
    subject, via = _speaker(token, doc, lexicon)
    near = _just_before(token, lemma, doc, lexicon)
    if near is not None and (
        subject is None
        or (near[0] <= subject.i <= near[1] and near[0] < _phrase(subject, doc)[0])
        or (subject.i < near[0] and doc[near[1]].dep_ == "appos" and not doc[near[0] - 1].is_punct)
        or (subject.i < near[0] and not (subject.left_edge.i <= near[1] <= subject.right_edge.i and _can_claim(subject, doc, lexicon)))
    ):
        via = (
            next((_words(_phrase(o, doc), doc) for o in token.children if o.dep_ in ("dobj", "dative") and o.tag_ in ("NNP", "NNPS")), None)
            if lemma == "tell"
            else None
        )
        return Cue(token.i, token.i + 1, token.text, token.i, near, via)
    if subject is None or any(c.lower_ in ("no", "neither") for c in subject.children):
        return None
    objects = [c for c in token.children if c.dep_ == "dobj"]
    if lemma == "claim" and any(o.lower_ in _CLAIMED for o in objects):
        return None
    if lemma in lexicon.clause_only and not _has_clause(token) and not _tells(token, lemma, subject, objects, doc):
        return None
    if not _can_claim(subject, doc, lexicon) and not (
        lemma in ("say", "tell", "add") and subject.text[:1].isupper() and subject.lower_ not in lexicon.things
    ):
        return None
    if lemma == "tell":
        via = next(
            (_words(_phrase(o, doc), doc) for o in token.children if o.dep_ in ("dobj", "dative") and o.tag_ in ("NNP", "NNPS")), via
        )
    denied = lemma == "deny" or any(c.dep_ == "neg" for c in token.children)
    return Cue(token.i, token.i + 1, token.text, token.i, _phrase(subject, doc), via, denied)


def _speaker(token: Token, doc: Doc, lexicon: Lexicon) -> tuple[Token | None, str | None]:
    """The subject of a reporting verb, wherever grammar puts it, and the outlet it spoke through."""
    subjects = [
        c for c in token.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ != "WDT" and c.lower_ not in ("that", "which", "what")
    ]
    if subjects:
        before = [c for c in subjects if c.i < token.i] or subjects[:1]
        subject = next((c for c in reversed(before) if _can_claim(c, doc, lexicon)), before[-1])
        if subject.lower_ == "who" and subject.text != "WHO" and token.dep_ == "relcl":
            return token.head, None
        return subject, None
    if token.dep_ == "relcl":
        return token.head, None
    if token.dep_ == "pcomp" and token.head.lower_ == "as":
        quoter = token.head.head
        if quoter.lower_ in _QUOTERS:
            named = [c for c in quoter.children if c.dep_ in ("dobj", "nsubjpass")]
            via = [c for c in quoter.children if c.dep_ == "nsubj"]
            return (named[0] if named else None), (_words(_phrase(via[0], doc), doc) if via and via[0].tag_ == "NNP" else None)
    if (
        token.dep_ == "acl"
        and token.head.tag_ in NOUNS
        and (
            token.lower_ in ("saying", "claiming", "stating", "announcing", "reporting")
            or (token.lower_ == "showing" and token.head.lower_ in _RECORDS)
        )
    ):
        return token.head, None
    if (
        token.dep_ in ("conj", "advcl", "xcomp", "dep", "ccomp")
        and token.head is not token
        and token.head.tag_.startswith("VB")
        and (token.dep_ != "ccomp" or token.tag_ == "VBG")
    ):
        if token.dep_ == "conj" or token.tag_ == "VBG":
            return _speaker(token.head, doc, lexicon)
    if token.i + 1 < len(doc) and token.lower_ in ("said", "says") and token.dep_ != "relcl":
        after = doc[token.i + 1]
        if after.tag_ in ("NNP", "DT", "PRP") and after.head is not token:
            head = after if after.tag_ == "PRP" else _noun_at(after, doc)
            if (
                head is not None
                and head.tag_ in NOUNS | {"PRP"}
                and not any(c.dep_ == "nsubj" for c in head.head.children if c.i > token.i and c is not head)
            ):
                return head, None
        near = doc[token.i - 1] if token.i else None
        if near is not None and near.tag_ in NOUNS | {"PRP"}:
            return near, None
    return None, None


def _noun_at(token: Token, doc: Doc) -> Token | None:
    i = token.i
    while i < len(doc) and doc[i].tag_ in ("DT", "JJ", "NNP", "NN", "NNS", "NNPS", "POS", "HYPH", "PRP$"):
        i += 1
    return doc[i - 1] if i > token.i else None


def _has_clause(token: Token) -> bool:
    """Whether the verb has something said with it: a clause, or itself hangs on one as "X said"."""
    return any(c.dep_ in ("ccomp", "parataxis") for c in token.children) or token.dep_ in ("parataxis",)


def _tells(token: Token, lemma: str, subject: Token, objects: list[Token], doc: Doc) -> bool:
    """Whether a verb that usually needs a clause reports without one: "the video shows the killing of
    two", "experts put the toll at 40", "…, he added", "an inquest heard"."""
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if lemma == "put":
        return any(o.lower_ in _TOLLS for o in objects)
    if lemma in ("show", "find", "determine", "record", "detail"):
        return subject.lower_ in _RECORDS
    if lemma == "see":
        return subject.lower_ in _REPORTERS
    if lemma in ("add", "hear", "note"):
        return after is None or after.tag_ in (".", "VBG") or after.lower_ in ("that", "on")
    return False


def _can_claim(subject: Token, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the noun can speak: people, bodies, media, documents; not "the attack claimed"."""
    word = subject.lower_
    if word in PRONOUNS or subject.tag_ in ("NNP", "NNPS"):
        return word not in ("who",) or True
    if word in lexicon.claimant_words or word in lexicon.people:
        return True
    first, last = _phrase(subject, doc)
    return any(t.lower_ in lexicon.claimant_words for t in doc[first : last + 1]) and word not in lexicon.things


def _phrase(head: Token, doc: Doc) -> tuple[int, int]:
    """The tokens that name a claimant: the noun, what stands before it, and "of the ministry"."""
    left = head.left_edge.i
    for t in doc[left : head.i]:
        if t.text in ('"', "“", "”", "''", "``", ",", ":") or (t.dep_ == "punct" and t.text not in ("-", "–", "'")):
            left = t.i + 1
    if head.i - left > 9:
        left = head.i
        while left and doc[left - 1].dep_ in ("compound", "amod", "det", "nummod", "poss", "nmod") and doc[left - 1].i > head.i - 9:
            left -= 1
    end = head.i
    for child in sorted(head.rights, key=lambda c: c.i):
        if child.dep_ == "prep" and child.lower_ in _TAIL_PREPOSITIONS and child.i == end + 1:
            end = min(child.right_edge.i, child.i + 9)
            clause = next(
                (
                    t.i
                    for t in doc[child.i : end + 1]
                    if t.dep_ in ("relcl", "acl", "advcl", "ccomp") or t.tag_ in ("VBD", "VBZ", "WDT", "WP") or t.text == ","
                ),
                None,
            )
            if clause is not None:
                end = max(head.i, clause - 1)
        elif child.dep_ == "appos" and child.i <= end + 4 and (child.tag_ == "NNP" or doc[end + 1].text != ","):
            end = max(end, child.i)
        elif child.dep_ in ("cc", "conj") and child.i <= end + 6 and not any(t.tag_ in ("VBD", "VBZ") for t in child.subtree):
            end = max(end, child.right_edge.i) if child.dep_ == "conj" else end
        elif child.dep_ == "punct" and child.text in ("(", "-", ")"):
            continue
        elif child.i > end + 1:
            break
    while left < head.i and (
        not doc[left].text[:1].isalnum() or doc[left].lower_ in ("and", "but", "that", "as", "meanwhile", "also", "or")
    ):
        left += 1
    for i in range(left, head.i):
        if doc[i].tag_ == "CD" and re.fullmatch(r"(?:19|20)\d\d", doc[i].text):
            left = i + 1
    return left, end


def _phrase_cue(start: int, end: int, doc: Doc) -> Cue | None:
    """ "according to" and the like, with the noun phrase that follows; lost when none does."""
    words = doc[start:end].text
    i = end
    while i < len(doc) and doc[i].text in ('"', "“", ":"):
        i += 1
    if i >= len(doc) or doc[i].tag_ in (".", "VBZ", "VBD"):
        return Cue(start, end, words, None, None) if words.lower() in ("according to", "as reported by") else None
    j = i
    while j < len(doc) and (
        doc[j].tag_
        in (
            "DT",
            "JJ",
            "JJS",
            "NN",
            "NNS",
            "NNP",
            "NNPS",
            "POS",
            "HYPH",
            "CD",
            "PRP$",
            "CC",
            "VBN",
            "VBG",
            "RB",
            "IN",
            "PRP",
            "-LRB-",
            "-RRB-",
            "PDT",
            "TO",
        )
        or doc[j].text in ("-", "@", "/", "_")
    ):
        token = doc[j]
        if token.tag_ == "IN" and token.lower_ not in _TAIL_PREPOSITIONS:
            break
        if token.tag_ == "CC" and not (j + 1 < len(doc) and doc[j + 1].tag_ in ("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "VBG", "PRP$")):
            break
        if token.tag_ == "CC" and _starts_clause(j + 1, doc):
            break
        if j > i and token.tag_ in ("DT", "PRP", "CD") and doc[j - 1].tag_ not in ("IN", "CC", "PDT") and j - 1 != i - 1:
            break
        j += 1
    while j > i and doc[j - 1].tag_ in ("IN", "CC", "RB", "TO", "DT", "VBG", "-LRB-"):
        j -= 1
    return Cue(start, end, words, None, (i, j - 1)) if j > i else None


def _starts_clause(i: int, doc: Doc) -> bool:
    """Whether a verb follows the noun phrase at i before any punctuation: a new clause."""
    for t in doc[i : i + 8]:
        if t.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return True
        if t.text in (",", ".", ";"):
            return False
    return False


def _headline_cue(doc: Doc, lexicon: Lexicon) -> Cue | None:
    """ "Police: six shot"; "six shot: police"; "six shot - ministry"."""
    for i, t in enumerate(doc):
        if t.text not in (":", "-", "–", "—") or (t.text == "-" and not (t.whitespace_ and doc[i - 1].whitespace_)):
            continue
        if (
            0 < i <= 6
            and t.text == ":"
            and all(x.tag_ in NOUNS | {"JJ", "POS", "DT", "IN"} for x in doc[:i])
            and _names_claimant(doc, 0, i, lexicon)
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
    if doc[first - 1].tag_ in ("CD", "DT", "IN", "CC", "VBZ", "VBD", "VBP", "PRP$", "JJ") and doc[first - 1].text[:1].islower():
        return None
    return Cue(last, last + 1, doc[last].text, None, (first, last))


def _names_claimant(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    return any(t.lower_ in lexicon.claimant_words for t in doc[start:end])


def _words(span: tuple[int, int], doc: Doc) -> str:
    return doc[span[0] : span[1] + 1].text


def governing(cues: list[Cue], word: Token) -> Cue | None:
    """The innermost cue that covers the word, or None when the sentence says it in its own voice."""
    ancestors = [word, *word.ancestors]
    depth = {t.i: n for n, t in enumerate(ancestors)}
    open_cues = [c for c in cues if c.claimant is None or not (c.claimant[0] <= word.i <= c.claimant[1])]
    inner = [c for c in open_cues if c.verb is not None and c.verb in depth and not _in_subject(word, c)]
    if inner:
        return min(inner, key=lambda c: depth[c.verb or 0])
    phrases = [c for c in open_cues if c.verb is None]
    if phrases:
        return min(phrases, key=lambda c: abs(c.start - word.i))
    before = [c for c in open_cues if c.start < word.i and not _in_subject(word, c)]
    if before:
        return before[-1]
    after = [c for c in open_cues if c.start > word.i and _is_final(c, word.doc) and not _in_subject(word, c)]
    return after[0] if after else None


def _in_subject(word: Token, cue: Cue) -> bool:
    """Whether the word stands in the clause that describes the claimant ("a man who was wounded said")."""
    if cue.claimant is None or cue.verb is None:
        return False
    claimant = cue.claimant
    subjects = [c for c in word.doc[cue.verb].children if c.dep_ in ("nsubj", "nsubjpass") and claimant[0] <= c.i <= claimant[1]]
    return any(s.left_edge.i <= word.i <= s.right_edge.i for s in subjects)


_AFTER_CUE = frozenset(
    "on as after while when citing adding without contradicting monday tuesday wednesday thursday friday saturday sunday".split()
)


def _is_final(cue: Cue, doc: Doc) -> bool:
    """Whether the cue closes its sentence, as in "…, police said on Monday"."""
    last = max(cue.end, (cue.claimant[1] + 1) if cue.claimant else cue.end)
    if cue.verb is not None and last < len(doc) and not any(c.dep_ == "ccomp" and c.i > cue.verb for c in doc[cue.verb].children):
        if doc[last].lower_ in _AFTER_CUE or doc[last].tag_ in (".", ",", "''", "VBG"):
            return True
    rest = [t for t in doc[last:] if t.tag_ not in (".", "''", "``", ",")]
    return len(rest) <= 8 and not any(t.tag_ in ("VBD", "VBZ") for t in rest)
