"""Two news pages read row by row: a real one, skipped, saying so, where it is not at hand, and one
of ours.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso import read
from sayso.model import Claim, Figure, Report
from sayso.pipeline import Found, find_in
from sayso.present.sheet import sheet_row
from tests.conftest import EXAMPLES, SHARED

PAGE = SHARED / "data" / "seed" / "war-enters-12th-year.txt"
OURS = EXAMPLES / "12-riverbend-herald.txt"

_read: dict[Path, Found] = {}


def found(page: Path) -> Found:
    """What is found on a page, read once; the real one does not tell its date."""
    if not page.exists():
        pytest.skip(f"the page is not at hand: {page}")
    if page not in _read:
        (report,) = read([page])
        assert isinstance(report, Report)
        (item,) = find_in([replace(report, published=report.published or date(2012, 10, 8))])
        assert isinstance(item, Found)
        _read[page] = item
    return _read[page]


def fits(claim: Claim, wanted: dict[str, Any]) -> bool:
    """Whether the claim's columns are as wanted; words of a text column need only begin with those
    wanted.
    """
    have = sheet_row(claim) | {
        "party": claim.sources[-1].party,
        "lost": claim.sources[-1].name is None,
    }
    have |= {k: str(v) for k, v in have.items() if isinstance(v, date)}
    return all(
        str(have.get(k)).startswith(v) if k in ("content", "value") else have.get(k) == v
        for k, v in wanted.items()
    )


# Every row is one entry that the page must give; None is a claimant where the page speaks in its
# own voice.
ROWS: list[tuple[Path, dict[str, Any]]] = [
    # figures, a part of one, a source that is lost, a rate, strengths that are planned
    (
        PAGE,
        {
            "effect": "killed",
            "low": 3199,
            "high": 3199,
            "status": "military",
            "scope": "total",
            "when_start": "2001-10-07",
            "claimant": None,
            "lost": False,
        },
    ),
    (PAGE, {"effect": "killed", "low": 2101, "high": None, "status": "military", "lost": True}),
    (
        PAGE,
        {
            "effect": "killed",
            "low": 13001,
            "high": None,
            "status": "civilian",
            "when_start": "2007-01-01",
            "when_end": "2012-06-30",
            "claimant": "The UN",
            "claimant_type": "intergovernmental",
        },
    ),
    (
        PAGE,
        {
            "effect": "killed",
            "low": 20001,
            "high": None,
            "when_start": "2001-10-07",
            "when_end": "2012-10-08",
            "claimant": "most experts",
            "claimant_type": "unnamed",
        },
    ),
    (
        PAGE,
        {
            "effect": "killed",
            "low": 1,
            "high": 1,
            "scope": "rate per day",
            "claimant": "the AP",
            "claimant_type": "agency",
        },
    ),
    (PAGE, {"kind": "strength", "low": 130_000, "high": 130_000}),
    (PAGE, {"kind": "strength", "low": 108_000, "when_end": "2012-12-31"}),
    (PAGE, {"kind": "strength", "low": 68_000}),
    # statements: speaker, cue, words; a party to the war it speaks of
    (
        PAGE,
        {
            "kind": "statement",
            "content": "NATO forces “are fleeing Afghanistan” in “humiliation and disgrace”",
            "cue": "proclaims",
            "mode": "mixed",
            "claimant": "the Taliban",
            "party": True,
        },
    ),
    (
        PAGE,
        {
            "kind": "statement",
            "content": "“Most arguably, the only accomplishment",
            "cue": "told",
            "mode": "direct",
            "claimant": "international affairs commentator Rick Rozoff",
            "party": False,
        },
    ),
    # forecasts: a prediction and a promise, by whom, by when
    (
        PAGE,
        {
            "kind": "forecast",
            "mode": "prediction",
            "content": "the Taliban will quickly recapture power",
            "claimant": "Many analysts",
            "horizon_end": None,
        },
    ),
    (
        PAGE,
        {
            "kind": "forecast",
            "mode": "promise",
            "content": "most US combat troops will leave by the end of 2014",
            "claimant": "Barack Obama",
            "horizon_end": "2014-12-31",
        },
    ),
    # events: actor, kind, target, date, place
    (
        PAGE,
        {
            "kind": "event",
            "type": "ASSAULT",
            "actor": "US",
            "when_start": "2001-10-07",
            "when_end": "2001-10-07",
            "where": "Afghanistan",
        },
    ),
    (
        PAGE,
        {
            "kind": "event",
            "type": "ASSAULT",
            "trigger": "massacres",
            "when_start": "2012-03-01",
            "when_end": "2012-03-31",
            "where": "Kandahār",
        },
    ),
    # what is said of a source, and by whom
    (
        PAGE,
        {
            "kind": "source",
            "about": "RT",
            "relation": "funded_by",
            "value": "the Russian government",
            "claimant": None,
        },
    ),
    (
        PAGE,
        {
            "kind": "source",
            "about": "RT",
            "relation": "described_as",
            "value": "a propaganda outlet",
            "claimant": "the US State Department",
        },
    ),
    # the same of a page of ours
    (
        OURS,
        {
            "effect": "killed",
            "low": 3199,
            "status": "military",
            "scope": "total",
            "when_start": "2001-10-07",
            "when_end": "2012-10-08",
            "claimant": "the independent website Coalition Ledger",
        },
    ),
    (
        OURS,
        {
            "effect": "killed",
            "low": 1,
            "scope": "rate per day",
            "claimant": "the defence ministry in Kabul",
            "party": True,
        },
    ),
    (
        OURS,
        {
            "effect": "captured",
            "low": 4,
            "when_start": "2012-10-06",
            "by": "Afghan police",
            "claimant": "the governor's office",
        },
    ),
    (OURS, {"kind": "strength", "low": 108_000}),
    (
        OURS,
        {
            "kind": "statement",
            "content": "NATO troops “are running from the valleys” in “fear and shame”",
            "mode": "mixed",
            "claimant": "the Taliban",
            "party": True,
        },
    ),
    (
        OURS,
        {
            "kind": "statement",
            "content": "“The training goes slower",
            "mode": "direct",
            "claimant": "military analyst Tomas Grebe",
        },
    ),
    (
        OURS,
        {
            "kind": "forecast",
            "mode": "warning",
            "content": "the fighting will spread to the north",
            "claimant": "Many diplomats",
        },
    ),
    (
        OURS,
        {
            "kind": "forecast",
            "mode": "promise",
            "claimant": "President Barack Obama",
            "horizon_end": "2014-12-31",
        },
    ),
    (
        OURS,
        {
            "kind": "event",
            "type": "ASSAULT",
            "actor": "United States",
            "when_start": "2001-10-07",
            "where": "Afghanistan",
        },
    ),
    (
        OURS,
        {
            "kind": "event",
            "type": "COERCE",
            "mode": "arrest",
            "actor": "Afghan police",
            "target": "four men",
            "when_start": "2012-10-06",
        },
    ),
    (
        OURS,
        {
            "kind": "event",
            "type": "ASSAULT",
            "mode": "explosives",
            "when_start": "2012-10-01",
            "claimant": "the governor's office",
        },
    ),
    (
        OURS,
        {
            "kind": "source",
            "about": "Lantern TV",
            "relation": "funded_by",
            "value": "the Ministry of Culture",
            "claimant": None,
        },
    ),
    (
        OURS,
        {
            "kind": "source",
            "about": "Lantern TV",
            "relation": "described_as",
            "value": "a mouthpiece",
            "claimant": "the Meridian opposition",
        },
    ),
]


@pytest.mark.parametrize(("page", "wanted"), ROWS)
def test_row(page: Path, wanted: dict[str, Any]) -> None:
    assert any(fits(claim, wanted) for claim in found(page).claims), [
        sheet_row(c) for c in found(page).claims if c.kind == wanted.get("kind", "toll")
    ]


@pytest.mark.parametrize("page", [PAGE, OURS])
def test_every_span_holds_its_words(page: Path) -> None:
    report, claims = found(page).report, found(page).claims
    for claim in claims:
        for words, start, end in claim.spans():
            assert report.part(claim.part)[start:end] == words


@pytest.mark.parametrize(("page", "origin"), [(PAGE, "RT"), (OURS, "Lantern TV")])
def test_where_the_page_was_copied_from(page: Path, origin: str) -> None:
    item = found(page)
    assert item.report.origin == origin
    assert all(
        any(s.name == origin and s.role == "publisher" for s in c.sources) for c in item.claims
    )


@pytest.mark.parametrize("page", [PAGE, OURS])
def test_the_comment_form_is_no_part_of_the_report(page: Path) -> None:
    item = found(page)
    assert max(c.end for c in item.claims) < item.report.text.index("Leave a Reply")


def test_parts_and_where_the_source_is_lost() -> None:
    figures = {c.count.low: c for c in found(PAGE).claims if isinstance(c, Figure)}
    assert figures[2101].part_of == figures[3199].id
    assert figures[68_000].part_of == figures[108_000].id
    assert figures[2101].sources[-1].cue == "according to"
    assert figures[108_000].planned


def test_nothing_else_is_a_figure() -> None:
    lows = {c.count.low for c in found(PAGE).claims if isinstance(c, Figure)}
    assert lows == {3199, 2101, 13001, 20001, 1, 130_000, 108_000, 68_000, 200, 2}


def test_a_toll_belongs_to_its_event() -> None:
    claims = {c.id: c for c in found(OURS).claims}
    (arrested,) = (c for c in claims.values() if isinstance(c, Figure) and c.count.low == 4)
    assert arrested.event is not None
    assert sheet_row(claims[arrested.event])["mode"] == "arrest"
