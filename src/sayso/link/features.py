"""An account as a row of what is compared: days, place, figures, kind of act, people, actors, rare
words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import log2
from typing import Any

from sayso.link.mentions import IncidentMention, place_key
from sayso.model import Claim, Effect, Event, EventType, Figure, Report, Status, Where

# A word is rare in a record while so many reports have it: one in fifty, but 12 in a small record,
# and 40 in a large one.
_RARE_SHARE, _RARE_LEAST, _RARE_MOST = 0.02, 12, 40
# A word in so many reports of one outlet and none of another, over so many days, is a line of its
# own ("StormTracker").
_HOUSE_REPORTS, _HOUSE_DAYS = 3, 60
# The rare words of an account that are compared, rarest first; more cost time and tell little.
_WORDS = 24
# How far into its report the main account's words are read: names and streets stand there.
_LEAD = 1500
# Days before publication in which a happening without a day of its own lies, if it is news at all.
_NEWS_DAYS = 4
# A key shared by more accounts than this proposes no pairs: "Syria, October 2016".
_CROWD = 60
# One account in 2 to the power of this tells of such an act: by itself a reason to compare those of
# one day.
_SELDOM = 3.0

_TOKEN = re.compile(r"[^\W\d_][\w'’-]{3,}|\d{3,}")
_NO_ACTOR = frozenset(
    (
        "the a an of and forces force army troops group groups militants fighters rebels "
        "government regime men"
    ).split()
)


class Rarity:
    """How many reports have a word: names, streets and odd words are few. What one outlet prints
    month after month is its own.
    """

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports: Counter[str] = Counter()
        by_outlet: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        n = 0
        for report in reports:
            n += 1
            words = set(_tokens(f"{report.title}\n{report.text}"))
            self._reports.update(words)
            for word in words:
                by_outlet[word][_outlet(report)].append(
                    report.published.toordinal() if report.published else 0
                )
        self._most = max(_RARE_LEAST, min(_RARE_MOST, int(n * _RARE_SHARE)))
        self._house = {
            word
            for word, outlets in by_outlet.items()
            if len(outlets) == 1 and _lasts(next(iter(outlets.values())))
        }

    def rare(self, text: str) -> list[str]:
        """The rare words of a text that some other report has too, rarest first."""
        words = {
            w for w in _tokens(text) if 2 <= self._reports[w] <= self._most and w not in self._house
        }
        return sorted(words, key=lambda w: (self._reports[w], w))[:_WORDS]


def _outlet(report: Report) -> str:
    """The outlet by its name, or the host of its address."""
    return re.sub(
        r"^(?:https?://web\.archive\.org/web/\d+/)?(?:https?://)?(?:www\.)?([^/]*).*$",
        r"\1",
        report.publisher or "",
    )


def _lasts(days: Sequence[int]) -> bool:
    return len(days) >= _HOUSE_REPORTS and max(days) - min(days) >= _HOUSE_DAYS


def _tokens(text: str) -> Iterator[str]:
    for m in _TOKEN.finditer(text):
        word = m[0]
        if word[0].isupper() or word[0].isdigit() or len(word) >= 9:
            yield word.casefold().replace("’", "'")


def rows_of(mentions: Sequence[IncidentMention]) -> list[dict[str, Any]]:
    """A row for each account, as `evidence` compares them, with the keys on which it is proposed
    for comparison.
    """
    reports = {a.report.id: a.report for a in mentions}
    rarity = Rarity(reports.values())
    often = Counter(place_key(a.place) for a in mentions if a.place)
    rows = [_row(a, rarity, often, len(mentions)) for a in mentions]
    acts = Counter((row["kind"], row["mode"]) for row in rows)
    for row in rows:
        row["seldom"] = log2(len(rows) / acts[row["kind"], row["mode"]])
        row["keys"] += _act_keys(row)
    _drop_crowds(rows)
    return rows


def _row(
    mention: IncidentMention, rarity: Rarity, often: Mapping[str, int], total: int
) -> dict[str, Any]:
    days, published = mention.days, mention.report.published
    dated = days is not None
    if days is None and published is not None:
        days = (date.fromordinal(published.toordinal() - _NEWS_DAYS), published)
    place = mention.place
    row: dict[str, Any] = {
        "unique_id": mention.id,
        "dated": dated,
        "first": days and days[0].toordinal(),
        "last": days and days[1].toordinal(),
        "published": published and published.toordinal(),
    }
    row |= _place_row(place, mention.places, often, total)
    row |= _figures_row(mention.claims, Effect.KILLED, "killed") | _figures_row(
        mention.claims, Effect.WOUNDED, "wounded"
    )
    row |= _act_row(mention.claims) | _people_row(mention.claims)
    words = rarity.rare(_words(mention))
    row["words"] = words or None
    row["keys"] = sorted(set(_keys(row, mention, words)))
    return row


def _place_row(
    place: Where | None, places: set[str], often: Mapping[str, int], total: int
) -> dict[str, Any]:
    if place is None:
        return dict.fromkeys(("place", "places", "country", "lat", "lon", "exact", "rare"))
    exact = {"country": 0, "admin1": 1, "admin2": 2}.get(place.precision or "", 3)
    key = place_key(place)
    rare = log2(total / often[key]) if exact == 3 else 0.0
    return {
        "place": key,
        "places": sorted(places),
        "country": place.country,
        "lat": place.latitude,
        "lon": place.longitude,
        "exact": exact,
        "rare": rare,
    }


def _figures_row(claims: Iterable[Claim], effect: Effect, what: str) -> dict[str, Any]:
    """The account's largest figure of what happened, and all of five and more. "Dozens" is the same
    in every report, and so no figure.
    """
    counts = [
        c.count
        for c in claims
        if isinstance(c, Figure) and c.effect is effect and (c.count.low or c.count.high)
    ]
    counts = [c for c in counts if not c.is_vague]
    if not counts:
        return {f"{what}_low": None, f"{what}_high": None, f"{what}_all": None}
    largest = max(counts, key=lambda c: c.size)
    high = largest.high if largest.high is not None and not largest.approx else None
    return {
        f"{what}_low": largest.size,
        f"{what}_high": high,
        f"{what}_all": sorted({c.low for c in counts if c.low and c.low >= 5}) or None,
    }


def _act_row(claims: Sequence[Claim]) -> dict[str, Any]:
    events = [c for c in claims if isinstance(c, Event)]
    kinds = Counter(e.type.value for e in events)
    modes = Counter(e.mode for e in events if e.mode and e.type is EventType.ASSAULT)
    kind = kinds.most_common(1)[0][0] if kinds else None
    return {"kind": kind, "mode": modes.most_common(1)[0][0] if modes else ""}


def _people_row(claims: Sequence[Claim]) -> dict[str, Any]:
    statuses = {
        c.status.value
        for c in claims
        if isinstance(c, Figure) and c.status not in (Status.UNKNOWN, Status.MIXED)
    }
    actors: set[str] = set()
    for c in claims:
        for span in (getattr(c, "actor", None), getattr(c, "by", None)):
            if span is not None:
                actors |= {
                    w for w in re.findall(r"\w{3,}", span.text.casefold()) if w not in _NO_ACTOR
                }
    return {"statuses": sorted(statuses) or None, "actors": sorted(actors)[:12] or None}


def _words(mention: IncidentMention) -> str:
    """What the account is told in: its sentences, and for the main one the title and the
    beginning.
    """
    quotes = dict.fromkeys(c.quote for c in mention.claims)
    lead = [mention.report.title, mention.report.text[:_LEAD]] if mention.is_main else []
    return "\n".join([*lead, *quotes])


def _keys(row: Mapping[str, Any], mention: IncidentMention, words: Sequence[str]) -> Iterator[str]:
    """Accounts that share a key are compared: a place and a day, a rare word, a figure and a day, a
    place and a month.
    """
    first, last = row["first"], row["last"]
    yield from (f"w:{w}" for w in words)
    if first is None:
        return
    month = f"{date.fromordinal(first):%Y-%m}"
    exact = last - first <= _NEWS_DAYS
    days = range(first - 1, last + 2) if exact else ()
    places = mention.places if row["exact"] == 3 else ()
    for place in places:
        yield from (f"p:{place}:{day}" for day in days)
        yield f"m:{place}:{month}:{row['mode']}"
    for what in ("killed", "wounded"):
        if (row[f"{what}_low"] or 0) >= 3:
            yield from (f"f:{what}:{row[f'{what}_low']}:{day}" for day in days)
    if row["exact"] in (0, 1, 2):
        yield from (f"p:{row['place']}:{day}:{row['mode']}" for day in days)


def _act_keys(row: Mapping[str, Any]) -> Iterator[str]:
    """Where few accounts tell of such an act, those of one day or month: a chemical attack, a
    kidnapping.
    """
    if row["first"] is None or not row["mode"] or row["seldom"] < _SELDOM:
        return
    if row["last"] - row["first"] <= _NEWS_DAYS:
        yield from (f"a:{row['mode']}:{day}" for day in range(row["first"] - 1, row["last"] + 2))
    yield f"a:{row['mode']}:{date.fromordinal(row['first']):%Y-%m}"


def _drop_crowds(rows: list[dict[str, Any]]) -> None:
    """Takes away the keys that too many accounts share, so that cost grows with the record and not
    with its square.
    """
    sizes = Counter(key for row in rows for key in row["keys"])
    for row in rows:
        row["keys"] = [key for key in row["keys"] if 1 < sizes[key] <= _CROWD]
