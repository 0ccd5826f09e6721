"""Learns the weights by which statements are found, and writes them into the package.

    python training/attributions.py [--fold N] [--gold DIR] [--out FILE]

Reads `data/polnear/train.jsonl` under DIR: the PolNeAR corpus of attributions in news, 840
articles, one JSON object a line with `text` and `attributions`, each with lists of [start, end] as
`source`, `cue` and `content`. DIR is $SAYSO_GOLD, else `shared` beside the checkout. Every third
article is also learned from in a form that has lost line ends and, in most, commas, apostrophes and
some or all quotation marks, as reports in archives have. With `--fold N` every sixth article from N
on is left out, and scored instead of writing into the package. Needs scipy (`pip install scipy`);
the same input gives the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from scipy.optimize import minimize

from sayso.find.speech.attributions import Proposal, judging, overlap, proposals, surroundings
from sayso.find.speech.contents import Span, Surroundings, contents, fitting
from sayso.find.speech.tellers import announcing, may_announce, tellers, telling
from sayso.find.speech.trees import Tree
from sayso.find.speech.weights import FILE, UNIT, Weights, probability, score
from sayso.ingest.parse import parse
from sayso.language.lexicon import load_lexicon
from sayso.model import Report

HERE = Path(__file__).resolve().parent
Json = dict[str, Any]

# Strengths of the penalty on squared weights, by decision. Chosen on a fold: half or twice as much
# loses up to 0.005 of F1.
PENALTY = {"cue": 3.0, "content": 1.5, "teller": 2.0, "whole": 5.0}
# Signs that occur less often are not learned, and weights nearer to 0 are not kept.
SELDOM, SLIGHT = 3, 0.08
# Steps of the optimiser; more change no score.
STEPS = 120
# The last decision is learned from proposals for articles that the others were not learned from, in
# so many parts.
PARTS = 3
# How many reports lose what: "some" marks, all ("none" is left), or line ends only.
LOSSES = {"some": 0.6, "none": 0.1, "lines": 0.3}
SEED = 5
# Every so manieth article is learned from in a garbled form too. All of them would gain 0.01 of F1
# on garbled articles and lose 0.003 on others.
GARBLED = 3
# Of so many folds one is left out to be scored.
FOLDS = 6


@dataclass(slots=True)
class Article:
    """One annotated article, with its annotations by the sentence and token of their cue."""

    around: Surroundings
    annotated: list[Json]
    by_cue: dict[tuple[int, int], Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for a in self.annotated:
            if found := _cue_token(self.around, [tuple(s) for s in a["cue"]]):
                self.by_cue.setdefault(found, a)


def hull(spans: list[list[int]]) -> Span:
    """From the first to the last offset of an annotation's spans."""
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _cue_token(around: Surroundings, spans: list[Span]) -> tuple[int, int] | None:
    """The sentence and the token that stand for a cue: its main verb if it has one, else its
    head.
    """
    tree = next((t for t in around.trees.values() if t.starts[0] <= spans[0][0] < t.ends[-1]), None)
    if tree is None:
        return None
    tokens = [
        i
        for i in range(tree.size)
        if any(tree.starts[i] < e and s < tree.ends[i] for s, e in spans)
    ]
    heads = [i for i in tokens if tree.heads[i] not in tokens or tree.heads[i] == i]
    verbs = [i for i in heads if tree.tags[i][0] == "V" and tree.deps[i] not in ("aux", "auxpass")]
    worded = [i for i in heads if any(c.isalnum() for c in tree.text[i]) or tree.text[i] == ":"]
    best = verbs or worded or heads
    return (tree.index, best[0]) if best else None


