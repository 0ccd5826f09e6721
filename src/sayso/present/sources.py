"""The directory of sources as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table

from sayso.link.directory import FactSaid, SourceEntry

# How many of a source's other names and facts a line of the table shows.
SHOWN = 3


def sources_table(entries: Sequence[SourceEntry]) -> Table:
    """The sources as a table for a terminal: who, what kind, how often, by whom, and what is said
    of them.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in (
        "source",
        "kind",
        "claims",
        "reports",
        "via",
        "published",
        "as party",
        "cited by",
        "also called",
        "said of it",
    ):
        wide = {"source": 40, "said of it": 60}.get(name, 30)
        right = name in ("claims", "reports", "via", "published", "as party")
        table.add_column(
            name, justify="right" if right else "left", overflow="fold", max_width=wide
        )
    for e in entries:
        table.add_row(
            e.name,
            e.types.most_common(1)[0][0].value if e.types else "",
            str(e.claims),
            str(e.reports),
            str(e.as_via or ""),
            str(e.as_publisher or ""),
            str(e.party or ""),
            _some([p if n == 1 else f"{p} ({n})" for p, n in e.publishers.most_common()]),
            _some(e.also),
            _some([*known_words(e), *(fact_words(f) for f in e.facts)], "; "),
        )
    return table


def known_words(entry: SourceEntry) -> list[str]:
    """What is known of a source before any report is read, on a line each: who owns it, and a
    user's note.
    """
    owner = {
        "state": "owned by the state",
        "party": "owned by a party",
        "public": "a public body",
        "members": "owned by its members",
    }
    owned = (
        f"{owner[entry.owner]}{f' ({entry.country})' if entry.country else ''}"
        if entry.owner
        else None
    )
    return [words for words in (owned, entry.note) if words]


def fact_words(fact: FactSaid) -> str:
    """A fact on one line: "funded by the Russian government", "described as …, says the US State
    Department".
    """
    words = f"{fact.relation.value.replace('_', ' ')} {fact.value}"
    return f"{words}, says {fact.by}" if fact.by else words


def _some(words: Sequence[str], between: str = ", ") -> str:
    more = len(words) - SHOWN
    return between.join(words[:SHOWN]) + (f" … and {more} more" if more > 0 else "")


def sources_jsonl(entries: Iterable[SourceEntry]) -> Iterator[str]:
    """The sources as lines of JSON, by the names of SourceEntry's fields."""
    for e in entries:
        data = {
            "name": e.name,
            "named": e.named,
            "also": list(e.also),
            "types": {t.value: n for t, n in e.types.most_common()},
            "claims": e.claims,
            "reports": e.reports,
            "publishers": dict(e.publishers.most_common()),
            "as_claimant": e.as_claimant,
            "as_via": e.as_via,
            "as_publisher": e.as_publisher,
            "party": e.party,
            "facts": [
                {
                    "relation": f.relation.value,
                    "value": f.value,
                    "by": f.by,
                    "claims": list(f.claims),
                }
                for f in e.facts
            ],
            "country": e.country,
            "owner": e.owner,
            "note": e.note,
        }
        yield json.dumps(data, ensure_ascii=False) + "\n"
