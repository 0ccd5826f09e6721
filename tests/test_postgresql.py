"""The record on a PostgreSQL server, started for the test; skipped, saying so, where none is
installed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso import Record, find_in, read
from sayso.errors import ConflictError, RecordError
from sayso.model import Figure, Forecast, Outcome, Report, Review
from sayso.model.decisions import Act, Subject
from sayso.pipeline import Found, link
from sayso.review import correct, decide
from sayso.store import Filter
from sayso.view import contents
from sayso.web.app import application
from sayso.web.live import LiveRecord
from sayso.web.security import Access
from tests.conftest import EXAMPLES

# The server refuses to run as root.
USER = {"user": "nobody", "group": "nogroup", "extra_groups": ()} if os.geteuid() == 0 else {}


def _programs() -> Path | None:
    config = shutil.which("pg_config")
    folder = (
        Path(
            subprocess.run(
                [config, "--bindir"], capture_output=True, text=True, check=True
            ).stdout.strip()
        )
        if config
        else None
    )
    return folder if folder and (folder / "initdb").exists() else None


PROGRAMS = _programs()
pytestmark = pytest.mark.skipif(
    PROGRAMS is None or importlib.util.find_spec("psycopg") is None,
    reason="needs PostgreSQL's server programs and psycopg",
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    assert PROGRAMS is not None
    # A short path: the server's socket has to fit in 107 bytes.
    with tempfile.TemporaryDirectory(prefix="sayso-pg-", dir="/tmp") as folder:
        if USER:
            shutil.chown(folder, "nobody", "nogroup")
        data = Path(folder) / "data"
        run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **USER}
        subprocess.run(
            [PROGRAMS / "initdb", "-D", data, "-A", "trust", "-U", "sayso", "-E", "UTF8"], **run
        )  # type: ignore[call-overload]
        options = f"-k {folder} -c listen_addresses="
        subprocess.run(
            [PROGRAMS / "pg_ctl", "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start"],
            **run,
        )  # type: ignore[call-overload]
        try:
            yield f"postgresql+psycopg://sayso@/postgres?host={folder}"
        finally:
            subprocess.run([PROGRAMS / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]


def test_a_record_by_url(url: str) -> None:
    items = [
        i for i in find_in(read([EXAMPLES / "12-riverbend-herald.txt"])) if isinstance(i, Found)
    ]
    with Record(url) as record:
        for item in items:
            assert record.add(item.report, item.claims)
            assert not record.add(item.report, item.claims)
    with Record(url, create=False) as record:
        assert sorted(c.id for c in record.claims()) == sorted(
            c.id for i in items for c in i.claims
        )
        assert [c.id for c in record.claims()] == [c.id for c in items[0].claims]
        assert not list(record.verify())
        (promise,) = (
            c
            for c in record.claims(Filter(kind="forecast", source="obama"))
            if isinstance(c, Forecast)
        )
        record.settle(promise.id, Outcome.FAILED, "9,800 stayed", "https://example.org", "ana")
        link(record)
        assert {c for i in record.linked().incidents for c in i.claims} <= {
            c.id for c in record.claims()
        }
        assert record.linked().incidents
        assert record.unlinked() == 0
        assert record.renew(items[0].report, items[0].claims) == (0, 0)
        assert record.judgements()[promise.id][0].outcome is Outcome.FAILED


def test_pages_and_decisions_of_a_record_by_url(url: str) -> None:
    with Record(url) as record:
        for item in find_in(read([EXAMPLES / "03-kandahar-first-day.txt"])):
            assert isinstance(item, Found)
            record.add(item.report, item.claims)
        link(record)
        reports = {r.id: r for r in record.reports()}
        claim = next(c for c in record.claims(Filter(kind="toll")) if isinstance(c, Figure))
        made = record.decide(correct(claim, "count", "18-20", reports, "ana"), seen=0)
        with pytest.raises(ConflictError):
            record.decide(
                decide(Subject.CLAIM, Act.REJECT, [claim], reports, "ben"), seen=made.id - 1
            )
        assert record.decisions()[-1] == made
        assert contents(record).claims[claim.id].review is Review.CORRECTED
        client = TestClient(
            application(LiveRecord(record), Access("ana"), "s" * 40), base_url="http://localhost"
        )
        for address in (
            "/",
            "/queue",
            "/incidents",
            f"/claims/{claim.id}",
            "/search?q=killed",
            "/decisions",
        ):
            assert client.get(address).status_code == 200, address
        assert "18-20" in client.get(f"/claims/{claim.id}").text
        assert record.revision()[0] == made.id


def test_a_text_that_the_server_cannot_hold_is_reported_in_one_line(url: str) -> None:
    with Record(url) as record, pytest.raises(RecordError, match="NUL"):
        record.add(Report(id="nul", text="Two men were killed.\x00"), [])
