"""Who makes a statement, by name."""

from __future__ import annotations

import pytest

from sayso.find.context import Context
from sayso.find.speech.statements import find_statements
from sayso.ingest.parse import parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import load_lexicon
from sayso.model import Report, Statement


def statements(text: str, title: str = "") -> list[Statement]:
    lexicon = load_lexicon()
    (parsed,) = parse([Report(id="x", text=text, title=title)], lexicon.is_common)
    return find_statements(Context(parsed, lexicon, Gazetteer()))


def names(text: str, title: str = "") -> list[str | None]:
    return [s.sources[-1].name for s in statements(text, title)]


NAMED: list[tuple[str, list[str | None]]] = [
    # the name without what is told of the speaker
    ("Amina Haddad, a teacher whose school was hit, said the road was closed.", ["Amina Haddad"]),
    ("The valley's governor, Karim Osman, said the road was closed.", ["Karim Osman"]),
    ("Karim Osman, who said the road was closed, left the valley.", ["Karim Osman"]),
    ("The army on Tuesday denied that it had shelled the bridge.", ["The army"]),
    ("The ambassador to Kaland, Karim Osman, said the road was closed.", ["Karim Osman"]),
    (
        "If the troops left, thousands could be killed, a village elder in Kaland warned.",
        ["a village elder in Kaland"],
    ),
    # pronouns are who spoke last, outside what others say
    (
        "Karim Osman said the road was closed. He said bread was short.",
        ["Karim Osman", "Karim Osman"],
    ),
    (
        (
            "Amina Haddad said that the road was closed. Karim Osman denied this. He said it was "
            "open. She insisted that it was shut."
        ),
        ["Amina Haddad", "Karim Osman", "Karim Osman", "Amina Haddad"],
    ),
    # somebody is said to have spoken, but not who
    ("The governor is said to have left the valley.", [None]),
    ("It is believed that the governor left the valley.", [None]),
    # text without commas and marks
    (
        "Rebels shelled the bridge and 20 people died the Valley Observatory said on Monday.",
        ["the Valley Observatory"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[t for t, _ in NAMED])
def test_names(text: str, expected: list[str | None]) -> None:
    assert names(text) == expected


def test_the_last_source_is_the_speaker_with_its_place() -> None:
    text = "“We have no water,” the mayor, Karim Osman, said."
    (s,) = statements(text)
    said = s.sources[-1]
    assert said.role == "claimant"
    assert said.text == text[said.start : said.end] == "Karim Osman"


def test_the_same_words_are_not_stated_twice() -> None:
    text = "“We have no water,” the mayor said. “The bread ran out last week,” he said."
    assert [s.content.text for s in statements(text)] == [
        "“We have no water,”",
        "“The bread ran out last week,”",
    ]
