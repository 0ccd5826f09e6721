"""Statements: attributions with the fullest name of who makes them."""

from __future__ import annotations

from sayso.find.context import Context
from sayso.find.speech.attributions import Attribution
from sayso.find.speech.speakers import Claimant, as_sources
from sayso.model import Mode, Span, Statement
from sayso.sentences import Sentence, tokens_between


def find_statements(context: Context) -> list[Statement]:
    """Every statement of the report, in order, with ids."""
    return [_statement(a, context) for a in context.attributions]


def _statement(a: Attribution, context: Context) -> Statement:
    words = context.report.part(a.part)

    def span(start: int, end: int) -> Span:
        return Span(words[start:end], start, end)

    said = speaker_of(a, context)
    beside = (
        [(said.start, said.end)] if said and said.start is not None and said.end is not None and a.source_sentence == a.sentence else []
    )
    told = [*a.content, *([a.cue] if a.cue else []), *beside]
    start, end = min(s for s, _ in told), max(e for _, e in told)
    parts = tuple(span(s, e) for s, e in a.content)
    return Statement(
        report=context.report.id,
        kind="statement",
        part=a.part,
        quote=words[start:end],
        start=start,
        end=end,
        content=span(parts[0].start, parts[-1].end),
        parts=parts if len(parts) > 1 else (),
        cue=span(*a.cue) if a.cue else None,
        mode=Mode(a.mode),
        sources=as_sources(said, context.publisher, context.lexicon),
    ).identified(context.report.hash)


def speaker_of(a: Attribution, context: Context) -> Claimant | None:
    """Who makes the statement, by the fullest name; nobody where only the cue tells that it is one ("is expected")."""
    cue = context.report.part(a.part)[slice(*a.cue)] if a.cue else ""
    if a.source is None or a.source_sentence is None:
        return Claimant(None, None, None, None, cue)
    sentence = context.sentences[a.source_sentence]
    first, last = _tokens(sentence, a.source)
    # Where the rules for figures see the same claimant, or an outlet in between, they know the rest of the chain.
    for known in context.speakers.cues(sentence):
        if any(n is not None and n[0] <= last and first <= n[1] for n in (known.via, known.claimant)) and known.via is not None:
            return context.speakers.claimant(sentence, known)
    return context.speakers.named(sentence, (first, last), cue)


def _tokens(sentence: Sentence, place: tuple[int, int]) -> tuple[int, int]:
    assert sentence.doc is not None
    span = tokens_between(sentence.doc, place[0] - sentence.start, place[1] - sentence.start)
    return span.start, span.end - 1
