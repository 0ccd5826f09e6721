"""How a field of a claim is declared: what it means, how it is written, who may correct it.

A field is declared once, where its class is (`sayso.model.claims`):

    who: Annotated[Span | None, Description("of a figure: the people counted")] = None

Rows, columns, JSON, corrections, tables and the data dictionary follow (`sayso.model.fields`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """That people can correct a field, and what they are asked.

    `label` names the field to a person and `hint` says what to write. `clearable`: whether it can
    be emptied. `unoffered` are values of an enumeration that nobody can choose. `not_of` are kinds
    of claims in which it cannot be corrected. `aside`: asked after who says so, when and where.
    """

    label: str
    hint: str = ""
    clearable: bool = False
    unoffered: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a field, or of a part of its value, beyond its name and type.

    `words` say what it holds, as the data dictionary prints them; of a part (the `start` of a span)
    they may hold `{words}` and `{name}` of the field whose value it is. `values` are all that a
    text may be, where they are few; those of an enumeration need not be given. `stored`: whether a
    record holds it in the claim's row. `exported` is its name in exports, `sheet` its column in the
    flat sheet of claims ("" for none), both its own where None. `always`: it is in the JSON also
    when null; `sparse`: it is there only when true. `bare`: a part whose column has its own name,
    without its field's.
    """

    words: str = ""
    values: tuple[str, ...] = ()
    stored: bool = True
    exported: str | None = None
    sheet: str | None = None
    always: bool = False
    sparse: bool = False
    bare: bool = False
    correction: Correction | None = None
