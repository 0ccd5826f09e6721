"""An incident mention as a row of features: days, place, figures, kind of act, people, actors, rare
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

# The most reports of a record that may have a word for it to be rare: one in fifty, but at least 12
# and at most 40.
_RARE_SHARE, _RARE_LEAST, _RARE_MOST = 0.02, 12, 40
# A word in at least this many reports of one outlet and in none of another, over at least this many
# days, is the outlet's own ("StormTracker").
_HOUSE_REPORTS, _HOUSE_DAYS = 3, 60
# How many rare words of a mention are compared, rarest first; more cost time and add little.
_WORDS = 24
# How far into its report the words of the main mention are read: names and streets stand there.
_LEAD = 1500
# Days before publication in which an incident without a stated day lies, if it is news at all.
_NEWS_DAYS = 4
# A key shared by more mentions than this proposes no pairs: "Syria, October 2016".
_CROWD = 60
# An act that only one mention in 2 to the power of this reports is by itself a reason to compare
# the mentions of one day.
_SELDOM = 3.0

_TOKEN = re.compile(r"[^\W\d_][\w'’-]{3,}|\d{3,}")
_NO_ACTOR = frozenset(
    (
        "the a an of and forces force army troops group groups militants fighters rebels "
        "government regime men"
    ).split()
)


class Rarity:
    """How many reports have a word: names, streets and odd words are in few. A word that one outlet
    prints month after month is the outlet's own, and not rare.
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
    """The outlet's name, or the host of its address."""
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
    """A row of features for each mention, as `comparisons` compares them, with the keys on which it
    is proposed for comparison.
    """
    reports = {m.report.id: m.report for m in mentions}
    rarity = Rarity(reports.values())
    mentions_at = Counter(place_key(m.place) for m in mentions if m.place)
    rows = [_row(m, rarity, mentions_at, len(mentions)) for m in mentions]
    acts = Counter((row["kind"], row["mode"]) for row in rows)
    for row in rows:
        row["seldom"] = log2(len(rows) / acts[row["kind"], row["mode"]])
        row["keys"] += _act_keys(row)
    _drop_crowds(rows)
    return rows


def _row(
    mention: IncidentMention, rarity: Rarity, mentions_at: Mapping[str, int], total: int
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
    row |= _place_features(place, mention.places, mentions_at, total)
    row |= _figure_features(mention.claims, Effect.KILLED, "killed") | _figure_features(
        mention.claims, Effect.WOUNDED, "wounded"
    )
    row |= _act_features(mention.claims) | _people_features(mention.claims)
    words = rarity.rare(_words(mention))
    row["words"] = words or None
    row["keys"] = sorted(set(_keys(row, mention, words)))
    return row


def _place_features(
    place: Where | None, places: set[str], mentions_at: Mapping[str, int], total: int
) -> dict[str, Any]:
    if place is None:
        return dict.fromkeys(("place", "places", "country", "lat", "lon", "exact", "rare"))
    exact = {"country": 0, "admin1": 1, "admin2": 2}.get(place.precision or "", 3)
    key = place_key(place)
    rare = log2(total / mentions_at[key]) if exact == 3 else 0.0
    return {
        "place": key,
        "places": sorted(places),
        "country": place.country,
        "lat": place.latitude,
        "lon": place.longitude,
        "exact": exact,
        "rare": rare,
    }


def _figure_features(claims: Iterable[Claim], effect: Effect, what: str) -> dict[str, Any]:
    """The mention's largest figure for an effect, and all figures of five or more. Vague words are
    left out: "dozens" is the same in every report.
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


def _act_features(claims: Sequence[Claim]) -> dict[str, Any]:
    events = [c for c in claims if isinstance(c, Event)]
    kinds = Counter(e.type.value for e in events)
    modes = Counter(e.mode for e in events if e.mode and e.type is EventType.ASSAULT)
    kind = kinds.most_common(1)[0][0] if kinds else None
    return {"kind": kind, "mode": modes.most_common(1)[0][0] if modes else ""}


def _people_features(claims: Sequence[Claim]) -> dict[str, Any]:
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
    """The words of the mention: its sentences, and for the main one the title and the beginning of
    the report.
    """
    quotes = dict.fromkeys(c.quote for c in mention.claims)
    lead = [mention.report.title, mention.report.text[:_LEAD]] if mention.is_main else []
    return "\n".join([*lead, *quotes])


def _keys(row: Mapping[str, Any], mention: IncidentMention, words: Sequence[str]) -> Iterator[str]:
    """Mentions that share a key are compared: a place and a day, a rare word, a figure and a day, a
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
    """Keys of day and month for an act that few mentions report: a kidnapping, a chemical attack.

    An act that is not rare, or not dated, has none.
    """
    if row["first"] is None or not row["mode"] or row["seldom"] < _SELDOM:
        return
    if row["last"] - row["first"] <= _NEWS_DAYS:
        yield from (f"a:{row['mode']}:{day}" for day in range(row["first"] - 1, row["last"] + 2))
    yield f"a:{row['mode']}:{date.fromordinal(row['first']):%Y-%m}"


def _drop_crowds(rows: list[dict[str, Any]]) -> None:
    """Removes the keys that too many mentions share, so that cost grows with the record and not
    with its square.
    """
    sizes = Counter(key for row in rows for key in row["keys"])
    for row in rows:
        row["keys"] = [key for key in row["keys"] if 1 < sizes[key] <= _CROWD]
