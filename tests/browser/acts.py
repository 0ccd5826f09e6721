"""What a person does on a page, and what the record then holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from sayso.model import Review
from sayso.model.links import Incident
from tests.browser.serving import Served

Visit = Callable[..., Page]
Ids = dict[str, str]


def button(page: Page, name: str) -> Locator:
    """The first button of that name in the middle of the page."""
    return page.locator("#main").get_by_role("button", name=name, exact=True).first


def menu(page: Page, name: str) -> Locator:
    """Opens the first menu of that name, and gives it."""
    found = page.locator("#main details", has=page.locator("summary", has_text=name)).first
    found.locator("summary").click()
    return found


def undo(page: Page) -> None:
    """Takes the last decision back, by the bar at the head of the page."""
    page.locator(".bar").get_by_role("button", name="Undo").click()
    expect(page.locator(".bar")).to_have_count(0)


def incident_with(place: Served, claim: str) -> Incident | None:
    return next((i for i in place.held().linked.incidents if claim in i.claims), None)


def review_of(place: Served, kind: str, name: str) -> Review | None:
    """What people decided of a claim, an incident or a series; None where it no longer stands."""
    held = place.held()
    groups = (
        {i.id: i for i in held.linked.incidents}
        if kind == "incident"
        else {s.id: s for s in held.linked.series}
    )
    found: Any = held.claims.get(name) if kind == "claim" else groups.get(name)
    return found.review if found else None


def correct(page: Page, label: str, value: str) -> None:
    """Opens the menu of corrections, the field's form, and sends it with the value."""
    menu(page, "Correct").get_by_role("link").filter(
        has=page.locator("span", has_text=re.compile(f"^{label}$"))
    ).click()
    expect(page.locator("h1")).to_have_text(f"Correct: {label}")
    if page.locator("input[type=radio]").count():
        page.locator(f'input[type=radio][value="{value}"]').check()
    else:
        page.locator("input[name=value]:not([type=hidden])").fill(value)
    button(page, "Correct it").click()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def log_in(visit: Visit, address: str, name: str, refusals: tuple[int, ...] = ()) -> Page:
    page = visit(address, refusals=refusals)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(f"{name} has a password")
    button(page, "Log in").click()
    page.wait_for_url(address)
    return page
