"""Origins: texts of our own, one row a way of saying where a report was copied from, and outlets in
between.
"""

from __future__ import annotations

import pytest

from sayso import Report, find
from sayso.find.context import Context
from sayso.find.sources.origins import Origin, find_origin, with_origin
from sayso.ingest.parse import parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import load_lexicon
from sayso.model import Source, SourceType

BODY = (
    "Two soldiers were killed near the bridge on Sunday, the governor said.\n\nThe road was "
    "closed until the evening, and a third man was hurt."
)
ABOUT_RT = (
    "RT, previously known as Russia Today, is a news network that is funded by the government."
)


def origin(
    text: str, publisher: str | None = "The Example", credit: str | None = None
) -> Origin | None:
    lexicon = load_lexicon()
    report = Report(id="a", text=text, publisher=publisher, credit=credit)
    found = find_origin(
        Context(next(iter(parse([report], lexicon.is_common))), lexicon, Gazetteer())
    )
    if found is not None and found.text is not None:
        assert found.start is not None
        assert report.part(found.part or "")[found.start : found.end] == found.text
    return found


ORIGINS = [
    # credit lines at the head
    (f"KABUL (AFP) — {BODY}", "Agence France-Presse", "credit line"),
    (f"KABUL, Oct. 8 (Reuters) - {BODY}", "Reuters", "credit line"),
    (f"OSLO, Norway (AP) -- {BODY}", "Associated Press", "credit line"),
    (f"(Reuters) - {BODY}", "Reuters", "credit line"),
    (f"Two killed at bridge ### By Reuters ### July 3, 2018 ### {BODY}", "Reuters", "credit line"),
    (
        f"Two killed at bridge\nBy JO BLOGGS and ANN OTHER, Associated Press\n{BODY}",
        "Associated Press",
        "credit line",
    ),
    (f"Two killed\nXinhua | Updated: 2017-09-15 17:52\n{BODY}", "Xinhua", "credit line"),
    (
        f"Two killed at bridge Monitor AFP Tuesday 5 Jul 2016 {BODY}",
        "Agence France-Presse",
        "credit line",
    ),
    # at the end
    (f"{BODY}\n\n— AP", "Associated Press", "credit line"),
    (f"{BODY}\n\nSource: SANA", "SANA", "credit line"),
    (f"{BODY}\n\nReuters", "Reuters", "credit line"),
    (f"{BODY} (AFP)", "Agence France-Presse", "credit line"),
    (
        f"{BODY}\nCopyright 2018 The Associated Press. All rights reserved.",
        "Associated Press",
        "copyright line",
    ),
    (
        f"{BODY}\nAssociated Press writers Jo Bloggs and Ann Other contributed to this report.",
        "Associated Press",
        "agency's writers",
    ),
    # said in so many words
    (
        f"{BODY}\n\nThis article first appeared in The Hill Gazette.",
        "The Hill Gazette",
        "originally published",
    ),
    (
        f"{BODY}\n\nThis story was originally published at hillgazette.com. Read it here.",
        "hillgazette.com",
        "originally published",
    ),
    (
        f"{BODY}\n\nOriginally published by Middle East Eye",
        "Middle East Eye",
        "originally published",
    ),
    (
        f"{BODY}\n\nReprinted with permission from The Hill Gazette.",
        "The Hill Gazette",
        "republished",
    ),
    (
        f"{BODY}\n\nRepublished with the permission of Inter Press Service.",
        "Inter Press Service",
        "republished",
    ),
    (f"{BODY}\n\nvia Hill Gazette", "Hill Gazette", "via"),
    # what an outlet says of itself below, and interviews
    (f"{BODY}\n\n“It is a disgrace,” Jo Bloggs told RT.\n\n{ABOUT_RT}", "RT", "about paragraph"),
    (
        f"{BODY}\n\nMiddle East Monitor is a not-for-profit press monitoring organisation.",
        "Middle East Monitor",
        "about paragraph",
    ),
    (
        (
            "Two men died, Jo Bloggs told RT. “It was loud,” Ann Other told RT. The road was "
            "closed until the evening."
        ),
        "RT",
        '"told RT"',
    ),
    (
        (
            "Two men died, Jo Bloggs told AFP. “It was loud,” he told AFP. The road was closed "
            "until the evening."
        ),
        "Agence France-Presse",
        '"told AFP"',
    ),
]


@pytest.mark.parametrize(
    ("text", "name", "reason"), ORIGINS, ids=[f"{r}-{i}" for i, (_, _, r) in enumerate(ORIGINS)]
)
def test_origins(text: str, name: str, reason: str) -> None:
    found = origin(text)
    assert found is not None
    assert (found.name, found.reason) == (name, reason)


