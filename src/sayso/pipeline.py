"""The main path: reports in, a record of what they claim, linked, out; and figures under a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from sayso.coding import Policy, code
from sayso.errors import DecisionError, SaysoError
from sayso.find import find_claims
from sayso.ingest.parse import PIPELINE, parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import load_lexicon
from sayso.link import GroupDecision, link_incidents, link_series, regroup, relate
from sayso.link.copies import copied_claims, find_copies
from sayso.link.origins import origin_keys, renewed_keys
from sayso.model import KINDS, Claim, Report, Review, Skipped
from sayso.model.links import Coded, Incident, Linked, Series
from sayso.review import Fitted, Lost, Reviewed, apply, group_value
from sayso.store import Filter, Record


@dataclass(frozen=True, slots=True)
class Settings:
    """How to find: the user's lexicon files, the English pipeline by package name, and which kinds of claims."""

    lexicons: tuple[Path, ...] = ()
    pipeline: str = PIPELINE
    kinds: frozenset[str] = KINDS


@dataclass(frozen=True, slots=True)
class Found:
    """A report and its claims."""

    report: Report
    claims: tuple[Claim, ...]


def find_in(items: Iterable[Report | Skipped], settings: Settings | None = None) -> Iterator[Found | Skipped]:
    """The claims of each report; what was skipped passes through, ahead of the reports of its batch.

    Raises LexiconError or SaysoError before the first report when the settings cannot be used.
    """
    settings = settings or Settings()
    lexicon = load_lexicon(*settings.lexicons)
    gazetteer = Gazetteer()
    passed: list[Skipped] = []

    def reports() -> Iterator[Report]:
        for item in items:
            if isinstance(item, Skipped):
                passed.append(item)
            else:
                yield item

    for parsed in parse(reports(), lexicon.is_common, settings.pipeline):
        yield from _drained(passed)
        try:
            report, claims = find_claims(parsed, lexicon, gazetteer, settings.kinds)
        except Exception as error:  # noqa: BLE001 - a fault of ours, whatever it is: shown, and the rest of the batch goes on
            reason = f"sayso failed on it ({type(error).__name__}: {error}); please tell its makers"
            yield Skipped(parsed.report.id, reason, error=True)
            continue
        yield Found(report, tuple(claims))
    yield from _drained(passed)


def _drained(passed: list[Skipped]) -> Iterator[Skipped]:
    while passed:
        yield passed.pop(0)


def find(text: str, published: date | str | None = None, title: str = "", publisher: str | None = None) -> list[Claim]:
    """The claims of one text, of every kind, by place.

    `published` (a date, or "YYYY-MM-DD") is what "Thursday" and "last week" are counted from.
    Raises SaysoError for a date that is none. Offsets are code points into `title` or `text`, as each claim's `part` says.

    >>> [c.count.low for c in find("Two men were killed, police said.", published="2014-10-24") if c.kind == "toll"]
    [2]
    """
    try:
        day = date.fromisoformat(published) if isinstance(published, str) else published
    except ValueError as error:
        raise SaysoError(f"{published!r} is no date; expected YYYY-MM-DD") from error
    report = Report(id="text", text=text, title=title, publisher=publisher, published=day)
    return [claim for found in find_in([report]) if isinstance(found, Found) for claim in found.claims]


def read_into(record: Record, items: Iterable[Report | Skipped], settings: Settings | None = None) -> Iterator[Found | Skipped | Report]:
    """Stores each report with its claims, and yields it; a report already there comes back as it is.

    One transaction a report, so that what was stored before an interruption stays and a second
    run goes on from there.
    """
    known: list[Report] = []

    def new() -> Iterator[Report | Skipped]:
        for item in items:
            if isinstance(item, Report) and record.has(item):
                known.append(item)
            else:
                yield item

    for found in find_in(new(), settings):
        while known:
            yield known.pop(0)
        if isinstance(found, Found):
            record.add(found.report, found.claims)
        yield found
    yield from known


