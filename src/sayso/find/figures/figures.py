"""Tolls and strengths of one report, as the coding guide defines them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from sayso.find.actors import actor_of
from sayso.find.context import Context
from sayso.find.figures.counted import Counted, Kind, People, status_of
from sayso.find.figures.fates import died_after_all
from sayso.find.figures.findings import Harmed
from sayso.find.figures.harm import RATE, find_harmed
from sayso.find.speech.claimants import claimant_of, is_hedged
from sayso.find.speech.speakers import Speakers, as_sources
from sayso.language.dates import DateExpression
from sayso.language.lexicon import Lexicon
from sayso.model import Count, Effect, Figure, Report, Scope, Span, Status, Where
from sayso.model.parsed import Sentence

_DAILY = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_TOTAL = re.compile(
    r"\b(?:since(?! (?:dawn|morning|noon|midnight|early|daybreak|sunrise))|so far|to date|overall|altogether|in total|in all|over the (?:past|last)|in the (?:past|last) (?:\w+ )?(?:hours|days|weeks|months|years)|"
    r"throughout|during the (?:war|conflict|past|last|civil|uprising|siege)|in the (?:war|conflict|civil war|uprising)|this (?:year|month)|last (?:year|month)|"
    r"(?:began|broke out|started|erupted)|every (?:day|week|month)|(?:years?|months) of (?:war|conflict|fighting)|seven-year|six-year|five-year|four-year|long war|civil war|"
    r"in recent (?:days|weeks|months|years)|in separate|across the country|nationwide|estimated)\b",
    re.IGNORECASE,
)


# So many are a sum over time, whatever else the sentence says.
_MANY = 2000

_EVENTS = r"(?:attacks|strikes|airstrikes|raids|operations|battles|clashes|offensives|bombings|bombardments|shootings|ambushes|assaults|explosions|blasts|incidents)"
# Several events told of at once: "attacks … in Aleppo and Quneitra", "the clashes … have killed", "weeklong".
_MANY_EVENTS = re.compile(
    rf"\b{_EVENTS}\b(?: with \w+(?: and \w+)?| by \w+)? (?:in|on) (?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?(?:,? (?-i:[A-Z])[\w-]+)* and (?:in |the )?(?-i:[A-Z])[\w-]+|"
    rf"\b(?:two|three|four|five|six|several|various|different|many|both|main) (?:\w+ )?(?:battlegrounds|areas|locations|provinces|cities|towns|villages|districts|regions|incidents|attacks)\b|"
    rf"\bseparate {_EVENTS}\b|\b{_EVENTS} (?:[\w’'-]+ ){{0,9}}have (?:killed|claimed|left|displaced|wounded|injured)\b|"
    rf"\b(?:week|month|year|days|weeks|months|years)-?long\b|\bin the (?:days|weeks|months) (?:after|before|since|following)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:an? (?:\w+ )?total of|a combined)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    sentence: Sentence
    harmed: Harmed | None
    counted: Counted
    claim: Figure
    whole: Counted | None = None


def find_figures(context: Context) -> list[Figure]:
    """Every toll and strength of the report, in order, with ids and parts linked."""
    drafts: list[_Draft] = []
    for sentence in context.sentences:
        if sentence.doc is not None:
            drafts += _of_sentence(sentence, sentence.doc, context, drafts)
    _settle_fates(drafts, context.sentences)
    _inherit_people(drafts, context.lexicon)
    _mix_wholes(drafts)
    drafts = _titles_from_body(drafts, context.speakers, context.report)
    _parts_from_wholes(drafts)
    report_hash = context.report.hash
    claims = {id(d.counted): d.claim.identified(report_hash) for d in drafts}
    out = []
    for d in drafts:
        claim = claims[id(d.counted)]
        if d.whole is not None and (whole := claims.get(id(d.whole))):
            claim = replace(claim, part_of=whole.id)
        out.append(claim)
    return out


def _of_sentence(
    sentence: Sentence, doc: Doc, context: Context, before: list[_Draft]
) -> list[_Draft]:
    dates = context.calendar.dates(sentence)
    people = People(
        doc, context.lexicon, [(d.start, d.end) for d in dates], sentence.part == "title"
    )
    harmed = find_harmed(doc, people, context.lexicon)
    denied = {h.counted.first for h in harmed if context.speakers.is_denied(sentence, doc[h.word])}
    harmed = [h for h in harmed if h.counted.first not in denied]
    harmed += _parts_of_the_last(harmed, people, sentence, before)
    drafts = [
        _Draft(sentence, h, h.counted, _toll(sentence, doc, h, dates, context), h.whole)
        for h in harmed
    ]
    patients = denied | {h.counted.first for h in harmed}
    force: Counted | None = None
    for c in people.all:
        if c.first in patients:
            continue
        if _is_strength(c, doc, context.lexicon):
            force = c
            drafts.append(_Draft(sentence, None, c, _strength(sentence, doc, c, dates, context)))
        elif force is not None and _is_part_of_force(c, force, doc):
            claim = _strength(sentence, doc, c, dates, context)
            claim = replace(claim, status=status_of(force, doc, context.lexicon))
            drafts.append(_Draft(sentence, None, c, claim, force))
    return drafts


def _settle_fates(drafts: list[_Draft], sentences: Sequence[Sentence]) -> None:
    """Counts among the dead those who are told of as shot or wounded elsewhere in the report."""
    tolls = [(d, d.harmed) for d in drafts if d.harmed is not None]
    for i in died_after_all([(d.sentence, h) for d, h in tolls], sentences):
        draft, harmed = tolls[i]
        harmed.effect = Effect.KILLED
        draft.claim = replace(draft.claim, effect=Effect.KILLED)


def _parts_of_the_last(
    harmed: list[Harmed], people: People, sentence: Sentence, before: list[_Draft]
) -> list[Harmed]:
    """ "More than 2,100 of them were Americans": parts of the last figure of the sentence before."""
    if harmed or not before:
        return []
    last = before[-1]
    if (
        last.harmed is None
        or last.sentence.part != sentence.part
        or sentence.index - last.sentence.index != 1
    ):
        return []
    whole = last.harmed.whole or last.counted
    known = last.counted.low is None or last.counted.low > 1
    return [
        Harmed(c, last.harmed.effect, c.first, whole)
        for c in people.all
        if c.of_them and known and c.kind is Kind.NUMBER
    ]


def _parts_from_wholes(drafts: list[_Draft]) -> None:
    """A part is of the people of its whole, and of its whole's time: soldiers, since the war began."""
    by_counted = {id(d.counted): d.claim for d in drafts}
    for d in drafts:
        if d.whole is None or (whole := by_counted.get(id(d.whole))) is None:
            continue
        status = whole.status if d.claim.status is Status.UNKNOWN else d.claim.status
        scope = whole.scope if d.claim.scope is Scope.INCIDENT else d.claim.scope
        d.claim = replace(d.claim, status=status, scope=scope, when=d.claim.when or whole.when)


