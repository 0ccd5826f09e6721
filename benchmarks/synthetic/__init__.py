"""Reports of an invented war with their claims, of which it is known what each is about.

    from benchmarks.synthetic import generate
    reports, claims, truth = generate(10_000, seed=1)

Made to measure how linking grows, not how well it reads: the claims are built from templates
(`words.toml`), and no language is processed. What makes linking hard is there, in steady measure:
several happenings in one town on days next to each other; figures that rise from report to report
and differ between sources; agency texts that outlets copy with edits; earlier happenings told in
the background; days and places left out. So many happenings fall on a day whatever the size, and
the front moves from town to town: more claims are a longer war in more places. Places are real, the
happenings and all else are not. Every claim is of an incident or a series; a real record holds
others besides.
"""

from __future__ import annotations

from itertools import count
from random import Random

from benchmarks.synthetic.claims import written
from benchmarks.synthetic.war import War
from sayso.language.gazetteer import Gazetteer
from sayso.model import Claim, Report


def generate(claims: int, seed: int) -> tuple[list[Report], list[Claim], dict[str, str]]:
    """So many claims with their reports, and for each claim's id the key of its incident ("i…") or
    series ("s…").

    The same number and seed give the same; a larger number begins with the same happenings.
    """
    war = War(Random(seed), Gazetteer())
    reports: list[Report] = []
    made: list[Claim] = []
    truth: dict[str, str] = {}
    for name, draft in zip(count(), war.drafts()):
        report, found = written(f"r{name:06}", draft)
        reports.append(report)
        for claim, key in found[: claims - len(made)]:
            made.append(claim)
            truth[claim.id] = key
        if len(made) == claims:
            return reports, made, truth
    raise AssertionError("a war without end has ended")
