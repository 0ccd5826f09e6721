"""Who said what: every statement of a report, with its words, the cue that announces them and who makes it.

Learned weights decide, over signs read off grammar and quotation marks: which words announce a
statement, which words it is, whose it is, and whether it is kept. What holds for quotations
whatever the words is by rule: one that stands alone belongs to who spoke last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.find.speech.contents import (
    NAMING,
    Content,
    Span,
    Surroundings,
    contents,
    fitting,
    name_start,
)
from sayso.find.speech.extents import DAYS
from sayso.find.speech.plausible import is_statement, names_speaker, speaking
from sayso.find.speech.tellers import Teller, announcing, may_announce, tellers, telling
from sayso.find.speech.trees import Tree
from sayso.find.speech.weights import Weights, load_weights, probability, score, shares
from sayso.language.lexicon import Lexicon, load_lexicon
from sayso.language.quotations import MARKS, quotations
from sayso.model.parsed import Parsed

# A word that announces a statement with less probability than this is not looked at further.
_FLOOR = 0.08
# What is kept: statements missed and invented balance best here, on articles that were not learned from.
KEEP = 0.34
# Of the places where a statement's words can stand, so many of the likeliest are weighed against each other.
_LIKELIEST = 8
# Source and cue of one clause have fewer characters between them.
_BESIDE = 30
# A closing mark with the punctuation before it takes at most so many characters.
_MARK_REACH = 3
# A quotation of fewer words that stands alone is a heading or the title of a work as often as speech.
_STANDS_ALONE = 5
# Acts of force by their stems. Articles on politics, which the weights were learned from, use some of them for
# words ("attacked her record"); in reports of war what they act on is no statement unless it is quoted.
_FORCE = frozenset(
    "respond attack launch strik hit target push bomb shell fir seiz destroy captur kill".split()
)
_CLAIMED = frozenset(
    "lif liv responsibility credit victim casualty territory".split()
)  # what is claimed without being said
_ACTED_ON = frozenset("dobj nsubjpass nsubj prep agent next relcl up0".split())
# Stems of verbs of saying that may stand before their speaker, and tags of finite verbs.
_SAYS = frozenset(
    "claim proclaim declar announc insist warn report stat add argu not explain admit estimat allege predict".split()
)
_FINITE = frozenset("VBZ VBD VBP MD".split())
# Tags and words that end or begin no name.
_NO_NAME_ENDS = frozenset(", : . -LRB- POS CC ``".split())
_NO_NAME_BEGINS = frozenset(", : . -RRB- CC ''".split())
_QUOTES = MARKS - frozenset("‘’'")
_DATE = re.compile(r"\d+[./-]\d+[./-]\d+")
_BEFORE_NAMES = DAYS | frozenset(
    "like but and meanwhile however unlike earlier later separately".split()
)
_POSSESSIVE = frozenset("'s ’s s ’ '".split())
# Verbs that name whom something is said to, in at most so many words before the "that" of what is said.
_TOLD = frozenset(
    "tell told inform warn remind assur assure reassur notify say said announc alleg".split()
)
_ADDRESSED = 6
# Words that link a sentence to the one before, and are no statement's first words.
_LINKS = frozenset("and but yet so still however meanwhile also now then".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement: its words, the cue that announces them, and who makes it.

    Every span is offsets into the report's `part`. `content` has more than one span where the cue
    or its speaker stands between the words. `cue` is None for a quotation that stands alone.
    `source` is None when nobody is named; `speaker` is its head, the number of a token of the
    sentence `source_sentence`. `sentence` is that of the cue, or where the quotation begins.
    `mode` is "direct" when all words are in quotation marks, "indirect" when none, else "mixed".
    `likely` is the probability that a reader would mark it.
    """

    part: str
    sentence: int
    cue: Span | None
    content: tuple[Span, ...]
    source: Span | None
    source_sentence: int | None
    speaker: int | None
    mode: str
    likely: float


