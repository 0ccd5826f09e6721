"""Events: one sentence a row, one construction each, written for these tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sayso.find.context import Context
from sayso.find.events.events import find_events
from sayso.find.events.tolls import attach
from sayso.find.figures.figures import find_figures
from sayso.ingest.parse import parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import load_lexicon
from sayso.model import Event, Report

# Every text tells of a war first, so that it counts as a report on one.
WAR = "The civil war has drawn in soldiers and rebels. "


def _context(text: str, *lexicons: Path) -> Context:
    lexicon = load_lexicon(*lexicons)
    report = Report(id="r", text=text, publisher="The Daily", published=date(2014, 10, 24))
    return Context(next(iter(parse([report], lexicon.is_common))), lexicon, Gazetteer())


def _events(text: str) -> list[Event]:
    context = _context(text)
    found = find_events(context)
    for event in found:
        event.check(context.report)
    return found


def _row(event: Event) -> tuple[str, str, str | None, str | None]:
    mode = f".{event.mode}" if event.mode else ""
    actor, target = (words.text if words else None for words in (event.actor, event.target))
    return event.trigger.text, event.type + mode, actor, target


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # an active verb
        (
            "The rebels attacked the village on Monday.",
            ("attacked", "ASSAULT", "rebels", "village"),
        ),
        # a passive with its agent
        (
            "Three villagers were abducted by the militia.",
            ("abducted", "ASSAULT.abduct", "militia", "Three villagers"),
        ),
        # a passive without one
        ("Ten civilians were killed in Homs.", ("killed", "ASSAULT", None, "Ten civilians")),
        # a noun with its owner, and the harm it did: one happening
        (
            "Russian air strikes killed ten civilians in Homs.",
            ("air strikes", "ASSAULT.aerial", "Russian", "ten civilians"),
        ),
        # harm in an act
        (
            "Two children died in a mortar attack on Aleppo.",
            ("mortar attack", "ASSAULT.heavy-weapons", None, "Two children"),
        ),
        # a verb phrase, and harm that follows from it
        (
            "Soldiers opened fire on the protesters, wounding three people.",
            ("opened fire", "ASSAULT", "Soldiers", "protesters"),
        ),
        # a thing that happens
        (
            "A car bomb exploded outside the mosque, killing six worshippers.",
            ("exploded", "ASSAULT.explosives", None, "six worshippers"),
        ),
        # a light verb: the noun is the act
        (
            "The army launched an offensive against the rebels on Sunday.",
            ("offensive", "ASSAULT", "army", "rebels"),
        ),
        # a place taken, with words between verb and particle
        (
            "The militants seized the town of Raqqa.",
            ("seized", "COERCE.seize", "militants", "town of Raqqa"),
        ),
        # flight and retreat
        (
            "Government troops withdrew from the city on Friday.",
            ("withdrew", "RETREAT.withdraw", "Government troops", None),
        ),
        # people moved
        ("Turkey deployed tanks along the border.", ("deployed", "MOBILIZE", "Turkey", None)),
        # words as events, by a party
        (
            "France condemned the massacre of villagers.",
            ("condemned", "ACCUSE", "France", "massacre"),
        ),
        ("Iran rejected the proposal.", ("rejected", "REJECT", "Iran", "proposal")),
        (
            "The United Nations called for a ceasefire.",
            ("called for", "REQUEST", "United Nations", "ceasefire"),
        ),
        # an arrest
        (
            "Police arrested four students in Cairo.",
            ("arrested", "COERCE.arrest", "Police", "four students"),
        ),
        # a noun with "of" whom it befell
        (
            "The assassination of the governor shocked the province.",
            ("assassination", "ASSAULT.targeted", None, "governor"),
        ),
        # an owner who is the victim
        ("The governor's murder shocked the rebels.", ("murder", "ASSAULT", None, "governor")),
        # the doer behind the act
        (
            "The attack on the convoy was carried out by Hezbollah.",
            ("attack", "ASSAULT", "Hezbollah", "convoy"),
        ),
        # the beginning of a war
        (
            "France began the war in Mali on January 11, 2013.",
            ("began the war", "ASSAULT", "France", "Mali"),
        ),
        # "continued to" tells what was done
        (
            "The army continued to shell the suburbs.",
            ("shell", "ASSAULT.heavy-weapons", "army", "suburbs"),
        ),
        # a weapon that is fired, and what it did
        (
            "Shells fired by the rebels injured two civilians.",
            ("fired", "ASSAULT.heavy-weapons", "rebels", "two civilians"),
        ),
        # whose weapon it was
        (
            "Four villagers were wounded by rebel shells.",
            ("wounded", "ASSAULT.heavy-weapons", "rebel", "Four villagers"),
        ),
        # a vehicle as a weapon
        (
            "A militant drove a truck into the crowd.",
            ("drove a truck", "ASSAULT.primitive", "militant", "crowd"),
        ),
        # those it befell, without a verb
        ("At least 30 dead in two days of clashes.", ("clashes", "ASSAULT", None, "30")),
        # what a party will not do, and what it says it will
        ("Turkey will not attend the talks.", ("will not attend", "REJECT", "Turkey", "talks")),
        (
            "The army said it would withdraw from the town.",
            ("said it would", "AGREE", "army", None),
        ),
        (
            "The rebels said they would attack the base.",
            ("said they would attack", "THREATEN", "rebels", "base"),
        ),
        # talks, whoever holds them
        ("Talks in Geneva collapsed on Monday.", ("Talks", "CONSULT", None, None)),
        # two sides, beside the verb
        (
            "Clashes broke out between soldiers and militants in Homs.",
            ("Clashes", "ASSAULT", "soldiers", "militants"),
        ),
        # what refers back with nothing to add
        ("A teacher was killed in the attack.", ("killed", "ASSAULT", None, "teacher")),
        # a strike over wages is a protest
        (
            "Miners and their union began a strike over unpaid wages in Donetsk.",
            ("strike", "PROTEST.strike", "Miners and their union", None),
        ),
    ],
)
def test_one_event(sentence: str, expected: tuple[str, str, str | None, str | None]) -> None:
    assert expected in [_row(e) for e in _events(WAR + sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels plan to attack the village.",  # planned
        "The rebels will attack the village.",  # future
        "The army has not attacked the village.",  # negated
        # denied (the denial itself is an event)
        "The army denied that it had attacked the village.",
        "Residents feared an attack.",  # feared
        "If the rebels attack the village, it will fall.",  # a condition
        "The general urged the rebels to attack.",  # asked for
        "There was no attack on the village.",  # none
        "The minister suffered a heart attack.",  # another thing
        "He warned of the risk of air strikes.",  # a possibility
        "The incident shocked the town.",  # refers back
        "The army bought attack helicopters.",  # a kind of thing
        "The ministry released a report on schools.",  # not people
        "Talks would end the siege.",  # supposed
        "It was meant to prevent an assault on the city.",  # prevented
    ],
)
def test_no_assault(sentence: str) -> None:
    assert [e for e in _events(WAR + sentence) if e.type in ("ASSAULT", "RETREAT", "COERCE")] == []


@pytest.mark.parametrize(
    "text",
    [
        (
            "The striker scored twice as the visitors launched attack after attack. The defender "
            "was injured in the second half of the match."
        ),
        "Workers at the plant were hit by the company's offensive on costs. Shares were hammered.",
        "He suffered a heart attack after the concert and died in hospital on Sunday.",
    ],
)
def test_reports_on_other_matters_have_none(text: str) -> None:
    assert _events(text) == []


def test_one_incident_is_one_event() -> None:
    found = _events(
        WAR + "Gunmen shot and killed two policemen and wounded three others in Mosul on Monday."
    )
    assert len(found) == 1
    assert found[0].when is not None
    assert found[0].when.start == date(2014, 10, 20)
    assert found[0].where is not None
    assert found[0].where.text == "Mosul"


def test_two_incidents_are_two() -> None:
    found = _events(
        WAR + "Rebels attacked the airport on Monday, and on Tuesday the army shelled the suburbs."
    )
    assert [e.trigger.text for e in found] == ["attacked", "shelled"]


@pytest.mark.parametrize(
    ("sentence", "blame"),
    [
        ("Hezbollah attacked the convoy.", "fact"),
        ("Hezbollah claimed responsibility for the attack on the convoy.", "admitted"),
        ("Officials accused Hezbollah of attacking the convoy.", "attributed"),
        ("The attack on the convoy was blamed on Hezbollah, officials said.", "attributed"),
        ("Suspected Hezbollah fighters attacked the convoy.", "possible"),
    ],
)
def test_blame(sentence: str, blame: str) -> None:
    assert [e.blame for e in _events(WAR + sentence) if e.type == "ASSAULT" and e.actor] == [blame]


def test_who_says_so() -> None:
    (event,) = _events(WAR + "Rebels shelled the town on Monday, the defence ministry said.")
    assert event.sources[-1].text == "the defence ministry"


def test_a_sort_that_occurred_takes_the_date_and_place_of_its_clause() -> None:
    (event,) = _events(
        WAR + "They told of massacres of the sort that occurred in Aleppo in March of this year."
    )
    assert event.trigger.text == "massacres"
    assert event.when is not None
    assert event.when.start == date(2014, 3, 1)
    assert event.where is not None
    assert event.where.text == "Aleppo"


def test_a_toll_belongs_to_the_event_of_its_clause() -> None:
    context = _context(WAR + "An air strike on Aleppo killed ten civilians on Monday.")
    events = find_events(context)
    (figure,) = attach(find_figures(context), events)
    assert figure.event == events[0].id


def test_a_sum_over_the_war_belongs_to_no_event() -> None:
    context = _context(
        WAR
        + (
            "An air strike hit Aleppo on Monday. More than 200,000 people have been killed since "
            "March 2011."
        )
    )
    figures = attach(find_figures(context), find_events(context))
    assert [f.event for f in figures] == [None]


def test_a_users_file_adds_acts(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text(
        '[event_verbs]\nASSAULT = ["cudgel"]\n[event_nouns]\nPROTEST = ["sit-in"]\n',
        encoding="utf-8",
    )
    context = _context(
        WAR + "Soldiers cudgeled the villagers. Students staged a sit-in in Cairo.", file
    )
    assert [(e.trigger.text, e.type.value) for e in find_events(context)] == [
        ("cudgeled", "ASSAULT"),
        ("sit-in", "PROTEST"),
    ]
