"""Policies: named rules that turn evidence into figures. The shipped ones and a user's are TOML
with the same tables, or Python.

    name = "mine"
    source = "where the rule is published"

    [low]                       # and [best], [high]: how one number is chosen from many origins
    choose = ["lowest"]         # lowest, highest, latest, majority, each narrowing what the one
                                # before left; [] for no figure
    rule = "the rule's words"

    [words]                     # what vague words become; a number, or a low and a high one
    rule = "the rule's words"
    dozens = [12, 24]
    other = 2                   # any other vague word ("civilians were killed"); leave a
                                # word out to leave it blank

    [high_only]                 # what raises the high figure only
    kinds = ["enemy_dead", "unclear", "hedged"]
    rule = "the rule's words"

    [left_out]                  # what does not count as evidence
    kinds = ["perpetrator"]
    rule = "the rule's words"

    [civilians]
    who = "named"               # called civilians; or "not_combatants": all who are not
                                # called combatants
    rule = "the rule's words"

    [own_figure]                # a report's own figure bounds those it cites
    bounds = true
    rule = "the rule's words"

    [days]                      # a figure of several days is to be divided among them: a
                                # note says so
    divided = true
    rule = "the rule's words"

A Python file defines `code(evidence) -> Coded` instead.
"""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from sayso.coding.evidence import Evidence
from sayso.coding.settings import PolicySettings, settings_of
from sayso.coding.settle import settle
from sayso.errors import PolicyError
from sayso.model.links import Coded

# The shipped policies, each a file in data/policies.
POLICIES: tuple[str, ...] = ("ucdp", "acled", "gtd", "minmax")


@dataclass(frozen=True, slots=True)
class Policy:
    """A coding policy: `rule` gives an incident's figures from its evidence; `source` says where it
    is published.

    `settings` are those of a TOML policy, None for a Python one.
    """

    name: str
    source: str
    rule: Callable[[Evidence], Coded]
    settings: PolicySettings | None = None


def load_policy(name_or_path: str) -> Policy:
    """A shipped policy by its name, or a user's from a .toml or a .py file.

    Raises PolicyError when there is none, or it is not as this module's docstring describes.
    """
    if name_or_path in POLICIES:
        file = resources.files("sayso") / "data" / "policies" / f"{name_or_path}.toml"
        return _from_toml(name_or_path, file.read_text(encoding="utf-8"))
    path = Path(name_or_path)
    if path.suffix not in (".toml", ".py"):
        raise PolicyError(
            f"{name_or_path}: no such policy; there are {', '.join(POLICIES)}, or give a "
            f".toml or .py file"
        )
    if not path.is_file():
        raise PolicyError(
            f"{path}: no such file; expected a policy in TOML or Python (see docs/policies.md)"
        )
    if path.suffix == ".py":
        return _from_python(path)
    try:
        return _from_toml(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read: {error}") from error


def _from_toml(where: str, text: str) -> Policy:
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{where}: not valid TOML: {error}") from error
    settings = settings_of(where, data)
    return Policy(settings.name, settings.source, partial(settle, settings), settings)


def _from_python(path: Path) -> Policy:
    spec = importlib.util.spec_from_file_location(f"sayso_policy_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise PolicyError(f"{path}: cannot be loaded: {type(error).__name__}: {error}") from error
    rule = getattr(module, "code", None)
    if not callable(rule):
        raise PolicyError(
            f"{path}: has no function code(evidence); a policy in Python defines one that "
            f"returns Coded"
        )
    return Policy(path.stem, str(getattr(module, "SOURCE", path)), _checked(path, rule))


def _checked(path: Path, rule: Callable[[Evidence], object]) -> Callable[[Evidence], Coded]:
    def checked(evidence: Evidence) -> Coded:
        try:
            coded = rule(evidence)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise PolicyError(
                f"{path}: code(evidence) failed on incident {evidence.incident.id} "
                f"({reason}); correct the function"
            ) from error
        if not isinstance(coded, Coded):
            raise PolicyError(
                f"{path}: code(evidence) returned {type(coded).__name__}; expected "
                f"sayso.model.links.Coded"
            )
        return coded

    return checked
