"""The word lists of `data/`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def data_of(name: str) -> dict[str, Any]:
    """The content of `data/NAME.toml`."""
    file = resources.files("sayso") / "data" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def word_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of words of `data/NAME.toml`, each as a set, by key."""
    return {key: frozenset(words) for key, words in data_of(name).items()}
