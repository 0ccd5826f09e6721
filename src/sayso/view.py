"""What a record holds as people decided that it is: the state that pages, tables and exports start
from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from sayso.coding import Policy, code
from sayso.errors import DecisionError, SaysoError
from sayso.language.lexicon import load_lexicon
from sayso.link import GroupDecision, regroup
from sayso.link.origins import renewed_origins
from sayso.model import Claim, Report, Review
from sayso.model.links import Coded, Incident, Linked, Series
from sayso.pipeline import link_claims, reviewed
from sayso.review import Fitted, OrphanedDecision, Reviewed, apply, group_value
from sayso.store import Filter, Record


@dataclass(frozen=True)
class Contents:
    """What a record holds on a day, as people decided that it is: its reports and claims by id, and
    what linking them gives.

    `undated` reports are left out. `reviewed` tells what was decided, what was rejected, and what
    no longer fits; `rejected` are incidents that people said are none.
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


def contents(record: Record, as_of: date | None = None) -> Contents:
    """All of a record as it was last linked; with `as_of`, what it would have held and said on that
    day, linked again from the reports published by then (those without a date are left out, and
    counted). Decisions count whenever they were made: they are about the words, and not about the
    day.
    """
    reports, claims = {r.id: r for r in record.reports()}, {c.id: c for c in record.claims()}
    undated = 0
    if as_of is not None:
        undated = sum(r.published is None for r in reports.values())
        reports = {
            name: r
            for name, r in reports.items()
            if r.published is not None and r.published <= as_of
        }
        claims = {name: c for name, c in claims.items() if c.report in reports}
    decisions = record.decisions()
    reviewed = apply(
        claims, {name: r.hash for name, r in reports.items()} if decisions else {}, decisions
    )
    linked = (
        record.linked()
        if as_of is None
        else link_claims(list(reports.values()), list(reviewed.claims.values()))
    )
    return as_it_stands(reports, claims, linked, reviewed, undated)


def as_it_stands(
    reports: Mapping[str, Report],
    found: Mapping[str, Claim],
    linked: Linked,
    reviewed: Reviewed,
    undated: int = 0,
) -> Contents:
    """The contents that follow from what was found and linked, and from what people decided about
    it.
    """
    corrected = {
        n: c
        for n in reviewed.touched
        if (c := reviewed.claims.get(n)) is not None and c.review is Review.CORRECTED
    }
    resaid = [c for n, c in corrected.items() if c.sources != found[n].sources]
    if resaid:
        origins = renewed_origins(
            resaid, reviewed.claims.values(), linked.origins, load_lexicon().sources
        )
        linked = replace(linked, origins={**linked.origins, **origins})
    published = {name: r.published for name, r in reports.items()}
    groups, faults = _group_decisions(reviewed.groups)
    regrouped = regroup(linked, reviewed.claims, published, groups, corrected, reviewed.rejected)
    reviewed = replace(reviewed, orphaned=(*reviewed.orphaned, *faults)) if faults else reviewed
    return Contents(
        reports, reviewed.claims, regrouped.linked, undated, reviewed, regrouped.rejected
    )


def _group_decisions(
    fitted: Iterable[Fitted],
) -> tuple[list[GroupDecision], list[OrphanedDecision]]:
    """Decisions about groups as linking takes them; and those whose value cannot be read."""
    groups: list[GroupDecision] = []
    faults: list[OrphanedDecision] = []
    for f in fitted:
        d = f.decision
        try:
            value = group_value(d.field, d.value) if d.field else None
        except DecisionError as error:
            faults.append(OrphanedDecision(d, str(error)))
            continue
        groups.append(GroupDecision(d.act, f.claims, f.others, d.field, value))
    return groups, faults


_STANDING = (Review.CONFIRMED, Review.CORRECTED)


def confirmed(held: Contents) -> Contents:
    """The part of a record that people stand behind: what they confirmed or corrected, and the
    claims of incidents and series of which they did. Raises SaysoError where there is none yet.
    """
    everything: list[Incident | Series] = [*held.linked.incidents, *held.linked.series]
    kept = {c for g in everything if g.review in _STANDING for c in g.claims}
    kept |= {n for n, c in held.claims.items() if c.review in _STANDING}
    kept |= held.reviewed.judgements.keys() & held.claims.keys()
    if not kept:
        raise SaysoError(
            "nothing in the record is confirmed yet; confirm some of it (sayso serve), or "
            "take what the machine found: --all"
        )
    found = {n: _whole(c, kept) for n, c in held.claims.items() if n in kept}
    named = {c.report for c in found.values()}
    reports = {n: r for n, r in held.reports.items() if n in named}
    return replace(held, reports=reports, claims=found, linked=_part(held.linked, found, reports))


def _whole(claim: Claim, kept: set[str]) -> Claim:
    """The claim without references to claims that are not kept."""
    gone: dict[str, Any] = {
        n: None
        for n in ("part_of", "event")
        if (other := getattr(claim, n, None)) is not None and other not in kept
    }
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
        origins={c: o for c, o in linked.origins.items() if c in kept},
    )


def standing_claims(record: Record, wanted: Filter) -> Iterator[Claim]:
    """The claims that pass the filter as people decided that they are, by report and place;
    rejected ones are left out.
    """
    if not record.decisions():
        yield from record.claims(wanted)
        return
    reports = {r.id: r for r in record.reports()}
    passing = {c.id for c in record.claims(wanted)}
    for name, claim in reviewed(record).claims.items():
        if (
            wanted.passes(claim, reports[claim.report])
            if claim.review is Review.CORRECTED
            else name in passing
        ):
            yield claim


def code_incidents(
    held: Contents, policy: Policy, only: Sequence[Incident] | None = None
) -> dict[str, Coded]:
    """The figures of every incident, or of those given, under a policy, by incident id."""
    published, origin = held.published, held.linked.origins
    return {
        i.id: code(i, [held.claims[c] for c in i.claims], origin, published, policy)
        for i in (held.linked.incidents if only is None else only)
    }
