"""What a record holds: show, forecasts, sources, decisions, verify; and settle."""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from datetime import date
from typing import Annotated

import typer

from sayso.cli.shared import (
    OK,
    SOME_SKIPPED,
    AsOf,
    FindFormat,
    Lexicons,
    RecordPath,
    ShowFormat,
    app,
    day_of,
    err,
    login_name,
    out,
)
from sayso.language.lexicon import load_lexicon
from sayso.link.directory import directory
from sayso.model import Claim, Effect, EventType, Forecast, Kind, Outcome, Status
from sayso.pipeline import reviewed
from sayso.present.claims import claims_jsonl, claims_table
from sayso.present.decisions import decisions_jsonl, decisions_table, taken_back
from sayso.present.forecasts import (
    claimants_and_outlets,
    forecasts_jsonl,
    forecasts_table,
    track_record_table,
)
from sayso.present.sheet import claims_csv
from sayso.present.sources import sources_jsonl, sources_table
from sayso.review.track_record import State, standings
from sayso.store import Filter, Record
from sayso.view import contents, standing_claims


@app.command()
def show(
    record: RecordPath,
    kind: Annotated[Kind | None, typer.Option(help="Only claims of this kind.")] = None,
    effect: Annotated[
        Effect | None, typer.Option(help="Only what happened to the people counted.")
    ] = None,
    status: Annotated[Status | None, typer.Option(help="Only who is counted.")] = None,
    type: Annotated[
        EventType | None,
        typer.Option(help="Only events of this PLOVER type.", case_sensitive=False),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Only with these words in a claimant's or publisher's name.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Only with these words in the place.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only what covers this day or later (YYYY-MM-DD).")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Only what covers this day or earlier (YYYY-MM-DD).")
    ] = None,
    text: Annotated[str | None, typer.Option(help="Only with these words in the sentence.")] = None,
    as_of: AsOf = None,
    format: Annotated[ShowFormat, typer.Option(help="How to print the claims.")] = ShowFormat.table,
) -> None:
    """Print the claims in a record that pass every filter given."""
    wanted = Filter(
        kind,
        effect,
        status,
        type,
        source,
        place,
        day_of(since, "--since"),
        day_of(until, "--until"),
        text,
        day_of(as_of, "--as-of"),
    )
    with Record(record, create=False) as opened:
        claims = standing_claims(opened, wanted)
        if format is ShowFormat.table:
            console = out()
            console.print(claims_table(list(claims), console.width))
        else:
            for line in claims_csv(claims) if format is ShowFormat.csv else claims_jsonl(claims):
                sys.stdout.write(line)


