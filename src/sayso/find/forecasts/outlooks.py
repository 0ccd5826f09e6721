"""Which kind a forecast with a modal is: a warning, a promise, a plan or a prediction, in this order."""

from __future__ import annotations

from spacy.tokens import Token

from sayso.find.speech.reporting import STATEMENTS
from sayso.language.lexicon import Lexicon
from sayso.model import Outlook

SURE = frozenset("will 'll ’ll wo shall".split())
WOULD = frozenset("would 'd ’d".split())
# Who promises speaks of itself; "said he would not negotiate" binds him as much as "we will not".
_OURSELVES = frozenset("i we".split())
_THEMSELVES = frozenset("he she it they".split())
# What takes place on a calendar: who says that it will do so plans it.
_OCCASIONS = frozenset(
    "meet hold held visit host hosted convene attend travel arrive discuss discussed report join sign signed begin start resume open talk".split()
)
# What is set in motion more than it is expected, where nobody binds itself to it.
_ARRANGED = _OCCASIONS | frozenset(
    "launch send deploy deliver reopen leave withdraw return build train".split()
)
# Names and what is made of them share so many letters: "Turkey", "Turkish".
_STEM = 4
_OWN = frozenset("my our his its their".split())
# What befalls or is felt, and is not done.
_BEFALLS = frozenset(
    "be have see get lose die suffer face miss need know become fall rise happen remember forget feel find think survive succeed win like love want".split()
)
# Harm that is kept off is none: "will prevent violence".
_WARDS_OFF = frozenset(
    "prevent avoid avert stop end halt reduce combat counter tackle eliminate defeat protect ease alleviate".split()
)


def reporter_of(verb: Token, lexicon: Lexicon) -> Token | None:
    """The word that reports the clause: "said" of "said it would leave", "announcement" of "the announcement that it would"."""
    for over in verb.ancestors:
        if (
            over.lower_ in lexicon.reporting
            or over.lower_ in STATEMENTS
            or over.lower_ in lexicon.outlook_that
        ):
            return over
        noun = next((c for c in over.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
        if (
            verb.head == over
            and verb.dep_ in ("ccomp", "attr")
            and noun is not None
            and noun.lower_ in STATEMENTS | lexicon.outlook_that.keys()
        ):
            return noun  # "the fear is that it will", "reports emerged that it would"
    return next(
        (
            c
            for c in verb.children
            if c.dep_ in ("parataxis", "ccomp") and c.lower_ in lexicon.reporting
        ),
        None,
    )


def outlook_of(
    clause: Token, verb: Token, sure: bool, quoted: frozenset[int], lexicon: Lexicon
) -> Outlook:
    """What the verb that reports the clause says that it is, else what its words and its subject make it.

    `clause` has the subject, `verb` is what is to come: they differ in "is going to leave". `sure` is
    false for what only may come.
    """
    reporter = reporter_of(clause, lexicon)
    coloured = lexicon.outlook_that.get(reporter.lower_) if reporter is not None else None
    if coloured is not None and coloured is not Outlook.PREDICTION:
        return coloured
    if foretells_harm(verb, lexicon):
        return Outlook.WARNING
    if coloured is not None:
        return coloured
    subject = subject_through(clause)
    if not sure or subject is None or verb.lower_ in _BEFALLS:
        return Outlook.PREDICTION
    told = reporter is not None and (subject.i in quoted) == (reporter.i in quoted)
    theirs = subject.lower_ in _THEMSELVES or any(c.lower_ in _OWN for c in subject.children)
    binds = subject.dep_ == "nsubj" and (subject.lower_ in _OURSELVES or (theirs and told))
    if verb.lower_ in (_OCCASIONS if binds else _ARRANGED):
        return Outlook.PLAN
    if binds:
        return Outlook.PROMISE
    refuses = any(c.dep_ == "neg" or c.lower_ == "longer" for c in clause.children)
    acts = subject.tag_ in ("NNP", "NNPS") or subject.lower_ in lexicon.people
    return Outlook.PROMISE if refuses and acts and told else Outlook.PREDICTION


def binds_itself(clause: Token, verb: Token, claimant: str) -> bool:
    """Whether the claimant says what its own side will do: "Turkey will leave, Turkish officials said"."""
    subject = subject_through(clause)
    if subject is None or subject.dep_ != "nsubj" or verb.lower_ in _BEFALLS | _OCCASIONS:
        return False
    named = [t for t in (subject, *subject.lefts) if t.tag_ in ("NNP", "NNPS", "JJ", "NN")]
    return bool(
        {t.text[:_STEM] for t in named if t.text[:1].isupper()}
        & {w[:_STEM] for w in claimant.split() if w[:1].isupper()}
    )


def subject_through(verb: Token) -> Token | None:
    """The verb's subject, or that of the verb it is joined to: "they will fight and will win"."""
    while True:
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None or verb.dep_ != "conj":
            return subject
        verb = verb.head


def foretells_harm(verb: Token, lexicon: Lexicon) -> bool:
    """Whether the clause has a word of harm, in itself and not in what describes its nouns, nor as what is prevented."""
    words: list[int] = []
    pending = [verb]
    while pending:
        t = pending.pop()
        if t.lower_ in _WARDS_OFF:
            return False
        words.append(t.i)
        pending += [
            c
            for c in t.children
            if c.dep_ not in ("relcl", "advcl", "acl", "parataxis", "nsubj", "nsubjpass", "ccomp")
        ]
    return (
        lexicon.outlook_harm.search(" ".join(verb.doc[i].lower_ for i in sorted(words))) is not None
    )
