"""A record's reports, claims and links with names withheld, every span moved to the new text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any
from urllib.parse import unquote

from sayso.model import Claim, Report, Where
from sayso.model.links import Coded, Incident, Linked, Origin, Series
from sayso.redact.masking import FullNames, Masked, Names
from sayso.redact.names import Parts
from sayso.redact.people import Listed, Withheld, list_names

# Fields with keys and words of our own: none holds a name. A claim's report is renamed separately.
_KEYS = frozenset(
    {
        "id",
        "report",
        "kind",
        "part",
        "part_of",
        "event",
        "role",
        "precision",
        "per",
        "country",
        "geonames",
    }
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """What is left to publish. `withheld` is how many people are not named, `places` how many spots
    in titles and texts are masked.

    Claims keep their ids, though these hash the original words; a report's id changes only where it
    held a name.
    """

    reports: dict[str, Report]
    claims: dict[str, Claim]
    linked: Linked
    withheld: int
    places: int
    _words: Callable[[str], str] = field(repr=False, compare=False)

    def words(self, text: str) -> str:
        """Free text with the withheld names masked: a reviewer's note, a reason.

        Without a report to go by, every capitalised surname or single name of somebody withheld is
        masked, unless it stands in a longer name of a place or body.
        """
        return self._words(text)

    def coded(self, figures: Coded) -> Coded:
        """An incident's figures with the withheld names masked in their steps, notes and sides."""
        return replace(
            figures,
            side_a_name=figures.side_a_name and self.words(figures.side_a_name),
            side_b_name=figures.side_b_name and self.words(figures.side_b_name),
            steps=tuple(replace(step, words=self.words(step.words)) for step in figures.steps),
            notes=tuple(map(self.words, figures.notes)),
        )


def redact(
    reports: Mapping[str, Report],
    claims: Mapping[str, Claim],
    linked: Linked,
    people: Mapping[str, Sequence[str]],
    rule: Withheld,
) -> Redacted:
    """The record with the names that the rule withholds masked by `MASK`, in the reports that it
    covers.

    `people` is, by report id, the words that a recogniser takes for persons (`parse.people_in`). A
    report's id is replaced if it holds a withheld name, its address left out if it holds one. Words
    about several reports (reasons, keys of origins, series) are masked whatever the reports' dates.
    Places stay, bodies stay. Loads no model; reads the gazetteer.
    """
    listed = list_names(reports, claims.values(), people, rule)
    whole = FullNames(listed.whole)
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for claim in claims.values():
        if (where := claim.where) and where.start is not None and where.end is not None:
            places.setdefault((claim.report, claim.part), []).append((where.start, where.end))
    done = {
        name: _Report.of(report, whole, listed, places)
        for name, report in reports.items()
        if rule.covers(report)
    }
    renamed = {name: r.new.id for name, r in done.items() if r.new.id != name}
    new_claims = {
        name: done[c.report].claim(c) if c.report in done else c for name, c in claims.items()
    }
    free = _Free(whole, listed, [r.names.lone for r in done.values()], renamed)
    return Redacted(
        reports={
            renamed.get(name, name): done[name].new if name in done else report
            for name, report in reports.items()
        },
        claims=new_claims,
        linked=_linked(linked, claims, new_claims, free),
        withheld=listed.people,
        places=sum(len(part.spots) for r in done.values() for part in (r.title, r.text)),
        _words=free.words,
    )


class _Free:
    """Masks words that belong to no one report."""

    def __init__(
        self,
        whole: FullNames,
        listed: Listed,
        lone: Sequence[frozenset[Parts]],
        renamed: Mapping[str, str],
    ) -> None:
        others = frozenset(o for of_report in listed.others.values() for o in of_report)
        self._names = Names(whole, frozenset().union(*lone), others)
        self._renamed = renamed
        self._ids = re.compile(
            "|".join(map(re.escape, sorted(renamed, key=len, reverse=True))) or r"(?!)"
        )

    def id(self, report: str) -> str:
        return self._renamed.get(report, report)

    def words(self, text: str, any_case: bool = False) -> str:
        return self._names.mask(self._ids.sub(lambda m: self._renamed[m[0]], text), any_case)

    def origins(self, origins: Mapping[str, Origin]) -> dict[str, Origin]:
        """Origins with names masked and a number for each that held one: two that were equal are,
        two that were not are not.
        """
        new: dict[Origin, Origin] = {}
        for origin in dict.fromkeys(origins.values()):
            body = self.words(origin.body, any_case=True)
            who = origin.who and self.words(origin.who, any_case=True)
            if (body, who) != (origin.body, origin.who):
                number = len(new) + 1
                body, who = (body, f"{who} {number}") if who else (f"{body} {number}", who)
            new[origin] = Origin(origin.kind, body, who)
        return {claim: new[origin] for claim, origin in origins.items()}


