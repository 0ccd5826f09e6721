"""What the commands share: the application, consoles, options, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sayso.ingest.read import read as read_reports
from sayso.model import Report, Skipped
from sayso.pipeline import Settings

OK, SOME_SKIPPED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=(
        "Reads reports about an armed conflict; records what they claim, who says so, and where "
        "they disagree."
    ),
)
err = Console(stderr=True, highlight=False)

Reports = Annotated[
    list[str], typer.Argument(help="Files (.txt, .html, .jsonl), folders, or - for standard input.")
]
RecordPath = Annotated[
    str, typer.Argument(metavar="RECORD", help="A record made by: sayso read REPORTS --into RECORD")
]
Lexicons = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", help="A TOML file with words of your own; may be repeated."),
]
Published = Annotated[
    str | None, typer.Option("--published", help="The date of reports that give none (YYYY-MM-DD).")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="What the record would have said on this day (YYYY-MM-DD)."),
]
Pipeline = Annotated[
    str | None, typer.Option("--pipeline", help="Another installed English spaCy pipeline.")
]


class FindFormat(StrEnum):
    jsonl = "jsonl"
    table = "table"


class ShowFormat(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"


def settings_of(lexicons: list[Path] | None, pipeline: str | None) -> Settings:
    default = Settings()
    return Settings(tuple(lexicons or ()), pipeline or default.pipeline)


def dated(reports: list[str], published: str | None) -> Iterator[Report | Skipped]:
    """Reads the reports, and dates those that give no date."""
    day = day_of(published, "--published")
    for item in read_reports(reports):
        yield (
            replace(item, published=day)
            if isinstance(item, Report) and item.published is None
            else item
        )


def out() -> Console:
    """A console as wide as the terminal; wide enough for a table when there is none."""
    return Console(
        highlight=False,
        markup=False,
        width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160,
    )


def print_skipped(skipped: Iterable[Skipped]) -> int:
    """Prints what was skipped; returns the exit code that follows from it."""
    code = OK
    for s in skipped:
        err.print(
            f"{'error' if s.error else 'skipped'}: {s.where}: {s.reason}",
            markup=False,
            soft_wrap=True,
        )
        code = SOME_SKIPPED if s.error else code
    return code


def progress_bar() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=err, disable=not err.is_terminal)


def login_name(option: str) -> str:
    """The login name. Raises BadParameter if it has none, so that the option has to give it."""
    try:
        return getuser()
    except (KeyError, OSError) as error:  # a login without a name, as in some containers
        raise typer.BadParameter(
            "your login has no name; say who decides", param_hint=option
        ) from error


def day_of(value: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise typer.BadParameter(
            f"{value!r} is not a date; expected YYYY-MM-DD", param_hint=option
        ) from error
