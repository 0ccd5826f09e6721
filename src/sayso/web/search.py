"""Full-text search over everything that was read: an index in memory, the same whatever database
holds the record.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.model import Claim, Report
from sayso.present.wording import what, who_says

# Characters put around a word that was found: no text holds them, since they are removed from what
# is indexed.
OPEN, CLOSE = "\x02", "\x03"
# Up to this many hits are ranked by relevance, more are left in the order of the record: ranking
# them all takes seconds.
_RANKED = 5_000
KINDS = ("claim", "report")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a `report` or a `claim` by its id, with the words around the match, which is
    between `OPEN` and `CLOSE`.
    """

    kind: str
    id: str
    words: str


class Index:
    """SQLite's FTS5 over reports (title and text) and claims (sentence, who is counted or what was
    said, who says so).
    """

    def __init__(self, reports: Iterable[Report], claims: Iterable[Claim]) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._fill("report", ((r.id, _clean(r.title), _clean(r.text)) for r in reports))
        self._fill(
            "claim",
            (
                (c.id, _clean(f"{who_says(c) if c.sources else ''} {what(c)}"), _clean(c.quote))
                for c in claims
            ),
        )

    def _fill(self, kind: str, rows: Iterable[tuple[str, str, str]]) -> None:
        tokens = "unicode61 remove_diacritics 2"
        self._db.execute(
            f"CREATE VIRTUAL TABLE {kind} USING fts5(id UNINDEXED, title, body, tokenize = "
            f'"{tokens}")'
        )
        self._db.executemany(f"INSERT INTO {kind} VALUES (?, ?, ?)", rows)
        self._db.commit()

    def find(self, words: str, kind: str, most: int, start: int = 0) -> tuple[list[Hit], int]:
        """Those of a kind (see KINDS) that hold all the words, the best first, from the one at
        `start`; and how many there are in all.

        Words in quotation marks are a phrase; the last word may be a prefix. Without words nothing
        is found.
        """
        total = self.count(words, kind)
        if not total:
            return [], 0
        query, order = (
            _query(words),
            f"bm25({kind}, 0, 2.0, 1.0), rowid" if total <= _RANKED else "rowid",
        )
        with self._lock:
            best = self._db.execute(
                f"SELECT rowid FROM {kind} WHERE {kind} MATCH ? ORDER BY {order} LIMIT ? OFFSET ?",
                (query, most, start),
            ).fetchall()
            snippet = (
                f"SELECT id, snippet({kind}, 2, '{OPEN}', '{CLOSE}', '…', 40) FROM {kind} WHERE "
                f"{kind} MATCH ? AND rowid = ?"
            )
            # only for those shown
            rows = [self._db.execute(snippet, (query, rowid)).fetchone() for (rowid,) in best]
        return [Hit(kind, name, words) for name, words in rows], total

    def count(self, words: str, kind: str) -> int:
        """How many of a kind hold all the words."""
        query = _query(words)
        if not query:
            return 0
        with self._lock:
            return int(
                self._db.execute(
                    f"SELECT count(*) FROM {kind} WHERE {kind} MATCH ?", (query,)
                ).fetchone()[0]
            )


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", text)


def _query(words: str) -> str:
    """The words as FTS5 takes them: each quoted, so that none is an operator."""
    parts = re.findall(r'"([^"]+)"|([^\s"]+)', words)
    tokens = [(phrase or word) for phrase, word in parts]
    tokens = [t for t in tokens if re.search(r"\w", t)]
    quoted = ['"' + t.replace('"', " ") + '"' for t in tokens]
    if quoted and parts[-1][1] and tokens[-1] == parts[-1][1]:
        quoted[-1] += "*"
    return " ".join(quoted)
