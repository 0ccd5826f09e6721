"""A record on disk or at a database: reports and claims in, and out by filter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sayso.errors import RecordError, RecordVersionError
from sayso.model import Claim, Judgement, Outcome, Report, SourceType
from sayso.model.decisions import Act, Decision, Subject, now, reference_to, standing
from sayso.model.links import Linked
from sayso.store import decisions, links
from sayso.store.filters import Filter, conditions
from sayso.store.rows import chains_of, claim_of, claim_row, report_of, report_row
from sayso.store.schema import ATTRIBUTION, CLAIM, REPORT, SOURCE
from sayso.store.verifying import Fault, verify


class Record:
    """A record of reports and their claims, in a SQLite file or at a database URL.

    Opened, it is brought to this version's schema; `create=False` refuses to make a new file.
    Raises RecordError when it cannot be opened or written, RecordVersionError when a newer sayso
    wrote it.

    >>> with Record("afghanistan.db") as record:      # doctest: +SKIP
    ...     for claim in record.claims(Filter(effect="killed")):
    ...         print(claim.count.low, claim.quote)
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self.path = str(path)
        self._counted: tuple[tuple[int, int] | None, tuple[int, ...]] = None, ()
        try:
            url = (
                sa.make_url(self.path)
                if "://" in self.path
                else sa.URL.create("sqlite", database=self.path)
            )
            self.path = (
                url.render_as_string(hide_password=True) if "://" in self.path else self.path
            )
            if (
                url.drivername.startswith("sqlite")
                and url.database
                and not url.database.startswith("file:")
            ):
                self._check_file(Path(url.database), create)
            self._engine = sa.create_engine(url)
            if self._engine.dialect.name == "sqlite":
                sa.event.listen(self._engine, "connect", _sqlite_settings)
            self._migrate()
        except (SQLAlchemyError, sqlite3.Error, ImportError, ValueError) as error:
            raise RecordError(f"{self.path}: {_reason(error)}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections; the record can be opened again."""
        self._engine.dispose()

    @staticmethod
    def _check_file(path: Path, create: bool) -> None:
        if path.is_dir():
            raise RecordError(f"{path}: a folder; expected a record's file")
        if not path.exists():
            if not create:
                raise RecordError(
                    f"{path}: no such record; make one with: sayso read REPORTS --into {path}"
                )
            if not path.parent.exists():
                raise RecordError(f"{path}: its folder {path.parent} does not exist; make it first")
        elif path.stat().st_size and path.open("rb").read(15) != b"SQLite format 3":
            raise RecordError(f"{path}: not a record (no SQLite file)")

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        script = ScriptDirectory.from_config(config)
        head = script.get_current_head()
        with self._engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            tables = set(sa.inspect(connection).get_table_names())
        if current == head:
            return
        if current is None and tables:
            raise RecordError(
                f"{self.path}: a database, but not a record of sayso's; give another name"
            )
        if current is not None and current not in {r.revision for r in script.walk_revisions()}:
            raise RecordVersionError(
                f"{self.path}: written by a newer sayso (schema {current}; this one knows up "
                f"to {head}); upgrade sayso to open it"
            )
        with self._engine.connect() as connection:
            # a changed table is made again there, which its references would forbid
            if connection.dialect.name == "sqlite":
                connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        self._engine.dispose()

    # -- writing ----------------------------------------------------------------

    def has(self, report: Report) -> bool:
        """Whether this very report (publisher, title and text) is in the record."""
        with self._engine.connect() as c:
            return (
                c.execute(sa.select(REPORT.c.id).where(REPORT.c.hash == report.hash)).first()
                is not None
            )

    def add(self, report: Report, claims: Iterable[Claim]) -> bool:
        """Stores a report with its claims in one transaction; False when it was there already.

        A different report that bears an id already taken gets part of its hash added to the id.
        Raises SpanError before anything is stored when a span does not hold its words, and
        RecordError when the record cannot be written.
        """
        claims = list(claims)
        for claim in claims:
            claim.check(report)
        try:
            with self._engine.begin() as c:
                if c.execute(sa.select(REPORT.c.id).where(REPORT.c.hash == report.hash)).first():
                    return False
                name = report.id
                if c.execute(sa.select(REPORT.c.id).where(REPORT.c.id == name)).first():
                    name = f"{name}~{report.hash[:8]}"
                c.execute(
                    REPORT.insert().values(report_row(report) | {"id": name, "read_at": now()})
                )
                self._insert(c, claims, name)
        except SQLAlchemyError as error:
            raise RecordError(f"{self.path}: {_reason(error)}") from error
        return True

    def renew(self, report: Report, claims: Iterable[Claim]) -> tuple[int, int]:
        """Puts these claims in the place of those that the record has of its report; how many are
        new, how many gone.

        A claim found again keeps its id, and with it what was decided about it. Raises as `add`
        does.
        """
        claims = list(claims)
        for claim in claims:
            claim.check(report)
        try:
            with self._engine.begin() as c:
                of_report = sa.select(CLAIM.c.id).where(CLAIM.c.report == report.id)
                before = set(c.execute(of_report).scalars())
                links.clear(c)  # it speaks of claims that may be gone; linking makes it again
                c.execute(ATTRIBUTION.delete().where(ATTRIBUTION.c.claim.in_(of_report)))
                c.execute(CLAIM.delete().where(CLAIM.c.report == report.id))
                c.execute(
                    REPORT.update().where(REPORT.c.id == report.id).values(origin=report.origin)
                )
                self._insert(c, claims, report.id)
        except SQLAlchemyError as error:
            raise RecordError(f"{self.path}: {_reason(error)}") from error
        now = {claim.id for claim in claims}
        return len(now - before), len(before - now)

    def _insert(self, c: sa.Connection, claims: list[Claim], report: str) -> None:
        if claims:
            c.execute(CLAIM.insert(), [claim_row(claim) | {"report": report} for claim in claims])
            c.execute(
                ATTRIBUTION.insert(),
                [row for claim in claims for row in self._attributions(c, claim)],
            )

    def _attributions(self, c: sa.Connection, claim: Claim) -> Iterator[dict[str, Any]]:
        for position, s in enumerate(claim.sources):
            yield {
                "claim": claim.id,
                "position": position,
                "source": self._source(c, s.name, s.type),
                "role": s.role,
                "party": s.party,
                "text": s.text,
                "start": s.start,
                "end": s.end,
                "cue": s.cue,
            }

    def _source(self, c: sa.Connection, name: str | None, kind: SourceType | None) -> int:
        same = sa.and_(
            SOURCE.c.name.is_not_distinct_from(name),
            SOURCE.c.type.is_not_distinct_from(kind and kind.value),
        )
        if (found := c.execute(sa.select(SOURCE.c.id).where(same)).scalar()) is not None:
            return int(found)
        key = c.execute(
            SOURCE.insert().values(name=name, type=kind and kind.value)
        ).inserted_primary_key
        assert key is not None
        return int(key[0])

    def put_links(self, linked: Linked) -> None:
        """Puts what linking gave in the place of the last linking, in one transaction. Raises
        RecordError when it cannot be written.
        """
        try:
            with self._engine.begin() as c:
                links.write(c, linked)
        except SQLAlchemyError as error:
            raise RecordError(f"{self.path}: {_reason(error)}") from error

    def decide(self, decision: Decision, seen: int | None = None) -> Decision:
        """Adds a decision, in one transaction, and gives it its id; earlier ones stay.

        `seen` is the id of the last decision that the person knew of when they decided (None:
        whatever was decided since). Raises ConflictError where somebody decided about the same
        claims after it, DecisionError where there is nothing to undo, and RecordError when the
        record cannot be written.
        """
        try:
            with self._engine.begin() as c:
                return decisions.add(c, decision, seen)
        except SQLAlchemyError as error:
            raise RecordError(f"{self.path}: {_reason(error)}") from error

    def settle(
        self, claim: str, outcome: Outcome, because: str, source: str, who: str
    ) -> Judgement:
        """Adds what became of a forecast; earlier judgements stay, the latest counts.

        `claim` is the forecast's id or an unambiguous beginning of it. Raises RecordError when no
        forecast, or more than one, has it.
        """
        forecast, report_hash = self._forecast(claim)
        decision = Decision(
            subject=Subject.CLAIM,
            act=Act.SETTLE,
            claims=(reference_to(forecast, report_hash),),
            field="outcome",
            value=outcome.value,
            because=because,
            source=source,
            who=who,
            at=now(),
        )
        made = self.decide(decision)
        return Judgement(forecast.id, outcome, because, source, who, made.at)

    def _forecast(self, name: str) -> tuple[Claim, str]:
        """The forecast with this id or beginning of one, and the hash of its report."""
        with self._engine.connect() as c:
            query = sa.select(CLAIM, REPORT.c.hash).join(REPORT, REPORT.c.id == CLAIM.c.report)
            found = list(
                c.execute(query.where(CLAIM.c.id.startswith(name, autoescape=True)).limit(3))
            )
        if len(found) != 1:
            reason = (
                "more than one claim has an id that begins so; give more of it"
                if found
                else "no claim has this id"
            )
            raise RecordError(f"{self.path}: {name!r}: {reason}; `sayso forecasts` lists the ids")
        if found[0].kind != "forecast":
            raise RecordError(
                f"{self.path}: claim {found[0].id} is a {found[0].kind}; only a forecast can "
                f"be settled"
            )
        return claim_of(found[0], ()), found[0].hash

    # -- reading ----------------------------------------------------------------

    def reports(self) -> Iterator[Report]:
        """Every report, by date and id."""
        with self._engine.connect() as c:
            for row in c.execute(sa.select(REPORT).order_by(REPORT.c.published, REPORT.c.id)):
                yield report_of(row)

    def read_times(self) -> dict[str, datetime]:
        """When each report was read, in UTC, by its id."""
        with self._engine.connect() as c:
            return {
                row.id: row.read_at for row in c.execute(sa.select(REPORT.c.id, REPORT.c.read_at))
            }

    def report(self, name: str) -> Report:
        """The report with this id. Raises RecordError when there is none."""
        with self._engine.connect() as c:
            row = c.execute(sa.select(REPORT).where(REPORT.c.id == name)).first()
        if row is None:
            raise RecordError(f"{self.path}: no report {name!r}")
        return report_of(row)

    def claims(self, filter: Filter | None = None) -> Iterator[Claim]:  # noqa: A002 - the word users know
        """The claims that pass, by report and place in it; each is checked against its report's
        words.

        Raises SpanError for a claim whose words are not at its offsets.
        """
        query = sa.select(CLAIM).join(REPORT, REPORT.c.id == CLAIM.c.report)
        for condition in conditions(filter or Filter()):
            query = query.where(condition)
        query = query.order_by(
            REPORT.c.published,
            CLAIM.c.report,
            CLAIM.c.part.desc(),
            CLAIM.c.start,
            CLAIM.c.kind,
            CLAIM.c.count_start,
            CLAIM.c.id,
        )
        report: Report | None = None
        with self._engine.connect() as c:
            chains = chains_of(c)
            for row in c.execute(query):
                # the claims of one report stand together
                if report is None or report.id != row.report:
                    report = report_of(
                        c.execute(sa.select(REPORT).where(REPORT.c.id == row.report)).one()
                    )
                try:
                    claim = claim_of(row, chains.get(row.id, ()))
                except ValueError as error:
                    raise RecordError(
                        f"{self.path}: claim {row.id} is damaged ({error}); `sayso verify` "
                        f"lists all that is wrong"
                    ) from error
                claim.check(report)
                yield claim

    def linked(self) -> Linked:
        """What the last linking gave: copies, incidents, series, links, origins. Empty for a record
        that was never linked.
        """
        with self._engine.connect() as c:
            return links.read(c)

    def unlinked(self) -> int:
        """How many claims were read after the last linking."""
        with self._engine.connect() as c:
            return links.unlinked(c)

    def decisions(self) -> list[Decision]:
        """Every decision that was ever made, undone ones too, oldest first."""
        with self._engine.connect() as c:
            return decisions.read(c)

    def judgements(self) -> dict[str, tuple[Judgement, ...]]:
        """What became of forecasts, by the id of the claim that was settled, in the order of the
        decisions; undone ones are left out.
        """
        found: dict[str, tuple[Judgement, ...]] = {}
        for d in standing(self.decisions()):
            if d.act is Act.SETTLE:
                name = d.claims[0].claim
                found[name] = (
                    *found.get(name, ()),
                    Judgement(name, Outcome(d.value), d.because, d.source or "", d.who, d.at),
                )
        return found

    def revision(self) -> tuple[int, ...]:
        """What changes whenever the record does: the last decision, and how many reports, claims
        and links it holds.

        Counting takes a while in a large record: of a file it is done only when the file has
        changed.
        """
        stamp = self._stamp()
        if stamp is None or stamp != self._counted[0]:
            with self._engine.connect() as c:
                counts = [
                    c.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
                    for t in (REPORT, CLAIM)
                ]
                self._counted = stamp, (decisions.last(c), *counts, *links.size(c))
        return self._counted[1]

    def _stamp(self) -> tuple[int, int] | None:
        """When a record's file last changed, and its size; None where it is no file."""
        database = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not database or database.startswith("file:"):
            return None
        try:
            found = Path(database).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def size(self) -> tuple[int, int]:
        """How many reports and how many claims it holds."""
        with self._engine.connect() as c:
            counts = [
                c.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
                for t in (REPORT, CLAIM)
            ]
        return counts[0], counts[1]

    def verify(self) -> Iterator[Fault]:
        """Everything that does not hold: hashes, spans, and references between rows."""
        with self._engine.connect() as c:
            yield from verify(c)


def _sqlite_settings(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("lower", 1, _lower, deterministic=True)  # its own knows ASCII only


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _reason(error: BaseException) -> str:
    """The database's own words, with the likely fix for the common ones."""
    words = (
        str(error.orig)
        if isinstance(error, DBAPIError) and error.orig
        else str(error).splitlines()[0]
    )
    for sign, advice in (
        ("readonly", "it cannot be written; check its permissions or give another place"),
        ("read-only", "it cannot be written; check its permissions or give another place"),
        ("unable to open", "it cannot be opened; check that its folder exists and can be written"),
        ("disk is full", "the disk is full; free some space and read again, what is stored stays"),
        ("not a database", "not a record (no SQLite file)"),
        ("malformed", "the file is damaged; restore a copy"),
        ("locked", "another program is writing to it; try again when that is done"),
    ):
        if sign in words:
            return advice
    return words.strip().splitlines()[0] if words.strip() else type(error).__name__