def read_articles(lines: Iterable[Json]) -> list[Article]:
    """The articles, parsed as the package parses reports."""
    lexicon = load_lexicon()
    rows = list(lines)
    reports = (Report(id=r["id"], text=r["text"]) for r in rows)
    parsed = parse(reports, lexicon.is_common)
    whole = [[a for a in r["attributions"] if a["cue"] and a["content"]] for r in rows]
    return [Article(surroundings(p, "text"), a) for p, a in zip(parsed, whole, strict=True)]


def with_losses(row: Json, loss: str) -> Json:
    """The article as archives garble it, its annotations moved along."""
    kept: list[str] = []
    moved: list[int] = []
    text = row["text"]
    for i, char in enumerate(text):
        moved.append(len(kept))
        if char == "\n":
            char = "" if kept and kept[-1] == " " else " "
        elif loss != "lines" and (char in '“”"' or text[i : i + 2] == "''"):
            char = '"' if loss == "some" else ""
        elif loss != "lines" and char in ",'’‘":
            char = ""
        kept += [char] if char else []
    moved.append(len(kept))
    spans = [
        {
            k: [s for s in (_tight(kept, moved[b], moved[e]) for b, e in a[k]) if s]
            for k in ("source", "cue", "content")
        }
        for a in row["attributions"]
    ]
    return row | {"text": "".join(kept), "attributions": spans}


def _tight(chars: list[str], start: int, end: int) -> list[int] | None:
    while start < end and chars[start].isspace():
        start += 1
    while end > start and chars[end - 1].isspace():
        end -= 1
    return [start, end] if start < end else None


