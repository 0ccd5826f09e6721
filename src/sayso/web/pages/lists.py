"""The remaining lists: reports, claimants, forecasts, decisions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.language.outlets import bare_name
from sayso.model import Claim, Outcome, Outlook, Report, SourceType
from sayso.model.decisions import Act, Decision, Subject
from sayso.present.decisions import about_words, decision_words
from sayso.present.sources import fact_words, known_words
from sayso.present.wording import who_says
from sayso.review.track_record import Standing, State
from sayso.web.lookups import Lookup
from sayso.web.pages.finding import FilterChoice, day_in, paged
from sayso.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in a list, with how many claims of each kind it makes, and how many reports share
    its text.
    """

    report: Report
    kinds: Counter[str]
    copies: int


def reports(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """The reports that pass the filters in the query, the newest first."""
    words_, publisher = query.get("q", "").strip().casefold(), query.get("publisher", "")
    since, until = day_in(query, "since"), day_in(query, "until")
    found = [
        r
        for r in snapshot.reports.values()
        if words_ in f"{r.title} {r.publisher or ''} {r.id}".casefold()
        and (not publisher or r.publisher == publisher)
        and (not since.value or (r.published is not None and r.published >= since.value))
        and (not until.value or (r.published is not None and r.published <= until.value))
    ]
    found.sort(key=lambda r: (-(r.published or date.min).toordinal(), r.id))
    shown, paging = paged(found, query)
    outlets = sorted({r.publisher for r in snapshot.reports.values() if r.publisher})
    return {
        "entries": [
            ReportEntry(
                r,
                Counter(c.kind for c in snapshot.of_report(r.id)),
                len(snapshot.copies_of.get(r.id, ())),
            )
            for r in shown
        ],
        "paging": paging,
        "q": query.get("q", ""),
        "since": since.value or "",
        "until": until.value or "",
        "choices": [
            FilterChoice(
                "publisher", "Publisher", {"": "any", **{o: o for o in outlets}}, publisher
            )
        ]
        if len(outlets) > 1
        else [],
        "faults": [f for f in (since.fault, until.fault) if f],
    }


# -- claimants ----------------------------------------------------------------------------


def claimants(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """Who is cited, the most cited first."""
    wanted, kind, party = (
        query.get("q", "").strip().casefold(),
        query.get("type", ""),
        query.get("party", ""),
    )
    found = [
        e
        for e in snapshot.claimants
        if any(wanted in n.casefold() for n in (e.name, *e.also))
        and (not kind or (e.types and e.types.most_common(1)[0][0].value == kind))
        and (party != "yes" or e.party)
    ]
    shown, paging = paged(found, query)
    records = {r.name: r for r in snapshot.track_records[0]}
    types = {"": "any", **{t.value: t.value.replace("_", " ") for t in SourceType}}
    return {
        "entries": [(e, records.get(e.name)) for e in shown],
        "paging": paging,
        "q": query.get("q", ""),
        "choices": [
            FilterChoice("type", "Type", types, kind if kind in types else ""),
            FilterChoice(
                "party",
                "Party to the war",
                {"": "any", "yes": "parties only"},
                "yes" if party == "yes" else "",
            ),
        ],
    }


def claimant(snapshot: Snapshot, name: str) -> dict[str, Any] | None:
    """One claimant: its names, what is said of it, who cites it, its figures, its forecasts; None
    where nobody has the name.
    """
    found = next((e for e in snapshot.claimants if e.name == name), None)
    if found is None:
        return None
    names = {_key(n) for n in (found.name, *found.also)}
    by_claimant = snapshot.get(BY_CLAIMANT)
    claims = [
        c
        for n in sorted(names)
        for i in by_claimant.get(n, ())
        if (c := snapshot.claims.get(i)) is not None
    ]
    outlets = Counter(
        snapshot.reports[c.report].publisher or "(no publisher named)" for c in claims
    )
    return {
        "entry": found,
        "facts": [
            (fact_words(f), [c for n in f.claims if (c := snapshot.claims.get(n)) is not None])
            for f in found.facts
        ],
        "known": known_words(found),
        "claims": sorted(
            claims, key=lambda c: (c.kind not in ("toll", "strength"), -_size(c), c.id)
        )[:60],
        "all_claims": len(claims),
        "outlets": outlets.most_common(12),
        "forecasts": [s for s in snapshot.forecasts if _claimant_key(s.forecast) in names],
        "record": next((r for r in snapshot.track_records[0] if _key(r.name) in names), None),
        "disputed": sum(
            any(k.kind == "contradicts" for k in snapshot.links_of.get(c.id, ())) for c in claims
        ),
    }


def _by_claimant(claims: Mapping[str, Claim]) -> Mapping[str, list[str]]:
    """The ids of the claims of each claimant, by the key of its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, claim in claims.items():
        if (key := _claimant_key(claim)) is not None:
            found[key].append(name)
    return found


def _claimant_key(claim: Claim) -> str | None:
    last = claim.sources[-1] if claim.sources else None
    return _key(last.name) if last is not None and last.role == "claimant" and last.name else None


def _key(name: str) -> str:
    """What the spellings of one name share: it without case and article."""
    return bare_name(name).casefold()


def _size(claim: Claim) -> int:
    count = getattr(claim, "count", None)
    return int(count.size) if count is not None else 0


# -- forecasts -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Horizon:
    """Forecasts of one time: due, one for each year of a horizon, without a horizon, settled."""

    heading: str
    standing: tuple[Standing, ...]


def forecasts(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """The forecasts by horizon."""
    state, mode, by = query.get("state", ""), query.get("mode", ""), query.get("by", "").strip()
    found = [
        s
        for s in snapshot.forecasts
        if (not state or s.state.value == state)
        and (not mode or s.forecast.mode.value == mode)
        and by.casefold() in who_says(s.forecast).casefold()
    ]
    shown, paging = paged(found, query)
    groups: dict[str, list[Standing]] = {}
    for s in shown:
        groups.setdefault(_heading(s), []).append(s)
    by_claimant, by_outlet = snapshot.track_records
    return {
        "horizons": [Horizon(h, tuple(standing)) for h, standing in groups.items()],
        "paging": paging,
        "by": by,
        "by_claimant": by_claimant,
        "by_outlet": by_outlet,
        "outcomes": list(Outcome),
        "choices": [
            FilterChoice("state", "State", {"": "any", **{s.value: s.value for s in State}}, state),
            FilterChoice("mode", "Kind", {"": "any", **{o.value: o.value for o in Outlook}}, mode),
        ],
    }


def _heading(s: Standing) -> str:
    horizon = s.forecast.horizon
    day = (horizon.end or horizon.start) if horizon else None
    if s.state is State.SETTLED:
        return "Settled"
    if s.state is State.DUE:
        return "Due: the time has come, and nobody has judged"
    return f"Open, by {day.year}" if day else "Open, without a time"


# -- decisions -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LogLine:
    """A decision in the log: its words, its page, whether it was undone, and why it is orphaned, if
    it is.
    """

    decision: Decision
    words: str
    about: str
    kind: str
    name: str
    undone: bool
    orphaned: str


def decisions(snapshot: Snapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """The decisions, the newest first, and which of them are orphaned."""
    reasons = {entry.decision.id: entry.reason for entry in snapshot.held.reviewed.orphaned}
    who, act, orphaned = query.get("who", ""), query.get("act", ""), query.get("lost", "")
    found = [
        d
        for d in reversed(snapshot.decisions)
        if (not who or d.who == who)
        and (not act or d.act.value == act)
        and (orphaned != "yes" or d.id in reasons)
    ]
    shown, paging = paged(found, query)
    people = sorted({d.who for d in snapshot.decisions})
    return {
        "lines": [log_line(snapshot, d, reasons) for d in shown],
        "paging": paging,
        "orphaned": len(reasons),
        "choices": [
            FilterChoice("who", "By", {"": "anybody", **{p: p for p in people}}, who),
            FilterChoice("act", "What", {"": "any", **{a.value: a.value for a in Act}}, act),
            FilterChoice(
                "lost",
                "Fits",
                {"": "any", "yes": "no longer fits"},
                "yes" if orphaned == "yes" else "",
            ),
        ],
    }


def log_line(snapshot: Snapshot, d: Decision, reasons: Mapping[int, str]) -> LogLine:
    kind, name = _place(snapshot, d)
    return LogLine(
        d,
        decision_words(d),
        about_words(d),
        kind,
        name,
        d.id in snapshot.taken_back,
        reasons.get(d.id, ""),
    )


def _place(snapshot: Snapshot, d: Decision) -> tuple[str, str]:
    """The page of what a decision is about, by kind and name; "" where there no longer is one."""
    for a in d.claims:
        if d.subject is Subject.CLAIM and snapshot.any_claim(a.claim):
            return "claim", a.claim
        if d.subject is Subject.INCIDENT and (incident := snapshot.incident_of.get(a.claim)):
            return "incident", incident.id
        if d.subject is Subject.INCIDENT and (
            gone := next((i for i in snapshot.held.rejected if a.claim in i.claims), None)
        ):
            return "incident", gone.id
        if d.subject is Subject.SERIES and (series := snapshot.series_of.get(a.claim)):
            return "series", series.id
    return "", ""


BY_CLAIMANT = Lookup("claims by claimant", lambda s: _by_claimant(s.claims), lasting=True)
