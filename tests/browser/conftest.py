"""A browser, records served to it, and the ids of what the examples hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sayso.model import Claim
from sayso.web.accounts import AccountRole, add, load
from sayso.web.security import Access
from tests.browser.acts import Ids, Visit
from tests.browser.serving import EXECUTABLE, FLAGS, Served, Watch, served
from tests.conftest import EXAMPLES

# How long a page may take, in milliseconds: a busy machine takes its time, and a page that never
# comes fails all the same.
PATIENCE = 10_000
# A claim of each kind in the examples: its report, its kind, and how its words begin.
CLAIMS = {
    "figure": ("03-kandahar-first-day", "toll", "16"),
    "statement": ("03-kandahar-first-day", "statement", "that it could not confirm"),
    "event": ("08-logar-strike", "event", "air strike"),
    "forecast": ("12-riverbend-herald", "forecast", "the fighting will spread"),
    "source": ("12-riverbend-herald", "source", "website Coalition Ledger"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the examples, which no test may change."""
    from typer.testing import CliRunner

    from sayso import cli

    path = tmp_path_factory.mktemp("pages") / "afghanistan.db"
    result = CliRunner().invoke(cli.app, ["read", str(EXAMPLES), "--into", str(path)])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def library(path: Path) -> Iterator[Served]:
    """The record, served to be read."""
    with served(path) as place:
        yield place


@pytest.fixture
def desk(path: Path, tmp_path: Path) -> Iterator[Served]:
    """A copy of the record, served to be decided about."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    with served(copy) as place:
        yield place


@pytest.fixture(scope="module")
def ids(library: Served) -> Ids:
    """The ids that addresses of the examples are made of."""
    held = library.held()
    found = {name: claim_id(held.claims.values(), *words) for name, words in CLAIMS.items()}
    kandahar = next(
        i for i in held.linked.incidents if i.first == date(2012, 3, 11) and len(i.reports) > 2
    )
    series = max(held.linked.series, key=lambda s: len(s.claims))
    return {
        **found,
        "incident": kandahar.id,
        "series": series.id,
        "report": "03-kandahar-first-day",
        "claimant": "Taliban",
        "member": kandahar.claims[0],
    }


def claim_id(claims: Iterable[Claim], of: str, kind: str, words: str) -> str:
    return next(
        c.id
        for c in claims
        if (c.report, c.kind, c.part) == (of, kind, "text") and c.core.text.startswith(words)
    )


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens pages, each in a context of its own that is watched; what no page may do fails the test
    at its end.
    """
    for server in {"desk", "shared", "hostile"} & set(request.fixturenames):
        request.getfixturevalue(server)  # so that it stops after the last page is closed
    contexts, watches = [], []

    def opened(
        address: str,
        width: int = 1440,
        scheme: Any = "light",
        refusals: tuple[int, ...] = (),
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",  # what slides in would be measured on its way
            **more,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(Watch(refusals=refusals))
        watches[-1].over(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for w in watches for fault in w.faults] == []


@pytest.fixture
def shared(path: Path, tmp_path: Path) -> Iterator[Served]:
    """A copy of the record that two reviewers and a reader log in to."""
    copy, people = tmp_path / "shared.db", tmp_path / "accounts.toml"
    copy.write_bytes(path.read_bytes())
    for name, role in (
        ("amina", AccountRole.REVIEWER),
        ("boris", AccountRole.REVIEWER),
        ("chen", AccountRole.READER),
    ):
        add(people, name, role, f"{name} has a password")
    with served(copy, Access("", accounts=load(people))) as place:
        yield place
