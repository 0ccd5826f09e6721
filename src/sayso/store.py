"""The record: the only place with SQL. SQLite in one file by default, PostgreSQL by URL.

Reports are stored untouched with their hash; claims with every span as words and offsets; who
says so as a chain of rows. One transaction a report: an interrupted reading loses nothing whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sayso.errors import AnchorError, RecordError, RecordVersionError
from sayso.model import Count, Effect, Figure, Report, Scope, Source, SourceType, Span, Status, When, Where

_METADATA = sa.MetaData()


def _span(name: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(f"{name}_text", sa.Text),
        sa.Column(f"{name}_start", sa.Integer),
        sa.Column(f"{name}_end", sa.Integer),
    ]


REPORT = sa.Table(
    "report",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("publisher", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("credit", sa.Text),
    sa.Column("read_at", sa.DateTime, nullable=False),
)
CLAIM = sa.Table(
    "claim",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("report", sa.Text, sa.ForeignKey("report.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    *_span("count"),
    sa.Column("low", sa.BigInteger),
    sa.Column("high", sa.BigInteger),
    sa.Column("approx", sa.Boolean, nullable=False),
    sa.Column("effect", sa.Text, index=True),
    *_span("who"),
    sa.Column("status", sa.Text, nullable=False),
    *_span("by"),
    sa.Column("hedge", sa.Boolean, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("per", sa.Text),
    sa.Column("planned", sa.Boolean, nullable=False),
    sa.Column("part_of", sa.Text, sa.ForeignKey("claim.id", deferrable=True, initially="DEFERRED")),
    sa.Column("when_start", sa.Date, index=True),
    sa.Column("when_end", sa.Date),
    sa.Column("when_text", sa.Text),
    sa.Column("when_precision", sa.Text),
    *_span("where"),
    sa.Column("where_name", sa.Text),
    sa.Column("where_geonames", sa.Integer),
    sa.Column("where_country", sa.Text),
    sa.Column("where_latitude", sa.Float),
    sa.Column("where_longitude", sa.Float),
    sa.Column("where_precision", sa.Text),
)
SOURCE = sa.Table(
    "source",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("type", sa.Text),
    sa.UniqueConstraint("name", "type"),
)
ATTRIBUTION = sa.Table(
    "attribution",
    _METADATA,
    sa.Column("claim", sa.Text, sa.ForeignKey("claim.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("source", sa.Integer, sa.ForeignKey("source.id"), nullable=False, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("party", sa.Boolean, nullable=False),
    sa.Column("text", sa.Text),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
    sa.Column("cue", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims to show; None lets all through. `source`, `place` and `text` are found anywhere
    in the claimant's name, the place's words or name, and the quote, whatever their case. A claim
    passes `since` and `until` when its dates meet that range."""

    kind: str | None = None
    effect: str | None = None
    status: str | None = None
    source: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a record: which report or claim, and what."""

    where: str
    what: str


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
        try:
            url = sa.make_url(self.path) if "://" in self.path else sa.URL.create("sqlite", database=self.path)
            self.path = url.render_as_string(hide_password=True) if "://" in self.path else self.path
            if url.drivername.startswith("sqlite") and url.database and not url.database.startswith("file:"):
                self._check_file(Path(url.database), create)
            self._engine = sa.create_engine(url)
            if self._engine.dialect.name == "sqlite":
                sa.event.listen(self._engine, "connect", _sqlite_settings)
            self._migrate()
        except (SQLAlchemyError, sqlite3.Error, ImportError, ValueError) as error:
            raise RecordError(f"{self.path}: {_reason(error)}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
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
                raise RecordError(f"{path}: no such record; make one with: sayso read REPORTS --into {path}")
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
            raise RecordError(f"{self.path}: a database, but not a record of sayso's; give another name")
        if current is not None and current not in {r.revision for r in script.walk_revisions()}:
            raise RecordVersionError(
                f"{self.path}: written by a newer sayso (schema {current}; this one knows up to {head}); upgrade sayso to open it"
            )
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    # -- writing ----------------------------------------------------------------

    def has(self, report: Report) -> bool:
        """Whether this very report (publisher, title and text) is in the record."""
        with self._engine.connect() as c:
            return c.execute(sa.select(REPORT.c.id).where(REPORT.c.hash == report.hash)).first() is not None

    def add(self, report: Report, claims: Iterable[Figure]) -> bool:
        """Stores a report with its claims in one transaction; False when it was there already.

        A different report that bears an id already taken gets part of its hash added to the id.
        Raises AnchorError before anything is stored when a span does not hold its words, and
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
                c.execute(REPORT.insert().values(_report_row(report, name)))
                if claims:
                    c.execute(CLAIM.insert(), [_claim_row(claim, name) for claim in claims])
                    c.execute(ATTRIBUTION.insert(), [row for claim in claims for row in self._attributions(c, claim)])
        except SQLAlchemyError as error:
            raise RecordError(f"{self.path}: {_reason(error)}") from error
        return True

    def _attributions(self, c: sa.Connection, claim: Figure) -> Iterator[dict[str, Any]]:
        for position, s in enumerate(claim.sources):
            yield {
                "claim": claim.id, "position": position, "source": self._source(c, s.name, s.type), "role": s.role,
                "party": s.party, "text": s.text, "start": s.start, "end": s.end, "cue": s.cue,
            }  # fmt: skip

    def _source(self, c: sa.Connection, name: str | None, kind: SourceType | None) -> int:
        same = sa.and_(SOURCE.c.name.is_not_distinct_from(name), SOURCE.c.type.is_not_distinct_from(kind and kind.value))
        if (found := c.execute(sa.select(SOURCE.c.id).where(same)).scalar()) is not None:
            return int(found)
        key = c.execute(SOURCE.insert().values(name=name, type=kind and kind.value)).inserted_primary_key
        assert key is not None
        return int(key[0])

    # -- reading ----------------------------------------------------------------

    def reports(self) -> Iterator[Report]:
        """Every report, by date and id."""
        with self._engine.connect() as c:
            for row in c.execute(sa.select(REPORT).order_by(REPORT.c.published, REPORT.c.id)):
                yield _report(row)

    def report(self, name: str) -> Report:
        """The report with this id. Raises RecordError when there is none."""
        with self._engine.connect() as c:
            row = c.execute(sa.select(REPORT).where(REPORT.c.id == name)).first()
        if row is None:
            raise RecordError(f"{self.path}: no report {name!r}")
        return _report(row)

    def claims(self, filter: Filter | None = None) -> Iterator[Figure]:  # noqa: A002 - the word users know
        """The claims that pass, by report and place in it; each is checked against its report's words.

        Raises AnchorError for a claim whose words are not at its offsets.
        """
        query = sa.select(CLAIM, REPORT.c.title, REPORT.c.text.label("report_text")).join(REPORT, REPORT.c.id == CLAIM.c.report)
        for condition in _conditions(filter or Filter()):
            query = query.where(condition)
        query = query.order_by(REPORT.c.published, CLAIM.c.report, CLAIM.c.part.desc(), CLAIM.c.count_start)
        with self._engine.connect() as c:
            chains = self._chains(c)
            for row in c.execute(query):
                claim = _claim(row, chains.get(row.id, ()))
                claim.check(Report(id=row.report, title=row.title, text=row.report_text))
                yield claim

    def _chains(self, c: sa.Connection) -> dict[str, tuple[Source, ...]]:
        chains: dict[str, tuple[Source, ...]] = {}
        query = sa.select(ATTRIBUTION, SOURCE.c.name, SOURCE.c.type).join(SOURCE, SOURCE.c.id == ATTRIBUTION.c.source)
        for row in c.execute(query.order_by(ATTRIBUTION.c.claim, ATTRIBUTION.c.position)):
            kind = SourceType(row.type) if row.type else None
            source = Source(row.name, row.role, kind, row.party, row.text, row.start, row.end, row.cue)
            chains[row.claim] = (*chains.get(row.claim, ()), source)
        return chains

    def size(self) -> tuple[int, int]:
        """How many reports and how many claims it holds."""
        with self._engine.connect() as c:
            counts = [c.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in (REPORT, CLAIM)]
        return counts[0], counts[1]

    def verify(self) -> Iterator[Fault]:
        """Everything that does not hold: hashes, spans, and references between rows."""
        with self._engine.connect() as c:
            texts: dict[str, Report] = {}
            for row in c.execute(sa.select(REPORT)):
                report = _report(row)
                texts[report.id] = report
                if report.hash != row.hash:
                    yield Fault(f"report {report.id}", "its words have changed since they were read (hash differs)")
            chains = self._chains(c)
            known = set()
            for row in c.execute(sa.select(CLAIM)):
                known.add(row.id)
                try:
                    claim = _claim(row, chains.get(row.id, ()))
                except ValueError as error:
                    yield Fault(f"claim {row.id}", f"holds a value that is not one of ours ({error})")
                    continue
                if claim.report not in texts:
                    yield Fault(f"claim {claim.id}", f"belongs to report {claim.report}, which is not in the record")
                    continue
                if not claim.sources:
                    yield Fault(f"claim {claim.id}", "has no source; expected at least its publisher")
                try:
                    claim.check(texts[claim.report])
                except AnchorError as error:
                    yield Fault(f"claim {claim.id}", str(error))
                if claim.identified(texts[claim.report].hash).id != claim.id:
                    yield Fault(f"claim {claim.id}", "its report, kind, effect or count is not what it was when found (id differs)")
            for row in c.execute(sa.select(CLAIM.c.id, CLAIM.c.part_of).where(CLAIM.c.part_of.is_not(None))):
                if row.part_of not in known:
                    yield Fault(f"claim {row.id}", f"is part of claim {row.part_of}, which is not in the record")
            sources = set(c.execute(sa.select(SOURCE.c.id)).scalars())
            for row in c.execute(sa.select(ATTRIBUTION.c.claim, ATTRIBUTION.c.source)):
                if row.claim not in known:
                    yield Fault(f"attribution of claim {row.claim}", "the claim is not in the record")
                if row.source not in sources:
                    yield Fault(f"attribution of claim {row.claim}", f"its source {row.source} is not in the record")


