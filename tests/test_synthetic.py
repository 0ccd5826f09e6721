"""The synthetic claims of the benchmark: real values of the model, and known to be of what."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from benchmarks.synthetic import generate

from sayso.language.numerals import find_quantities
from sayso.model import Claim, Event, Figure, Report, Scope

Made = tuple[list[Report], list[Claim], dict[str, str]]


@pytest.fixture(scope="module")
def made() -> Made:
    return generate(3000, seed=7)


def test_every_span_holds_and_every_id_is_its_own(made: Made) -> None:
    reports, claims, truth = made
    by_id = {r.id: r for r in reports}
    for claim in claims:
        claim.check(by_id[claim.report])
        assert claim.identified(by_id[claim.report].hash).id == claim.id
    assert len({c.id for c in claims}) == len(claims) == 3000
    assert list(truth) == [c.id for c in claims]


def test_figures_have_the_intervals_of_their_words(made: Made) -> None:
    for claim in made[1]:
        # a named victim is one
        if isinstance(claim, Figure) and (claim.who is None or claim.who.text != claim.count.text):
            quantity = next(iter(find_quantities(f"{claim.count.text} people")))
            assert (quantity.low, quantity.high, quantity.approx) == (
                claim.count.low,
                claim.count.high,
                claim.count.approx,
            ), claim.count


def test_the_same_seed_gives_the_same_and_another_does_not(made: Made) -> None:
    assert generate(3000, seed=7) == made
    assert generate(3000, seed=8) != made


def test_a_larger_record_is_a_longer_war_and_begins_with_the_same(made: Made) -> None:
    reports, claims, _ = made
    fewer, few, _ = generate(1000, seed=7)
    assert fewer == reports[: len(fewer)]
    assert few == claims[:1000]
    assert 2 < _days(reports) / _days(fewer) < 4


def _days(reports: list[Report]) -> int:
    published = [r.published for r in reports if r.published]
    return (max(published) - min(published)).days


def test_what_is_tied_is_of_one_thing(made: Made) -> None:
    _, claims, truth = made
    for claim in claims:
        if isinstance(claim, Figure):
            assert all(truth[tie] == truth[claim.id] for tie in (claim.event, claim.part_of) if tie)
            assert (truth[claim.id][0] == "s") == (claim.scope is Scope.TOTAL)


def test_it_holds_what_makes_linking_hard(made: Made) -> None:
    reports, claims, truth = made
    places, days = defaultdict(set), defaultdict(set)
    for c in claims:
        if isinstance(c, Event) and c.where and c.when and c.when.precision == "day":
            places[c.where.geonames].add(truth[c.id])
            days[c.where.geonames, c.when.start].add(truth[c.id])
    assert max(map(len, places.values())) > 3  # happenings in one town
    assert any(len(keys) > 1 for keys in days.values())  # and on one day
    given = defaultdict(set)
    for c in claims:
        if isinstance(c, Figure):
            given[truth[c.id], c.effect].add((c.count.low, c.count.high))
    assert sum(len(counts) > 3 for counts in given.values()) > 20  # figures that differ
    assert sum(bool(r.credit) and r.credit != r.publisher for r in reports) > 30  # copies
    assert sum(c.when is None for c in claims) > 300  # days left out
    keys_of = Counter(len({truth[c.id] for c in claims if c.report == r.id}) for r in reports[:300])
    # other happenings in the background
    assert sum(n for keys, n in keys_of.items() if keys > 1) > 60
    assert 6 <= len(claims) / len(reports) <= 8.5
