"""The command line: one command a verb. Results go to standard output, messages to standard error."""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from getpass import getuser
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sayso import forecasts as outlook
from sayso import sources as directory
from sayso import tables
from sayso.errors import SaysoError
from sayso.lexicon import load_lexicon
from sayso.model import Claim, Effect, EventType, Forecast, Kind, Outcome, Report, Skipped, Status
from sayso.pipeline import Found, Settings, find_in, read_into
from sayso.pipeline import renew as renew_claims
from sayso.read import expected
from sayso.read import read as read_reports
from sayso.store import Filter, Record
from sayso.summary import summary

OK, SOME_SKIPPED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reads reports about an armed conflict; records what they claim, and who says so.",
)
_err = Console(stderr=True, highlight=False)

Reports = Annotated[list[str], typer.Argument(help="Files (.txt, .html, .jsonl), folders, or - for standard input.")]
RecordPath = Annotated[str, typer.Argument(metavar="RECORD", help="A record made by: sayso read REPORTS --into RECORD")]
Lexicons = Annotated[list[Path] | None, typer.Option("--lexicon", help="A TOML file with words of your own; may be repeated.")]
Published = Annotated[str | None, typer.Option("--published", help="The date of reports that tell none (YYYY-MM-DD).")]
Pipeline = Annotated[str | None, typer.Option("--pipeline", help="Another installed English spaCy pipeline.")]


class FindFormat(StrEnum):
    jsonl = "jsonl"
    table = "table"


