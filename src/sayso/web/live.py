"""The record behind the pages: read whole when it changes, and written to by decisions."""

from __future__ import annotations

import threading
from datetime import date

from sayso.model.decisions import Decision
from sayso.pipeline import link
from sayso.store import Record
from sayso.web.search import Index
from sayso.web.snapshot import AsLinked, Snapshot


class LiveRecord:
    """One open record with its current snapshot. Safe to use from many threads."""

    def __init__(self, record: Record, today: date | None = None) -> None:
        self._record, self._today = record, today
        self._lock = threading.RLock()
        self._revision: tuple[int, ...] = ()
        self._snapshot: Snapshot | None = None
        self._indexing = threading.Lock()
        self._index: tuple[AsLinked, Index] | None = None

    @property
    def path(self) -> str:
        return self._record.path

    def snapshot(self) -> Snapshot:
        """The record as it stands now, whoever changed it. Raises RecordError where it can no
        longer be read.
        """
        with self._lock:
            revision = self._record.revision()
            today = self._today or date.today()
            if self._snapshot is None or revision[1:] != self._revision[1:]:
                self._snapshot = self._read(today)
            elif revision != self._revision or today != self._snapshot.today:
                self._snapshot = self._snapshot.with_decisions(self._record.decisions(), today)
            self._revision = revision
            return self._snapshot

    def _read(self, today: date) -> Snapshot:
        base = AsLinked(
            {r.id: r for r in self._record.reports()},
            {c.id: c for c in self._record.claims()},
            self._record.linked(),
            self._record.read_times(),
        )
        return Snapshot(base, self._record.decisions(), today)

    def index(self) -> Index:
        """The full-text index of what was read."""
        base = self.snapshot().base
        with self._indexing:  # not the other lock: pages are read while the index is made
            if self._index is None or self._index[0] is not base:
                self._index = base, Index(base.reports.values(), base.claims.values())
            return self._index[1]

    def decide(self, decision: Decision, seen: int | None) -> Decision:
        """Adds a decision. Raises as `Record.decide` does."""
        with self._lock:
            return self._record.decide(decision, seen)

    def link(self) -> None:
        """Compares all claims again."""
        with self._lock:
            link(self._record)
            self._snapshot = None
