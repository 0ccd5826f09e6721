"""The settings of a policy, as its TOML file gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sayso.errors import PolicyError

CHOICES = ("lowest", "highest", "latest", "majority")
HIGH_ONLY = ("enemy_dead", "unclear", "hedged")
LEFT_OUT = ("perpetrator", "enemy_dead", "hedged")
CIVILIANS = ("named", "not_combatants")


@dataclass(frozen=True, slots=True)
class Selection:
    """How one number is chosen: each step narrows what the one before left. With no steps there is
    no such figure.
    """

    steps: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of evidence that are treated differently, and the rule's words for it."""

    kinds: frozenset[str] = frozenset()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySettings:
    """A policy's rules. `words` gives the low and high number for a vague word; `other` for any not
    listed, None: blank.
    """

    name: str
    source: str
    low: Selection
    best: Selection
    high: Selection
    words: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    other: tuple[int, int] | None = None
    words_rule: str = ""
    high_only: Kinds = Kinds()
    left_out: Kinds = Kinds()
    not_combatants: bool = False
    civilians_rule: str = ""
    own_bounds: bool = False
    own_rule: str = ""
    days_divided: bool = False
    days_rule: str = ""


# The keys of each table; [words] takes any word.
_KEYS = {
    "low": {"choose", "rule"},
    "best": {"choose", "rule"},
    "high": {"choose", "rule"},
    "high_only": {"kinds", "rule"},
    "left_out": {"kinds", "rule"},
    "civilians": {"who", "rule"},
    "own_figure": {"bounds", "rule"},
    "days": {"divided", "rule"},
}


def settings_of(where: str, data: Mapping[str, Any]) -> PolicySettings:
    """The settings in a TOML file's tables; `where` is its name for errors. Raises PolicyError for
    an unknown key or an invalid value.
    """
    tables = {*_KEYS, "words"}
    for key in data:
        if key not in tables | {"name", "source"}:
            raise PolicyError(
                f"{where}: {key} is not a key of a policy; expected name, source, "
                f"{', '.join(sorted(tables))}"
            )
    for key in ("name", "source"):
        if not isinstance(data.get(key), str) or not data[key]:
            raise PolicyError(f'{where}: {key} is missing; expected a string ({key} = "…")')
    read = {key: _table(where, key, data.get(key, {})) for key in tables}
    words, other = _words(where, read["words"])
    who = read["civilians"].get("who", "named")
    if who not in CIVILIANS:
        raise PolicyError(
            f"{where}: civilians.who is {who!r}; expected one of {', '.join(CIVILIANS)}"
        )
    return PolicySettings(
        name=data["name"],
        source=data["source"],
        low=_choice(where, "low", read["low"]),
        best=_choice(where, "best", read["best"]),
        high=_choice(where, "high", read["high"]),
        words=words,
        other=other,
        words_rule=read["words"].get("rule", ""),
        high_only=_kinds(where, "high_only", read["high_only"], HIGH_ONLY),
        left_out=_kinds(where, "left_out", read["left_out"], LEFT_OUT),
        not_combatants=who == "not_combatants",
        civilians_rule=read["civilians"].get("rule", ""),
        own_bounds=_switch(where, "own_figure", "bounds", read["own_figure"]),
        own_rule=read["own_figure"].get("rule", ""),
        days_divided=_switch(where, "days", "divided", read["days"]),
        days_rule=read["days"].get("rule", ""),
    )


def _table(where: str, name: str, table: object) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise PolicyError(f"{where}: {name} is {table!r}; expected a table [{name}]")
    for key in table:
        if key not in _KEYS.get(name, table):
            raise PolicyError(
                f"{where}: {name}.{key} is not known; expected {', '.join(sorted(_KEYS[name]))}"
            )
    if not isinstance(table.get("rule", ""), str):
        raise PolicyError(f"{where}: {name}.rule is not a string; expected the rule's words")
    return table


def _choice(where: str, name: str, table: Mapping[str, Any]) -> Selection:
    steps = table.get("choose", [])
    if not isinstance(steps, list) or any(s not in CHOICES for s in steps):
        raise PolicyError(
            f"{where}: {name}.choose is {steps!r}; expected a list of {', '.join(CHOICES)}"
        )
    if steps and steps[-1] not in ("lowest", "highest"):
        raise PolicyError(
            f"{where}: {name}.choose ends with {steps[-1]}, which may leave several; end it "
            f"with lowest or highest"
        )
    return Selection(tuple(steps), table.get("rule", ""))


def _switch(where: str, name: str, key: str, table: Mapping[str, Any]) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise PolicyError(f"{where}: {name}.{key} is {value!r}; expected true or false")
    return value


def _kinds(where: str, name: str, table: Mapping[str, Any], known: tuple[str, ...]) -> Kinds:
    kinds = table.get("kinds", [])
    if not isinstance(kinds, list) or any(k not in known for k in kinds):
        raise PolicyError(
            f"{where}: {name}.kinds is {kinds!r}; expected a list of {', '.join(known)}"
        )
    return Kinds(frozenset(kinds), table.get("rule", ""))


def _words(
    where: str, table: Mapping[str, Any]
) -> tuple[dict[str, tuple[int, int]], tuple[int, int] | None]:
    words = {
        word.lower(): _numbers(where, word, value)
        for word, value in table.items()
        if word != "rule"
    }
    return words, words.pop("other", None)


def _numbers(where: str, word: str, value: Any) -> tuple[int, int]:
    low, high = value if isinstance(value, list) and len(value) == 2 else (value, value)
    if not (_is_number(low) and _is_number(high) and low <= high):
        raise PolicyError(
            f"{where}: words.{word} is {value!r}; expected a whole number, or a low and a "
            f"high one like [12, 24]"
        )
    return low, high


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