def _is_part_of_force(c: Counted, force: Counted, doc: Doc) -> bool:
    """ "108,000 allied troops, including 68,000 from the US": a number without a noun of its own."""
    if c.kind is not Kind.NUMBER or c.low is None or c.low >= (force.low or 0):
        return False
    included = doc[c.first - 1].lower_ == "including" and (
        c.head is None or doc[c.head].tag_.startswith("NNP")
    )
    return c.of_them or included


def _toll(
    sentence: Sentence, doc: Doc, h: Harmed, dates: list[DateExpression], context: Context
) -> Figure:
    word = doc[h.word]
    claim = _figure(sentence, doc, h.counted, word, dates, context)
    status = _status(h.counted, doc, context)
    by = actor_of(sentence, doc, word, h, context.sides, context.sentences)
    scope, per = _scope(sentence, doc, h.counted, h.effect, dates)
    # No single day's news tells of thousands: such a sum takes no day from the sentences around it.
    when = context.calendar.when(
        sentence, word, dates, scope, carry=not _is_sum_of_a_war(h.counted, scope)
    )
    where = context.map.where(sentence, word, scope)
    return replace(
        claim,
        kind="toll",
        effect=h.effect,
        when=when,
        where=where,
        status=status,
        by=by,
        scope=scope,
        per=per,
    )


def _is_sum_of_a_war(c: Counted, scope: Scope) -> bool:
    return scope is Scope.TOTAL and (c.low or c.high or 0) >= _MANY


_UNTOLD = frozenset(
    "member members commander commanders leader leaders chief chiefs figure figures men man body bodies people remains cadre cadres".split()
)


