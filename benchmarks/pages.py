"""How fast the pages of `sayso serve` answer over a record of 10,000 incidents, beside datasette on
the same file.

    python benchmarks/pages.py [--at FOLDER] [--claims N] [--rounds N] [--datasette PROGRAM]
    [--profile]

The record is made of synthetic reports (`benchmarks/synthetic`) and, since those hold no forecast,
of one short report with a forecast for every 30 others. It is made once for a folder, which takes
some minutes. A copy of it is then served by `sayso serve`, and asked for over HTTP by one client
that waits for each answer: what is told is how long one reader waits, and not how many the server
bears. `first` is the first request for a page, which builds what later ones find ready; the median
and the worst are of the requests after it; `processor` is the server's processor time for one of
them, which other programs on the machine change less. What is claimed, and checked, is that the
median of every page is under 200 ms. Datasette's pages are its table of claims with the same filter
and as many rows, and one claim. With `--profile`, the pages that are too slow are asked for again
from a server that tells where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from starlette.routing import Route, request_response

if __name__ == "__main__":  # run as a file, it finds what stands beside it
    sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.synthetic import generate
from benchmarks.synthetic.sentences import WORDS
from sayso.model import Claim, Forecast, Outlook, Report, Source, SourceType, Span, When
from sayso.pipeline import link_claims
from sayso.store import Record
from sayso.web.app import application
from sayso.web.live import LiveRecord
from sayso.web.security import Access

SEED = 20121008
# So many claims make 10,000 incidents, about 40,000 reports.
CLAIMS = 300_000
EACH_FORECAST = 30
ROUNDS = 20
# The longest median, in milliseconds, and how long a start may take before it is given up, in
# seconds.
LIMIT, PATIENCE = 200.0, 900.0
# A server is at rest that takes less than these milliseconds of processor time in a second.
REST = 40.0


# -- the record --------------------------------------------------------------------


def made(folder: Path, claims: int) -> Path:
    """The record with so many claims, made where the folder does not hold it."""
    path = folder / f"record-{claims}.db"
    if not path.exists():
        begun = path.with_suffix(".begun")
        begun.unlink(missing_ok=True)
        _write(begun, claims)
        begun.rename(path)
    return path


def _write(path: Path, claims: int) -> None:
    start = time.perf_counter()
    reports, found, _ = generate(claims, SEED)
    stated: dict[str, list[Claim]] = defaultdict(list)
    for claim in found:
        stated[claim.report].append(claim)
    foretold = [_forecast(n, report) for n, report in enumerate(reports) if n % EACH_FORECAST == 0]
    whole = [(report, stated[report.id]) for report in reports] + foretold
    with Record(path) as record:
        for report, claims_of in whole:
            record.add(report, claims_of)
        added = time.perf_counter()
        record.put_links(
            link_claims(
                [report for report, _ in whole],
                [claim for _, claims_of in whole for claim in claims_of],
            )
        )
    print(
        f"made the record: {added - start:.0f} s to write its claims and add them, "
        f"{time.perf_counter() - added:.0f} s to link them"
    )


def _forecast(n: int, after: Report) -> tuple[Report, list[Claim]]:
    """A report of one sentence, which foretells something, and its claim."""
    row = WORDS["claimants"][n % len(WORDS["claimants"])]
    who, day = row["names"][0].format(country="national"), after.published or date.min
    content = f"number {n} of the crossings will open again by the end of {day.year + 1 + n % 9}"
    text = f"{who} said that {content}."
    report = Report(id=f"f{n:06}", text=text, title="", publisher=after.publisher, published=day)
    begin, horizon = text.index(content), date(day.year + 1 + n % 9, 12, 31)
    sources = (
        Source(after.publisher, "publisher"),
        Source(
            who,
            "claimant",
            SourceType(row["type"]),
            row.get("party", False),
            who,
            0,
            len(who),
            "said",
        ),
    )
    claim = Forecast(
        report=report.id,
        kind="forecast",
        part="text",
        quote=text,
        start=0,
        end=len(text),
        sources=sources,
        content=Span(content, begin, begin + len(content)),
        cue=Span("said", len(who) + 1, len(who) + 5),
        mode=Outlook.PREDICTION,
        horizon=When(horizon, horizon, f"the end of {horizon.year}", "day"),
    )
    return report, [claim.identified(report.hash)]


# -- serving ------------------------------------------------------------------------


def _serve_profiled(path: str, port: int, profiles: Path) -> None:
    """The same pages, each of which leaves in the folder where its time went."""
    app = application(LiveRecord(Record(path, create=False)), Access(local_name="reader"))
    for route in app.routes:
        if isinstance(route, Route) and "POST" not in (route.methods or ()):
            route.app = request_response(_profiled(route.endpoint, profiles))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def _profiled(handler: Callable[[Any], Any], folder: Path) -> Callable[[Any], Any]:
    def run(request: Any) -> Any:
        profile = cProfile.Profile()
        answer = profile.runcall(handler, request)
        profile.dump_stats(folder / "last.prof")
        return answer

    return run


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers: its client, how many seconds it took to the first page, and its
    process.
    """

    client: httpx2.Client
    start: float
    pid: int

    def processor(self) -> float:
        """The processor time that it has taken so far, in milliseconds."""
        stated = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return 1000 * (int(stated[11]) + int(stated[12])) / os.sysconf("SC_CLK_TCK")

    def mebibytes(self) -> float:
        """The memory that it holds now."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


@contextmanager
def serving(command: Callable[[int], Sequence[str]]) -> Iterator[Served]:
    """A server started by a command that is given its port, stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command(port), stdout=said, stderr=said) as process,
    ):
        try:
            with httpx2.Client(
                base_url=origin, headers={"Origin": origin}, timeout=PATIENCE
            ) as client:
                if not _answers(client, process, begun):
                    said.seek(0)
                    raise SystemExit(f"the server did not start; it said: {said.read().decode()}")
                yield Served(client, time.perf_counter() - begun, process.pid)
        finally:
            process.terminate()


