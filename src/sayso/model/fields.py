"""The fields of claims, read off their declaration: flat columns, rows, and JSON.

A claim is flat where every value is one of text, whole number, number, yes or no, and day: a span
becomes its text, start and end, a place nine columns. A list of spans stays one column.
"""

from __future__ import annotations

import types
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from sayso.model.claims import (
    Claim,
    Event,
    Figure,
    Forecast,
    Source,
    SourceFact,
    Span,
    Statement,
)
from sayso.model.declaring import Description
from sayso.model.terms import Kind

CLASS_OF: Mapping[str, type[Claim]] = {
    Kind.TOLL: Figure,
    Kind.STRENGTH: Figure,
    Kind.STATEMENT: Statement,
    Kind.FORECAST: Forecast,
    Kind.EVENT: Event,
    Kind.SOURCE: SourceFact,
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a class: `type` without None, which `optional` stands for."""

    name: str
    type: Any
    optional: bool
    description: Description

    @property
    def is_list(self) -> bool:
        """Whether it holds several values: one column, of type tuple."""
        return get_origin(self.type) is tuple

    @property
    def values(self) -> tuple[str, ...]:
        """All that a text may be, where they are few."""
        if self.description.values:
            return tuple(str(v) for v in self.description.values)
        is_enumeration = isinstance(self.type, type) and issubclass(self.type, StrEnum)
        return tuple(v.value for v in self.type) if is_enumeration else ()


@dataclass(frozen=True, slots=True)
class Column:
    """A flat column: the value of `field`, or of the `part` of it.

    `type` is str, int, float, bool, date, or tuple for a list. `words` say what it holds, `values`
    all that it may be. `required`: every claim has it.
    """

    name: str
    exported: str
    type: type
    words: str
    values: tuple[str, ...]
    required: bool
    field: Field
    part: str | None

    def of(self, claim: Claim) -> Any:
        """The claim's value; None where it has none."""
        value = getattr(claim, self.field.name, None)
        if self.field.is_list:
            return [[s.text, s.start, s.end] for s in value or ()] or None
        return value if self.part is None or value is None else getattr(value, self.part)


def fields_of(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a class of the model, in their order."""
    return _fields_of(cast(Hashable, cls))


@cache
def _fields_of(cls: Any) -> tuple[Field, ...]:
    hints = get_type_hints(cls, include_extras=True)
    return tuple(_field(f.name, hints[f.name]) for f in fields(cls))


def _field(name: str, hint: Any) -> Field:
    description = Description()
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        description = next((e for e in extras if isinstance(e, Description)), description)
    optional = get_origin(hint) in (Union, types.UnionType)
    if optional:
        (hint,) = (a for a in get_args(hint) if a is not type(None))
    return Field(name, hint, optional, description)


@cache
def all_fields() -> tuple[Field, ...]:
    """Every field that a claim can have: those of all kinds, then those of each.

    Of a name that several kinds have, the first kind's: its values are those of one kind only, and
    so not given.
    """
    found: dict[str, Field] = {}
    for cls in dict.fromkeys(CLASS_OF.values()):
        for field in fields_of(cls):
            known = found.setdefault(field.name, field)
            if known.type != field.type:
                found[field.name] = Field(field.name, str, True, known.description)
    return tuple(found.values())


@cache
def columns() -> tuple[Column, ...]:
    """Every flat column, in order; columns that a kind of claim has not are empty in its rows."""
    return tuple(c for field in all_fields() if field.name != "sources" for c in columns_of(field))


def columns_of(field: Field) -> Iterator[Column]:
    """The flat columns of one field."""
    common = {f.name for f in fields(Claim)}
    if not (is_dataclass(field.type) and isinstance(field.type, type)):
        kind = tuple if field.is_list else _plain(field.type)
        words, required = field.description.words, field.name in common and not field.optional
        exported = field.description.exported or field.name
        yield Column(field.name, exported, kind, words, field.values, required, field, None)
        return
    for part in fields_of(field.type):
        name = part.name if part.description.bare else f"{field.name}_{part.name}"
        words = part.description.words.format(words=field.description.words, name=field.name)
        yield Column(name, name, _plain(part.type), words, part.values, False, field, part.name)


def _plain(kind: Any) -> type:
    """The flat type of a value's type."""
    for plain in (bool, int, float, date, str):
        if issubclass(kind, plain):
            return plain
    raise TypeError(f"{kind.__name__} has no flat form; expected text, a number, a day, or a span")


def flat(claim: Claim) -> dict[str, Any]:
    """The claim's stored columns by name, those of other kinds None; its sources are not among
    them.
    """
    return {c.name: c.of(claim) for c in columns() if c.field.description.stored}


@cache
def _plan(kind: str) -> tuple[tuple[Field, tuple[tuple[str, str], ...]], ...]:
    """The stored fields of a kind with the parts of each and their columns."""
    of_field: dict[str, list[tuple[str, str]]] = {}
    for column in columns():
        if column.part is not None:
            of_field.setdefault(column.field.name, []).append((column.part, column.name))
    stored = (f for f in fields_of(CLASS_OF[kind]) if f.description.stored)
    return tuple((f, tuple(of_field.get(f.name, ()))) for f in stored)


def from_flat(row: Mapping[str, Any], sources: tuple[Source, ...]) -> Claim:
    """The claim in a row of flat columns. Raises ValueError for a kind or a value that is not one
    of the model's.
    """
    cls = CLASS_OF.get(row["kind"])
    if cls is None:
        raise ValueError(f"{row['kind']!r} is no kind of claim")
    values: dict[str, Any] = {"sources": sources}
    for field, parts in _plan(row["kind"]):
        if field.is_list:
            spans = row[field.name] or ()
            values[field.name] = [Span(text, start, end) for text, start, end in spans]
        elif not parts:
            values[field.name] = row[field.name]
        elif row[f"{field.name}_text"] is not None:
            values[field.name] = {part: row[column] for part, column in parts}
    try:
        return msgspec.convert(values, cls)
    except msgspec.ValidationError as error:
        raise ValueError(f"no {row['kind']}: {error}") from error


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """The claim as JSON holds it: days in ISO form, empty fields left out unless they are there
    always.
    """
    data: dict[str, Any] = msgspec.to_builtins(claim)
    for field in fields_of(type(claim)):
        value, how = data[field.name], field.description
        if (value in (None, (), []) and not how.always) or (how.sparse and not value):
            del data[field.name]
    data["sources"] = [_source(s) for s in data["sources"]] if claim.sources else []
    return data


def _source(data: dict[str, Any]) -> dict[str, Any]:
    """A link of the chain without what it has not; its name is there always."""
    return {k: v for k, v in data.items() if k == "name" or (v is not None and v is not False)}
