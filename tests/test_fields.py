"""The fields of claims are declared once: everything that lists them follows."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso.model import (
    Claim,
    Count,
    Effect,
    Event,
    EventType,
    Figure,
    Forecast,
    Mode,
    Outlook,
    Relation,
    Scope,
    Source,
    SourceFact,
    Span,
    Statement,
    Status,
    When,
    Where,
    claim_to_dict,
)
from sayso.model.fields import CLASS_OF, columns, flat, from_flat

WORDS: dict[str, Any] = {
    "report": "r",
    "part": "text",
    "quote": "Ten men died in Kabul",
    "start": 0,
    "end": 21,
}
CHAIN = (Source("The Post", "publisher"), Source("the army", "claimant", party=True, cue="said"))
DAY = When(date(2012, 3, 11), None, "since Sunday", "range")
KABUL = Where("Kabul", 16, 21, "Kabul", 1138958, "AF", 34.5, 69.2, "town")
TEN = Count("Ten", 0, 3, 10, 10)
MEN = Span("men", 4, 7)
# One claim of every kind, with every sort of value that it can hold.
CLAIMS: tuple[Claim, ...] = (
    Figure(
        **WORDS,
        kind="toll",
        sources=CHAIN,
        when=DAY,
        where=KABUL,
        hedge=True,
        count=TEN,
        effect=Effect.KILLED,
        who=MEN,
        status=Status.CIVILIAN,
        scope=Scope.RATE,
        per="day",
        part_of="a",
        event="b",
    ),
    Figure(**WORDS, kind="strength", count=Count("Ten", 0, 3, None, 10, True), planned=True),
    Statement(**WORDS, kind="statement", content=MEN, parts=(MEN, MEN), mode=Mode.MIXED),
    Forecast(**WORDS, kind="forecast", content=MEN, mode=Outlook.PLAN, horizon=DAY),
    Event(**WORDS, kind="event", trigger=MEN, type=EventType.ASSAULT, mode="aerial"),
    SourceFact(**WORDS, kind="source", about=MEN, name="RT", relation=Relation.RUN_BY, value=MEN),
)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.kind)
def test_a_claim_comes_back_from_its_row(claim: Claim) -> None:
    assert from_flat(flat(claim), claim.sources) == claim


def test_every_kind_has_a_class_and_a_claim_here() -> None:
    assert {c.kind for c in CLAIMS} == set(CLASS_OF)


def test_columns_have_one_name_each_and_say_what_they_hold() -> None:
    names = [c.name for c in columns()]
    assert len(names) == len(set(names))
    assert [c.name for c in columns() if not c.words] == ["parts"]  # a list, and no flat column


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("kind", "rumour", "'rumour' is no kind of claim"),
        ("count_text", None, "no toll"),  # a toll without its count
        ("effect", "vanished", "no toll: Invalid enum value 'vanished'"),
        ("when_start", "soon", "no toll"),
    ],
)
def test_a_row_that_is_no_claim_is_refused(column: str, value: object, words: str) -> None:
    row = flat(CLAIMS[0]) | {column: value}
    with pytest.raises(ValueError, match=words):
        from_flat(row, ())


def test_json_leaves_out_what_is_empty_unless_it_is_there_always() -> None:
    strength = claim_to_dict(CLAIMS[1])
    assert strength["who"] is None
    assert strength["planned"] is True
    assert not {"effect", "per", "part_of", "event"} & strength.keys()
    toll = claim_to_dict(CLAIMS[0])
    assert "planned" not in toll
    assert toll["when"] == {
        "start": "2012-03-11", "end": None, "text": "since Sunday", "precision": "range",
    }  # fmt: skip
    assert toll["sources"] == [
        {"name": "The Post", "role": "publisher"},
        {"name": "the army", "role": "claimant", "party": True, "cue": "said"},
    ]


# -- a new field ------------------------------------------------------------------------

# Two places: where the field is declared, and the migration of records that exist.
DECLARED = """    weapon: Annotated[
        Span | None,
        Description("of a figure: by what", correction=Correction("by what", clearable=True)),
    ] = None
"""
MIGRATION = '''"""Figures have a weapon."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{last}"


def upgrade() -> None:
    for column in (
        sa.Column("weapon_text", sa.Text),
        sa.Column("weapon_start", sa.Integer),
        sa.Column("weapon_end", sa.Integer),
    ):
        op.add_column("claim", column)
'''
# What must then follow: the record, JSON, the sheet, the export with its dictionary, corrections.
USE = """
import json, sys
from sayso import Record, Report
from sayso.export.schema import CLAIMS
from sayso.model import Count, Effect, Figure, Source, Span, claim_to_dict
from sayso.present.sheet import sheet_columns, sheet_row
from sayso.review import corrected, fields_of

report = Report(id="r", text="Ten men died of a bomb.")
figure = Figure(
    report="r", kind="toll", part="text", quote=report.text, start=0, end=len(report.text),
    sources=(Source("The Post", "publisher"),), count=Count("Ten", 0, 3, 10, 10),
    effect=Effect.KILLED, weapon=Span("a bomb", 16, 22),
).identified(report.hash)
figure.check(report)
with Record(sys.argv[1]) as record:
    record.add(report, [figure])
    (stored,) = record.claims()
    assert not list(record.verify())
assert stored == figure, stored
assert claim_to_dict(stored)["weapon"] == {"text": "a bomb", "start": 16, "end": 22}
assert "weapon" in sheet_columns() and sheet_row(stored)["weapon"] == "a bomb"
described = {f.name: f.description for f in CLAIMS.fields}
assert described["weapon_text"] == "of a figure: by what", described
assert "weapon" in {f.name for f in fields_of(stored)}
assert corrected(stored, "weapon", "bomb").weapon == Span("bomb", 18, 22)
"""


def test_a_new_field_needs_its_declaration_and_a_migration(tmp_path: Path) -> None:
    package = tmp_path / "sayso"
    shutil.copytree(Path(sayso.__file__).parent, package)
    claims = package / "model" / "claims.py"
    text = claims.read_text(encoding="utf-8")
    at = text.index("    part_of: Annotated[")
    claims.write_text(text[:at] + DECLARED + text[at:], encoding="utf-8")
    versions = package / "store" / "migrations" / "versions"
    last = max(p.name[:4] for p in versions.glob("[0-9]*.py"))
    migration = MIGRATION.format(last=last)
    (versions / "9999_weapon.py").write_text(migration, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", USE, str(tmp_path / "record.db")],
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
