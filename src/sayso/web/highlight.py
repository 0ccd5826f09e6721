"""Cuts the words of reports into pieces to be marked; joined together, the pieces are the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sayso.model import Claim, Event, Figure, Forecast, SourceFact, Span, Statement


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: `role` is their role in a claim ("" for none), `claims` the claims whose core
    they are in, the innermost first; `begins` those whose core begins here.
    """

    text: str
    role: str = ""
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def in_sentence(claim: Claim) -> list[Piece]:
    """The claim's own words with its parts marked: its core, who is counted, who says so, where."""
    spans = [
        (s.start, s.end, role)
        for role, s in _roles(claim)
        if s is not None and claim.start <= s.start and s.end <= claim.end
    ]
    return _cut(claim.quote, claim.start, spans)


def _roles(claim: Claim) -> list[tuple[str, Span | None]]:
    """The parts to mark; where two overlap, the later in this list is left out."""
    found: list[tuple[str, Span | None]] = [("core", claim.core)]
    match claim:
        case Figure():
            found += [("who", claim.who), ("by", claim.by)]
        case Event():
            found += [("by", claim.actor), ("who", claim.target)]
        case Statement() | Forecast():
            found.append(("cue", claim.cue))
        case SourceFact():
            found.append(("who", claim.value))
    for place in (claim.sources[-1] if claim.sources else None, claim.where):
        if (
            place is not None
            and place.text is not None
            and place.start is not None
            and place.end is not None
        ):
            found.append(
                (
                    "where" if place is claim.where else "says",
                    Span(place.text, place.start, place.end),
                )
            )
    return found


def _cut(text: str, begin: int, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    taken: list[tuple[int, int, str]] = []
    for start, end, role in spans:
        if all(end <= s or e <= start for s, e, _ in taken):
            taken.append((start, end, role))
    pieces, at = [], begin
    for start, end, role in sorted(taken):
        pieces += [
            Piece(text[at - begin : start - begin]),
            Piece(text[start - begin : end - begin], role),
        ]
        at = end
    pieces.append(Piece(text[at - begin :]))
    return [p for p in pieces if p.text]


def in_report(text: str, claims: Sequence[Claim]) -> list[list[Piece]]:
    """A report's title or text as paragraphs, the core of every claim marked with the kind of
    claim.
    """
    cores = [(c.core.start, c.core.end, c) for c in claims]
    edges = sorted({0, len(text), *(b for s, e, _ in cores for b in (s, e))})
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        here = sorted(
            (c for s, e, c in cores if s <= start and end <= e),
            key=lambda c: (c.core.end - c.core.start, c.id),
        )
        role = here[0].kind if here else ""
        begins = tuple(c.id for c in here if c.core.start == start)
        pieces.append(Piece(text[start:end], role, tuple(c.id for c in here), begins))
    return _paragraphs(pieces)


def _paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces by paragraph, which is a line of the text."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        if first:
            paragraphs[-1].append(replace(piece, text=first))
        for line in rest:
            paragraphs.append(
                [replace(piece, text=line, begins=() if first else piece.begins)] if line else []
            )
    return [p for p in paragraphs if p]
