"""Where the words of a statement can stand, given the word that announces it, and the signs by which to choose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.find.speech.trees import Tree
from sayso.language.quotations import MARKS

Span = tuple[int, int]
Reasons = dict[int, list[str]]

# Punctuation that ends or opens a statement's words without being part of them.
_LOOSE = frozenset(", ; : . - – — -- ! ? … ...".split())
# Where a clause may break off: the words before them can be the last of a statement.
_BREAKS = frozenset(", ; : - – — -- ( )".split())
# How many heads up, and how many breaks on, a statement's edge is looked for. With these, a place that overlaps
# the right one by 0.8 is among those found for 94 of 100 statements.
_CLIMB = 4
_MOST_BREAKS = 6
# A quotation goes on in one that begins at most so many characters after it, or after the sentence that announces it.
_GAP = 3
# Such a quotation is more than a few words that are quoted for their wording, in characters.
_LONG = 40
_NO_EDGE = frozenset("aux auxpass punct neg cc mark".split())
_HOLDERS = frozenset("prep agent xcomp dobj advcl ccomp attr pcomp conj dative acomp".split())
# Tags of the words of a name or a description of somebody.
NAMING = frozenset("NN NNS NNP NNPS JJ DT PRP PRP$ POS HYPH VBG".split())
# Tags of words that join clauses and phrases: which word it is counts.
_JOINING = frozenset("IN CC TO WRB WDT RB WP".split())


@dataclass(slots=True)
class Surroundings:
    """What judging statements needs of one part of a report: its text, sentences by number, and quotations in order."""

    text: str
    trees: dict[int, Tree]
    quotes: list[Span]

    def touching(self, start: int, end: int) -> list[Span]:
        """The quotations that the offsets from `start` to `end` touch, in order."""
        found = []
        for q in self.quotes[max(0, bisect_right(self.quotes, (start, start)) - 1) :]:
            if q[0] >= end:
                break
            if q[1] > start:
                found.append(q)
        return found

    def around(self, tree: Tree) -> list[Span]:
        """The quotations that the sentence touches."""
        return self.touching(tree.starts[0], tree.ends[-1])


@dataclass(slots=True)
class Content:
    """One place where a statement's words can stand: `start` to `end` of the part, and why it begins and ends there."""

    start: int
    end: int
    firsts: list[str]
    lasts: list[str]


class _Places:
    """Collects places, each once, with every reason for it."""

    def __init__(self) -> None:
        self.found: dict[Span, Content] = {}

    def add(self, start: int, end: int, firsts: list[str], lasts: list[str]) -> None:
        known = self.found.get((start, end))
        if known is not None:
            known.firsts += [w for w in firsts if w not in known.firsts]
            known.lasts += [w for w in lasts if w not in known.lasts]
        elif start < end:
            self.found[start, end] = Content(start, end, list(firsts), list(lasts))


def contents(tree: Tree, cue: int, around: Surroundings) -> list[Content]:
    """Every place where the words that the token `cue` announces can stand, each once."""
    firsts, lasts = _firsts(tree, cue), _lasts(tree, cue)
    quotes = around.around(tree)
    for q in quotes:
        if q[0] >= tree.starts[0]:
            firsts.setdefault(tree.first_at(q[0]), []).append("quote")
        if q[1] <= tree.ends[-1]:
            lasts.setdefault(tree.last_at(q[1]), []).append("quote")
    places = _Places()
    for i, why_first in firsts.items():
        for j, why_last in lasts.items():
            if (span := _trimmed(tree, i, j)) and span[0] != cue != span[1]:
                start = tree.starts[span[0]]
                places.add(
                    start,
                    _past_marks(around, quotes, start, tree.ends[span[1]]),
                    why_first,
                    why_last,
                )
    _add_quotations(tree, cue, around, firsts, places)
    _add_neighbours(tree, cue, around, places)
    return list(places.found.values())


def _firsts(tree: Tree, cue: int) -> Reasons:
    """The tokens with which the words can begin, and why."""
    found: Reasons = {}

    def add(i: int, why: str) -> None:
        if i < tree.size:
            found.setdefault(i, []).append(why)

    for c in tree.children[cue]:
        dep = tree.deps[c]
        if dep in _NO_EDGE:
            continue
        add(tree.low[c], dep)
        for g in tree.children[c] if dep in _HOLDERS else ():
            if g > c and tree.deps[g] not in ("punct", "cc", "aux"):
                add(tree.low[g], f"{dep}.{tree.deps[g]}")
                for h in tree.children[g] if tree.deps[g] in ("prep", "pcomp") else ():
                    if h > g:
                        add(tree.low[h], f"{dep}.{tree.deps[g]}.{tree.deps[h]}")
    add(cue + 1, "next")
    add(tree.low[cue], "own")
    for n, h in zip(range(_CLIMB), tree.ancestors(cue), strict=False):
        add(tree.low[h], f"up{n}")
        if n < 2:
            if h < cue:
                add(h, f"head{n}")
            for c in tree.children[h]:
                if c > cue or tree.deps[c] in ("nsubj", "nsubjpass"):
                    add(tree.low[c], f"up{n}.{tree.deps[c]}")
    add(0, "sentence")
    return found


