"""Why things were put together: an incident with its pairs, a series with its revisions, a claim
with its links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.errors import SaysoError
from sayso.model import Claim, Figure, Report, Review
from sayso.model.links import Incident, Linked, Pair, Series
from sayso.present.wording import (
    around,
    how_many,
    incident_when,
    on_a_line,
    place_words,
    sort_of,
    who_says,
)

# How many pairs and links are shown in full; the rest are counted.
_SHOWN = 40


def incidents_table(linked: Linked, claims: Mapping[str, Claim], most: int) -> Table:
    """The incidents in most reports: when, where, what, the figures as reported, reports and
    origins.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("incident", "when", "where", "what", "killed, as reported", "reports", "origins"):
        table.add_column(
            name,
            justify="right" if name in ("reports", "origins") else "left",
            overflow="fold",
            max_width=34,
        )
    ranked = sorted(linked.incidents, key=lambda i: (-len(i.reports), -i.origins, i.id))
    for i in ranked[:most]:
        killed = [
            c
            for c in (claims[c] for c in i.claims)
            if isinstance(c, Figure) and c.effect == "killed" and c.part_of is None
        ]
        words = list(
            dict.fromkeys(how_many(c) for c in sorted(killed, key=lambda c: -(c.count.low or 0)))
        )
        figures = ", ".join(words[:4]) + (" …" if len(words) > 4 else "")
        table.add_row(
            i.id,
            incident_when(i),
            place_words(i.where),
            _kind(i),
            figures,
            str(len(i.reports)),
            str(i.origins),
        )
    return table


