"""Where a report was copied from, by its own words.

Signs of an outlet are added up: a credit line, "originally published by", a paragraph at the end
that tells who it is, interviews told to it. The outlet with most wins when it has enough; when two
have the same, or the publisher itself has most, there is no origin. What a report only cites
("AFP reported that") is a claimant and no origin; so is who "contributed to this report".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.find.context import Context
from sayso.language.lexicon import Lexicon
from sayso.model import Source, SourceType
from sayso.model.parsed import Sentence


@dataclass(frozen=True, slots=True)
class Origin:
    """The outlet a report was copied from, and the words that show it best.

    `part`, `text`, `start` and `end` are None when only metadata shows it.
    """

    name: str
    reason: str
    type: SourceType | None = None
    part: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None


# What each sign weighs, and why. Less than ENOUGH in sum decides nothing.
ENOUGH = 2
_WEIGHTS = {
    "originally published": 4,  # says so in so many words
    "republished": 4,
    "credit line": 3,  # "(AFP) —", "By Reuters", "Source: SANA": the custom of the trade
    "copyright line": 3,  # an agency's, under another's masthead
    "about paragraph": 3,  # an outlet describes itself, and nobody else, under its own reports
    "via": 3,
    "agency's writers": 2,  # "Associated Press writers … contributed" stands under the agency's own text
    "provider line": 2,  # a portal's name for whom it has the text from; that may be a copy itself
    "interviews": 2,  # everyone in it spoke to the same agency, or two people to the same outlet
    "told": 1,  # one person's words to an outlet are quoted everywhere: they only support
}

_NAME = r"[A-ZÀ-Þ][\w.&’'-]*(?:(?: (?:of|the|for|and|on|in))*[ -][A-ZÀ-Þ][\w.&’'-]*){0,6}"
_SITE = r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co\.uk|news|info|[a-z]{2})"
_WORK = r"(?:article|story|report|piece|post|column|analysis|interview|essay|commentary|dispatch|content|version|text|op-ed|it)"
_ISSUED = r"(?:published|appeared|posted|printed|written|reported|ran|run|produced|aired)"
_COPIED = {
    "originally published": (
        rf"\b{_WORK}\b[^.]{{0,40}}? (?:was |were |has been |had been |is )?(?:originally|first) {_ISSUED}(?: [\w,]+){{0,6}}? (?:on|by|in|at|with|for) (?:the )?(?:website of |site of |pages of )?(?P<name>{_SITE}|{_NAME})",
        rf"^[(\[*_ ]*(?:Originally|First) {_ISSUED}(?: [\w,]+){{0,6}}? (?:on|by|in|at|with|for) (?:the )?(?P<name>{_SITE}|{_NAME})",
        rf"\boriginally appeared (?:on|in|at) (?:the )?(?P<name>{_SITE}|{_NAME})",
    ),
    "republished": (
        rf"\b[Rr]e-?(?:printed|published|posted|produced)(?: here)?(?: with| by)?(?: the)?(?: kind)? (?:permission (?:from|of|by)|courtesy of|from) (?:the )?(?P<name>{_SITE}|{_NAME})",
        rf"^[(\[*_ ]*(?:Courtesy of|Courtesy:) (?:the )?(?P<name>{_SITE}|{_NAME})",
    ),
    "via": (
        rf"^[(\[—–-]* ?[Vv]ia:? (?P<name>{_SITE}|{_NAME})[)\]]?\.?$",
        rf"\([Vv]ia (?P<name>{_NAME})\)$",
    ),
    "provider line": (
        rf"^(?P<name>{_SITE}|(?:https?://)?{_SITE}|{_NAME}) ?•$",
        rf"^from (?P<name>{_NAME})$",
    ),
    "credit line": (rf"(?:^|[(\[]|[.!?”\"] )Source: ?(?P<name>{_SITE}|{_NAME})[)\].]*$",),
}
_COPIED_PATTERNS = [
    (reason, re.compile(p)) for reason, patterns in _COPIED.items() for p in patterns
]

# Lines that tell of a picture and not of the text.
_PICTURE = re.compile(
    r"\b(?:photos?|photographs?|images?|getty|pictures?|credit|file|pool|captions?|videos?|watch|graphics?|handout|courtesy)\b|\w/ ?\w|/$",
    re.IGNORECASE,
)
_TIME = r"(?:\d{1,2}[:.]\d\d|\d{4}-\d\d-\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? \d{1,2}|[Uu]pdated|[Pp]ublished|[Pp]osted)"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What makes an outlet's name a credit in its line, where `<>` is the name.

    `place` is where such a line stands: `anywhere`; `edge`, where a byline without "By" does (at the
    head, above a time, or last); `last`, at the very end. Frames with little but the name need one.
    """

    reason: str
    pattern: str
    place: str = "anywhere"