def _lasts(tree: Tree, cue: int) -> Reasons:
    """The tokens with which the words can end, and why."""
    found: Reasons = {}

    def add(i: int, why: str) -> None:
        if i >= 0:
            found.setdefault(i, []).append(why)

    add(tree.size - 1, "sentence")
    add(tree.high[cue], "own")
    for c in tree.children[cue]:
        add(tree.high[c], tree.deps[c])
        add(tree.low[c] - 1, f"before {tree.deps[c]}")
        for g in tree.children[c]:
            if g > c:
                if g > cue:
                    add(tree.low[g] - 1, f"{tree.deps[c]}.before {tree.deps[g]}")
                add(tree.high[g], f"{tree.deps[c]}.{tree.deps[g]}")
    add(cue - 1, "before")
    if cue > 0 and tree.tags[cue - 1] in NAMING:
        add(name_start(tree, cue - 1) - 1, "before name")
    for n, h in zip(range(_CLIMB), tree.ancestors(cue), strict=False):
        add(tree.high[h], f"up{n}")
    breaks = [i - 1 for i in range(cue + 2, tree.size) if tree.text[i] in _BREAKS]
    for i in breaks[:_MOST_BREAKS]:
        add(i, "break")
    return found


def name_start(tree: Tree, i: int) -> int:
    """Where the words that name somebody and end with token i begin, by tags alone.

    Where commas were lost the parser takes "112 a monitoring group" for one phrase.
    """
    while i > 0 and tree.tags[i] not in ("DT", "PRP", "PRP$"):
        if not (
            tree.tags[i - 1] in NAMING
            or (tree.words[i - 1] in ("of", "for") and tree.tags[i] in ("NNP", "NNPS") and i > 1)
        ):
            break
        i -= 1
    return i


def _trimmed(tree: Tree, i: int, j: int) -> Span | None:
    """The tokens from i to j without loose punctuation at their ends; None when no word is left."""
    while i <= j and (tree.text[i] in _LOOSE or tree.text[i] == ")"):
        i += 1
    while j >= i and (tree.text[j] in _LOOSE or tree.text[j] == "(" or tree.tags[j] == "CC"):
        j -= 1
    if i > j or (i == j and tree.text[i] in MARKS):
        return None
    return i, j


def _past_marks(around: Surroundings, quotes: list[Span], start: int, end: int) -> int:
    """The end, moved past the punctuation and mark that close a quotation within the words."""
    for q in quotes:
        if start <= q[0] < end < q[1] <= end + 4 and not any(
            c.isalnum() for c in around.text[end : q[1]]
        ):
            return q[1]
    return end


def _add_quotations(
    tree: Tree, cue: int, around: Surroundings, firsts: Reasons, places: _Places
) -> None:
    """Whole quotations that the sentence touches, those that go on with them, and words that run into them."""
    at, finish = tree.starts[cue], tree.ends[-1]
    quotes = around.around(tree)
    for q in quotes:
        if q[0] <= at < q[1]:
            continue
        places.add(q[0], q[1], ["quotation"], ["quotation"])
        last = _continued(around, q, tree)
        if last != q:
            places.add(q[0], last[1], ["quotation"], ["continued"])
        for i, why in firsts.items():
            if cue < i and tree.starts[i] < q[0]:
                if last != q:
                    places.add(tree.starts[i], last[1], why, ["continued"])
                if q[1] > finish:
                    places.add(tree.starts[i], q[1], why, ["quotation"])
    for q in quotes[1:]:
        places.add(quotes[0][0], _continued(around, q, tree)[1], ["first quotation"], ["continued"])


def _add_neighbours(tree: Tree, cue: int, around: Surroundings, places: _Places) -> None:
    """The quotation after "He went on:", the one before "That is how he put it", and the paragraph after "SMITH:"."""
    text, begin, finish = around.text, tree.starts[0], tree.ends[-1]
    after = [q for q in around.touching(finish, finish + 6) if q[0] >= finish]
    if after and not any(c.isalnum() for c in text[finish : after[0][0]]):
        places.add(after[0][0], _continued(around, after[0], tree)[1], ["after"], ["after"])
    before = around.touching(begin - 4, begin)
    if (
        before
        and before[-1][1] <= begin
        and not any(c.isalnum() for c in text[before[-1][1] : begin])
    ):
        places.add(before[-1][0], before[-1][1], ["before"], ["before"])
    stop = text.find("\n\n", finish)
    if tree.text[cue] == ":" and stop > 0:
        rest = text[tree.ends[cue] : stop]
        places.add(
            stop - len(rest.lstrip()),
            stop - len(rest) + len(rest.rstrip()),
            ["next"],
            ["paragraph"],
        )


