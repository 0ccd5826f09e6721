"""The grammar of a clause and of a noun phrase, as the events of a sentence need it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from sayso.find.phrases import NOT_NAMES, NOUNS

Words = tuple[int, int]  # first and last token

# A noun phrase that a participle or an act stands in as one of its words.
WITHIN_NOUN = frozenset({"amod", "compound", "nmod"})
_PASSIVE = frozenset({"auxpass", "nsubjpass", "agent"})
YEAR = re.compile(r"(?:19|20)\d\d")
LEFT = frozenset(
    {
        "compound",
        "amod",
        "nmod",
        "nummod",
        "poss",
        "quantmod",
        "advmod",
        "case",
        "punct",
        "npadvmod",
    }
)
# Heads that say little without what follows "of": "members of the Taliban", "the government of Syria".
_OF_WHOM = frozenset(
    (
        "member members group groups number forces force government army soldiers fighters leader leaders president minister head chief commander director "
        "supporters elements column columns unit units ministry department party troops secretary candidate rector ambassador mayor governor dozens hundreds "
        "thousands scores wave group gang band residents people offices office headquarters home house residence embassy city town village members part parts percent windows"
    ).split()
)
# A coordination is one answer to "who": so many words on, no further; lists of people go on for longer.
_JOINED = 6
_LISTED = 16

# Words that stand for nobody and nothing an act was done to.
NO_TARGETS = frozenset(
    "sort kind type pm am gmt p.m. a.m. responsibility way part place time day year week month hour hours morning evening night it this that fact today yesterday toll case scene basis order orders number end rate use cause date".split()
)


def is_verb(t: Token) -> bool:
    """Whether the word is a verb in a clause, not a participle before its noun ("besieged city")."""
    return (
        t.tag_.startswith("VB")
        and (t.dep_ not in WITHIN_NOUN or t.tag_ == "VBD")
        and not (t.tag_ == "VBG" and _is_gerund_noun(t))
    )


def _is_gerund_noun(t: Token) -> bool:
    """ "the bombing of Aleppo", "heavy shelling", "fighting raged": a noun that the tagger calls a verb."""
    if t.dep_ in ("nsubj", "nsubjpass") and not any(
        c.dep_ in ("dobj", "xcomp", "ccomp") for c in t.children
    ):
        return True
    return any(c.dep_ in ("det", "amod", "compound", "poss") and c.i < t.i for c in t.children)


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is whom it befell: "were killed", "20 killed in", "a man shot by police"."""
    kinds = {c.dep_ for c in verb.children}
    if kinds & _PASSIVE:
        return True
    if verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children):
        if "dobj" in kinds and verb.dep_ in ("acl", "ROOT", "ccomp"):
            return False  # "a car bomb killed 26 people", taken for a participle
        return (
            verb.dep_ != "conj"
            or not verb.head.tag_.startswith("VB")
            or is_passive(verb.head)
            or "dobj" not in kinds
        )
    if (
        verb.dep_ == "conj"
        and verb.tag_ in ("VBN", "VBD")
        and is_verb(verb.head)
        and "nsubj" not in kinds
        and "dobj" not in kinds
    ):
        return is_passive(verb.head)
    return False


def has_object(verb: Token) -> bool:
    """Whether something is done to somebody, also where two verbs share it: "bombed and strafed villages"."""
    if any(
        c.dep_ in ("dobj", "dative")
        or (c.dep_ in ("nsubj", "ccomp") and c.i > verb.i and c.tag_ in NOUNS)
        for c in verb.children
    ):
        return True
    return shares_object(verb) is not None


def shares_object(verb: Token) -> Token | None:
    """The next verb whose object is this one's too."""
    for c in verb.children:
        if (
            c.dep_ == "conj"
            and c.tag_ == verb.tag_
            and c.i - verb.i <= 3
            and any(o.dep_ == "dobj" for o in c.children)
        ):
            return c
    return None


def subjects(verb: Token) -> Iterator[Token]:
    """The verb's subject, or that of the verb it hangs on and shares it with."""
    t = verb
    for _ in range(5):
        own = [
            c
            for c in t.children
            if c.dep_ in ("nsubj", "nsubjpass")
            and c != verb
            and c.i < max(verb.i, t.i) + 1
            and not NOT_NAMES.match(c.text)
        ]
        if own:
            yield own[-1]  # two are a slip of the parser, and the nearer is the subject
            return
        if t.dep_ in ("relcl", "acl"):
            yield t.head
            return
        if t.dep_ in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp") and t.head != t:
            if t.dep_ == "ccomp" or (t.dep_ == "conj" and t.head.tag_ in NOUNS):
                return
            if (
                t.dep_ == "xcomp"
                and (
                    given := next(
                        (
                            c
                            for c in t.head.children
                            if c.dep_ == "dobj" and c.i < t.i and t.head.lower_ in _MADE_TO
                        ),
                        None,
                    )
                )
                is not None
            ):
                yield given  # "forced them to flee"
                return
            if t.dep_ == "advcl" and t.tag_ == "VBG" and is_passive(t.head):
                if (agent := agent_of(t.head)) is not None:
                    yield agent  # "was bombed by rebels, killing ten"; what was bombed killed nobody
                return
            t = t.head
        else:
            return


_MADE_TO = frozenset(
    "forced force forces forcing made compelled obliged prompted led caused ordered allowed helped drove sent saw leave leaves left leaving".split()
)


