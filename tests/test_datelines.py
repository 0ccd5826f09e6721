"""The day that a report gives itself, and the agency that it says it has its text from."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.ingest.datelines import dated, find_credit
from sayso.model import Report

METADATA = date(2014, 10, 24)  # a Friday
OTHER = "2014-10-20"


def day(text: str, published: date | None = METADATA) -> str:
    return str(dated(Report(id="r", text=text, published=published)).published)


# The beginning of a report that tells its own day, and the day.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a place, a day, and what sets them apart from the news
        ("KHOST, Oct. 20, 2014 (AFP) — Two men died.", OTHER),
        ("KHOST, Oct. 20 (Reuters) - Two men died.", OTHER),  # the year is that of the metadata
        ("KHOST, Monday — Two men died.", OTHER),  # and so is the week, behind a place
        ("Khost: 20 October 2014: Two men died.", OTHER),
        ("20/10/2014 | Two men died.", OTHER),
        ("20-10-2014 Two Men Die In Khost.", OTHER),
        ("Monday 20 Oct 2014. Two men died.", OTHER),
        ("2014-10-20\nTwo men died.", OTHER),
        # a page's own stamp
        ("Posted on 20 October 2014 10:30 Two men died.", OTHER),
        ("Last updated: 20 October 2014. Two men died.", OTHER),
        ("Date of publication: 2014-10-20. Two men died.", OTHER),
        # behind an agency it may stand further in, for what a title takes
        (
            f"{'Two men die in the market of Khost ' * 2}Reuters 20 October 2014 Two men died.",
            OTHER,
        ),
    ],
)
def test_a_dateline_outranks_metadata(text: str, expected: str) -> None:
    assert day(text) == expected


# The beginning of a report that tells no day of its own.
@pytest.mark.parametrize(
    "text",
    [
        "Two men died on 20 October 2014. Three fled.",  # the day of the news
        "The governor of the province said that by 20 October 2014. Three fled.",  # a sentence
        "KHOST, October 2014 — Two men died.",  # a month is no day
        "Killed 20 October 2014: two men of Khost.",  # the day of a death
        "20 October 2014 was a black day for Khost.",  # a sentence goes on
        "Monday — two men died.",  # of a weekday alone it is not sure that it is the paper's own
        f"{'Two men die in Khost. ' * 4}20 October 2014. Three fled.",  # too far in
        f"{'Two men die in Khost. ' * 8}Reuters 20 October 2014. Three fled.",  # for a stamp too
        "Two men died.",
        "",
    ],
)
def test_no_dateline_leaves_metadata(text: str) -> None:
    assert day(text) == str(METADATA)


def test_without_metadata_only_a_whole_date_counts() -> None:
    assert day("KHOST, Oct. 20, 2014 (AFP) — Two men died.", None) == OTHER
    assert day("KHOST, Oct. 20 (AFP) — Two men died.", None) == "None"
    assert day("KHOST, Monday — Two men died.", None) == "None"


def test_nothing_else_of_a_report_changes() -> None:
    report = Report(id="r", text="2014-10-20\nTwo men died.", title="Two die", publisher="The Post")
    after = dated(report)
    assert (after.id, after.title, after.publisher) == ("r", "Two die", "The Post")
    assert after.hash == report.hash


# A text -> the agency of its credit line.
CREDITS: list[tuple[str, str | None]] = [
    ("KHOST (AFP) - Two men died.", "AFP"),
    ("KHOST, Oct. 20 (Reuters) — Two men died.", "Reuters"),
    ("KHOST – AFP – Two men died.", "AFP"),
    ("By The Associated Press\nTwo men died.", "Associated Press"),
    ("Two men died.\n\nBy Reuters", "Reuters"),
    ("Two men died. --Reuters", "Reuters"),
    ("Two men died. (AP)", "AP"),
    ("Two men died. Source: Xinhua", "Xinhua"),
    ("Two men died.\nTASS\n", "TASS"),
    # its name alone is no credit
    ("Two men died, AFP said.", None),
    ("A Reuters photographer saw two men die.", None),
    ("By AFP's count two men died.", None),
    ("Two men died, the APA said.", None),
    # neither is a line in the middle of a report
    (f"{'Two men died. ' * 20}(AP) {'Three fled. ' * 20}", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "agency"), CREDITS, ids=[repr(t) for t, _ in CREDITS])
def test_credit(text: str, agency: str | None) -> None:
    assert find_credit(text) == agency