def find_attributions(
    parsed: Parsed,
    weights: Weights | None = None,
    keep: float = KEEP,
    lexicon: Lexicon | None = None,
) -> list[Attribution]:
    """Every statement of the report, in order of part and place. Sentences without a parse hold none.

    Raises SaysoError when no weights are given and the package's own are missing.
    """
    weights = weights or load_weights()
    lexicon = lexicon or load_lexicon()
    found: list[Attribution] = []
    for part in (
        "text",
        "title",
    ):  # who speaks in the text tells whether a title's "X: …" names a speaker
        around = surroundings(parsed, part)
        proposed = proposals(around, weights)
        likely = [probability(score(weights.whole, signs)) for signs in judging(proposed)]
        sure = (
            _judged(part, p, n, keep, around, lexicon)
            for p, n in zip(proposed, likely, strict=True)
        )
        kept = [a for a in sure if a is not None]
        kept = _once(
            [a for a in kept if not _is_heading(a, [*found, *kept], parsed, lexicon)], around
        )
        kept += _standing_alone(part, kept, around)
        found += sorted(kept, key=lambda a: (a.content[0], a.sentence))
    return sorted(found, key=lambda a: a.part == "text")


def _judged(
    part: str, p: Proposal, likely: float, keep: float, around: Surroundings, lexicon: Lexicon
) -> Attribution | None:
    """The proposal as a statement; None where it is none."""
    if inverted := _inverted(part, p, around):
        return inverted
    if likely < keep or _is_act(p, around):
        return None
    head = speaking(p.tree, p.cue, p.teller)
    if not is_statement(p.tree, p.cue, p.span, head, likely, around, lexicon):
        return None
    return _attribution(part, replace(p, teller=Teller(head, p.teller.kind)), likely, around)


def _is_heading(a: Attribution, found: list[Attribution], parsed: Parsed, lexicon: Lexicon) -> bool:
    """Whether the words before a colon are no claimant but a label: "Afghanistan: troops leave"."""
    text = parsed.report.part(a.part)
    if a.cue is None or text[slice(*a.cue)] != ":":
        return False
    if a.source is None:
        return True
    names = frozenset(
        parsed.report.part(o.part)[slice(*o.source)] for o in found if o.source and o.cue != a.cue
    )
    return not names_speaker(text[slice(*a.source)], lexicon, names)


def _once(found: list[Attribution], around: Surroundings) -> list[Attribution]:
    """Each quotation once: where cues of two sentences have the same one, it is told by the one in its own sentence."""

    def has(a: Attribution, words: Span) -> bool:
        tree = around.trees[a.sentence]
        return tree.starts[0] <= words[0] < tree.ends[-1]

    kept = []
    for a in found:
        others = [o for o in found if o.sentence != a.sentence]
        rest = tuple(
            s
            for s in a.content
            if has(a, s) or not any(s in o.content and has(o, s) for o in others)
        )
        if rest:
            kept.append(replace(a, content=rest))
    return kept


def surroundings(parsed: Parsed, part: str) -> Surroundings:
    """What judging statements needs of one part ("title" or "text") of the report."""
    text = parsed.report.part(part)
    trees = {
        s.index: Tree(s, s.doc)
        for s in parsed.sentences
        if s.part == part and s.doc is not None and len(s.doc)
    }
    return Surroundings(text, trees, quotations(text))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement before it is decided whether to keep it."""

    tree: Tree
    cue: int
    likely: float  # probability that the cue announces a statement
    content: Content
    fit: float  # probability of the content among its alternatives
    teller: Teller
    sure: float  # probability of the teller among its alternatives

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return self.content.start, self.content.end


def proposals(around: Surroundings, weights: Weights) -> list[Proposal]:
    """Every statement that one part of a report may make, in order of their cues."""
    found = []
    for tree in around.trees.values():
        for cue in range(tree.size):
            if may_announce(tree, cue, weights.words):
                likely = probability(score(weights.cue, announcing(tree, cue, around)))
                if likely >= _FLOOR and (proposal := _propose(tree, cue, likely, around, weights)):
                    found.append(proposal)
    return found


def _propose(
    tree: Tree, cue: int, likely: float, around: Surroundings, weights: Weights
) -> Proposal | None:
    places = contents(tree, cue, around)
    if not places:
        return None
    fits = shares([score(weights.content, fitting(tree, cue, c, around)) for c in places])
    content, fit = _safest(places, fits)
    people = tellers(tree, cue)
    sure = shares(
        [
            score(weights.teller, telling(tree, cue, p, (content.start, content.end), around))
            for p in people
        ]
    )
    best = max(range(len(people)), key=lambda n: sure[n])
    return Proposal(tree, cue, likely, content, fit, people[best], sure[best])


def _safest(places: list[Content], fits: list[float]) -> tuple[Content, float]:
    """The place that most probably overlaps well with the right one, and how probably."""
    top = sorted(range(len(places)), key=lambda n: -fits[n])[:_LIKELIEST]

    def worth(n: int) -> float:
        total = 0.0
        for m in top:
            share = overlap((places[n].start, places[n].end), (places[m].start, places[m].end))
            total += fits[m] * ((share >= 0.8) + (share >= 0.3)) / 2
        return total

    best = max(top, key=worth)
    return places[best], worth(best)


def overlap(a: Span, b: Span) -> float:
    """How much of the characters of two spans both have, from 0 to 1."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return both / (max(a[1], b[1]) - min(a[0], b[0])) if both > 0 else 0.0


