"""Reading: every kind of input, and every kind of bad input, each with one clear line."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from sayso import Report, Skipped, read
from sayso.ingest.datelines import find_credit
from sayso.ingest.read import find_language

BODY = (
    "KABUL, Oct. 8 (AFP) — Two soldiers were killed in the city of Kandahar on Sunday, officials "
    "said."
)


def one(path: Path) -> Report:
    items = list(read([path]))
    assert len(items) == 1
    assert isinstance(items[0], Report), items[0]
    return items[0]


def problems(*paths: Path | str) -> list[Skipped]:
    return [item for item in read(paths) if isinstance(item, Skipped)]


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_plain_text_is_kept_untouched(tmp_path: Path) -> None:
    text = f"  {BODY}\r\n\r\nMore. \t\n"
    report = one(write(tmp_path / "a.txt", text))
    assert report.text == text
    assert report.id == "a"


@pytest.mark.parametrize("fence", ["---\n{}---\n", "{}\n"])
def test_front_matter(tmp_path: Path, fence: str) -> None:
    head = (
        'title: "Two killed"\npublisher: The Example\npublished: 2012-10-09\nurl: '
        "https://example.org/a\n"
    )
    report = one(write(tmp_path / "a.txt", fence.format(head) + BODY))
    assert (report.title, report.publisher, report.url) == (
        "Two killed",
        "The Example",
        "https://example.org/a",
    )
    assert report.text == BODY


DATELINES = [
    ("KABUL, Oct. 8 (AFP) — Two died.", date(2012, 10, 8)),
    ("Friday 24 Oct 2014. Two died in the city.", date(2014, 10, 24)),
    ("Mon Jul 18 2016 Army Kills 10 in Missile Attack.", date(2016, 7, 18)),
    ("26-01-2016 Bombs Kill 22 at Army Checkpoint.", date(2016, 1, 26)),
    ("SAN SALVADOR, 3 JAN 90 -- [TEXT] THE ARMY SAID SO.", date(1990, 1, 3)),
    # no dateline: the metadata's date
    (
        "Two men died on 3 May 2011 in the town.",
        date(2012, 10, 20),
    ),
]


@pytest.mark.parametrize(("text", "published"), DATELINES)
def test_the_texts_own_dateline_outranks_metadata(
    tmp_path: Path, text: str, published: date
) -> None:
    line = json.dumps({"id": "x", "published": "2012-10-20", "text": text})
    assert one(write(tmp_path / "a.jsonl", line)).published == published


CREDITS = [
    (BODY, "AFP"),
    ("Two men died in the town. --Reuters", "Reuters"),
    ("Two men died in the town. (AP)", "AP"),
    ("By Reuters\nTwo men died.", "Reuters"),
    ("A Reuters photographer saw two men die.", None),
]


@pytest.mark.parametrize(("text", "agency"), CREDITS)
def test_credit(text: str, agency: str | None) -> None:
    assert find_credit(text) == agency


def test_page_without_menus_and_comments(examples: Path) -> None:
    report = one(examples / "02-harbour-post.html")
    assert report.title == "NATO counts its dead as Afghan war enters twelfth year"
    assert report.publisher == "Harbour Post (example)"
    assert report.published == date(2012, 10, 8)
    assert "3,199" in report.text
    for noise in ("Leave a Reply", "email address", "Most read", "50,000", "Weather"):
        assert noise not in report.text


def test_windows_1252(examples: Path) -> None:
    assert "the provincial governor’s office" in one(examples / "09-khost-bomb.txt").text


def test_another_language_is_listed_not_an_error(examples: Path) -> None:
    (skipped,) = problems(examples / "11-el-ejemplo.html")
    assert skipped.reason == "in Spanish; only English is read"
    assert not skipped.error


@pytest.mark.parametrize(
    "text",
    [
        "TEN SOLDIERS WERE KILLED IN SAN SALVADOR YESTERDAY, ACCORDING TO THE ARMY PRESS OFFICE.",
        "Dead: 3",
    ],
)
def test_capitals_and_short_texts_pass_as_english(text: str) -> None:
    assert find_language(text) == "en"


def test_a_report_met_twice_is_one(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "text": BODY})
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    write(tmp_path / "in" / "a.jsonl", f"{line}\n{line}\n")
    write(folder / "b.jsonl", line)
    assert len(list(read([tmp_path / "in"]))) == 1


BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\n ", "empty"),
    ("binary.txt", b"\x7fELF\x00\x00\x01", "not text"),
    ("empty.jsonl", b"", "empty"),
    ("kind.pdf", b"%PDF", "unknown file type"),
    ("menu.html", b"<html><body><nav>Home</nav></body></html>", "no main text"),
    (
        "date.txt",
        b"title: x\npublished: the day before\n\nTwo men were killed in the town.",
        "is not a date",
    ),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD)
def test_bad_file(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (skipped,) = problems(write(tmp_path / name, data))
    assert skipped.error
    assert message in skipped.reason
    assert "\n" not in skipped.reason


def test_broken_lines_leave_the_others(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(i), "text": f"{BODY} {i}"}) for i in range(10)]
    lines[2] = '{"id": "2", "text": '
    lines[5] = '{"id": "5", "body": "no text here"}'
    lines[7] = '{"id": "7", "published": "2012-13-45", "text": "Two men were killed."}'
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    items = list(read([path]))
    assert [i.where for i in items if isinstance(i, Skipped)] == [
        f"{path}, line {n}" for n in (3, 6, 8)
    ]
    assert len([i for i in items if isinstance(i, Report)]) == 7


def test_a_line_of_fifty_megabytes(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl",
        b'{"text": "'
        + b"a" * 50_000_000
        + b'"}\n'
        + json.dumps({"id": "b", "text": BODY}).encode(),
    )
    items = list(read([path]))
    assert isinstance(items[0], Skipped)
    assert "longer than" in items[0].reason
    assert isinstance(items[1], Report)


def test_no_such_file() -> None:
    (skipped,) = problems("nowhere.txt")
    assert skipped.reason == "no such file or folder"


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    write(tmp_path / "a.txt", BODY)
    real = os.scandir

    def scandir(path: str) -> object:  # root may open anything, so the refusal is played
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    items = list(read([tmp_path]))
    assert [type(i) for i in items] == [Report, Skipped]
    assert "check its permissions" in str(items[1])


BAD_LINES = [
    (b'{"title": 5, "text": "Two men were killed."}', "is not text"),
    (b'{"publisher": {"a": 1}, "text": "Two men were killed."}', "is not text"),
    (b'{"text": "Two men \\ud83d were killed."}', "half a character"),
    (b"[" * 100_000, "not JSON"),
    (b'{"id": ' + b"9" * 6000 + b', "text": "Two men were killed."}', "not JSON"),
]


@pytest.mark.parametrize(("data", "message"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_bad_line(tmp_path: Path, data: bytes, message: str) -> None:
    (skipped,) = problems(write(tmp_path / "a.jsonl", data))
    assert skipped.error
    assert message in skipped.reason


def test_a_rule_is_no_front_matter(tmp_path: Path) -> None:
    text = (
        "---\nTwelve civilians were killed in Kabul on Sunday.\n---\nThree soldiers were wounded.\n"
    )
    assert one(write(tmp_path / "a.txt", text)).text == text


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"%PDF")
    (skipped,) = problems(tmp_path)
    assert "no .txt, .html or .jsonl file in it (1 other files)" in skipped.reason


def test_an_endless_path() -> None:
    (skipped,) = problems("a" * 5000)
    assert skipped.error
