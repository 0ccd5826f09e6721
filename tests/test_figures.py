"""Figures: sentences of our own, one row a construction. The day is Friday 24 October 2014."""

from __future__ import annotations

import pytest

from sayso import find
from sayso.model import Figure

DAY = "2014-10-24"


def found(text: str, title: str = "") -> list[Figure]:
    return [c for c in find(text, published=DAY, title=title) if isinstance(c, Figure)]


def short(claim: Figure) -> tuple[str, str, int | None, int | None]:
    return (
        claim.effect.value if claim.effect else claim.kind,
        claim.count.text,
        claim.count.low,
        claim.count.high,
    )


FIGURES: list[tuple[str, list[tuple[str, str, int | None, int | None]]]] = [
    # verbs, active and passive
    ("Police shot dead two gunmen.", [("killed", "two", 2, 2)]),
    (
        "Three soldiers were killed and seven others wounded.",
        [("killed", "Three", 3, 3), ("wounded", "seven", 7, 7)],
    ),
    (
        "At least 45 people died and 20 were hurt.",
        [("killed", "At least 45", 45, None), ("wounded", "20", 20, 20)],
    ),
    (
        "Troops killed 14 insurgents and captured two.",
        [("killed", "14", 14, 14), ("captured", "two", 2, 2)],
    ),
    ("The shelling killed and wounded 30 villagers.", [("killed_or_wounded", "30", 30, 30)]),
    ("Two of the wounded later died in hospital.", [("killed", "Two", 2, 2)]),
    (
        "An estimated 1.5 million people have fled.",
        [("displaced", "An estimated 1.5 million", 1_500_000, 1_500_000)],
    ),
    ("Gunmen kidnapped six aid workers.", [("captured", "six", 6, 6)]),
    ("Forty villagers are missing.", [("missing", "Forty", 40, 40)]),
    # nouns
    ("The strike caused the death of three rebels.", [("killed", "three", 3, 3)]),
    ("The clinic counted 12 deaths.", [("killed", "12", 12, 12)]),
    ("The death toll rose to 45.", [("killed", "45", 45, 45)]),
    ("The bodies of four children were found.", [("killed", "four", 4, 4)]),
    ("The attack claimed the lives of 12 people.", [("killed", "12", 12, 12)]),
    # adjectives and headlines
    (
        "The bombing left 5 dead, 10 wounded and 3 missing.",
        [("killed", "5", 5, 5), ("wounded", "10", 10, 10), ("missing", "3", 3, 3)],
    ),
    ("Bomb kills 19 in market", [("killed", "19", 19, 19)]),
    (
        "Four killed, dozens injured as shells hit town",
        [("killed", "Four", 4, 4), ("wounded", "dozens", 24, None)],
    ),
    # one victim, described or named
    ("A soldier was killed by a sniper.", [("killed", "A", 1, 1)]),
    ("Karim Daoud was killed on the road.", [("killed", "Karim Daoud", 1, 1)]),
    # bare plurals and vague words
    ("Civilians were killed in the shelling.", [("killed", "Civilians", 2, None)]),
    ("Scores of fighters were captured.", [("captured", "Scores", 40, None)]),
    # zero
    ("No one was hurt.", [("wounded", "No one", 0, 0)]),
    ("The raid caused no casualties.", [("killed_or_wounded", "no", 0, 0)]),
    # parts
    (
        "Eighty-four people, 10 of them children, were killed.",
        [("killed", "Eighty-four", 84, 84), ("killed", "10", 10, 10)],
    ),
    (
        "Nine people were killed, including two women.",
        [("killed", "Nine", 9, 9), ("killed", "two", 2, 2)],
    ),
    ("Six children were among the dead.", [("killed", "Six", 6, 6)]),
    # strengths
    (
        "Some 130,000 troops from 50 countries serve there.",
        [("strength", "Some 130,000", 130_000, 130_000)],
    ),
    ("About 500 fighters attacked the town.", [("strength", "About 500", 500, 500)]),
    # not asserted, or not people
    ("It could kill thousands.", []),
    ("They acted to avoid deaths.", []),
    ("The army denied that 12 soldiers had been killed.", []),
    ("The raid destroyed 12 tanks and killed nobody's hopes.", []),
    ("The team was killed in the second half.", []),
    ("A 12-year-old rifle was found 5 km away.", []),
    ("In 2012, officials met 40 times.", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[t[:40] for t, _ in FIGURES])
def test_figures(text: str, expected: list[tuple[str, str, int | None, int | None]]) -> None:
    assert [short(c) for c in found(text)] == expected


STATUS = [
    ("Two farmers were killed.", "civilian"),
    ("Two soldiers were killed.", "military"),
    ("Two policemen were killed.", "military"),
    ("Two rebels were killed.", "militant"),
    ("Two Taliban commanders were killed.", "militant"),
    ("Two pro-government fighters were killed.", "military"),
    ("Two people were killed.", "unknown"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status(text: str, status: str) -> None:
    assert [c.status.value for c in found(text)] == [status]


CLAIMANTS = [
    ("Two men were killed, police said.", "police"),
    ("According to the Valley Monitor, two men were killed.", "the Valley Monitor"),
    ("The governor told Radio Sahel that two men had been killed.", "The governor"),
    ("The United Nations estimates that 300 men were killed.", "The United Nations"),
    ("Two men were killed, said Omar Haddad, a doctor.", "Omar Haddad"),
    ("Two men were killed in the city on Monday a security source said.", "a security source"),
    (
        "The Valley Monitor said one man was killed. It added that two women were wounded.",
        "The Valley Monitor",
    ),
    ("“Two men were killed here. It was terrible,” said Omar Haddad.", "Omar Haddad"),
    ("Police: two men killed", "Police"),
    ("Two men were killed.", None),
    ("A man who said he was cold was killed.", None),
]


@pytest.mark.parametrize(("text", "name"), CLAIMANTS)
def test_who_says_so(text: str, name: str | None) -> None:
    last = found(text)[-1].sources[-1]
    assert (last.name if last.role == "claimant" else None) == name


def test_a_claimant_announced_but_lost() -> None:
    (claim,) = found("Over 2,100 soldiers were killed, according to")
    last = claim.sources[-1]
    assert (last.role, last.name, last.cue) == ("claimant", None, "according to")


def test_a_short_form_takes_the_fullest_name() -> None:
    claims = found(
        "The Northern Observatory for Human Rights said two men died. Three boys were "
        "wounded, the Observatory said."
    )
    assert {c.sources[-1].name for c in claims} == {
        "The Northern Observatory for Human Rights"
    } or {
        "the" in (c.sources[-1].name or "").lower()
        and "Northern Observatory for Human Rights" in (c.sources[-1].name or "")
        for c in claims
    } == {True}


def test_a_party_to_the_war_is_marked() -> None:
    (claim,) = found("The Taliban said its fighters killed 20 soldiers.")
    assert claim.sources[-1].party


WHEN = [
    ("Two men were killed on Thursday.", "2014-10-23", "2014-10-23"),
    ("Some 2,000 people have been killed since March 2011.", "2011-03-01", "2014-10-24"),
    ("Over 13,000 civilians were killed between 2007 and mid-2012.", "2007-01-01", "2012-06-30"),
    ("Some 40 people were killed in the past 48 hours.", "2014-10-22", "2014-10-24"),
    ("Two men were killed, police said on Thursday.", None, None),  # only the statement is dated
    ("Two men were killed.", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), WHEN)
def test_when(text: str, first: str | None, last: str | None) -> None:
    when = found(text)[0].when
    assert (str(when.start), str(when.end)) == (first, last) if when else first is None


SCOPES = [
    ("Two men were killed on Thursday.", "incident", None),
    ("Some 2,000 people have been killed since March 2011.", "total", None),
    ("Allied troops are dying at a rate of one a day.", "rate", "day"),
    ("Some 400 people are displaced every day.", "rate", "day"),
]


@pytest.mark.parametrize(("text", "scope", "per"), SCOPES)
def test_scope(text: str, scope: str, per: str | None) -> None:
    (claim,) = found(text)
    assert (claim.scope.value, claim.per) == (scope, per)


BY = [
    ("Two men were killed by rebels.", "rebels"),
    ("Russian air strikes killed two men.", "Russian"),
    ("A bomb killed two men.", None),
]


@pytest.mark.parametrize(("text", "by"), BY)
def test_by(text: str, by: str | None) -> None:
    actor = found(text)[0].by
    assert (actor is None) if by is None else (actor is not None and by in actor.text)


def test_hedges() -> None:
    assert found("Two men were reportedly killed.")[0].hedge
    assert not found("Two men were killed.")[0].hedge


def test_parts_know_their_whole() -> None:
    whole, part = found("Nine people were killed, including two women.")
    assert part.part_of == whole.id
    one, other = found(
        "A total of 3,199 soldiers were killed. More than 2,100 of them were Americans."
    )
    assert other.part_of == one.id


def test_a_title_takes_its_claimant_from_the_body() -> None:
    claims = found(
        "Nine people were killed in Kabul on Thursday, the governor said.",
        title="Nine killed in Kabul",
    )
    title = next(c for c in claims if c.part == "title")
    assert title.sources[-1].name == "the governor"
    assert title.when is not None


def test_capitals() -> None:
    (claim,) = found(
        "SAN SALVADOR, 3 JAN 90 -- THREE SUBVERSIVES WERE KILLED IN SAN MIGUEL, THE ARMY SAID."
    )
    assert (claim.count.text, claim.status.value) == ("THREE", "militant")
    assert claim.sources[-1].text == "THE ARMY"


def test_ids_do_not_change() -> None:
    text = "Two men were killed. Two men were wounded."
    assert [c.id for c in found(text)] == [c.id for c in found(text)]
    assert len({c.id for c in found(text)}) == 2


def test_planned_strength() -> None:
    (claim,) = found("By the end of this year only 108,000 allied troops will remain.")
    assert claim.planned
    assert claim.when is not None
    assert str(claim.when.end) == "2014-12-31"


def test_words_of_a_title_in_capitals_are_the_titles_own() -> None:
    claims = found("", title="Two Wounded, One Of Them A Child, In Town Shooting")
    assert claims
    for claim in claims:
        for words, start, end in claim.spans():
            assert "Two Wounded, One Of Them A Child, In Town Shooting"[start:end] == words


WRAPPED = [
    "The blast killed 12\npeople.",
    "The blast killed\n12 people.",
    "The blast killed 12\u00a0people.",
    "The blast killed 12  people.",
    "The\tblast killed 12\r\npeople.",
]


@pytest.mark.parametrize("text", WRAPPED)
def test_white_space_changes_nothing(text: str) -> None:
    assert [short(c) for c in found(text)] == [("killed", "12", 12, 12)]


def test_words_that_look_like_markup(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    from sayso.model.links import Linked
    from sayso.present.claims import claims_table
    from sayso.present.summary import summary

    claims = found("Two men [/b] were killed in [red]Kabul[/red], police said.")
    console = Console(markup=False, width=200)
    console.print(claims_table(claims, console.width))
    console.print(summary(claims, Linked()))
    assert "police" in capsys.readouterr().out


def test_a_definite_short_form_is_nobody_of_another_sort() -> None:
    claims = found("Karin Berg said five soldiers were killed. Ten were wounded, the army said.")
    assert [c.sources[-1].name for c in claims] == ["Karin Berg", "the army"]


def test_before_a_year_is_not_that_year() -> None:
    (claim,) = found("12 soldiers died before 2001, police said.")
    assert claim.when is not None
    assert (claim.when.start, str(claim.when.end)) == (None, "2000-12-31")