def judging(found: list[Proposal]) -> Iterator[list[str]]:
    """For each proposal of one part, the signs by which it is judged whether to keep it."""
    density = sum(p.likely for p in found) / max(1, len({p.tree.index for p in found}))
    by_sentence: dict[int, list[Proposal]] = {}
    for p in found:
        by_sentence.setdefault(p.tree.index, []).append(p)
    for p in found:
        yield [*_own_signs(p), *_rival_signs(p, by_sentence), f"density {_step(density)}"]


def _step(value: float) -> int:
    return round(value * 8)


def _odds(p: float) -> int:
    """A probability as log odds, in steps of a half, from -6 to 12."""
    p = min(max(p, 0.001), 0.999)
    return max(-6, min(12, round(2 * math.log(p / (1 - p)))))


def _own_signs(p: Proposal) -> Iterator[str]:
    likely, fit = _odds(p.likely), _odds(p.fit)
    s, tag = p.tree.stems[p.cue], p.tree.tags[p.cue]
    yield "bias"
    yield f"likely {likely}"
    yield f"fit {fit}"
    yield f"both {likely // 2} {fit // 2}"
    yield f"sure {_odds(p.sure)}"
    yield "nobody" if p.teller.head is None else f"teller {p.tree.tags[p.teller.head]}"
    yield f"teller {p.teller.kind} {tag}"
    yield f"s {s}"
    yield f"first {p.content.firsts[0]}"
    yield f"last {p.content.lasts[0]}"
    yield f"first {p.content.firsts[0]} {tag} {p.tree.deps[p.cue]}"
    length = p.content.end - p.content.start
    yield f"long {min(12, int(2 * math.log2(max(length, 4)) - 4))}"
    yield f"long {min(12, int(2 * math.log2(max(length, 4)) - 4))} {tag[0]}"


def _rival_signs(p: Proposal, by_sentence: dict[int, list[Proposal]]) -> Iterator[str]:
    """Signs of the other proposals around this one."""
    same = inner = outer = 0.0
    at = p.tree.starts[p.cue]
    for o in by_sentence[p.tree.index]:
        if o is p:
            continue
        if overlap(p.span, o.span) > 0.6:
            same = max(same, o.likely * o.fit)
        if o.content.start <= at < o.content.end:
            outer = max(outer, o.likely * o.fit)
        if p.content.start <= o.tree.starts[o.cue] < p.content.end:
            inner = max(inner, o.likely * o.fit)
    mine = p.likely * p.fit
    yield f"same {_step(same)}"
    yield f"same {same > mine} {_step(same)}"
    yield f"outer {_step(outer)}"
    yield f"inner {_step(inner)}"
    yield f"in {_step(outer)} {_odds(p.likely) // 2}"
    for n in (-1, 1):
        near = by_sentence.get(p.tree.index + n, [])
        yield f"near {n} {_step(max((o.likely for o in near), default=0.0))}"
        for o in near:
            if overlap(p.span, o.span) > 0.3:
                yield f"near same {n} {o.likely > p.likely}"


def _attribution(part: str, p: Proposal, likely: float, around: Surroundings) -> Attribution | None:
    """The proposal with exact spans; None when no words are left beside its cue and source."""
    tree = p.tree
    cue = _cue_span(p)
    source = _source_span(p, around)
    pieces = _pieces(p, cue, source, around)
    holes = [cue, source] if source and _is_beside(source, cue, around) else [cue]
    for hole in holes:
        pieces = tuple(rest for piece in pieces for rest in _without(piece, hole, around.text))
    if not pieces:
        return None
    pieces, source, head = _named_between(p, cue, pieces, source, around)
    where = tree.index if source else None
    return Attribution(
        part, tree.index, cue, pieces, source, where, head, _mode(pieces, around), likely
    )


