"""The command line: a command for each verb. Results go to standard output, messages to standard
error.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from sayso.cli import linking, reading, sending, serving, showing
from sayso.cli.shared import WRONG_USE, app, err
from sayso.errors import SaysoError

__all__ = ["app", "linking", "main", "reading", "sending", "serving", "showing"]


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"sayso {version('sayso')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version of sayso and stop.",
        ),
    ] = False,
) -> None:
    """Options of sayso itself; the help of the application stands above them."""


def main() -> None:
    """Runs the command line; an error is one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that cannot print é still shows the rest
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except SaysoError as error:
        err.print(f"error: {error}", markup=False, soft_wrap=True)
        sys.exit(WRONG_USE)
