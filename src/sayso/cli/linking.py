"""Comparing claims: link, why, check, code."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from typing import Annotated

import typer

from sayso.cli.shared import AsOf, FindFormat, Lexicons, RecordPath, app, day_of, err, out
from sayso.coding import POLICIES, load_policy
from sayso.errors import SaysoError
from sayso.link.consistency import check as find_inconsistencies
from sayso.model.links import Coded, Incident, Linked, LinkKind, Sharing
from sayso.pipeline import link as link_record
from sayso.present.coding import coded_jsonl, coded_table, explain_coding, policies_table
from sayso.present.consistency import (
    inconsistencies_in_short,
    inconsistencies_jsonl,
    inconsistencies_table,
)
from sayso.present.explain import explain, incidents_table, series_table
from sayso.store import Record
from sayso.view import Contents, code_incidents, contents

Most = Annotated[int, typer.Option(min=1, help="How many lines of a table are printed.")]


def held_by(path: str, as_of: date | None) -> Contents:
    """The contents of a record; prints what is left out of them. Raises SaysoError if the record
    was never linked.
    """
    with Record(path, create=False) as record:
        missing = record.unlinked()
        held = contents(record, as_of)
    if as_of is None and held.claims and not held.linked.origins:
        raise SaysoError(
            f"{path}: its claims were never linked; link them first: sayso link {path}"
        )
    if as_of is None and missing:
        err.print(
            f"{missing:,} claims were read after the last linking and are left out; link "
            f"them: sayso link {path}",
            soft_wrap=True,
        )
    if held.undated:
        err.print(f"{held.undated:,} reports without a date are left out", soft_wrap=True)
    if as_of is not None and not held.reports:
        raise SaysoError(f"{path}: no report in it was published by {as_of}; give a later day")
    return held


@app.command()
def link(record: RecordPath, lexicon: Lexicons = None, most: Most = 12) -> None:
    """Compare the claims of a record: copies, origins, incidents, series, and links between
    claims.
    """
    with Record(record, create=False) as opened:
        link_record(opened, tuple(lexicon or ()))
        held = contents(opened)
    linked, claims = held.linked, held.claims
    if linked.incidents:
        out().print(incidents_table(linked, claims, most))
    if linked.series:
        out().print(series_table(linked, claims, most))
    err.print(in_short(linked), highlight=False, soft_wrap=True)
    if linked.incidents:
        err.print(
            f"Why: sayso why {record} "
            f"{max(linked.incidents, key=lambda i: len(i.reports)).id}   Inconsistencies: "
            f"sayso check {record}",
            style="dim",
            soft_wrap=True,
        )


def in_short(linked: Linked) -> str:
    """The results of linking, in a line."""
    kinds = Counter(k.kind for k in linked.links)
    several = sum(len(i.reports) > 1 for i in linked.incidents)
    copies = Counter(c.sharing for c in linked.copies)
    parts = [
        f"incidents: {len(linked.incidents):,}, {several:,} of them in more than one report",
        f"series: {len(linked.series):,}",
        f"copies: {copies[Sharing.COPY]:,} pairs, {copies[Sharing.SHARES]:,} more share sentences",
        f"contradictions: {kinds[LinkKind.CONTRADICTS]:,}",
        f"revisions: {kinds[LinkKind.REVISES]:,}",
    ]
    return " · ".join(parts)


@app.command()
def why(
    record: RecordPath,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The id of an incident, a series or a claim, or its beginning."
        ),
    ],
    as_of: AsOf = None,
) -> None:
    """Explain why claims were put together: the reasons for every pair of an incident, the links of
    a claim.
    """
    held = held_by(record, day_of(as_of, "--as-of"))
    out().print(explain(name, held.linked, held.claims, held.reports))


@app.command()
def check(
    record: RecordPath,
    most: Most = 20,
    format: Annotated[
        FindFormat,
        typer.Option(help="Sentences side by side, or one JSON object per inconsistency."),
    ] = FindFormat.table,
    as_of: AsOf = None,
) -> None:
    """List inconsistencies, the worst first: contradictions, parts larger than wholes, falling
    totals, lost sources.
    """
    held = held_by(record, day_of(as_of, "--as-of"))
    found = find_inconsistencies(held.linked, held.claims, held.published)
    if format is FindFormat.jsonl:
        for line in inconsistencies_jsonl(found, held.claims):
            sys.stdout.write(line)
        return
    out().print(inconsistencies_table(found[:most], held.claims, held.reports))
    if len(found) > most:
        err.print(
            f"… and {len(found) - most:,} more: --most {len(found)}", style="dim", highlight=False
        )
    err.print(inconsistencies_in_short(found) or "no inconsistencies", highlight=False)


@app.command()
def code(
    record: RecordPath,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            help=(
                "ucdp, acled, gtd, minmax, or a TOML or Python file; may be repeated; all four if "
                "not given."
            )
        ),
    ] = None,
    incident: Annotated[
        str | None, typer.Option(help="Only this incident, with every step of the policy.")
    ] = None,
    most: Most = 40,
    format: Annotated[
        FindFormat, typer.Option(help="A table, or one JSON object per incident.")
    ] = FindFormat.table,
    as_of: AsOf = None,
) -> None:
    """Low, best and high figures of every incident, under coding policies."""
    policies = {name: load_policy(name) for name in policy or POLICIES}
    held = held_by(record, day_of(as_of, "--as-of"))
    coded = {name: code_incidents(held, p) for name, p in policies.items()}
    wanted = _in_order(held, incident)
    if format is FindFormat.jsonl:
        for line in coded_jsonl((i, by_id[i.id]) for by_id in coded.values() for i in wanted):
            sys.stdout.write(line)
    elif incident is not None:
        for by_id in coded.values():
            out().print(
                *(
                    explain_coding(i, by_id[i.id], [held.claims[c] for c in i.claims])
                    for i in wanted
                )
            )
    else:
        _print_ranges(wanted, coded, most)


def _in_order(held: Contents, name: str | None) -> list[Incident]:
    """The incidents, those that a report is mainly about first, the newest first; with a name, the
    one whose id begins with it. Raises SaysoError if no incident or more than one does.
    """

    def day(i: Incident) -> date:
        return i.first or held.reports[i.reports[0]].published or date.min

    found = [i for i in held.linked.incidents if name is None or i.id.startswith(name)]
    if name is not None and len(found) != 1:
        reason = (
            "more than one incident has an id that begins like this"
            if found
            else "no incident has this id"
        )
        raise SaysoError(f"{name!r}: {reason}; `sayso link` and `sayso code` list them")
    return sorted(found, key=lambda i: (not i.main, -day(i).toordinal(), i.id))


def _print_ranges(wanted: list[Incident], coded: dict[str, dict[str, Coded]], most: int) -> None:
    with_figures = [i for i in wanted if any(_any_figure(by_id[i.id]) for by_id in coded.values())]
    with_figures.sort(key=lambda i: -max(by_id[i.id].killed.high or 0 for by_id in coded.values()))
    shown = with_figures[:most]
    if len(coded) == 1:
        out().print(coded_table([(i, by_id[i.id]) for by_id in coded.values() for i in shown]))
    else:
        out().print(
            policies_table(
                [(i, {name: by_id[i.id] for name, by_id in coded.items()}) for i in shown]
            )
        )
    left = [f"{len(with_figures) - most:,} more with figures (--most {len(with_figures)})"] * (
        len(with_figures) > most
    )
    left += [f"{len(wanted) - len(with_figures):,} incidents without figures"] * (
        len(wanted) > len(with_figures)
    )
    if left:
        err.print(f"… and {' · '.join(left)}", style="dim", highlight=False)


def _any_figure(figures: Coded) -> bool:
    return any(
        n is not None
        for share in (figures.killed, figures.wounded)
        for n in (share.low, share.best, share.high)
    )