def _continued(around: Surroundings, q: Span, tree: Tree) -> Span:
    """The last quotation of those that go on with this one, in its paragraph, with nothing said between but this sentence."""
    last = q
    for n in around.quotes[bisect_right(around.quotes, q) :]:
        edge = last[1]
        if tree.starts[0] <= edge <= tree.ends[-1]:
            edge = max(edge, tree.ends[-1]) if n[0] >= tree.ends[-1] else n[0]
        if n[0] - edge > _GAP or "\n\n" in around.text[last[1] : n[0]]:
            break
        last = n
    return last


@dataclass(slots=True)
class _Place:
    """A content with the tokens it covers in the cue's sentence, and the side of the cue it stands on."""

    content: Content
    i: int
    j: int
    side: str
    beyond: str

    @classmethod
    def of(cls, tree: Tree, cue: int, content: Content) -> _Place:
        start, end = content.start, content.end
        i = tree.first_at(start) if start >= tree.starts[0] else 0
        j = tree.last_at(end) if end <= tree.ends[-1] else tree.size - 1
        beyond = ("<" if start < tree.starts[0] else "") + (">" if end > tree.ends[-1] else "")
        if beyond and start >= tree.ends[-1]:
            side = "next"
        elif beyond and end <= tree.starts[0]:
            side = "last"
        else:
            side = (
                "around" if i < cue < j else "after" if i > cue else "before" if j < cue else "on"
            )
        return cls(content, i, j, side, beyond)


def fitting(tree: Tree, cue: int, content: Content, around: Surroundings) -> list[str]:
    """The signs by which it is judged whether the words of `content` are what the token `cue` announces."""
    s, tag, dep = tree.stems[cue], tree.tags[cue], tree.deps[cue]
    p = _Place.of(tree, cue, content)
    signs = [
        f"side {p.side}",
        f"side {s} {p.side}",
        f"side {tag} {dep} {p.side}",
        f"beyond {p.beyond} {p.side}",
    ]
    signs += _reason_signs(s, tag, dep, content)
    signs += _beside_signs(tree, cue, s, p)
    if p.side in ("next", "last"):
        colon = tree.words[-1] == ":"
        return [
            *signs,
            f"colon {colon} {p.side} {cue > tree.size - 4}",
            f"scolon {s} {colon} {p.side}",
        ]
    signs += _first_signs(tree, s, p)
    signs += _last_signs(tree, cue, p)
    signs += _size_signs(tree, cue, s, p)
    signs += _child_signs(tree, cue, s, p)
    signs += _quote_signs(tree, cue, s, p, around.around(tree))
    return signs


def _reason_signs(s: str, tag: str, dep: str, content: Content) -> Iterator[str]:
    for n, reasons in ((1, content.firsts), (2, content.lasts)):
        for why in reasons:
            yield f"k{n} {why}"
            yield f"sk{n} {s} {why}"
            yield f"dk{n} {dep} {why}"
            yield f"tk{n} {tag} {why}"
    pair = f"{content.firsts[0]}>{content.lasts[0]}"
    yield f"k {pair}"
    yield f"sk {s} {pair}"
    yield f"dk {tag} {dep} {pair}"


def _beside_signs(tree: Tree, cue: int, s: str, p: _Place) -> Iterator[str]:
    """Signs of what stands right beside the cue: a comma or mark before it often ends the words."""
    before = tree.tags[cue - 1] if cue else "^"
    after = tree.tags[cue + 1] if cue + 1 < tree.size else "$"
    yield f"pv {before} {p.side}"
    yield f"nx {after} {p.side}"
    yield f"pn {before} {after} {p.side}"
    yield f"spv {s} {before} {p.side}"


def _first_signs(tree: Tree, s: str, p: _Place) -> Iterator[str]:
    """Signs of where the words begin."""
    i = p.i
    word, tag = tree.words[i], tree.tags[i]
    before = tree.words[i - 1] if i else "^"
    yield f"f {word}"
    yield f"ft {tag} {tree.deps[i]}"
    yield (
        f"sf {s} {word}"
        if tag in ("IN", "TO", "WRB", "WP", "DT", "PRP", "RB")
        else f"sft {s} {tag}"
    )
    yield f"b {before}"
    yield f"bt {tree.tags[i - 1] if i else '^'} {tag}"
    yield f"bf {before} {word}"


