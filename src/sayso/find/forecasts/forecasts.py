"""What is expected, planned, promised or threatened, by whom, and by when.

`find.lookahead` finds the words that look ahead, `find.outlooks` tells what kind of forecast they make.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.find.context import Context
from sayso.find.events.relevance import is_about_conflict
from sayso.find.forecasts.horizon import horizon_of
from sayso.find.forecasts.lookahead import Sign, signs, subject_of
from sayso.find.forecasts.outlooks import SURE, WOULD, binds_itself, reporter_of, subject_through
from sayso.find.speech.claimants import innermost_claimant
from sayso.find.speech.extents import noun_phrase_of
from sayso.find.speech.speakers import Claimant, as_sources
from sayso.language.lexicon import Lexicon
from sayso.model import Forecast, Outlook, Span, When
from sayso.model.parsed import Sentence

# A text of fewer words may be about a conflict without its words.
_ENOUGH_TO_JUDGE = 50
# Inside a quotation these are its speaker, whom the words around it name.
_OURSELVES = frozenset("i we you my our your".split())
# What follows these no longer tells what is expected, but why, or besides what.
_REASONS = frozenset(
    "because since as while although though especially particularly whereas insisting saying adding".split()
)


def find_forecasts(context: Context) -> list[Forecast]:
    """Every forecast of the report, in order, with ids; none where it is not about a conflict."""
    found: list[Forecast] = []
    if len(context.report.text.split()) >= _ENOUGH_TO_JUDGE and not is_about_conflict(
        context.report, context.lexicon
    ):
        return found
    for sentence in context.sentences:
        if sentence.doc is None or sentence.text.rstrip("\"'”’ ").endswith("?"):
            continue
        told: tuple[int, int] = (
            -1,
            -1,
        )  # the tokens of the last forecast: what stands within it is part of it
        quoted = frozenset(
            t.i
            for t in sentence.doc
            if context.speakers.is_quoted(sentence, sentence.start + t.idx)
        )
        for sign in signs(sentence.doc, quoted, context.lexicon):
            if not told[0] <= sign.verb.i <= told[1]:
                told = _content(sign, sentence.doc, context.lexicon)
                found.append(_forecast(sentence, sentence.doc, sign, told, context))
    return found


def _forecast(
    sentence: Sentence, doc: Doc, sign: Sign, told: tuple[int, int], context: Context
) -> Forecast:
    start, end = doc[told[0]].idx, doc[told[1]].idx + len(doc[told[1]])

    def span(start: int, end: int) -> Span:
        return Span(sentence.text[start:end], sentence.start + start, sentence.start + end)

    claimant = _claimant(
        sentence, doc, sign, (sentence.start + start, sentence.start + end), context
    )
    mode = sign.outlook
    if (
        sign.cue.tag_ == "MD"
        and sign.cue.lower_ in SURE | WOULD
        and mode in (Outlook.PREDICTION, Outlook.PLAN)
        and claimant
        and claimant.name
    ):
        if binds_itself(sign.head, sign.verb, claimant.name):
            mode = Outlook.PROMISE
    return Forecast(
        report=context.report.id,
        kind="forecast",
        part=sentence.part,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        content=span(start, end),
        cue=span(sign.cue.idx, sign.cue.idx + len(sign.cue)),
        mode=mode,
        horizon=_horizon(sentence, sign, end, context),
        sources=as_sources(claimant, context.publisher, context.lexicon),
    ).identified(context.report.hash)


def _horizon(sentence: Sentence, sign: Sign, end: int, context: Context) -> When | None:
    """By when: told in the clause ("By the end of this year, only …"), but not in its subject, nor before "to" in "agreed in May to leave"."""
    head = sign.head
    promised = sign.cue == head and head != sign.verb
    start = sign.verb.left_edge.idx if promised else head.left_edge.idx
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    dates = context.calendar.dates(sentence)
    if subject is not None:
        dates = [d for d in dates if not subject.left_edge.idx <= d.start < subject.right_edge.idx]
    return horizon_of(sentence.text, start, end, dates, context.report.published)


def _content(sign: Sign, doc: Doc, lexicon: Lexicon) -> tuple[int, int]:
    """The first and last token of what is expected, with its subject."""
    head = sign.head
    left_out = {t.i for c in head.children if _is_aside(c, lexicon) for t in c.subtree}
    kept = [t.i for t in head.subtree if t.i not in left_out]
    last = _last_word(max(head.i, sign.verb.i), max(kept), doc, lexicon)
    if head.tag_ in ("NN", "NNS"):  # "talks set for Monday", "a war ahead"
        return head.left_edge.i, max(last, sign.cue.i)
    subject = subject_of(head)
    pronoun = (
        subject is not None
        and subject.tag_ == "PRP"
        and sign.cue == head
        and head.lower_ in lexicon.reporting
    )
    if subject is None or pronoun or (subject.tag_ in ("WDT", "WP") and sign.cue.tag_ != "MD"):
        own = (c.i for c in head.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < head.i)
        to = (
            c.i
            for c in sign.verb.children
            if c.i < sign.verb.i and (c.dep_ == "neg" or (c.lower_ == "to" and c.dep_ == "aux"))
        )
        return (
            min(to, default=sign.verb.i) if subject is not None else min(head.i, sign.verb.i, *own)
        ), last
    if subject.tag_ in ("WDT", "WP") and head.dep_ == "relcl" and sign.cue.tag_ == "MD":
        return noun_phrase_of(head.head, doc)[0], last
    first = subject.left_edge.i
    while (
        first < subject.i and doc[first].is_punct
    ):  # the signs that archives put before paragraphs
        first += 1
    return first, last


def _is_aside(c: Token, lexicon: Lexicon) -> bool:
    """What hangs on the verb and is not part of what is expected: who says so, why, a clause of its own."""
    if c.dep_ in ("parataxis", "ccomp", "advcl") and c.lower_ in lexicon.reporting:
        return True
    if c.dep_ == "advcl" and any(m.lower_ in _REASONS for m in c.children):
        return True
    if c.dep_ == "conj" and any(
        s.dep_ in ("nsubj", "nsubjpass") or (s.dep_ in ("aux", "auxpass") and s.lower_ != "to")
        for s in c.children
    ):
        return any(s.dep_ == "cc" for s in c.head.children) or subject_of(c) is not None
    return c.dep_ == "prep" and c.lower_ == "according"


def _last_word(verb: int, last: int, doc: Doc, lexicon: Lexicon) -> int:
    """The last token before a dash, a semicolon, ", which" or a clause of reason ends what is expected."""
    dashes = [
        t.i
        for t in doc[verb + 1 : last + 1]
        if t.text in ("–", "—") or (t.text == "-" and t.whitespace_ and doc[t.i - 1].whitespace_)
    ]
    paired = (
        set(dashes) if len(dashes) % 2 == 0 else set()
    )  # "its allies – the Kurds – at the mercy of"
    for t in doc[verb + 1 : last + 1]:
        after = doc[t.i + 1] if t.i < last else None
        if t.text in (";", "...", "…") or (t.i in dashes and t.i not in paired):
            last = t.i - 1
            break
        if (
            t.tag_ == "CC"
            and after is not None
            and after.tag_ == "VBD"
            and after.lower_ in lexicon.reporting
        ):
            last = t.i - 1
            break
        if (
            after is not None
            and t.text == ","
            and (after.tag_ in ("WDT", "WP", "WRB") or after.lower_ in _REASONS)
        ):
            last = t.i - 1
            break
        if t.lower_ in ("because", "especially", "according") or (
            t.lower_ == "on" and doc[t.i + 1 : t.i + 3].text.lower() == "the basis"
        ):
            last = t.i - 1
            break
    while last > verb and (doc[last].is_punct or doc[last].tag_ in ("``", "''", "CC")):
        last -= 1
    return last


def _claimant(
    sentence: Sentence, doc: Doc, sign: Sign, told: tuple[int, int], context: Context
) -> Claimant | None:
    """Who says so: whose plan or promise it is, else who speaks."""
    reporter = reporter_of(sign.verb, context.lexicon)
    noun = sign.cue if sign.cue.tag_ in ("NN", "NNS") else reporter
    if noun is not None and noun.tag_ in ("NN", "NNS") and (owner := _owner(noun)) is not None:
        return context.speakers.named(sentence, noun_phrase_of(owner, doc), noun.text)
    if (
        sign.cue.tag_ == "MD"
        and reporter is not None
        and reporter.tag_.startswith("VB")
        and reporter.lower_ not in context.lexicon.reporting
    ):
        teller = subject_of(reporter)  # "critics worry that it will"
        if (
            teller is not None
            and teller.dep_ == "nsubj"
            and teller.tag_ not in ("WDT", "WP")
            and teller.lower_ not in _OURSELVES
        ):
            return context.speakers.named(sentence, noun_phrase_of(teller, doc), reporter.text)
    if (
        sign.outlook in (Outlook.PROMISE, Outlook.WARNING)
        and sign.cue == sign.head
        and sign.cue.lower_ in context.lexicon.outlook_to
    ):
        subject = subject_through(sign.head)
        if subject is not None and subject.tag_ in ("WDT", "WP") and sign.head.dep_ == "relcl":
            subject = sign.head.head
        if subject is not None:
            return context.speakers.named(sentence, noun_phrase_of(subject, doc), sign.head.text)
    return innermost_claimant(sentence, sign.verb, sign.cue, told, context)


def _owner(noun: Token) -> Token | None:
    """Whose fear, threat or assurance it is: "the group's fear", "Russia gave assurances"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None and noun.dep_ == "dobj":
        owner = subject_of(noun.head)
    if owner is not None and owner.tag_ == "PRP$":  # "Russia renewed its threat"
        verb = next(
            (v for v in noun.ancestors if v.tag_.startswith("VB") and subject_of(v) is not None),
            None,
        )
        theirs = subject_of(verb) if verb is not None else None
        owner = theirs if theirs is not None and not theirs.is_ancestor(noun) else owner
    return (
        owner
        if owner is None
        or (owner.tag_ not in ("WDT", "WP", "EX") and owner.lower_ not in _OURSELVES)
        else None
    )