class Examples:
    """Rows of signs, numbered as they come up."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.cells, self.ends = array("i"), array("q", [0])
        self.right: list[bool] = []
        self.groups: list[int] = [0]

    def add(self, signs: Iterable[str], right: bool) -> None:
        """One row, and whether what the signs speak of is right."""
        self.cells.extend({self.numbers.setdefault(s, len(self.numbers)): None for s in signs})
        self.ends.append(len(self.cells))
        self.right.append(right)

    def close(self) -> None:
        """Ends a group of rows of which one is to be chosen."""
        self.groups.append(len(self.right))

    def matrix(self) -> tuple[scipy.sparse.csr_matrix, list[str]]:
        """The rows as a matrix over the signs that are not too seldom, and those signs."""
        cells, ends = (
            np.frombuffer(self.cells, dtype=np.int32),
            np.frombuffer(self.ends, dtype=np.int64),
        )
        whole = scipy.sparse.csr_matrix(
            (np.ones(len(cells), np.float32), cells, ends), shape=(len(ends) - 1, len(self.numbers))
        )
        often = np.flatnonzero(np.asarray(whole.sum(axis=0)).ravel() >= SELDOM)
        signs = list(self.numbers)
        return whole[:, often].tocsr(), [signs[i] for i in often]


def learn(examples: Examples, decision: str, choose: bool) -> dict[str, int]:
    """Weights under which right rows score high; with `choose`, higher than the others of their
    group.
    """
    rows, signs = examples.matrix()
    columns, penalty = rows.T.tocsr(), PENALTY[decision]
    right = np.array(examples.right)
    loss = _choice_loss(np.array(examples.groups), right) if choose else _yes_no_loss(right)

    def objective(weights: Any) -> tuple[float, Any]:
        value, slope = loss((rows @ weights.astype(np.float32)).astype(np.float64))
        return value + penalty / 2 * float(weights @ weights), columns @ slope.astype(
            np.float32
        ) + penalty * weights

    found = minimize(
        objective,
        np.zeros(len(signs)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": STEPS, "maxfun": 2 * STEPS},
    ).x
    print(f"{decision}: {rows.shape[0]} rows, {len(signs)} signs", flush=True)
    return {
        s: round(UNIT * float(w)) for s, w in zip(signs, found, strict=True) if abs(w) >= SLIGHT
    }


def _yes_no_loss(right: Any) -> Any:
    sign = np.where(right, 1.0, -1.0)

    def loss(scores: Any) -> tuple[float, Any]:
        margin = sign * scores
        return float(np.logaddexp(0, -margin).sum()), -sign / (1 + np.exp(np.minimum(margin, 50)))

    return loss


def _choice_loss(groups: Any, right: Any) -> Any:
    starts, sizes = groups[:-1], np.diff(groups)

    def loss(scores: Any) -> tuple[float, Any]:
        top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
        shares = np.exp(scores - top)
        whole, good = np.add.reduceat(shares, starts), np.add.reduceat(shares * right, starts)
        value = float((np.log(whole) - np.log(good)).sum())
        return value, shares / np.repeat(whole, sizes) - shares * right / np.repeat(good, sizes)

    return loss


def learn_proposals(articles: list[Article]) -> Weights:
    """The weights of the first three decisions."""
    stems = Counter(
        t.stems[k]
        for a in articles
        for i, k in a.by_cue
        for t in (a.around.trees[i],)
        if t.tags[k][0] != "V"
    )
    words = frozenset(s for s, n in stems.items() if n > 1)
    cues, places, people = Examples(), Examples(), Examples()
    for a in articles:
        for tree in a.around.trees.values():
            for i in range(tree.size):
                if may_announce(tree, i, words):
                    cues.add(announcing(tree, i, a.around), (tree.index, i) in a.by_cue)
        for (index, cue), annotation in a.by_cue.items():
            _add_places(places, a.around.trees[index], cue, annotation, a.around)
            _add_people(people, a.around.trees[index], cue, annotation, a.around)
    return Weights(
        words,
        learn(cues, "cue", False),
        learn(places, "content", True),
        learn(people, "teller", True),
        {},
    )


def _add_places(
    examples: Examples, tree: Tree, cue: int, annotation: Json, around: Surroundings
) -> None:
    """The places for a cue's words; those that overlap the annotated words best are right, if they
    do by half.
    """
    places = contents(tree, cue, around)
    shares = [overlap(hull(annotation["content"]), (c.start, c.end)) for c in places]
    best = max(shares, default=0.0)
    if best >= 0.5:
        for place, share in zip(places, shares, strict=True):
            examples.add(fitting(tree, cue, place, around), share >= best - 0.01)
        examples.close()


def _add_people(
    examples: Examples, tree: Tree, cue: int, annotation: Json, around: Surroundings
) -> None:
    """Those who may speak; right are those whose head lies in the annotated source, or nobody where
    none is annotated.
    """
    source = hull(annotation["source"]) if annotation["source"] else None
    people = tellers(tree, cue)
    right = [
        (source is None)
        if p.head is None
        else (source is not None and source[0] <= tree.starts[p.head] < source[1])
        for p in people
    ]
    if any(right):
        for person, good in zip(people, right, strict=True):
            examples.add(telling(tree, cue, person, hull(annotation["content"]), around), good)
        examples.close()


def learn_whole(judged: Iterable[tuple[Article, list[Proposal]]]) -> dict[str, int]:
    """The weights of the last decision: a proposal is right when it overlaps an annotation of its
    own by half.
    """
    examples = Examples()
    for article, found in judged:
        pairs = matched(article, found)
        for n, signs in enumerate(judging(found)):
            examples.add(signs, n in pairs and pairs[n][0] >= 0.5)
    return learn(examples, "whole", False)


def matched(article: Article, found: list[Proposal]) -> dict[int, tuple[float, int]]:
    """Each proposal's own annotation and their overlap, one to one, best first."""
    pairs = [
        (overlap(hull(a["content"]), p.span), i, n)
        for i, a in enumerate(article.annotated)
        for n, p in enumerate(found)
    ]
    taken: set[int] = set()
    out: dict[int, tuple[float, int]] = {}
    for share, i, n in sorted((p for p in pairs if p[0] > 0), key=lambda p: (-p[0], p[1], p[2])):
        if i not in taken and n not in out:
            taken.add(i)
            out[n] = (share, i)
    return out