def series_table(linked: Linked, claims: Mapping[str, Claim], most: int) -> Table:
    """The series with most figures: who, what, where, since when, the latest figures, reports and
    origins.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("series", "what", "where", "since", "the latest", "figures", "reports", "origins"):
        table.add_column(
            name,
            justify="right" if name in ("figures", "reports", "origins") else "left",
            overflow="fold",
            max_width=34,
        )
    for s in linked.series[:most]:
        figures = [c for c in (claims[c] for c in s.claims) if isinstance(c, Figure)]
        what = f"{on_a_line(s.who)}, {s.effect.value.replace('_', ' ') if s.effect else s.kind}"
        place = place_words(s.where)
        latest = ", ".join(dict.fromkeys(how_many(c) for c in figures[-3:]))
        table.add_row(
            s.id,
            what,
            place,
            str(s.since or ""),
            latest,
            str(len(figures)),
            str(len(s.reports)),
            str(s.origins),
        )
    return table


def _kind(incident: Incident) -> str:
    return f"{incident.type.value.lower() if incident.type else ''} {incident.mode or ''}".strip()


def explain(
    name: str, linked: Linked, claims: Mapping[str, Claim], reports: Mapping[str, Report]
) -> RenderableType:
    """An incident, a series or a claim, by its id or the beginning of it.

    Raises SaysoError when none of them, or more than one, has such an id.
    """
    groups: dict[str, Incident | Series] = {i.id: i for i in linked.incidents} | {
        s.id: s for s in linked.series
    }
    found = [i for i in (*groups, *claims) if i.startswith(name)]
    if name in groups or name in claims:
        found = [name]
    if len(found) != 1:
        reason = (
            "more than one id begins with this; give more of it"
            if found
            else "no incident, series or claim has this id"
        )
        raise SaysoError(
            f"{name!r}: {reason}; `sayso link` lists incidents, `sayso show --format csv` claims"
        )
    one = groups.get(found[0])
    match one:
        case Incident():
            return Group(*_of_incident(one, linked, claims, reports))
        case Series():
            return Group(*_of_series(one, linked, claims, reports))
    return Group(*_of_claim(claims[found[0]], linked, claims, reports))


def _of_incident(
    i: Incident, linked: Linked, claims: Mapping[str, Claim], reports: Mapping[str, Report]
) -> Iterator[RenderableType]:
    head = ", ".join(
        w for w in (i.id, place_words(i.where), incident_when(i), _kind(i), _review(i.review)) if w
    )
    yield Text(
        f"{head}: {_count(len(i.reports), 'report')}, {_count(i.origins, 'independent origin')}",
        style="bold",
    )
    yield _claims_table([claims[c] for c in i.claims], linked, reports)
    members = set(i.claims)
    pairs = [p for p in linked.pairs if p.claim in members and p.other in members]
    yield from _pairs(
        pairs,
        claims,
        f"Why these mentions are one incident ({_count(len(pairs), 'pair')}, weights in bits):",
    )
    near = [p for p in linked.pairs if (p.claim in members) != (p.other in members)]
    if near:
        yield from _pairs(near, claims, f"Nearly, but not joined ({len(near)}):", most=5)


def _review(review: Review) -> str:
    """What people decided, in a word; "" where they decided nothing."""
    return review.value if review is not Review.MACHINE else ""


def _pairs(
    pairs: Sequence[Pair], claims: Mapping[str, Claim], head: str, most: int = _SHOWN
) -> Iterator[RenderableType]:
    if pairs:
        yield Text(f"\n{head}", style="bold")
    for p in pairs[:most]:
        yield Text(f"{claims[p.claim].report} and {claims[p.other].report}: {p.weight:+.1f}")
        yield Text(f"    {'; '.join(p.reasons)}", style="dim")
    if len(pairs) > most:
        yield Text(f"… and {len(pairs) - most:,} more", style="dim")


def _of_series(
    s: Series, linked: Linked, claims: Mapping[str, Claim], reports: Mapping[str, Report]
) -> Iterator[RenderableType]:
    what = s.effect.value.replace("_", " ") if s.effect else s.kind
    place = place_words(s.where)
    head = ", ".join(
        w
        for w in (s.id, f"{on_a_line(s.who)} {what}", place, f"since {s.since}" if s.since else "")
        if w
    )
    yield Text(
        f"{head}: {_count(len(s.reports), 'report')}, {_count(s.origins, 'independent origin')}",
        style="bold",
    )
    yield Text(
        "The same people, place, start and way of counting; in the order of the days up to "
        "which they count.",
        style="dim",
    )
    yield _claims_table([claims[c] for c in s.claims], linked, reports)


def _of_claim(
    claim: Claim, linked: Linked, claims: Mapping[str, Claim], reports: Mapping[str, Report]
) -> Iterator[RenderableType]:
    yield Text(
        f"{claim.id}  {sort_of(claim)}, says "
        f"{who_says(claim)}{', ' * bool(_review(claim.review))}{_review(claim.review)}",
        style="bold",
    )
    yield Text(f"“{on_a_line(claim.quote)}”")
    yield Text(f"origin: {linked.origins.get(claim.id, 'never linked')}", style="dim")
    homes = [i.id for i in linked.incidents if claim.id in i.claims] + [
        s.id for s in linked.series if claim.id in s.claims
    ]
    yield Text(f"belongs to: {', '.join(homes) or 'no incident and no series'}", style="dim")
    for copy in linked.copies:
        if claim.report in (copy.report, copy.of) and copy.sharing == "copy":
            other = copy.of if claim.report == copy.report else copy.report
            yield Text(
                f"its report is one text with {other}: {'; '.join(copy.reasons)}", style="dim"
            )
    links = [k for k in linked.links if claim.id in (k.claim, k.other)]
    for k in links[:_SHOWN]:
        other_claim = claims[k.other if k.claim == claim.id else k.claim]
        way = (
            k.kind.value.replace("_", " ")
            if k.claim == claim.id
            else f"{k.kind.value.replace('_', ' ')} (said of this one)"
        )
        number = f"{how_many(other_claim)}, " if isinstance(other_claim, Figure) else ""
        yield Text(
            f"{way}: {number}{other_claim.report}: “{around(other_claim, 120)}” "
            f"[{other_claim.id[:8]}]  ({k.reason})"
        )
    if len(links) > _SHOWN:
        yield Text(f"… and {len(links) - _SHOWN:,} more", style="dim")


def _claims_table(claims: Iterable[Claim], linked: Linked, reports: Mapping[str, Report]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in (
        "claim",
        "report",
        "published",
        "what",
        "how many",
        "who says so",
        "origin",
        "words",
    ):
        table.add_column(name, overflow="fold", max_width=60 if name == "words" else 26)
    for c in claims:
        table.add_row(
            c.id[:8],
            on_a_line(c.report),
            str(reports[c.report].published or ""),
            sort_of(c),
            how_many(c) if isinstance(c, Figure) else "",
            who_says(c),
            on_a_line(str(linked.origins.get(c.id, ""))),
            around(c),
        )
    return table


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'s' * (n != 1)}"
