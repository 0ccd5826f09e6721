"""Pages in a real browser: a record served to it, what it does on a page, and what it may not
do.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request

from sayso.model import Claim
from sayso.model.decisions import Decision
from sayso.store import Record
from sayso.view import Contents, contents
from sayso.web.app import application
from sayso.web.live import LiveRecord
from sayso.web.security import Access

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TODAY = date(2015, 1, 1)
"""The day on which forecasts of the examples are due."""


@dataclass(frozen=True)
class Served:
    """A record that is served: at `address`, from the file at `path`."""

    address: str
    path: Path

    def decisions(self) -> list[Decision]:
        """What stands in the file, whatever the pages say."""
        with Record(self.path, create=False) as record:
            return record.decisions()

    def acts(self) -> list[str]:
        """The decisions in the file, told by subject and act: "claim confirm"."""
        return [f"{d.subject.value} {d.act.value}" for d in self.decisions()]

    def held(self) -> Contents:
        """What the record says with its decisions."""
        with Record(self.path, create=False) as record:
            return contents(record)

    def claim(self, name: str) -> Claim:
        """A claim that stands. Raises KeyError for a rejected one."""
        return self.held().claims[name]


@contextmanager
def served(path: Path, access: Access | None = None) -> Iterator[Served]:
    """Serves a record on a free port of this machine, in a thread, until the block ends."""
    with Record(path, create=False) as record, socket.create_server(("127.0.0.1", 0)) as door:
        app = application(
            LiveRecord(record, TODAY),
            access or Access("amina"),
            "a secret for tests, thirty-two bytes long",
        )
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
        )
        thread = Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        end = monotonic() + 10
        while not server.started and monotonic() < end:
            sleep(0.01)
        assert server.started
        try:
            yield Served(f"http://127.0.0.1:{door.getsockname()[1]}", path)
        finally:
            server.should_exit = True
            thread.join(5)


@dataclass
class Watch:
    """What a browser did that none of our pages may make it do: see `faults`.

    `refusals` are the statuses of answers that are meant to be refusals: a browser writes each of
    them to its console.
    """

    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refusals: tuple[int, ...] = ()

    def over(self, context: BrowserContext) -> None:
        """Watches every page of the context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"page error: {error.error}"))
        context.on("dialog", self._dialog)
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        meant = any(f"responded with a status of {n} " in message.text for n in self.refusals)
        if message.type in ("error", "warning") and not meant:
            self.faults.append(f"console {message.type}: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.faults.append(f"request to elsewhere: {request.url}")


# -- what is measured on a page ------------------------------------------------------

# Elements that hold text of their own and are drawn, with the size of their text as it is seen: in
# a drawing that is scaled, the computed size alone would say nothing.
_SMALL = """least => [...document.querySelectorAll('body *')].flatMap(e => {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const drawn = e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length;
  if (!own || !drawn) return [];
  const scale = e instanceof SVGTextContentElement ? e.getScreenCTM().a : 1;
  const size = parseFloat(getComputedStyle(e).fontSize) * scale;
  const name = `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}`;
  return size < least ? [`${name} ${size.toFixed(1)}px: ${e.textContent.trim().slice(0, 30)}`] : [];
})"""
_OVER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const right = e => e.getBoundingClientRect().right;
  const name = e => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}`;
  return [...document.querySelectorAll('body *')].filter(e => right(e) > root.clientWidth + 1)
    .slice(0, 5).map(e => `${name(e)} reaches ${Math.round(right(e))}`)
    .concat([`document ${root.scrollWidth} > ${root.clientWidth}`]);
}"""
_PICTURES = """async () => {
  const lost = () => [...document.images]
    .filter(i => !i.complete || !i.naturalWidth).map(i => i.currentSrc || i.src);
  for (let n = 0; n < 100 && lost().length; n++) await new Promise(done => setTimeout(done, 50));
  return lost();
}"""
# What a Tab must reach, in the order of the page; of radio buttons of one name it reaches one.
_REACHABLE = """() => {
  const stops = 'a[href], button, input, select, textarea, summary, [tabindex]';
  window.stops = [...document.querySelectorAll(stops)]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden'
      && e.checkVisibility({visibilityProperty: true})
      && !e.closest('dialog:not([open])') && (e.type !== 'radio' || e.checked));
  return window.stops.length;
}"""
_FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return {
    at: window.stops ? window.stops.indexOf(e) : -1,
    name: (e.getAttribute('name') || e.textContent || e.tagName).trim().slice(0, 40),
    outline: s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth),
    inView: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
  };
}"""


def small_text(page: Page, least: float = 11) -> list[str]:
    """The text that is drawn smaller than so many pixels."""
    found: list[str] = page.evaluate(_SMALL, least)
    return found


def overflow(page: Page) -> list[str]:
    """What makes the page wider than the window; nothing where it is not."""
    found: list[str] = page.evaluate(_OVER)
    return found


def lost_pictures(page: Page) -> list[str]:
    """The pictures that are not drawn within five seconds."""
    found: list[str] = page.evaluate(_PICTURES)
    return found


def stops(page: Page) -> int:
    """How many elements the Tab key must reach; they are kept in the page, for `focus`."""
    found: int = page.evaluate(_REACHABLE)
    return found


def focus(page: Page) -> dict[str, Any]:
    """The element with the focus: `at` in the order of `stops`, its `name`, the width of its
    `outline`, whether it is `inView`.
    """
    found: dict[str, Any] = page.evaluate(_FOCUS)
    return found


def heading(page: Page) -> str:
    """The heading of the page, on a line."""
    return " ".join(page.locator("h1").inner_text().split())
