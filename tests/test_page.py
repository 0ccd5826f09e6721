"""A real news page, read row by row; skipped, saying so, where the page is not at hand."""

from __future__ import annotations

import pytest

from sayso import find
from sayso.model import Figure
from tests.conftest import SHARED

PAGE = SHARED / "data" / "seed" / "war-enters-12th-year.txt"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason=f"the page is not at hand: {PAGE}")


@pytest.fixture(scope="module")
def claims() -> dict[int | None, Figure]:
    return {c.count.low: c for c in find(PAGE.read_text(encoding="utf-8"), published="2012-10-08") if isinstance(c, Figure)}


ROWS = [
    # low, high, effect, status, scope, claimant
    (3199, 3199, "killed", "military", "total", None),
    (13001, None, "killed", "civilian", "total", "The UN"),
    (20001, None, "killed", "unknown", "total", "most experts"),
    (1, 1, "killed", "military", "rate", "the AP"),
    (130_000, 130_000, None, "military", None, None),
    (108_000, 108_000, None, "military", None, None),
    (68_000, 68_000, None, "military", None, None),
]


@pytest.mark.parametrize(("low", "high", "effect", "status", "scope", "claimant"), ROWS)
def test_row(
    claims: dict[int | None, Figure], low: int, high: int | None, effect: str | None, status: str, scope: str | None, claimant: str | None
) -> None:
    claim = claims[low]
    last = claim.sources[-1]
    assert (claim.count.high, claim.effect and claim.effect.value, claim.status.value) == (high, effect, status)
    assert scope in (None, claim.scope.value)
    assert (last.name if last.role == "claimant" else None) == claimant


def test_the_source_of_the_americans_is_lost(claims: dict[int | None, Figure]) -> None:
    claim = claims[2101]
    assert (claim.sources[-1].role, claim.sources[-1].name, claim.sources[-1].cue) == ("claimant", None, "according to")
    assert claim.part_of == claims[3199].id


def test_dates(claims: dict[int | None, Figure]) -> None:
    un, experts, planned = claims[13001].when, claims[20001].when, claims[108_000]
    assert un is not None
    assert (str(un.start), str(un.end)) == ("2007-01-01", "2012-06-30")
    assert experts is not None
    assert (str(experts.start), str(experts.end)) == ("2001-10-07", "2012-10-08")
    assert planned.planned
    assert planned.when is not None
    assert str(planned.when.end) == "2012-12-31"


def test_parts(claims: dict[int | None, Figure]) -> None:
    assert claims[68_000].part_of == claims[108_000].id


def test_nothing_else_is_a_figure(claims: dict[int | None, Figure]) -> None:
    assert set(claims) == {3199, 2101, 13001, 20001, 1, 130_000, 108_000, 68_000, 200, 2}
