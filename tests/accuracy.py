"""How good the finding is, beside human coding, with the floors that it must not fall below.

    python tests/accuracy.py [--data FOLDER] [--scorer FILE]

The gold data and its scorer are other people's and not part of this project: they are looked for
beside the checkout, or where SAYSO_GOLD says. Exit code 0: every floor holds, or the data is
absent; 1: a figure fell below its floor.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from sayso.coding import load_policy
from sayso.ingest.read import read
from sayso.language.dates import find_dates
from sayso.language.lexicon import load_lexicon
from sayso.model import KINDS, Event, Forecast, Report, Skipped
from sayso.model.links import Linked
from sayso.pipeline import Found, Settings, find_in, link_claims
from sayso.present.claims import claims_jsonl
from sayso.view import Contents, code_incidents

if __package__ is None:  # run as a file: the tests' own modules are found from the root
    sys.path.insert(0, str(Path(__file__).parent.parent))
from tests import copying, grouping, marks, slots, test_airwars
from tests.conftest import SHARED

ROOT = Path(__file__).parent.parent
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text(encoding="utf-8"))


FIGURES = frozenset({"toll", "strength"})


def _found(reports: list[Report], kinds: frozenset[str] = KINDS) -> list[Found]:
    """The claims of the reports, found by as many processes as there are processors."""
    pieces = [reports[i : i + PIECE] for i in range(0, len(reports), PIECE)]
    with ProcessPoolExecutor(
        mp_context=get_context("spawn")
    ) as pool:  # DuckDB's threads, once started, survive no fork
        return [
            found
            for piece in pool.map(_find_piece, pieces, [kinds] * len(pieces))
            for found in piece
        ]


# Reports a process takes at once: enough that starting matters little, few enough that all end
# together.
PIECE = 50


def _find_piece(reports: list[Report], kinds: frozenset[str]) -> list[Found]:
    claims = []
    for found in find_in(reports, Settings(kinds=kinds)):
        if isinstance(found, Skipped):
            print(f"{found.where}: {found.reason}", file=sys.stderr)
        else:
            claims.append(found)
    return claims


def _write_claims(reports: Path, out: Path, kinds: frozenset[str] = KINDS) -> list[Found]:
    """Writes the claims of a file's reports as `sayso find` prints them; what was found."""
    found = _found([r for r in read([reports]) if isinstance(r, Report)], kinds)
    with out.open("w", encoding="utf-8") as stream:
        stream.writelines(claims_jsonl(claim for f in found for claim in f.claims))
    return found


def _write_times(texts: Path, out: Path) -> None:
    with out.open("w", encoding="utf-8") as stream:
        for line in texts.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)
            times = [
                {
                    "start": d.start,
                    "end": d.end,
                    "first": d.first and d.first.isoformat(),
                    "last": d.last and d.last.isoformat(),
                }
                for d in find_dates(text["text"], date.fromisoformat(text["published"]))
            ]
            stream.write(json.dumps({"report": text["id"], "times": times}) + "\n")


