"""Who says so: cues in a sentence, the claimant each one names, and what each one covers.

A cue is a reporting verb with its subject ("the ministry said"), a fixed phrase ("according to
police") or a headline's "Police: …". The claimant of words is the innermost one that covers them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from sayso.find.counted import NOUNS
from sayso.lexicon import Lexicon
from sayso.model import Source, SourceType
from sayso.parse import Parsed, Sentence, tokens_between

_PRONOUNS = frozenset(["he", "she", "it", "they", "who", "i", "we"])
_SHORT_FORMS = frozenset(
    [
        "source",
        "sources",
        "group",
        "monitor",
        "statement",
        "report",
        "agency",
        "organization",
        "organisation",
        "official",
        "ministry",
        "network",
        "observatory",
        "spokesman",
        "spokeswoman",
        "activist",
        "activists",
        "website",
        "channel",
        "newspaper",
        "watchdog",
        "charity",
        "body",
        "paper",
        "institution",
        "committee",
        "center",
        "centre",
        "correspondent",
        "officer",
        "commander",
        "minister",
        "general",
        "doctor",
        "director",
        "chief",
        "resident",
        "witness",
        "man",
        "woman",
        "mother",
        "father",
        "military",
        "army",
        "team",
        "coalition",
        "union",
        "council",
        "officials",
        "department",
        "spokesperson",
        "office",
        "party",
        "reporter",
        "journalist",
        "coroner",
        "sheriff",
        "police",
        "prosecutor",
    ]
)
_TAIL_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "with"})
_QUOTERS = frozenset(["quoted", "quotes", "quote", "quoting", "cited", "citing", "cites", "cite"])


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a sentence. Token indices are within the sentence's parse.

    `verb` is the reporting verb, None for a fixed phrase; `claimant` is the token range of the
    words that name the claimant, None when announced but lost; `via` names an outlet in between
    ("told RT", "AFP quoted sources as saying").
    """

    start: int
    end: int
    text: str
    verb: int | None
    claimant: tuple[int, int] | None
    via: str | None = None


def find_cues(doc: Doc, lexicon: Lexicon) -> list[Cue]:
    """Every cue in the parsed sentence, in order."""
    cues = [cue for t in doc if t.lower_ in lexicon.reporting and (cue := _verb_cue(t, doc, lexicon))]
    verbs = {i for cue in cues for i in range(cue.start, cue.end)}
    for m in lexicon.cue_prefix.finditer(doc.text):
        span = tokens_between(doc, m.start(), m.end())
        if span.start not in verbs and (cue := _phrase_cue(span.start, span.end, doc)):
            cues.append(cue)
    if colon := _headline_cue(doc, lexicon):
        cues.append(colon)
    return sorted(cues, key=lambda c: c.start)


def _verb_cue(token: Token, doc: Doc, lexicon: Lexicon) -> Cue | None:
    if not token.tag_.startswith("VB") and token.lower_ not in ("said", "says"):
        return None
    if token.lower_ in ("according", "including"):
        return None
    lemma = lexicon.reporting[token.lower_]
    if any(c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lower_ in ("was", "were") and token.tag_ == "VBN") for c in token.children):
        return None
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children) and lemma != "say":
        return None
    subject, via = _speaker(token, doc, lexicon)
    if subject is None:
        return None
    if lemma in lexicon.clause_only and not _has_clause(token):
        return None
    if not _can_claim(subject, doc, lexicon):
        return None
    if lemma == "tell":
        via = next(
            (_words(_phrase(o, doc), doc) for o in token.children if o.dep_ in ("dobj", "dative") and o.tag_ in ("NNP", "NNPS")), via
        )
    return Cue(token.i, token.i + 1, token.text, token.i, _phrase(subject, doc), via)


def _speaker(token: Token, doc: Doc, lexicon: Lexicon) -> tuple[Token | None, str | None]:
    """The subject of a reporting verb, wherever grammar puts it, and the outlet it spoke through."""
    subjects = [
        c for c in token.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ != "WDT" and c.lower_ not in ("that", "which", "what")
    ]
    if subjects:
        subject = subjects[0]
        if subject.lower_ == "who" and token.dep_ == "relcl":
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
    if token.dep_ == "acl" and token.head.tag_ in NOUNS and token.lower_ in ("saying", "claiming", "stating", "announcing", "reporting"):
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
        before = doc[token.i - 1] if token.i else None
        if before is not None and before.tag_ in NOUNS | {"PRP"}:
            return before, None
    return None, None


def _noun_at(token: Token, doc: Doc) -> Token | None:
    i = token.i
    while i < len(doc) and doc[i].tag_ in ("DT", "JJ", "NNP", "NN", "NNS", "NNPS", "POS", "HYPH", "PRP$"):
        i += 1
    return doc[i - 1] if i > token.i else None


