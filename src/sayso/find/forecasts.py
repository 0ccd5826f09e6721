"""What is expected, planned, promised or threatened, by whom, and by when.

A forecast is found by its verb: one with a modal ("will leave", "could face") or an infinitive
after a word that looks ahead ("expected to fall", "pledged to leave"). The verbs, adjectives and
nouns that look ahead are in `data/outlook.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.find.context import Context
from sayso.find.horizon import horizon_of
from sayso.find.speech.cues import governing
from sayso.find.speech.extents import noun_phrase_of
from sayso.find.speech.reporting import STATEMENTS
from sayso.find.speech.speakers import Claimant, as_sources
from sayso.lexicon import Lexicon
from sayso.model import Forecast, Outlook, Span, When
from sayso.sentences import Sentence

_MODALS = frozenset("will 'll ’ll wo shall may might could would 'd ’d".split())
_SURE = frozenset("will 'll ’ll wo shall".split())
_WOULD = frozenset("would 'd ’d".split())
# A future that is asked about, or only a condition or a purpose.
_NO_FORECAST_MARKS = frozenset("if unless whether so lest".split())
# Who promises speaks of itself; "said he would not negotiate" binds him as much as "we will not".
_OURSELVES = frozenset("i we".split())
_THEMSELVES = frozenset("he she it they".split())
# What is set on a calendar more than it is expected.
_SCHEDULED = frozenset(
    "meet hold held visit begin start resume convene launch open attend travel send deploy deliver host arrive reopen receive join sign discuss take report go continue leave withdraw return build train".split()
)
# What can be perceived or done at the time of telling ("could be heard"), or is a state and no event to come.
_AT_THE_TIME = frozenset(
    "hear heard see seen afford believe confirm verify tell reach find imagine understand explain say want know seem like".split()
)
# "Their task is to train": what a thing is for.
_PURPOSES = frozenset(
    "task aim goal purpose job role idea objective point mission policy challenge key way priority duty responsibility hope".split()
)
_DOUBTS = frozenset("doubt doubts doubted deny denies denied".split())
# What follows these no longer tells what is expected, but why, or besides what.
_REASONS = frozenset(
    "because since as while although though if unless especially particularly whereas when until insisting saying adding".split()
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A verb that looks ahead: the main word of its clause, the words that make it a forecast, its kind."""

    verb: Token
    head: Token  # whose subtree is the content: the verb itself, or the "plans" it depends on
    outlook: Outlook
    cue: Token


def find_forecasts(context: Context) -> list[Forecast]:
    """Every forecast of the report, in order, with ids."""
    found: list[Forecast] = []
    for sentence in context.sentences:
        if sentence.doc is None or sentence.text.rstrip("\"'”’ ").endswith("?"):
            continue
        told: tuple[int, int] = (-1, -1)  # the tokens of the last forecast: what stands within it is part of it
        for sign in _signs(sentence.doc, context.lexicon):
            if not told[0] <= sign.verb.i <= told[1]:
                told = _content(sign, sentence.doc, context.lexicon)
                found.append(_forecast(sentence, sentence.doc, sign, told, context))
    return found


def _signs(doc: Doc, lexicon: Lexicon) -> Iterator[_Sign]:
    for t in doc:
        sign = _modal(t, lexicon) if t.tag_ == "MD" else _infinitive(t, lexicon) or _risk(t)
        if sign is not None and not any(over.lower_ in _DOUBTS for over in sign.verb.ancestors):
            yield sign


def _modal(modal: Token, lexicon: Lexicon) -> _Sign | None:
    """ "will leave", "could face"; not "could have left", "if they will", "could be heard"."""
    verb = modal.head
    if modal.lower_ not in _MODALS or modal.dep_ != "aux" or not _is_told(verb):
        return None
    if any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children):
        return None
    if any(s.i > modal.i for s in verb.children if s.dep_ == "nsubj"):
        return None  # a question: "will they leave"
    if modal.lower_ in _WOULD and _reported_by(verb, lexicon) is None:
        return None
    if modal.lower_ not in _SURE | _WOULD and not _is_to_come(modal, verb):
        return None
    return _Sign(verb, verb, _outlook_of(modal, verb, lexicon), modal)


def _is_to_come(modal: Token, verb: Token) -> bool:
    """Whether "could", "may" or "might" tells of something to come: not "could be heard", "which could help", "may be a screen"."""
    if verb.lower_ in _AT_THE_TIME or (modal.lower_ == "could" and _is_negated(verb)):
        return False
    return verb.dep_ != "relcl" and not (verb.lower_ == "be" and any(c.dep_ in ("attr", "acomp") for c in verb.children))


