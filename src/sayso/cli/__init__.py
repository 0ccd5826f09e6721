"""The command line: one command a verb. Results go to standard output, messages to standard
error.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

from sayso.cli import linking, reading, sending, serving, showing
from sayso.cli.shared import WRONG_USE, app, err
from sayso.errors import SaysoError

__all__ = ["app", "linking", "main", "reading", "sending", "serving", "showing"]


def main() -> None:
    """Runs the command line; whatever goes wrong is one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal that knows no é still shows the rest
    try:
        app()
    except SaysoError as error:
        err.print(f"error: {error}", markup=False, soft_wrap=True)
        sys.exit(WRONG_USE)
