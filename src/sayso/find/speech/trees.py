"""A parsed sentence as plain lists, and the quotations of a text.

Finding statements asks for thousands of words, tags and edges a report; lists answer many times
faster than the parser's own objects.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc

from sayso.model.parsed import Sentence


def stem(word: str) -> str:
    """A word without its commonest endings, so that "argued", "argues" and "arguing" count as one."""
    for ending in ("ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if ending in ("ied", "ies"):
                word += "y"
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


class Tree:
    """One sentence: its words, tags and dependencies by token number, and where each stands in the part.

    `low[i]` and `high[i]` are the first and last token of what depends on token i, itself included.
    """

    def __init__(self, sentence: Sentence, doc: Doc) -> None:
        self.index = sentence.index
        self.text = [t.text for t in doc]
        self.words = [w.lower() for w in self.text]
        self.stems = [stem(w) for w in self.words]
        self.tags = [t.tag_ for t in doc]
        self.deps = [t.dep_ for t in doc]
        self.heads = [t.head.i for t in doc]
        self.starts = [sentence.start + t.idx for t in doc]
        self.ends = [s + len(w) for s, w in zip(self.starts, self.text, strict=True)]
        self.size = len(self.words)
        self.children: list[list[int]] = [[] for _ in self.words]
        self.low, self.high = list(range(self.size)), list(range(self.size))
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
            for above in self.ancestors(i):
                self.low[above] = min(self.low[above], i)
                self.high[above] = max(self.high[above], i)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads of token i, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def child(self, i: int, *deps: str) -> int | None:
        """The first token that depends on token i in one of these ways."""
        return next((c for c in self.children[i] if self.deps[c] in deps), None)

    def has(self, i: int, *deps: str) -> bool:
        """Whether a token depends on token i in one of these ways."""
        return self.child(i, *deps) is not None

    def first_at(self, offset: int) -> int:
        """The token that begins at the offset into the part, or the next one after it."""
        return min(bisect_left(self.starts, offset), self.size - 1)

    def last_at(self, offset: int) -> int:
        """The last token that ends at or before the offset into the part."""
        return max(bisect_right(self.ends, offset) - 1, 0)
