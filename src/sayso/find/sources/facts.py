"""What a report says of its sources: who funds them, runs them, where they sit, what others call them.

Only of sources: what speaks or is spoken to in the report, and agencies and outlets we know. Three
places tell: words before the name ("the state-run SANA"), behind it ("Amaq, which is linked to
IS"), and a sentence about it ("RT … has been labelled as a propaganda outlet by …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from sayso.find.context import Context
from sayso.find.sources.mentions import BEFORE, RELATION_OF, TIES, Mention, mentions_in, undescribed
from sayso.find.speech.cues import governing
from sayso.find.speech.speakers import Claimant, as_sources
from sayso.model import Relation, SourceFact, Span
from sayso.model.parsed import Sentence, tokens_between


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing said of a mention: its value, with offsets in the sentence, and who is named as saying it."""

    relation: Relation
    start: int
    end: int
    by: tuple[int, int] | None = None


# What may stand between such words and the name.
_BETWEEN = re.compile(
    r"(?!.*\band (?:an?|the)\b)(?:[\s,]*\b(?:and|[a-z][\w'’-]*|(?:[A-Z]\w+(?:ian|ese|ish|an|i)))\b){0,5}\s+"
)
_BETWEEN_TAGS = frozenset("NN NNS NNP NNPS JJ HYPH VBN VBG CC POS , DT CD".split())