_FRAMES = (
    _Frame("credit line", r"^(?:.{0,110}?\b[A-Z]{3,}(?:[^()a-z]*|[A-Z /-]*, ?[^()]{2,40})|[A-Z]\w+(?: [A-Z]\w+)? ?|)\(<>\) ?(?:[-–—:]|--)"),  # KABUL (AFP) —
    _Frame("credit line", r"(?:^|[.!?] )(?:[A-Z]{3,}[A-Z ,.'’/-]*)(?: [A-Z][a-z]+\.? \d{1,2})? ?\(<>\) "),  # the same, the dash lost
    _Frame("credit line", r"(?<!told )(?<!by )(?<!to )\b<> (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? \d{1,2} [A-Z][a-z]{2,8} \d{4}\b"),
    _Frame("credit line", rf"^(?:By|BY|by|From)\s+(?:{_NAME}(?:,| and| &| \|| for| of| at)?\s+)*<>(?: (?:writers?|correspondents?|news agency|reporters?|staff))?(?: ?[|,–—-]? ?{_TIME}.*)?$"),
    _Frame("credit line", rf"^<>(?: news agency)?(?: ?[|,–—-])? ?{_TIME}"),
    _Frame("credit line", rf"^(?:{_NAME}(?:,| and| &) ){{1,6}}<>$", "edge"),
    _Frame("credit line", r"^<>\.?$", "edge"),
    _Frame("credit line", r"(?:[-–—]|--) ?<>\.?$", "last"),
    _Frame("credit line", r"[.!?”\"] \(<>\)\.?$", "last"),
    _Frame("credit line", r"(?:^|\W)Source: ?<>\)?\.?$", "last"),
    _Frame("copyright line", r"(?:[Cc]opyright|©|\([Cc]\))(?: ?©)? ?(?:\d{4})?,? ?(?:by )?<>"),
    _Frame("agency's writers", r"^<>(?:['’]s?)? (?:staff |diplomatic |national security )?(?:writers?|correspondents?|reporters?|journalists?) .{3,200}\b(?:contributed|reported)\b"),
)  # fmt: skip
_ABOUT = re.compile(
    rf"^(?:About )?(?:The |the )?(?P<name>{_NAME})(?:,? (?:previously|formerly|also|originally) (?:known|called|named)[^,]{{2,60}},| \([A-Z]+\))? is (?:an?|the|Britain[’']s|one of) "
    r"(?:[\w’',-]+ ){0,9}?(?:news|media|press|information|publishing|broadcasting|not-for-profit|non-profit|nonprofit|journalism)[ -]"
    r"(?:[\w’',-]+ ){0,4}?(?:network|agency|outlet|website|site|channel|service|organi[sz]ation|magazine|publication|platform|portal|company|institution|monitor|group|project)\b"
    rf"|^(?:The |the )?(?P<paper>{_NAME}) is (?:an?|the) (?:[\w’',-]+ ){{0,6}}?(?:newspaper|broadcaster|newswire|newsletter)\b"
)
# So many characters may follow such a paragraph: its own rest, and what a page puts below.
_AFTER_ABOUT = 600
# A byline without "By" is one only this close to the beginning, menus included; further on it is a picture's.
_HEAD_LINES = 24


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    reason: str
    words: tuple[str, int, int] | None


def find_origin(context: Context) -> Origin | None:
    """The outlet that the report was copied from, or None when nothing or too little shows it, or two do."""
    known = context.lexicon.sources
    publisher = context.report.publisher
    scores: dict[str, int] = defaultdict(int)
    best: dict[str, _Sign] = {}
    for sign in _once_each(_signs(context), context.lexicon):
        name = "" if known.is_same(sign.name, publisher) else _canonical(sign.name, context.lexicon)
        scores[name] += _WEIGHTS[sign.reason]
        if name not in best or _WEIGHTS[sign.reason] > _WEIGHTS[best[name].reason]:
            best[name] = sign
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if (
        not ranked
        or ranked[0][0] == ""
        or ranked[0][1] < ENOUGH
        or (len(ranked) > 1 and ranked[0][1] == ranked[1][1])
    ):
        return None
    name = ranked[0][0]
    found, source = best[name], known.get(name)
    text, start, end = found.words or (None, None, None)
    return Origin(
        name,
        _in_words(found),
        source.type if source else None,
        "text" if text else None,
        text,
        start,
        end,
    )


def _in_words(sign: _Sign) -> str:
    return f'"told {sign.name}"' if sign.reason in ("told", "interviews") else sign.reason


def _canonical(name: str, lexicon: Lexicon) -> str:
    """One name for an outlet in every report: the known one, or the words without an article."""
    known = lexicon.sources.get(name)
    return known.name if known else re.sub(r"^the |['’]s$", "", name.strip(" .,"))


def _once_each(signs: Iterable[_Sign], lexicon: Lexicon) -> Iterator[_Sign]:
    """Each reason counts once for an outlet, however often the report repeats it."""
    seen: set[tuple[str, str]] = set()
    for sign in signs:
        key = (_canonical(sign.name, lexicon), sign.reason)
        if key not in seen:
            seen.add(key)
            yield sign


