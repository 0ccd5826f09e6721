"""Datelines and credit lines: the day that a report gives itself, and the agency that it says it
has its text from.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.language.dates import find_dates
from sayso.language.outlets import credit_forms
from sayso.model import Report

# A dateline stands within so many characters of the beginning; after an agency's name it may stand
# further in, for what a title, repeated there, takes.
_DATELINE_WITHIN = 70
_STAMPED_WITHIN = 110
_AGENCIES = "|".join(re.escape(form) for form in credit_forms())
_CREDITS = tuple(
    re.compile(pattern, re.VERBOSE | re.DOTALL)
    for pattern in (
        # KABUL (AFP) —
        rf"^.{{0,80}}?\((?P<agency>{_AGENCIES})\)\s*[-–—:]",
        # KABUL — AFP —
        rf"^.{{0,60}}?[-–—]\s?(?P<agency>{_AGENCIES})\s*[-–—]",
        # By The Associated Press
        rf"\bBy\ (?:The\ )?(?P<agency>{_AGENCIES})\b(?=\s*(?:$|\n|\#{{3}}|\|))",
        # at the end: --Reuters; (AFP); Source: SANA
        rf"(?:--|—|–|\(|\bSource:\ ?)\s?(?P<agency>{_AGENCIES})\)?\.?\s*$",
        # on a line of its own at the end
        rf"(?:^|\n)\s*(?P<agency>{_AGENCIES})\s*$",
    )
)


# Words that stand only before a report's own date: "Last updated at", "Posted on", an agency.
_STAMP = re.compile(
    rf"""
    (?: ^\W*
        (?: (?:last\ )?updated | (?:first\ )?(?:posted|published) | date\ of\ publication )
        (?:\ at|\ on)?
      | (?-i:\b(?:{_AGENCIES}))  # an agency, as it is written
    ) [\s:,]*$""",
    re.IGNORECASE | re.VERBOSE,
)


def dated(report: Report) -> Report:
    """The report with the date of its own dateline, where it has one: that outranks metadata."""
    head = report.text[: _STAMPED_WITHIN + 30]
    for d in find_dates(head, report.published):
        before = head[: d.start]
        stamped = bool(_STAMP.search(before))
        if (
            d.precision != "day"
            or d.first is None
            or d.start > (_STAMPED_WITHIN if stamped else _DATELINE_WITHIN)
        ):
            continue
        opens = stamped or (
            not re.search(r"[a-z]{3,} [a-z]{2,} ", before)
            and not re.search(r"\b(?:on|killed|in|since)\s*$", before, re.IGNORECASE)
        )
        fenced = bool(
            re.match(
                r"\s*(?:\([^)]*\))?\s*(?:[-–—:|.]|\d{1,2}:\d\d|[A-Z0-9\"'“(]|$|\n|###)",
                head[d.end :],
            )
        )
        if (
            opens
            and fenced
            and (
                not d.relative or (report.published and re.match(r"^\s*[A-Z][A-Z ,./'-]+", before))
            )
        ):
            return replace(report, published=d.first)
    return report


def find_credit(text: str) -> str | None:
    """The agency that a credit line names: "(AFP) -", "--Reuters", "By The Associated Press"."""
    text = text.strip()
    head, tail = text[:200], text[-200:]
    for pattern in _CREDITS:
        for piece in (head, tail):
            if m := pattern.search(piece):
                return m["agency"]
    return None
