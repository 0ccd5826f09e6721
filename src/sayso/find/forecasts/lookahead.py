"""The verbs and nouns of a sentence that look ahead: "will leave", "could face", "pledged to leave", "talks set for Monday".

Which words look ahead, and how, is in `data/outlook.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.find.forecasts.outlooks import SURE, WOULD, foretells_harm, outlook_of, reporter_of
from sayso.language.lexicon import Lexicon
from sayso.model import Outlook

_MODALS = SURE | WOULD | frozenset("may might could".split())
# A future that is asked about, or only a condition or a purpose.
_NO_FORECAST_MARKS = frozenset("if unless whether so lest than".split())
# What can be perceived or done at the time of telling ("could be heard"), or is a state and no event to come.
_AT_THE_TIME = frozenset(
    "hear heard see seen afford believe think confirm verify tell reach find imagine understand explain say want know seem like vary amount include sound appear represent reflect depend belong wish".split()
)
# "Their task is to train", "the strategy aims to": what a thing is for.
_PURPOSES = frozenset(
    (
        "task aim goal purpose job role idea objective point mission policy challenge key way priority duty responsibility hope answer "
        "issue message thing intention response reason solution choice option step effect trick question problem danger ours strategy law bill project programme program measure deal agreement that this which"
    ).split()
)
_DOUBTS = frozenset("doubt doubts doubted deny denies denied".split())
_HELD = frozenset("believe think expect know say see suggest imply mean imagine feel".split())
# Whom a text speaks to, and what a site says of itself.
_BOILERPLATE = frozenset(
    "you your text material transcript accuracy availability newsletter".split()
)
_COPULAS = frozenset(
    "is are was were be been 's ’s 're ’re remain remains remained look looks looked appear appears appeared seem seems".split()
)
# What is prepared, or comes when it comes: "is planning an offensive".
_UNDERTAKINGS = frozenset(
    (
        "offensive attack attacks assault assaults operation operations strike strikes invasion campaign withdrawal pullout response retaliation "
        "evacuation talks summit meeting conference visit election elections referendum vote action revenge support aid help"
    ).split()
)
_DAYS = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november "
        "december week weekend month year tomorrow today tonight later end early mid-week spring summer autumn fall winter"
    ).split()
)
_COMING = frozenset("likely unlikely imminent inevitable".split())
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))


@dataclass(frozen=True, slots=True)
class Sign:
    """A verb that looks ahead: the main word of its clause, the words that make it a forecast, its kind."""

    verb: Token
    head: Token  # whose subtree is the content: the verb itself, or the "plans" it depends on
    outlook: Outlook
    cue: Token


def signs(doc: Doc, quoted: frozenset[int], lexicon: Lexicon) -> Iterator[Sign]:
    """Every sign of the sentence, in order. `quoted` are the tokens that stand in quotation marks."""
    for t in doc:
        sign = (
            _modal(t, quoted, lexicon)
            if t.tag_ == "MD"
            else _infinitive(t, quoted, lexicon)
            or _risk(t)
            or _noun(t, lexicon)
            or _due(t, lexicon)
            or _adjective(t)
        )
        if (
            sign is not None
            and not _is_doubted(sign.verb)
            and not _is_boilerplate(sign.head, quoted, lexicon)
        ):
            yield sign


def subject_of(verb: Token) -> Token | None:
    """The subject that stands before the verb."""
    return next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)


def is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _is_doubted(verb: Token) -> bool:
    """Whether the clause is what somebody doubts: "doubts that they will", "I don't think they will", "no sign that they will"."""
    over = list(verb.ancestors)
    nouns = [
        *over[:1],
        *(
            c
            for c in (over[0].children if over else ())
            if c.dep_ == "attr" and verb.dep_ == "ccomp"
        ),
    ]
    if any(
        n.tag_.startswith("NN")
        and n.lower_ != "doubt"
        and any(c.lower_ == "no" for c in n.children)
        for n in nouns
    ):
        return True
    return any(t.lower_ in _DOUBTS or (t.lower_ in _HELD and is_negated(t)) for t in over)


def _is_boilerplate(head: Token, quoted: frozenset[int], lexicon: Lexicon) -> bool:
    """Whether a site speaks to its readers: "this text may be updated", "your address will not be published", "we won't spam you"."""
    subject = subject_of(head)
    if subject is None:
        return False
    ours = subject.lower_ == "we" and not any(t.lower_ in lexicon.reporting for t in head.ancestors)
    addressed = any(t.lower_ in ("you", "your") for t in head.subtree)
    return (
        subject.lower_ in _BOILERPLATE
        or any(c.lower_ == "your" for c in subject.children)
        or (ours and addressed and head.i not in quoted)
    )


def _modal(modal: Token, quoted: frozenset[int], lexicon: Lexicon) -> Sign | None:
    """ "will leave", "could face"; not "could have left", "if they will", "could be heard"."""
    verb = modal.head
    if modal.lower_ not in _MODALS or modal.dep_ != "aux" or not _is_told(verb):
        return None
    if any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children):
        return None
    if any(s.i > modal.i for s in verb.children if s.dep_ == "nsubj"):
        return None  # a question: "will they leave"
    if modal.lower_ in WOULD and not _is_future_in_past(verb, modal, quoted, lexicon):
        return None
    if modal.lower_ not in SURE | WOULD and not _is_to_come(modal, verb):
        return None
    return Sign(
        verb, verb, outlook_of(verb, verb, modal.lower_ in SURE | WOULD, quoted, lexicon), modal
    )


def _is_future_in_past(verb: Token, modal: Token, quoted: frozenset[int], lexicon: Lexicon) -> bool:
    """Whether "would" is the "will" of somebody's words as told: "said it would leave".

    It is what might have been where no such words are told, where it is quoted with its own subject
    ("“We would leave,” he said"), or where it describes or hangs on a condition.
    """
    reporter = reporter_of(verb, lexicon)
    if reporter is None or verb.dep_ in ("relcl", "advcl"):
        return False
    subject = subject_of(verb)
    that = any(c.lower_ == "that" and c.dep_ == "mark" and c.i not in quoted for c in verb.children)
    if (
        not that
        and modal.i in quoted
        and reporter.i not in quoted
        and (subject is None or subject.i in quoted)
    ):
        return False
    for over in verb.ancestors:
        if over == reporter:
            break
        if any(c.dep_ == "mark" and c.lower_ in _NO_FORECAST_MARKS for c in over.children):
            return False
    return True


def _is_to_come(modal: Token, verb: Token) -> bool:
    """Whether "could", "may" or "might" tells of something to come: not "could be heard", "which could help", "may be a screen"."""
    if verb.lower_ in _AT_THE_TIME or (modal.lower_ == "could" and is_negated(verb)):
        return False
    if any(c.dep_ == "expl" for c in verb.children):
        return True
    return verb.dep_ not in ("relcl", "advcl") and not (
        verb.lower_ == "be" and any(c.dep_ in ("attr", "acomp") for c in verb.children)
    )


def _is_told(verb: Token) -> bool:
    """Whether the clause itself is told, and is no condition, question or purpose."""
    if any(c.dep_ == "mark" and c.lower_ in _NO_FORECAST_MARKS for c in verb.children):
        return False
    before = [c for c in verb.children if c.i < verb.i]
    if any(c.tag_ in ("WRB", "WP") and (c.dep_ != "nsubj" or verb.dep_ != "relcl") for c in before):
        return False
    return not any(
        t.lower_ == "how"
        for c in before
        if c.dep_ in ("nsubj", "nsubjpass", "dobj", "acomp", "attr")
        for t in c.subtree
    )


def _infinitive(verb: Token, quoted: frozenset[int], lexicon: Lexicon) -> Sign | None:
    """ "expected to fall", "plans to leave", "the troops are to leave", "the order to withdraw"."""
    if verb.tag_ not in ("VB", "VBN", "VBG") or not any(
        c.dep_ == "aux" and c.lower_ == "to" for c in verb.children
    ):
        return None
    head = verb.head
    if head == verb:  # a headline: "Ministers to meet in Geneva"
        return Sign(verb, verb, Outlook.PLAN, verb) if subject_of(verb) is not None else None
    if (
        verb.dep_ not in ("xcomp", "ccomp", "acl")
        or head.i > verb.i
        or not _is_told(head)
        or not _is_told(verb)
    ):
        return None
    if head.lower_ in ("is", "are"):
        return Sign(verb, head, Outlook.PLAN, head) if _is_set(head, verb) else None
    if head.lower_ == "going" and verb.dep_ == "xcomp":
        now = (
            any(c.dep_ == "aux" and c.lower_ not in ("was", "were") for c in head.children)
            or reporter_of(head, lexicon) is not None
        )
        return (
            Sign(verb, head, outlook_of(head, verb, True, quoted, lexicon), head) if now else None
        )
    if head.tag_ in ("NN", "NNS"):
        outlook = lexicon.outlook_noun.get(head.lower_)
        meant = outlook and verb.dep_ == "acl" and head.nbor(-1 if head.i else 0).lower_ != "in"
        return Sign(verb, verb, outlook, head) if outlook and meant else None
    outlook = lexicon.outlook_to.get(head.lower_)
    if outlook is None or head.dep_ == "pcomp" or _is_over(head):
        return None
    if (
        outlook is Outlook.PROMISE
        and any(c.dep_ == "auxpass" for c in head.children)
        and not head.lower_.startswith("commit")
    ):
        return None  # "is guaranteed to"
    if not _is_expected(head) if outlook is Outlook.PREDICTION else is_negated(head):
        return None
    subject = subject_of(head)
    if outlook is Outlook.PLAN and subject is not None and subject.lower_ in _PURPOSES:
        return None
    if outlook is Outlook.PREDICTION and foretells_harm(verb, lexicon):
        outlook = Outlook.WARNING
    return Sign(verb, _clause_of(head), outlook, head)


def _clause_of(word: Token) -> Token:
    """The head of the clause of an adjective or participle: "is" of "is likely", "looks" of "looks set"."""
    return (
        word.head
        if word.dep_ == "acomp"
        or (word.head.lower_ in _COPULAS and word.dep_ in ("ccomp", "xcomp", "oprd"))
        else word
    )


def _is_set(be: Token, verb: Token) -> bool:
    """Whether "is to" says what is to come: not "the aim is to win", "it is possible to win"."""
    subject = next((c for c in be.children if c.dep_ == "nsubj"), None)
    described = any(c.dep_ in ("acomp", "attr", "expl") for c in be.children)
    return (
        verb.dep_ == "xcomp"
        and not described
        and (subject is None or subject.lower_ not in _PURPOSES)
    )


def _risk(word: Token) -> Sign | None:
    """ "risked turning her into a martyr", "risks a wider war"."""
    head = word.head
    if (
        head.lower_ not in ("risk", "risks", "risked")
        or not _is_finite(head)
        or head.dep_ == "relcl"
    ):
        return None
    held_out = (word.tag_ == "VBG" and word.dep_ in ("xcomp", "dobj", "ccomp")) or (
        word.tag_ in ("NN", "NNS") and word.dep_ == "dobj"
    )
    return Sign(word, head, Outlook.WARNING, head) if held_out else None


def _noun(word: Token, lexicon: Lexicon) -> Sign | None:
    """ "is planning an offensive", "promised a strong response", "remains committed to peace", "see a war ahead"."""
    head = word.head
    if word.tag_ not in ("NN", "NNS") or word.i < head.i:
        return None
    if head.lower_ in ("see", "sees", "foresee", "foresees", "saw") and word.dep_ == "dobj":
        ahead = (
            word
            if head.lower_.startswith("fore")
            else next((c for v in (head, word) for c in v.rights if c.lower_ == "ahead"), None)
        )
        return Sign(word, word, Outlook.PREDICTION, ahead) if ahead is not None else None
    if (
        word.dep_ == "pobj"
        and head.lower_ == "to"
        and head.head.lower_ == "committed"
        and head.head.dep_ == "acomp"
    ):
        return Sign(head.head, head.head.head, Outlook.PROMISE, head.head)
    prepared = word.dep_ == "pobj" and head.lower_ == "for" and head.head.tag_.startswith("VB")
    verb = head.head if prepared else head
    outlook = lexicon.outlook_object.get(verb.lower_)
    if (
        outlook is None
        or not (prepared or word.dep_ == "dobj")
        or word.lower_ not in _UNDERTAKINGS
        or is_negated(verb)
    ):
        return None
    if (
        not _is_told(verb)
        or not _is_finite(verb)
        or verb.tag_ == "VBN"
        or (outlook is Outlook.PLAN and verb.tag_ == "VBD")
    ):
        return None
    return Sign(verb, verb, outlook, verb)


def _is_finite(verb: Token) -> bool:
    """Whether the verb is that of a clause of its own: "risks", "is planning", not "to risk", "planning"."""
    return verb.tag_ in ("VBZ", "VBP", "VBD") or any(
        c.dep_ == "aux" and c.lower_ != "to" for c in verb.children
    )


def _due(word: Token, lexicon: Lexicon) -> Sign | None:
    """ "talks scheduled for Monday", "the vote is due on Tuesday"."""
    if lexicon.outlook_to.get(word.lower_) not in (
        Outlook.PLAN,
        Outlook.PREDICTION,
    ) or word.tag_ not in ("VBN", "JJ", "VBD"):
        return None
    if any(c.dep_ in ("xcomp", "ccomp", "dobj") for c in word.children) or is_negated(word):
        return None
    when = [
        c
        for c in (*word.rights, *(word.head.rights if word.dep_ == "acomp" else ()))
        if c.i > word.i and c.dep_ in ("prep", "npadvmod", "advmod")
    ]
    if not any(t.lower_ in _DAYS for c in when for t in c.subtree if t.i < c.i + 6):
        return None
    if word.dep_ == "acl" and word.head.tag_.startswith("NN"):
        return Sign(word, word.head, Outlook.PLAN, word)
    head = _clause_of(word)
    be = any(c.dep_ == "auxpass" for c in word.children) or head != word
    return Sign(word, head, Outlook.PLAN, word) if be and subject_of(head) is not None else None


def _adjective(word: Token) -> Sign | None:
    """ "a deal looks unlikely", "an attack is imminent"."""
    if (
        word.lower_ not in _COMING
        or word.dep_ != "acomp"
        or word.head.lower_ not in _COPULAS - {"been", "be"}
    ):
        return None
    subject = subject_of(word.head)
    open_ended = any(
        c.dep_ in ("xcomp", "ccomp", "advcl") for v in (word, word.head) for c in v.children
    )
    if (
        subject is None
        or subject.lower_ in ("it", "there")
        or open_ended
        or not _is_told(word.head)
    ):
        return None
    return Sign(word.head, word.head, Outlook.PREDICTION, word)


def _is_over(head: Token) -> bool:
    """Whether a preparation is told as past: "were preparing to", "stood prepared to", "was about to"."""
    if head.lower_ == "about" and head.head.lower_ in ("was", "were"):
        return True
    return head.lower_.startswith("prepar") and (
        head.tag_ in ("VBN", "VBD", "JJ") or any(c.lower_ in ("was", "were") for c in head.children)
    )


def _is_expected(head: Token) -> bool:
    """Whether somebody's expectation is meant: "is expected to", "likely to", not "expects to"."""
    if head.tag_.startswith("JJ"):
        return head.i + 1 < len(head.doc) and head.nbor().lower_ in ("to", "not")
    return (
        head.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in head.children)
    ) or head.dep_ in ("acl", "acomp")
