"""Offices, ranks and bodies: words beside a name that are not part of it (`data/offices.toml`)."""

from __future__ import annotations

from sayso.language.word_lists import word_lists

_LISTS = word_lists("offices")
# Words that can stand before a person's name: "Dr", "Gen.", "President", "activist".
TITLES = _LISTS["address"] | _LISTS["ranks"] | _LISTS["offices"]
# The offices of a body whose holder speaks for it.
HEADS = _LISTS["heads"]
# Words beside a body's name that do not distinguish it from another.
BESIDE_A_BODY = _LISTS["beside"] | HEADS
BODIES = _LISTS["bodies"]
CALLED_AFTER = _LISTS["called_after"]