NO_ORIGINS = [
    (BODY, "The Example"),
    (f"KABUL (AFP) — {BODY}", "AFP"),  # the publisher itself
    (f"KABUL (AFP) — {BODY}", "www.afp.com"),
    # citations
    (
        "The Syrian army took the bridge, AFP reported. Two men died, according to Reuters.",
        "The Example",
    ),
    # one interview is quoted everywhere
    (
        "The ministry told AFP that two men died.",
        "The Example",
    ),
    ("Two men died, Jo Bloggs told RT. Ann Other told AFP that it was loud.", "The Example"),
    (f"{BODY}\n\nAP and Reuters contributed to this report.", "The Example"),
    (f"{BODY}\n\nThe Associated Press contributed to this report.", "The Example"),
    (f"A soldier at the bridge. (Photo by Jo Bloggs / AFP)\n\n{BODY}", "The Example"),
    (f"{BODY}\n\nA soldier at the bridge. (Jo Bloggs/AP)", "The Example"),
    (f"{BODY}\nReuters\n— AP", "The Example"),  # two with the same weight
    (f"{BODY}\n\nHe first published the memo in his 2006 book on the war.", "The Example"),
    (f"{BODY}\n\nThe Example is a news website.", "The Example"),
    (f"{BODY}\n\nJo Bloggs is a foreign affairs reporter in Oslo.", "The Example"),
]


@pytest.mark.parametrize(
    ("text", "publisher"), NO_ORIGINS, ids=[f"{t[-30:]}-{p}" for t, p in NO_ORIGINS]
)
def test_no_origin(text: str, publisher: str) -> None:
    assert origin(text, publisher) is None


def test_an_unknown_publisher_may_have_an_origin() -> None:
    found = origin(f"{BODY}\n\n“It is a disgrace,” Jo Bloggs told RT.\n\n{ABOUT_RT}", None)
    assert found is not None
    assert (found.name, found.type) == ("RT", SourceType.MEDIA)


def test_a_credit_that_only_metadata_gives_has_no_words() -> None:
    found = origin(BODY, credit="AFP")
    assert found is not None
    assert (found.name, found.reason, found.text, found.part) == (
        "Agence France-Presse",
        "credit line",
        None,
        None,
    )


def chain(sources: tuple[Source, ...]) -> list[tuple[str, str | None]]:
    return [(s.role, s.name) for s in sources]


PUBLISHER = Source("The Example", "publisher")
AFP = Origin("Agence France-Presse", "credit line", SourceType.AGENCY, "text", "AFP", 7, 10)


def test_an_own_voice_stays_one_behind_the_origin() -> None:
    sources = with_origin((PUBLISHER,), AFP, "text", load_lexicon())
    assert chain(sources) == [("publisher", "The Example"), ("publisher", "Agence France-Presse")]
    assert (sources[1].text, sources[1].start, sources[1].end, sources[1].cue) == (
        "AFP",
        7,
        10,
        "credit line",
    )


def test_the_origins_words_are_kept_only_in_their_part() -> None:
    copied = with_origin((PUBLISHER,), AFP, "title", load_lexicon())[1]
    assert (copied.text, copied.start, copied.end) == (None, None, None)


def test_the_origin_is_named_once_in_a_chain() -> None:
    sources = (PUBLISHER, Source("AFP", "via"), Source("police", "claimant"))
    expected = [
        ("publisher", "The Example"),
        ("publisher", "Agence France-Presse"),
        ("claimant", "police"),
    ]
    assert chain(with_origin(sources, AFP, "text", load_lexicon())) == expected
    assert with_origin(sources, None, "text", load_lexicon()) == sources


VIA = [
    ("Two men were killed, a doctor told AFP.", "AFP", "a doctor"),
    ("Two men were killed, Karim Daoud told the state news agency SANA.", "SANA", "Karim Daoud"),
    ("AFP quoted Karim Daoud as saying two men were killed.", "AFP", "Karim Daoud"),
    ("Two men were killed, Interfax quoted the ministry as saying.", "Interfax", "the ministry"),
    ("Two men were killed, the mayor was quoted by SANA as saying.", "SANA", "the mayor"),
    ("Two men were killed, the mayor, quoted by SANA, said.", "SANA", "the mayor"),
    (
        "SANA, citing a military source, said three soldiers were killed.",
        "SANA",
        "a military source",
    ),
    (
        "According to SANA, citing a military source, two men were killed.",
        "SANA",
        "a military source",
    ),
    (
        "State television reported that two men were killed, citing the health ministry.",
        "State television",
        "the health ministry",
    ),
    ("The mayor said in an interview with RT that two men were killed.", "RT", "The mayor"),
    (
        "Two men were killed, the ministry said in a statement carried by SANA.",
        "SANA",
        "the ministry",
    ),
    # no outlet in between
    ("Two men were killed, the governor told reporters.", None, "the governor"),
    ("Karim Daoud told Putin that two men were killed.", None, "Karim Daoud"),
    ("An AFP correspondent said two men were killed.", None, "An AFP correspondent"),
    ("Police said two men were killed, citing the discovery of a knife.", None, "Police"),
]


@pytest.mark.parametrize(("text", "via", "claimant"), VIA, ids=[t[:50] for t, _, _ in VIA])
def test_outlets_in_between(text: str, via: str | None, claimant: str) -> None:
    sources = find(text)[0].sources
    assert (sources[-1].role, sources[-1].name) == ("claimant", claimant)
    between = [s for s in sources if s.role == "via"]
    assert [s.name for s in between] == ([via] if via else [])
    for s in between:
        assert s.start is not None
        assert text[s.start : s.end] == s.text


def test_the_publishers_own_interviews_have_no_outlet_in_between() -> None:
    assert [
        s.role for s in find("Two men died, a doctor told AFP.", publisher="AFP")[0].sources
    ] == ["publisher", "claimant"]
