"""Reports per second and peak memory of finding, beside spaCy's whole pipeline on the same texts.

    python benchmarks/speed.py [FILE.jsonl …]

Both run in a process of their own, one after the other, over the same reports, several rounds in
turn, so that a slow moment of the machine hits both. What counts is the ratio of their medians.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("SAYSO_GOLD", ROOT.parent / "shared"))
ROUNDS = 3
# So many reports of each file: enough that start-up, which is measured too, matters little.
SAMPLE = 40


def _sample(files: list[Path]) -> list[dict[str, str]]:
    return [
        json.loads(line)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()[:SAMPLE]
    ]


def _find(files: list[Path]) -> int:
    from sayso.model import KINDS

    return _find_kinds(files, KINDS)


def _find_figures(files: list[Path]) -> int:
    return _find_kinds(files, frozenset({"toll", "strength"}))


def _find_kinds(files: list[Path], kinds: frozenset[str]) -> int:
    from datetime import date

    from sayso import Report, find_in
    from sayso.pipeline import Settings

    reports = [
        Report(
            id=r["id"],
            text=r["text"],
            title=r.get("title") or "",
            published=date.fromisoformat(r["published"]),
        )
        for r in _sample(files)
    ]
    return sum(1 for _ in find_in(reports, Settings(kinds=kinds)))


def _whole_pipeline(files: list[Path]) -> int:
    import spacy

    from sayso.ingest.parse import PIPELINE

    nlp = spacy.load(PIPELINE)
    return sum(1 for _ in nlp.pipe(r["text"] for r in _sample(files)))


PEER = "spaCy, whole pipeline"
MEASURED = {"sayso find": _find, "sayso find, figures only": _find_figures, PEER: _whole_pipeline}


def _one(name: str, files: list[Path]) -> None:
    """One measurement, in this process; prints reports, seconds and mebibytes."""
    start = time.perf_counter()
    count = MEASURED[name](files)
    seconds = time.perf_counter() - start
    print(json.dumps([count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def main() -> int:
    if len(sys.argv) > 2 and sys.argv[1] == "--one":
        _one(sys.argv[2], [Path(f) for f in sys.argv[3:]])
        return 0
    files = [Path(f) for f in sys.argv[1:]] or sorted((SHARED / "data" / "news").glob("*.jsonl"))
    if not files:
        print(f"speed not measured: no reports given, and none at {SHARED / 'data' / 'news'}")
        return 0
    rates: dict[str, list[float]] = {name: [] for name in MEASURED}
    memory: dict[str, float] = dict.fromkeys(rates, 0.0)
    for _ in range(ROUNDS):
        for name in rates:
            done = subprocess.run(
                [sys.executable, __file__, "--one", name, *map(str, files)],
                capture_output=True,
                text=True,
                check=True,
            )
            count, seconds, peak = json.loads(done.stdout.splitlines()[-1])
            rates[name].append(count / seconds)
            memory[name] = max(memory[name], peak)
    for name, values in rates.items():
        print(
            f"{name:24} {statistics.median(values):6.1f} reports a second "
            f"({min(values):.1f}-{max(values):.1f}), peak {memory[name]:.0f} MiB"
        )
    for name in MEASURED:
        if name != PEER:
            print(
                f"{name}: ratio "
                f"{statistics.median(rates[name]) / statistics.median(rates[PEER]):.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