def _last_signs(tree: Tree, cue: int, p: _Place) -> Iterator[str]:
    """Signs of where the words end, and of what is cut off there."""
    i, j = p.i, p.j
    after, tag = (tree.words[j + 1], tree.tags[j + 1]) if j + 1 < tree.size else ("$", "$")
    yield f"a {after}"
    yield f"at {tag} {tree.tags[j]}"
    yield f"l {tree.words[j]}"
    yield f"lt {tree.tags[j]} {tree.deps[j]}"
    if j + 1 < tree.size:
        yield f"ad {tree.deps[j + 1]} {p.side}"
        yield f"cut {_hangs(tree, j + 1, cue, p)} {tree.deps[j + 1]} {after if tag in _JOINING or tag == ',' else tag}"
        if after in (",", "(", "-", "–", "—") and j + 2 < tree.size:
            yield f"cut2 {_hangs(tree, j + 2, cue, p)} {tree.deps[j + 2]} {_joint(tree, j + 2)}"
    top = j
    while (
        tree.heads[top] != top and tree.high[tree.heads[top]] == j and tree.low[tree.heads[top]] > i
    ):
        top = tree.heads[top]
    if tree.high[top] == j and tree.low[top] > i:
        low = tree.low[top]
        yield f"tail {tree.deps[top]} {_joint(tree, low)} {tree.words[low - 1] == ','}"
        yield f"tailt {tree.deps[top]} {tree.tags[j]} {p.side}"


def _hangs(tree: Tree, i: int, cue: int, p: _Place) -> str:
    """On what the token depends: on the words, on the cue, or on something else."""
    head = tree.heads[i]
    return "in" if p.i <= head <= p.j else "cue" if head == cue else "out"


def _joint(tree: Tree, i: int) -> str:
    """The word itself where it joins clauses or phrases, else its tag."""
    return tree.words[i] if tree.tags[i] in _JOINING else tree.tags[i]


def _size_signs(tree: Tree, cue: int, s: str, p: _Place) -> Iterator[str]:
    """Signs of how long the words are and how far from the cue."""
    i, j, side = p.i, p.j, p.side
    length = j - i + 1
    size = min(length, 5) if length < 6 else 10 if length < 12 else 20 if length < 24 else 40
    yield f"n {size} {side}"
    yield f"sn {s} {size}"
    yield f"gap {min(i - cue, 6) if i > cue else max(j - cue, -6) if j < cue else 0} {side}"
    yield f"gap2 {side} {' '.join(tree.tags[cue + 1 : i]) if cue < i < cue + 5 else 'far'}"
    yield f"whole {i == 0} {j >= tree.size - 2} {side}"
    tops = sum(1 for x in range(i, j + 1) if not i <= tree.heads[x] <= j or tree.heads[x] == x)
    yield f"tops {min(tops, 4)} {side}"
    if tree.heads[cue] != cue:
        yield f"head {i <= tree.heads[cue] <= j} {tree.deps[cue]} {side}"


def _child_signs(tree: Tree, cue: int, s: str, p: _Place) -> Iterator[str]:
    """Signs of which of the cue's dependents the words take in."""
    for c in tree.children[cue]:
        dep = tree.deps[c]
        if dep == "punct":
            continue
        low, high = tree.low[c], tree.high[c]
        how = "in" if p.i <= low and high <= p.j else "out" if high < p.i or low > p.j else "part"
        yield f"c {dep} {how} {'<' if c < cue else '>'}"
        yield f"sc {s} {dep} {how}"
        if dep in ("prep", "prt", "advmod", "mark", "npadvmod"):
            yield f"cw {dep} {tree.words[c]} {how}"
            yield f"scw {s} {tree.words[c]} {how}"
        if dep in ("advcl", "dobj", "ccomp", "npadvmod"):
            yield f"ct {dep} {tree.tags[c]} {tree.words[low] if dep == 'advcl' else ''} {how}"


def _quote_signs(tree: Tree, cue: int, s: str, p: _Place, quotes: list[Span]) -> Iterator[str]:
    """Signs of how the words lie to the quotations of the sentence."""
    start, end = p.content.start, p.content.end
    for q in quotes:
        if q[0] <= tree.starts[cue] < q[1]:
            how = "home" if start >= q[0] and end <= q[1] else "out of home"
        elif start <= q[0] and q[1] <= end:
            how = "equal" if (start, end) == q else "holds"
        elif q[1] <= start or end <= q[0]:
            how = "apart"
        else:
            how = "within" if q[0] <= start and end <= q[1] else "breaks"
        near = -3 < q[0] - tree.ends[cue] < 4 or -3 < tree.starts[cue] - q[1] < 30
        yield f"q {how} {q[1] - q[0] > _LONG} {near}"
        yield f"sq {s} {how}"
        yield f"qs {how} {p.side}"
    if quotes:
        yield f"qlast {end == quotes[-1][1]} {start == quotes[0][0]} {len(quotes) > 1}"
