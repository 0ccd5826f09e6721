"""The forms of English verbs and nouns: regular ones by rule, irregular ones from
`data/inflection.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from sayso.language.word_lists import data_of

_IRREGULAR: dict[str, list[str]] = data_of("inflection")["irregular"]
# A verb of one syllable whose last consonant is written twice: "dropped", "slapping".
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][bdgmnprt]")


class Form(StrEnum):
    """The form of a verb, as far as it matters for active and passive."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"  # "-ed" and irregular forms, past tense or participle
    ING = "ing"
    NONE = "none"  # not a verb


def plural(noun: str) -> str:
    """The regular plural of a noun, or the third person of a verb."""
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return noun + "es"
    return noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"


def forms_of(verb: str) -> Iterator[tuple[str, Form]]:
    """Every form of a verb, given its base form; some forms have two spellings."""
    yield verb, Form.BASE
    if verb in _IRREGULAR:
        present, past, participle, ing = _IRREGULAR[verb]
        yield present, Form.PRESENT
        yield past, Form.PAST
        if participle != past:
            yield participle, Form.PAST
        yield ing, Form.ING
        return
    stem = verb[:-1] if verb.endswith("e") else verb
    yield plural(verb), Form.PRESENT
    yield verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else stem + "ed", Form.PAST
    yield stem + "ing", Form.ING
    if _DOUBLING.fullmatch(verb):
        yield f"{verb}{verb[-1]}ed", Form.PAST
        yield f"{verb}{verb[-1]}ing", Form.ING


def verb_forms(verb: str) -> frozenset[str]:
    """Every form of a verb, as words."""
    return frozenset(form for form, _ in forms_of(verb))
