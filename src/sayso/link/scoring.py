"""Splink, on DuckDB in memory: every proposed pair with its weight and the parts of it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.blocking_rule_library import CustomRule

from sayso.errors import LinkError
from sayso.link.comparisons import COMPARISONS, PRIOR, Comparison, Level

# Memory that DuckDB may take before it goes to disk: 100,000 claims need less than half.
_MEMORY = "1500MB"


@dataclass(frozen=True, slots=True)
class Scored:
    """Two incident mentions by id, the weight in bits of the evidence that they are of one
    incident, and the outcome of each comparison.
    """

    left: str
    right: str
    weight: float
    outcomes: tuple[int, ...]


def score(rows: Sequence[dict[str, Any]]) -> Iterator[Scored]:
    """Every pair of rows that share a key, with its weight, in a stable order. Raises LinkError."""
    rows = [row for row in rows if row["keys"]]
    if len(rows) < 2:
        return
    # By default DuckDB spills into the user's folder.
    with tempfile.TemporaryDirectory(prefix="sayso-link-") as spill:
        connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": spill})
        try:
            yield from _scored(connection, rows)
        except Exception as error:
            # Splink puts DuckDB's errors into one of its own, which it does not export.
            cause = error if isinstance(error, duckdb.Error) else error.__cause__
            if not isinstance(cause, duckdb.Error):
                raise
            reason = str(cause).strip().splitlines()[0]
            raise LinkError(
                f"the claims could not be compared ({reason}); what was read is kept: free "
                f"memory or disk, then link"
            ) from error
        finally:
            connection.close()


def _scored(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, Any]]
) -> Iterator[Scored]:
    database = DuckDBAPI(connection=connection)
    mentions = database.register(
        pa.Table.from_pylist(list(rows), schema=_SCHEMA), dataset_display_name="mentions"
    )
    linker = Linker(mentions, _settings(), log_level=logging.ERROR, validate_settings=False)
    found = linker.inference.predict(warning_mode="never")
    gammas = ", ".join(f"gamma_{c.name}" for c in COMPARISONS)
    query = (
        f"select unique_id_l, unique_id_r, match_weight, {gammas} from {found.physical_name} "
        f"order by 3 desc, 1, 2"
    )
    result = connection.execute(query)
    while batch := result.fetchmany(50_000):
        for left, right, weight, *outcomes in batch:
            yield Scored(left, right, float(weight), tuple(outcomes))


_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("unique_id", "place", "country", "kind", "mode")]
    + [("dated", pa.bool_())]
    + [(name, pa.int32()) for name in ("first", "last", "published", "exact")]
    + [(name, pa.float64()) for name in ("lat", "lon", "rare", "seldom")]
    + [(name, pa.int64()) for name in ("killed_low", "killed_high", "wounded_low", "wounded_high")]
    + [(name, pa.list_(pa.int64())) for name in ("killed_all", "wounded_all")]
    + [(name, pa.list_(pa.string())) for name in ("places", "statuses", "actors", "words", "keys")]
)


def _settings() -> SettingsCreator:
    prior = 2.0**PRIOR
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(c) for c in COMPARISONS],
        blocking_rules_to_generate_predictions=[
            CustomRule("l.keys = r.keys", arrays_to_explode=["keys"])
        ],
        probability_two_random_records_match=prior / (1 + prior),
        retain_matching_columns=True,  # else the outcomes of the comparisons are not given
        retain_intermediate_calculation_columns=False,
    )


def _comparison(c: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": c.null,
            "label_for_charts": "missing on one side",
            "is_null_level": True,
        }
    ]
    levels += [
        {"sql_condition": level.sql, "label_for_charts": level.words, **_odds(level.weight)}
        for level in c.levels
    ]
    levels.append(
        {
            "sql_condition": "ELSE",
            "label_for_charts": c.otherwise.words,
            **_odds(c.otherwise.weight),
        }
    )
    return {
        "output_column_name": c.name,
        "comparison_levels": levels,
        "comparison_description": c.name,
    }


def _odds(weight: float) -> dict[str, Any]:
    """The two probabilities whose ratio's log2 is the weight in Splink; only the ratio is given, so
    the larger one is fixed.
    """
    large, small = 0.9, 0.9 * 2.0 ** -abs(weight)
    m, u = (large, small) if weight >= 0 else (small, large)
    return {
        "m_probability": m,
        "u_probability": u,
        "fix_m_probability": True,
        "fix_u_probability": True,
    }


def reasons(scored: Scored) -> tuple[str, ...]:
    """The parts of the weight in words, the heaviest first."""
    levels = (_level(c, outcome) for c, outcome in zip(COMPARISONS, scored.outcomes, strict=True))
    by_weight = sorted((v for v in levels if v is not None), key=lambda v: -abs(v.weight))
    return tuple(f"{v.words} ({v.weight:+.1f})" for v in by_weight)


def _level(c: Comparison, outcome: int) -> Level | None:
    """The level with Splink's number: they count from the last (0) to the first; -1 is a missing
    feature.
    """
    if outcome < 0:
        return None
    return c.otherwise if outcome == 0 else c.levels[len(c.levels) - outcome]