def learn_all(articles: list[list[Article]]) -> Weights:
    """The weights of all four decisions, from articles with their garbled forms."""
    judged: list[tuple[Article, list[Proposal]]] = []
    for part in range(PARTS):
        inside = [
            a for n, forms in enumerate(articles) for a in forms if n // GARBLED % PARTS != part
        ]
        outside = [
            a for n, forms in enumerate(articles) for a in forms if n // GARBLED % PARTS == part
        ]
        weights = learn_proposals(inside)
        judged += [(a, proposals(a.around, weights)) for a in outside]
    first = learn_proposals([a for forms in articles for a in forms])
    return Weights(first.words, first.cue, first.content, first.teller, learn_whole(judged))


def report(articles: list[Article], weights: Weights) -> None:
    """Prints precision, recall and F1 of content at both overlaps, by how sure a statement must be
    to be kept.
    """
    found = [proposals(a.around, weights) for a in articles]
    likely = [[probability(score(weights.whole, s)) for s in judging(ps)] for ps in found]
    for keep in (0.3, 0.34, 0.37, 0.4, 0.45):
        kept = [
            [p for p, n in zip(ps, ns, strict=True) if n >= keep]
            for ps, ns in zip(found, likely, strict=True)
        ]
        shares = [
            share
            for a, ps in zip(articles, kept, strict=True)
            for share, _ in matched(a, ps).values()
        ]
        said, gold = sum(map(len, kept)), sum(len(a.annotated) for a in articles)
        for limit in (0.3, 0.8):
            hits = sum(s >= limit for s in shares)
            print(
                f"keep {keep}: at {limit} P {hits / said:.3f} R {hits / gold:.3f} F1 "
                f"{2 * hits / (said + gold):.3f}"
            )


def gold_lines(folder: Path) -> Iterator[Json]:
    """The annotated articles."""
    for line in (
        (folder / "data" / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        yield json.loads(line)


def write(weights: Weights, out: Path) -> None:
    """Writes the weights; the same weights give the same bytes."""
    data = {
        "words": sorted(weights.words),
        "cue": weights.cue,
        "content": weights.content,
        "teller": weights.teller,
        "whole": weights.whole,
    }
    out.write_bytes(
        gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    )
    print(f"{out}: {out.stat().st_size:,} bytes")


def main() -> None:
    ask = argparse.ArgumentParser(description="Learn the weights by which statements are found.")
    ask.add_argument(
        "--fold", type=int, help="leave out every sixth article from this one on, and score them"
    )
    ask.add_argument(
        "--gold", type=Path, default=Path(os.environ.get("SAYSO_GOLD", HERE.parents[1] / "shared"))
    )
    ask.add_argument(
        "--out",
        type=Path,
        help="where to write the weights; into the package unless a fold is left out",
    )
    asked = ask.parse_args()
    rows = list(gold_lines(asked.gold))
    chance = random.Random(SEED)
    losses = [chance.choices(list(LOSSES), list(LOSSES.values()))[0] for _ in rows]
    articles = read_articles(rows)
    garbled = iter(
        read_articles(
            with_losses(r, loss) for r, loss in list(zip(rows, losses, strict=True))[::GARBLED]
        )
    )
    forms = [[a, next(garbled)] if n % GARBLED == 0 else [a] for n, a in enumerate(articles)]
    left_out = [n for n in range(len(rows)) if asked.fold is not None and n % FOLDS == asked.fold]
    weights = learn_all([f for n, f in enumerate(forms) if n not in left_out])
    if asked.fold is not None:
        report([forms[n][0] for n in left_out], weights)
        print("garbled:")
        report([a for n in left_out for a in forms[n][1:]], weights)
    if asked.out or asked.fold is None:
        write(weights, asked.out or HERE.parent / "src" / "sayso" / "data" / FILE)


if __name__ == "__main__":
    main()