def _score(scorer: Path, arguments: Iterable[Path | str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(scorer), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _plain_ids(key: Path, folder: Path) -> Path:
    """A copy of an answer key whose message ids are those of the reports: some add who made the
    key.
    """
    copy = folder / key.name
    copy.write_text(
        re.sub(r"(MESSAGE: ID +\S+) +\(.*\)", r"\1", key.read_text(encoding="latin-1")),
        encoding="latin-1",
    )
    return copy


def measure(data: Path, scorer: Path) -> dict[str, dict[str, Any]]:
    """Every score, by the name of its gold set."""
    scores: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        claims = Path(folder) / "claims.jsonl"
        gold = data / "gold"
        _write_claims(gold / "documents.jsonl", claims)
        scores["gold"] = _score(
            scorer, ["figures", gold / "documents.jsonl", gold / "figures.jsonl", claims]
        )
        world = data / "world"  # 50 conflicts that no rule was written for
        _write_claims(world / "documents.jsonl", claims, FIGURES)
        scores["world"] = _score(
            scorer, ["figures", world / "documents.jsonl", world / "figures.jsonl", claims]
        )
        shootings = data / "us-shootings"
        found = _write_claims(shootings / "documents.jsonl", claims, FIGURES | {"event"})
        scores["shootings-incidents"] = grouping.score_groups(
            _linked(found).incidents, grouping.articles(shootings, found)
        )
        scores["us-shootings"] = _score(
            scorer, ["counts", shootings / "documents.jsonl", shootings / "incidents.jsonl", claims]
        )
        muc = data / "muc34"
        found = _write_claims(muc / "reports.jsonl", claims, FIGURES | {"event"})
        keys = [
            _plain_ids(key, Path(folder))
            for key in [*sorted(muc.glob("dev/key-*")), *sorted(muc.glob("tst?/key-*"))]
        ]
        scores["muc34"] = _score(scorer, ["muc", *keys, "--claims", claims])
        scores["muc34-slots"] = _slots(found, keys)
        # The statements' weights were learned on the other articles.
        articles = data / "polnear" / "dev.jsonl"
        _write_claims(articles, claims, frozenset({"statement"}))
        scores["polnear"] = _score(scorer, ["attributions", articles, claims])
        times = Path(folder) / "times.jsonl"
        wars = data / "wikiwars" / "wars.jsonl"
        _write_times(wars, times)
        scores["wikiwars"] = _score(scorer, ["times", wars, times])
    scores |= _incidents(data)
    scores["copies"] = copying.measure(data, load_lexicon().sources)
    scores["airwars"] = _airwars(data)
    return scores | _marks(data)


def _linked(found: list[Found]) -> Linked:
    return link_claims([f.report for f in found], [c for f in found for c in f.claims])


def _incidents(data: Path) -> dict[str, dict[str, Any]]:
    """The incidents marked by hand, among all reports of their file: all of them, and those whose
    errors were never read.
    """
    found = _found(
        [r for r in read([data / "news" / "syria-15-outlets.jsonl"]) if isinstance(r, Report)]
    )
    incidents, reports = _linked(found).incidents, [f.report.id for f in found]
    return {
        "incidents": grouping.score_incidents(incidents, reports),
        "incidents-unseen": grouping.score_incidents(incidents, reports, "unseen"),
    }


def _airwars(data: Path) -> dict[str, Any]:
    """The ranges of the incident that each assessment is mainly about, linked with all the others,
    under `minmax`.
    """
    found = _found(
        [r for r in read([data / "airwars-gaza" / "incidents.jsonl"]) if isinstance(r, Report)],
        FIGURES | {"event"},
    )
    linked = _linked(found)
    held = Contents(
        {f.report.id: f.report for f in found}, {c.id: c for f in found for c in f.claims}, linked
    )
    coded = code_incidents(held, load_policy("minmax"))
    return test_airwars.score(
        {report: coded[i.id] for i in linked.incidents for report in i.main}, data
    )


def _slots(found: list[Found], keys: list[Path]) -> dict[str, Any]:
    """F1 of each slot of the MUC-4 templates."""
    events = [(f.report, [c for c in f.claims if isinstance(c, Event)]) for f in found]
    scores = slots.measure(events, keys, load_lexicon())
    return {
        f"{name}_{figure}": getattr(score, figure)
        for name, score in scores.items()
        for figure in ("precision", "recall", "f1")
    }


def _marks(data: Path) -> dict[str, dict[str, Any]]:
    """Forecasts and events beside those marked by hand: all reports, and the half on which no rule
    was tuned.
    """
    gold = marks.marked("forecasts", data)
    forecasts = {
        f.report.id: [c for c in f.claims if isinstance(c, Forecast)]
        for f in _found(list(gold.reports.values()), frozenset({"forecast"}))
    }
    given = marks.marked("events", data)
    events = {
        f.report.id: [c for c in f.claims if isinstance(c, Event)]
        for f in _found(list(given.reports.values()), frozenset({"event"}))
    }
    return {
        "forecasts": marks.score_forecasts(gold, forecasts),
        "forecasts-unseen": marks.score_forecasts(gold.half("unseen"), forecasts),
        "events": marks.score_events(given, events),
        "events-unseen": marks.score_events(given.half("unseen"), events),
    }


def below_floor(scores: dict[str, dict[str, Any]]) -> list[str]:
    """What fell below its floor, or above its ceiling."""
    faults = []
    for name, floors in FLOORS.items():
        for key, floor in floors.items():
            value = scores[name][key]
            if (value > floor) if key == "broken_offsets" else (value < floor):
                faults.append(f"{name} {key}: {value} is below its floor {floor}")
    return faults


def table(scores: dict[str, dict[str, Any]]) -> Table:
    """One line a figure: the score, and its floor where it has one."""
    shown = Table(box=None, header_style="bold")
    for column in ("data", "figure", "score", "floor"):
        shown.add_column(column, justify="right" if column in ("score", "floor") else "left")
    for name, values in scores.items():
        for key, value in values.items():
            if isinstance(value, int | float):
                floor = FLOORS.get(name, {}).get(key)
                shown.add_row(
                    name,
                    key,
                    f"{value:.3f}" if isinstance(value, float) else str(value),
                    "" if floor is None else str(floor),
                )
    return shown


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--scorer", type=Path, default=SHARED / "tools" / "score.py")
    arguments = parser.parse_args()
    if not arguments.data.is_dir() or not arguments.scorer.is_file():
        print(f"accuracy not measured: no gold data at {arguments.data}")
        return 0
    scores = measure(arguments.data, arguments.scorer)
    Console(width=100).print(table(scores))
    faults = below_floor(scores)
    print("\n".join(faults) or "every floor holds")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
