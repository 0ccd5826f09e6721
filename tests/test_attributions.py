"""Statements: sentences of our own, one row a construction."""

from __future__ import annotations

import pytest

from sayso.find.speech.attributions import Attribution, find_attributions
from sayso.ingest.parse import parse
from sayso.language.lexicon import load_lexicon
from sayso.model import Report


def found(text: str, title: str = "") -> list[Attribution]:
    report = Report(id="x", text=text, title=title)
    (parsed,) = parse([report], load_lexicon().is_common)
    return find_attributions(parsed)


Row = tuple[str | None, str | None, list[str], str]


def rows(text: str) -> list[Row]:
    """Source, cue, content and mode of each statement, in the words of the text."""

    def words(span: tuple[int, int] | None) -> str | None:
        return text[slice(*span)] if span else None

    return [
        (words(a.source), words(a.cue), [text[s:e] for s, e in a.content], a.mode)
        for a in found(text)
    ]


STATEMENTS: list[tuple[str, Row]] = [
    # told in other words: the cue before, after and between
    (
        "The army said that rebels had shelled the bridge on Monday.",
        ("The army", "said", ["that rebels had shelled the bridge on Monday"], "indirect"),
    ),
    (
        "Rebels shelled the bridge, the army said.",
        ("the army", "said", ["Rebels shelled the bridge"], "indirect"),
    ),
    (
        "According to the Red Cross, 40 people drowned.",
        ("the Red Cross", "According to", ["40 people drowned"], "indirect"),
    ),
    (
        "Forty people drowned, according to the Red Cross.",
        ("the Red Cross", "according to", ["Forty people drowned"], "indirect"),
    ),
    (
        "The bridge, witnesses said, was hit by two rockets.",
        ("witnesses", "said", ["The bridge", "was hit by two rockets"], "indirect"),
    ),
    # quoted: the cue before, after and between
    (
        'The mayor said: "We have no water and no bread."',
        ("The mayor", "said", ['"We have no water and no bread."'], "direct"),
    ),
    (
        "“We have no water,” the mayor said.",
        ("the mayor", "said", ["“We have no water,”"], "direct"),
    ),
    (
        "“We have no water,” the mayor told reporters. “And the bread ran out last week.”",
        (
            "the mayor",
            "told",
            ["“We have no water,”", "“And the bread ran out last week.”"],
            "direct",
        ),
    ),
    (
        "“We will fight on,” says the militia.",
        ("the militia", "says", ["“We will fight on,”"], "direct"),
    ),
    (
        "Rebels have taken the airport, claims the army.",
        ("the army", "claims", ["Rebels have taken the airport"], "indirect"),
    ),
    (
        (
            "Troops “are leaving the valley” in “haste”, declares the militia as the war in the "
            "north enters its third year."
        ),
        ("the militia", "declares", ["Troops “are leaving the valley” in “haste”"], "mixed"),
    ),
    # partly quoted
    (
        "The governor said the attack was “a cowardly act of revenge”.",
        ("The governor", "said", ["the attack was “a cowardly act of revenge”"], "mixed"),
    ),
    # marks that are turned the wrong way, straight, doubled or lost
    (
        "”We will fight on,” the militia said in a statement.",
        ("the militia", "said", ["”We will fight on,”"], "direct"),
    ),
    (
        "''We will fight on,'' the militia said.",
        ("the militia", "said", ["''We will fight on,''"], "direct"),
    ),
    (
        "The army said rebels shelled the bridge” on Monday.",
        ("The army", "said", ["rebels shelled the bridge” on Monday"], "indirect"),
    ),
    # a name by pronoun or role
    ("He said the road was closed.", ("He", "said", ["the road was closed"], "indirect")),
    (
        "The commentator believes that the war will go on.",
        ("The commentator", "believes", ["that the war will go on"], "indirect"),
    ),
    # not only saying
    (
        "The ministry denied that its planes had bombed the clinic.",
        ("The ministry", "denied", ["that its planes had bombed the clinic"], "indirect"),
    ),
    (
        "Analysts estimate that 900 fighters remain.",
        ("Analysts", "estimate", ["that 900 fighters remain"], "indirect"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), STATEMENTS, ids=[t for t, _ in STATEMENTS])
def test_statement(text: str, expected: Row) -> None:
    assert expected in rows(text)


def test_words_of_several_paragraphs() -> None:
    """A quotation whose paragraphs each open with a mark and only the last is closed is one."""
    text = (
        "“We left at night,” said Amina, a teacher from the camp.\n\nHer brother stayed.\n\n“I "
        "had nowhere to go.\n\n“My house was gone,” he said."
    )
    assert ("he", "said", ["“I had nowhere to go.\n\n“My house was gone,”"], "direct") in rows(text)


def test_a_quotation_inside_a_quotation() -> None:
    text = "“They shouted ‘leave now’ and then they fired,” the driver said."
    assert (
        "the driver",
        "said",
        ["“They shouted ‘leave now’ and then they fired,”"],
        "direct",
    ) in rows(text)


def test_words_that_stand_alone_belong_to_who_spoke_last() -> None:
    text = (
        "“We had no warning at all,” the farmer said.\n\n“Nobody came to help us after the "
        "raid.”\n\nThe village lies in the north."
    )
    alone = [a for a in found(text) if a.cue is None]
    assert [text[slice(*a.content[0])] for a in alone] == [
        "“Nobody came to help us after the raid.”"
    ]
    assert [text[slice(*a.source)] for a in alone if a.source] == ["the farmer"]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “moderate” groups hold three districts.",
        "The film “Last Train Home” opened in March.",
        "The bridge was hit by two rockets on Monday.",
        # things do what they do without saying it
        "This allowed rebels to advance on the town.",
        "Their main task is to guard the bridge.",
        "The conflict has drawn in three neighbours.",
        # names are no statements
        "The group, known as the Red Column, holds the hills.",
        "A page titled “Justice for Amina” was closed.",
        "The ministry did not respond to a request for comment.",
        "",
        "” “ \" '' ‘",
    ],
)
def test_no_statement(text: str) -> None:
    assert rows(text) == []


def test_a_heading_is_no_speaker() -> None:
    """What stands before a colon speaks only when it is a claimant by its words, or speaks in the
    report.
    """
    text = "Troops leave the valley."
    assert found(text, title="Kandahar: 'We will win this war'") == []
    (a,) = found(text, title="Army: 'We will win this war'")
    assert a.source == (0, len("Army"))


def test_spans_hold_what_they_say() -> None:
    """Spans lie within the part, in order, and content never holds its cue."""
    text = (
        "“We left,” said Amina. She told Radio One that “nobody” came; the mayor, who fled, "
        "denies this.\n\n“It’s true,” he said."
    )
    for a in found(text, title="Mayor: camp is empty"):
        assert all(0 <= s < e <= len(text) for s, e in a.content)
        assert list(a.content) == sorted(a.content)
        assert a.cue is None or all(a.cue[1] <= s or e <= a.cue[0] for s, e in a.content)
