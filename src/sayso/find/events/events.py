"""What happened: the events of one report, as the guide defines them.

An event is an act that the lists of `data/events.toml` name and the sentence tells as done. Acts
of one clause that tell of one happening are one event: "an air strike killed 20", "opened fire,
wounding three".
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from sayso.find.context import Context
from sayso.find.events.acts import Act, find_acts
from sayso.find.events.clauses import Words, phrase
from sayso.find.events.factual import happened
from sayso.find.events.happenings import FORCE, Counting, Happening, Merging
from sayso.find.events.participants import Roles
from sayso.find.events.places import EventPlaces
from sayso.find.events.relevance import is_about_conflict
from sayso.find.events.shared import completed
from sayso.find.speech.claimants import claimant_of, is_hedged
from sayso.find.speech.speakers import as_sources
from sayso.language.dates import DateExpression
from sayso.model import Blame, Event, EventType, Source, SourceType, Span, When
from sayso.model.parsed import Sentence

_AIR = re.compile(
    r"\b(?:air[- ]?(?:strike|raid|attack|force|craft)|war ?plane|jet|helicopter|barrel bomb|sortie)s?\b",
    re.IGNORECASE,
)
# Words before an act that say that its doer is only thought to be the one.
_SUSPECTED = re.compile(
    r"\b(?:suspect(?:ed|s)?|possibl[ey]|probabl[ey]|presum(?:ed|ably)|apparent(?:ly)?|alleged(?:ly)?|likely|believed|may have|might have)\b",
    re.IGNORECASE,
)


def find_events(context: Context, *, every_report: bool = False) -> list[Event]:
    """Every event of the report, in order, with ids set; none in a report that is not about a conflict.

    With `every_report` the caller answers for the report, as for single sentences.
    """
    if not every_report and not is_about_conflict(context.report, context.lexicon):
        return []
    finder = _Finder(context)
    found: dict[str, Event] = {}
    for sentence in context.sentences:
        if sentence.doc is not None:
            for event in finder.of_sentence(sentence, sentence.doc):
                found.setdefault(event.id, event)
    return completed(list(found.values()))


class _Finder:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._words = context.lexicon.events
        self._roles = Roles(context.sides)
        self._counting = Counting(context.lexicon, self._roles)
        self._merging = Merging(context.lexicon, self._roles, self._counting)
        self._places = EventPlaces(context)
        self._hash = context.report.hash
        self._by_air = bool(_AIR.search(context.report.text))

    def of_sentence(self, sentence: Sentence, doc: Doc) -> list[Event]:
        acts = [a for a in find_acts(doc, self._words) if happened(a, self._words)]
        acts = [a for a in acts if not self._context.speakers.is_denied(sentence, a.head)]
        dates = self._context.calendar.dates(sentence)
        acts = [a for a in acts if not self._is_to_come(a, dates)]
        if not acts:
            return []
        drafts = self._merging.merged([self._happening(a, sentence) for a in acts])
        return [
            self._event(sentence, doc, d, dates) for d in drafts if self._counting.counts(d, dates)
        ]

    def _happening(self, act: Act, sentence: Sentence) -> Happening:
        who = self._roles.of(act)
        carried = (
            self._antecedent(who.pronoun, sentence)
            if who.actor is None and who.pronoun is not None
            else None
        )
        return Happening(act, who, carried)

    def _antecedent(self, pronoun: Token, sentence: Sentence) -> Span | None:
        """Who "he" or "they" are: the subject of the main clause of the sentence before, where it can act and fits in number."""
        at = sentence.index - 1
        before = self._context.sentences[at] if at >= 0 else None
        if before is None or before.part != sentence.part or before.doc is None:
            return None
        roots = [t for t in before.doc if t.dep_ == "ROOT"]
        subject = next(
            (c for r in roots for c in r.children if c.dep_ in ("nsubj", "nsubjpass")), None
        )
        if (
            subject is None
            or subject.tag_ not in ("NN", "NNS", "NNP", "NNPS")
            or not self._roles.can_act(subject)
        ):
            return None
        several = subject.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in subject.children)
        if several != (pronoun.lower_ == "they") and not (
            pronoun.lower_ == "they" and self._roles.takes_side(subject)
        ):
            return None
        return _span(before, before.doc, phrase(subject))

    def _is_to_come(self, act: Act, dates: list[DateExpression]) -> bool:
        """Whether the act's own date lies after the report: "a total withdrawal in 2014"."""
        published = self._context.report.published
        if published is None:
            return False
        own = [
            x
            for c in act.head.children
            if c.dep_ in ("prep", "npadvmod")
            for x in dates
            if c.left_edge.idx <= x.start <= c.right_edge.idx
        ]
        return any(x.first is not None and x.first > published for x in own)

    def _event(
        self, sentence: Sentence, doc: Doc, d: Happening, dates: list[DateExpression]
    ) -> Event:
        act, context = d.act, self._context
        word = _told_at(act.head)
        trigger = _span(sentence, doc, (act.first, act.last))
        claimant = claimant_of(sentence, act.head, trigger.start, context)
        sources = as_sources(claimant, context.publisher, context.lexicon)
        actor = _span(sentence, doc, d.who.actor) if d.who.actor else d.carried
        force = act.word.type in FORCE
        if not force and actor is not None and _is_same(actor.text, sources[-1].text):
            sources = as_sources(
                None, context.publisher, context.lexicon
            )  # the report tells that they said it
        when = _own_day(act, dates) or context.calendar.when(
            sentence, word, dates, carry=force and not _is_perfect(act)
        )
        return Event(
            report=context.report.id,
            kind="event",
            part=sentence.part,
            quote=sentence.text,
            start=sentence.start,
            end=sentence.end,
            trigger=trigger,
            type=act.word.type,
            mode=self._mode(d),
            actor=actor,
            target=_span(sentence, doc, d.who.target) if d.who.target else None,
            sources=sources,
            hedge=is_hedged(doc, act.head, context.lexicon),
            when=when,
            where=self._places.of(act, word, sentence, when, d.who.target_head),
            blame=self._blame(doc, d, actor, sources[-1]),
        ).identified(self._hash)

    def _mode(self, d: Happening) -> str | None:
        word = d.act.word
        if word.type is not EventType.ASSAULT:
            return word.mode
        told = d.who.weapons
        if "suicide-attack" in told and word.mode in (None, "explosives"):
            return "suicide-attack"
        if word.base in ("bomb", "bombing", "bombard", "bombing campaign"):
            return "explosives" if "explosives" in told or not self._by_air else "aerial"
        if word.base.startswith("fire ") and word.mode == "firearms" and told:
            return told[0]  # "shells fired at the town"
        if word.base == "strike" and d.act.is_noun and self._by_air and not told:
            return "aerial"
        return word.mode or (told[0] if told else None)

    def _blame(self, doc: Doc, d: Happening, actor: Span | None, last: Source) -> Blame | None:
        if actor is None:
            return None
        if d.who.claimed or (
            d.act.word.type in FORCE
            and last.role == "claimant"
            and last.type not in _BYSTANDERS
            and _same(actor.text, f"{last.name or ''} {last.text or ''}")
        ):
            return Blame.ADMITTED
        if d.act.word.type not in FORCE:
            return Blame.FACT
        first, last_word = d.who.actor or (d.act.first, d.act.last)
        near = doc[max(0, min(first, d.act.first) - 3) : max(last_word, d.act.last) + 1].text
        if _SUSPECTED.search(near):
            return Blame.POSSIBLE
        return Blame.ATTRIBUTED if d.who.laid or last.role == "claimant" else Blame.FACT


