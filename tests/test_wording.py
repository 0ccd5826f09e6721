"""Claims in words that fit on a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sayso.model import (
    Claim,
    Count,
    Effect,
    Event,
    EventType,
    Figure,
    Forecast,
    Mode,
    Outlook,
    Relation,
    Source,
    SourceFact,
    Span,
    Statement,
    When,
    Where,
)
from sayso.model.links import Incident
from sayso.present.wording import (
    around,
    counted_words,
    how_many,
    incident_when,
    marks,
    on_a_line,
    place_words,
    sort_of,
    what,
    when_words,
    who_says,
)


def figure(
    low: int | None,
    high: int | None,
    *,
    approx: bool = False,
    per: str | None = None,
    quote: str = "12 died",
) -> Figure:
    return Figure(
        report="r",
        kind="toll",
        part="text",
        quote=quote,
        start=0,
        end=len(quote),
        count=Count(quote[:2], 0, 2, low, high, approx),
        effect=Effect.KILLED,
        sources=(Source("The Example", "publisher"),),
        per=per,
    )


@pytest.mark.parametrize(
    ("low", "high", "approx", "per", "words"),
    [
        (3199, 3199, False, None, "3,199"),
        (2101, None, False, None, "≥ 2,101"),
        (None, 40, False, None, "≤ 40"),
        (20, 30, False, None, "20-30"),
        (130_000, 130_000, True, None, "~ 130,000"),
        (1, 1, False, "day", "1 a day"),
        (0, 0, False, None, "0"),
        (None, None, False, None, "12"),  # without an interval, the words
    ],
)
def test_how_many(
    low: int | None, high: int | None, approx: bool, per: str | None, words: str
) -> None:
    assert how_many(figure(low, high, approx=approx, per=per)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2014-10-22", "2014-10-31", "22 to 31 Oct 2014"),  # to the end of a month
        ("2014-12-22", "2014-12-31", "22 to 31 Dec 2014"),  # to the end of a year
        ("2014-10-01", "2014-10-24", "1 to 24 Oct 2014"),  # from the beginning of a month
        ("2014-06-01", "2014-06-30", "Jun 2014"),  # a month that ends a half-year
        ("2014-10-22", "2014-11-30", "22 Oct 2014 to 30 Nov 2014"),
        ("2001-10-07", "2012-12-31", "7 Oct 2001 to 31 Dec 2012"),
        ("2012-03-11", "2012-03-11", "11 Mar 2012"),
        ("2001-10-01", "2001-10-31", "Oct 2001"),
        ("2011-01-01", "2011-12-31", "2011"),
        ("2007-01-01", "2012-06-30", "2007 to mid-2012"),
        ("2011-03-01", "2014-10-24", "1 Mar 2011 to 24 Oct 2014"),
        ("2014-01-01", "2014-03-15", "1 Jan 2014 to 15 Mar 2014"),
        ("2014-01-01", "2014-10-31", "Jan 2014 to Oct 2014"),
        ("2014-07-01", "2014-12-31", "Jul 2014 to Dec 2014"),
        ("2014-01-01", "2014-06-30", "2014 to mid-2014"),
        ("2014-10-22", "2014-10-24", "22 to 24 Oct 2014"),
    ],
)
def test_when(start: str, end: str, words: str) -> None:
    assert (
        when_words(When(date.fromisoformat(start), date.fromisoformat(end), "", "range")) == words
    )


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, ""),
        (When(None, None, "recently", "range"), ""),
        (When(date(2011, 3, 1), None, "", "range"), "from 1 Mar 2011"),
        (When(None, date(2011, 3, 1), "", "range"), "to 1 Mar 2011"),
        (When(date.max, date.max, "", "day"), "31 Dec 9999"),  # no day comes after it
    ],
)
def test_open_ends(when: When | None, words: str) -> None:
    assert when_words(when) == words


def test_the_days_of_an_incident() -> None:
    incident = Incident(id="i", claims=(), reports=(), main=(), origins=0)
    assert incident_when(incident) == ""
    first, last = date(2014, 10, 22), date(2014, 10, 24)
    assert incident_when(replace(incident, first=first, last=first)) == "22 Oct 2014"
    assert incident_when(replace(incident, first=first, last=last)) == "22 to 24 Oct 2014"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("The Example", "publisher"), "the report itself"),
        (Source("the\nmayor", "claimant"), "the mayor"),
        (Source("The Wire", "via"), "The Wire"),
        (Source(None, "claimant", cue="according to"), "(announced, but lost)"),
    ],
)
def test_who_says(source: Source, words: str) -> None:
    claim = figure(12, 12)
    assert who_says(replace(claim, sources=(*claim.sources, source))) == words


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("two words", "two words"),
        ("  two \n\t words ", "two words"),
        ("two  words", "two words"),
        ("\x1b[31mred\x07", "\ufffd[31mred\ufffd"),  # what could write to a terminal
        ("naïve – “words”", "naïve – “words”"),
        ("", ""),
    ],
)
def test_on_a_line(words: str, line: str) -> None:
    assert on_a_line(words) == line


def test_a_place_is_named_as_the_gazetteer_names_it() -> None:
    assert place_words(None) == ""
    assert place_words(Where("Halab", 0, 5, "Aleppo")) == "Aleppo"
    assert place_words(Where("Karam\nal-Luz", 0, 12)) == "Karam al-Luz"


OCTOBER = When(date(2001, 10, 1), date(2001, 10, 31), "in October", "month")


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (figure(12, 12), "people"),
        (replace(figure(12, 12), part_of="whole"), ""),
        (replace(figure(12, 12), who=Span("Afghan\nsoldiers", 0, 15)), "Afghan soldiers"),
        (replace(figure(12, 12), where=Where("Khost", 0, 5)), "people, Khost"),
        (replace(figure(12, 12), where=Where("KHOST", 0, 5)), "people, Khost"),  # of a telegram
        (replace(figure(12, 12), when=OCTOBER), "people, Oct 2001"),
        (
            replace(figure(12, 12), where=Where("Khost", 0, 5), when=OCTOBER),
            "people, Khost, Oct 2001",
        ),
        (replace(figure(12, 12), part_of="whole", when=OCTOBER), "Oct 2001"),
    ],
)
def test_who_is_counted_where_and_when(claim: Figure, words: str) -> None:
    assert counted_words(claim) == words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (figure(12, 12), ""),
        (replace(figure(12, 12), planned=True), "planned"),
        (replace(figure(12, 12), hedge=True), "hedged"),
        (
            replace(
                figure(12, 12),
                planned=True,
                hedge=True,
                sources=(Source("the army", "claimant", party=True),),
            ),
            "planned, hedged, party to the war",
        ),
    ],
)
def test_marks(claim: Figure, words: str) -> None:
    assert marks(claim) == words


# A claim of each kind, of one sentence.
QUOTE = "The army will leave Khost, Omar said."
CONTENT, CUE = Span("The army will leave Khost", 0, 25), Span("said", 32, 36)
STATEMENT = Statement(
    report="r",
    kind="statement",
    part="text",
    quote=QUOTE,
    start=100,
    end=137,
    content=CONTENT,
    cue=CUE,
    mode=Mode.INDIRECT,
)
FORECAST = Forecast(
    report="r",
    kind="forecast",
    part="text",
    quote=QUOTE,
    start=100,
    end=137,
    content=CONTENT,
    mode=Outlook.PROMISE,
)
EVENT = Event(
    report="r",
    kind="event",
    part="text",
    quote=QUOTE,
    start=100,
    end=137,
    trigger=Span("leave", 14, 19),
    type=EventType.RETREAT,
)
FACT = SourceFact(
    report="r",
    kind="source",
    part="text",
    quote=QUOTE,
    start=100,
    end=137,
    about=Span("Omar", 27, 31),
    name="Omar",
    relation=Relation.SIDES_WITH,
    value=Span("The army", 0, 8),
)


@pytest.mark.parametrize(
    ("claim", "says", "sort"),
    [
        (figure(12, 12), "", "killed"),
        (replace(figure(12, 12), effect=Effect.KILLED_OR_WOUNDED), "", "killed or wounded"),
        (
            replace(figure(12, 12), kind="strength", effect=None, who=Span("troops", 0, 6)),
            "troops",
            "strength",
        ),
        (STATEMENT, "The army will leave Khost", "statement, indirect"),
        (FORECAST, "The army will leave Khost", "forecast, promise"),
        (EVENT, "?: leave", "RETREAT"),  # nobody knows who
        (
            replace(
                EVENT,
                mode="withdraw",
                actor=Span("The army", 0, 8),
                target=Span("Khost", 20, 25),
            ),
            "The army: leave → Khost",
            "RETREAT withdraw",
        ),
        (FACT, "Omar: sides with The army", "source"),
    ],
)
def test_what_a_claim_says_and_its_kind(claim: Claim, says: str, sort: str) -> None:
    assert what(claim) == says
    assert sort_of(claim) == sort


def test_the_words_around_the_count() -> None:
    quote = "12" + " word" * 60
    assert around(figure(12, 12, quote=quote), 20) == "12 word word word wo…"


# A count so far into a sentence of 200 characters -> where the cut words begin and end.
@pytest.mark.parametrize(
    ("at", "begins", "ends"),
    [
        (0, False, True),  # at its beginning
        (100, True, True),
        (198, True, False),  # at its end
    ],
)
def test_cut_on_either_side(at: int, begins: bool, ends: bool) -> None:
    quote = f"{'a' * at}12{'b' * (198 - at)}"
    claim = replace(figure(12, 12, quote=quote), count=Count("12", at, at + 2, 12, 12))
    found = around(claim, 30)
    assert "12" in found
    assert len(found.strip("…")) == 30
    assert (found.startswith("…"), found.endswith("…")) == (begins, ends)


def test_a_short_sentence_is_whole() -> None:
    assert around(figure(12, 12)) == "12 died"
