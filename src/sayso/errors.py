"""Everything that sayso itself can raise.

    SaysoError                    any of the below; its text is one line for a person
    ├── ReadError                 a source of reports cannot be read; `where` names it
    ├── LexiconError              a lexicon file is not as expected
    ├── RecordError               a record cannot be opened, read or written
    │   └── RecordVersionError    a record written by a newer sayso
    ├── SpanError                 a span whose words are not the words at its offsets
    ├── PolicyError               a rule for figures that cannot be loaded, or gives no figures
    ├── LinkError                 claims that cannot be compared
    ├── DecisionError             a decision that cannot be made: an invalid value, no such claim
    │   └── ConflictError         somebody else decided in the meantime
    ├── AccountsError             a file of accounts, or an account, that is not as expected
    └── ExportError               an export that cannot be written, or cannot be read back

A message says what happened, what was expected and what to try. Whoever catches
`SaysoError` can show `str(error)` as it is.
"""

from __future__ import annotations


class SaysoError(Exception):
    """The root: its text is one line that a person can act on."""


class ReadError(SaysoError):
    """A file, folder, line or stream that holds no readable report.

    `where` is the place as the user knows it: a path, or a path and a line.
    """

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message


class LexiconError(SaysoError):
    """A lexicon file that is not TOML, or holds a key or a value that is not one of ours."""


class RecordError(SaysoError):
    """A record that cannot be opened, read or written."""


class RecordVersionError(RecordError):
    """A record whose schema is newer than this version of sayso knows."""


class SpanError(SaysoError):
    """A span for which `text[start:end] == quote` does not hold."""


class PolicyError(SaysoError):
    """A policy that is not there, or not as expected: a key, a value, a function."""


class LinkError(SaysoError):
    """The engine that compares claims gave up: for want of memory or of room on the disk."""


class DecisionError(SaysoError):
    """A decision that cannot be made: a field that is not there, a value that cannot be read,
    nothing to decide about.
    """


class ConflictError(DecisionError):
    """A decision about something that somebody decided about after the page was shown; `since` are
    the ids of those decisions.
    """

    def __init__(self, message: str, since: tuple[int, ...]) -> None:
        super().__init__(message)
        self.since = since


class AccountsError(SaysoError):
    """An accounts file that cannot be read or written or is not as expected, or an account that
    cannot be made.
    """


class ExportError(SaysoError):
    """A folder that cannot be written to, or that holds no whole export of ours."""
