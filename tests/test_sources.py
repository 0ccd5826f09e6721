"""Sources: what reports say of them, which of them are known, and their directory. All sentences
are our own.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from sayso.errors import LexiconError
from sayso.find.context import Context
from sayso.find.sources.facts import find_source_facts
from sayso.ingest.parse import parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import load_lexicon
from sayso.language.outlets import KnownSource, KnownSources
from sayso.link.directory import SourceEntry, directory
from sayso.model import Relation, Report, Source, SourceFact, SourceType, Span
from sayso.present.sources import sources_jsonl, sources_table


def facts(text: str) -> list[SourceFact]:
    lexicon = load_lexicon()
    report = Report(id="a", text=text, publisher="The Example")
    found = find_source_facts(
        Context(next(iter(parse([report], lexicon.is_common))), lexicon, Gazetteer())
    )
    for fact in found:
        fact.check(report)
        assert fact.id
        assert fact.kind == "source"
    return found


RT = (
    "RT, previously known as Russia Today, is a global news network that is funded by the "
    "Russian government "
    "and has been labelled as a propaganda outlet by the US State Department."
)
FACTS: list[tuple[str, list[tuple[str, str, str, str | None]]]] = [
    (
        RT,
        [
            ("RT", "described_as", "a global news network", None),
            ("RT", "known_as", "Russia Today", None),
            ("RT", "funded_by", "the Russian government", None),
            ("RT", "described_as", "a propaganda outlet", "the US State Department"),
        ],
    ),
    # before the name
    (
        "Two men died, the Britain-based Hill Observatory said.",
        [("Hill Observatory", "based_in", "Britain", None)],
    ),
    ("Two men died, state-run SANA said.", [("SANA", "run_by", "state-run", None)]),
    (
        "A doctor told the state-run SANA that two men died.",
        [("SANA", "run_by", "state-run", None)],
    ),
    ("The Hezbollah-run Al-Manar said two men died.", [("Al-Manar", "run_by", "Hezbollah", None)]),
    ("The Qatari-owned Al Jazeera said two men died.", [("Al Jazeera", "run_by", "Qatari", None)]),
    (
        "The semi-official Fars news agency said two men died.",
        [("Fars news agency", "described_as", "semi-official", None)],
    ),
    (
        "The anti-government Hill Monitor said two men died.",
        [("Hill Monitor", "opposes", "anti-government", None)],
    ),
    (
        "The Hill Observatory said two men died. The pro-opposition Observatory added that a "
        "third was hurt.",
        [("Hill Observatory", "sides_with", "pro-opposition", None)],
    ),
    # behind it
    (
        "Amaq, the Islamic State's news agency, said two men died.",
        [("Amaq", "described_as", "the Islamic State's news agency", None)],
    ),
    ("Amaq, which is linked to IS, said two men died.", [("Amaq", "sides_with", "IS", None)]),
    (
        "A group close to the opposition said two men died.",
        [("A group", "sides_with", "the opposition", None)],
    ),
    (
        "Hill Watch is run by one man from Coventry.",
        [("Hill Watch", "run_by", "one man from Coventry", None)],
    ),
    (
        "Two men died, the Hill Observatory, which relies on a network of sources inside the "
        "country, said.",
        [
            (
                "Hill Observatory",
                "described_as",
                "relies on a network of sources inside the country",
                None,
            )
        ],
    ),
    ("RT was formerly known as Russia Today.", [("RT", "known_as", "Russia Today", None)]),
    # said by somebody
    (
        "RT is a mouthpiece of the Kremlin, the senator said.",
        [("RT", "described_as", "a mouthpiece of the Kremlin", "the senator")],
    ),
    (
        "Washington has labelled RT a propaganda outlet.",
        [("RT", "described_as", "a propaganda outlet", "Washington")],
    ),
    (
        "The ministry said the pro-rebel Hill Monitor was lying.",
        [("Hill Monitor", "sides_with", "pro-rebel", "The ministry")],
    ),
    # not of a source
    ("A London-based bakery was hit.", []),
    ("The Iran-backed dam was hit, Reuters reported.", []),
    ("Reuters reported that two men died.", []),
    ("Citing officials, the Yonhap news agency reports that two men died.", []),
    ("Jo Bloggs, the editor of a state newspaper, said two men died.", []),
]


@pytest.mark.parametrize(("text", "expected"), FACTS, ids=[t[:50] for t, _ in FACTS])
def test_facts(text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = [
        (
            f.name,
            f.relation.value,
            f.value.text,
            f.sources[-1].name if f.sources[-1].role == "claimant" else None,
        )
        for f in facts(text)
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


KNOWN = [
    ("AFP", "Agence France-Presse"),
    ("the AP", "Associated Press"),
    ("Syria's official news agency SANA", "SANA"),
    ("the state-run Xinhua News Agency", "Xinhua"),
    ("a Reuters correspondent", "Reuters"),
    ("ap", None),
    ("Petra Bloggs", None),
    ("a spokesman for the army", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "name"), KNOWN)
def test_known_sources(words: str, name: str | None) -> None:
    found = load_lexicon().sources.get(words)
    assert (found.name if found else None) == name


SAME = [
    ("AFP", "Agence France-Presse", True),
    ("CNN", "edition.cnn.com", True),
    ("The New York Times", "www.nytimes.com", True),
    ("Hill Gazette", "https://www.hillgazette.com/news", True),
    ("Yahoo View", "yahoo.com/news", True),
    ("AFP", "Reuters", False),
    ("Reuters", "yahoo.com/news", False),
    ("RT", None, False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_is_same(one: str, other: str | None, same: bool) -> None:
    assert load_lexicon().sources.is_same(one, other) is same


def test_a_users_sources_add_and_correct(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(
        '[sources."Valley Monitor"]\ntype = "ngo"\naliases = ["VM"]\nnote = "run by a '
        'teacher"\n[sources.AFP]\nnote = "our partner"\n'
    )
    known = load_lexicon(path).sources
    assert known.get("VM") == KnownSource(
        "Valley Monitor", SourceType.NGO, ("VM",), note="run by a teacher"
    )
    afp = known.get("Agence France-Presse")
    assert afp is not None
    assert (afp.type, afp.note) == (SourceType.AGENCY, "our partner")


WRONG = [
    ("sources = 3", "holds one table per source"),
    ('[sources]\nVM = "ngo"', "holds one table per source"),
    ('[sources.VM]\ntype = "club"', "'club'; expected one of government, military"),
    (
        '[sources.VM]\nalias = ["V"]\ntype = "ngo"',
        "unknown key 'alias' in [sources.\"VM\"]; expected one of type, aliases",
    ),
    ('[sources.VM]\ntype = "ngo"\naliases = "V"', "expected a list of names in quotes"),
    ('[sources.VM]\ntype = "ngo"\ncountry = "Syria"', "expected two capital letters"),
    ('[sources.VM]\nnote = "x"', "has no type; expected type = one of"),
]


@pytest.mark.parametrize(("toml", "message"), WRONG, ids=[m[:40] for _, m in WRONG])
def test_a_wrong_source_says_what_was_expected(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(toml)
    with pytest.raises(LexiconError) as error:
        load_lexicon(path)
    assert message in str(error.value)


def fact(
    report: Report, name: str, relation: Relation, value: str, by: str | None = None
) -> SourceFact:
    """A fact anchored anywhere: the directory looks at no offset."""
    said = (Source(by, "claimant"),) if by else ()
    sources = (Source(report.publisher, "publisher"), *said)
    span = Span(value, len(value), 2 * len(value))
    made = SourceFact(
        report=report.id,
        kind="source",
        part="text",
        quote=report.text,
        start=0,
        end=len(report.text),
        sources=sources,
        about=Span(name, 0, len(name)),
        name=name,
        relation=relation,
        value=span,
    )
    return made.identified(report.hash)


def cited(report: Report, *sources: Source) -> SourceFact:
    made = fact(
        report, "X", Relation.DESCRIBED_AS, "y" * (1 + sum(len(s.name or "") for s in sources))
    )
    return SourceFact(
        **{f: getattr(made, f) for f in made.__dataclass_fields__}
        | {"sources": (made.sources[0], *sources)}
    )


def entries(*given: tuple[Report, list[SourceFact]]) -> dict[str, SourceEntry]:
    known = KnownSources([KnownSource("Agence France-Presse", SourceType.AGENCY, ("AFP",))])
    return {e.name: e for e in directory(given, known)}


ONE = Report(id="1", text="The Hill Observatory (HO) said so.", publisher="The Example")
TWO = Report(id="2", text="HO said so.", publisher="The Sample")
NGO = SourceType.NGO


def test_names_of_one_body_are_joined() -> None:
    found = entries(
        (
            ONE,
            [
                cited(
                    ONE,
                    Source("the Hill Observatory", "claimant", NGO, text="the Observatory"),
                ),
                cited(ONE, Source("AFP", "via"), Source("police", "claimant")),
            ],
        ),
        (
            TWO,
            [
                cited(TWO, Source("HO", "claimant", NGO)),
                cited(
                    TWO, Source("The Britain-based Hill Observatory", "claimant", NGO, party=True)
                ),
            ],
        ),
    )
    hill = found["Hill Observatory"]
    assert (hill.claims, hill.reports, hill.as_claimant, hill.party) == (3, 2, 3, 1)
    assert hill.publishers == {"The Example": 1, "The Sample": 1}
    assert hill.types == {NGO: 3}
    assert {"HO", "Observatory"} <= set(hill.also)
    assert (found["Agence France-Presse"].as_via, found["Agence France-Presse"].also) == (
        1,
        ("AFP",),
    )
    assert not found["police"].named
    assert found["Example"].as_publisher == 2


def test_a_name_that_stands_for_two_bodies_joins_neither() -> None:
    other = Report(id="3", text="The Harbour Office (HO) said so.", publisher="The Sample")
    found = entries(
        (ONE, [cited(ONE, Source("the Hill Observatory", "claimant", NGO))]),
        (other, [cited(other, Source("the Harbour Office", "claimant", NGO))]),
        (TWO, [cited(TWO, Source("HO", "claimant", NGO))]),
    )
    assert {"Hill Observatory", "Harbour Office", "HO"} <= set(found)


def test_facts_are_listed_with_who_says_so() -> None:
    known_as = fact(ONE, "Hill Radio", Relation.KNOWN_AS, "Radio Summit")
    labelled = fact(ONE, "Hill Radio", Relation.DESCRIBED_AS, "a mouthpiece", by="the mayor")
    found = entries(
        (ONE, [known_as, labelled]),
        (TWO, [cited(TWO, Source("Radio Summit", "claimant", SourceType.MEDIA))]),
    )
    radio = next(e for e in found.values() if e.facts and "Radio" in e.name)
    assert {radio.name, *radio.also} >= {"Hill Radio", "Radio Summit"}
    assert radio.claims == 1
    assert [(f.relation, f.value, f.by, f.claims) for f in radio.facts] == [
        (Relation.KNOWN_AS, "Radio Summit", None, (known_as.id,)),
        (Relation.DESCRIBED_AS, "a mouthpiece", "the mayor", (labelled.id,)),
    ]


def test_the_directory_can_be_shown_and_written() -> None:
    found = list(
        entries(
            (ONE, [fact(ONE, "Hill Radio", Relation.RUN_BY, "the mayor", by="police")])
        ).values()
    )
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(sources_table(found))
    assert "run by the mayor, says police" in console.export_text()
    rows = [json.loads(line) for line in sources_jsonl(found)]
    assert {r["name"] for r in rows} == {e.name for e in found}
    assert rows[0].keys() == set(SourceEntry.__dataclass_fields__)


def test_nothing_gives_an_empty_directory() -> None:
    assert directory([]) == []
