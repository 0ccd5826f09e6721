"""Where the words that name a claimant begin and end."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from sayso.find.phrases import NOUNS
from sayso.language.lexicon import Lexicon

_TAIL_PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "with"})


_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS", "VBG"})


# What stands between a speaker and "said".
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def start_of_name(last: int, doc: Doc) -> int:
    """Where the noun phrase that ends at `last` begins, read from the words alone."""
    first = last + 1
    while first and (
        doc[first - 1].tag_ in _NOMINAL
        or doc[first - 1].text in ("-", "WHO")
        or (
            doc[first - 1].tag_ == "VBN" and first > 1 and doc[first - 2].text == "-"
        )  # "Britain-based"
        or (
            doc[first - 1].lower_ in ("of", "for", "and")
            and first <= last
            and doc[first].tag_ in ("NNP", "NNPS", "DT", "JJ")
        )
    ):
        first -= 1
        if doc[first].tag_ != "DT" and first and doc[first - 1].tag_ in ("DT", "PRP$"):
            first -= 1
            break
    while first <= last and doc[first].lower_ in ("of", "for", "and", "-"):
        first += 1
    return first


# Ends of words for what people do, which stand before their names ("the strategist Ahmed Ali").
CALLING = re.compile(
    r"(?:ist|man|woman|person|ian|eer|ster|maker|worker|writer|speaker|president|professor|senator)$"
)


def _is_title(token: Token, lexicon: Lexicon) -> bool:
    """Whether the common noun can stand before a person's name: one person's office or calling."""
    word = token.lower_
    known = word in lexicon.people or word in lexicon.claimant_words
    return token.tag_ != "NNS" and (known or bool(CALLING.search(word)))


def with_office(first: int, doc: Doc, lexicon: Lexicon) -> int:
    """Where a name begins together with the office before it: "the head of | the Observatory Rami Abdel Rahman"."""
    if (
        first < 2
        or doc[first - 1].lower_ not in ("of", "for")
        or doc[first - 2].tag_ != "NN"
        or not _is_title(doc[first - 2], lexicon)
    ):
        return first
    return first - 3 if first > 2 and doc[first - 3].tag_ == "DT" else first - 2


def without_clause(first: int, last: int, doc: Doc, lexicon: Lexicon) -> int:
    """Where the claimant begins in words that lost a comma: "killed 18 people | Ahmed Ali said"."""
    for i in range(last, first, -1):
        before, here = doc[i - 1], doc[i]
        if before.lower_ in DAYS or (here.tag_ in ("DT", "PRP$") and before.tag_ in NOUNS):
            return i
        if (
            here.tag_ == "JJ" and before.tag_ == "NNS"
        ):  # "lost 12 fighters | conservative figure Mardini said"
            return i
        if before.lower_ in ("and", "or") and i - 2 >= first:
            before = doc[i - 2]
        common = before.tag_ in ("NN", "NNS") and before.text.islower() and before.text.isalpha()
        if (
            common
            and here.tag_ in NAMES | {"JJ"}
            and here.text[:1].isupper()
            and not _is_title(before, lexicon)
        ):
            return i
    return first


NAMES = frozenset({"NNP", "NNPS"})


def noun_at(token: Token, doc: Doc) -> Token | None:
    i = token.i
    while i < len(doc) and (
        doc[i].tag_ in ("JJ", "NNP", "NN", "NNS", "NNPS", "POS", "HYPH")
        or (i == token.i and doc[i].tag_ in ("DT", "PRP$"))
    ):
        i += 1
    return doc[i - 1] if i > token.i else None


def noun_phrase_of(head: Token, doc: Doc) -> tuple[int, int]:
    """The tokens that name a claimant: the noun, what stands before it, and "of the ministry"."""
    left = head.left_edge.i
    for t in doc[left : head.i]:
        if t.text in ('"', "“", "”", "''", "``", ",", ":") or (
            t.dep_ == "punct" and t.text not in ("-", "–", "'")
        ):
            left = t.i + 1
    if head.i - left > 9:
        left = head.i
        while (
            left
            and doc[left - 1].dep_ in ("compound", "amod", "det", "nummod", "poss", "nmod")
            and doc[left - 1].i > head.i - 9
        ):
            left -= 1
    end = head.i
    for child in sorted(head.rights, key=lambda c: c.i):
        if child.dep_ == "prep" and child.lower_ in _TAIL_PREPOSITIONS and child.i == end + 1:
            end = min(child.right_edge.i, child.i + 9)
            clause = next(
                (
                    t.i
                    for t in doc[child.i : end + 1]
                    if t.dep_ in ("relcl", "acl", "advcl", "ccomp")
                    or t.tag_ in ("VBD", "VBZ", "WDT", "WP")
                    or t.text == ","
                ),
                None,
            )
            if clause is not None:
                end = max(head.i, clause - 1)
        elif (
            child.dep_ == "appos"
            and child.i <= end + 4
            and (child.tag_ == "NNP" or doc[end + 1].text != ",")
        ):
            end = max(end, child.i)
        elif (
            child.dep_ in ("cc", "conj")
            and child.i <= end + 6
            and not any(t.tag_ in ("VBD", "VBZ") for t in child.subtree)
        ):
            end = max(end, child.right_edge.i) if child.dep_ == "conj" else end
        elif child.dep_ == "punct" and child.text in ("(", "-", ")"):
            continue
        elif child.i > end + 1:
            break
    while left < head.i and (
        not doc[left].text[:1].isalnum()
        or doc[left].lower_ in ("and", "but", "that", "as", "meanwhile", "also", "or")
    ):
        left += 1
    for i in range(left, head.i):
        if doc[i].tag_ == "CD" and re.fullmatch(
            r"(?:19|20)\d\d", doc[i].text
        ):  # the end of a dateline
            left = i + 1
    return left, end


def before_clause(first: int, last: int, doc: Doc) -> int:
    """Where the claimant ends when a clause follows without a comma: "according to the bulletin | Nusra fighters killed"."""
    if last >= len(doc) or doc[last].tag_ not in FINITE:
        return last
    subject = next((c for c in doc[last].lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and first < subject.left_edge.i < last:
        return subject.left_edge.i
    for i in range(first + 1, last):
        if (
            doc[i].tag_ in NAMES
            and doc[i].text[:1].isupper()
            and doc[i - 1].tag_ in ("NN", "NNS")
            and doc[i - 1].text.islower()
        ):
            return i
    return last


# What a claimant makes, and is named after "by" or "from".
_DOCUMENTS = frozenset(
    "report reports tally tallies toll count figures data statement statements estimate estimates study survey list lists records numbers update bulletin".split()
)


def ends_name(i: int, first: int, doc: Doc) -> bool:
    """Whether the token at i begins something else than the name that starts at `first`."""
    token = doc[i]
    if token.tag_ == "IN":
        if token.lower_ in ("by", "from") and (
            doc[i - 1].lower_ in _DOCUMENTS or doc[i - 1].tag_ == "VBN"
        ):
            return False  # "a tally kept by the ministry"
        return token.lower_ not in _TAIL_PREPOSITIONS
    if token.tag_ == "CC":
        goes_on = i + 1 < len(doc) and doc[i + 1].tag_ in (
            "NN",
            "NNS",
            "NNP",
            "NNPS",
            "DT",
            "JJ",
            "VBG",
            "PRP$",
        )
        return not goes_on or _starts_clause(i + 1, doc)
    if token.tag_ == "CD" and doc[i - 1].tag_ in ("DT", "PRP$"):  # "a 2014 study"
        return False
    return (
        i > first
        and token.tag_ in ("DT", "PRP", "CD")
        and doc[i - 1].tag_ not in ("IN", "CC", "PDT")
    )


def may_name(token: Token, lexicon: Lexicon) -> bool:
    return token.tag_ in NAMES or token.lower_ == "the" or token.lower_ in lexicon.claimant_words


def _starts_clause(i: int, doc: Doc) -> bool:
    """Whether a verb follows the noun phrase at i before any punctuation: a new clause."""
    for t in doc[i : i + 8]:
        if t.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return True
        if t.text in (",", ".", ";"):
            return False
    return False


def words_of(span: tuple[int, int], doc: Doc) -> str:
    return doc[span[0] : span[1] + 1].text
