"""The tables of the CSV and Parquet exports: every column with its type and meaning.

The types are those of the Frictionless Table Schema. docs/exports.md lists the same columns in the
same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.model import (
    Effect,
    EventType,
    Review,
    SourceType,
    Status,
    Where,
)
from sayso.model.decisions import Act, Subject
from sayso.model.declaring import Description
from sayso.model.fields import Column, columns, columns_of
from sayso.model.fields import Field as ModelField
from sayso.model.links import LinkKind, Sharing


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `type` is `string`, `integer`, `number`, `boolean` or `date`; `values` are all that
    it may hold, if they are few.
    """

    name: str
    type: str
    description: str
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table, by that table's columns; "" is the same table."""

    fields: tuple[str, ...]
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in their order, those that tell its rows apart, and what they refer
    to.
    """

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()


def _id(name: str, description: str) -> Field:
    return Field(name, "string", description, required=True)


# What the flat types of the model are called in the Table Schema.
_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", date: "date"}


def _flat_field(c: Column) -> Field:
    return Field(c.exported, _NAMES[c.type], c.words, c.required, c.values)


def _place(description: str) -> tuple[Field, ...]:
    where = ModelField("where", Where, True, Description(description))
    return tuple(_flat_field(c) for c in columns_of(where))


def _to(column: str, table: str) -> Reference:
    return Reference((column,), table, ("id",))


_EFFECT = tuple(Effect)
_STATUS = tuple(Status)


def _review(description: str) -> Field:
    standing = tuple(r.value for r in Review if r is not Review.REJECTED)
    return Field("review", "string", description, required=True, values=standing)


REPORTS = Table(
    "reports",
    "The reports that were read, without their text.",
    (
        _id("id", "the id that the report came with, or its file's name"),
        Field("title", "string", "its title"),
        Field("publisher", "string", "who published it"),
        Field("published", "date", "the day by which its words are dated"),
        Field("url", "string", "its address"),
        Field("credit", "string", "the agency of its credit line"),
        Field("origin", "string", "the outlet or agency that it was copied from, by its own words"),
        Field(
            "hash",
            "string",
            "SHA-256 of publisher, title and text, joined by U+001F, in hexadecimal",
            required=True,
        ),
    ),
    ("id",),
)
CLAIM_COLUMNS = tuple(c for c in columns() if c.type in _NAMES and c.field.description.stored)
CLAIMS = Table(
    "claims",
    "What the reports claim, one row per claim; columns that a kind does not have are empty.",
    (
        *(_flat_field(c) for c in CLAIM_COLUMNS),
        Field(
            "origin",
            "string",
            "a key of who independently says so; claims with one key have one origin",
        ),
        *(_flat_field(c) for c in columns() if c.name == "review"),
    ),
    ("id",),
    (_to("report", "reports"), _to("part_of", ""), _to("event", "")),
)
CLAIM_SOURCES = Table(
    "claim_sources",
    "Who says so, from the publisher inward: the last row of a claim is its claimant.",
    (
        _id("claim", "the claim"),
        Field("position", "integer", "the place in the chain, from 1", required=True),
        Field(
            "name",
            "string",
            "the fullest name that the report uses; empty for one that is announced but not named",
        ),
        Field(
            "role",
            "string",
            "its part in the chain",
            required=True,
            values=("publisher", "via", "claimant"),
        ),
        Field("type", "string", "what kind of source", values=tuple(SourceType)),
        Field("party", "boolean", "whether it is a party to what it claims", required=True),
        Field("text", "string", "the words that name it at this place"),
        Field("start", "integer", "where text begins in the claim's part, in code points from 0"),
        Field("end", "integer", "where text ends, exclusive"),
        Field("cue", "string", "the reporting words, such as said"),
    ),
    ("claim", "position"),
    (_to("claim", "claims"),),
)
CLAIM_PARTS = Table(
    "claim_parts",
    "The pieces of a statement's content, where its cue or its speaker breaks it.",
    (
        _id("claim", "the statement"),
        Field("position", "integer", "which piece, from 1", required=True),
        Field("text", "string", "its words", required=True),
        Field(
            "start",
            "integer",
            "where they begin in the claim's part, in code points from 0",
            required=True,
        ),
        Field("end", "integer", "where they end, exclusive", required=True),
    ),
    ("claim", "position"),
    (_to("claim", "claims"),),
)
COPIES = Table(
    "copies",
    "Pairs of reports that hold the same text.",
    (
        _id("report", "the report that has it from the other, when directed"),
        _id("of", "the other report"),
        Field(
            "sharing",
            "string",
            "most of the text, or some of its paragraphs",
            required=True,
            values=tuple(Sharing),
        ),
        Field(
            "share",
            "number",
            "the part of the shorter report's words that both have, 0 to 1",
            required=True,
        ),
        Field("directed", "boolean", "whether it is known who has it from whom", required=True),
        Field("reasons", "string", "the evidence for that, joined by semicolons"),
    ),
    ("report", "of"),
    (_to("report", "reports"), _to("of", "reports")),
)
LINKS = Table(
    "links",
    "How two claims on one thing stand to each other.",
    (
        _id("claim", "the claim that copies, repeats, revises … the other"),
        _id("other", "the other claim"),
        Field(
            "kind", "string", "how it stands to the other", required=True, values=tuple(LinkKind)
        ),
        Field("reason", "string", "why, in words"),
    ),
    ("claim", "other", "kind"),
    (_to("claim", "claims"), _to("other", "claims")),
)
INCIDENTS = Table(
    "incidents",
    "Incidents, each reported by one or more claims.",
    (
        _id("id", "the incident's id"),
        Field("origins", "integer", "how many independent origins its figures have", required=True),
        Field("type", "string", "its PLOVER type", values=tuple(EventType)),
        Field("mode", "string", "how it was done"),
        Field("first", "date", "its first day; empty when no claim states it"),
        Field("last", "date", "its last day"),
        Field(
            "date_precision",
            "string",
            "how exact its days are",
            values=("day", "week", "month", "year", "range"),
        ),
        *_place("the most exact place that its claims agree on"),
        _review(
            "whether the machine alone put these claims together, or a person confirmed or "
            "corrected it"
        ),
    ),
    ("id",),
)
INCIDENT_REPORTS = Table(
    "incident_reports",
    "The reports about an incident, its main report first.",
    (
        _id("incident", "the incident"),
        _id("report", "the report"),
        Field("position", "integer", "its place in the order, from 1", required=True),
        Field(
            "main",
            "integer",
            "its place, from 1, among the reports that are mainly about the incident; empty "
            "for others",
        ),
    ),
    ("incident", "report"),
    (_to("incident", "incidents"), _to("report", "reports")),
)
INCIDENT_CLAIMS = Table(
    "incident_claims",
    "The claims about an incident.",
    (
        _id("incident", "the incident"),
        _id("claim", "the claim"),
        Field("position", "integer", "its place in the order, from 1", required=True),
        Field("origin", "string", "a key of who independently says so"),
    ),
    ("incident", "claim"),
    (_to("incident", "incidents"), _to("claim", "claims")),
)
SERIES = Table(
    "series",
    "Quantities reported repeatedly: running totals, strengths, rates.",
    (
        _id("id", "the series' id"),
        Field(
            "kind", "string", "of tolls or of strengths", required=True, values=("toll", "strength")
        ),
        Field("origins", "integer", "how many independent origins it has", required=True),
        Field("effect", "string", "what happened to the people", values=_EFFECT),
        Field("status", "string", "who they are", required=True, values=_STATUS),
        Field("who", "string", "the words for those counted"),
        Field("since", "date", "the day from which it counts"),
        Field("per", "string", "the unit of time of a rate"),
        *_place("where they are counted"),
        _review("whether the machine alone put these claims together, or a person confirmed it"),
    ),
    ("id",),
)
SERIES_CLAIMS = Table(
    "series_claims",
    "The claims of a series, by the day up to which they count.",
    (
        _id("series", "the series"),
        _id("claim", "the claim"),
        Field("position", "integer", "its place in the order, from 1", required=True),
        Field("origin", "string", "a key of who independently says so"),
    ),
    ("series", "claim"),
    (_to("series", "series"), _to("claim", "claims")),
)
_COUNTED = (
    "killed",
    "wounded",
    "civilians_killed",
    "civilians_wounded",
    "killed_side_a",
    "killed_side_b",
    "killed_civilians",
    "killed_unknown",
)
FIGURES = Table(
    "figures",
    "How many people, in an incident, under a policy; only figures that some claim states.",
    (
        _id("incident", "the incident"),
        _id("policy", "the policy's name"),
        Field("figure", "string", "whom it counts", required=True, values=_COUNTED),
        Field("name", "string", "of a side: the words that the claims use for it"),
        Field("low", "integer", "the least number of people; empty where the policy gives none"),
        Field("best", "integer", "the best number; empty where the policy gives none"),
        Field("high", "integer", "the greatest number; empty where the policy gives none"),
    ),
    ("incident", "policy", "figure"),
    (_to("incident", "incidents"),),
)
FIGURE_STEPS = Table(
    "figure_steps",
    "How an incident's figures came about under a policy: its steps, and its notes.",
    (
        _id("incident", "the incident"),
        _id("policy", "the policy's name"),
        Field("position", "integer", "the step, from 1; notes come after the steps", required=True),
        Field(
            "kind",
            "string",
            "a step of the policy, or a note",
            required=True,
            values=("step", "note"),
        ),
        Field("words", "string", "what it says", required=True),
    ),
    ("incident", "policy", "position"),
    (_to("incident", "incidents"),),
)
FIGURE_CLAIMS = Table(
    "figure_claims",
    "The claims that a step rests on, and those that set a figure.",
    (
        _id("incident", "the incident"),
        _id("policy", "the policy's name"),
        Field("position", "integer", "the step; 0 for the claims that set a figure", required=True),
        _id("claim", "the claim"),
    ),
    ("incident", "policy", "position", "claim"),
    (_to("incident", "incidents"), _to("claim", "claims")),
)
DECISIONS = Table(
    "decisions",
    "What people decided, every decision in the order in which it was made.",
    (
        Field("id", "integer", "the decision's number", required=True),
        Field("at", "string", "when it was made: ISO 8601, in UTC", required=True),
        Field("who", "string", "who made it", required=True),
        Field("subject", "string", "what it is about", required=True, values=tuple(Subject)),
        Field("act", "string", "what was decided", required=True, values=tuple(Act)),
        Field("field", "string", "of a correction: the field"),
        Field(
            "value",
            "string",
            "of a correction its value, of a settled forecast its outcome; a place as JSON",
        ),
        Field("was", "string", "of a correction: the value before it"),
        Field("because", "string", "the reason, or the note"),
        Field("source", "string", "of a settled forecast: the address of what shows it"),
        Field("undoes", "integer", "of an undo: the decision that it takes back"),
        Field("stands", "boolean", "whether it still counts: nobody took it back", required=True),
    ),
    ("id",),
    (_to("undoes", ""),),
)
DECISION_CLAIMS = Table(
    "decision_claims",
    "The claims that a decision is about. They may be rejected ones, which no other table holds.",
    (
        Field("decision", "integer", "the decision", required=True),
        Field(
            "side",
            "string",
            "what it is about, or the other side of a merge or separation",
            required=True,
            values=("claims", "others"),
        ),
        Field("position", "integer", "its place, from 1", required=True),
        _id("claim", "the id of the claim when it was decided about"),
        Field("report", "string", "the hash of its report", required=True),
        Field("text", "string", "the words that it was made from", required=True),
    ),
    ("decision", "side", "position"),
    (_to("decision", "decisions"),),
)

TABLES = (
    REPORTS,
    CLAIMS,
    CLAIM_SOURCES,
    CLAIM_PARTS,
    COPIES,
    LINKS,
    INCIDENTS,
    INCIDENT_REPORTS,
    INCIDENT_CLAIMS,
    SERIES,
    SERIES_CLAIMS,
    FIGURES,
    FIGURE_STEPS,
    FIGURE_CLAIMS,
    DECISIONS,
    DECISION_CLAIMS,
)