_KIND = (
    r"(?:network|agency|outlet|newspaper|paper|channel|website|site|broadcaster|station|magazine|daily|weekly|organi[sz]ation|group|monitor|watchdog|"
    r"NGO|charity|think[ -]tank|mouthpiece|institute|observatory|arm|wing|service|publication|body|blog|portal|collective)s?"
)
_LABELLED = r"(?:labell?ed|described|branded|denounced|regarded|seen|considered|designated|characteri[sz]ed|called|dubbed|viewed|criticised|criticized|listed|dismissed)"
_COPULA = r"(?:is|was|are|were)(?: (?:also|widely|reportedly|largely|mostly|mainly|itself|partly|wholly|closely|openly))*"
_WORD = r"[\w’'-]+(?:\.[\w’'-]+)*"
# Of what one can be for or against: somebody by name, or a side.
_SIDE = r"(?=[^,.;]*(?:[A-Z]|\b(?:government|regime|opposition|rebels?|uprising|revolution|war|insurgents?|militants?|army|authorities)\b))"
_PARTY = rf"(?P<value>(?:the )?{_WORD}(?: {_WORD}){{0,8}}?)"
_STOP = r"(?=,|\.|;|:|\)|\s[-–—]\s|$| (?:and (?:has|is|was|has|which|that|relies|says|said|had)|said|says|say|tells?|reported|told|announced|added|that|which|who|has|have|had|was|were|is|are|quoted|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|to)\b)"
# Clauses behind a name, from after "which", "that" or "and": what each says.
_CLAUSES: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    *((r, re.compile(rf"(?:{_COPULA} |has been |^)(?:{words}) (?:by|in|to|with) {_PARTY}{_STOP}")) for r, words in TIES.items()),
    (Relation.SIDES_WITH, re.compile(rf"(?:{_COPULA} |^)(?:close|loyal|sympathetic) to {_PARTY}{_STOP}")),
    (Relation.SIDES_WITH, re.compile(rf"^(?:supports?|backs?|sides? with|supporting|backing) {_SIDE}{_PARTY}{_STOP}")),
    (Relation.OPPOSES, re.compile(rf"(?:{_COPULA} |^)(?:opposed|hostile) to {_PARTY}{_STOP}")),
    (Relation.OPPOSES, re.compile(rf"^(?:opposes?|opposing) {_SIDE}{_PARTY}{_STOP}")),
    (Relation.FUNDED_BY, re.compile(rf"^(?:receives? (?:its )?fund(?:s|ing)|gets (?:its )?(?:funds|funding|money)) from {_PARTY}{_STOP}")),
    (Relation.PART_OF, re.compile(rf"(?:{_COPULA} |^)(?:an? |the )?(?:part|arm|wing|branch|subsidiary|unit) of {_PARTY}{_STOP}")),
    (Relation.DESCRIBED_AS, re.compile(r"^(?P<value>(?:relies|relied|monitors?|tracks?|documents?|collects?|gathers?|follows?|counts?) .+?)(?=,|\.|;|$| said\b| says\b| quoted\b| (?:and )?has (?:said|reported)\b| and\b says?\b| and (?:says|said)\b)")),
)  # fmt: skip
_KNOWN_AS = re.compile(
    r"\b(?:(?:previously|formerly|originally|also|better|commonly|sometimes|initially|once) (?:known|called|named)(?: as| by)?(?: (?:its|the) (?:acronyms?|initials|abbreviations?))?|known as|formerly) "
    r"[\"“'‘]?(?P<value>(?:the )?[A-ZÀ-Þ][\w.&’'-]*(?: (?:of|the|for|and|in|[A-ZÀ-Þ][\w.&’'-]*)(?= |\b))*)"
)
_LABEL = re.compile(
    rf"(?:(?:has|have|had) (?:also )?(?:\w+ly )?been|{_COPULA}|and|but)(?: \w+ly)? {_LABELLED}(?: as| to be)? (?P<value>(?:an?|the) [^,.;]+?) by (?P<by>[^,.;]+?)(?=,|\.|;|$| and (?:is|has|was)\b| (?:for|because|in|after)\b)"
)
_CALLED = re.compile(
    rf"\b(?:calls|called|(?:has |have |had )?(?:{_LABELLED}))\s+$"
)  # before the name, in "Washington has labelled RT a propaganda outlet"
_AS = re.compile(r"^(?: as)? (?P<value>(?:an?|the) [^,.;]+?)(?=,|\.|;|$| that\b| which\b| and\b)")
# The description's own noun: "the editor of a newspaper" is no newspaper.
_HEADED = r"(?:(?!\b(?:of|for|from|at|in|who|whose|on)\b)[^,.;()])*?"
_APPOSED = re.compile(rf"^,? ?(?:\([^)]{{1,40}}\))?, (?P<value>(?:an?|the|one of the) {_HEADED}\b{_KIND}\b[^,.;()]*?)(?=,|\.|;|$| (?:that|which|who|said|says)\b)")  # fmt: skip
_IS = re.compile(
    rf"^(?:,[^,]*,| \([^)]*\))? {_COPULA} (?P<value>(?:an?|the|one of the) {_HEADED}\b{_KIND}\b(?:(?! (?:that|which|who|and)\b) [^\s,.;]+)*)"
)
# What goes between a name and the clause that tells of it; nothing where the sentence itself does.
_OPENING = re.compile(
    rf"(?:,? ?(?:which|that)|,[^,;]{{3,60}},(?= {_COPULA} | has )|,"
    rf"|(?= {_COPULA} | has | relies | supports? | opposes? | monitors | tracks | (?:close|loyal|opposed|hostile|sympathetic) to "
    rf"| (?:{'|'.join(RELATION_OF)}) (?:by|in|to|with) )) (?=[a-z])"
)
_ANDED = re.compile(
    r"\b(?:and|which|that|but|who)\s+(?=(?:is|was|has|relies|monitors|tracks|supports|opposes|receives|gets)\b)"
)


def find_source_facts(context: Context) -> list[SourceFact]:
    """Everything that the report says of its sources, in order, each with who says it; ids are set."""
    facts: dict[str, SourceFact] = {}
    for sentence in context.sentences:
        if sentence.doc is None:
            continue
        other_names: list[_Said] = []
        mentions = mentions_in(sentence, context)
        for mention in mentions:
            if any(n.start <= mention.start and mention.end <= n.end for n in other_names):
                continue  # "RT, formerly Russia Today, is …" tells of one source
            for said in _said_of(mention, sentence):
                if said.relation is Relation.DESCRIBED_AS and any(
                    said.start <= m.start < said.end for m in mentions if m is not mention
                ):
                    continue  # "citing officials, the Yonhap agency reports": another source, and no description
                other_names += [said] * (said.relation is Relation.KNOWN_AS)
                fact = _fact(mention, said, sentence, context)
                facts.setdefault(fact.id, fact)
    return list(facts.values())


