"""Places: spellings, the right one of several, and abstaining."""

from __future__ import annotations

import pytest

from sayso import find
from sayso.language.gazetteer import Gazetteer, skeleton, spelling


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


SPELLINGS = [
    ("Aleppo", "SY", "Aleppo"),
    ("Halab", "SY", "Aleppo"),
    ("Deir ez-Zor", "SY", "Deir ez-Zor"),
    ("Deir al-Zor", "SY", "Deir ez-Zor"),
    ("Kandahar", "AF", "Kandahār"),
    ("Tripoli", "LB", "Tripoli"),
    ("Tripoli", "LY", "Tripoli"),
]


@pytest.mark.parametrize(("name", "country", "entry"), SPELLINGS)
def test_the_right_one_by_the_reports_country(
    gazetteer: Gazetteer, name: str, country: str, entry: str
) -> None:
    place = gazetteer.resolve(name, [country])
    assert place is not None
    assert (place.name, place.country) == (entry, country)


def test_namesakes_without_a_country_stay_open(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("San Miguel", []) is None


def test_a_name_that_is_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Xyzzyville", ["SY"]) is None


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Syria", "SY"),
        ("Syrian", "SY"),
        ("Afghan", "AF"),
        ("US", "US"),
        ("us", None),
        ("Aleppo", None),
    ],
)
def test_countries(gazetteer: Gazetteer, words: str, country: str | None) -> None:
    assert gazetteer.country_of(words) == country


def test_keys() -> None:
    assert spelling("Deir ez-Zor") == spelling("Deir al-Zor")
    assert skeleton("Tal Qarrah") == skeleton("Tall Qirāḩ")


def test_the_town_before_the_province_before_the_country() -> None:
    (claim,) = find(
        "Two men were killed in Panjwai, Kandahar province, in southern Afghanistan.",
        published="2012-03-11",
    )
    assert claim.where is not None
    assert claim.where.text == "Panjwai"


def test_a_province_is_a_province() -> None:
    (claim,) = find(
        "Two men were killed in Kandahar province in Afghanistan.", published="2012-03-11"
    )
    assert claim.where is not None
    assert (claim.where.text, claim.where.precision) == ("Kandahar", "admin1")