def _answers(client: httpx2.Client, process: subprocess.Popen[bytes], begun: float) -> bool:
    """Waits for the first page; False where none comes."""
    while process.poll() is None and time.perf_counter() - begun < PATIENCE:
        try:
            client.get("/").raise_for_status()
            return True
        except httpx2.ConnectError:
            time.sleep(0.05)
    return False


# -- measuring ------------------------------------------------------------------------


@dataclass(slots=True)
class Row:
    """What was measured of one page, in milliseconds: its first request, those after it, and what
    processor time all of these took. `size` is in bytes.
    """

    name: str
    first: float | None = None
    rest: list[float] = field(default_factory=list)
    processor: float = 0.0
    size: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.rest)

    def stated(self) -> str:
        first = f"{self.first:9,.0f}" if self.first is not None else " " * 9
        verdict = "yes" if self.median < LIMIT else "NO"
        processor = self.processor / len(self.rest)
        return (
            f"{self.name:38} {first} {self.median:9,.1f} {max(self.rest):9,.1f} {processor:9,.1f} "
            f"{self.size:11,}  {verdict}"
        )


def timed(
    client: httpx2.Client, address: str, form: dict[str, str] | None = None
) -> tuple[float, httpx2.Response]:
    """The milliseconds until the whole answer was there. Stops the measurement at an answer that is
    an error.
    """
    begun = time.perf_counter()
    answer = client.get(address) if form is None else client.post(address, data=form)
    taken = 1000 * (time.perf_counter() - begun)
    if answer.status_code >= 400:
        raise SystemExit(f"{address}: answered {answer.status_code}; expected a page")
    return taken, answer