# They claim no act as their own, however they are called.
_BYSTANDERS = frozenset(
    {
        SourceType.NGO,
        SourceType.MEDICAL,
        SourceType.MEDIA,
        SourceType.AGENCY,
        SourceType.EXPERT,
        SourceType.WITNESS,
        SourceType.LOCAL,
    }
)


def _told_at(head: Token) -> Token:
    """Where the act's time and place are looked for: at "occurred" in "massacres of the sort that occurred"."""
    for p in head.children:
        if p.dep_ == "prep":
            for o in p.children:
                if (
                    o.lower_ in ("sort", "kind", "type")
                    and (clause := next((c for c in o.children if c.dep_ == "relcl"), None))
                    is not None
                ):
                    return clause
    return head


def _own_day(act: Act, dates: list[DateExpression]) -> When | None:
    """The day that hangs on the act itself: "Tuesday's attack", "the protests in March", "since it intervened in May"."""
    doc, noun = act.head.doc, act.head
    for p in noun.children:
        if p.dep_ == "prep" and p.lower_ in ("in", "on", "during") and p.i > noun.i:
            for d in dates:
                if p.idx < d.start <= p.idx + len(p) + 1 and d.first is not None:
                    return When(d.first, d.last, doc.text[d.start : d.end], d.precision)
    if not act.is_noun:
        return None
    left = doc[noun.left_edge.i].idx
    own = next(
        (d for d in dates if left <= d.start < doc[act.first].idx and d.first is not None), None
    )
    return When(own.first, own.last, doc.text[own.start : own.end], own.precision) if own else None


def _is_perfect(act: Act) -> bool:
    """ "have been killed": up to now, and so not on the day of the sentences around."""
    return not act.is_noun and any(
        c.dep_ == "aux" and c.lower_ in ("has", "have") for c in act.head.children
    )


def _span(sentence: Sentence, doc: Doc, words: Words) -> Span:
    start, end = doc[words[0]].idx, doc[words[1]].idx + len(doc[words[1]])
    return Span(sentence.text[start:end], sentence.start + start, sentence.start + end)


def _is_same(actor: str, claimant: str | None) -> bool:
    words = claimant is not None and {w for w in re.findall(r"\w+", claimant.lower()) if w != "the"}
    return bool(words) and words == set(re.findall(r"\w+", actor.lower()))


def _same(actor: str, claimant: str) -> bool:
    """Whether the claimant is the actor, by a name that both have."""
    names = {w for w in re.findall(r"[A-Z][\w-]+", actor) if len(w) > 2}
    return bool(names & set(re.findall(r"[A-Z][\w-]+", claimant)))
