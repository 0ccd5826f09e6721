"""An incident mention as a row of features, and the keys on which rows are proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sayso.link.features import Rarity, rows_of
from sayso.link.mentions import IncidentMention
from sayso.model import Claim, Effect, EventType, Report, Span, Status
from tests.making import act, report, toll

TEXT = "A bomb killed 14 people and wounded 31 others in Khost. Later 9 people died in Gardez."
REPORT = report("r", TEXT)
OCTOBER = date(2012, 10, 1).toordinal()


def rows(*mentions: Sequence[Claim], reports: Sequence[Report] = (REPORT,)) -> list[dict[str, Any]]:
    """A row for each mention, of the claims given; the report is that of its first claim."""
    of = {r.id: r for r in reports}
    return rows_of([IncidentMention(of[claims[0].report], list(claims)) for claims in mentions])


def row(*claims: Claim, reports: Sequence[Report] = (REPORT,)) -> dict[str, Any]:
    return rows(claims, reports=reports)[0]


def test_a_row_bears_the_id_of_its_mention() -> None:
    killed = toll(REPORT, "14 people")
    assert row(killed)["unique_id"] == killed.id


# -- days ---------------------------------------------------------------------------


def test_days_are_those_of_the_mention() -> None:
    found = row(toll(REPORT, "14 people", day="2012-10-01", to="2012-10-02"))
    assert (found["dated"], found["first"], found["last"]) == (True, OCTOBER, OCTOBER + 1)
    assert found["published"] == OCTOBER + 1


def test_a_mention_without_days_is_news_of_the_days_before_its_publication() -> None:
    found = row(toll(REPORT, "14 people"))
    assert (found["dated"], found["first"], found["last"]) == (False, OCTOBER - 3, OCTOBER + 1)


def test_a_report_without_any_date_has_no_days() -> None:
    undated = report("u", TEXT, None)
    found = row(toll(undated, "14 people"), reports=(undated,))
    assert [found[c] for c in ("dated", "first", "last", "published")] == [False, None, None, None]


# -- places ---------------------------------------------------------------------------


def test_a_place_with_what_is_compared_of_it() -> None:
    found = row(toll(REPORT, "14 people", place="Khost"), toll(REPORT, "31 others", place="Gardez"))
    columns = ("place", "country", "lat", "lon", "exact")
    assert [found[c] for c in columns] == ["g1444362", "AF", 33.34, 69.92, 3]
    assert found["places"] == ["g1140855", "g1444362"]


@pytest.mark.parametrize(
    ("precision", "exact"),
    [("country", 0), ("admin1", 1), ("admin2", 2), ("town", 3), ("point", 3), (None, 3)],
)
def test_how_exact_a_place_is(precision: str | None, exact: int) -> None:
    claim = toll(REPORT, "14 people", place="Khost")
    assert claim.where is not None
    found = row(replace(claim, where=replace(claim.where, precision=precision)))
    assert found["exact"] == exact


def test_a_place_that_few_mentions_have_is_rarer() -> None:
    khost = toll(REPORT, "14 people", place="Khost")
    gardez = toll(REPORT, "9 people", place="Gardez")
    found = rows([khost], [khost], [khost], [gardez])
    assert found[3]["rare"] == 2.0  # one in four, in bits
    assert found[0]["rare"] == pytest.approx(0.415, abs=0.001)


def test_no_place() -> None:
    found = row(toll(REPORT, "14 people"))
    assert {found[c] for c in ("place", "country", "lat", "lon", "exact", "rare")} == {None}
    assert found["places"] is None


# -- figures --------------------------------------------------------------------------

MANY = report(
    "many",
    "The dead: 14 people, 9 men, 4 boys, at least 20 women, about 30 others, dozens more, 0 girls.",
)


# The figures of the killed -> the largest, its upper end, and all of five or more.
@pytest.mark.parametrize(
    ("words", "low", "high", "every"),
    [
        (["14 people"], 14, 14, [14]),
        (["9 men", "14 people", "4 boys"], 14, 14, [9, 14]),
        (["4 boys"], 4, 4, None),
        (["at least 20", "14 people"], 20, None, [14, 20]),
        (["about 30"], 30, None, [30]),  # of about 30 nobody knows the upper end
        (["dozens"], None, None, None),  # the same in every report
        (["dozens", "4 boys"], 4, 4, None),
        (["0 girls"], None, None, None),
        ([], None, None, None),
    ],
)
def test_figures(
    words: list[str], low: int | None, high: int | None, every: list[int] | None
) -> None:
    other = toll(MANY, "more", Effect.MISSING)  # of neither the killed nor the wounded
    for effect, what in ((Effect.KILLED, "killed"), (Effect.WOUNDED, "wounded")):
        claims = [toll(MANY, w, effect) for w in words]
        found = row(other, *claims, reports=(MANY,))
        assert [found[f"{what}_{c}"] for c in ("low", "high", "all")] == [low, high, every]
        rest = "wounded" if what == "killed" else "killed"
        assert [found[f"{rest}_{c}"] for c in ("low", "high", "all")] == [None, None, None]


# -- acts and people --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acts", "kind", "mode"),
    [
        ([], None, ""),
        ([(EventType.ASSAULT, "aerial")], "ASSAULT", "aerial"),
        ([(EventType.ASSAULT, None)], "ASSAULT", ""),
        ([(EventType.PROTEST, "riot")], "PROTEST", ""),  # means are compared of assaults
        # the most frequent of several
        (
            [
                (EventType.PROTEST, None),
                (EventType.ASSAULT, "aerial"),
                (EventType.ASSAULT, "aerial"),
                (EventType.ASSAULT, "bombing"),
            ],
            "ASSAULT",
            "aerial",
        ),
    ],
)
def test_act(acts: list[tuple[EventType, str | None]], kind: str | None, mode: str) -> None:
    events = [act(REPORT, "bomb", *a) for a in acts]
    found = row(toll(REPORT, "14 people"), *events)
    assert (found["kind"], found["mode"]) == (kind, mode)


def test_how_seldom_an_act_is_reported() -> None:
    bombing = [act(REPORT, "bomb", EventType.ASSAULT, "bombing")]
    found = rows(bombing, bombing, bombing, [act(REPORT, "killed", EventType.COERCE)])
    assert found[3]["seldom"] == 2.0
    assert found[0]["seldom"] == pytest.approx(0.415, abs=0.001)


def test_people_and_actors() -> None:
    killed = toll(REPORT, "14 people")
    claims = [replace(killed, status=s) for s in (Status.CIVILIAN, Status.UNKNOWN, Status.MIXED)]
    bomb = replace(act(REPORT, "bomb"), actor=Span("fighters of the Red Column", 0, 26))
    by = replace(killed, by=Span("NATO forces", 0, 11))
    found = row(*claims, bomb, by)
    assert found["statuses"] == ["civilian"]
    assert found["actors"] == ["column", "nato", "red"]  # "fighters" and "forces" are anybody
    assert row(killed)["statuses"] is None
    assert row(killed)["actors"] is None


# -- words ----------------------------------------------------------------------------


def papers(*texts: str, publisher: str = "Paper {}", published: str = "2012-10-02") -> list[Report]:
    return [report(f"r{n}", t, published, publisher.format(n)) for n, t in enumerate(texts)]


# A word that so many reports of a record have -> whether it is rare.
@pytest.mark.parametrize(
    ("having", "without", "is_rare"),
    [
        (1, 0, False),  # it joins nothing
        (2, 0, True),
        (12, 0, True),
        (13, 0, False),  # in a small record 12 reports
        (13, 637, True),  # in a larger one two in a hundred
        (14, 637, False),
    ],
)
def test_rare(having: int, without: int, is_rare: bool) -> None:
    reports = papers(*["At Qarabagh it rained."] * having, *["It rained."] * without)
    assert Rarity(reports).rare("A mine at Qarabagh") == (["qarabagh"] if is_rare else [])


def test_rare_words_are_names_numbers_and_long_words() -> None:
    text = "In Khost the Karam's lorry, on road 4711 of 12, had an overturned trailer; he saw Ali."
    assert sorted(Rarity(papers(text, text)).rare(text)) == [
        "4711",
        "karam's",
        "khost",
        "overturned",
    ]


def test_the_rarest_come_first_and_no_more_than_24() -> None:
    names = [f"Name{chr(97 + n)}{chr(97 + n)}" for n in range(26)]
    reports = papers(*[" ".join(names)] * 2, names[25])
    found = Rarity(reports).rare(" ".join(names))
    assert found == [n.casefold() for n in names[:24]]


def test_what_one_outlet_prints_for_months_is_its_own() -> None:
    days = ["2012-01-01", "2012-02-01", "2012-03-15"]
    own = [report(f"r{n}", "StormTracker says so.", day, "Paper") for n, day in enumerate(days)]
    assert Rarity(own).rare("StormTracker") == []
    assert Rarity(own[:2]).rare("StormTracker") == ["stormtracker"]  # for a month: a campaign, say
    two = [*own, report("r3", "StormTracker says so.", days[0], "Other")]
    assert Rarity(two).rare("StormTracker") == ["stormtracker"]


def test_an_outlet_is_its_host_whatever_the_address() -> None:
    addresses = [
        "https://www.paper.example/a",
        "http://paper.example/b",
        "https://web.archive.org/web/2012/https://paper.example/c",
    ]
    days = ["2012-01-01", "2012-02-01", "2012-03-15"]
    own = [
        report(f"r{n}", "StormTracker says so.", day, address)
        for n, (day, address) in enumerate(zip(days, addresses, strict=True))
    ]
    assert Rarity(own).rare("StormTracker") == []


def test_the_beginning_of_a_report_counts_for_its_main_mention_alone() -> None:
    text = f"Snow fell in Qarabagh. {TEXT}"
    reports = [report("one", text), report("other", text)]
    claim = toll(reports[0], "14 people")
    mentions = [IncidentMention(reports[0], [claim], is_main) for is_main in (True, False)]
    mentions.append(IncidentMention(reports[1], [toll(reports[1], "9 people")]))
    main, aside, _ = rows_of(mentions)
    assert "qarabagh" in main["words"]
    assert "qarabagh" not in aside["words"]
    assert "khost" in aside["words"]  # of its own sentence


# -- keys -----------------------------------------------------------------------------


def keys(*claims: Claim) -> set[str]:
    """The keys of a mention, shared by a second of the same claims."""
    first, second = rows(claims, claims)
    assert first["keys"] == second["keys"]
    return set(first["keys"])


def test_mentions_of_one_place_and_day_share_keys_and_those_next_to_it() -> None:
    found = keys(toll(REPORT, "14 people", day="2012-10-01", place="Khost"))
    days = [OCTOBER - 1, OCTOBER, OCTOBER + 1]
    assert {f"p:g1444362:{d}" for d in days} <= found
    assert {f"f:killed:14:{d}" for d in days} <= found
    assert "m:g1444362:2012-10:" in found  # the place and the month, for days that are not exact


def test_a_long_time_gives_no_day() -> None:
    found = keys(toll(REPORT, "14 people", day="2012-10-01", to="2012-10-20", place="Khost"))
    assert found == {"m:g1444362:2012-10:"}


def test_a_small_figure_or_a_country_is_no_key_by_itself() -> None:
    text = "In Afghanistan a bomb killed 2 people."
    of = report("few", text)
    claims = [
        toll(of, "2 people", day="2012-10-01", place="Afghanistan"),
        act(of, "bomb", EventType.ASSAULT, "bombing"),
    ]
    first, _ = rows(claims, claims, reports=(of,))
    days = (OCTOBER - 1, OCTOBER, OCTOBER + 1)
    assert set(first["keys"]) == {f"p:g1149361:{d}:bombing" for d in days}


def test_what_nobody_shares_proposes_nothing() -> None:
    assert row(toll(REPORT, "14 people", day="2012-10-01", place="Khost"))["keys"] == []


def test_what_too_many_share_proposes_nothing() -> None:
    claims = [toll(REPORT, "14 people", day="2012-10-01", place="Khost")]
    assert rows(*[claims] * 60)[0]["keys"]
    assert rows(*[claims] * 61)[0]["keys"] == []


def test_an_act_that_is_seldom_reported_is_a_key() -> None:
    gas = [act(REPORT, "bomb", EventType.ASSAULT, "chemical", day="2012-10-01")]
    rest = [act(REPORT, "killed", EventType.COERCE)]
    found = rows(gas, gas, *[rest] * 14)[0]["keys"]  # two in sixteen
    expected = {f"a:chemical:{d}" for d in (OCTOBER - 1, OCTOBER, OCTOBER + 1)}
    assert expected | {"a:chemical:2012-10"} <= set(found)
    assert not any(k.startswith("a:") for k in rows(gas, gas, *[rest] * 13)[0]["keys"])
