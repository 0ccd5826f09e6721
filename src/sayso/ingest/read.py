"""Files, folders, standard input -> reports, with the reason for each that cannot be read.

Plain text (with optional front matter), HTML pages and JSON Lines. Nothing here raises for bad
input: what cannot be read is given as `Skipped`, and the rest is read.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import py3langid
import trafilatura
from charset_normalizer import from_bytes
from trafilatura.settings import Document

from sayso.errors import ReadError
from sayso.ingest.datelines import dated, find_credit
from sayso.language.dates import find_dates
from sayso.language.word_lists import data_of
from sayso.model import Report, Skipped

# A longer text is not one report; the longest of 2,400 news reports has 60,000 characters.
MAX_CHARACTERS = 1_000_000
# The language is identified from this many characters at most; fewer than the least say too little.
_LANGUAGE_SAMPLE = 2_000
_LANGUAGE_LEAST = 60

_LANGUAGES: dict[str, str] = data_of("languages")

_READERS = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_FIELDS = ("id", "publisher", "published", "title", "url")

# A page with less than this is a menu or an error page.
_LEAST_MAIN_TEXT = 40


def read(paths: Iterable[str | Path]) -> Iterator[Report | Skipped]:
    """Every report in the files and folders, in a stable order; "-" is standard input.

    Folders are searched recursively for `.txt`, `.html`, `.htm` and `.jsonl`. What cannot be read
    or is not in English is given as `Skipped`. A report that occurs twice is given once.
    """
    seen: set[str] = set()
    for path in paths:
        for item in _read_path(str(path)):
            if isinstance(item, Report):
                if item.hash in seen:
                    continue
                seen.add(item.hash)
            yield item


def expected(paths: Iterable[str | Path]) -> int | None:
    """About how many items `read` will yield: files, and lines of JSON Lines. None when that is not
    known beforehand, as for standard input.
    """
    total = 0
    for path in map(Path, paths):
        if str(path) == "-":
            return None
        files = (
            sorted(f for f in path.rglob("*") if f.suffix.lower() in _READERS)
            if path.is_dir()
            else [path]
        )
        for file in files:
            try:
                total += _count_lines(file) if _READERS.get(file.suffix.lower()) == "jsonl" else 1
            except OSError:
                total += 1
    return total


def _count_lines(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b"")) or 1


def _read_path(path: str) -> Iterator[Report | Skipped]:
    if path == "-":
        yield from _guarded("standard input", lambda: _read_stdin())
        return
    p = Path(path)
    try:
        is_folder, exists = p.is_dir(), p.exists()
    except OSError as error:
        yield Skipped(path[:80], f"cannot be opened ({error.strerror})", error=True)
        return
    if is_folder:
        yield from _read_folder(p)
    elif not exists:
        yield Skipped(path, "no such file or folder", error=True)
    elif (kind := _READERS.get(p.suffix.lower())) is None:
        yield Skipped(
            path,
            f"unknown file type ({p.suffix or 'no extension'}); expected .txt, .html or .jsonl",
            error=True,
        )
    else:
        yield from _guarded(path, lambda: _read_file(p, kind))


def _read_folder(folder: Path) -> Iterator[Report | Skipped]:
    failures: list[OSError] = []
    found = others = 0
    for place, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            if Path(name).suffix.lower() not in _READERS:
                others += 1
            else:
                found += 1
                yield from _read_path(str(Path(place) / name))
    if not found and not failures:
        yield Skipped(
            str(folder), f"no .txt, .html or .jsonl file in it ({others} other files)", error=True
        )
    for failure in failures:
        yield Skipped(
            str(failure.filename),
            f"the folder cannot be opened ({failure.strerror}); check its permissions",
            error=True,
        )


def _guarded(where: str, open_: Any) -> Iterator[Report | Skipped]:
    """The items of one file or stream; if it fails as a whole, one `Skipped`."""
    try:
        yield from open_()
    except ReadError as error:
        yield Skipped(error.where, error.message, error=True)
    except OSError as error:
        yield Skipped(where, f"cannot be opened ({error.strerror})", error=True)


def _read_stdin() -> Iterator[Report | Skipped]:
    data = io.BytesIO(sys.stdin.buffer.read())
    first = data.getvalue()[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    kind = {b"{": "jsonl", b"<": "html"}.get(first, "text")
    return _read_stream(data, "standard input", kind)


def _read_file(path: Path, kind: str) -> Iterator[Report | Skipped]:
    with path.open("rb") as stream:
        yield from _read_stream(stream, str(path), kind)


def _read_stream(stream: BinaryIO, where: str, kind: str) -> Iterator[Report | Skipped]:
    if kind == "jsonl":
        yield from _read_jsonl(stream, where)
        return
    data = stream.read(4 * MAX_CHARACTERS + 1)
    if len(data) > 4 * MAX_CHARACTERS:
        raise ReadError(
            where,
            f"longer than {4 * MAX_CHARACTERS:,} bytes; one file holds one report, use .jsonl "
            f"for many",
        )
    text = decode(data, where)
    fields = _from_html(text, where) if kind == "html" else _from_text(text, where)
    yield _report(fields, where, stem=Path(where).stem)


def decode(data: bytes, where: str) -> str:
    """The text of the bytes: UTF-8, else the encoding that fits best.

    Raises ReadError for bytes that are empty or not text.
    """
    if not data.strip():
        raise ReadError(where, "empty; expected the text of a report")
    if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadError(
            where, "not text (it has zero bytes); expected a report as text, HTML or JSON Lines"
        )
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    if best is None:
        raise ReadError(where, "unknown encoding; save it as UTF-8")
    # Most Western pages in an older encoding are in Windows-1252, whatever they declare.
    name = (
        "cp1252"
        if best.encoding
        in ("latin_1", "iso8859_15", "cp1250", "cp1252", "mac_roman", "cp1257", "cp1254")
        else best.encoding
    )
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return str(best)


def _from_text(text: str, where: str) -> dict[str, Any]:
    """The body of a text file and the fields of its front matter ("key: value" lines, fenced or
    not).
    """
    m = re.match(r"\s*---\s*\n(?P<head>.*?)\n---\s*\n", text, re.DOTALL) or re.match(
        rf"(?P<head>(?:(?:{'|'.join(_FIELDS)})\s*:[^\n]*\n)+)\s*\n", text, re.IGNORECASE
    )
    if m is None or not all(
        re.match(r"\w+\s*:", line) for line in m["head"].splitlines() if line.strip()
    ):
        return {"text": text}
    fields: dict[str, Any] = {}
    for line in m["head"].splitlines():
        key, _, value = line.partition(":")
        if key.strip().lower() in _FIELDS:
            fields[key.strip().lower()] = value.strip().strip("\"'")
    return fields | {"text": text[m.end() :]}


def _from_html(page: str, where: str) -> dict[str, Any]:
    """The main text, title, date and site of a page; menus and comments are left out."""
    found = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=False, with_metadata=True, favor_precision=True
    )
    if not isinstance(found, Document) or len(found.text or "") < _LEAST_MAIN_TEXT:
        raise ReadError(where, "no main text found in the page; is it an article?")
    return {
        "text": found.text,
        "title": found.title or "",
        "published": found.date,
        "publisher": found.sitename or found.hostname,
        "url": found.url,
    }


def _read_jsonl(stream: BinaryIO, where: str) -> Iterator[Report | Skipped]:
    number = 0
    while line := stream.readline(4 * MAX_CHARACTERS):
        number += 1
        at = f"{where}, line {number}"
        if not line.endswith(b"\n") and len(line) >= 4 * MAX_CHARACTERS:
            while len(rest := stream.readline(1 << 20)) == 1 << 20 and not rest.endswith(b"\n"):
                pass
            yield Skipped(
                at,
                f"longer than {4 * MAX_CHARACTERS:,} bytes; expected one report per line",
                error=True,
            )
        elif line.strip():
            try:
                yield _report(_from_json(line, at), at)
            except ReadError as error:
                yield Skipped(at, error.message, error=True)
    if number == 0:
        yield Skipped(where, "empty; expected one JSON object per line", error=True)


def _from_json(line: bytes, at: str) -> dict[str, Any]:
    try:
        fields = json.loads(decode(line, at))
    except json.JSONDecodeError as error:
        raise ReadError(
            at, f"not JSON ({error.msg} at column {error.colno}); expected an object with a text"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ReadError(at, "not JSON that can be read; expected an object with a text") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ReadError(
            at,
            'no "text"; expected an object like {"id": …, "publisher": …, "published": …, '
            '"title": …, "text": …}',
        )
    for name in _FIELDS:
        if not isinstance(fields.get(name), str | int | None) or (
            name != "id" and isinstance(fields.get(name), int)
        ):
            raise ReadError(at, f"{name!r} is not text; expected words in quotes, or leave it out")
    return fields


def _report(fields: dict[str, Any], where: str, stem: str | None = None) -> Report | Skipped:
    """The report of the fields, dated and credited, or why it is left out. Raises ReadError."""
    text = fields["text"]
    if not text.strip():
        raise ReadError(where, "its text is empty")
    if len(text) > MAX_CHARACTERS:
        raise ReadError(
            where,
            f"a text of {len(text):,} characters; expected one report of at most "
            f"{MAX_CHARACTERS:,}",
        )
    if "\x00" in f"{text}{fields.get('title')}":
        raise ReadError(where, "it has NUL characters; is it a binary file?")
    try:
        f"{fields['text']}{fields.get('title')}".encode()
    except UnicodeEncodeError as error:
        raise ReadError(
            where, "it has half a character (a lone surrogate); write it out in full"
        ) from error
    name = (
        fields.get("id") or stem or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    )
    report = Report(
        id=str(name),
        text=text,
        title=fields.get("title") or "",
        publisher=fields.get("publisher") or None,
        published=_published(fields.get("published"), where),
        url=fields.get("url") or None,
        credit=find_credit(text),
    )
    language = find_language(f"{report.title}\n{text}")
    if language != "en":
        return Skipped(
            where, f"in {_LANGUAGES.get(language, language)}; only English is read", error=False
        )
    return dated(report)


def _published(value: object, where: str) -> date | None:
    """The publication date of a field: ISO, or one date in words. Raises ReadError for an invalid
    date.
    """
    if value is None or value == "":
        return None
    words = str(value).strip()
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        found = [d for d in find_dates(words, None) if d.precision == "day" and d.first]
    if len(found) == 1:
        return found[0].first
    raise ReadError(where, f"{words[:40]!r} is not a date; expected YYYY-MM-DD, or leave it out")


def find_language(text: str) -> str:
    """The ISO 639-1 code of the text's language; a text that is too short passes as English."""
    sample = text.strip()[:_LANGUAGE_SAMPLE]
    if len(sample) < _LANGUAGE_LEAST:
        return "en"
    _only_news_languages()
    # The classifier was trained on sentences; capitals mislead it.
    return str(py3langid.classify(sample.lower() if sample.isupper() else sample)[0])


@cache
def _only_news_languages() -> None:
    """Limits the classifier, once, to languages of news: others, creoles of English among them,
    would claim English texts.
    """
    py3langid.set_languages(list(_LANGUAGES))