@app.command()
def forecasts(
    record: RecordPath,
    state: Annotated[
        State | None, typer.Option(help="Only those that are due, open or settled.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Only with these words in a claimant's or publisher's name.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(help="The state on this day (YYYY-MM-DD); today if not given."),
    ] = None,
    format: Annotated[
        FindFormat,
        typer.Option(help="A table with the track record, or one JSON object per forecast."),
    ] = FindFormat.table,
) -> None:
    """List what is expected by its horizon: due (the horizon has passed), open, settled."""
    today = day_of(as_of, "--as-of") or date.today()
    with Record(record, create=False) as opened:
        found = [
            c
            for c in standing_claims(opened, Filter(kind="forecast", source=source))
            if isinstance(c, Forecast)
        ]
        standing = standings(found, reviewed(opened).judgements, today)
        publishers = {r.id: r.publisher for r in opened.reports()}
    shown = [s for s in standing if state is None or s.state is state]
    if format is FindFormat.jsonl:
        for line in forecasts_jsonl(shown):
            sys.stdout.write(line)
        return
    console = out()
    console.print(forecasts_table(shown))
    for records, heading in zip(
        claimants_and_outlets(standing, publishers), ("claimant", "outlet"), strict=True
    ):
        if records:
            console.print()
            console.print(track_record_table(records, heading))
    states = Counter(s.state for s in standing)
    err.print(" · ".join(f"{states[s]} {s.value}" for s in State), style="dim")
    if shown:
        err.print(
            f"Settle one: sayso settle {record} {shown[0].forecast.id[:8]} --outcome "
            f'came-true --because "…" --source URL',
            style="dim",
            markup=False,
            soft_wrap=True,
        )


@app.command()
def sources(
    record: RecordPath,
    lexicon: Lexicons = None,
    text: Annotated[
        str | None, typer.Option(help="Only with these words in one of its names.")
    ] = None,
    format: Annotated[
        FindFormat, typer.Option(help="A table, or one JSON object per source.")
    ] = FindFormat.table,
) -> None:
    """List every claimant and publisher: its type and names, how often it is cited and by whom, and
    what is said of it.
    """
    with Record(record, create=False) as opened:
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in standing_claims(opened, Filter()):
            claims[claim.report].append(claim)
        entries = directory(
            ((r, claims[r.id]) for r in opened.reports()), load_lexicon(*(lexicon or ())).sources
        )
    shown = [
        e
        for e in entries
        if text is None or any(text.lower() in name.lower() for name in (e.name, *e.also))
    ]
    if format is FindFormat.jsonl:
        for line in sources_jsonl(shown):
            sys.stdout.write(line)
    else:
        out().print(sources_table(shown))


@app.command()
def settle(
    forecast: Annotated[
        list[str],
        typer.Argument(
            metavar="[RECORD] ID",
            help="The record, unless SAYSO_RECORD names it, and the forecast's id.",
        ),
    ],
    outcome: Annotated[Outcome, typer.Option(help="What became of the forecast.")],
    because: Annotated[str, typer.Option(help="The reason, in a sentence.")],
    source: Annotated[str, typer.Option(help="The address of what shows it.")],
    who: Annotated[
        str | None, typer.Option(help="Who decides; your login name if not given.")
    ] = None,
) -> None:
    """Say what became of a forecast. The judgement is added, with who made it and when; earlier
    ones stay.
    """
    *named, claim = forecast
    record = (
        named[0] if len(named) == 1 else os.environ.get("SAYSO_RECORD", "") if not named else ""
    )
    if not record:
        raise typer.BadParameter(
            "expected the record and the forecast's id, as in: sayso settle afghanistan.db "
            "3f0c9d21 --outcome …"
        )
    who = who if who is not None else login_name("--who")
    for option, words in (("--because", because), ("--source", source), ("--who", who)):
        if not words.strip():
            raise typer.BadParameter(
                "it is empty; a judgement needs a reason, a source, and somebody who decides",
                param_hint=option,
            )
    with Record(record, create=False) as opened:
        judgement = opened.settle(claim, outcome, because, source, who)
    print(
        f"{judgement.claim[:8]} {judgement.outcome.value}, says {judgement.who} on "
        f"{judgement.at:%Y-%m-%d}: {judgement.because} ({judgement.source})"
    )


@app.command()
def decisions(
    record: RecordPath,
    orphaned: Annotated[
        bool, typer.Option("--lost", help="Only those that no longer fit the record.")
    ] = False,
    format: Annotated[
        FindFormat, typer.Option(help="A table, or one JSON object per decision.")
    ] = FindFormat.table,
) -> None:
    """List people's decisions about a record, in the order in which they were made, and those that
    no longer fit.
    """
    with Record(record, create=False) as opened:
        made = opened.decisions()
        orphans = contents(opened).reviewed.orphaned
    reasons = {entry.decision.id: entry.reason for entry in orphans}
    shown = [d for d in made if not orphaned or d.id in reasons]
    if format is FindFormat.jsonl:
        for line in decisions_jsonl(shown, reasons):
            sys.stdout.write(line)
        return
    out().print(decisions_table(shown, taken_back(made), reasons))
    err.print(
        f"{len(made):,} decisions, {len(reasons):,} of them no longer fit",
        style="dim",
        highlight=False,
    )


@app.command()
def verify(record: RecordPath) -> None:
    """Check every span against its report's words and hash, and every reference; say what is
    wrong.
    """
    with Record(record, create=False) as opened:
        faults = list(opened.verify())
        reports, claims = opened.size()
    for fault in faults:
        print(f"{fault.where}: {fault.what}")
    print(
        f"{reports} reports, {claims} claims: "
        f"{f'{len(faults)} faults' if faults else 'every span and reference holds'}"
    )
    raise typer.Exit(SOME_SKIPPED if faults else OK)
