"""Seconds, peak memory and faithfulness of linking 10,000, 30,000 and 100,000 synthetic claims.

    python benchmarks/linking.py [CLAIMS …]

Each size runs in a process of its own: making the claims is not timed, but its memory counts. What
is claimed, and checked, is growth: linking 100,000 claims takes less than ten minutes and 4 GB, and
a claim costs less than twice what it costs among 10,000. There is no peer beside it: nothing else
links such claims. B-cubed is of claims, by the incident or series that each is known to be about.
It shows that the work was done at every size; it is no measure of how well real reports are linked,
for which see `tests/accuracy.py`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":  # run as a file, it finds what stands beside it
    sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.copying import b_cubed

from benchmarks.synthetic import generate
from sayso.pipeline import link_claims

SIZES = (10_000, 30_000, 100_000)
SEED = 20121008
# What linking the largest size may cost, and a claim of it beside one of the smallest.
SECONDS, MEBIBYTES, GROWTH = 600.0, 4096.0, 2.0


def _one(size: int) -> None:
    """One measurement, in this process; prints reports, seconds, mebibytes, and B-cubed precision
    and recall.
    """
    reports, claims, truth = generate(size, SEED)
    start = time.perf_counter()
    linked = link_claims(reports, claims)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {claim: i.id for i in linked.incidents for claim in i.claims} | {
        claim: s.id for s in linked.series for claim in s.claims
    }
    precision, recall, _ = b_cubed({claim: found.get(claim, claim) for claim in truth}, truth)
    print(json.dumps([len(reports), seconds, peak, precision, recall]))


def main() -> int:
    if sys.argv[1:2] == ["--one"]:
        _one(int(sys.argv[2]))
        return 0
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    first = 0.0
    failed = False
    print(" claims  reports  seconds  claims/s  cost/claim  peak MiB  B-cubed precision, recall")
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        reports, seconds, peak, precision, recall = json.loads(done.stdout.splitlines()[-1])
        first = first or seconds / size
        growth = seconds / size / first
        print(
            f"{size:7,} {reports:8,} {seconds:8.1f} {size / seconds:9,.0f} {growth:10.2f}x "
            f"{peak:9,.0f}  {precision:.3f}, {recall:.3f}"
        )
        failed |= seconds > SECONDS or peak > MEBIBYTES or growth > GROWTH
    if failed:
        print(
            f"too much: expected at most {SECONDS:.0f} s, {MEBIBYTES:.0f} MiB, and "
            f"{GROWTH:.0f} times the cost of a claim of the first size"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