def _is_told(verb: Token) -> bool:
    """Whether the clause itself is told, and is no condition, question or purpose."""
    if any(c.dep_ == "mark" and c.lower_ in _NO_FORECAST_MARKS for c in verb.children):
        return False
    before = [c for c in verb.children if c.i < verb.i]
    asked = any(c.tag_ in ("WRB", "WP") and c.dep_ != "nsubj" for c in before)
    return not asked and not any(t.lower_ == "how" for c in before if c.dep_ in ("nsubj", "nsubjpass", "dobj") for t in c.subtree)


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _reported_by(verb: Token, lexicon: Lexicon) -> Token | None:
    """The word that reports the clause: "said" of "said it would leave", "announcement" of "the announcement that it would"."""
    for over in verb.ancestors:
        if over.lower_ in lexicon.reporting or over.lower_ in STATEMENTS:
            return over
    return next((c for c in verb.children if c.dep_ in ("parataxis", "ccomp") and c.lower_ in lexicon.reporting), None)


def _outlook_of(modal: Token, verb: Token, lexicon: Lexicon) -> Outlook:
    reporter = _reported_by(verb, lexicon)
    coloured = lexicon.outlook_that.get(reporter.lower_) if reporter is not None else None
    if coloured is not None and coloured is not Outlook.PREDICTION:
        return coloured
    if lexicon.outlook_harm.search(" ".join(t.lower_ for t in verb.subtree if t.i >= verb.i)):
        return Outlook.WARNING
    if coloured is not None:
        return coloured
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if modal.lower_ not in _SURE | _WOULD or subject is None or verb.lower_ == "be":
        return Outlook.PREDICTION
    if subject.lower_ in _OURSELVES:
        return Outlook.PROMISE
    if verb.lower_ in _SCHEDULED:
        return Outlook.PLAN
    refuses = (_is_negated(verb) or any(t.lower_ == "longer" for t in verb.children)) and reporter is not None
    return Outlook.PROMISE if refuses or (subject.lower_ in _THEMSELVES and reporter is not None) else Outlook.PREDICTION


def _infinitive(verb: Token, lexicon: Lexicon) -> _Sign | None:
    """ "expected to fall", "plans to leave", "the troops are to leave", "the order to withdraw"."""
    if verb.tag_ not in ("VB", "VBN", "VBG") or not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return None
    head = verb.head
    if head is verb:  # a headline: "Ministers to meet in Geneva"
        subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
        return _Sign(verb, verb, Outlook.PLAN, verb) if subject is not None else None
    if verb.dep_ not in ("xcomp", "ccomp", "acl") or head.i > verb.i or not _is_told(head):
        return None
    if head.lower_ in ("is", "are"):
        return _Sign(verb, head, Outlook.PLAN, head) if _is_due(head, verb) else None
    if head.lower_ == "going" and verb.dep_ == "xcomp" and any(c.dep_ == "aux" for c in head.children):
        return _Sign(verb, head, Outlook.PREDICTION, head)
    if head.tag_ in ("NN", "NNS"):
        outlook = lexicon.outlook_noun.get(head.lower_)
        return (
            _Sign(verb, verb, outlook, head) if outlook and verb.dep_ == "acl" and head.nbor(-1 if head.i else 0).lower_ != "in" else None
        )
    outlook = lexicon.outlook_to.get(head.lower_)
    if outlook is None or head.dep_ == "pcomp" or _is_over(head):
        return None
    if not _is_expected(head) if outlook is Outlook.PREDICTION else _is_negated(head):
        return None
    return _Sign(verb, head.head if head.tag_.startswith("JJ") and head.dep_ == "acomp" else head, outlook, head)


def _is_due(be: Token, verb: Token) -> bool:
    """Whether "is to" says what is to come: not "the aim is to win", "it is possible to win"."""
    subject = next((c for c in be.children if c.dep_ == "nsubj"), None)
    described = any(c.dep_ in ("acomp", "attr", "expl") for c in be.children)
    return verb.dep_ == "xcomp" and not described and (subject is None or subject.lower_ not in _PURPOSES)


def _risk(word: Token) -> _Sign | None:
    """ "risked turning her into a martyr", "risks a wider war"."""
    head = word.head
    if head.lower_ not in ("risk", "risks", "risked") or not head.tag_.startswith("VB"):
        return None
    held_out = (word.tag_ == "VBG" and word.dep_ in ("xcomp", "dobj", "ccomp")) or (word.tag_ in ("NN", "NNS") and word.dep_ == "dobj")
    return _Sign(word, head, Outlook.WARNING, head) if held_out else None


def _is_over(head: Token) -> bool:
    """Whether a preparation is told as past: "were preparing to", "stood prepared to"."""
    return head.lower_.startswith("prepar") and (
        head.tag_ in ("VBN", "VBD", "JJ") or any(c.lower_ in ("was", "were") for c in head.children)
    )


def _is_expected(head: Token) -> bool:
    """Whether somebody's expectation is meant: "is expected to", "likely to", not "expects to"."""
    if head.tag_.startswith("JJ"):
        return head.i + 1 < len(head.doc) and head.nbor().lower_ in ("to", "not")
    return (head.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in head.children)) or head.dep_ == "acl"