def _has_clause(token: Token) -> bool:
    """Whether the verb has something said with it: a clause, or itself hangs on one as "X said"."""
    return any(c.dep_ in ("ccomp", "parataxis") for c in token.children) or token.dep_ in ("parataxis",)


def _can_claim(subject: Token, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the noun can speak: people, bodies, media, documents; not "the attack claimed"."""
    word = subject.lower_
    if word in _PRONOUNS or subject.tag_ in ("NNP", "NNPS"):
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
    while left < head.i and doc[left].lower_ in ("and", "but", "that", "as", "meanwhile", "also", "or"):
        left += 1
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
        or doc[j].text in ("-", "@", "/")
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
    subjects = [c for c in word.doc[cue.verb].children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(s.left_edge.i <= word.i <= s.right_edge.i for s in subjects)


def _is_final(cue: Cue, doc: Doc) -> bool:
    """Whether the cue closes its sentence, as in "…, police said on Monday"."""
    last = max(cue.end, (cue.claimant[1] + 1) if cue.claimant else cue.end)
    rest = [t for t in doc[last:] if t.tag_ not in (".", "''", "``", ",")]
    return len(rest) <= 8 and not any(t.tag_ in ("VBD", "VBZ") for t in rest)


# -- names ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claimant:
    """A claimant at one place: the fullest name, and the words there with their offsets in the part."""

    name: str | None
    text: str | None
    start: int | None
    end: int | None
    cue: str
    via: str | None = None


_CAPITALS = r"(?:[A-ZÀ-Þ][\w.'’-]*|al|el|de|bin|von)"
_NAME = re.compile(rf"{_CAPITALS}(?:[ ](?:(?:of|for|and|the|on|in) (?:the )?)?{_CAPITALS}){{0,9}}")
_LIGHT_SPEAKER = re.compile(
    rf"(?:(?P<before>{_NAME.pattern})(?:, [^,.]{{3,60}},)? (?:said|told|added|announced|reported|stated|confirmed|says|adds)\b"
    rf"|according to (?:the )?(?P<to>{_NAME.pattern})|said (?P<after>{_NAME.pattern}))"
)


def fullest_name(words: str, text: str) -> str:
    """The longest name in the text that holds every capitalised word of this one."""
    keys = [w for w in re.findall(r"[\w’'-]+", words) if w[:1].isupper() and w.lower() not in ("the", "a", "an")]
    if not keys:
        return words
    acronym = keys[0] if len(keys) == 1 and keys[0].isupper() and len(keys[0]) > 2 else None
    if acronym and (m := re.search(rf"({_NAME.pattern}) \({re.escape(acronym)}\)", text)):
        return re.sub(r"^The ", "the ", m[1])
    best = words
    for m in _NAME.finditer(text):
        name = m[0]
        parts = re.findall(r"[\w’'-]+", name)
        if len(name) > len(best) and len(parts) <= 8 and all(k in parts for k in keys) and _starts_cleanly(m, text):
            if parts[-1] == keys[-1] or any(w in parts for w in ("of", "for")) or len(keys) > 1:
                best = name
    return best


def _starts_cleanly(m: re.Match[str], text: str) -> bool:
    return not re.search(r"\b(?:on|in|On|In) $", text[max(0, m.start() - 4) : m.start()])


class Speakers:
    """Resolves claimants of one report: short forms and pronouns to the fullest name."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon) -> None:
        self._parsed = parsed
        self._lexicon = lexicon
        self._whole = f"{parsed.report.title}\n{parsed.report.text}"
        self._cues: dict[int, list[Cue]] = {}
        self._named: list[tuple[int, str]] = []  # (sentence, name), in order
        for sentence in parsed.sentences:
            self._learn(sentence)

    def _learn(self, sentence: Sentence) -> None:
        if sentence.doc is None:
            for m in _LIGHT_SPEAKER.finditer(sentence.text):
                self._named.append((sentence.index, m["before"] or m["to"] or m["after"]))
            return
        cues = find_cues(sentence.doc, self._lexicon)
        self._cues[sentence.index] = cues
        for cue in cues:
            if cue.claimant and not self._is_short(cue.claimant, sentence.doc):
                self._named.append((sentence.index, self._text(sentence, cue.claimant)[0]))

    def _text(self, sentence: Sentence, span: tuple[int, int]) -> tuple[str, int, int]:
        """The claimant's own words in the untouched part, and where they stand."""
        assert sentence.doc is not None
        first, last = sentence.doc[span[0]], sentence.doc[span[1]]
        start, end = first.idx, last.idx + len(last)
        return sentence.text[start:end], sentence.start + start, sentence.start + end

    def _is_short(self, span: tuple[int, int], doc: Doc) -> bool:
        words = [t.lower_ for t in doc[span[0] : span[1] + 1]]
        if len(words) == 1 and words[0] in _PRONOUNS:
            return True
        return len(words) == 2 and words[0] in ("the", "this", "that") and words[1] in _SHORT_FORMS and doc[span[1]].text[:1].islower()

    def cues(self, sentence: Sentence) -> list[Cue]:
        return self._cues.get(sentence.index, [])

    def claimant(self, sentence: Sentence, cue: Cue) -> Claimant:
        """The claimant of a cue, with the fullest name the report uses."""
        assert sentence.doc is not None
        if cue.claimant is None:
            return Claimant(None, None, None, None, cue.text)
        text, start, end = self._text(sentence, cue.claimant)
        name = text
        if self._is_short(cue.claimant, sentence.doc):
            name = self._antecedent(sentence.index, text) or text
        else:
            name = fullest_name(text, self._whole) if len(text.split()) <= 3 else text
        return Claimant(name, text, start, end, cue.text, cue.via)

    def _antecedent(self, index: int, words: str) -> str | None:
        """The latest claimant named before; for "the network", the latest with that word if any."""
        noun = words.split()[-1].lower().rstrip("s")
        before = [name for i, name in self._named if i <= index]
        for name in reversed(before):
            if noun in name.lower():
                return fullest_name(name, self._whole)
        if noun in ("source", "report", "statement") and not before:
            return None
        return fullest_name(before[-1], self._whole) if before else None

    def of_quotation(self, sentence: Sentence, position: int) -> Claimant | None:
        """The speaker of the quotation that the position stands in, from the sentences that hold its ends."""
        quote = next((q for q in quotations(self._parsed.report.part(sentence.part)) if q[0] <= position < q[1]), None)
        if quote is None:
            return None
        around = [s for s in self._parsed.sentences if s.part == sentence.part and s.start < quote[1] + 3 and s.end > quote[0] - 3]
        for s in sorted(around, key=lambda s: abs(s.index - sentence.index)):
            for cue in self.cues(s):
                at = s.start + s.doc[cue.start].idx if s.doc else 0
                if not (quote[0] <= at < quote[1]):
                    return self.claimant(s, cue)
        for s in around:
            if s.doc is None and (m := _LIGHT_SPEAKER.search(s.text)):
                words = m["before"] or m["to"] or m["after"]
                at = s.start + s.text.index(words)
                return Claimant(fullest_name(words, self._whole), words, at, at + len(words), "said")
        return None


def quotations(text: str) -> list[tuple[int, int]]:
    """Where quotations stand, marks included. One odd mark ends with its paragraph."""
    spans = []
    for m in re.finditer(r"“[^”]*(?:”|$)|(?<!\w)\"[^\"]*(?:\"|$)", text):
        words = m[0]
        paragraph = words.find("\n\n")
        spans.append((m.start(), m.start() + paragraph if paragraph > 0 and words[-1] not in '”"' else m.end()))
    return spans


def source_type(name: str | None, text: str | None, lexicon: Lexicon) -> SourceType:
    """What kind of claimant the name says it is."""
    if not name:
        return SourceType.UNKNOWN
    proper = any(w[:1].isupper() for w in name.split()[1:]) or (
        name[:1].isupper() and name.split()[0].lower() not in ("a", "an", "the", "some", "many", "most", "local", "other")
    )
    words = re.findall(r"[\w'-]+", name.lower())
    if not any(w[:1].isupper() for w in name.split()[1:]) and any(w in lexicon.unnamed for w in words):
        return SourceType.UNNAMED
    for kind, pattern in lexicon.claimant_types:
        if pattern.search(name):
            return kind
    return SourceType.UNKNOWN if proper else SourceType.UNNAMED


def as_sources(claimant: Claimant | None, publisher: Source, lexicon: Lexicon) -> tuple[Source, ...]:
    """The chain from the publisher inward."""
    if claimant is None:
        return (publisher,)
    said = Source(
        name=claimant.name,
        role="claimant",
        type=source_type(claimant.name, claimant.text, lexicon) if claimant.name else None,
        text=claimant.text,
        start=claimant.start,
        end=claimant.end,
        cue=claimant.cue,
    )
    if claimant.via and claimant.via.lower() != (publisher.name or "").lower():
        return publisher, Source(name=claimant.via, role="via", type=source_type(claimant.via, None, lexicon)), said
    return publisher, said


def as_party(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The chain with its claimant marked as a party to the claim."""
    return (*sources[:-1], replace(sources[-1], party=True))
