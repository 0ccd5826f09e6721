"""Figures under a rule: from claims to low, best and high."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from rich.console import Console

from sayso.coding import POLICIES, PolicyError, code, load_policy
from sayso.language.numerals import find_quantities
from sayso.model import (
    Claim,
    Count,
    Effect,
    Event,
    EventType,
    Figure,
    Source,
    SourceType,
    Span,
    Status,
    Where,
)
from sayso.model.links import Coded, Incident, Range
from sayso.present.coding import (
    coded_jsonl,
    coded_table,
    coded_to_dict,
    explain_coding,
    in_words,
    policies_table,
)
from tests.making import said_by

CIV, MIL, REB = Status.CIVILIAN, Status.MILITARY, Status.MILITANT
K, KW = Effect.KILLED, Effect.KILLED_OR_WOUNDED
_ids = count(1)
SOHR, UN, ARMY, REBELS = "the Observatory", "the UN", "the army", "the Red Column"
SPOKEN_FOR = {ARMY: SourceType.MILITARY, REBELS: SourceType.ARMED_GROUP}


def counted(words: str) -> tuple[str, int | None, int | None, str]:
    """The words of a quantity, its interval, and who is counted: "at least 12 people", "a girl",
    "Omar Example", "civilians".
    """
    for q in find_quantities(words)[:1]:
        return words[q.start : q.end], q.low, q.high, words[q.end :].strip()
    article, _, victim = words.partition(" ")
    if article in ("a", "an"):
        return article, 1, 1, victim
    return words, *((1, 1) if words[0].isupper() else (2, None)), words


def toll(
    words: str,
    status: Status = Status.UNKNOWN,
    effect: Effect = K,
    *,
    said: str | None = None,
    s: int = 1,
    report: str = "r1",
    of: Figure | None = None,
    by: str | None = None,
) -> Figure:
    """A toll in words of sentence `s`; `said` is its claimant, None the report itself."""
    n = next(_ids)
    at = s * 1000 + n % 800
    text, low, high, who = counted(words)
    sources = [Source("The Example", "publisher")]
    if said:
        sources.append(
            Source(said, "claimant", SPOKEN_FOR.get(said, SourceType.NGO), party=said in SPOKEN_FOR)
        )
    return Figure(
        id=f"c{n}",
        report=report,
        kind="toll",
        part="text",
        quote=f"{words} were {effect.value}.",
        start=s * 1000,
        end=s * 1000 + 900,
        count=Count(text, at, at + len(text), low, high),
        effect=effect,
        status=status,
        sources=tuple(sources),
        who=Span(who, at, at + len(who)) if who else None,
        by=Span(by, at, at + len(by)) if by else None,
        part_of=of.id if of else None,
    )


def coded(policy: str, *claims: Claim, days: Mapping[str, date | None] | None = None) -> Coded:
    """The claims as one incident under a policy; who says so is its origin, by name, in whatever
    report.
    """
    reports = tuple(dict.fromkeys(c.report for c in claims))
    origin = {c.id: said_by(c.sources[-1].name or c.report) for c in claims}
    for c in claims:
        if c.sources[-1].role == "publisher":
            origin[c.id] = said_by(c.report)
    incident = Incident(
        id="i1",
        claims=tuple(c.id for c in claims),
        reports=reports,
        main=reports,
        origins=len(set(origin.values())),
    )
    return code(
        incident,
        claims,
        origin,
        dict.fromkeys(reports, None) | dict(days or {}),
        load_policy(policy),
    )


def row(figures: Range) -> tuple[int | None, int | None, int | None]:
    return figures.low, figures.best, figures.high


def test_parts_are_never_added_to_their_whole() -> None:
    whole = toll("12 people")
    children = toll("ten children", CIV, of=whole)
    c = coded("ucdp", whole, children)
    assert row(c.killed) == (12, 12, 12)
    assert row(c.civilians_killed) == (10, 10, 10)
    assert row(c.sides["unknown"]) == (2, 2, 2)


# What one report tells in its own voice -> everybody killed, under ucdp.
@pytest.mark.parametrize(
    ("claims", "killed"),
    [
        ([toll("12 people"), toll("12 people", s=2)], 12),  # a figure repeated
        ([toll("four men"), toll("two women", CIV)], 6),  # kinds of people are added up
        ([toll("a soldier", MIL), toll("three civilians", CIV)], 4),  # and sides
        ([toll("three soldiers", MIL), toll("nine civilians", CIV, s=2)], 12),  # over sentences too
        ([toll("three soldiers", MIL), toll("12 people", s=2)], 12),  # "In all, 12 people died"
        ([toll("The Mayor"), toll("three others")], 4),  # a victim before a number is not in it
        # a number of people holds the kinds told with it
        (
            [toll("19 people"), toll("six children", CIV)],
            19,
        ),
        # names that a number covers
        (
            [toll("19 people"), toll("Omar Example", CIV), toll("Lina Example", CIV, s=3)],
            19,
        ),
        # names alone are counted, once each
        (
            [toll("Omar Example", CIV), toll("Lina Example", CIV), toll("Omar Example", CIV, s=2)],
            2,
        ),
        # two families
        (
            [toll("27 members of one family", CIV), toll("11 members of another", CIV)],
            38,
        ),
        # a vague word says nothing against a number
        (
            [toll("several people"), toll("14 people", s=2)],
            14,
        ),
        # who mourns one victim does not count the others
        (
            [toll("12 people"), toll("a girl", CIV, said="her uncle")],
            12,
        ),
        ([toll("no people")], 0),
        # more than the one who is described
        (
            [toll("a number of people"), toll("a girl", CIV, s=2)],
            2,
        ),
        ([toll("several people"), toll("no people", s=3)], 2),  # none of others, none the next day
        ([toll("at least 40 people")], 40),
        ([toll("over 40 people")], 41),
    ],
)
def test_the_whole_of_an_account(claims: list[Claim], killed: int) -> None:
    assert coded("ucdp", *claims).killed.best == killed


def three() -> list[Claim]:
    """Three origins of three days: 10, 10 and, last, 14."""
    return [
        toll("10 people", said=SOHR),
        toll("10 people", said=UN, report="r2"),
        toll("14 people", said="a doctor", report="r3"),
    ]


DAYS: dict[str, date | None] = {
    "r1": date(2020, 1, 1),
    "r2": date(2020, 1, 2),
    "r3": date(2020, 1, 3),
}


# Policy and claims -> killed.
@pytest.mark.parametrize(
    ("policy", "claims", "killed"),
    [
        # sources disagree
        ("ucdp", three(), (10, 10, 14)),
        ("acled", three(), (10, 10, 10)),
        ("gtd", three(), (14, 14, 14)),
        ("minmax", three(), (10, None, 14)),
        # vague words
        ("ucdp", [toll("dozens of people", said=UN)], (24, 24, 24)),
        ("acled", [toll("dozens of people", said=UN)], (12, 12, 12)),
        ("gtd", [toll("dozens of people", said=UN)], (None, None, None)),
        ("minmax", [toll("dozens of people", said=UN)], (12, None, 24)),
        ("acled", [toll("several people", said=UN)], (3, 3, 3)),
        ("acled", [toll("civilians", CIV, said=UN)], (3, 3, 3)),  # an unknown number
        ("acled", [toll("many people", said=UN)], (10, 10, 10)),  # of a significant attack
        ("acled", [toll("hundreds of people", said=UN)], (100, 100, 100)),
        ("ucdp", [toll("tens of thousands of people", said=UN)], (20_000, 20_000, 20_000)),
        # a party to the war tells of its enemy's dead
        ("ucdp", [toll("30 militants", REB, said=ARMY)], (0, 0, 30)),
        (
            "ucdp",
            [toll("30 militants", REB, said=ARMY), toll("12 people", said=SOHR)],
            (12, 12, 30),
        ),
        ("ucdp", [toll("eight soldiers", MIL, said=ARMY)], (8, 8, 8)),  # its own dead
        ("acled", [toll("30 militants", REB, said=ARMY)], (30, 30, 30)),
        # perpetrators' own figures
        (
            "gtd",
            [toll("60 people", by="the Taliban", said=REBELS), toll("40 people", said=UN)],
            (40, 40, 40),
        ),
        ("gtd", [toll("60 soldiers", MIL, said=REBELS)], (None, None, None)),
        # the victims' side
        ("gtd", [toll("five police officers", MIL, by="the Taliban", said=ARMY)], (5, 5, 5)),
        # attackers count
        (
            "gtd",
            [toll("three attackers", REB, said=UN), toll("nine civilians", CIV, said=UN)],
            (12, 12, 12),
        ),
        # unclear deaths
        ("ucdp", [toll("50 casualties", effect=KW, said=UN)], (0, 0, 50)),
        (
            "ucdp",
            [toll("12 people", said=UN), toll("50 casualties", effect=KW, said=UN)],
            (12, 12, 50),
        ),
        (
            "minmax",
            [toll("12 people", said=UN), toll("50 casualties", effect=KW, said=UN)],
            (12, None, 12),
        ),
        # open ends
        (
            "minmax",
            [toll("up to 40 people", said=UN), toll("25 people", said=SOHR)],
            (25, None, 40),
        ),
        (
            "minmax",
            [toll("at least 25 people", said=UN), toll("between 20 and 30 people", said=SOHR)],
            (20, None, 30),
        ),
        # a report's own figure bounds those that it cites
        (
            "minmax",
            [toll("at least 14 people"), toll("10 people", said=UN), toll("16 people", said=SOHR)],
            (14, None, 16),
        ),
        (
            "minmax",
            [
                toll("between 12 and 14 people"),
                toll("10 people", said=UN),
                toll("20 people", said=SOHR),
            ],
            (12, None, 14),
        ),
        (
            "minmax",
            [toll("up to 14 people"), toll("10 people", said=UN), toll("20 people", said=SOHR)],
            (10, None, 14),
        ),
        ("minmax", [toll("dozens of people"), toll("three people", said=UN)], (12, None, 24)),
        # a vague word bounds nothing
        ("minmax", [toll("several people"), toll("six people", said=UN)], (6, None, 6)),
        ("ucdp", [toll("14 people"), toll("10 people", said=UN)], (10, 10, 14)),
        # those of each side by another claimant: nobody tells of everybody
        (
            "ucdp",
            [toll("10 soldiers", MIL, said=ARMY), toll("eight civilians", CIV, said=UN)],
            (18, 18, 18),
        ),
        # a side's own dead are no total beside one
        (
            "minmax",
            [toll("10 soldiers", MIL, said=UN), toll("25 people", said=SOHR)],
            (25, None, 25),
        ),
    ],
)
def test_policies(policy: str, claims: list[Claim], killed: tuple[int | None, ...]) -> None:
    assert row(coded(policy, *claims, days=DAYS).killed) == killed


def test_up_to_holds_at_least_its_parts() -> None:
    whole = toll("up to nine people")
    assert row(coded("minmax", whole, toll("three women", CIV, of=whole)).killed) == (3, None, 9)


def test_gtd_falls_back_from_the_latest_to_the_majority_to_the_lowest() -> None:
    same_day = dict.fromkeys(DAYS, date(2020, 1, 1))
    assert coded("gtd", *three(), days=same_day).killed.best == 10  # two of three
    assert coded("gtd", *three()[1:], days=same_day).killed.best == 10  # one against one


def test_a_later_report_of_the_same_origin_replaces_its_earlier_one() -> None:
    early, late = toll("10 people", said=UN), toll("14 people", said=UN, report="r2")
    assert row(coded("minmax", early, late, days=DAYS).killed) == (14, None, 14)
    assert row(coded("minmax", early, late).killed) == (10, None, 14)  # whose day is unknown
    mourned = toll("Omar Example", CIV, said=UN, report="r2")  # tells less: no new toll
    assert row(coded("minmax", early, mourned, days=DAYS).killed) == (10, None, 10)


# Claims -> civilians killed: called so (ucdp), and all but combatants (minmax).
@pytest.mark.parametrize(
    ("claims", "named", "not_combatants"),
    [
        ([toll("12 people")], (None, None, None), (12, None, 12)),
        ([toll("12 civilians", CIV)], (12, 12, 12), (12, None, 12)),
        (
            [toll("12 people"), toll("10 soldiers", MIL, said=UN)],
            (None, None, None),
            (12, None, 12),
        ),
        ([toll("two militants", REB), toll("12 civilians", CIV)], (12, 12, 12), (12, None, 12)),
        ([toll("two militants", REB)], (None, None, None), (None, None, None)),
    ],
)
def test_civilians(
    claims: list[Claim], named: tuple[int | None, ...], not_combatants: tuple[int | None, ...]
) -> None:
    assert row(coded("ucdp", *claims).civilians_killed) == named
    assert row(coded("minmax", *claims).civilians_killed) == not_combatants


def test_fighters_among_the_dead_are_no_civilians() -> None:
    whole = toll("12 people")
    claims = (whole, toll("three militants", REB, of=whole))
    assert row(coded("minmax", *claims).civilians_killed) == (9, None, 9)


@pytest.mark.parametrize(
    ("quote", "killed", "wounded"),
    [
        ("Several people were killed and wounded.", 2, 2),  # some of each
        ("There were several casualties.", None, None),  # whether any died is unclear
    ],
)
def test_killed_and_wounded_in_one_word(
    quote: str, killed: int | None, wounded: int | None
) -> None:
    claim = replace(toll("several people", effect=KW), quote=quote)
    claim = replace(claim, count=replace(claim.count, start=claim.start, end=claim.start + 7))
    c = coded("minmax", claim)
    assert (c.killed.low, c.wounded.low) == (killed, wounded)


def strike(actor: str, target: str) -> Event:
    return Event(
        id="e1",
        report="r1",
        kind="event",
        part="text",
        quote="A strike.",
        start=0,
        end=9,
        trigger=Span("strike", 2, 8),
        type=EventType.ASSAULT,
        actor=Span(actor, 0, 1),
        target=Span(target, 0, 1),
        sources=(Source("The Example", "publisher"),),
    )


def test_sides() -> None:
    claims = [
        strike("Syrian army", "the Nusra Front"),
        toll("eight soldiers", MIL, said=UN),
        toll("20 rebels", REB, said=UN),
        toll("a girl", CIV, said=UN),
    ]
    c = coded("ucdp", *claims)
    assert {side: share.best for side, share in c.sides.items()} == {
        "side_a": 8,
        "side_b": 20,
        "civilians": 1,
        "unknown": 0,
    }
    assert (c.side_a_name, c.side_b_name) == ("Syrian army", "the Nusra Front")


def test_where_two_armed_groups_fight_the_status_does_not_tell_the_side() -> None:
    c = coded("ucdp", strike("the Nusra Front", "Ahrar al-Sham"), toll("20 rebels", REB, said=UN))
    assert c.sides["unknown"].best == c.killed.best == 20


# Any claims: low <= best <= high everywhere, and the sides of ucdp add up.
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    "claims",
    [
        three(),
        [
            toll("30 militants", REB, said=ARMY),
            toll("12 people", said=SOHR),
            toll("50 civilians", CIV, said=UN),
        ],
        [
            toll("up to 40 people"),
            toll("90 soldiers", MIL, said=REBELS),
            toll("dozens of children", CIV, said=UN),
        ],
        [
            toll("10 people", said=UN),
            toll("14 civilians", CIV, said=SOHR),
            toll("three soldiers", MIL, said="a doctor"),
        ],
        [],
    ],
)
def test_what_always_holds(policy: str, claims: list[Claim]) -> None:
    c = coded(policy, *claims)
    for figures in (
        c.killed,
        c.wounded,
        c.civilians_killed,
        c.civilians_wounded,
        *c.sides.values(),
    ):
        given = [n for n in row(figures) if n is not None]
        assert given == sorted(given)
    if policy == "ucdp" and c.killed.best is not None:
        assert sum(share.best or 0 for share in c.sides.values()) == c.killed.best


def test_what_decided_and_why() -> None:
    claims = three()
    c = coded("minmax", *claims)
    assert set(c.deciding) == {claims[0].id, claims[2].id}
    assert any(
        "the highest figure" in step.words and step.claims == (claims[2].id,) for step in c.steps
    )
    assert "killed: 3 origins give figures from 10 to 14" in c.notes


def test_vague_words_are_kept() -> None:
    assert 'killed: "dozens" in the words' in coded("ucdp", toll("dozens of people", said=UN)).notes


def test_acled_says_where_a_figure_is_of_several_days() -> None:
    claim = toll("12 people")
    incident = Incident(
        id="i",
        claims=(claim.id,),
        reports=("r1",),
        main=("r1",),
        origins=1,
        first=date(2020, 1, 1),
        last=date(2020, 1, 3),
    )
    c = code(incident, [claim], {}, {"r1": None}, load_policy("acled"))
    assert any(note.startswith("3 days: ") for note in c.notes)


@pytest.mark.parametrize("name", POLICIES)
def test_every_shipped_policy_tells_its_source_and_rules(name: str) -> None:
    policy = load_policy(name)
    assert policy.name == name
    assert policy.source
    assert policy.settings is not None
    assert all(
        (
            policy.settings.low.rule,
            policy.settings.best.rule,
            policy.settings.high.rule,
            policy.settings.words_rule,
        )
    )


def test_a_users_policy_in_toml(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'name = "mine"\nsource = "my own"\n[low]\nchoose = ["lowest"]\n[best]\nchoose = '
        '["latest", "highest"]\n[high]\nchoose = ["highest"]\n'
        "[words]\ndozens = 36\n",
        encoding="utf-8",
    )
    assert row(coded(str(path), *three(), days=DAYS).killed) == (10, 14, 14)
    assert row(coded(str(path), toll("dozens of people")).killed) == (36, 36, 36)


def test_what_is_hedged_may_raise_the_high_figure_only(tmp_path: Path) -> None:
    path = tmp_path / "careful.toml"
    ends = "".join(
        f'[{end}]\nchoose = ["{how}"]\n'
        for end, how in (("low", "lowest"), ("best", "lowest"), ("high", "highest"))
    )
    path.write_text(
        f'name = "careful"\nsource = "my own"\n{ends}[high_only]\nkinds = ["hedged"]\n',
        encoding="utf-8",
    )
    feared = replace(toll("30 people", said=UN), hedge=True)
    assert row(coded(str(path), toll("12 people", said=SOHR), feared).killed) == (12, 12, 30)


def test_a_users_policy_in_python(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        "from sayso.model.links import Coded, Range\n"
        "def code(evidence):\n"
        "    n = len(evidence.tallies)\n"
        "    return Coded(incident=evidence.incident.id, policy='mine', killed=Range(n, n, "
        "n), wounded=Range(),\n"
        "                 civilians_killed=Range(), civilians_wounded=Range())\n",
        encoding="utf-8",
    )
    assert row(coded(str(path), *three()).killed) == (3, 3, 3)


# File name, what it holds, and what the error names.
@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("none", None, "ucdp, acled, gtd, minmax"),
        ("none.toml", None, "no such file"),
        ("broken.toml", "name = ", "not valid TOML"),
        ("a.toml", 'source = "x"', "name is missing"),
        ("b.toml", 'name = "b"\nsource = "x"\nlowest = 1', "lowest is not a key"),
        (
            "c.toml",
            'name = "c"\nsource = "x"\n[low]\nchoose = ["mean"]',
            "expected a list of lowest",
        ),
        (
            "d.toml",
            'name = "d"\nsource = "x"\n[low]\nchoose = ["latest"]',
            "end it with lowest or highest",
        ),
        ("e.toml", 'name = "e"\nsource = "x"\n[words]\ndozens = [24, 12]', "words.dozens"),
        ("f.toml", 'name = "f"\nsource = "x"\n[left_out]\nkinds = ["liars"]', "perpetrator"),
        ("g.toml", 'name = "g"\nsource = "x"\n[civilians]\nwho = "all"', "not_combatants"),
        ("h.toml", 'name = "h"\nsource = "x"\n[own_figure]\nbounds = 1', "true or false"),
        ("i.toml", 'name = "i"\nsource = "x"\n[low]\nchose = []', "low.chose"),
        ("a.py", "x = 1", "no function code"),
        ("b.py", "def code(:", "cannot be loaded"),
    ],
)
def test_what_is_no_policy(tmp_path: Path, name: str, text: str | None, named: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=named) as error:
        load_policy(name if name == "none" else str(path))
    assert "\n" not in str(error.value)


def test_a_python_policy_that_gives_something_else(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("def code(evidence):\n    return 12\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="returned int"):
        coded(str(path), toll("12 people"))


INCIDENT = Incident(
    id="i1",
    claims=("c",),
    reports=("r1", "r2"),
    main=("r1",),
    origins=2,
    first=date(2020, 5, 1),
    last=date(2020, 5, 1),
    date_precision="day",
    where=Where("Hill Town", 3, 12, name="Hill Town", country="SY", precision="town"),
)


def test_as_json() -> None:
    claim = toll("12 people", said=UN)
    c = code(INCIDENT, [claim], {}, {}, load_policy("ucdp"))
    (line,) = coded_jsonl([(INCIDENT, c)])
    row = json.loads(line)
    assert row == json.loads(json.dumps(coded_to_dict(INCIDENT, c)))
    assert row["incident"] == "i1"
    assert row["reports"] == ["r1", "r2"]
    assert (row["origins"], row["first"], row["last"], row["where"]["name"]) == (
        2,
        "2020-05-01",
        "2020-05-01",
        "Hill Town",
    )
    assert row["killed"] == {"low": 12, "best": 12, "high": 12}
    assert row["civilians_wounded"] == {"low": None, "best": None, "high": None}
    assert row["deciding"] == [claim.id]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (Range(12, 12, 12), "12"),
        (Range(10, 12, 1500), "12 (10-1,500)"),
        (Range(10, None, 15), "10-15"),
        (Range(12, None, 12), "12"),
        (Range(), ""),
    ],
)
def test_ranges_in_words(figures: Range, words: str) -> None:
    assert in_words(figures) == words


def shown(thing: object) -> str:
    console = Console(width=200)
    with console.capture() as capture:
        console.print(thing)
    return capture.get()


def test_tables() -> None:
    claims = [toll("10 people", said=UN), toll("14 people", said=SOHR)]
    by_policy = {
        name: code(INCIDENT, claims, {c.id: said_by(c.id) for c in claims}, {}, load_policy(name))
        for name in POLICIES
    }
    table = shown(coded_table([(INCIDENT, by_policy["ucdp"])]))
    assert [w for w in table.splitlines()[1].split() if w.isdigit()] == [
        "1",
        "2020",
        "10",
        "10",
        "14",
        "2",
    ]
    columns = shown(policies_table([(INCIDENT, by_policy)]))
    assert all(name in columns for name in POLICIES)
    assert "10 (10-14)" in columns
    assert "10-14" in columns


def test_an_explanation_shows_rules_and_sentences_and_nothing_hostile() -> None:
    claim = replace(toll("12 people", said=UN), quote="12 people \x1b[2Jwere killed.")
    given = shown(
        explain_coding(INCIDENT, code(INCIDENT, [claim], {}, {}, load_policy("acled")), [claim])
    )
    assert "the most conservative one" in given
    assert "12, the UN [r1]: 12 people �[2Jwere killed." in given
    assert "\x1b[2J" not in given


DOCS = Path(__file__).parent.parent / "docs" / "policies.md"


@pytest.mark.parametrize("language", ["toml", "python"])
def test_the_examples_in_the_docs_are_policies(tmp_path: Path, language: str) -> None:
    (example,) = re.findall(
        rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL
    )
    path = tmp_path / f"example.{'py' if language == 'python' else 'toml'}"
    path.write_text(example, encoding="utf-8")
    assert coded(str(path), *three(), days=DAYS).killed.low == 10


def test_nine_of_the_dead_are_no_toll_by_themselves() -> None:
    whole = toll("16 civilians", CIV, said=UN)
    nine = replace(
        toll("Nine"),
        quote="Nine of the dead were children.",
        start=0,
        end=31,
        count=Count("Nine", 0, 4, 9, 9),
    )
    assert row(coded("minmax", whole, nine).killed) == (16, None, 16)
    # with no whole, it is all that is told
    assert row(coded("minmax", nine).killed) == (
        9,
        None,
        9,
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        # when it is asked
        (
            "def code(evidence):\n    return 1 / 0\n",
            "failed on incident i1 (ZeroDivisionError",
        ),
        ("raise RuntimeError('no')\n", "cannot be loaded: RuntimeError: no"),  # when it is read
    ],
)
def test_a_python_policy_that_fails_is_reported_in_one_line(
    tmp_path: Path, body: str, message: str
) -> None:
    (tmp_path / "mine.py").write_text(body, encoding="utf-8")
    with pytest.raises(PolicyError, match=re.escape(message)):
        coded(str(tmp_path / "mine.py"), toll("12 people"))