def _forecast(sentence: Sentence, doc: Doc, sign: _Sign, told: tuple[int, int], context: Context) -> Forecast:
    start, end = doc[told[0]].idx, doc[told[1]].idx + len(doc[told[1]])

    def span(start: int, end: int) -> Span:
        return Span(sentence.text[start:end], sentence.start + start, sentence.start + end)

    return Forecast(
        report=context.report.id,
        kind="forecast",
        part=sentence.part,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        content=span(start, end),
        cue=span(sign.cue.idx, sign.cue.idx + len(sign.cue)),
        mode=sign.outlook,
        horizon=_horizon(sentence, sign, end, context),
        sources=as_sources(_claimant(sentence, doc, sign, sentence.start + start, context), context.publisher, context.lexicon),
    ).identified(context.report.hash)


def _horizon(sentence: Sentence, sign: _Sign, end: int, context: Context) -> When | None:
    """By when: told in the clause ("By the end of this year, only …"), but not in its subject, nor before "to" in "agreed in May to leave"."""
    head = sign.head
    promised = sign.cue is head and head is not sign.verb
    start = sign.verb.left_edge.idx if promised else head.left_edge.idx
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    dates = context.calendar.dates(sentence)
    if subject is not None:
        dates = [d for d in dates if not subject.left_edge.idx <= d.start < subject.right_edge.idx]
    return horizon_of(sentence.text, start, end, dates, context.report.published)


def _content(sign: _Sign, doc: Doc, lexicon: Lexicon) -> tuple[int, int]:
    """The first and last token of what is expected, with its subject."""
    head = sign.head
    left_out = {t.i for c in head.children if _is_aside(c, lexicon) for t in c.subtree}
    kept = [t.i for t in head.subtree if t.i not in left_out]
    last = _last_word(max(head.i, sign.verb.i), max(kept), doc)
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < head.i), None)
    if subject is None or (subject.tag_ == "PRP" and sign.cue is head and head.lower_ in lexicon.reporting):
        own = (c.i for c in head.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < head.i)
        to = (c.i for c in sign.verb.children if c.lower_ == "to" and c.dep_ == "aux")
        return (min(to, default=sign.verb.i) if subject is not None else min(head.i, sign.verb.i, *own)), last
    if subject.tag_ in ("WDT", "WP") and head.dep_ == "relcl":
        return noun_phrase_of(head.head, doc)[0], last
    return subject.left_edge.i, last


def _is_aside(c: Token, lexicon: Lexicon) -> bool:
    """What hangs on the verb and is not part of what is expected: who says so, why, a clause of its own."""
    if c.dep_ in ("parataxis", "ccomp", "advcl") and c.lower_ in lexicon.reporting:
        return True
    if c.dep_ == "advcl" and any(m.lower_ in _REASONS for m in c.children):
        return True
    if c.dep_ == "conj" and any(s.dep_ in ("nsubj", "nsubjpass") for s in c.children):
        return True
    return c.dep_ == "prep" and c.lower_ == "according"


def _last_word(verb: int, last: int, doc: Doc) -> int:
    """The last token before a dash, a semicolon, ", which" or a clause of reason ends what is expected."""
    for t in doc[verb + 1 : last + 1]:
        after = doc[t.i + 1] if t.i < last else None
        if t.text in ("–", "—", ";", "...", "…") or (t.text == "-" and t.whitespace_ and doc[t.i - 1].whitespace_):
            last = t.i - 1
            break
        if after is not None and t.text == "," and (after.tag_ in ("WDT", "WP", "WRB") or after.lower_ in _REASONS):
            last = t.i - 1
            break
        if t.lower_ in ("because", "especially") or (t.lower_ == "on" and doc[t.i + 1 : t.i + 3].text.lower() == "the basis"):
            last = t.i - 1
            break
    while last > verb and (doc[last].is_punct or doc[last].tag_ in ("``", "''", "CC")):
        last -= 1
    return last


def _claimant(sentence: Sentence, doc: Doc, sign: _Sign, position: int, context: Context) -> Claimant | None:
    cue = governing(context.speakers.cues(sentence), sign.verb)
    if cue is not None:
        return context.speakers.claimant(sentence, cue)
    if sign.cue.tag_ in ("NN", "NNS"):
        owner = next((c for c in sign.cue.children if c.dep_ == "poss"), None)
        return context.speakers.named(sentence, noun_phrase_of(owner, doc), sign.cue.text) if owner is not None else None
    if sign.outlook in (Outlook.PROMISE, Outlook.WARNING) and sign.cue is sign.head:
        subject = next((c for c in sign.head.children if c.dep_ == "nsubj"), None)
        if subject is not None:
            return context.speakers.named(sentence, noun_phrase_of(subject, doc), sign.head.text)
    return context.speakers.of_quotation(sentence, position)