class ShowFormat(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"


def _settings(lexicons: list[Path] | None, pipeline: str | None) -> Settings:
    default = Settings()
    return Settings(tuple(lexicons or ()), pipeline or default.pipeline)


def _dated(reports: list[str], published: str | None) -> Iterator[Report | Skipped]:
    """What is read, with the day given to reports that tell none."""
    day = _day(published, "--published")
    for item in read_reports(reports):
        yield replace(item, published=day) if isinstance(item, Report) and item.published is None else item


def _out() -> Console:
    """A console as wide as the terminal; wide enough for a table when there is none."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160)


def _tell_skipped(skipped: Iterable[Skipped]) -> int:
    """Prints what was left out; the exit code that follows from it."""
    code = OK
    for s in skipped:
        _err.print(f"{'error' if s.error else 'skipped'}: {s.where}: {s.reason}", markup=False, soft_wrap=True)
        code = SOME_SKIPPED if s.error else code
    return code


@app.command()
def find(
    reports: Reports,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only claims of this kind; may be repeated.")] = None,
    format: Annotated[FindFormat, typer.Option(help="One JSON object a claim, or a table.")] = FindFormat.jsonl,  # noqa: A002
    published: Published = None,
    lexicon: Lexicons = None,
    pipeline: Pipeline = None,
) -> None:
    """Print the claims in REPORTS without storing them."""
    skipped: list[Skipped] = []
    settings = _settings(lexicon, pipeline)
    settings = replace(settings, kinds=frozenset(kind)) if kind else settings

    def claims() -> Iterator[Claim]:
        for found in find_in(_dated(reports, published), settings):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                yield from found.claims

    if format is FindFormat.table:
        _out().print(tables.as_table(list(claims())))
    else:
        for line in tables.as_jsonl(claims()):
            sys.stdout.write(line)
    raise typer.Exit(_tell_skipped(skipped))


@app.command()
def read(
    reports: Reports,
    into: Annotated[str, typer.Option("--into", help="The record: a file, made if it is not there, or a database URL.")],
    published: Published = None,
    lexicon: Lexicons = None,
    pipeline: Pipeline = None,
) -> None:
    """Read REPORTS into a record; reading again adds nothing twice."""
    skipped: list[Skipped] = []
    new: list[Claim] = []
    added = known = 0
    with Record(into) as record, _progress() as progress:
        task = progress.add_task("Reading", total=expected(reports))
        try:
            for found in read_into(record, _dated(reports, published), _settings(lexicon, pipeline)):
                progress.advance(task)
                if isinstance(found, Skipped):
                    skipped.append(found)
                elif isinstance(found, Found):
                    added += 1
                    new += found.claims
                else:
                    known += 1
        except KeyboardInterrupt:
            _err.print(f"interrupted; {_told(added, known, skipped)}: that is in the record, read again to go on")
            raise typer.Exit(INTERRUPTED) from None
    _err.print(_told(added, known, skipped), highlight=False)
    code = _tell_skipped(skipped)
    if new:
        _out().print(summary(new))
    _err.print(
        f"See the words: sayso show {into}   What is expected: sayso forecasts {into}   Check it: sayso verify {into}",
        style="dim", markup=False, soft_wrap=True,
    )  # fmt: skip
    raise typer.Exit(code)


@app.command()
def renew(record: RecordPath, lexicon: Lexicons = None, pipeline: Pipeline = None) -> None:
    """Find the claims anew in the reports that a record holds, after sayso or your words have changed."""
    skipped: list[Skipped] = []
    new = gone = 0
    with Record(record, create=False) as opened, _progress() as progress:
        task = progress.add_task("Renewing", total=opened.size()[0])
        for changed in renew_claims(opened, _settings(lexicon, pipeline)):
            progress.advance(task)
            if isinstance(changed, Skipped):
                skipped.append(changed)
            else:
                new, gone = new + changed[0], gone + changed[1]
        known = {c.id for c in opened.claims()}
        lost = [j for judgements in opened.judgements().values() for j in judgements if j.claim not in known]
    _err.print(f"{new} claims are new, {gone} are gone", highlight=False)
    for j in lost:
        print(f"judged {j.outcome.value} by {j.who}, but no longer found: claim {j.claim} ({j.because})")
    raise typer.Exit(_tell_skipped(skipped))


def _told(added: int, known: int, skipped: list[Skipped]) -> str:
    parts = [f"{added} report{'s' * (added != 1)} read"]
    if known:
        parts.append(f"{known} already in the record")
    if skipped:
        parts.append(f"{len(skipped)} skipped")
    return ", ".join(parts)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=_err, disable=not _err.is_terminal)


def _day(value: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no date; expected YYYY-MM-DD", param_hint=option) from error


@app.command()
def show(
    record: RecordPath,
    kind: Annotated[Kind | None, typer.Option(help="Only claims of this kind.")] = None,
    effect: Annotated[Effect | None, typer.Option(help="Only what happened to the people counted.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only who is counted.")] = None,
    type: Annotated[EventType | None, typer.Option(help="Only events of this PLOVER type.", case_sensitive=False)] = None,  # noqa: A002
    source: Annotated[str | None, typer.Option(help="Only with these words in a claimant's or publisher's name.")] = None,
    place: Annotated[str | None, typer.Option(help="Only with these words in the place.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what covers this day or later (YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Only what covers this day or earlier (YYYY-MM-DD).")] = None,
    text: Annotated[str | None, typer.Option(help="Only with these words in the sentence.")] = None,
    format: Annotated[ShowFormat, typer.Option(help="How to print the claims.")] = ShowFormat.table,  # noqa: A002
) -> None:
    """Print the claims in a record that pass every filter given."""
    wanted = Filter(kind, effect, status, type, source, place, _day(since, "--since"), _day(until, "--until"), text)
    with Record(record, create=False) as opened:
        claims = opened.claims(wanted)
        if format is ShowFormat.table:
            _out().print(tables.as_table(list(claims)))
        else:
            for line in tables.as_csv(claims) if format is ShowFormat.csv else tables.as_jsonl(claims):
                sys.stdout.write(line)


@app.command()
def forecasts(
    record: RecordPath,
    state: Annotated[outlook.State | None, typer.Option(help="Only those that are due, open or settled.")] = None,
    source: Annotated[str | None, typer.Option(help="Only with these words in a claimant's or publisher's name.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day on which they stand so (YYYY-MM-DD); today if not given.")] = None,
    format: Annotated[FindFormat, typer.Option(help="A table with the track record, or one JSON object a forecast.")] = FindFormat.table,  # noqa: A002
) -> None:
    """List what is expected by its horizon: due (the horizon has passed), open, settled."""
    today = _day(as_of, "--as-of") or date.today()
    with Record(record, create=False) as opened:
        found = [c for c in opened.claims(Filter(kind="forecast", source=source)) if isinstance(c, Forecast)]
        standing = outlook.standings(found, opened.judgements(), today)
        publishers = {r.id: r.publisher for r in opened.reports()}
    shown = [s for s in standing if state is None or s.state is state]
    if format is FindFormat.jsonl:
        for line in outlook.as_jsonl(shown):
            sys.stdout.write(line)
        return
    out = _out()
    out.print(outlook.as_table(shown))
    for records, heading in zip(outlook.track_records(standing, publishers), ("claimant", "outlet"), strict=True):
        if records:
            out.print()
            out.print(outlook.as_record_table(records, heading))
    states = Counter(s.state for s in standing)
    _err.print(" · ".join(f"{states[s]} {s.value}" for s in outlook.State), style="dim")
    if shown:
        _err.print(
            f"Settle one: sayso settle {record} {shown[0].forecast.id[:8]} --outcome came-true --because \"…\" --source URL",
            style="dim", markup=False, soft_wrap=True,
        )  # fmt: skip


@app.command()
def sources(
    record: RecordPath,
    lexicon: Lexicons = None,
    text: Annotated[str | None, typer.Option(help="Only with these words in one of its names.")] = None,
    format: Annotated[FindFormat, typer.Option(help="A table, or one JSON object a source.")] = FindFormat.table,  # noqa: A002
) -> None:
    """List every claimant and publisher: its type and names, how often it is cited, by whom, what is said of it."""
    with Record(record, create=False) as opened:
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in opened.claims():
            claims[claim.report].append(claim)
        entries = directory.directory(((r, claims[r.id]) for r in opened.reports()), load_lexicon(*(lexicon or ())).sources)
    shown = [e for e in entries if text is None or any(text.lower() in name.lower() for name in (e.name, *e.also))]
    if format is FindFormat.jsonl:
        for line in directory.as_jsonl(shown):
            sys.stdout.write(line)
    else:
        _out().print(directory.as_table(shown))


@app.command()
def settle(
    forecast: Annotated[
        list[str], typer.Argument(metavar="[RECORD] ID", help="The record, unless SAYSO_RECORD names it, and the forecast's id.")
    ],
    outcome: Annotated[Outcome, typer.Option(help="What became of the forecast.")],
    because: Annotated[str, typer.Option(help="The reason, in a sentence.")],
    source: Annotated[str, typer.Option(help="The address of what shows it.")],
    who: Annotated[str | None, typer.Option(help="Who decides; your login name if not given.")] = None,
) -> None:
    """Say what became of a forecast. A judgement is added with who and when; earlier ones stay."""
    *named, claim = forecast
    record = named[0] if len(named) == 1 else os.environ.get("SAYSO_RECORD", "") if not named else ""
    if not record:
        raise typer.BadParameter("expected the record and the forecast's id, as in: sayso settle afghanistan.db 3f0c9d21 --outcome …")
    who = who if who is not None else _login()
    for option, words in (("--because", because), ("--source", source), ("--who", who)):
        if not words.strip():
            raise typer.BadParameter("it is empty; a judgement needs its reason, what shows it, and who decides", param_hint=option)
    with Record(record, create=False) as opened:
        judgement = opened.settle(claim, outcome, because, source, who)
    print(
        f"{judgement.claim[:8]} {judgement.outcome.value}, says {judgement.who} on {judgement.at:%Y-%m-%d}: {judgement.because} ({judgement.source})"
    )


def _login() -> str:
    try:
        return getuser()
    except (KeyError, OSError) as error:  # an account without a name, as in some containers
        raise typer.BadParameter("your login has no name; say who decides", param_hint="--who") from error


@app.command()
def verify(record: RecordPath) -> None:
    """Check every span against its report's words and hash, and every reference; say what is wrong."""
    with Record(record, create=False) as opened:
        faults = list(opened.verify())
        reports, claims = opened.size()
    for fault in faults:
        print(f"{fault.where}: {fault.what}")
    print(f"{reports} reports, {claims} claims: {f'{len(faults)} faults' if faults else 'every span and reference holds'}")
    raise typer.Exit(SOME_SKIPPED if faults else OK)


def main() -> None:
    """Runs the command line; whatever goes wrong is one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no é still shows the rest
    try:
        app()
    except SaysoError as error:
        _err.print(f"error: {error}", markup=False, soft_wrap=True)
        sys.exit(WRONG_USE)
