"""Reports in: find, read, renew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
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
    progress_bar,
    settings_of,
    tell_skipped,
)
from sayso.ingest.read import expected
from sayso.model import Claim, Kind, Skipped
from sayso.model.links import Linked
from sayso.pipeline import Found, find_in, read_into
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
        FindFormat, typer.Option(help="One JSON object a claim, or a table.")
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
        out().print(claims_table(list(claims())))
    else:
        for line in claims_jsonl(claims()):
            sys.stdout.write(line)
    raise typer.Exit(tell_skipped(skipped))


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
    skipped: list[Skipped] = []
    new: list[Claim] = []
    added = known = 0
    with Record(into) as record, progress_bar() as progress:
        task = progress.add_task("Reading", total=expected(reports))
        try:
            for found in read_into(
                record, dated(reports, published), settings_of(lexicon, pipeline)
            ):
                progress.advance(task)
                if isinstance(found, Skipped):
                    skipped.append(found)
                elif isinstance(found, Found):
                    added += 1
                    new += found.claims
                else:
                    known += 1
        except KeyboardInterrupt:
            err.print(
                f"interrupted; {_told(added, known, skipped)}: that is in the record, read "
                f"again to go on"
            )
            raise typer.Exit(INTERRUPTED) from None
    err.print(_told(added, known, skipped), highlight=False)
    code = tell_skipped(skipped)
    linked = _linked(into, lexicon) if link else Linked()
    if new:
        out().print(summary(new, linked))
    commands = {
        "Open it": "serve",
        "See the words": "show",
        "What does not fit": "check",
        "Figures under a rule": "code",
        "What is expected": "forecasts",
    }
    err.print(
        "   ".join(f"{what}: sayso {verb} {into}" for what, verb in commands.items()),
        style="dim",
        markup=False,
        soft_wrap=True,
    )
    raise typer.Exit(code)


def _linked(into: str, lexicon: list[Path] | None) -> Linked:
    """The record's claims as they are linked; linked now if some were not."""
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
    """Find the claims anew in the reports that a record holds, after sayso or your words have
    changed.
    """
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
    raise typer.Exit(tell_skipped(skipped))


def _told(added: int, known: int, skipped: list[Skipped]) -> str:
    parts = [f"{added} report{'s' * (added != 1)} read"]
    if known:
        parts.append(f"{known} already in the record")
    if skipped:
        parts.append(f"{len(skipped)} skipped")
    return ", ".join(parts)
