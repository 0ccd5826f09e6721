"""A report's text -> sentences; and a sentence in capitals as it would normally be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sayso.model import Report
from sayso.model.parsed import Sentence

_CLOSERS = r"""\"'”’)\]»"""
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr gen col lt sgt maj capt sen rep gov prof st no vs etc jan feb mar apr "
        "jun jul aug sep sept oct nov dec u.s "
        "u.n u.k a.m p.m inc co corp jr sr brig adm cmdr hon rev fr i.e e.g approx dept est "
        "al supt det"
    ).split()
)
_BREAK = re.compile(
    rf"""
    # a full stop and what closes with it, before a capital, a digit, a mark, or an end
    (?P<stop>[.!?…]+[{_CLOSERS}]*) (?=\s+[\"'“‘(\[«A-Z0-9À-ÞŻ*#-]|\s*\n|\s*$)
    | (?P<line>\n+)
    | \s(?=\#{{3}}\s)  # a heading that lost its line""",
    re.VERBOSE,
)


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end. A line end ends a sentence unless it clearly goes on."""
    start = 0
    for m in _BREAK.finditer(text):
        end = m.end()
        if m["stop"]:
            word = re.search(r"[\w.]*$", text[max(start, m.start() - 12) : m.start()])
            last = word[0].lower() if word else ""
            if (
                m["stop"].startswith(".")
                and len(m["stop"]) == 1
                and not text[m.end() :].lstrip(" ").startswith("\n")
            ):
                if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
                    continue
        elif (
            m["line"] is not None
            and "\n\n" not in m["line"]
            and _goes_on(text[start : m.start()], text[m.end() : m.end() + 40])
        ):
            continue
        if text[start:end].strip():
            yield _trim(text, start, end)
        start = end
    if text[start:].strip():
        yield _trim(text, start, len(text))


def sentences(report: Report) -> Iterator[Sentence]:
    """The sentences of the title, then of the text without the form and comments below it; not yet
    parsed.
    """
    spans = (
        (part, span)
        for part in ("title", "text")
        for span in split_sentences(report.part(part)[: end_of_report(report.part(part))])
    )
    for index, (part, (start, end)) in enumerate(spans):
        yield Sentence(part, index, start, end, report.part(part)[start:end])


# The form below a page, and the comments after it, are not the report.
_COMMENTS = re.compile(
    r"""
    ^\W*
    (?: (?:leave|add|post|write)\ a\ (?:reply|comment)
      | your\ email\ address\ will\ not\ be\ published
      | comments\ are\ closed
      | required\ fields\ are\ marked
    ) \b.{0,80}$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)


def end_of_report(text: str) -> int:
    """Where the report ends and a page's comments begin; its whole length where there are none."""
    found = _COMMENTS.search(text)
    return found.start() if found else len(text)


def _goes_on(before: str, after: str) -> bool:
    """Whether a single line end is inside a sentence: hard-wrapped text or interleaved markup."""
    before, after = before.rstrip(), after.lstrip()
    return (
        before.endswith((",", ";", ":", "–", "-"))
        or bool(re.match(r"[a-z\d,;]|[-–—] ?[a-z]", after))
        or bool(
            re.search(
                r"\b(?:the|a|an|and|of|in|by|with|was|were|including|old|named|son|daughter"
                r"|wife|husband|brother|sister|mother|father|nephew|niece|uncle|aunt|cousin"
                r"|grandson|granddaughter|grandfather|grandmother)$",
                before,
            )
        )
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _is_caps(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def _lower(text: str) -> str:
    """Lower case of the same length: characters whose lower case is longer are kept."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


_C1 = re.compile(r"[\x80-\x9f]")


def sentence_case(text: str, is_common: Callable[[str], bool]) -> str:
    """The text as a normal sentence would be written, of the same length.

    Headlines in title case and telegrams in capitals defeat a parser that was trained on sentences.
    Words that `is_common` knows lose their capital; other words of an all-capital text keep their
    first. Line ends and other white space become spaces; control characters left over from
    Windows-1252 become the quotation marks and dashes that they were.
    """
    text = _C1.sub(
        lambda m: m[0].encode("latin-1").decode("cp1252", "replace"), re.sub(r"\s", " ", text)
    )
    if _is_caps(text):

        def plain(m: re.Match[str]) -> str:
            word = m[0]
            if m.start() and text[m.start() - 1] in "'’":
                return _lower(word)  # the "S" of "GUERRERO'S"
            return _lower(word) if is_common(word.lower()) else word[0] + _lower(word[1:])

        return re.sub(r"[^\W\d_]+", plain, text)
    words = re.findall(r"[^\W\d_]{4,}", text)
    if len(words) > 3 and sum(w[0].isupper() for w in words) > 0.7 * len(words):
        return re.sub(
            r"[^\W\d_]+",
            lambda m: _lower(m[0]) if m[0][1:].islower() and is_common(m[0].lower()) else m[0],
            text,
        )
    return text