def _signs(context: Context) -> Iterator[_Sign]:
    text = context.report.text
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines):
        last = number >= len(lines) - 2
        yield from _copied_in(text[start:end], start, last)
        yield from _credits_in(
            text[start:end], start, _at_edge(number, lines, text), last, context.lexicon
        )
    yield from _about(context)
    yield from _interviews(context)
    if context.report.credit and not re.search(rf"\b{re.escape(context.report.credit)}\b", text):
        yield _Sign(context.report.credit, "credit line", None)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines, by line ends or the "###" that stands for them in texts taken from pages."""
    at = 0
    for m in re.finditer(r"\s*(?:\n|###)\s*|$", text):
        if text[at : m.start()].strip():
            yield at + len(text[at : m.start()]) - len(text[at : m.start()].lstrip()), m.start()
        at = m.end()


def _at_edge(number: int, lines: list[tuple[int, int]], text: str) -> bool:
    """Whether the line stands where a byline without "By" does: near the head, above a time, or at the very end."""
    following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
    return (
        number < 3
        or number == len(lines) - 1
        or (number < _HEAD_LINES and bool(re.match(rf"\W*{_TIME}", following)))
    )


def _copied_in(line: str, offset: int, last: bool) -> Iterator[_Sign]:
    for reason, pattern in _COPIED_PATTERNS:
        for m in pattern.finditer(line):
            if reason == "credit line" and (
                not last or _PICTURE.search(line[max(0, m.start() - 60) : m.end()])
            ):
                continue  # "Source: X" further up is a picture's or a table's
            yield _Sign(m["name"].rstrip("."), reason, (m[0], offset + m.start(), offset + m.end()))


def _credits_in(
    line: str, offset: int, at_edge: bool, last: bool, lexicon: Lexicon
) -> Iterator[_Sign]:
    """Credits in one line; every known name in it is tried in every frame."""
    for named in lexicon.sources.pattern.finditer(line):
        for frame in _FRAMES:
            if (frame.place == "edge" and not at_edge) or (frame.place == "last" and not last):
                continue
            m = re.search(frame.pattern.replace("<>", re.escape(named[0])), line)
            if m is None or not m.start() <= named.start() < m.end():
                continue
            if _PICTURE.search(
                f"{line[max(0, m.start() - 80) : named.start()]} {line[named.end() : m.end() + 40]}"
            ):
                continue
            yield _Sign(
                named["known"],
                frame.reason,
                (named[0], offset + named.start(), offset + named.end()),
            )


def _about(context: Context) -> Iterator[_Sign]:
    """The paragraph below a report in which its outlet tells who it is."""
    length = len(context.report.text)
    for s in context.sentences:
        if (
            s.part == "text"
            and s.start > 0.5 * length
            and length - s.end < _AFTER_ABOUT
            and (m := _ABOUT.match(s.text))
        ):
            yield _Sign(m["name"] or m["paper"], "about paragraph", (s.text, s.start, s.end))


def _interviews(context: Context) -> Iterator[_Sign]:
    """What "told X" shows: little of one interview, more when all of them are told to one agency, or by two people to one outlet."""
    told: dict[str, list[tuple[str | None, _Sign]]] = defaultdict(list)
    for s in context.sentences:
        for speaker, sign in _told_in(s, context):
            told[_canonical(sign.name, context.lexicon)].append((speaker, sign))
    for name, interviews in told.items():
        sign = interviews[0][1]
        yield sign
        known = context.lexicon.sources.get(name)
        if len(told) == 1 and len(interviews) > 1 and known is not None:
            if known.type is SourceType.AGENCY or len({speaker for speaker, _ in interviews}) > 1:
                yield replace(sign, reason="interviews")


def _told_in(s: Sentence, context: Context) -> Iterator[tuple[str | None, _Sign]]:
    for cue in context.speakers.cues(s):
        if cue.via is None or cue.text.lower() not in ("told", "tells"):
            continue
        claimant = context.speakers.claimant(s, cue)
        if (
            claimant.via is None
            or claimant.via.name is None
            or claimant.via.text is None
            or claimant.via.start is None
        ):
            continue
        start = s.start + s.doc[cue.start].idx if s.doc is not None else claimant.via.start
        end = claimant.via.start + len(claimant.via.text)
        text = context.report.part(s.part)
        yield (
            claimant.name,
            _Sign(
                claimant.via.name,
                "told",
                (text[start:end], start, end) if s.part == "text" else None,
            ),
        )


def with_origin(
    sources: tuple[Source, ...], origin: Origin | None, part: str, lexicon: Lexicon
) -> tuple[Source, ...]:
    """The chain with the origin after the publisher: who published it here, whom it was copied from, then who says so.

    The origin's role is `publisher` too, so that what the report says in its own voice stays so.
    Its words are kept where they stand in the part that the claim is of.
    """
    if origin is None or not sources or any(s.role == "publisher" for s in sources[1:]):
        return sources
    here = origin.part == part
    copied = Source(
        origin.name,
        "publisher",
        origin.type,
        text=origin.text if here else None,
        start=origin.start if here else None,
        end=origin.end if here else None,
        cue=origin.reason,
    )
    rest = [
        s
        for s in sources[1:]
        if s.role != "via" or not lexicon.sources.is_same(s.name, origin.name)
    ]
    return (sources[0], copied, *rest)
