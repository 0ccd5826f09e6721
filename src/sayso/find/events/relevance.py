"""Whether a report is about an armed conflict or its politics at all."""

from __future__ import annotations

from sayso.language.lexicon import Lexicon
from sayso.model import Report, Status

# A report of football has a "strike", one of a company an "offensive": so many words of conflict are asked
# for, or one beside so many words of violence. They must be more than those of other trades, and more than
# one in so many words.
_LEAST = 2
_LEAST_VIOLENT = 2
_ONE_IN = 400


def is_about_conflict(report: Report, lexicon: Lexicon) -> bool:
    """Whether the report uses the words of armed conflict and political violence, and mostly those.

    The words are `[conflict]` in `data/events.toml` and the names of armed groups. In other reports an
    "attack" or a "strike" is taken for none of war.
    """
    text = f"{report.title} {report.text}"
    words = lexicon.events
    told = len(words.conflict.findall(text))
    told += sum(
        lexicon.actors.get(m[0].lower()) is Status.MILITANT
        for m in lexicon.actor_pattern.finditer(text)
    )
    enough = told >= _LEAST or (told and len(words.violent.findall(text)) >= _LEAST_VIOLENT)
    return (
        bool(enough)
        and told > len(words.other.findall(text))
        and told * _ONE_IN >= len(text.split())
    )
