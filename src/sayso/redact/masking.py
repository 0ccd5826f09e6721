"""Names in a text: where they stand, and the text with each of them masked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.redact.names import Parts, fold, gazetteer, is_called_after, is_whole, lone_forms

MASK = "[name withheld]"
_WORD = re.compile(r"[^\W\d_]+")
# What stands between the parts of one name.
_JOINT = re.compile(r"[\s.’'·_+–-]{1,3}")
_APART = re.compile(r"\s+|-|['’]")
_ORDINARY = re.compile(r"(?<=\s)[^\W\d_A-Z]+(?=[\s.,;])")
_NEW_SENTENCE = re.compile(r"(?:^|[.!?:\n])[\s\"'“”‘’(\[*-]*$")
# Names of places are seldom longer.
_LONGEST_PLACE = 4


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with names masked: `spots` are where they stood in the original, `text` is the new
    one.
    """

    spots: tuple[tuple[int, int], ...]
    text: str

    @classmethod
    def of(cls, text: str, spots: Sequence[tuple[int, int]]) -> Masked:
        """The text with the mask in the place of each spot; spots are in order and do not
        overlap.
        """
        pieces, at = [], 0
        for start, end in spots:
            pieces += [text[at:start], MASK]
            at = end
        return cls(tuple(spots), "".join([*pieces, text[at:]]))

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the original stands in the new text; one that cuts into a name takes in
        the whole mask.
        """
        return self._moved(start, False), self._moved(end, True)

    def _moved(self, at: int, is_end: bool) -> int:
        shift = 0
        for start, end in self.spots:
            if at < start or (is_end and at == start):
                break
            if at < end:
                return start + shift + (len(MASK) if is_end else 0)
            shift += len(MASK) - (end - start)
        return at + shift


class _Index:
    """Names by the first part of each of their forms, the longest form first."""

    def __init__(self, forms: Mapping[Parts, Parts]) -> None:
        self._by_first: dict[str, list[Parts]] = defaultdict(list)
        self.name = forms
        for form in sorted(forms, key=lambda f: (-len(f), f)):
            self._by_first[form[0]].append(form)
            if len(form) == 1:
                self._by_first[f"{form[0]}s"].append(form)

    def at(self, words: _Words, i: int) -> Parts | None:
        """The form of a name that begins at word i; a possessive may lack its apostrophe."""
        for form in self._by_first.get(words.folded[i], ()):
            last = i + len(form) - 1
            if last < len(words.folded) and all(
                words.folded[i + k] == form[k] for k in range(1, len(form) - 1)
            ):
                if words.folded[last] in (form[-1], f"{form[-1]}s") and words.joined(i, last):
                    return form
        return None


class FullNames:
    """Names of several parts, withheld wherever they stand; "Abdulkarim" is Abdul Karim too."""

    def __init__(self, names: Iterable[Parts]) -> None:
        names = sorted(set(names))
        self.index = _Index({**{("".join(n),): n for n in names}, **{n: n for n in names}})
        self._initials = {(n[0][0], n[-1]) for n in names}

    def length_at(self, words: _Words, i: int) -> int:
        """How many words from word i on are such a name, or initials with its surname; 0 for
        none.
        """
        form = self.index.at(words, i)
        return len(form) if form else self._initialled(words, i)

    def _initialled(self, words: _Words, i: int) -> int:
        """Words that are initials with a surname: "A. Karim", "A.K. Karim", "A. al-Karim"."""
        j = i
        while (
            j < len(words.at)
            and len(words.folded[j]) == 1
            and words.text[words.at[j][1] : words.at[j][1] + 1] == "."
        ):
            j += 1
        for last in range(j, min(j + 2, len(words.at))) if j > i else ():
            if (words.folded[i], words.folded[last]) in self._initials and words.joined(i, last):
                return last - i + 1
        return 0

    def called(self, words: _Words) -> frozenset[Parts]:
        """The short forms of the whole names that stand among the words."""
        forms = {form for i in range(len(words.at)) if (form := self.index.at(words, i))}
        return frozenset(short for form in forms for short in lone_forms(self.index.name[form]))


class _Words:
    """The words of a text, folded, and where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = [m.span() for m in _WORD.finditer(text)]
        self.folded = [fold(text[start:end]) for start, end in self.at]

    def joined(self, first: int, last: int, by: re.Pattern[str] = _JOINT) -> bool:
        """Whether these words are separated only by what can stand inside a name."""
        return all(
            by.fullmatch(self.text, self.at[i][1], self.at[i + 1][0]) for i in range(first, last)
        )

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.at[first][0], self.at[last][1]

    def word(self, i: int) -> str:
        return self.text[slice(*self.at[i])] if 0 <= i < len(self.at) else ""

    @cached_property
    def is_headline(self) -> bool:
        """Whether most longer words have a capital, so that a capital says nothing."""
        longer = [w for start, end in self.at if len(w := self.text[start:end]) > 3]
        return sum(w[0].isupper() for w in longer) > 0.7 * len(longer)


