"""The forms of verbs and nouns: one row a rule, and the irregular ones of the list."""

from __future__ import annotations

import pytest

from sayso.language.inflection import Form, forms_of, plural, verb_forms
from sayso.language.word_lists import data_of

IRREGULAR: dict[str, list[str]] = data_of("inflection")["irregular"]


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("soldier", "soldiers"),
        ("bus", "buses"),  # after a hiss: -es
        ("box", "boxes"),
        ("blitz", "blitzes"),
        ("church", "churches"),
        ("ambush", "ambushes"),
        ("army", "armies"),  # a consonant before the y
        ("convoy", "convoys"),  # a vowel before it
        ("siege", "sieges"),
        ("seize", "seizes"),  # of a verb: the third person
    ],
)
def test_plural(noun: str, expected: str) -> None:
    assert plural(noun) == expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("attack", {"attack", "attacks", "attacked", "attacking"}),
        ("ambush", {"ambush", "ambushes", "ambushed", "ambushing"}),
        ("raze", {"raze", "razes", "razed", "razing"}),  # the e goes
        ("carry", {"carry", "carries", "carried", "carrying"}),  # y to i, but not before -ing
        ("deploy", {"deploy", "deploys", "deployed", "deploying"}),  # a vowel before the y
        # one short vowel and one consonant: both spellings
        ("drop", {"drop", "drops", "droped", "dropped", "droping", "dropping"}),
        ("shell", {"shell", "shells", "shelled", "shelling"}),  # two consonants at the end
        ("raid", {"raid", "raids", "raided", "raiding"}),  # two vowels
        ("shoot", {"shoot", "shoots", "shot", "shooting"}),  # irregular
        ("fly", {"fly", "flies", "flew", "flown", "flying"}),  # its participle is another word
        ("cut", {"cut", "cuts", "cutting"}),  # three forms that are one
    ],
)
def test_every_form_of_a_verb(verb: str, expected: set[str]) -> None:
    assert verb_forms(verb) == expected


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        (
            "attack",
            [
                ("attack", Form.BASE),
                ("attacks", Form.PRESENT),
                ("attacked", Form.PAST),
                ("attacking", Form.ING),
            ],
        ),
        (
            "take",  # past and participle both bear on voice as the past does
            [
                ("take", Form.BASE),
                ("takes", Form.PRESENT),
                ("took", Form.PAST),
                ("taken", Form.PAST),
                ("taking", Form.ING),
            ],
        ),
        (
            "hold",  # a participle that is the past is given once
            [
                ("hold", Form.BASE),
                ("holds", Form.PRESENT),
                ("held", Form.PAST),
                ("holding", Form.ING),
            ],
        ),
    ],
)
def test_forms_say_what_they_are(verb: str, expected: list[tuple[str, Form]]) -> None:
    assert list(forms_of(verb)) == expected


@pytest.mark.parametrize("verb", IRREGULAR)
def test_every_irregular_verb_has_its_four_forms(verb: str) -> None:
    present, past, participle, ing = IRREGULAR[verb]
    assert present.endswith("s")
    assert ing.endswith("ing")
    assert verb_forms(verb) == {verb, present, past, participle, ing}


def test_no_two_irregular_verbs_share_a_past() -> None:
    pasts: dict[str, str] = {}
    for verb in IRREGULAR:
        for form, kind in forms_of(verb):
            if kind is Form.PAST and form != verb:
                assert pasts.setdefault(form, verb) == verb, form
