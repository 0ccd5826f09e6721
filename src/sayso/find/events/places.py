"""Where an act took place: its own phrase before its clause, its sentence before those around."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from sayso.find.context import Context
from sayso.find.events.acts import Act
from sayso.find.events.clauses import clause_of
from sayso.find.events.happenings import FORCE
from sayso.find.where import Mention, Rank
from sayso.model import EventType, When, Where
from sayso.model.parsed import Sentence

# What happened longer ago than this many days is background: it was not in the town of the news.
_NEWS = 45
_CLAUSES = frozenset({"advcl", "relcl", "ccomp", "conj", "parataxis", "acl"})


class EventPlaces:
    """The places of the acts of one report."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(
        self, act: Act, told_at: Token, sentence: Sentence, when: When | None, target: Token | None
    ) -> Where | None:
        """The act's place; what is said has one only where its own words name it."""
        own = self._own(act, told_at, sentence) or (
            self._struck(target, sentence) if act.word.type in FORCE else None
        )
        if own is not None:
            return self._known(self._context.map.as_where(sentence, own))
        if act.word.type not in FORCE:
            return None
        if (named := self._in_sentence(sentence, told_at)) is not None or self._is_background(when):
            return self._known(self._context.map.as_where(sentence, named)) if named else None
        return self._known(self._context.map.where(sentence, told_at))

    def _own(self, act: Act, told_at: Token, sentence: Sentence) -> Mention | None:
        """The best place in the act's own phrase, else for an act of force in its clause."""
        near = self._within(told_at, sentence, aside=act.word.type is EventType.CONSULT)
        if (
            not near
            and act.word.type in FORCE
            and act.is_noun
            and (verb := clause_of(act.head)[0]) is not None
        ):
            near = self._within(verb, sentence)
        return max(near, key=lambda m: (m.rank, -abs(m.start - told_at.idx)), default=None)

    def _struck(self, target: Token | None, sentence: Sentence) -> Mention | None:
        """The place that was itself acted on: "invaded Afghanistan"."""
        if target is None or target.tag_ not in ("NNP", "NNPS"):
            return None
        held = (
            m
            for m in self._context.map.mentions(sentence)
            if m.rank >= Rank.COUNTRY and m.start <= target.idx < m.end
        )
        return next((replace(m, aside=False) for m in held), None)

    def _within(self, head: Token, sentence: Sentence, *, aside: bool = False) -> list[Mention]:
        """The places in the words that hang on the head, other clauses left out."""
        words = list(_phrase(head))
        held = [
            m
            for m in self._context.map.mentions(sentence)
            if m.rank >= Rank.COUNTRY and (aside or not m.aside)
        ]
        return [
            replace(m, aside=False) for m in held if any(m.start <= t.idx < m.end for t in words)
        ]

    def _in_sentence(self, sentence: Sentence, told_at: Token) -> Mention | None:
        held = [
            m
            for m in self._context.map.mentions(sentence)
            if m.rank >= Rank.COUNTRY and not m.aside
        ]
        return max(held, key=lambda m: (m.rank, -abs(m.start - told_at.idx)), default=None)

    def _is_background(self, when: When | None) -> bool:
        published = self._context.report.published
        if when is None or published is None:
            return False
        end = when.end or published
        return (published - end).days > _NEWS or (
            when.start is not None and (end - when.start).days > _NEWS
        )

    def _known(self, place: Where | None) -> Where | None:
        """In a text in capitals, words that the gazetteer does not know and that are no names are no place."""
        if (
            place is None
            or place.geonames is not None
            or not place.text.isupper()
            or place.country is not None
        ):
            return place
        return (
            None
            if any(self._context.lexicon.is_common(w) for w in place.text.lower().split())
            else place
        )


def _phrase(head: Token) -> list[Token]:
    found, open_ = [head], [head]
    while open_:
        for c in open_.pop().children:
            if (c.dep_ not in _CLAUSES and c.dep_ not in ("nsubj", "nsubjpass")) or (
                c.dep_ == "conj" and c.tag_.startswith("N")
            ):
                found.append(c)
                open_.append(c)
    return found