def agent_of(verb: Token) -> Token | None:
    for p in verb.children:
        if p.dep_ == "agent" or (p.dep_ == "prep" and p.lower_ == "by"):
            return next((o for o in p.children if o.dep_ == "pobj"), None)
    return None


def after_preposition(
    verb: Token, which: frozenset[str], weapons: Mapping[str, str]
) -> Token | None:
    """What stands after one of the prepositions beside the verb: "opened fire on protesters"."""
    near = [verb, *(c for c in verb.children if c.dep_ in ("dobj", "prt", "prep"))]
    for t in near:
        for p in t.children:
            if p.dep_ == "prep" and p.lower_ in which and p.i > verb.i:
                o = next((c for c in p.children if c.dep_ == "pobj"), None)
                if (
                    o is not None
                    and o.tag_ in (*NOUNS, "CD")
                    and not NOT_NAMES.match(o.text)
                    and o.lower_ not in NO_TARGETS
                ):
                    if o.lower_ not in weapons:
                        return o
    return None


def outer_nouns(noun: Token) -> Iterator[Token]:
    """The nouns of which this one is only the kind: "a wave of attacks by"."""
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lower_ in ("series", "wave", "spate", "string", "number", "campaign")
    ):
        yield noun.head.head


def clause_of(noun: Token) -> tuple[Token | None, list[Token]]:
    """The verb of the clause that the noun stands in, and the words from the noun up to it."""
    path = [noun]
    t = noun
    while t.head != t and len(path) < 8:
        t = t.head
        if is_verb(t):
            return t, path
        path.append(t)
    return None, path


def phrase(head: Token, *, with_of: bool = True, joined: bool = True) -> Words:
    """The noun with its near modifiers, without an article: "Syrian government forces", "members of the Taliban"."""
    doc = head.doc
    left = head.i
    while left > 0:
        t = doc[left - 1]
        if t.text == "]" and (name := _before_bracket(doc, left - 1)) is not None:
            left = name
            continue
        if t.text in "[]()":
            break
        if t.tag_ in (
            "DT",
            "PDT",
            "PRP$",
            "IN",
            "CC",
            ",",
            "``",
            "''",
            ":",
            "WDT",
            ".",
            "-LRB-",
            "-RRB-",
            "RB",
        ) and t.text not in (
            "-",
            "'s",
            "’s",
        ):
            break
        if (
            t.tag_ in ("VBD", "VBZ", "VBP", "MD", "TO", "WP", "PRP", "VB")
            or NOT_NAMES.match(t.text)
            or not _within(t, head)
        ):
            break
        if t.tag_ == "CD" and YEAR.fullmatch(t.text):
            break
        left -= 1
    while left < head.i and (
        doc[left].tag_ in ("POS", "HYPH")
        or doc[left].lower_ in _NOT_OF_IT
        or not doc[left].text[:1].isalnum()
    ):
        left += 1
    right = head.i
    if with_of and (tail := _of_tail(head)) is not None:
        right = tail
    if joined and (end := _joined_to(head)) is not None:
        right = max(right, end)
    return left, right


_NOT_OF_IT = frozenset("least most more than about nearly almost some only further".split())


def _before_bracket(doc: Doc, close: int) -> int | None:
    """Where the name begins whose acronym stands in brackets before the head: "Liberation Front [FMLN] forces"."""
    opening = next(
        (i for i in range(close - 1, max(-1, close - 8), -1) if doc[i].text == "["), None
    )
    if not opening:
        return None
    left = opening
    while (
        left > 0
        and opening - left < 7
        and doc[left - 1].tag_ in (*NOUNS, "JJ")
        and doc[left - 1].text[:1].isalnum()
    ):
        left -= 1
    return left if left < opening else None


def _within(t: Token, head: Token) -> bool:
    while t != head and t.head != t:
        if t.dep_ not in LEFT and t.dep_ != "conj":
            return False
        t = t.head
    return t == head


def _of_tail(head: Token) -> int | None:
    doc = head.doc
    if (
        head.i + 1 >= len(doc)
        or doc[head.i + 1].lower_ != "of"
        or not (head.lower_ in _OF_WHOM or head.tag_ in ("NNP", "NNPS"))
    ):
        return None
    o = next((c for c in doc[head.i + 1].children if c.dep_ == "pobj"), None)
    if o is None or o.i - head.i > 6:
        return None
    return o.i


def _joined_to(head: Token) -> int | None:
    """The last of those named together with the head: "two soldiers and a civilian", "the rector, five priests and a cook"."""
    last, t = None, head
    while (
        other := next((c for c in t.children if c.dep_ == "conj" and c.i > t.i), None)
    ) is not None:
        between = head.doc[t.i + 1 : other.i]
        if other.tag_ not in (*NOUNS, "CD") or len(between) >= (
            _LISTED if "," in {b.text for b in between} else _JOINED
        ):
            break
        if any(
            (b.tag_.startswith("VB") and b.dep_ != "amod")
            or b.tag_ in ("WP", "WDT", ":")
            or NOT_NAMES.match(b.text)
            for b in between
        ):
            break
        if NOT_NAMES.match(other.text) or (
            "," in {b.text for b in between} and other.tag_ == "NN" and other.text[:1].islower()
        ):
            break
        last, t = other.i, other
    return last


def overlap(a: Words, b: Words) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]
