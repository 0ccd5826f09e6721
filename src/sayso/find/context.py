"""What the claims of a sentence need to know of the whole report."""

from __future__ import annotations

from functools import cached_property

from sayso.find.actors import Sides
from sayso.find.speech.attributions import Attribution, find_attributions
from sayso.find.speech.speakers import Speakers
from sayso.find.speech.voices import Voices
from sayso.find.when import Calendar
from sayso.find.where import Map
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import Lexicon
from sayso.model import Source
from sayso.model.parsed import Parsed


class Context:
    """One report, with who speaks in it, its dates and its places."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.parsed = parsed
        self.report = parsed.report
        self.lexicon = lexicon
        self.speakers = Speakers(parsed, lexicon)
        self.calendar = Calendar(parsed)
        self.sides = Sides(lexicon, gazetteer)
        self.map = Map(parsed, gazetteer, lexicon)
        self.publisher = Source(name=parsed.report.publisher, role="publisher")
        self.sentences = parsed.sentences

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Every statement of the report with its words and speaker, found once."""
        return find_attributions(self.parsed, lexicon=self.lexicon)

    @cached_property
    def voices(self) -> Voices:
        """Who makes each of the statements, by name."""
        return Voices(self.parsed, self.speakers, self.attributions)
