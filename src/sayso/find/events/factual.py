"""Whether a sentence tells an act as one that took place or is under way."""

from __future__ import annotations

from spacy.tokens import Token

from sayso.find.events.acts import Act
from sayso.find.events.clauses import is_verb
from sayso.find.phrases import NOUNS
from sayso.language.event_lexicon import EventWords

_IF = frozenset("if unless whether lest should".split())
_NEVER = frozenset("never not n't hardly nor neither without no longer".split())
# After these prepositions an "-ing" tells what was done.
_TELLING = frozenset("after while when since following by before in during on upon amid".split())
# What somebody is said to have done stands after these: "accused of killing", "jailed for killing".
_LAID_ON = frozenset(
    (
        "accuse accused accuses accusing suspected suspect suspects guilty convicted blamed blame blames blaming charged arrested responsible "
        "responsibility sentenced jailed tried condemned indicted imprisoned wanted detained claimed credit punished accusation accusations "
        "charges suspicion suspicions admitted confessed"
    ).split()
)
_CLAUSE = frozenset(
    {"ccomp", "xcomp", "advcl", "acl", "pcomp", "conj", "relcl", "csubj", "csubjpass", "parataxis"}
)
_CLIMB = 6


def happened(act: Act, words: EventWords) -> bool:
    """Whether the act is told as done or under way, not planned, feared, denied, asked for or supposed."""
    if act.is_refusal:
        return True
    return _noun_is_real(act.head, words) if act.is_noun else _verb_is_real(act.head, words)


def _verb_is_real(verb: Token, words: EventWords) -> bool:
    t = verb
    if (verb.tag_ == "VB" or _is_infinitive(verb)) and not _infinitive_is_real(verb, words):
        return False
    if verb.tag_ == "VBG" and not _participle_is_real(verb):
        return False
    for _ in range(_CLIMB):
        if _is_unsaid(t):
            return False
        if t.dep_ not in _CLAUSE or t.head == t:
            return True
        if t.dep_ == "conj" and _has_own_subject(t):
            return True
        head = t.head
        if t.dep_ in ("ccomp", "xcomp", "acl", "pcomp") and not _governor_is_real(t, head, words):
            return False
        if t.dep_ == "conj" and is_verb(head) and head.tag_ == "VB" and t.tag_ in ("VB", "VBG"):
            return _verb_is_real(head, words)
        if t.dep_ in ("advcl", "relcl"):
            return not (
                t.dep_ == "advcl" and t.tag_ == "VBG" and _is_unsaid(head) and not _negated(head)
            )
        t = head
    return True


def _is_infinitive(verb: Token) -> bool:
    """ "to be killed", "or be killed"."""
    return any(
        c.dep_ in ("aux", "auxpass") and (c.tag_ == "TO" or (c.tag_ == "VB" and c.lower_ == "be"))
        for c in verb.children
    ) and not any(c.tag_ == "MD" for c in verb.children)


def _has_own_subject(t: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in t.children)


def _negated(t: Token) -> bool:
    return any(
        c.dep_ == "neg" or c.lower_ in _NEVER
        for c in t.children
        if c.dep_ in ("neg", "advmod", "cc", "preconj")
    )


def _is_unsaid(t: Token) -> bool:
    """Whether the verb itself has a modal, a negation or an "if"."""
    if _negated(t):
        return True
    for c in t.children:
        if c.dep_ == "aux" and c.tag_ == "MD" and not _has_perfect(t, c):
            return True
        if c.dep_ in ("mark", "advmod") and c.lower_ in _IF:
            return True
        if c.dep_ in ("nsubj", "nsubjpass") and any(
            d.lower_ in ("no", "none", "neither") for d in (c, *c.children)
        ):
            return True
    return False


def _has_perfect(t: Token, modal: Token) -> bool:
    """ "may have killed" is a hedge, "would have killed" is not so."""
    return modal.lower_ in ("may", "might", "must") and any(
        c.dep_ == "aux" and c.lower_ == "have" for c in t.children
    )


def _infinitive_is_real(verb: Token, words: EventWords) -> bool:
    """ "continued to bomb", "did attack"; not "to attack" by itself, nor a bare form with a modal."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if auxiliaries & {"did", "do", "does"}:
        return True
    if verb.dep_ == "conj" and is_verb(verb.head) and "to" not in auxiliaries:
        return (verb.head.tag_ != "VB" and not _is_infinitive(verb.head)) or _infinitive_is_real(
            verb.head, words
        )
    if verb.dep_ in ("xcomp", "ccomp") and verb.head.lower_ in words.real_verbs:
        return True
    return (
        not auxiliaries and verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" for c in verb.children)
    )  # headlines: "Jets bomb Aleppo"


def _participle_is_real(verb: Token) -> bool:
    """ "after killing", "killing 20"; not "without killing", "for killing" unless somebody stands accused of it."""
    if verb.dep_ == "pcomp":
        before = verb.head.lower_
        if before in _TELLING:
            return True
        over = verb.head.head
        return before in ("of", "for", "with", "to", "in") and any(
            t.lower_ in _LAID_ON for t in (over, over.head)
        )
    return verb.dep_ not in ("csubj", "nsubj")


def _governor_is_real(t: Token, head: Token, words: EventWords) -> bool:
    if head.lower_ in words.real_verbs:
        return True
    if head.tag_ in NOUNS:
        return head.lower_ not in words.unreal_nouns or (t.dep_ == "acl" and t.tag_ == "VBN")
    if t.dep_ == "pcomp":
        over = head.head
        return not (over.lower_ in words.unreal_verbs or over.lower_ in words.unreal_nouns)
    perfect = any(c.lower_ in ("have", "having") and c.dep_ == "aux" for c in t.children)
    return head.lower_ not in words.unreal_verbs or (
        perfect and head.lower_ not in ("deny", "denied", "denies", "denying")
    )


def _noun_is_real(noun: Token, words: EventWords) -> bool:
    for c in noun.children:
        if c.dep_ in ("det", "amod", "neg", "compound") and c.lower_ in words.unreal_adjectives:
            return False
    t = noun
    for _ in range(_CLIMB):
        head = t.head
        if head == t:
            return True
        if t.dep_ == "pobj":
            if (
                head.lower_ in ("without", "against", "despite", "unlike", "like", "between")
                and head.head.lower_ in _FIGHTS
            ):
                return False
            if head.lower_ in ("without",):
                return False
            over = head.head
            if (
                head.dep_ == "prep"
                and over.tag_ in NOUNS
                and over.lower_ in words.unreal_nouns
                and head.lower_ in _OF_PLANS
            ):
                return False
            if head.lower_ in _TELLING | {"with"}:
                return True
            if (
                is_verb(over)
                and over.lower_ in words.unreal_verbs
                and head.lower_ in ("for", "on", "against", "from", "of", "to", "with", "about")
            ):
                return False
            t = over
            if is_verb(t):
                return not _is_unsaid(t) or _negated(t)
            continue
        if is_verb(head) or head.tag_.startswith("VB"):
            if t.dep_ in ("dobj", "nsubjpass") and head.lower_ in words.unreal_verbs:
                return False
            if t.dep_ in ("dobj", "nsubj", "nsubjpass", "attr"):
                return _verb_is_real(head, words)
            return True
        if t.dep_ not in ("conj", "appos", "compound", "nmod", "poss", "dep", "prep"):
            return True
        t = head
    return True


_FIGHTS = frozenset(
    "fight fights fighting war struggle protect protection defend defense defence guard precautions immune safe".split()
)
_OF_PLANS = frozenset("of for to against about over from on in into".split())
