"""Tolls and strengths of one report, as the coding guide defines them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from sayso.dates import DateExpression
from sayso.find.actors import actor_of
from sayso.find.attribution import Claimant, Speakers, as_party, as_sources, governing
from sayso.find.counted import Counted, Kind, People, status_of
from sayso.find.harm import Harmed, find_harmed
from sayso.find.when import Calendar
from sayso.find.where import Map
from sayso.lexicon import Lexicon
from sayso.model import Count, Effect, Figure, Report, Scope, Source, SourceType, Span, Status
from sayso.parse import Parsed, Sentence
from sayso.places import Gazetteer

_RATE = re.compile(r"^(?:\s[\w-]+){0,3}?\s(?:a|an|per|every|each) (day|week|month|year|hour)\b(?!-)", re.IGNORECASE)
_DAILY = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
_TOTAL = re.compile(
    r"\b(?:since|so far|to date|overall|altogether|in total|in all|over the (?:past|last)|in the (?:past|last) (?:\w+ )?(?:hours|days|weeks|months|years)|"
    r"throughout|during the (?:war|conflict|past|last|civil|uprising|siege)|in the (?:war|conflict|civil war|uprising)|this (?:year|month)|last (?:year|month)|"
    r"(?:began|broke out|started|erupted)|every (?:day|week|month)|(?:years?|months) of (?:war|conflict|fighting)|seven-year|six-year|five-year|four-year|long war|civil war|"
    r"in recent (?:days|weeks|months|years)|in separate|across the country|nationwide|estimated)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Draft:
    sentence: Sentence
    harmed: Harmed | None
    counted: Counted
    claim: Figure


class Context:
    """What a sentence's claims need to know of the whole report."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.report = parsed.report
        self.lexicon = lexicon
        self.speakers = Speakers(parsed, lexicon)
        self.calendar = Calendar(parsed)
        self.map = Map(parsed, gazetteer)
        self.publisher = Source(name=parsed.report.publisher, role="publisher")
        self.sentences = parsed.sentences


def find_figures(parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Figure]:
    """Every toll and strength of the report, in order, with ids and parts linked."""
    context = Context(parsed, lexicon, gazetteer)
    drafts = [d for s in parsed.sentences if s.doc is not None for d in _of_sentence(s, s.doc, context)]
    drafts = _titles_from_body(drafts)
    claims = {id(d.counted): d.claim.identified(parsed.report) for d in drafts}
    out = []
    for d in drafts:
        claim = claims[id(d.counted)]
        if d.harmed is not None and d.harmed.whole is not None and (whole := claims.get(id(d.harmed.whole))):
            claim = replace(claim, part_of=whole.id)
        claim.check(parsed.report)
        out.append(claim)
    return out


def _of_sentence(sentence: Sentence, doc: Doc, context: Context) -> Iterator[_Draft]:
    dates = context.calendar.dates(sentence)
    people = People(doc, context.lexicon, [(d.start, d.end) for d in dates])
    harmed = find_harmed(doc, people, context.lexicon)
    for h in harmed:
        yield _Draft(sentence, h, h.counted, _toll(sentence, doc, h, dates, context))
    patients = {h.counted.first for h in harmed}
    for c in people.all:
        if c.first not in patients and _is_strength(c, doc, context.lexicon):
            yield _Draft(sentence, None, c, _strength(sentence, doc, c, dates, context))


def _toll(sentence: Sentence, doc: Doc, h: Harmed, dates: list[DateExpression], context: Context) -> Figure:
    word = doc[h.word]
    claim = _figure(sentence, doc, h.counted, word, dates, context)
    status = status_of(h.counted, doc, context.lexicon)
    by = actor_of(sentence, doc, word, h, context.lexicon, context.sentences)
    scope, per = _scope(sentence, doc, h.counted, h.effect, dates)
    claim = replace(claim, kind="toll", effect=h.effect, status=status, by=by, scope=scope, per=per)
    return _with_party(claim, context.lexicon)


def _strength(sentence: Sentence, doc: Doc, c: Counted, dates: list[DateExpression], context: Context) -> Figure:
    word = doc[c.head if c.head is not None else c.first]
    claim = _figure(sentence, doc, c, word, dates, context)
    planned = any(a.tag_ == "MD" and a.lower_ in ("will", "would", "'ll") for v in word.ancestors for a in v.children if a.dep_ == "aux")
    return replace(claim, kind="strength", status=status_of(c, doc, context.lexicon), planned=planned)