def _named_status(name: str, report: Report, lexicon: Lexicon) -> Status:
    """What the report calls the person of this name, anywhere: "the US journalist James Foley".

    Nobody is a civilian for want of a word: where none is said, a report that speaks of civilians
    counts its named victims among them, and another leaves it open.
    """
    kinds: Counter[Status] = Counter()
    for m in re.finditer(rf"\b{re.escape(name.split()[-1])}\b", report.text):
        before = re.split(r"[.;!?]\s", report.text[max(0, m.start() - 60) : m.start()])[-1]
        after = re.split(r"[.;!?]\s", report.text[m.end() : m.end() + 90])[0]
        fought = _FOUGHT_WITH.search(before + m[0] + after)
        if fought and (side := lexicon.actor_pattern.search(fought["side"])):
            return (
                Status.MILITANT if lexicon.status(side[0]) is Status.MILITANT else Status.MILITARY
            )
        words = re.findall(
            r"[\w-]+", f"{' '.join(before.split()[-4:])} {' '.join(after.split()[:6])}".lower()
        )
        kinds.update(k for w in words if (k := lexicon.people.get(w)) not in (None, Status.UNKNOWN))
    first, second = [*kinds.most_common(2), (None, 0), (None, 0)][:2]
    if first[0] is not None and first[1] > second[1]:
        return first[0]
    return (
        Status.CIVILIAN
        if not kinds and re.search(r"\bcivilians?\b", report.text, re.IGNORECASE)
        else Status.UNKNOWN
    )


_FOUGHT_WITH = re.compile(
    r"\b(?:serv|fight|fought|volunteer|member|commander|leader|militant)\w*\b(?: \w+){0,2} (?:with|for|of|alongside) (?P<side>.{3,60})"
)


def _status(c: Counted, doc: Doc, context: Context) -> Status:
    """The status of the counted people; a noun that says nothing is read with what follows it, and
    one joined to people of another kind ("soldiers and state employees") is mixed."""
    lexicon = context.lexicon
    status = status_of(c, doc, lexicon)
    if c.head is None or c.who is None:
        return status
    head = doc[c.head]
    if c.kind is Kind.NAME:
        return _named_status(doc.text[c.start : c.end], context.report, lexicon)
    if status is Status.UNKNOWN and head.lower_ in _UNTOLD:
        end = head.i
        for t in doc[head.i + 1 : min(len(doc), head.i + 10)]:
            if t.tag_ in (
                "VBD",
                "VBZ",
                "VBP",
                "MD",
                "VBN",
                "WDT",
                "WP",
                ",",
                ".",
                ":",
            ) or t.lower_ in ("in", "at", "by", "on", "who"):
                break
            end = t.i
        words = doc[head.i + 1 : end + 1].text
        if re.match(r"(?:of|from|and|for) ", words):
            status = lexicon.status(re.sub(r"\b(?:of|from|for|and)\b", " ", words))
    joined = {
        lexicon.people.get(t.lower_, Status.UNKNOWN)
        for t in head.conjuncts
        if t.i > head.i and not any(x.dep_ == "nummod" or x.dep_ == "det" for x in t.children)
    }
    joined -= {Status.UNKNOWN}
    if status is not Status.UNKNOWN and joined - {status}:
        return Status.MIXED
    if re.match(
        r" (?:and |along with |with )?(?:(?:some |the )?members of )?their famil(?:y|ies)\b",
        doc.text[c.who[1] :],
    ) and (status is not Status.CIVILIAN or head.lower_ in _UNTOLD):
        return Status.MIXED
    return status


def _strength(
    sentence: Sentence, doc: Doc, c: Counted, dates: list[DateExpression], context: Context
) -> Figure:
    word = doc[c.head if c.head is not None else c.first]
    claim = _figure(sentence, doc, c, word, dates, context)
    planned = any(
        a.tag_ == "MD" and a.lower_ in ("will", "would", "'ll")
        for v in word.ancestors
        for a in v.children
        if a.dep_ == "aux"
    )
    when = context.calendar.when(sentence, word, dates, Scope.RATE)  # only a date of its own
    claim = replace(claim, when=when, where=context.map.where(sentence, word, Scope.TOTAL))
    return replace(
        claim, kind="strength", status=status_of(c, doc, context.lexicon), planned=planned
    )


def _figure(
    sentence: Sentence,
    doc: Doc,
    c: Counted,
    word: Token,
    dates: list[DateExpression],
    context: Context,
) -> Figure:
    part = context.report.part(sentence.part)

    def span(start: int, end: int) -> tuple[str, int, int]:
        a, b = sentence.start + start, sentence.start + end
        return part[a:b], a, b

    claimant = claimant_of(sentence, word, sentence.start + c.start, context)
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
        hedge=is_hedged(doc, word, context.lexicon),
    )