def _named_between(
    p: Proposal, cue: Span, pieces: tuple[Span, ...], source: Span | None, around: Surroundings
) -> tuple[tuple[Span, ...], Span | None, int | None]:
    """The pieces, source and its head; a name between the mark that ends a quotation and the cue is the source."""
    tree, (start, end) = p.tree, pieces[-1]
    head = p.teller.head if source else None
    quotes = around.touching(start, end)
    if (
        not quotes
        or quotes[0][0] != start
        or not quotes[-1][1] < end <= cue[0] <= end + 2
        or p.cue == 0
    ):
        return pieces, source, head
    first, last = tree.first_at(quotes[-1][1]), p.cue - 1
    if (
        not first <= last
        or any(tree.tags[i] not in NAMING for i in range(first, last + 1))
        or tree.tags[last][:2] not in ("NN", "PR")
    ):
        return pieces, source, head
    return (*pieces[:-1], (start, quotes[-1][1])), (tree.starts[first], tree.ends[last]), last


def _says_nothing(piece: Span, source: Span | None, text: str) -> bool:
    """Whether the piece is no more than a link and the source: "But, he reminds, the war is not over"."""
    rest = _without(piece, source, text) if source else [piece]
    return all(text[slice(*r)].lower() in _LINKS for r in rest)


def _without(piece: Span, hole: Span, text: str) -> list[Span]:
    """What is left of the piece when the hole is cut out: up to two spans."""
    if hole[1] <= piece[0] or piece[1] <= hole[0]:
        return [piece] if piece[0] < piece[1] else []
    ends = ((piece[0], min(hole[0], piece[1])), (max(hole[1], piece[0]), piece[1]))
    return [s for start, end in ends if start < end and (s := _stripped(text, start, end))]


def _inverted(part: str, p: Proposal, around: Surroundings) -> Attribution | None:
    """The statement of a sentence that ends in its verb and speaker: "…, claims the army".

    The parser mostly takes such a verb for another act of the subject before, and the speaker for
    what it acts on; a verb of saying right after a comma or mark, with no "and", is none.
    """
    tree, cue = p.tree, p.cue
    if (
        tree.stems[cue] not in _SAYS
        or tree.tags[cue] not in ("VBZ", "VBD", "VBP")
        or not 0 < cue < tree.size - 1
    ):
        return None
    before = next((i for i in range(cue - 1, 0, -1) if tree.text[i] not in MARKS), 0)
    closed = tree.text[before] == "," or tree.text[cue - 1] in MARKS
    if (
        not closed
        or tree.tags[cue + 1] not in ("DT", "NNP", "NNPS")
        or not any(t in _FINITE for t in tree.tags[:before])
    ):
        return None
    if any(
        tree.words[i] == "that" and tree.heads[i] >= cue for i in range(cue + 1, tree.size)
    ) or tree.has(cue, "aux", "cc"):
        return None
    if any(tree.deps[c] in ("nsubj", "nsubjpass") and c < cue for c in tree.children[cue]):
        return None
    last = cue + 1
    while last + 1 < tree.size and tree.tags[last + 1] in NAMING:
        last += 1
    words = _stripped(around.text, tree.starts[0], tree.starts[cue])
    if words is None or tree.tags[last][:2] != "NN":
        return None
    source = (tree.starts[cue + 1], tree.ends[last])
    return Attribution(
        part,
        tree.index,
        (tree.starts[cue], tree.ends[cue]),
        (words,),
        source,
        tree.index,
        last,
        _mode((words,), around),
        KEEP,
    )


def _is_act(p: Proposal, around: Surroundings) -> bool:
    """Whether the cue is an act of force, or a claim of lives or responsibility, and the words only what it acts on."""
    tree, cue = p.tree, p.cue
    if (
        around.touching(*p.span)
        or p.content.firsts[0].split(".")[0] not in _ACTED_ON
        or tree.has(cue, "ccomp", "xcomp")
    ):
        return False
    if tree.stems[cue] == "claim":
        thing = tree.child(cue, "dobj")
        return thing is not None and tree.stems[thing] in _CLAIMED
    return tree.stems[cue] in _FORCE and tree.tags[cue][0] == "V"