def renew(record: Record, settings: Settings | None = None) -> Iterator[tuple[int, int] | Skipped]:
    """Finds the claims of every report in the record anew; for each, how many claims are new, and how many gone."""
    for found in find_in(list(record.reports()), settings):
        yield record.renew(found.report, found.claims) if isinstance(found, Found) else found


def link_claims(reports: Sequence[Report], claims: Sequence[Claim], lexicons: Sequence[Path] = ()) -> Linked:
    """Copies, independent origins, incidents, series, and the links between claims, of the reports and their claims.

    The same reports and claims give the same, in whatever order they were read. Raises LexiconError.
    """
    reports = sorted(reports, key=lambda r: (r.published is None, r.published or date.max, r.id))
    known = load_lexicon(*lexicons).sources
    copies = find_copies(reports, known)
    copied = copied_claims(reports, claims, copies)
    origin = origin_keys(reports, claims, copies, copied, known)
    incidents, pairs = link_incidents(reports, claims, origin)
    series = link_series(reports, claims, origin)
    links = relate(incidents, series, {c.id: c for c in claims}, origin, {r.id: r.published for r in reports})
    return Linked(copies, pairs, incidents, series, (*copied, *links), origin)


@dataclass(frozen=True)
class Contents:
    """What a record holds on a day, as people decided that it is: its reports and claims by id, and what linking them gives.

    `undated` reports are left out. `reviewed` tells what was decided, what was rejected, and what no longer fits;
    `rejected` are incidents that people said are none.
    """

    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    linked: Linked
    undated: int = 0
    reviewed: Reviewed = field(default_factory=lambda: Reviewed({}))
    rejected: tuple[Incident, ...] = ()

    @cached_property
    def published(self) -> dict[str, date | None]:
        """The day of each report."""
        return {name: report.published for name, report in self.reports.items()}


def link(record: Record, lexicons: Sequence[Path] = ()) -> Linked:
    """Links the claims of a record, without those that people rejected, and stores what that gives; decisions about
    incidents stand above it. Gives the links as they stand. Raises as `Record` and `link_claims` do."""
    record.put_links(link_claims(list(record.reports()), list(review(record).claims.values()), lexicons))
    return contents(record).linked


def contents(record: Record, as_of: date | None = None) -> Contents:
    """All of a record as it was last linked; with `as_of`, what it would have held and said on that day, linked anew
    from the reports published by then (those without a date are left out, and counted). Decisions count whenever they
    were made: they are about the words, and not about the day."""
    reports, claims = {r.id: r for r in record.reports()}, {c.id: c for c in record.claims()}
    undated = 0
    if as_of is not None:
        undated = sum(r.published is None for r in reports.values())
        reports = {name: r for name, r in reports.items() if r.published is not None and r.published <= as_of}
        claims = {name: c for name, c in claims.items() if c.report in reports}
    decisions = record.decisions()
    reviewed = apply(claims, {name: r.hash for name, r in reports.items()} if decisions else {}, decisions)
    linked = record.linked() if as_of is None else link_claims(list(reports.values()), list(reviewed.claims.values()))
    return as_it_stands(reports, claims, linked, reviewed, undated)


def as_it_stands(
    reports: Mapping[str, Report], found: Mapping[str, Claim], linked: Linked, reviewed: Reviewed, undated: int = 0
) -> Contents:
    """The contents that follow from what was found and linked, and from what people decided about it."""
    corrected = {n: c for n in reviewed.touched if (c := reviewed.claims.get(n)) is not None and c.review is Review.CORRECTED}
    resaid = [c for n, c in corrected.items() if c.sources != found[n].sources]
    if resaid:
        keys = renewed_keys(resaid, reviewed.claims.values(), linked.origin, load_lexicon().sources)
        linked = replace(linked, origin={**linked.origin, **keys})
    published = {name: r.published for name, r in reports.items()}
    groups, faults = _group_decisions(reviewed.groups)
    regrouped = regroup(linked, reviewed.claims, published, groups, corrected, reviewed.rejected)
    reviewed = replace(reviewed, lost=(*reviewed.lost, *faults)) if faults else reviewed
    return Contents(reports, reviewed.claims, regrouped.linked, undated, reviewed, regrouped.rejected)


