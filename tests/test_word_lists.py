"""Word lists of the package: never empty, all in lower case, and offices built from them."""

from __future__ import annotations

import pytest

from sayso.language import offices
from sayso.language.word_lists import data_of, word_lists

LISTS = ["address", "ranks", "offices", "heads", "beside", "bodies", "called_after"]


def test_there_are_these_lists_of_offices() -> None:
    assert sorted(word_lists("offices")) == sorted(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_offices_has_words_in_lower_case_each_once(name: str) -> None:
    words: list[str] = data_of("offices")[name]
    assert words
    assert [w for w in words if w != w.lower() or w != w.strip() or not w] == []
    assert sorted(words) == sorted(set(words))
    assert word_lists("offices")[name] == set(words)


# A set that the rules ask -> a word that is in it, and one that is not.
@pytest.mark.parametrize(
    ("words", "one", "other"),
    [
        (offices.TITLES, "dr", "hospital"),  # a form of address
        (offices.TITLES, "colonel", "observatory"),  # a rank
        (offices.TITLES, "activist", "karim"),  # a calling
        (offices.HEADS, "spokesman", "colonel"),  # a colonel speaks for no body
        (offices.BESIDE_A_BODY, "so-called", "ministry"),  # tells no two bodies apart
        (offices.BESIDE_A_BODY, "director", "council"),  # nor does its head's office
        (offices.BODIES, "ministry", "minister"),  # a body, not its head
        (offices.CALLED_AFTER, "hospital", "army"),  # "Karim Hospital", but no "Karim Army"
    ],
)
def test_words_beside_names(words: frozenset[str], one: str, other: str) -> None:
    assert one in words
    assert other not in words


def test_no_office_is_a_body() -> None:
    assert frozenset() == offices.TITLES & offices.BODIES


@pytest.mark.parametrize(
    "name", ["actors", "dates", "events", "harm", "inflection", "names", "offices", "outlook"]
)
def test_every_file_of_words_can_be_read(name: str) -> None:
    assert data_of(name)


def test_a_file_is_read_once() -> None:
    assert data_of("offices") is data_of("offices")