def _cue_span(p: Proposal) -> Span:
    """The cue with its auxiliaries and particle, and the preposition that leads to the words ("called for")."""
    tree = p.tree
    first = last = p.cue
    while (
        first > 0
        and tree.heads[first - 1] == p.cue
        and tree.deps[first - 1] in ("aux", "auxpass", "neg")
    ):
        first -= 1
    while (
        last + 1 < tree.size
        and tree.heads[last + 1] == p.cue
        and tree.deps[last + 1] in ("prt", "prep")
    ):
        leads = last + 2 < tree.size and p.content.start == tree.starts[last + 2]
        if tree.deps[last + 1] == "prep" and not leads and tree.words[p.cue] != "according":
            break
        last += 1
    start, end = tree.starts[first], tree.ends[last]
    if (
        start < p.content.end and p.content.start < end
    ):  # never into the words themselves, unless they hold the cue between them
        start, end = tree.starts[p.cue], tree.ends[p.cue]
    return start, end


def _source_span(p: Proposal, around: Surroundings) -> Span | None:
    """The noun phrase of the teller, without what of it holds the cue or the words."""
    tree, head = p.tree, p.teller.head
    if head is None:
        return None
    if tree.deps[head] == "conj" and tree.deps[tree.heads[head]] in ("nsubj", "nsubjpass", "pobj"):
        head = tree.heads[head]  # "the peer and former minister"
    first, last = tree.low[head], tree.high[head]
    if last == p.cue - 1 and tree.tags[last] in NAMING:
        first = min(
            first, name_start(tree, last)
        )  # "the Observatory for Human Rights", where the parser lost its head
    while (
        p.content.start < tree.ends[first] <= p.content.end
        and first < head
        and p.content.end <= tree.starts[head]
    ):
        first += 1
    for c in tree.children[head]:
        if _meets(p, tree.low[c], tree.high[c]):
            if c > head:
                last = min(last, tree.low[c] - 1)
            else:
                first = max(first, tree.high[c] + 1)
    first, last = _within_marks(tree, first, head, last)
    while last > head and (
        tree.tags[last] in _NO_NAME_ENDS
        or tree.tags[last] == "RB"
        or tree.words[last] in _POSSESSIVE
    ):
        last -= 1
    while first < head and (
        tree.tags[first] in _NO_NAME_BEGINS
        or tree.text[first] in MARKS
        or _is_before_name(tree.words[first])
    ):
        first += 1
    start, end = _past_markup(around.text, tree.starts[first], tree.ends[last])
    return (start, end) if any(c.isalnum() for c in around.text[start:end]) else None


def _is_before_name(word: str) -> bool:
    return word in _BEFORE_NAMES or bool(_DATE.fullmatch(word))


def _within_marks(tree: Tree, first: int, head: int, last: int) -> tuple[int, int]:
    """The tokens of a source without a dateline, a day after it ("the ministry on Tuesday"), or a quotation beside it."""
    for i in range(head - 1, first, -1):
        dateline = (
            tree.text[i] in ("-", "–", "—", "--")
            and tree.ends[i] < tree.starts[i + 1]
            and tree.ends[i - 1] < tree.starts[i]
        )
        if tree.text[i] in _QUOTES or dateline:
            first = i + 1
            break
    for i in range(head + 1, last + 1):
        if tree.text[i] in _QUOTES or (
            tree.words[i] in ("on", "in", "at") and i < last and tree.words[i + 1] in DAYS
        ):
            return first, i - 1
    return first, last


def _meets(p: Proposal, first: int, last: int) -> bool:
    """Whether the cue, or words that do not also hold the teller, lie between the two tokens."""
    tree, head = p.tree, p.teller.head
    if first <= p.cue <= last:
        return True
    holds = head is not None and p.content.start <= tree.starts[head] < p.content.end
    return not holds and tree.starts[first] < p.content.end and p.content.start < tree.ends[last]


def _pieces(p: Proposal, cue: Span, source: Span | None, around: Surroundings) -> tuple[Span, ...]:
    """The words without the clause of the cue, where that stands between them."""
    start, end = _with_marks(_past_time(p, around), around)
    if not start <= cue[0] < end:
        return ((start, end),)
    near = (
        source if source and start <= source[0] < end and _is_beside(source, cue, around) else cue
    )
    left, right = min(cue[0], near[0]), max(cue[1], near[1])
    quotes = around.touching(start, end)
    if quotes and quotes[0][0] == start:
        left = max((q[1] for q in quotes if q[1] <= left), default=left)
        right = min((q[0] for q in quotes if q[0] >= right), default=right)
    elif (
        around.text[:left].rstrip().endswith(",")
        and (comma := around.text.find(",", right, end)) >= 0
    ):
        right = comma + 1  # "X, the army said on Monday, Y"
    pieces = tuple(
        s for s in (_stripped(around.text, start, left), _stripped(around.text, right, end)) if s
    )
    if len(pieces) > 1 and _says_nothing(pieces[0], source, around.text):
        pieces = pieces[1:]
    return pieces or ((start, end),)


