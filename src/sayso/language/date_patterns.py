"""The patterns by which date expressions are recognised, the most specific first.

The names of groups say what `sayso.language.dates` takes from a match. The patterns are verbose, so
a space in them is written `\\ ` or stands in a class; word lists stand in `data/dates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.language.word_lists import data_of

_WORDS = data_of("dates")


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, tried in this order; their spaces are escaped."""
    return "|".join(re.escape(w) for w in words)


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_MON = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_ANY_MONTH = rf"(?:{_MONTH}|{_MONTH.upper()}|(?:{_MON}|{_MON.upper()})\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?:1\d{3}|20\d{2})"
_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WD = rf"(?:{_WEEKDAY}|{_WEEKDAY.upper()}|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_SEASON = "spring|summer|autumn|fall|winter"
# "the end of", "early", "late in": what narrows a unit.
_PART = rf"(?:(?P<part>{_any(_WORDS['part'])})(?:\ |-)(?:the\ )?)?"
_NUM = rf"(?:{_any(_WORDS['number'])}|\d{{1,3}})"
_UNIT = r"(?:hour|day|night|week|month|year|decade)s?"
_NOT_BC = r"(?!\ ?BC)"
# "1,900 people": a count is not a year.
_PEOPLE_AFTER = rf"""
    (?!\ (?:[\w-]+\ ){{0,2}}
        (?:{_any(_WORDS["people"])}|\w+ers|(?:killed|dead|wounded|injured)\ in)\b)"""
_UNIT_AFTER = rf"(?!\ (?:{_any(_WORDS['measure'])}))"
# "at 2000", "more than 1990": a quantity is not a year either.
_QUALIFIED = r"(?<!\bat\ )(?<!\bAT\ )" + "".join(
    rf"(?<!{re.escape(w)}\ )" for w in _WORDS["qualifier"]
)

