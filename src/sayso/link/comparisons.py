"""The evidence for and against two incident mentions being of one incident: the comparisons of
their features, with weights.

A weight is in bits: the log2 of how much likelier an outcome is for two mentions of one incident
than for mentions of two. The weights are added up. They were set by hand and checked against
reports grouped by people (see `tests/accuracy.py`, the set `shootings-incidents`, and the set
`airwars`, whose assessments are all of different incidents). Each outcome has its wording, so that
every pair can be explained. The conditions are DuckDB SQL over the columns of `features.py`, with
`_l` and `_r` for the two mentions; the first condition of a comparison that holds counts, and none
holds where a feature is missing on one side.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: its wording, its condition, and its weight in bits."""

    words: str
    sql: str
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One feature that is compared. `null` is the condition that one side lacks it."""

    name: str
    null: str
    levels: tuple[Level, ...]
    otherwise: Level


def _absent(*columns: str) -> str:
    return " or ".join(f"{c}_{side} is null" for c in columns for side in "lr")


_APART = "greatest(first_l - last_r, first_r - last_l)"
_INEXACT = "greatest(last_l - first_l, last_r - first_r)"
# The later mention gives only the day of its publication: a report of the trial, say, not of the
# act itself.
_ONLY_PUBLICATION = (
    "case when first_l > first_r then first_l >= published_l - 1 else first_r >= published_r - 1 "
    "end"
)

DAYS = Comparison(
    "days",
    _absent("first", "last"),
    (
        Level(
            "the same day", f"dated_l and dated_r and {_INEXACT} <= 1 and first_l = first_r", 4.5
        ),
        Level(
            "days that overlap", f"dated_l and dated_r and {_INEXACT} <= 3 and {_APART} <= 0", 2.5
        ),
        Level(
            "days next to each other",
            f"dated_l and dated_r and {_INEXACT} <= 3 and {_APART} <= 1",
            -0.5,
        ),
        Level(
            "a few days apart", f"dated_l and dated_r and {_INEXACT} <= 3 and {_APART} <= 3", -4.0
        ),
        Level(
            "within the same week or month",
            f"dated_l and dated_r and {_INEXACT} <= 31 and {_APART} <= 0",
            1.5,
        ),
        Level("periods that overlap", f"dated_l and dated_r and {_APART} <= 0", 0.0),
        Level(
            "other days, one of them only the day of publication",
            f"dated_l and dated_r and {_ONLY_PUBLICATION} and {_APART} > 3",
            -5.0,
        ),
        Level(
            "one gives no day, and was published at the time",
            f"not (dated_l and dated_r) and {_APART} <= 0",
            1.0,
        ),
        Level(
            "one gives no day, and was published within weeks",
            f"not (dated_l and dated_r) and {_APART} <= 30",
            -1.5,
        ),
        Level(
            "one gives no day, and was published at another time",
            "not (dated_l and dated_r)",
            -3.0,
        ),
    ),
    Level("other days", "", -9.0),
)

_KM = (
    "12742 * asin(sqrt(least(1, power(sin(radians(lat_r - lat_l) / 2), 2) + "
    "cos(radians(lat_l)) * cos(radians(lat_r)) * power(sin(radians(lon_r - lon_l) / 2), 2))))"
)
_TOWNS = "exact_l >= 3 and exact_r >= 3"
_MEET = "len(list_intersect(places_l, places_r)) > 0"

PLACE = Comparison(
    "place",
    _absent("place"),
    (
        Level(
            "the same place, seldom reported",
            f"place_l = place_r and {_TOWNS} and least(rare_l, rare_r) > 6",
            6.0,
        ),
        Level("the same place, often reported", f"place_l = place_r and {_TOWNS}", 3.5),
        Level("one also names the other's place", f"{_MEET} and {_TOWNS}", 2.0),
        Level("the same province or country", "place_l = place_r", 0.5),
        Level("places in two countries", "country_l <> country_r", -5.0),
        Level(
            "a province or country, and a place that may lie in it",
            "least(exact_l, exact_r) < 3",
            -0.5,
        ),
        Level(
            "places within 10 km", f"lat_l is not null and lat_r is not null and {_KM} <= 10", 0.5
        ),
        Level(
            "places within 30 km", f"lat_l is not null and lat_r is not null and {_KM} <= 30", -1.0
        ),
        Level("two places far from each other", "lat_l is not null and lat_r is not null", -5.0),
    ),
    Level("two names, one of them in no gazetteer", "", -1.5),
)


_SWAPPED = "killed_low_l = wounded_low_r and wounded_low_l = killed_low_r and killed_low_l >= 5"


def _figure(what: str) -> Comparison:
    """The comparison of the largest figure of each mention: of the killed, or of the wounded."""
    low, high = f"{what}_low", f"{what}_high"
    least, most = f"least({low}_l, {low}_r)", f"greatest({low}_l, {low}_r)"
    same = f"{low}_l = {low}_r"
    overlap = f"{low}_l <= coalesce({high}_r, 1e9) and {low}_r <= coalesce({high}_l, 1e9)"
    shared = f"len(list_intersect({what}_all_l, {what}_all_r)) > 0"
    return Comparison(
        what,
        _absent(low),
        (
            Level(f"the same number {what}, ten or more", f"{same} and {least} >= 10", 4.0),
            Level(f"the same number {what}", f"{same} and {least} >= 3", 2.0),
            Level(f"the same number {what}, one or two", same, 0.8),
            Level(f"one of the numbers {what} is the same, five or more", shared, 2.0),
            Level("the numbers killed and wounded are those of the other, swapped", _SWAPPED, 2.0),
            Level(
                f"nearly the same number {what}", f"{least} >= 5 and {most} <= 1.25 * {least}", 1.5
            ),
            Level(
                f"numbers {what} that can both hold",
                f"{overlap} and {most} <= 3 * greatest({least}, 1)",
                0.3,
            ),
            Level(
                f"numbers {what} that differ",
                f"{most} <= 2 * greatest({least}, 1) or {most} - {least} <= 3",
                -0.7,
            ),
        ),
        Level(f"numbers {what} far from each other", "", -2.5),
    )


KILLED, WOUNDED = _figure("killed"), _figure("wounded")

KIND = Comparison(
    "kind",
    _absent("kind"),
    (
        Level(
            "the same kind of act, very seldom reported",
            "kind_l = kind_r and mode_l = mode_r and mode_l <> '' and seldom_l >= 4.5",
            3.5,
        ),
        Level(
            "the same kind of act, seldom reported",
            "kind_l = kind_r and mode_l = mode_r and mode_l <> '' and seldom_l >= 3",
            1.5,
        ),
        Level("the same kind of act", "kind_l = kind_r and mode_l = mode_r and mode_l <> ''", 0.5),
        Level("acts that may be the same", "kind_l = kind_r and (mode_l = '' or mode_r = '')", 0.0),
        Level("another weapon or means", "kind_l = kind_r", -1.2),
    ),
    Level("another kind of act", "", -2.0),
)

WHO = Comparison(
    "who",
    _absent("statuses"),
    (Level("the same people counted", "len(list_intersect(statuses_l, statuses_r)) > 0", 0.5),),
    Level("other people counted", "", -1.5),
)

ACTORS = Comparison(
    "actors",
    _absent("actors"),
    (Level("an actor in common", "len(list_intersect(actors_l, actors_r)) > 0", 0.5),),
    Level("other actors", "", -0.7),
)

_SHARED = "len(list_intersect(words_l, words_r))"
_FEW = "least(len(words_l), len(words_r)) <= 5"

WORDS = Comparison(
    "words",
    _absent("words"),
    (
        Level("ten or more rare names or words in common", f"{_SHARED} >= 10", 11.0),
        Level("five or more rare names or words in common", f"{_SHARED} >= 5", 8.0),
        Level("three or four rare names or words in common", f"{_SHARED} >= 3", 5.0),
        Level("two rare names or words in common", f"{_SHARED} = 2", 1.5),
        Level("few rare words in one, and some in common", f"{_FEW} and {_SHARED} = 1", 0.5),
        Level("few rare words in one, and none in common", _FEW, -0.5),
        Level("a rare name or word in common", f"{_SHARED} = 1", -2.0),
    ),
    Level("no rare name or word in common", "", -4.0),
)

PUBLISHED = Comparison(
    "published",
    _absent("published"),
    (
        Level(
            "published within two days of each other", "abs(published_l - published_r) <= 2", 0.7
        ),
        Level(
            "published within two weeks of each other", "abs(published_l - published_r) <= 14", 0.0
        ),
    ),
    Level("published at other times", "", -0.7),
)

COMPARISONS = (DAYS, PLACE, KILLED, WOUNDED, KIND, WHO, ACTORS, WORDS, PUBLISHED)

# Before anything is compared: about one in 16 of the pairs that blocking proposes is of one
# incident.
PRIOR = -4.0