def _sqlite_settings(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


def _reason(error: BaseException) -> str:
    """The database's own words, with the likely fix for the common ones."""
    words = str(error.orig) if isinstance(error, DBAPIError) and error.orig else str(error).splitlines()[0]
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


def _conditions(f: Filter) -> Iterator[sa.ColumnElement[bool]]:
    for name in ("kind", "effect", "status"):
        if (value := getattr(f, name)) is not None:
            yield CLAIM.c[name] == value
    if f.text is not None:
        yield CLAIM.c.quote.icontains(f.text, autoescape=True)
    if f.place is not None:
        yield sa.or_(CLAIM.c.where_text.icontains(f.place, autoescape=True), CLAIM.c.where_name.icontains(f.place, autoescape=True))
    if f.since is not None:
        yield CLAIM.c.when_end >= f.since
    if f.until is not None:
        yield CLAIM.c.when_start <= f.until
    if f.source is not None:
        named = sa.select(ATTRIBUTION.c.claim).join(SOURCE, SOURCE.c.id == ATTRIBUTION.c.source)
        yield CLAIM.c.id.in_(named.where(SOURCE.c.name.icontains(f.source, autoescape=True)))


def _report_row(report: Report, name: str) -> dict[str, Any]:
    return {
        "id": name, "hash": report.hash, "publisher": report.publisher, "published": report.published, "title": report.title,
        "text": report.text, "url": report.url, "credit": report.credit, "read_at": datetime.now(UTC).replace(tzinfo=None),
    }  # fmt: skip


def _report(row: Any) -> Report:
    return Report(
        id=row.id, text=row.text, title=row.title, publisher=row.publisher, published=row.published, url=row.url, credit=row.credit
    )


def _span_row(name: str, span: Span | Where | None) -> dict[str, Any]:
    return {f"{name}_text": span and span.text, f"{name}_start": span and span.start, f"{name}_end": span and span.end}


def _claim_row(claim: Figure, report: str) -> dict[str, Any]:
    when, where = claim.when, claim.where
    return {
        "id": claim.id, "report": report, "kind": claim.kind, "part": claim.part,
        "quote": claim.quote, "start": claim.start, "end": claim.end,
        "low": claim.count.low, "high": claim.count.high, "approx": claim.count.approx,
        "effect": claim.effect and claim.effect.value, "status": claim.status.value, "hedge": claim.hedge,
        "scope": claim.scope.value, "per": claim.per, "planned": claim.planned, "part_of": claim.part_of,
        "when_start": when and when.start, "when_end": when and when.end, "when_text": when and when.text,
        "when_precision": when and when.precision,
        "where_name": where and where.name, "where_geonames": where and where.geonames, "where_country": where and where.country,
        "where_latitude": where and where.latitude, "where_longitude": where and where.longitude,
        "where_precision": where and where.precision,
    } | _span_row("count", claim.count) | _span_row("who", claim.who) | _span_row("by", claim.by) | _span_row("where", where)  # fmt: skip


def _claim(row: Any, sources: tuple[Source, ...]) -> Figure:
    def span(name: str) -> Span | None:
        text = getattr(row, f"{name}_text")
        return Span(text, getattr(row, f"{name}_start"), getattr(row, f"{name}_end")) if text is not None else None

    when = When(row.when_start, row.when_end, row.when_text, row.when_precision) if row.when_text is not None else None
    where = None
    if row.where_text is not None:
        where = Where(
            row.where_text, row.where_start, row.where_end, row.where_name, row.where_geonames, row.where_country,
            row.where_latitude, row.where_longitude, row.where_precision,
        )  # fmt: skip
    return Figure(
        id=row.id, report=row.report, kind=row.kind, part=row.part, quote=row.quote, start=row.start, end=row.end,
        count=Count(row.count_text, row.count_start, row.count_end, row.low, row.high, row.approx),
        effect=Effect(row.effect) if row.effect else None, who=span("who"), status=Status(row.status), by=span("by"),
        sources=sources, hedge=row.hedge, scope=Scope(row.scope), per=row.per, planned=row.planned, part_of=row.part_of,
        when=when, where=where,
    )  # fmt: skip
