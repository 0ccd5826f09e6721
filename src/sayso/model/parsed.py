"""A report's sentences with their grammar: the output of `parse` and the input of `find`."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpanOfTokens

from sayso.model import Report


@dataclass(slots=True)
class Sentence:
    """One sentence: `part[start:end] == text`. `doc` is its parse, None where there is none."""

    part: str  # "title" or "text"
    index: int
    start: int
    end: int
    text: str
    doc: Doc | None = None

    def offset(self, token: Token) -> int:
        """Where the token begins in the part."""
        return self.start + token.idx


@dataclass(slots=True)
class Parsed:
    """A report with its sentences, title first."""

    report: Report
    sentences: list[Sentence] = field(default_factory=list)


def tokens_between(doc: Doc, start: int, end: int) -> SpanOfTokens:
    """The tokens that overlap the characters from `start` to `end` of the sentence."""
    span = doc.char_span(start, max(end, start + 1), alignment_mode="expand")
    assert span is not None  # "expand" finds a token for any offset within the text
    return span