def _group_decisions(fitted: Iterable[Fitted]) -> tuple[list[GroupDecision], list[Lost]]:
    """Decisions about groups as linking takes them; and those whose value cannot be read."""
    groups: list[GroupDecision] = []
    faults: list[Lost] = []
    for f in fitted:
        d = f.decision
        try:
            value = group_value(d.field, d.value) if d.field else None
        except DecisionError as error:
            faults.append(Lost(d, str(error)))
            continue
        groups.append(GroupDecision(d.act, f.claims, f.others, d.field, value))
    return groups, faults


_STANDING = (Review.CONFIRMED, Review.CORRECTED)


def confirmed(held: Contents) -> Contents:
    """The part of a record that people stand behind: what they confirmed or corrected, and the claims of incidents and series
    of which they did. Raises SaysoError where there is none yet."""
    everything: list[Incident | Series] = [*held.linked.incidents, *held.linked.series]
    kept = {c for g in everything if g.review in _STANDING for c in g.claims}
    kept |= {n for n, c in held.claims.items() if c.review in _STANDING}
    kept |= held.reviewed.judgements.keys() & held.claims.keys()
    if not kept:
        raise SaysoError("nothing in the record is confirmed yet; confirm some of it (sayso serve), or take what the machine found: --all")
    found = {n: _whole(c, kept) for n, c in held.claims.items() if n in kept}
    named = {c.report for c in found.values()}
    reports = {n: r for n, r in held.reports.items() if n in named}
    return replace(held, reports=reports, claims=found, linked=_part(held.linked, found, reports))


def _whole(claim: Claim, kept: set[str]) -> Claim:
    """The claim without references to claims that are not kept."""
    gone: dict[str, Any] = {n: None for n in ("part_of", "event") if (other := getattr(claim, n, None)) is not None and other not in kept}
    return replace(claim, **gone) if gone else claim


def _part(linked: Linked, kept: Mapping[str, Claim], reports: Mapping[str, Report]) -> Linked:
    """The links between what is kept; of an incident that nobody confirmed, nothing."""
    return replace(
        linked,
        copies=tuple(k for k in linked.copies if k.report in reports and k.of in reports),
        pairs=tuple(p for p in linked.pairs if p.claim in kept and p.other in kept),
        incidents=tuple(i for i in linked.incidents if i.review in _STANDING),
        series=tuple(s for s in linked.series if s.review in _STANDING),
        links=tuple(k for k in linked.links if k.claim in kept and k.other in kept),
        origin={c: key for c, key in linked.origin.items() if c in kept},
    )


def review(record: Record) -> Reviewed:
    """Every claim of a record as people decided that it is; what no longer fits; what became of forecasts."""
    decisions = record.decisions()
    hashes = {r.id: r.hash for r in record.reports()} if decisions else {}
    return apply({c.id: c for c in record.claims()}, hashes, decisions)


def standing_claims(record: Record, wanted: Filter) -> Iterator[Claim]:
    """The claims that pass the filter as people decided that they are, by report and place; rejected ones are left out."""
    if not record.decisions():
        yield from record.claims(wanted)
        return
    reports = {r.id: r for r in record.reports()}
    passing = {c.id for c in record.claims(wanted)}
    for name, claim in review(record).claims.items():
        if wanted.passes(claim, reports[claim.report]) if claim.review is Review.CORRECTED else name in passing:
            yield claim


def code_incidents(held: Contents, policy: Policy, only: Sequence[Incident] | None = None) -> dict[str, Coded]:
    """The figures of every incident, or of those given, under a policy, by incident id."""
    published, origin = held.published, held.linked.origin
    return {
        i.id: code(i, [held.claims[c] for c in i.claims], origin, published, policy)
        for i in (held.linked.incidents if only is None else only)
    }