def _said_of(mention: Mention, sentence: Sentence) -> Iterator[_Said]:
    text = sentence.text
    yield from _before(mention, sentence)
    rest = text[mention.end :]
    head = re.match(
        r"^(?: \([^)]*\))?(?:['’]s\b)?(?: (?:news )?(?:agency|network|channel|newspaper|website|outlet|television|TV|group|monitor|watchdog))*",
        rest,
    )
    at = mention.end + (head.end() if head else 0)
    rest = text[at:]
    if m := _APPOSED.match(rest) or _IS.match(rest):
        yield from _described(at + m.start("value"), at + m.end("value"), text)
    if m := _KNOWN_AS.search(rest[:80]):
        if re.match(
            rf"^(?:,| \(|,? (?:which|that) (?:is|was)| {_COPULA}) ?$",
            rest[: m.start()].rstrip() or ",",
        ):
            yield _Said(Relation.KNOWN_AS, at + m.start("value"), at + m.end("value"))
    yield from _behind(at, text)
    if (m := _CALLED.search(text[: mention.start].removesuffix("the "))) and (
        called := _AS.match(rest)
    ):
        yield _Said(
            Relation.DESCRIBED_AS,
            at + called.start("value"),
            at + called.end("value"),
            _caller(m.start(), sentence),
        )


def _before(mention: Mention, sentence: Sentence) -> Iterator[_Said]:
    """What the words in the mention or right before it say: "Britain-based", "state-run", "pro-opposition"."""
    text, doc = sentence.text, sentence.doc
    assert doc is not None
    for m in BEFORE.finditer(text, max(0, mention.start - 90), mention.end):
        if m.end() > mention.end:
            continue
        if m.end() <= mention.start:
            between = text[m.end() : mention.start]
            if between.strip() and not _BETWEEN.fullmatch(between):
                continue
            tags = (
                {t.tag_ for t in tokens_between(doc, m.end() + 1, mention.start)}
                if between.strip()
                else set()
            )
            if (
                tags
                - _BETWEEN_TAGS
                - {tokens_between(doc, mention.start, mention.start + 1)[0].tag_}
            ):
                continue
        if m["party"]:
            yield _Said(RELATION_OF[m["tie"]], *m.span("party"))
        elif m["common"]:
            yield _Said(RELATION_OF[m["tied"]], *m.span("common"))
        else:
            group, relation = next((g, r) for g, r in _BY_GROUP if m[g])
            yield _Said(relation, *m.span(group))


_BY_GROUP = (
    ("pro", Relation.SIDES_WITH),
    ("anti", Relation.OPPOSES),
    ("called", Relation.DESCRIBED_AS),
)


# Says nothing that the name does not: "a group".
_EMPTY = re.compile(r"(?:an?|the) (?:group|organi[sz]ation|body|site|arm|wing|service)")


def _described(start: int, end: int, text: str) -> Iterator[_Said]:
    """A description, and what the words in it say by themselves: "a group close to the opposition"."""
    if not _EMPTY.fullmatch(text[start:end]):
        yield _Said(Relation.DESCRIBED_AS, start, end)
    for m in BEFORE.finditer(text, start, end):
        if m["party"]:
            yield _Said(RELATION_OF[m["tie"]], *m.span("party"))
    words = text[start:end]
    for relation, pattern in _CLAUSES[:-1]:
        for place in re.finditer(
            r"(?<= )(?:run|owned|funded|financed|based|backed|linked|affiliated|close|loyal|opposed|controlled)\b",
            words,
        ):
            if tied := pattern.match(words[place.start() :]):
                yield _Said(
                    relation,
                    start + place.start() + tied.start("value"),
                    start + place.start() + tied.end("value"),
                )


