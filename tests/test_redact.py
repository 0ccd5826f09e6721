"""Names that are withheld: who is a person, in which role, where the name stands, and that spans
hold afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import SaysoError
from sayso.ingest.parse import people_in
from sayso.ingest.read import read
from sayso.model import (
    Claim,
    Mode,
    Relation,
    Report,
    Source,
    SourceFact,
    SourceType,
    Span,
    Statement,
    Where,
)
from sayso.model.links import (
    Coded,
    Copy,
    Incident,
    Link,
    Linked,
    LinkKind,
    Origin,
    OriginKind,
    Pair,
    Range,
    Series,
    Sharing,
    Step,
)
from sayso.pipeline import Found, find_in, link_claims
from sayso.redact import MASK, ROLES, Redacted, Withheld, redact
from sayso.redact.masking import Masked
from sayso.redact.names import fold, person_name
from tests.making import by_id, report, said_by, toll

ALL = Withheld(frozenset({"all"}))


def redacted(
    *reports: Report,
    claims: Sequence[Claim] = (),
    people: Mapping[str, Sequence[str]],
    rule: Withheld = ALL,
    linked: Linked | None = None,
) -> Redacted:
    """The reports with names withheld; every claim holds afterwards."""
    out = redact({r.id: r for r in reports}, by_id(*claims), linked or Linked(), people, rule)
    by_name = out.reports
    for claim in out.claims.values():
        claim.check(by_name[claim.report])
    return out


def masked(text: str, *people: str, title: str = "") -> str:
    """The text of one report with these people withheld, `_` for the mask."""
    return (
        redacted(report("r", text, title=title), people={"r": people})
        .reports["r"]
        .text.replace(MASK, "_")
    )


NAMES = [
    ("President Hamid Karzai", "Hamid Karzai"),  # a title is no name
    ("Afghan President Hamid Karzai", "Hamid Karzai"),  # nor is a nation before it
    ("Gen. John Allen's", "John Allen"),  # an abbreviated title, a possessive
    ("spokesman Abdul Karim", "Abdul Karim"),  # an office in lower case
    ("Abdul Karim, a farmer", "Abdul Karim"),  # what a comma tells beside it
    ("Observatory director Rami Abdel Rahman", "Rami Abdel Rahman"),  # an office after its body
    ("Walid al-Moallem", "Walid al-Moallem"),  # an article inside
    ("the Interior Ministry", None),  # a body
    ("the Taliban", None),  # an armed group
    ("a tribal elder", None),  # a role is no name
    ("Reuters", None),  # an outlet
    ("Afghans", None),  # a people
    ("Monday", None),  # a day
    ("17-year-old", None),  # no letters of a name
]


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_what_is_a_name(words: str, name: str | None) -> None:
    assert person_name(words) == name


TEXTS = [
    # the full name, then the surname alone
    ("Abdul Karim fled. Later Karim said no.", ["Abdul Karim"], "_ fled. Later _ said no."),
    # possessives, one without its apostrophe
    ("Abdul Karim’s house and Karims farm.", ["Abdul Karim"], "_’s house and _ farm."),
    # initials with the surname
    ("A. Karim is Abdul Karim.", ["Abdul Karim"], "_ is _."),
    # other initials are somebody else, whose surname cannot be told from his
    ("ABDUL KARIM AND KARIM SPOKE.", ["Abdul Karim"], "_ AND _ SPOKE."),
    # across a line, and joined
    ("Abdul\nKarim, or AbdulKarim.", ["Abdul Karim"], "_, or _."),
    # an accent is left out
    ("José Pérez left; Perez came back.", ["José Pérez"], "_ left; _ came back."),
    # at word boundaries only
    (
        "Abdul Karim lives; Karimabad and Abdul Karimi do too.",
        ["Abdul Karim"],
        "_ lives; Karimabad and Abdul Karimi do too.",
    ),
    # not the surname in a longer name of a place
    ("Ali Khan fled to Khan Yunis. Khan died.", ["Ali Khan"], "_ fled to Khan Yunis. _ died."),
    # nor of a body called after somebody
    ("Abdul Karim works at Karim Hospital.", ["Abdul Karim"], "_ works at Karim Hospital."),
    # nor an ordinary word that begins a sentence
    (
        "James Long came. Long lines formed. It was long ago, Long said.",
        ["James Long"],
        "_ came. Long lines formed. It was long ago, _ said.",
    ),
    # nor a surname in lower case
    ("Ann Mason saw a mason.", ["Ann Mason"], "_ saw a mason."),
    # a father called after his child has no surname
    ("Abu Ahmed fled; Ahmed did not.", ["Abu Ahmed"], "_ fled; Ahmed did not."),
    # a first name that the recogniser takes for a person
    ("Fatima Noor cried. Fatima wept.", ["Fatima Noor", "Fatima"], "_ cried. _ wept."),
    # one name only
    ("They met Havidar there.", ["Havidar"], "They met _ there."),
    # a place taken for a person stays
    ("They met in Kandahar there.", ["Kandahar"], "They met in Kandahar there."),
    # bodies stay
    (
        "The Taliban and the Interior Ministry spoke.",
        ["The Taliban", "Interior Ministry"],
        "The Taliban and the Interior Ministry spoke.",
    ),
    # longer names go first
    ("Rami Abdel Rahman spoke, Abdel Rahman said.", ["Rami Abdel Rahman"], "_ spoke, _ said."),
]


@pytest.mark.parametrize(("text", "people", "expected"), TEXTS)
def test_where_a_name_stands(text: str, people: list[str], expected: str) -> None:
    assert masked(text, *people) == expected


def test_a_surname_needs_the_full_name_in_the_same_report() -> None:
    out = redacted(
        report("one", "Abdul Karim fled. Karim is gone."),
        report("two", "Karim street is closed."),
        # not recognised here, and withheld all the same
        report("three", "Abdul Karim came. Karim left."),
        people={"one": ["Abdul Karim"]},
    )
    assert [r.text.replace(MASK, "_") for r in out.reports.values()] == [
        "_ fled. _ is gone.",
        "Karim street is closed.",
        "_ came. _ left.",
    ]
    assert (out.withheld, out.places) == (1, 4)


def test_a_place_of_a_claim_keeps_a_surname() -> None:
    r = report("r", "Two men died in Gardez. Ali Gardez fled.")
    out = redacted(r, claims=[toll(r, "Two", place="Gardez")], people={"r": ["Ali Gardez"]})
    assert out.reports["r"].text == f"Two men died in Gardez. {MASK} fled."
    (claim,) = out.claims.values()
    assert claim.where is not None
    assert (claim.where.text, claim.where.name) == ("Gardez", "Gardez")


@pytest.mark.parametrize(
    ("role", "kept"),
    [
        ("witness", {"Omar Noor", "Ann Reed"}),  # who speaks as one, also where he is only named
        ("named", {"Abdul Karim", "Ann Reed"}),  # who speaks nowhere
        ("government", {"Abdul Karim", "Omar Noor"}),  # an official
        ("expert", {"Abdul Karim", "Omar Noor", "Ann Reed"}),  # nobody
        ("all", set()),  # everybody
    ],
)
def test_roles(role: str, kept: set[str]) -> None:
    one = report("one", "Two men died, Abdul Karim said. Omar Noor was among them.")
    two = report("two", "Ten men died, minister Ann Reed said. She met Abdul Karim.")
    claims = [
        toll(one, "Two", said="Abdul Karim", type=SourceType.WITNESS),
        toll(two, "Ten", said="minister Ann Reed"),
    ]
    people = {"one": ["Abdul Karim", "Omar Noor"], "two": ["minister Ann Reed", "Abdul Karim"]}
    out = redacted(one, two, claims=claims, people=people, rule=Withheld(frozenset({role})))
    text = " ".join(r.text for r in out.reports.values())
    assert {n for n in ("Abdul Karim", "Omar Noor", "Ann Reed") if n in text} == kept
    assert out.withheld == 3 - len(kept)


def test_who_is_only_spoken_for_is_named() -> None:
    r = report("r", "Two men died, said a spokesman for President Hamid Karzai.")
    claims = [toll(r, "Two", said="a spokesman for President Hamid Karzai")]
    people = {"r": ["Hamid Karzai"]}
    assert (
        redacted(r, claims=claims, people=people, rule=Withheld(frozenset({"government"}))).withheld
        == 0
    )
    assert (
        redacted(r, claims=claims, people=people, rule=Withheld(frozenset({"named"}))).withheld == 1
    )


def test_a_witness_whom_nobody_recognises() -> None:
    r = report("r", "Two men died, Zalmay Toryalai said. Toryalai fled.")
    out = redacted(
        r, claims=[toll(r, "Two", said="Zalmay Toryalai", type=SourceType.LOCAL)], people={}
    )
    assert out.reports["r"].text == f"Two men died, {MASK} said. {MASK} fled."


@pytest.mark.parametrize(
    ("published", "is_masked"), [("2012-12-31", True), ("2013-01-01", False), (None, True)]
)
def test_before(published: str | None, is_masked: bool) -> None:
    r = report("r", "Abdul Karim fled.", published)
    old = report("old", "Abdul Karim came.", "2010-01-01")
    people = {"r": ["Abdul Karim"], "old": ["Abdul Karim"]}
    out = redacted(r, old, people=people, rule=Withheld(frozenset({"all"}), date(2013, 1, 1)))
    assert (MASK in out.reports["r"].text) is is_masked
    assert MASK in out.reports["old"].text


def test_a_role_that_is_none() -> None:
    with pytest.raises(SaysoError, match=r"'villain': no such role; .*witness.*named, all"):
        Withheld(frozenset({"villain"}))
    with pytest.raises(SaysoError, match="no role"):
        Withheld(frozenset())


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 3), "so "),  # before
        ((3, 13), MASK),  # the name
        ((5, 7), MASK),  # inside it
        ((0, 5), f"so {MASK}"),  # cut into from before
        ((8, 18), f"{MASK} said"),  # and from behind
        ((13, 18), " said"),  # next to it
        ((19, 21), "Bo"),  # kept, behind it
    ],
)
def test_spans_move(span: tuple[int, int], words: str) -> None:
    new = Masked.of("so Ann Reed J said Bo", [(3, 13)])
    start, end = new.moved(*span)
    assert new.text[start:end] == words


def test_every_span_of_a_claim_moves() -> None:
    r = report(
        "r",
        "“We saw,” Abdul Karim of Karim TV said, “Omar Noor run.” Karim TV belongs to Omar Noor.",
    )
    quote = r.text.split(" Karim TV belongs")[0]
    said = Statement(
        report="r",
        kind="statement",
        part="text",
        quote=quote,
        start=0,
        end=len(quote),
        mode=Mode.DIRECT,
        content=span(r, quote),
        parts=(span(r, "We saw"), span(r, "Omar Noor run")),
        cue=span(r, "said"),
        sources=(source(r, "Abdul Karim"),),
    ).identified(r.hash)
    last = r.text[len(quote) + 1 :]
    fact = SourceFact(
        report="r",
        kind="source",
        part="text",
        quote=last,
        start=len(quote) + 1,
        end=len(r.text),
        about=span(r, "Karim TV"),
        name="Abdul Karim TV",
        relation=Relation.RUN_BY,
        value=span(r, "Omar Noor"),
    ).identified(r.hash)
    out = redacted(r, claims=[said, fact], people={"r": ["Abdul Karim", "Omar Noor"]})
    new, about = out.claims[said.id], out.claims[fact.id]
    assert isinstance(new, Statement)
    assert isinstance(about, SourceFact)
    assert [p.text for p in new.parts] == ["We saw", f"{MASK} run"]
    assert (new.sources[0].name, new.sources[0].text) == (MASK, MASK)
    assert (about.name, about.value.text) == (f"{MASK} TV", MASK)


def test_ids_addresses_and_publishers() -> None:
    r = report(
        "abdul-karim.txt",
        "Abdul Karim fled.",
        publisher="The Abdul Karim Blog",
        url="https://a.example/2012/karim%2Dfled",
    )
    other = report("other.txt", "Abdul Karim fled.", url="https://a.example/1")
    copy = Copy(
        "abdul-karim.txt",
        "other.txt",
        Sharing.COPY,
        1.0,
        True,
        ("abdul-karim.txt credits Abdul Karim",),
    )
    claim = toll(r, "Abdul", said="Abdul Karim")
    linked = Linked(
        copies=(copy,),
        incidents=(
            Incident(
                id="i1", claims=(claim.id,), reports=(r.id, other.id), main=(r.id,), origins=1
            ),
        ),
    )
    out = redacted(r, other, claims=[claim], people={r.id: ["Abdul Karim"]}, linked=linked)
    renamed, kept = out.reports.values()
    assert (renamed.publisher, renamed.url, kept.url) == (
        f"The {MASK} Blog",
        None,
        "https://a.example/1",
    )
    assert re.fullmatch(r"r[0-9a-f]{12}", renamed.id)
    assert (
        out.claims[claim.id].report
        == renamed.id
        == out.linked.incidents[0].main[0]
        == out.linked.copies[0].report
    )
    assert out.linked.copies[0].reasons == (f"{renamed.id} credits {MASK}",)


def test_links() -> None:
    r = report("r", "Two men of Abdul Karim died. Ten men died. Six men died.")
    two, ten, six = (
        toll(r, "Two", said="Abdul Karim"),
        toll(r, "Ten", said="Abdul Karim"),
        toll(r, "Six", said="Omar Noor"),
    )
    linked = Linked(
        pairs=(Pair(two.id, ten.id, 1.0, ("Abdul Karim in both",)),),
        series=(
            Series(
                id="s1",
                claims=(two.id,),
                reports=("r",),
                origins=1,
                kind="toll",
                who="men of Abdul Karim",
                where=Where("Karim", 1, 2),
            ),
        ),
        links=(
            Link(two.id, ten.id, LinkKind.REVISES, "the same origin, Abdul Karim, says otherwise"),
        ),
        origins={
            two.id: said_by("abdul karim"),
            ten.id: said_by("abdul karim"),
            six.id: said_by("omar noor"),
            "x": Origin(OriginKind.VOICE, "The Example"),
        },
    )
    out = redacted(
        r, claims=[two, ten, six], people={"r": ["Abdul Karim", "Omar Noor"]}, linked=linked
    )
    new = out.linked
    assert not [text for text in strings(out) if re.search("karim|noor", text, re.IGNORECASE)]
    assert new.origins[two.id] == new.origins[ten.id] != new.origins[six.id]
    assert str(new.origins["x"]) == "voice The Example"


def test_free_words_and_figures() -> None:
    r = report("r", "Abdul Karim fled.")
    out = redacted(r, people={"r": ["Abdul Karim"]})
    assert (
        out.words("I rang Karim; A. Karim is at Karim Hospital.")
        == f"I rang {MASK}; {MASK} is at Karim Hospital."
    )
    none = Range()
    coded = Coded(
        incident="i",
        policy="ucdp",
        killed=none,
        wounded=none,
        civilians_killed=none,
        civilians_wounded=none,
        side_a_name="men of Abdul Karim",
        steps=(Step("Karim: latest"),),
        notes=("Abdul Karim disputes it",),
    )
    assert not [text for text in strings(out.coded(coded)) if "Karim" in text]


def test_the_mask_tells_no_length() -> None:
    assert masked("Al Bo fled.", "Al Bo") == masked(
        "Abdulrahman Mohammadzai fled.", "Abdulrahman Mohammadzai"
    )


def test_people_are_recognised_in_all_of_a_report() -> None:
    plain = report(
        "plain",
        "Police met Angela Merkel.\n\nLeave a reply\n\nBarack Obama came to London.",
        title="A visit",
    )
    capitals = report("capitals", "POLICE SAID THAT BARACK OBAMA SPOKE TO REPORTERS IN LONDON.")
    found = dict(people_in([plain, report("none", "It rained."), capitals]))
    assert list(found) == ["plain", "none", "capitals"]
    assert {"Angela Merkel", "Barack Obama"} <= set(found["plain"])
    assert found["none"] == ()
    assert found["capitals"] == ("BARACK OBAMA",)


def test_a_pipeline_that_is_not_there() -> None:
    with pytest.raises(SaysoError, match="not installed"):
        list(people_in([], "no_such_pipeline"))


@pytest.fixture(scope="module")
def record(
    examples: Path,
) -> tuple[dict[str, Report], dict[str, Claim], Linked, dict[str, tuple[str, ...]]]:
    """The shipped examples and, beside them, one that is full of names, read and linked."""
    more = report(
        "names",
        "Two villagers were killed in Khost on Monday, said Abdul Karim, a farmer. “My son "
        "Omar Noor was shot,” Karim told "
        "Lantern TV. President Hamid Karzai promised an inquiry by March. Analyst Tomas Grebe "
        "said that Karzai's promise was late. "
        "Gen. John Allen said that 14 insurgents were killed. Dr Sarah Reed said ten people "
        "were wounded.",
        title="KARZAI PROMISES INQUIRY",
    )
    found = [f for f in find_in([*read([examples]), more]) if isinstance(f, Found)]
    claims = [c for f in found for c in f.claims]
    reports = [f.report for f in found]
    return (
        {r.id: r for r in reports},
        by_id(*claims),
        link_claims(reports, claims),
        dict(people_in(reports)),
    )


@pytest.mark.parametrize("role", ROLES)
def test_no_name_is_left_and_every_span_holds(
    record: tuple[dict[str, Report], dict[str, Claim], Linked, dict[str, tuple[str, ...]]],
    role: str,
) -> None:
    reports, claims, linked, people = record
    out = redact(reports, claims, linked, people, Withheld(frozenset({role})))
    for claim in out.claims.values():
        claim.check(out.reports[claim.report])
    assert set(out.claims) == set(claims)
    gone = _gone(out, reports, people)
    assert len(gone) >= {"all": 5, "named": 1, "expert": 1, "government": 1, "unknown": 3}.get(
        role, 0
    )
    held = [
        text
        for text in strings(out)
        if any(name in f" {re.sub(r'[^a-z]+', ' ', fold(text))} " for name in gone)
    ]
    assert held == []
    assert (out.withheld == 0) is (out.places == 0)
    if out.withheld == 0:
        assert (out.reports, out.claims, out.linked) == (reports, claims, linked)


def _gone(
    out: Redacted, reports: Mapping[str, Report], people: Mapping[str, Sequence[str]]
) -> set[str]:
    """The full names that stood in a text and no longer do there."""
    names = {n for words in people.values() for w in words if (n := person_name(w)) and " " in n}
    before, after = (
        "\n".join(f"{r.title}\n{r.text}" for r in rs.values()) for rs in (reports, out.reports)
    )
    return {f" {fold(n)} " for n in names if after.count(n) < before.count(n)}


def strings(value: Any) -> Iterator[str]:
    """Every string that can be reached from a value, fields and keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for k, v in value.items():
            yield from (*strings(k), *strings(v))
    elif isinstance(value, tuple | list | set | frozenset):
        for v in value:
            yield from strings(v)
    elif is_dataclass(value):
        for f in fields(value):
            yield from strings(getattr(value, f.name))


def span(of: Report, words: str) -> Span:
    start = of.text.index(words)
    return Span(words, start, start + len(words))


def source(of: Report, words: str) -> Source:
    at = span(of, words)
    return Source(
        words, "claimant", SourceType.WITNESS, text=words, start=at.start, end=at.end, cue="said"
    )