def page(server: Served, name: str, addresses: Sequence[str], rounds: int) -> Row:
    """A page asked for once, and then so many times; the addresses in turn."""
    row = Row(name)
    row.first, answer = timed(server.client, addresses[0])
    before = server.processor()
    for n in range(rounds):
        taken, answer = timed(server.client, addresses[(n + 1) % len(addresses)])
        row.rest.append(taken)
    row.processor, row.size = server.processor() - before, len(answer.content)
    return row


def links(client: httpx2.Client, address: str, below: str) -> list[str]:
    """The addresses of things that a page leads to, in its order."""
    found = re.findall(rf'href="(/{below}/[^"?#]+)"', client.get(address).text)
    return list(dict.fromkeys(found))


def rare_word(record: Path) -> str:
    """A coined word that only the reports of one happening hold."""
    with sqlite3.connect(record) as db:
        words: str = db.execute(
            "SELECT target_text FROM claim WHERE target_text IS NOT NULL ORDER BY id LIMIT 1"
        ).fetchone()[0]
    return words.split()[1]


def rested(server: Served) -> float:
    """Waits until the server, which nobody asks, takes no processor time; how many seconds that
    was.
    """
    begun, before = time.perf_counter(), -REST
    while (now := server.processor()) - before >= REST and time.perf_counter() - begun < PATIENCE:
        before = now
        time.sleep(1)
    return time.perf_counter() - begun


def pages_of(client: httpx2.Client, rare: str) -> dict[str, list[str]]:
    """The pages by name, with the addresses that are asked for in turn."""
    last = re.findall(r"of ([\d,]+)</span>", client.get("/incidents").text)[0].replace(",", "")
    incidents, series = (
        links(client, "/incidents?order=reports", "incidents"),
        links(client, "/series", "series"),
    )
    claims, reports = (
        links(client, "/claims?effect=killed", "claims"),
        links(client, "/reports", "reports"),
    )
    pictured = [f"/pictures/incident/{i.rsplit('/', 1)[1]}.svg" for i in incidents]
    return {
        "overview": ["/"],
        "overview, another policy": ["/?policy=acled"],
        "queue": ["/queue"],
        "queue, last page": ["/queue?page=100000"],
        "incidents, most killed first": ["/incidents"],
        "incidents, in a place and a year": [
            "/incidents?place=kandahar&since=2012-01-01&until=2012-12-31"
        ],
        "incidents, 10 killed, disputed": ["/incidents?least=10&disputed=yes&order=newest"],
        f"incidents, last page of {last}": ["/incidents?page=100000"],
        "an incident, of most reports": incidents[:1],
        "an incident, of 20 in turn": incidents[:20],
        "claims": ["/claims"],
        "claims, killed": ["/claims?effect=killed"],
        "claims, source, place and words": [
            "/claims?kind=toll&source=ministry&place=kandahar&text=killed&since=2012-01-01"
        ],
        "claims, last page": ["/claims?page=100000"],
        "a claim, of 20 in turn": claims[:20],
        "a report, of 20 in turn": reports[:20],
        "series": ["/series"],
        "one series, of most figures": series[:1],
        "forecasts": ["/forecasts"],
        "forecasts, due": ["/forecasts?state=due"],
        "claimants": ["/claimants"],
        "a claimant, most cited": links(client, "/claimants", "claimants")[:1],
        "reports": ["/reports"],
        "reports, by words of the title": ["/reports?q=market"],
        "decisions, none yet": ["/decisions"],
        "search, a common word": ["/search?q=killed"],
        "search, a rare word": [f"/search?q={rare}"],
        "search, a phrase and a beginning": ["/search?q=%22police+official%22+mark"],
        "a picture, drawn": pictured[1:50],
        "a picture, kept": pictured[:1],
        "tolls over time, kept": ["/pictures/tolls/ucdp.svg"],
    }


# -- deciding -------------------------------------------------------------------------------