def _scope(
    sentence: Sentence, doc: Doc, c: Counted, effect: Effect, dates: list[DateExpression]
) -> tuple[Scope, str | None]:
    after = doc.text[c.end :]
    if m := RATE.match(after):
        return Scope.RATE, m["per"].lower()
    if m := re.match(r"^(?:\s\w+){0,3}?\s(daily|weekly|monthly|annually)\b", after, re.IGNORECASE):
        return Scope.RATE, _DAILY[m[1].lower()]
    if c.low == 1 and c.high == 1 and c.kind is not Kind.NUMBER:
        return Scope.INCIDENT, None
    if _TOTAL.search(doc.text):
        return Scope.TOTAL, None
    if (
        (c.low or c.high or 0) >= _MANY
        or _SUM.search(doc.text[: c.start])
        or _MANY_EVENTS.search(doc.text)
    ):
        return Scope.TOTAL, None
    if any(
        d.precision == "year"
        or (d.precision == "range" and not (d.first and d.last and (d.last - d.first).days <= 1))
        for d in dates
    ):
        return Scope.TOTAL, None
    return Scope.INCIDENT, None


_FORCE = frozenset(
    (
        "troops soldiers forces fighters militants personnel servicemen men police officers policemen marines gunmen insurgents "
        "rebels terrorists jihadists mercenaries militiamen volunteers recruits members advisers advisors force army bombers "
        "combatants commandos militia militias forces"
    ).split()
)


# Before a number of fighters: they are prisoners, losses or a threat averted, not a force in the field.
_IN_CUSTODY = re.compile(
    r"\b(?:hold|holds|held|holding|tak(?:e|es|ing|en) back|took back|repatriat\w+|prosecut\w+|try|trial|detain\w*|detention|imprison\w*|jail\w*|captur\w+|releas\w+|"
    r"los(?:e|es|t|ing)|prevent\w*|transfer\w*|evacuat\w+|surrender\w*|exchang\w+|bury|buried|funerals?|indict\w*|charg(?:e|es|ed|ing)|accus\w+|convict\w*|sentenc\w+|expel\w*|extradit\w+|sanction\w*|boot\w+|carry|carrying|convoy|bus(?:es)?)\b",
    re.IGNORECASE,
)


# Fighters who are somebody's victims, or in the dock.
_HARMING = re.compile(
    r"(?:kill|wound|injur|eliminat|destroy)\w*(?: (?:and|or|injur\w+|wound\w+|a|further|another|more|all|those|the|of))*\W*$",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"^[^.;,]{0,50} (?:(?:were|was|been|being|are) (?:\w+ )?|who )?(?:indicted|charged|accused|convicted|sentenced|expelled|sanctioned|suspended|fired)\b",
    re.IGNORECASE,
)


def _is_strength(c: Counted, doc: Doc, lexicon: Lexicon) -> bool:
    """Whether the number says how large a force is: "130,000 troops", "some 500 fighters attacked"."""
    if c.head is None or c.kind not in (Kind.NUMBER, Kind.VAGUE) or c.of_them:
        return False
    noun = doc[c.head].lower_
    if noun not in _FORCE or (c.low is None and c.high is None):
        return False
    if doc.text.startswith("-strong", c.end):
        return True
    before, after = doc.text[max(0, c.start - 60) : c.start], doc.text[c.end : c.end + 90]
    if (
        (c.low or c.high or 0) < 10
        or _IN_CUSTODY.search(before)
        or _HARMING.search(before)
        or _ACCUSED.search(after)
    ):
        return False
    status = status_of(c, doc, lexicon)
    return status in (Status.MILITARY, Status.MILITANT)


# Nouns that only repeat the harm: "10 civilians were killed and 45 injured" has no people of its own.
_HARMED_ONES = re.compile(r"^(?:the )?(?:dead|killed|injured|wounded|hurt|missing)$", re.IGNORECASE)
_OTHERS = re.compile(r"^(?:(?:many|several|some|the) )?(?:other|others|more)$", re.IGNORECASE)


def _inherit_people(drafts: list[_Draft], lexicon: Lexicon) -> None:
    """An elliptical figure ("and 70 wounded") takes the people of the one before it; "13 others" its status."""
    last: _Draft | None = None
    for d in drafts:
        doc = d.sentence.doc
        if d.harmed is None or doc is None:
            continue
        if d.counted.who is None or (
            d.claim.who is not None and _HARMED_ONES.match(d.claim.who.text)
        ):
            if noun := _predicated(d, doc, lexicon):
                d.claim = replace(d.claim, who=noun, status=lexicon.status(noun.text))
            elif (
                last is not None
                and last.sentence is d.sentence
                and last.claim.who is not None
                and last.counted.kind in (Kind.NUMBER, Kind.VAGUE)
            ):
                d.claim = replace(d.claim, who=last.claim.who, status=last.claim.status)
        elif (
            _OTHERS.match(d.claim.who.text if d.claim.who else "")
            and last is not None
            and d.sentence.index - last.sentence.index <= 1
        ):
            d.claim = replace(d.claim, status=last.claim.status)
        if d.harmed.whole is None or last is None:
            last = d  # "38 civilians, 14 of them children, and 250 wounded": civilians again


