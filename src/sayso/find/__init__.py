"""Sentences -> claims: who was harmed, how many they are, who says so, when and where."""

from __future__ import annotations

import re

from sayso.find.figures import find_figures
from sayso.lexicon import Lexicon

__all__ = ["can_hold_claim", "find_figures", "leans_back"]

_FORCES = re.compile(
    r"\b(?:\d[\d,.]*|dozens|scores|hundreds|thousands|hundred|thousand|million|[a-z]+teen|[a-z]+ty|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b.{0,60}?\b(?:troops|soldiers|fighters|forces|militants|personnel|servicemen|insurgents|rebels|terrorists|jihadists|marines|policemen|officers|gunmen|mercenaries|police|force|army)\b",
    re.IGNORECASE | re.DOTALL,
)


# "More than 2,100 of them were Americans": a part of the sentence before.
_PARTS = re.compile(r"\bof (?:them|whom|those|this number|that number)\b")


def can_hold_claim(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence has a word of harm, or a number before a word for forces: worth parsing."""
    return bool(lexicon.gate.search(text) or _FORCES.search(text) or _PARTS.search(text))


_LEANS = re.compile(
    r"\b(?:he|she|it|they|the (?:group|monitor|agency|ministry|official|spokes\w+|network|observatory|source|sources|commander|minister|statement|report|governor))"
    r" (?:also |later |further |then )?(?:said|says|added|adds|told|reported|stated|noted|confirmed|claimed|announced|estimated|put)\b"
    r"|\b(?:said|added) (?:he|she|they)\b",
    re.IGNORECASE,
)


def leans_back(text: str) -> bool:
    """Whether who speaks in the sentence is told by those before it: "he added that", "the group said"."""
    return bool(_LEANS.search(text))
