"""The claim that a decision is about, found again after another reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.model import Claim, Effect
from sayso.model.decisions import ClaimReference, reference_to
from sayso.review.fitting import Finder
from tests.making import act, by_id, report, toll

REPORT = report("r", "A bomb killed 14 people and wounded 31 others in Khost. Later 9 people died.")
OTHER = report("other", "A bomb killed 14 people in Gardez. Nobody was wounded there.")
HASHES = {r.id: r.hash for r in (REPORT, OTHER)}
KILLED = toll(REPORT, "14 people")
WOUNDED = toll(REPORT, "31 others", Effect.WOUNDED)
LATER = toll(REPORT, "9 people")
REFERENCE = reference_to(KILLED, REPORT.hash)


def renamed(claim: Claim, name: str = "new", **more: object) -> Claim:
    """The claim as another reading found it: under another id."""
    return replace(claim, id=name, **more)  # type: ignore[arg-type]


def found(reference: ClaimReference, *claims: Claim) -> str | None:
    return Finder.of(by_id(*claims), HASHES, [reference]).find(reference)


# What was found in another reading -> the claim that the reference is about.
@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([KILLED, WOUNDED], KILLED.id),  # the same id
        ([], None),
        ([renamed(KILLED), WOUNDED], "new"),  # the same words
        ([renamed(toll(REPORT, "14")), WOUNDED], "new"),  # fewer words that overlap them
        ([renamed(toll(REPORT, "killed 14 people"))], "new"),  # more of them
        # of two that overlap the one with just these words
        ([renamed(KILLED, "same"), renamed(toll(REPORT, "14"), "fewer")], "same"),
        # of two that overlap otherwise, or that have just these words, nobody knows which
        ([renamed(toll(REPORT, "14"), "a"), renamed(toll(REPORT, "people"), "b")], None),
        ([renamed(KILLED, "a"), renamed(KILLED, "b")], None),
        # another claim: other words, another effect, kind, part or report
        ([LATER], None),
        ([renamed(toll(REPORT, "14 people", Effect.WOUNDED))], None),
        ([renamed(toll(REPORT, "14 people", kind="strength"))], None),
        ([renamed(act(REPORT, "14 people"))], None),
        ([renamed(KILLED, part="title")], None),
        ([renamed(toll(OTHER, "14 people"))], None),
        # of words that only touch nothing overlaps
        ([renamed(toll(REPORT, "killed "))], None),
    ],
)
def test_a_claim_is_found_by_its_id_else_by_its_words(
    claims: list[Claim], expected: str | None
) -> None:
    assert found(REFERENCE, *claims) == expected


def test_only_reports_with_a_lost_claim_are_looked_through() -> None:
    claims = by_id(KILLED, toll(OTHER, "14 people"))
    assert Finder.of(claims, HASHES, [REFERENCE]).by_place == {}
    lost = replace(REFERENCE, claim="lost")
    finder = Finder.of(claims, HASHES, [lost])
    assert {key[0] for key in finder.by_place} == {REPORT.hash}


def test_a_report_whose_words_have_changed_is_another_report() -> None:
    lost = replace(REFERENCE, claim="lost", report="another hash")
    assert found(lost, KILLED) is None
    without = Finder.of(by_id(KILLED), {}, [replace(REFERENCE, claim="lost")])
    assert without.find(replace(REFERENCE, claim="lost")) is None