@dataclass(frozen=True, slots=True)
class _Report:
    """A report with names masked, and what is needed to move its claims along."""

    new: Report
    names: Names
    title: Masked
    text: Masked

    @classmethod
    def of(
        cls,
        report: Report,
        whole: FullNames,
        listed: Listed,
        places: Mapping[tuple[str, str], list[tuple[int, int]]],
    ) -> _Report:
        names = Names(
            whole,
            listed.single[report.id],
            listed.others[report.id],
            f"{report.title}\n{report.text}",
        )
        title, text = (
            Masked.of(words, names.spots(words, places.get((report.id, part), ())))
            for part, words in (("title", report.title), ("text", report.text))
        )
        new = replace(
            report,
            id=f"r{hashlib.sha256(f'{report.id}{report.hash}'.encode()).hexdigest()[:12]}"
            if names.in_address(report.id)
            else report.id,
            title=title.text,
            text=text.text,
            publisher=report.publisher and names.mask(report.publisher),
            credit=report.credit and names.mask(report.credit),
            origin=report.origin and names.mask(report.origin),
            url=None if report.url and names.in_address(unquote(report.url)) else report.url,
        )
        return cls(new, names, title, text)

    def claim(self, claim: Claim) -> Claim:
        """The claim with its spans moved, and names masked in what has no span."""
        part = self.title if claim.part == "title" else self.text
        moved: Claim = _moved(claim, part, self.names)
        return replace(moved, report=self.new.id)


def _moved(value: Any, part: Masked, names: Names) -> Any:
    """A value with every span in it moved to the new text and every other string masked."""
    if type(value) is str:  # not an enumeration's, whose words are our own
        return names.mask(value)
    if isinstance(value, tuple):
        return tuple(_moved(v, part, names) for v in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    new = {
        f.name: _moved(getattr(value, f.name), part, names)
        for f in fields(value)
        if f.name not in _KEYS
    }
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    if isinstance(start, int) and isinstance(end, int):
        new["start"], new["end"] = part.moved(start, end)
        new["quote" if isinstance(value, Claim) else "text"] = part.text[new["start"] : new["end"]]
    if isinstance(value, Where):
        new |= _place(value, names)
    return replace(value, **new)


def _place(where: Where, names: Names) -> dict[str, Any]:
    """A place keeps its name, unless that holds the whole name of somebody withheld: then the name
    and all that identifies the place go.
    """
    if where.name and names.has_whole(where.name):
        return {"name": None, "geonames": None, "latitude": None, "longitude": None}
    return {"name": where.name}


def _linked(
    linked: Linked, old: Mapping[str, Claim], claims: Mapping[str, Claim], free: _Free
) -> Linked:
    def reasons(of: Any) -> Any:
        return replace(of, reasons=tuple(map(free.words, of.reasons)))

    def ids(reports: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(free.id, reports))

    def where(of: Incident | Series) -> Where | None:
        return _where(of, old, claims, free)

    return Linked(
        copies=tuple(
            reasons(replace(c, report=free.id(c.report), of=free.id(c.of))) for c in linked.copies
        ),
        pairs=tuple(map(reasons, linked.pairs)),
        incidents=tuple(
            replace(i, reports=ids(i.reports), main=ids(i.main), where=where(i))
            for i in linked.incidents
        ),
        series=tuple(
            replace(s, reports=ids(s.reports), who=free.words(s.who), where=where(s))
            for s in linked.series
        ),
        links=tuple(replace(link, reason=free.words(link.reason)) for link in linked.links),
        origins=free.origins(linked.origins),
    )


def _where(
    of: Incident | Series, old: Mapping[str, Claim], claims: Mapping[str, Claim], free: _Free
) -> Where | None:
    """The place of an incident or a series: that of a claim of its with the same place, so that its
    words stand in that claim's report.
    """
    if of.where is None:
        return None
    same = next((c for c in of.claims if c in old and old[c].where == of.where), None)
    if same is not None:
        return claims[same].where
    return replace(of.where, text=free.words(of.where.text), start=None, end=None)