_PATTERNS = [
    # 2012-03-11; 11.3.2012; 3/11/2012
    rf"(?P<iso>(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01]))(?!\d)",
    rf"(?P<dmy>(?P<d>[0-3]?\d)[-./](?P<m>0?[1-9]|1[0-2])[-./](?P<y>{YEAR}))(?!\d)",
    rf"(?P<mdy>(?P<m>0?[1-9]|1[0-2])/(?P<d>[0-3]?\d)/(?P<y>{YEAR}))(?!\d)",
    # Sunday, March 11, 2012; March 11-13
    rf"""
    (?:{_WD},?\ )? (?P<mon>{_ANY_MONTH}),?\ (?:the\ )? (?P<d>{_DAY})
    (?P<tail>(?:\ ?[-–—]\ ?|\ and\ |\ to\ |\ or\ |\ through\ )(?P<d2>{_DAY})(?![\d,]))?
    (?:,?\ (?:of\ )?(?P<y>{YEAR})(?![\d,]\d))? {_NOT_BC} (?![\d:]|,\d|\.\d)""",
    # Sunday, 11 March 2012; 11-13 March; 3 JAN 90 --
    rf"""
    (?:{_WD},?\ )? (?:the\ )? (?P<d>{_DAY})
    (?P<tail>(?:\ ?[-–—/]\ ?|\ and\ |\ to\ |\ or\ )(?:the\ )?(?P<d2>{_DAY}))?
    (?:\ of)?[\ -](?P<mon>{_ANY_MONTH})
    (?:,?[\ -](?:of\ )?(?P<y>{YEAR}|\d\d(?=\ --|\ \())(?!\d))? {_NOT_BC}""",
    # March 112012: a comma was lost
    rf"(?P<mon>{_ANY_MONTH})\ (?P<d>0[1-9]|[12]\d|3[01]|[1-9])(?P<y>20[012]\d)(?![\d,.])",
    # late March 2012; March-April 2012
    rf"""
    {_PART}(?P<mon>{_ANY_MONTH})(?:,|\ of|)(?:\ ?[-–—]\ ?(?P<mon2>{_ANY_MONTH}))?
    \ (?P<y>{YEAR})(?![\d,]\d){_NOT_BC}""",
    # March of that year; March last year
    rf"""
    {_PART}(?P<mon>{_ANY_MONTH})
    (?:\ of\ (?P<ref>{_any(_WORDS["year_ref"])})|,?\ (?P<ref2>last|this))\ year""",
    # early spring 2012; winter 1941-42
    rf"""
    {_PART}(?P<season>{_SEASON})(?:,|\ of)?\ (?P<y>{YEAR})(?:[-–/](?P<y2>\d\d(?:\d\d)?))?""",
    # Christmas Eve; New Year's Day, 2012
    rf"""
    {_PART}(?P<feast>Christmas\ Eve|Christmas\ Day|Christmas|New\ Year[’']s\ (?:Day|Eve))
    (?:,?\ (?P<y>{YEAR}))?""",
    # between 2001 and, from 2001 to: the first of two years
    rf"""
    (?:between|from)\ (?P<y>{YEAR})
    (?=\ (?:and|to|until|through)\ (?:{YEAR}|{_PART[:-1]}))""",
    # the late 1980s
    r"(?P<decade>(?:the\ )?(?:(?:early|late|mid)[-\ ])?1\d\d0s|(?:the\ )?20\d0s)",
    # 1914-18
    rf"(?:the\ years\ )?(?P<y>{YEAR})(?:[-–/](?P<y2>\d\d(?:\d\d)?)(?!\d|-)){_NOT_BC}",
    # 9/11
    r"(?:the\ )?(?P<sep11>9/11|September\ 11(?:\ attacks)?)",
    # last week; the following morning; the end of the year
    rf"""
    (?P<ref>{_any(_WORDS["unit_ref"])})
    \ (?P<unit>day|night|evening|morning|afternoon|week|weekend|month|year)(?!s|-)\b
    (?!\ (?:after|before|of\ the|that|when|in))""",
    # last March; the following March
    rf"(?P<ref>{_any(_WORDS['month_ref'])})\ (?P<mon>{_ANY_MONTH})\b",
    # last spring
    rf"(?P<ref>{_any(_WORDS['season_ref'])})\ (?P<season>{_SEASON})\b",
    # Thursday; last Thursday night; Thursday's; not "Sunday's best"; a plural only of a habit
    rf"""
    (?:(?P<ref>{_any(_WORDS["season_ref"])})\ )? (?P<weekday>{_WD})
    (?:[’']s|(?<=day)s(?=\ (?!and|or|at|in|to|from|when|during|until)[a-z]))?
    (?:\ (?:morning|afternoon|evening|night))? (?![\w-])""",
    # yesterday; tonight; this morning
    r"""
    (?P<day>today|yesterday|tomorrow|tonight|last\ night|overnight
        |(?:the\ )?day\ before\ yesterday|this\ (?:morning|afternoon|evening))\b""",
    # in the past 48 hours; over the next two weeks
    rf"""
    (?:the\ |over\ the\ |in\ the\ |during\ the\ |within\ the\ )?
    (?P<span>past|last|previous|next|coming|preceding)\ (?:(?P<n>{_NUM})\ )?
    (?P<unit>{_UNIT})\b""",
    # some two weeks ago; three days later
    rf"""
    (?:about\ |some\ |nearly\ |almost\ |around\ |just\ |only\ |more\ than\ |over\ )?
    (?P<n>{_NUM})[\ -](?P<unit>{_UNIT})
    \ (?P<dir>ago|earlier|before|later|after(?:wards?)?|hence|from\ now|previously)\b""",
    # in March
    rf"(?P<month_only>{_PART}(?P<mon>{_MONTH}|{_MONTH.upper()}))(?![\w-]|,?\ \d)",
    # in 2012; neither a count, a measure, nor part of a date in figures
    rf"""
    {_PART}{_QUALIFIED}(?P<y>{YEAR})(?![\d%]|[,.:]\d|-\w|s\b){_NOT_BC}{_PEOPLE_AFTER}
    (?!\ \d\d?[./]\d\d?[./]\d{{4}}|\ UTC|\ GMT){_UNIT_AFTER}""",
    # in the spring
    rf"""
    (?P<season_only>(?:the\ )?(?P<season>spring|summer|autumn|winter))\b
    (?!\ (?:{_any(_WORDS["season_compound"])}))""",
]
# Capitals distinguish names from words: patterns with a weekday, month or year are case-sensitive.
PATTERNS = [
    re.compile(
        rf"(?<![\w$£€.,/-])(?<!\d[:.]){p}",
        re.VERBOSE
        | (re.IGNORECASE if "weekday" not in p and "mon>" not in p and "(?P<y>" not in p else 0),
    )
    for p in _PATTERNS
]
# Lower-case "may" and "march" are words; as months they follow one of these or a day.
BEFORE_MONTH = re.compile(rf"(?:\b(?:{_any(_WORDS['before_month'])})|[-–,(])\s?-?$", re.IGNORECASE)
# References counted from the day of publication, not from the last date in the text.
FROM_PUBLICATION = frozenset(_WORDS["from_publication"])