class Reviewer:
    """Somebody who decides: what each decision takes, and the page that is looked at after it."""

    def __init__(self, server: Served) -> None:
        self._server, self._client = server, (client := server.client)
        self._token = re.findall(r'"X-CSRF-Token": "([^"]+)"', client.get("/").text)[0]
        self._incidents, self._claims = (
            links(client, "/incidents", "incidents"),
            links(client, "/claims?effect=killed", "claims"),
        )
        self.rows: dict[str, Row] = {}

    def steps(self, n: int) -> Iterator[tuple[str, str, dict[str, str]]]:
        """An incident is confirmed, a claim is rejected, and that is undone: name, next page and
        form of each.
        """
        incident, claim = (
            self._incidents[n % len(self._incidents)],
            self._claims[n % len(self._claims)],
        )
        yield (
            "confirm an incident",
            "/queue",
            {"subject": "incident", "id": incident.rsplit("/", 1)[1], "act": "confirm"},
        )
        yield (
            "reject a claim",
            claim,
            {"subject": "claim", "id": claim.rsplit("/", 1)[1], "act": "reject"},
        )
        last = re.findall(r'name="undoes" value="(\d+)"', self._client.get("/decisions").text)[0]
        yield "undo", "/", {"act": "undo", "undoes": last}

    def decide(self, name: str, after: str, form: dict[str, str]) -> None:
        self._ask(
            name, name, "/decide", {**form, "csrf": self._token, "seen": "1000000", "next": after}
        )
        self._ask(f"{name}, after", f"  {after_words(after)} after it", after)

    def _ask(self, key: str, words: str, address: str, form: dict[str, str] | None = None) -> None:
        row, before = self.rows.setdefault(key, Row(words)), self._server.processor()
        taken, answer = timed(self._client, address, form)
        row.rest.append(taken)
        row.processor += self._server.processor() - before
        row.size = len(answer.content)


def after_words(address: str) -> str:
    return {"/": "the overview", "/queue": "the queue"}.get(address, "its page")


# -- the peer ---------------------------------------------------------------------------------


def beside(program: str, record: Path, rounds: int, ours: dict[str, Row]) -> None:
    """Datasette's pages of the same file, and how ours stand to them."""
    if not (found := shutil.which(program)):
        print(
            f"datasette not measured: no program {program!r}; install it in an environment of "
            f"its own and give --datasette PATH"
        )
        return
    with sqlite3.connect(record) as db:
        claim = db.execute(
            "SELECT id FROM claim WHERE effect = 'killed' ORDER BY id LIMIT 1"
        ).fetchone()[0]
    base = f"/{record.stem}/claim"
    pairs = {
        "claims, killed": f"{base}?effect=killed&_size=50",
        "a claim, of 20 in turn": f"{base}/{claim}",
    }
    with serving(lambda port: [found, "serve", str(record), "--port", str(port)]) as peer:
        print(
            f"\n{program_version(found)}: started in {peer.start:.1f} s, "
            f"{peer.mebibytes():,.0f} MiB"
        )
        for name, address in pairs.items():
            row = page(peer, f"datasette: {name.split(', of')[0]}", [address], rounds)
            print(
                f"{row.stated()}   ours takes {ours[name].median / row.median:.2f} times as long",
                flush=True,
            )


def program_version(program: str) -> str:
    return subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()


# -- where the time goes -----------------------------------------------------------------------


def profiled(
    record: Path, folder: Path, rows: Sequence[Row], addresses: dict[str, list[str]]
) -> None:
    """Where the time of the first page goes, of the pages that are too slow, asked for a second
    time, and of a page after each decision.
    """
    with serving(
        lambda port: [sys.executable, __file__, "--serve", str(record), str(port), str(folder)]
    ) as server:
        print(f"\nThe first page:\n{_functions(folder)}")
        for row in rows:
            if row.median > LIMIT and row.name in addresses:
                for n in range(2):
                    timed(server.client, addresses[row.name][n % len(addresses[row.name])])
                print(f"\n{row.name}:\n{_functions(folder)}", flush=True)
        timed(server.client, "/queue")
        reviewer = Reviewer(server)
        for name, after, form in reviewer.steps(len(rows)):
            reviewer.decide(name, after, form)
            print(f"\n{name}, {after_words(after)} after it:\n{_functions(folder)}", flush=True)