def _mix_wholes(drafts: list[_Draft]) -> None:
    """People of whom only some are told to be fighters are mixed: "2,000 people including rebel fighters"."""
    of = {id(d.counted): d for d in drafts}
    for d in drafts:
        whole = (
            of.get(id(d.harmed.whole))
            if d.harmed is not None and d.harmed.whole is not None
            else None
        )
        if (
            whole is not None
            and whole.claim.status is Status.UNKNOWN
            and d.claim.status in (Status.MILITARY, Status.MILITANT)
        ):
            whole.claim = replace(whole.claim, status=Status.MIXED)


def _predicated(d: _Draft, doc: Doc, lexicon: Lexicon) -> Span | None:
    """The noun that a bare number is said to be: "one of them a child", "nine of the dead were civilians"."""
    for t in doc[d.counted.last + 1 : d.counted.last + 6]:
        if t.lower_ in lexicon.people:
            start = d.sentence.start + t.idx
            return Span(d.sentence.text[t.idx : t.idx + len(t)], start, start + len(t))
        if t.lower_ not in (
            "a",
            "an",
            "were",
            "was",
            "are",
            "is",
            "all",
            "mostly",
            "them",
            "whom",
            "of",
            ",",
        ) and t.tag_ not in (
            "JJ",
            "NNP",
        ):
            return None
    return None


def _titles_from_body(drafts: list[_Draft], speakers: Speakers, report: Report) -> list[_Draft]:
    """A title takes its date, place, claimant and actor from the body's first figure that equals it."""
    body = [d.claim for d in drafts if not speakers.is_headline(d.sentence)]

    def filled(claim: Figure) -> Figure:
        same = [
            b
            for b in body
            if b.kind == claim.kind
            and b.effect == claim.effect
            and b.count.low == claim.count.low
            and b.count.high == claim.count.high
        ]
        same = same or [
            b
            for b in body
            if b.kind == claim.kind and b.effect == claim.effect and b.count.low == claim.count.low
        ]
        if not same:
            # A count that the body does not repeat is still one of the same event.
            day = next(
                (b.when for b in body if b.effect == claim.effect and b.scope is Scope.INCIDENT),
                None,
            )
            return replace(
                claim, when=claim.when or (day if claim.scope is Scope.INCIDENT else None)
            )
        own_voice = (
            claim.sources[-1].role == "publisher"
            or not re.search(r"(?<!^)\b[A-Z]", claim.sources[-1].name or "")
            or claim.sources[-1].cue in ("-", "–", "—")
        )
        named = next((b.sources for b in same if b.sources[-1].role != "publisher"), claim.sources)
        sources = claim.sources
        if own_voice and named[-1].name:
            sources = tuple(replace(s, text=None, start=None, end=None) for s in named)
        return replace(
            claim,
            sources=sources,
            when=claim.when or next((b.when for b in same if b.when), None),
            where=claim.where
            if claim.where and claim.scope is Scope.TOTAL
            else _where_in(claim, _nearest(claim, same), report),
            by=_actor_in(claim, [b.by for b in same if b.by], report),
        )

    for d in drafts:
        if speakers.is_headline(d.sentence):
            d.claim = filled(d.claim)
    return drafts


# How close a place is, for the choice among the places that a report gives for one figure.
_CLOSENESS = {None: 0, "country": 1, "admin1": 2, "admin2": 3, "town": 4, "point": 5}


def _nearest(claim: Figure, same: list[Figure]) -> Where | None:
    """The most specific place among the claim's own and those of the body's equal figures."""
    places = [c.where for c in (claim, *same) if c.where]
    return max(places, key=lambda w: _CLOSENESS[w.precision], default=None)


def _where_in(title_claim: Figure, place: Where | None, report: Report) -> Where | None:
    """A body's place as the title's claim holds it: at the title's own words, else without a position."""
    if place is None or place == title_claim.where or title_claim.part == "text":
        return place
    start = report.title.find(place.text)
    return (
        replace(place, start=start, end=start + len(place.text))
        if start >= 0
        else replace(place, start=None, end=None)
    )


def _actor_in(title_claim: Figure, actors: list[Span], report: Report) -> Span | None:
    """The first of a body's actors that the title names too."""
    if title_claim.by is not None or not actors:
        return title_claim.by
    if title_claim.part == "text":
        return actors[0]
    return next(
        (
            replace(a, start=at, end=at + len(a.text))
            for a in actors
            if (at := report.title.find(a.text)) >= 0
        ),
        None,
    )