class Names:
    """Finds withheld names in one report: whole ones anywhere, surnames and other single words only
    as the report allows.

    `lone` are single words that stand for somebody withheld there, in addition to those of the
    whole names in `text`, which is all of the report; `others` are names of other people, and of
    bodies.
    """

    def __init__(
        self, whole: FullNames, lone: Iterable[Parts], others: Iterable[Parts], text: str = ""
    ) -> None:
        self._whole = whole
        self.lone = frozenset(lone) | whole.called(_Words(text))
        self._lone = _Index({n: n for n in self.lone})
        self._others = _Index({n: n for n in others})
        self._ordinary = frozenset(fold(w) for w in _ORDINARY.findall(text))

    def spots(
        self, text: str, kept: Iterable[tuple[int, int]] = (), any_case: bool = False
    ) -> list[tuple[int, int]]:
        """Where withheld names stand. `kept` are the spans of places, in which a single word is no
        name; with `any_case` a surname needs no capital.
        """
        words = _Words(text)
        safe = [*kept, *self._longer(words)]
        found, i = [], 0
        while i < len(words.at):
            n = self._whole.length_at(words, i)
            if (
                not n
                and (form := self._lone.at(words, i))
                and self._is_name(words, i, i + len(form) - 1, safe, any_case)
            ):
                n = len(form)
            if n:
                found.append(words.span(i, i + n - 1))
            i += n or 1
        return found

    def has_whole(self, text: str) -> bool:
        """Whether a whole withheld name stands in the text."""
        words = _Words(text)
        return any(self._whole.index.at(words, i) for i in range(len(words.at)))

    def in_address(self, address: str) -> bool:
        """Whether a web address, or a report's id, holds a withheld name in letters of any case:
        "/2012/abdul-karim.html".
        """
        return bool(self.spots(address, any_case=True))

    def mask(self, text: str, any_case: bool = False) -> str:
        """The text with withheld names masked."""
        return Masked.of(text, self.spots(text, any_case=any_case)).text

    def _longer(self, words: _Words) -> list[tuple[int, int]]:
        """Where names of others, and of bodies, stand."""
        return [
            words.span(i, i + len(n) - 1)
            for i in range(len(words.at))
            if (n := self._others.at(words, i))
        ]

    def _is_name(
        self, words: _Words, first: int, last: int, safe: Sequence[tuple[int, int]], any_case: bool
    ) -> bool:
        """Whether single words that can be somebody's name are one here: with a capital, and not
        in a longer name.
        """
        start, end = words.span(first, last)
        if not any_case and not words.word(last)[:1].isupper():
            return False
        if any(s <= start and end <= e for s, e in safe):
            return False
        if (
            last == first
            and words.folded[first] in self._ordinary
            and (words.is_headline or _NEW_SENTENCE.search(words.text[:start]))
        ):
            return False
        following = [
            words.word(k)
            for k in (last + 1, last + 2)
            if k < len(words.at) and words.joined(last, k, _APART)
        ]
        return not is_called_after(following[:1] or ()) and not _in_place(words, first, last)


def _in_place(words: _Words, first: int, last: int) -> bool:
    """Whether the words stand in a longer name of the gazetteer: "Khan Neshin"."""
    for start in range(max(0, last - _LONGEST_PLACE + 1), first + 1):
        for end in range(last, min(len(words.at), start + _LONGEST_PLACE)):
            if end - start == last - first or not words.joined(start, end, _APART):
                continue
            run = [words.word(k) for k in range(start, end + 1)]
            whole = is_whole(tuple(words.folded[start : end + 1]))
            if (
                whole
                and run[0][0].isupper()
                and run[-1][0].isupper()
                and gazetteer().candidates(" ".join(run))
            ):
                return True
    return False
