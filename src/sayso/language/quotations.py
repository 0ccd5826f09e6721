"""Where quotations stand in a text, by their marks: one reader for all who ask."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPEN_MARKS = frozenset("“„«")
_CLOSE_MARKS = frozenset("”»")
_SINGLE_MARKS = frozenset("‘’'")
MARKS = _OPEN_MARKS | _CLOSE_MARKS | _SINGLE_MARKS | frozenset(('"', "''", "``"))
_PARAGRAPH = re.compile(r"[^\n](?:(?!\n\s*\n).)*", re.DOTALL)
_MARK = re.compile(r"[“”„«»\"]|''|``|(?<!\w)[‘'](?=[\w$…])|(?<=[\w.,!?…])['’](?!\w)")
# A single quotation holds at most so many characters; apostrophes further apart are no pair.
_SINGLE_REACHES = 300
# A longer stretch between two marks without a new paragraph is text whose marks were lost, not a
# quotation.
_LONGEST = 2500


def quotations(text: str, *, single: bool = True) -> list[tuple[int, int]]:
    """Where quotations stand, marks included, in order, none inside another.

    A mark's side is read off what stands around it, so that a mark that is turned the wrong way
    still counts. A quotation that is left open ends with its paragraph, and the next paragraph's
    goes on with it when it opens with a mark. A mark with no partner and no open place is skipped.
    `single`: whether single marks count, beside double ones.
    """
    spans: list[tuple[int, int]] = []
    left_open = False
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.start(), paragraph.start() + len(paragraph[0].rstrip())
        found, still_open = _Marks(text, start, end, single).read()
        if left_open and found and found[0][0] == start and spans:
            spans[-1] = (spans[-1][0], found.pop(0)[1])
        spans += found
        left_open = still_open
    return spans


class _Marks:
    """Reads the quotation marks of one paragraph, from left to right."""

    def __init__(self, text: str, start: int, end: int, with_single: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.with_single = with_single
        self.spans: list[tuple[int, int]] = []
        self.opened: int | None = None
        self.single: int | None = None
        self.depth = 0

    def read(self) -> tuple[list[tuple[int, int]], bool]:
        """The quotations in order, and whether the last is left open."""
        marks = list(_MARK.finditer(self.text, self.start, self.end))
        for n, m in enumerate(marks):
            if m[0] in _SINGLE_MARKS:
                if self.opened is None and self.with_single:
                    self._take_single(m)
            elif self.opened is None:
                if self._opens(m):
                    self._open(m)
            elif self._opens(m) and not self._closes(m):
                if m[0] not in _OPEN_MARKS:  # the one before lost its end
                    self._open(m)
                elif self._is_nested(marks[n + 1 : n + 3]):
                    self.depth += 1
                # Else it goes on in a new paragraph, whose line end was lost.
            else:
                self._close(m)
        if left_open := self.opened is not None and self.end - self.opened <= _LONGEST:
            assert self.opened is not None
            self.spans.append((self.opened, self.end))
        outer = [
            s
            for s in self.spans
            if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in self.spans)
        ]
        return sorted(outer), left_open

    def _is_nested(self, following: Sequence[re.Match[str]]) -> bool:
        """Whether a mark opens a quotation in another: both end before any other begins."""
        return len(following) == 2 and all(
            m[0] in _CLOSE_MARKS and self._closes(m) for m in following
        )

    def _open(self, m: re.Match[str]) -> None:
        self.opened, self.depth, self.single = m.start(), 1, None

    def _close(self, m: re.Match[str]) -> None:
        self.depth -= 1
        if self.depth == 0 and self.opened is not None:
            if m.end() - self.opened <= _LONGEST:
                self.spans.append((self.opened, m.end()))
            self.opened = None

    def _take_single(self, m: re.Match[str]) -> None:
        before = self.text[m.start() - 1 : m.start()] if m.start() > self.start else ""
        if not before.strip() or before in "([-–—":
            self.single = m.start()
        elif self.single is not None and m.start() - self.single > _SINGLE_REACHES:
            self.single = None
        elif self.single is not None and not (
            before == "s" and self.text[m.end() : m.end() + 2].strip().islower()
        ):
            # not the plural's apostrophe of "officials' claims"
            self.spans.append((self.single, m.end()))
            self.single = None

    def _opens(self, m: re.Match[str]) -> bool:
        before = self.text[m.start() - 1 : m.start()] if m.start() > self.start else ""
        after = self.text[m.end() : m.end() + 1]
        if m[0] in _OPEN_MARKS or m[0] == "``":
            return bool(after.strip())
        return (
            (not before.strip() or before in "([-–—/:‘'")
            and bool(after.strip())
            and after not in ",.;:"
        )

    def _closes(self, m: re.Match[str]) -> bool:
        before = self.text[m.start() - 1 : m.start()]
        after = self.text[m.end() : m.end() + 1] if m.end() < self.end else ""
        if m[0] in _CLOSE_MARKS:
            return bool(before.strip())
        return m[0] not in _OPEN_MARKS and bool(before.strip()) and not after.isalnum()
