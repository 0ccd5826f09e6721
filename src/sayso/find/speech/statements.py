"""Statements: attributions with the fullest name of who makes them."""

from __future__ import annotations

from sayso.find.context import Context
from sayso.find.speech.attributions import Attribution
from sayso.find.speech.speakers import Claimant, as_sources
from sayso.model import Mode, Span, Statement


def find_statements(context: Context) -> list[Statement]:
    """Every statement of the report, in order, with ids."""
    words = context.report.part
    told = (
        a
        for a in context.attributions
        if any(c.isalnum() for s, e in a.content for c in words(a.part)[s:e])
    )
    return [_statement(a, context.voices.claimant(a), context) for a in told]


def _statement(a: Attribution, said: Claimant, context: Context) -> Statement:
    words = context.report.part(a.part)

    def span(start: int, end: int) -> Span:
        return Span(words[start:end], start, end)

    beside = (
        [(said.start, said.end)]
        if said.start is not None and said.end is not None and a.source_sentence == a.sentence
        else []
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
