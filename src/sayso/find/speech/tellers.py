"""What tells that a word announces a statement, and who may be the one who makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.find.speech.contents import Span, Surroundings
from sayso.find.speech.trees import Tree

_RELATIVE = frozenset("who which that whom".split())
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_NOMINAL = frozenset("NN NNS NNP NNPS PRP DT WP WDT CD JJ EX PRP$ WP$ $".split())
_CLOSED = frozenset("PRP DT WDT WP EX PRP$".split())
_INSIDE_NOUN = frozenset("compound det amod poss nummod".split())
# So many heads up a subject is looked for.
_CLIMB = 6
_SAME_SUBJECT = frozenset("conj xcomp advcl acl pcomp relcl ccomp prep".split())
_WORD_COUNTS = frozenset("prep prt neg aux auxpass mark advmod agent det".split())
_STEM_COUNTS = frozenset("dobj attr acomp xcomp oprd nsubj nsubjpass ccomp amod poss".split())
_OBJECTS = frozenset("dobj attr acomp xcomp oprd".split())
# Characters of a quotation that is more than a phrase; of a long one; and how near a mark must be to "next" or "near".
_PHRASE, _LONG = 40, 60
_NEXT, _NEAR = 3, 30


def may_announce(tree: Tree, i: int, words: frozenset[str]) -> bool:
    """Whether token i is worth judging: a main verb, or another word whose stem is among `words`."""
    if tree.tags[i][0] == "V":
        return tree.deps[i] not in ("aux", "auxpass")
    return tree.stems[i] in words


def announcing(tree: Tree, i: int, around: Surroundings) -> Iterator[str]:
    """The signs by which it is judged whether token i announces a statement."""
    s, tag, dep, head = tree.stems[i], tree.tags[i], tree.deps[i], tree.heads[i]
    yield "bias"
    yield f"w {tree.words[i]}"
    yield f"s {s}"
    yield f"st {s} {tag}"
    yield f"sd {s} {dep}"
    yield f"td {tag} {dep}"
    above = tree.stems[head] if head != i else "ROOT"
    yield f"h {above} {dep}"
    yield f"hs {above} {s}"
    yield f"ht {tree.tags[head]} {dep} {tag}"
    yield from _beside(tree, i, s, tag)
    yield from _below(tree, i, s)
    yield from _who(tree, i, s)
    yield from _quoted(tree, i, s, around)


def _beside(tree: Tree, i: int, s: str, tag: str) -> Iterator[str]:
    before, before_tag = (tree.words[i - 1], tree.tags[i - 1]) if i else ("^", "^")
    after, after_tag = (tree.words[i + 1], tree.tags[i + 1]) if i + 1 < tree.size else ("$", "$")
    yield f"p {before}"
    yield f"n {after}"
    yield f"sp {s} {before}"
    yield f"sn {s} {after}"
    yield f"pt {before_tag} {tag}"
    yield f"nt {after_tag} {tag}"
    yield f"pnt {before_tag} {tag} {after_tag}"
    if i + 2 < tree.size:
        yield f"n2 {after} {tree.words[i + 2]}"


def _below(tree: Tree, i: int, s: str) -> Iterator[str]:
    """Signs of what depends on the word."""
    deps = []
    for c in tree.children[i]:
        dep = tree.deps[c]
        if dep == "punct":
            continue
        deps.append(dep)
        side = "<" if c < i else ">"
        yield f"c {dep}{side}"
        yield f"sc {s} {dep}{side}"
        if dep in _WORD_COUNTS:
            yield f"cw {dep} {tree.words[c]}"
            if dep in ("prep", "prt"):
                yield f"scw {s} {tree.words[c]}"
        elif dep in _STEM_COUNTS:
            yield f"cs {dep} {tree.stems[c]}"
            yield f"ct {dep} {tree.tags[c]}"
            yield f"sct {s} {dep} {tree.tags[c]}"
            if dep in _OBJECTS:
                yield from _object_signs(tree, c, dep, s)
            if dep == "ccomp":
                yield (
                    "that" if any(tree.words[g] == "that" for g in tree.children[c]) else "no that"
                )
    yield "cc " + " ".join(deps)


def _object_signs(tree: Tree, c: int, dep: str, s: str) -> Iterator[str]:
    yield f"scs {s} {tree.stems[c]}"
    for g in tree.children[c]:
        under = tree.deps[g]
        if under not in ("punct", "det"):
            word = tree.words[g] if under == "prep" else ""
            yield f"cg {dep} {under} {word}"
            yield f"csg {tree.stems[c]} {under} {word}"


def _who(tree: Tree, i: int, s: str) -> Iterator[str]:
    """Signs of who would be speaking."""
    verb, up = i, 0
    found = tree.child(i, *_SUBJECTS)
    while found is None and up < 3 and tree.deps[verb] in _SAME_SUBJECT:
        verb, up = tree.heads[verb], up + 1
        found = tree.child(verb, *_SUBJECTS)
    if found is None:
        yield "no subject"
        return
    word, tag = tree.words[found], tree.tags[found]
    yield f"who {tag} {up}"
    yield f"swho {s} {tag}"
    yield f"whos {tree.stems[found]}"
    yield (
        f"whop {word} {up}"
        if tag in ("PRP", "WP", "WDT", "DT", "EX")
        else f"whoN {up} {tree.text[found][:1].isupper()}"
    )


def _quoted(tree: Tree, i: int, s: str, around: Surroundings) -> Iterator[str]:
    """Signs of the quotations that stand around the word."""
    at = tree.starts[i]
    for q in around.around(tree):
        if q[0] <= at < q[1]:
            yield "inside"
            yield f"inside {s}"
            if q[1] - q[0] > _LONG:
                yield "inside long"
            continue
        long = "long" if q[1] - q[0] > _PHRASE else "short"
        gap = q[0] - tree.ends[i] if q[0] > at else at - q[1]
        side = ">" if q[0] > at else "<"
        near = "next" if gap < _NEXT else "near" if gap < _NEAR else "far"
        yield f"q {side} {near} {long}"
        yield f"sq {s} {side} {near}"
        if side == "<":
            yield f"q< {around.text[q[1] - 2 : q[1] - 1]} {long}"
    if tree.text[-1] == ":":
        yield "colon ends"
        yield f"s colon ends {s}"
    following = around.touching(tree.ends[-1], tree.ends[-1] + 5)
    if following and following[-1][0] >= tree.ends[-1]:
        yield "q after"
        yield f"sq after {s}"


@dataclass(frozen=True, slots=True)
class Teller:
    """A noun phrase by its head token that may be who makes the statement; None stands for nobody named."""

    head: int | None
    kind: str


class _People:
    """Collects who may make the statement, each once, by the first reason for it."""

    def __init__(self, cue: int) -> None:
        self.cue = cue
        self.found: dict[int, str] = {}

    def add(self, i: int | None, kind: str) -> None:
        if i is not None and i != self.cue:
            self.found.setdefault(i, kind)


def tellers(tree: Tree, cue: int) -> list[Teller]:
    """Nobody, and everyone in the sentence who may make the statement that the token `cue` announces, each once."""
    people = _People(cue)
    _add_dependents(tree, cue, people)
    _add_above(tree, cue, people)
    for step, side in ((-1, "before"), (1, "after")):
        i, seen = cue + step, 0
        while 0 <= i < tree.size and seen < 2:
            inner = tree.deps[i] in _INSIDE_NOUN and tree.tags[tree.heads[i]] in _NOMINAL
            if tree.tags[i] in _NOMINAL and not inner:
                people.add(i, f"{side}{seen}")
                seen += 1
            i += step
    return [Teller(None, "none"), *(Teller(i, kind) for i, kind in people.found.items())]


def _add_dependents(tree: Tree, cue: int, people: _People) -> None:
    for c in tree.children[cue]:
        dep = tree.deps[c]
        if dep in (
            *_SUBJECTS,
            "poss",
            "attr",
            "dobj",
            "npadvmod",
            "compound",
            "amod",
            "nmod",
            "dative",
        ):
            people.add(c, dep)
            if tree.words[c] in _RELATIVE and tree.deps[cue] == "relcl":
                people.add(tree.heads[cue], "antecedent")
        elif dep in ("agent", "prep"):
            people.add(_object(tree, c), f"{dep} {tree.words[c]}")
        if dep in ("dobj", "attr", "nsubj", "nsubjpass", "prep", "advcl"):
            for g in tree.children[c]:
                if tree.deps[g] == "poss":
                    people.add(g, f"{dep} poss")
                elif tree.deps[g] == "prep":
                    people.add(_object(tree, g), f"{dep} prep {tree.words[g]}")


def _add_above(tree: Tree, cue: int, people: _People) -> None:
    """Those whom the words above the cue name: the subject of "X came and said", the noun of "a man saying"."""
    node, path = cue, ""
    for above in tree.ancestors(cue):
        path += f"/{tree.deps[node]}"
        node = above
        if tree.tags[node] in _NOMINAL:
            people.add(node, path)
        for c in tree.children[node]:
            dep = tree.deps[c]
            if (
                dep in (*_SUBJECTS, "agent", "poss", "dobj")
                and not tree.low[c] <= cue <= tree.high[c]
            ):
                people.add(_object(tree, c) if dep == "agent" else c, f"{path} {dep}")
        if path.count("/") == _CLIMB:
            break


def _object(tree: Tree, prep: int) -> int | None:
    """The noun that a preposition governs, through others ("from within the ministry")."""
    found = tree.child(prep, "pobj")
    if found is not None:
        return found
    inner = tree.child(prep, "prep")
    return _object(tree, inner) if inner is not None else None


def telling(
    tree: Tree, cue: int, teller: Teller, content: Span, around: Surroundings
) -> Iterator[str]:
    """The signs by which it is judged whether `teller` makes the statement with this content."""
    tag, kind = tree.tags[cue], teller.kind
    passive = tree.has(cue, "auxpass")
    yield f"k {kind}"
    yield f"sk {tree.stems[cue]} {kind}"
    yield f"tk {tag} {kind}"
    yield f"dk {tree.deps[cue]} {kind}"
    yield f"vk {passive} {kind}"
    yield f"pk {tree.tags[cue - 1] if cue else '^'} {kind}"
    yield f"nk {tree.tags[cue + 1] if cue + 1 < tree.size else '$'} {kind}"
    yield f"side {'before' if content[1] <= tree.starts[cue] else 'after' if content[0] > tree.starts[cue] else 'around'} {kind}"
    i = teller.head
    if i is None:
        yield f"none {tag} {tree.deps[cue]} {passive}"
        yield f"none {tree.has(cue, *_SUBJECTS)} {tag} {passive}"
        return
    at = tree.starts[i]
    inside = content[0] <= at < content[1]
    yield f"in {inside}"
    yield f"ink {inside} {kind}"
    yield f"ht {tree.tags[i]} {kind}"
    yield f"hw {tree.words[i]}" if tree.tags[i] in _CLOSED else f"hs {tree.stems[i]}"
    yield f"cap {tree.text[i][:1].isupper()} {tree.tags[i][:2]}"
    yield f"hd {tree.deps[i]} {i < cue}"
    gap = abs(cue - i)
    yield f"gap {i < cue} {gap if gap < 8 else min(gap // 8 * 8, 40)}"
    yield f"quote {bool(around.touching(at, at + 1))}"
    yield f"between {any(tree.text[x] in (',', ';', ':') for x in range(min(i, cue), max(i, cue)))} {i < cue}"