def _past_time(p: Proposal, around: Surroundings) -> Span:
    """Where the words stand, without what only tells when they were said, or to whom: "on | Saturday that …"."""
    tree, (start, end) = p.tree, p.span
    if around.touching(start, start + 1) or not tree.ends[p.cue] <= start < tree.starts[-1]:
        return start, end
    i = tree.first_at(start)
    for that in range(i + 1, min(i + _ADDRESSED, tree.size)):
        if (
            tree.words[that] == "that"
            and tree.tags[that] == "IN"
            and tree.deps[that] == "mark"
            and tree.starts[that] < end
        ):
            told = tree.stems[p.cue] in _TOLD or tree.words[that - 1] in DAYS
            return (tree.starts[that], end) if told else (start, end)
        if tree.tags[that - 1] not in NAMING:
            break
    return start, end


def _with_marks(span: Span, around: Surroundings) -> Span:
    """The span with the marks of a quotation that it holds but for its marks."""
    start, end = _past_markup(around.text, *span)
    for q in around.touching(start, end):
        if (
            q[0] < start
            and q[1] <= end + _MARK_REACH
            and not any(c.isalnum() for c in around.text[q[0] : start])
        ):
            start = q[0]
        if (
            end < q[1] <= end + _MARK_REACH
            and start <= q[0]
            and not any(c.isalnum() for c in around.text[end : q[1]])
        ):
            end = q[1]
    return start, end


def _past_markup(text: str, start: int, end: int) -> Span:
    """The span without the signs that archives put for headings and list items before it."""
    while start < end and (text[start] in "#*|•►>" or text[start].isspace()):
        start += 1
    return start, end


def _is_beside(source: Span, cue: Span, around: Surroundings) -> bool:
    """Whether source and cue make one clause, with no mark or comma between that could end the words."""
    between = around.text[min(source[1], cue[1]) : max(source[0], cue[0])]
    return len(between) < _BESIDE and not any(c in ',;:"“”' for c in between)


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The span without spaces and loose punctuation at its ends; None when nothing is left."""
    while start < end and (text[start].isspace() or text[start] in ",;:-–—."):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—"):
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def _mode(pieces: tuple[Span, ...], around: Surroundings) -> str:
    """Whether the words are quoted, told, or both; a last mark or a "that" outside the quotation does not count."""
    said = quoted = 0
    for start, end in pieces:
        letters = [i for i in range(start, end) if around.text[i].isalnum()]
        inside = around.touching(start, end)
        said += len(letters)
        quoted += sum(any(q[0] <= i < q[1] for q in inside) for i in letters)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= said - len("that") else "mixed"


def _standing_alone(part: str, kept: list[Attribution], around: Surroundings) -> list[Attribution]:
    """Quotations that fill their sentences and have no cue, right after a statement whose speaker goes on with them."""
    taken = [s for a in kept for s in a.content]
    found: list[Attribution] = []
    for q in around.quotes:
        inside = [t for t in around.trees.values() if t.starts[0] < q[1] and q[0] < t.ends[-1]]
        if not inside or inside[0].starts[0] < q[0] or inside[-1].ends[-1] > q[1] + 1:
            continue
        if len(around.text[q[0] : q[1]].split()) < _STANDS_ALONE or any(
            s[0] < q[1] and q[0] < s[1] for s in taken
        ):
            continue
        before = [a for a in (*kept, *found) if _leads_to(a, inside[0].index, q, around)]
        if before:
            last = max(before, key=lambda a: (a.sentence, a.content[-1][1]))
            index = inside[0].index
            found.append(
                Attribution(
                    part,
                    index,
                    None,
                    (q,),
                    last.source,
                    last.source_sentence,
                    last.speaker,
                    "direct",
                    last.likely,
                )
            )
    return found


def _leads_to(a: Attribution, sentence: int, q: Span, around: Surroundings) -> bool:
    """Whether the attribution, whose speaker is named, quotes in the sentence right before, outside other quotations."""
    if a.source is None or a.mode == "indirect":
        return False
    ends_before = (
        0
        <= q[0]
        - max(
            a.content[-1][1], around.trees[a.sentence].ends[-1] if a.sentence in around.trees else 0
        )
        <= 4
    )
    quoted = a.cue is not None and bool(around.touching(*a.cue))
    return ends_before and not quoted and a.sentence <= sentence