def _functions(folder: Path, most: int = 14) -> str:
    out = StringIO()
    pstats.Stats(str(folder / "last.prof"), stream=out).sort_stats("cumulative").print_stats(
        "sayso", most
    )
    lines = [
        line for line in out.getvalue().splitlines() if re.search(r"\.py:|\.html:|ncalls", line)
    ]
    return "\n".join(re.sub(r"\S*/src/", "", line) for line in lines)


# -- the whole ---------------------------------------------------------------------------------


def _command(record: Path, port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "sayso",
        "serve",
        str(record),
        "--port",
        str(port),
        "--who",
        "reader",
    ]


def measured(record: Path, rounds: int) -> tuple[list[Row], dict[str, list[str]]]:
    """Every page and every decision, printed as they are measured."""
    rows: list[Row] = []
    with serving(lambda port: _command(record, port)) as server:
        print(
            f"the first page after {server.start:.1f} s, then {server.mebibytes():,.0f} MiB",
            flush=True,
        )
        print(
            f"what it makes ready after that takes {rested(server):.0f} s, then "
            f"{server.mebibytes():,.0f} MiB\n"
        )
        print(
            f"{'page':38} {'first, ms':>9} {'median':>9} {'worst':>9} {'processor':>9} "
            f"{'bytes':>11}  under {LIMIT:.0f} ms"
        )
        addresses = pages_of(server.client, rare_word(record))
        for name, wanted in addresses.items():
            rows.append(page(server, name, wanted, rounds))
            print(rows[-1].stated(), flush=True)
        reviewer = Reviewer(server)
        for n in range(rounds):
            for step in reviewer.steps(n):
                reviewer.decide(*step)
        decided = [
            *reviewer.rows.values(),
            page(server, f"decisions, {3 * rounds} made", ["/decisions"], rounds),
        ]
        print("\n".join(row.stated() for row in decided))
        print(f"\nat the end {server.mebibytes():,.0f} MiB")
    return rows + decided, addresses


def main() -> int:
    if sys.argv[1:2] == ["--serve"]:
        _serve_profiled(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
        return 0
    options = _options()
    folder = options.at or Path(tempfile.gettempdir()) / "sayso-pages"
    folder.mkdir(parents=True, exist_ok=True)
    kept = made(folder, options.claims)
    with tempfile.TemporaryDirectory(dir=folder) as working:
        record = Path(shutil.copy(kept, Path(working) / "record.db"))  # decisions are written to it
        rows, addresses = measured(record, options.rounds)
        beside(options.datasette, record, options.rounds, {row.name: row for row in rows})
        if options.profile:
            profiled(record, Path(working), rows, addresses)
    slow = [row.name.strip() for row in rows if row.median >= LIMIT]
    if slow:
        print(f"\ntoo slow: expected a median under {LIMIT:.0f} ms of {', '.join(slow)}")
    return int(bool(slow))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--at",
        type=Path,
        help="the folder that holds the record between runs (default: one for temporary files)",
    )
    parser.add_argument(
        "--claims",
        type=int,
        default=CLAIMS,
        help="so many claims (default: %(default)s, 10,000 incidents)",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=ROUNDS,
        help="requests a page, and decisions of a kind (default: %(default)s)",
    )
    parser.add_argument(
        "--datasette", default="datasette", help="the program of the peer (default: %(default)s)"
    )
    parser.add_argument(
        "--profile", action="store_true", help="tell where the time of slow pages goes"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
