"""Which reports hold the same text, and what counts as one origin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.language.outlets import KnownSource, KnownSources
from sayso.link.copies import copied_claims, find_copies
from sayso.link.origins import find_origins, text_groups
from sayso.model import Report, SourceType
from sayso.model.links import LinkKind, Sharing
from tests import copying
from tests.conftest import SHARED
from tests.making import report, toll

WIRE = (
    "A truck bomb tore through the vegetable market of Khost on Monday morning and killed 14 "
    "people, the governor's office said. "
    "Shopkeepers pulled the wounded from under the awnings while police fired into the air to "
    "clear a way for ambulances. "
    "It was the third attack on the market in as many months, and traders have asked for a "
    "wall around it since the spring. "
    "Nobody claimed responsibility for the bombing by nightfall, and the provincial council "
    "called a meeting for Tuesday."
)
OWN = (
    "Fourteen people died when a bomb went off among the stalls of the market in Khost, "
    "officials told us by telephone. "
    "Our correspondent saw burnt fruit crates and a crater two metres wide where the lorry "
    "had been parked since dawn. "
    "Families waited outside the city hospital for names to be read out from a list that "
    "doctors kept changing all day."
)
SHARED_SENTENCE = WIRE.split(". ")[1] + ". "
MERIDIAN = KnownSources([KnownSource("Meridian Wire", SourceType.AGENCY, ("meridian.example",))])


def test_a_wire_copy_and_who_has_it_from_whom() -> None:
    wire = report("wire", WIRE, publisher="Meridian Wire")
    post = report(
        "post", f"Bomb kills 14.\n{WIRE[:-90]}", publisher="Harbour Post", credit="Meridian Wire"
    )
    (copy,) = find_copies([post, wire], MERIDIAN)
    assert (copy.report, copy.of, copy.sharing, copy.directed) == (
        "post",
        "wire",
        Sharing.COPY,
        True,
    )
    assert "credits Meridian Wire" in copy.reasons[-1]


# Two reports -> how they share.
@pytest.mark.parametrize(
    ("one", "other", "sharing"),
    [
        (WIRE, WIRE, Sharing.COPY),  # the same
        (WIRE, WIRE[:250], Sharing.COPY),  # the beginning of it
        (WIRE, f"{OWN} {SHARED_SENTENCE}", Sharing.SHARES),  # one sentence taken over
        (WIRE, OWN, None),  # the same news in its own words
        # a quotation that both could have heard
        (
            f'{OWN} "{SHARED_SENTENCE}"',
            f'{WIRE[-240:]} "{SHARED_SENTENCE}"',
            None,
        ),
        (WIRE.upper(), WIRE.replace("’", "'"), Sharing.COPY),  # capitals
        ("", "", None),  # nothing to share
    ],
)
def test_how_much_is_shared(one: str, other: str, sharing: Sharing | None) -> None:
    copies = find_copies([report("a", one), report("b", other, publisher="Other")])
    assert [c.sharing for c in copies] == ([sharing] if sharing else [])


def test_the_later_has_it_from_the_earlier_and_of_one_day_nobody_knows() -> None:
    monday, tuesday = report("a", WIRE, "2012-10-01"), report("b", WIRE, "2012-10-02", "Other")
    (copy,) = find_copies([tuesday, monday])
    assert (copy.report, copy.of, copy.directed) == ("b", "a", True)
    (copy,) = find_copies([monday, report("c", WIRE, "2012-10-01", "Third")])
    assert not copy.directed


def test_a_chain_of_half_copies_is_not_one_text() -> None:
    sentences = [s + ". " for s in (WIRE + " " + OWN).split(". ")]
    texts = ["".join(sentences[i : i + 3]) for i in range(0, 5, 2)]
    reports = [report(name, text, publisher=name) for name, text in zip("abc", texts, strict=True)]
    groups = text_groups(reports, find_copies(reports))
    assert groups["a"] != groups["c"]


def keys(reports: list[Report], *claims: object) -> list[str]:
    given = [c for c in claims if hasattr(c, "sources")]
    copies = find_copies(reports, MERIDIAN)
    origin = find_origins(reports, given, copies, copied_claims(reports, given, copies), MERIDIAN)  # type: ignore[arg-type]
    return [str(origin[c.id]) for c in given]  # type: ignore[attr-defined]


def test_copies_of_one_agency_are_one_origin() -> None:
    wire, post = (
        report("wire", WIRE, publisher="Meridian Wire"),
        report("post", WIRE[:300], publisher="Harbour Post"),
    )
    own = report("own", OWN, publisher="Lantern News")
    one, two, three = keys(
        [wire, post, own],
        toll(wire, "14 people"),
        toll(post, "14 people"),
        toll(own, "Fourteen people"),
    )
    assert one == two == "voice meridian wire"
    assert three == "voice lantern news"


def test_two_outlets_that_cite_one_ministry_are_one_origin_but_nameless_officials_are_not() -> None:
    a, b = report("a", WIRE, publisher="A"), report("b", OWN, publisher="B")
    ministry = [
        toll(a, "14 people", said="the Interior Ministry"),
        toll(b, "Fourteen people", said="Interior Ministry"),
    ]
    assert len(set(keys([a, b], *ministry))) == 1
    officials = [
        toll(r, words, said="officials", type=SourceType.UNNAMED)
        for r, words in ((a, "14 people"), (b, "Fourteen people"))
    ]
    assert len(set(keys([a, b], *officials))) == 2


# The names of claimants in different reports -> how many origins they are.
@pytest.mark.parametrize(
    ("names", "origins"),
    [
        (
            [
                "the Valley Centre for Human Rights",
                "the Britain-based Valley Centre for Human Rights",
                "the VCHR",
            ],
            1,
        ),
        (
            [
                "the Valley Centre for Human Rights",
                "Omar Example, director of the Valley Centre for Human Rights",
                "Omar Example",
            ],
            1,
        ),
        (
            [
                "the Valley Centre for Human Rights",
                "the so-called Valley Centre for Human Rights monitor",
            ],
            1,
        ),
        (["the United Nations", "the UN"], 1),
        # which ministry, nobody can tell
        (
            ["the Interior Ministry of Khost", "the Defence Ministry of Kabul", "the Ministry"],
            3,
        ),
    ],
)
def test_names_of_one_body(names: list[str], origins: int) -> None:
    reports = [
        report(f"r{n}", f"In {n} words of its own: 14 people died, it was said.", publisher=f"P{n}")
        for n in range(len(names))
    ]
    claims = [toll(r, "14 people", said=name) for r, name in zip(reports, names, strict=True)]
    assert len(set(keys(reports, *claims))) == origins


def test_a_copied_sentence_in_a_report_of_its_own() -> None:
    wire = report("wire", WIRE, "2012-10-01", publisher="Meridian Wire")
    own = report("own", f"{OWN} {WIRE.split('. ')[0]}.", publisher="Lantern News")
    copied = toll(own, "14 people")
    copies = find_copies([wire, own], MERIDIAN)
    (link,) = copied_claims([wire, own], [toll(wire, "14 people"), copied], copies)
    assert (link.claim, link.kind) == (copied.id, LinkKind.COPIES)
    assert keys([wire, own], copied, toll(wire, "14 people"), toll(own, "Fourteen people")) == [
        "voice meridian wire",
        "voice meridian wire",
        "voice lantern news",
    ]


def marked_by_hand() -> dict[str, set[str]]:
    """The reports that are marked, by their file: in pairs, and in groups."""
    found: dict[str, set[str]] = {}
    for name, fields in (("copies", ("a", "b")), ("copy-groups", ("report",))):
        for row in (copying.GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            marked = json.loads(row)
            found.setdefault(marked["file"], set()).update(marked[f] for f in fields)
    return found


@pytest.mark.skipif(
    not (SHARED / "data" / "news").is_dir(), reason="other people's texts are absent"
)
def test_copies_marked_by_hand(tmp_path: Path) -> None:
    """Of the reports that are marked; `make accuracy` compares them with all others besides."""
    for name, marked in marked_by_hand().items():
        lines = (SHARED / "data" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("".join(x for x in lines if json.loads(x)["id"] in marked))
    scores = copying.measure(tmp_path, MERIDIAN)
    assert scores["copy_f1"] > 0.9
    assert scores["adjusted_rand"] > 0.9
