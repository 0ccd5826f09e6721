"""Reading reports: find, read, renew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.shared import (
    INTERRUPTED,
    FindFormat,
    Lexicons,
    Pipeline,
    Published,
    RecordPath,
    Reports,
    app,
    dated,
    err,
    out,
    print_skipped,
    progress_bar,
    settings_of,
)
from sayso.ingest.read import expected
from sayso.model import Claim, Kind, Skipped
from sayso.model.links import Linked
from sayso.pipeline import Found, Known, Settings, find_in, read_into
from sayso.pipeline import link as link_record
from sayso.pipeline import renew as renew_claims
from sayso.present.claims import claims_jsonl, claims_table
from sayso.present.decisions import orphaned_words
from sayso.present.summary import summary
from sayso.store import Record
from sayso.view import contents


@app.command()
def find(
    reports: Reports,
    kind: Annotated[
        list[Kind] | None, typer.Option(help="Only claims of this kind; may be repeated.")
    ] = None,
    format: Annotated[
        FindFormat, typer.Option(help="One JSON object per claim, or a table.")
    ] = FindFormat.jsonl,
    published: Published = None,
    lexicon: Lexicons = None,
    pipeline: Pipeline = None,
) -> None:
    """Print the claims in REPORTS without storing them."""
    skipped: list[Skipped] = []
    settings = settings_of(lexicon, pipeline)
    settings = replace(settings, kinds=frozenset(kind)) if kind else settings

    def claims() -> Iterator[Claim]:
        for found in find_in(dated(reports, published), settings):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                yield from found.claims

    if format is FindFormat.table:
        console = out()
        console.print(claims_table(list(claims()), console.width))
    else:
        for line in claims_jsonl(claims()):
            sys.stdout.write(line)
    raise typer.Exit(print_skipped(skipped))


@app.command()
def read(
    reports: Reports,
    into: Annotated[
        str,
        typer.Option(
            "--into", help="The record: a file, made if it is not there, or a database URL."
        ),
    ],
    published: Published = None,
    lexicon: Lexicons = None,
    pipeline: Pipeline = None,
    link: Annotated[
        bool,
        typer.Option(
            "--link/--no-link", help="Whether the record's claims are compared at the end."
        ),
    ] = True,
) -> None:
    """Read REPORTS into a record; reading again adds nothing twice."""
    progress = _read_all(into, reports, published, settings_of(lexicon, pipeline))
    err.print(progress.in_short(), highlight=False)
    code = print_skipped(progress.skipped)
    linked = _linked(into, lexicon) if link else Linked()
    if progress.new:
        out().print(summary(progress.new, linked))
    _print_next_commands(into)
    raise typer.Exit(code)


@dataclass
class _Progress:
    """What has been read so far: how many reports were added and how many the record had already,
    the claims of those added, and what was skipped.
    """

    added: int = 0
    known: int = 0
    new: list[Claim] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, item: Found | Known | Skipped) -> None:
        if isinstance(item, Skipped):
            self.skipped.append(item)
        elif isinstance(item, Found):
            self.added += 1
            self.new += item.claims
        else:
            self.known += 1

    def in_short(self) -> str:
        """The numbers, in a line."""
        parts = [f"{self.added} report{'s' * (self.added != 1)} read"]
        if self.known:
            parts.append(f"{self.known} already in the record")
        if self.skipped:
            parts.append(f"{len(self.skipped)} skipped")
        return ", ".join(parts)


def _read_all(
    into: str, reports: list[str], published: str | None, settings: Settings
) -> _Progress:
    """Reads the reports into the record. Ctrl+C ends the program; what was read stays."""
    progress = _Progress()
    with Record(into) as record, progress_bar() as bar:
        task = bar.add_task("Reading", total=expected(reports))
        try:
            for item in read_into(record, dated(reports, published), settings):
                bar.advance(task)
                progress.add(item)
        except KeyboardInterrupt:
            err.print(
                f"interrupted; {progress.in_short()}: that is in the record, read again to go on"
            )
            raise typer.Exit(INTERRUPTED) from None
    return progress


def _print_next_commands(into: str) -> None:
    commands = {
        "Open it": "serve",
        "See the words": "show",
        "Inconsistencies": "check",
        "Coded figures": "code",
        "Forecasts": "forecasts",
    }
    err.print(
        "   ".join(f"{what}: sayso {verb} {into}" for what, verb in commands.items()),
        style="dim",
        markup=False,
        soft_wrap=True,
    )


def _linked(into: str, lexicon: list[Path] | None) -> Linked:
    """The links of the record's claims; links them first if some are not linked yet."""
    with Record(into) as record:
        try:
            if record.unlinked():
                with err.status("Linking") if err.is_terminal else nullcontext():
                    link_record(record, tuple(lexicon or ()))
            return contents(record).linked
        except KeyboardInterrupt:
            err.print(
                f"interrupted; what was read is in the record, link it with: sayso link {into}",
                soft_wrap=True,
            )
            raise typer.Exit(INTERRUPTED) from None


@app.command()
def renew(record: RecordPath, lexicon: Lexicons = None, pipeline: Pipeline = None) -> None:
    """Find the claims again in a record's reports, after sayso or your lexicon has changed."""
    skipped: list[Skipped] = []
    new = gone = 0
    with Record(record, create=False) as opened, progress_bar() as progress:
        task = progress.add_task("Renewing", total=opened.size()[0])
        for changed in renew_claims(opened, settings_of(lexicon, pipeline)):
            progress.advance(task)
            if isinstance(changed, Skipped):
                skipped.append(changed)
            else:
                new, gone = new + changed[0], gone + changed[1]
    err.print(f"{new} claims are new, {gone} are gone", highlight=False)
    _linked(record, lexicon)
    with Record(record, create=False) as opened:
        for orphaned in contents(opened).reviewed.orphaned:
            print(orphaned_words(orphaned))
    raise typer.Exit(print_skipped(skipped))