def _figure(sentence: Sentence, doc: Doc, c: Counted, word: Token, dates: list[DateExpression], context: Context) -> Figure:
    part = context.report.part(sentence.part)

    def span(start: int, end: int) -> tuple[str, int, int]:
        a, b = sentence.start + start, sentence.start + end
        return part[a:b], a, b

    claimant = _claimant(sentence, word, sentence.start + c.start, context)
    text, start, end = span(c.start, c.end)
    return Figure(
        report=context.report.id,
        kind="toll",
        part=sentence.part,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        count=Count(text, start, end, c.low, c.high, c.approx),
        who=Span(*span(*c.who)) if c.who else None,
        sources=as_sources(claimant, context.publisher, context.lexicon),
        hedge=_hedged(doc, word, context.lexicon),
        when=context.calendar.when(sentence, word, dates),
        where=context.map.where(sentence, word),
    )


def _claimant(sentence: Sentence, word: Token, position: int, context: Context) -> Claimant | None:
    cue = governing(context.speakers.cues(sentence), word)
    if cue is not None:
        return context.speakers.claimant(sentence, cue)
    return context.speakers.of_quotation(sentence, position)


def _hedged(doc: Doc, word: Token, lexicon: Lexicon) -> bool:
    """Whether a hedge stands near the harm word, in its own clause."""
    window = doc[max(0, word.i - 8) : min(len(doc), word.i + 5)].text
    return bool(lexicon.hedge.search(window))


def _scope(sentence: Sentence, doc: Doc, c: Counted, effect: Effect, dates: list[DateExpression]) -> tuple[Scope, str | None]:
    after = doc.text[c.end :]
    if m := _RATE.match(after):
        return Scope.RATE, m[1].lower()
    if m := re.match(r"^(?:\s\w+){0,3}?\s(daily|weekly|monthly|annually)\b", after, re.IGNORECASE):
        return Scope.RATE, _DAILY[m[1].lower()]
    if _TOTAL.search(doc.text):
        return Scope.TOTAL, None
    if effect is Effect.DISPLACED and (c.low or 0) >= 2000:
        return Scope.TOTAL, None
    if any(d.precision in ("year",) or d.precision == "range" for d in dates):
        return Scope.TOTAL, None
    return Scope.INCIDENT, None


def _with_party(claim: Figure, lexicon: Lexicon) -> Figure:
    """Marks a claimant who speaks of its own side's or its enemy's dead."""
    last = claim.sources[-1]
    if last.role != "claimant" or not last.name or claim.status not in (Status.MILITARY, Status.MILITANT):
        return claim
    fights = last.type in (SourceType.MILITARY, SourceType.ARMED_GROUP) or lexicon.actor_pattern.search(last.name)
    return replace(claim, sources=as_party(claim.sources)) if fights else claim


_FORCE = frozenset(
    [
        "troops",
        "soldiers",
        "forces",
        "fighters",
        "militants",
        "personnel",
        "servicemen",
        "men",
        "police",
        "officers",
        "policemen",
        "marines",
        "gunmen",
        "insurgents",
        "rebels",
        "terrorists",
        "jihadists",
        "mercenaries",
        "militiamen",
        "volunteers",
        "recruits",
        "members",
        "advisers",
        "advisors",
        "force",
        "army",
        "bombers",
        "combatants",
        "commandos",
    ]
)


def _is_strength(c: Counted, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the number says how large a force is: "130,000 troops", "some 500 fighters attacked"."""
    if c.head is None or c.kind not in (Kind.NUMBER, Kind.VAGUE) or c.of_them:
        return False
    noun = doc[c.head].lower_
    if noun not in _FORCE or (c.low is None and c.high is None):
        return False
    status = status_of(c, doc, lexicon)
    return status in (Status.MILITARY, Status.MILITANT)


def _titles_from_body(drafts: list[_Draft]) -> list[_Draft]:
    """A title takes its date, place, claimant and actor from the body's first figure that equals it."""
    body = [d.claim for d in drafts if d.claim.part == "text"]

    def filled(claim: Figure) -> Figure:
        same = [
            b
            for b in body
            if b.kind == claim.kind and b.effect == claim.effect and b.count.low == claim.count.low and b.count.high == claim.count.high
        ]
        same = same or [b for b in body if b.kind == claim.kind and b.effect == claim.effect and b.count.low == claim.count.low]
        if not same:
            return claim
        own_voice = claim.sources[-1].role == "publisher"
        named = next((b.sources for b in same if b.sources[-1].role != "publisher"), claim.sources)
        sources = claim.sources
        if own_voice and named[-1].name:
            sources = (*named[:-1], replace(named[-1], text=None, start=None, end=None))
        return replace(
            claim,
            sources=sources,
            when=claim.when or next((b.when for b in same if b.when), None),
        )

    for d in drafts:
        if d.claim.part == "title":
            d.claim = filled(d.claim)
    return drafts


def describe(report: Report) -> str:
    """How a report is called in messages: its title, or its id."""
    return report.title or report.id
