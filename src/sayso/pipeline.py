"""The main path: reports in, a record of what they claim, linked, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sayso.errors import SaysoError
from sayso.find import find_claims
from sayso.ingest.parse import PIPELINE, parse
from sayso.language.gazetteer import Gazetteer
from sayso.language.lexicon import Lexicon, load_lexicon
from sayso.link import link_incidents, link_series, relate
from sayso.link.copies import copied_claims, find_copies
from sayso.link.origins import find_origins
from sayso.model import KINDS, Claim, Report, Skipped
from sayso.model.links import Linked
from sayso.model.parsed import Parsed
from sayso.review import Reviewed, apply
from sayso.store import Record

# Reports are parsed so many at a time: the parser is faster on many sentences, and memory does not
# grow with a reading.
BATCH = 64
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to find: the user's lexicon files, the English pipeline by package name, and which kinds
    of claims.
    """

    lexicons: tuple[Path, ...] = ()
    pipeline: str = PIPELINE
    kinds: frozenset[str] = KINDS


@dataclass(frozen=True, slots=True)
class Found:
    """A report and its claims."""

    report: Report
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A report that a record holds already: nothing is found in it again."""

    report: Report


def find_in(
    items: Iterable[Report | T], settings: Settings | None = None
) -> Iterator[Found | Skipped | T]:
    """The claims of each report, in the order of the items; whatever is no report (`Skipped`)
    passes through.

    A report on which finding fails comes out as `Skipped`, and the rest goes on. Raises
    LexiconError or SaysoError before the first report when the settings cannot be used.
    """
    settings = settings or Settings()
    lexicon, gazetteer = load_lexicon(*settings.lexicons), Gazetteer()
    for batch in _batches(items):
        parsed = parse(
            (i for i in batch if isinstance(i, Report)), lexicon.is_common, settings.pipeline
        )
        for item in batch:
            yield (
                _found(next(parsed), lexicon, gazetteer, settings.kinds)
                if isinstance(item, Report)
                else item
            )


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch


def _found(
    parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer, kinds: frozenset[str]
) -> Found | Skipped:
    try:
        report, claims = find_claims(parsed, lexicon, gazetteer, kinds)
    except Exception as error:  # noqa: BLE001 - a fault of ours, whatever it is: shown, and the rest of the batch goes on
        reason = (
            f"sayso failed on it ({type(error).__name__}: {error}); please report this to its "
            f"makers"
        )
        return Skipped(parsed.report.id, reason, error=True)
    return Found(report, tuple(claims))


def find(
    text: str, published: date | str | None = None, title: str = "", publisher: str | None = None
) -> list[Claim]:
    """The claims of one text, of every kind, by place.

    `published` (a date, or "YYYY-MM-DD") is what "Thursday" and "last week" are counted from.
    Raises SaysoError for a date that is none. Offsets are code points into `title` or `text`, as
    each claim's `part` says.

    >>> claims = find("Two men were killed, police said.", published="2014-10-24")
    >>> [c.count.low for c in claims if c.kind == "toll"]
    [2]
    """
    try:
        day = date.fromisoformat(published) if isinstance(published, str) else published
    except ValueError as error:
        raise SaysoError(f"{published!r} is no date; expected YYYY-MM-DD") from error
    report = Report(id="text", text=text, title=title, publisher=publisher, published=day)
    return [
        claim for found in find_in([report]) if isinstance(found, Found) for claim in found.claims
    ]


def read_into(
    record: Record, items: Iterable[Report | Skipped], settings: Settings | None = None
) -> Iterator[Found | Known | Skipped]:
    """Stores each report with its claims, and yields it; a report already there comes back as
    `Known`.

    One transaction a report, so that what was stored before an interruption stays and a second
    run goes on from there.
    """
    new: Iterator[Report | Known | Skipped] = (
        Known(item) if isinstance(item, Report) and record.has(item) else item for item in items
    )
    results: Iterator[Found | Known | Skipped] = find_in(new, settings)
    for found in results:
        if isinstance(found, Found):
            record.add(found.report, found.claims)
        yield found


def renew(record: Record, settings: Settings | None = None) -> Iterator[tuple[int, int] | Skipped]:
    """Finds the claims of every report in the record again; for each, how many claims are new, and
    how many gone.
    """
    for found in find_in(list(record.reports()), settings):
        yield record.renew(found.report, found.claims) if isinstance(found, Found) else found


def link_claims(
    reports: Sequence[Report], claims: Sequence[Claim], lexicons: Sequence[Path] = ()
) -> Linked:
    """Copies, independent origins, incidents, series, and the links between claims, of the reports
    and their claims.

    The same reports and claims give the same, in whatever order they were read. Raises
    LexiconError.
    """
    reports = sorted(reports, key=lambda r: (r.published is None, r.published or date.max, r.id))
    known = load_lexicon(*lexicons).sources
    copies = find_copies(reports, known)
    copied = copied_claims(reports, claims, copies)
    origin = find_origins(reports, claims, copies, copied, known)
    incidents, pairs = link_incidents(reports, claims, origin)
    series = link_series(reports, claims, origin)
    links = relate(
        incidents, series, {c.id: c for c in claims}, origin, {r.id: r.published for r in reports}
    )
    return Linked(copies, pairs, incidents, series, (*copied, *links), origin)


def reviewed(record: Record) -> Reviewed:
    """Every claim of a record as people decided that it is; what no longer fits; what became of
    forecasts.
    """
    decisions = record.decisions()
    hashes = {r.id: r.hash for r in record.reports()} if decisions else {}
    return apply({c.id: c for c in record.claims()}, hashes, decisions)


def link(record: Record, lexicons: Sequence[Path] = ()) -> None:
    """Links the claims of a record, without those that people rejected, and stores what that gives.

    Decisions about incidents and series stand above it: `sayso.view.contents` gives both together.
    Raises as `Record` and `link_claims` do.
    """
    claims = list(reviewed(record).claims.values())
    record.put_links(link_claims(list(record.reports()), claims, lexicons))