def _behind(at: int, text: str) -> Iterator[_Said]:
    """What a clause behind the name says: ", which is linked to IS", "is funded by", "has been labelled as … by …"."""
    for begin in _clauses(text[at:]):
        clause = text[at + begin :]
        for relation, pattern in _CLAUSES:
            if m := pattern.match(clause):
                yield _Said(relation, at + begin + m.start("value"), at + begin + m.end("value"))
        if m := _LABEL.match(clause):
            by = at + begin + m.start("by"), at + begin + m.end("by")
            yield _Said(
                Relation.DESCRIBED_AS,
                at + begin + m.start("value"),
                at + begin + m.end("value"),
                by,
            )


def _clauses(rest: str) -> list[int]:
    """Where clauses about the name begin: behind it, behind its description, and after each "and" that goes on so."""
    begins = [m.end()] if (m := _OPENING.match(rest)) else []
    if apposed := _APPOSED.match(rest) or _IS.match(rest):
        begins += [
            apposed.end() + m.end()
            for m in re.finditer(r"^,? ?(?:which|that|who) ", rest[apposed.end() :])
        ]
    if begins:
        begins += [m.end() for m in _ANDED.finditer(rest, min(begins))]
    return sorted(set(begins))


def _caller(before: int, sentence: Sentence) -> tuple[int, int] | None:
    """Who calls a source something: the subject of the verb that begins at the offset."""
    assert sentence.doc is not None
    for verb in tokens_between(sentence.doc, before, before + 30):
        for t in verb.lefts:
            if t.dep_ == "nsubj":
                span = sentence.doc[t.left_edge.i : t.i + 1]
                return span.start_char, span.end_char
    return None


def _fact(mention: Mention, said: _Said, sentence: Sentence, context: Context) -> SourceFact:
    part = context.report.part(sentence.part)

    def span(start: int, end: int) -> Span:
        return Span(
            part[sentence.start + start : sentence.start + end],
            sentence.start + start,
            sentence.start + end,
        )

    return SourceFact(
        report=context.report.id,
        kind="source",
        part=sentence.part,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        sources=as_sources(
            _claimant(mention, said, sentence, context), context.publisher, context.lexicon
        ),
        about=span(mention.start, mention.end),
        name=mention.name,
        relation=said.relation,
        value=span(said.start, said.end),
    ).identified(context.report.hash)


def _claimant(
    mention: Mention, said: _Said, sentence: Sentence, context: Context
) -> Claimant | None:
    """Who says it: whom the words name, or whoever the sentence's words are; the report where the source only speaks itself."""
    if said.by is not None:
        start, end = sentence.start + said.by[0], sentence.start + said.by[1]
        words = context.report.part(sentence.part)[start:end]
        return Claimant(context.speakers.name_of(words), words, start, end, "by")
    doc = sentence.doc
    assert doc is not None
    word = tokens_between(doc, said.start, said.end)[0]
    at = tokens_between(doc, mention.start, mention.end)
    cues = context.speakers.cues(sentence)
    speaks = any(
        span[0] < at.end and at.start <= span[1]
        for c in cues
        for span in (c.claimant, c.via)
        if span is not None
    )
    # What describes who speaks is the report's own, whatever else the sentence cites.
    open_cues = [
        c
        for c in cues
        if (
            _is_said(word, doc[c.verb])
            if c.verb is not None
            else c.text.lower() == "according to" and c.start == 0
        )
    ]
    cue = governing(open_cues, word) if not speaks else None
    if cue is None:
        return context.speakers.of_quotation(sentence, sentence.start + said.start)
    claimant = context.speakers.claimant(sentence, cue)
    return claimant if claimant.name is None or undescribed(claimant.name) != mention.name else None


def _is_said(word: Token, verb: Token) -> bool:
    """Whether the word stands in the clause that the verb reports, and not with where or how it was said."""
    below = word
    for above in word.ancestors:
        if above == verb:
            return below.dep_ in ("ccomp", "parataxis", "xcomp")
        below = above
    return False
