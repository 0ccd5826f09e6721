"""The learned weights by which statements are found: what each sign adds to a score, and how they were learned.

The file is written by `training/attributions.py`. Scores are sums, so that every decision can be
traced to the signs that made it.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sayso.errors import SaysoError

FILE = "attributions.json.gz"
# Weights are whole hundredths, so that a sum is the same in whatever order.
UNIT = 100


@dataclass(frozen=True, slots=True)
class Weights:
    """What every sign weighs, for each of the four decisions, in hundredths.

    `words` are the stems of words other than verbs that are worth judging as cues. `cue` decides
    whether a word announces a statement, `content` which words it announces, `teller` whose they
    are, and `whole` whether all of that together is kept.
    """

    words: frozenset[str]
    cue: dict[str, int]
    content: dict[str, int]
    teller: dict[str, int]
    whole: dict[str, int]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that come with the package. Raises SaysoError when their file is missing or damaged."""
    try:
        data = json.loads(gzip.decompress((files("sayso") / "data" / FILE).read_bytes()))
        return Weights(
            frozenset(data["words"]), data["cue"], data["content"], data["teller"], data["whole"]
        )
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise SaysoError(
            f"the weights of sayso are damaged ({FILE}: {error}); install it again"
        ) from error


def score(weights: dict[str, int], signs: Iterable[str]) -> float:
    """The sum of what the signs weigh, each once; a sign that was never learned weighs nothing."""
    return sum(map(weights.__getitem__, weights.keys() & set(signs))) / UNIT


def probability(total: float) -> float:
    """A score as a probability between 0 and 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def shares(totals: list[float]) -> list[float]:
    """Scores of alternatives as probabilities that add up to 1."""
    top = max(totals)
    parts = [math.exp(t - top) for t in totals]
    whole = sum(parts)
    return [p / whole for p in parts]
