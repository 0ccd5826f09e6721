"""Everything with keys alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from sayso.model import Figure, Review
from tests.browser.acts import Ids, Visit, incident_with, press
from tests.browser.serving import EXECUTABLE, Served, focus, stops

pytestmark = pytest.mark.skipif(
    EXECUTABLE is None, reason="no chromium or chromium-browser is installed to open the pages in"
)


def test_help_search_and_going_by_keys(visit: Visit, library: Served) -> None:
    page = visit(library.address)
    dialog = page.locator("dialog#keys")
    press(page, "?")
    expect(dialog).to_be_visible()
    press(page, "g", "i")  # nothing happens behind it
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    assert urlsplit(page.url).path == "/"
    press(page, "/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jkcxenst?/gi")
    expect(page.locator("#q")).to_have_value("jkcxenst?/gi")  # letters in a field are letters
    expect(dialog).to_be_hidden()
    assert urlsplit(page.url).path == "/"
    press(page, "Escape")
    expect(page.locator("#q")).not_to_be_focused()


# Keys -> the page that they lead to.
GOES = [
    ("o", "/"),
    ("q", "/queue"),
    ("i", "/incidents"),
    ("s", "/series"),
    ("f", "/forecasts"),
    ("c", "/claimants"),
    ("r", "/reports"),
    ("d", "/decisions"),
]


def test_g_and_a_letter_go_to_each_page(visit: Visit, library: Served) -> None:
    page = visit(f"{library.address}/help")
    for key, path in GOES:
        press(page, "g", key)
        page.wait_for_url(library.address + path)


# Lists whose entries are chosen and opened.
@pytest.mark.parametrize(
    "address",
    [
        "/queue",
        "/incidents",
        "/series",
        "/forecasts",
        "/claimants",
        "/reports",
        "/claims",
        "/search?q=killed",
    ],
)
def test_entries_are_chosen_and_opened(visit: Visit, library: Served, address: str) -> None:
    page = visit(library.address + address)
    entries = page.locator("#main [data-item]")
    press(page, "j", "j", "j", "k")
    expect(page.locator(".is-chosen")).to_have_count(1)
    expect(entries.nth(1)).to_have_class(re.compile("is-chosen"))
    expect(entries.nth(1)).to_be_in_viewport()
    target = entries.nth(1).locator("[data-open]").get_attribute("href")
    press(page, "Enter")
    page.wait_for_url(f"{library.address}{target}")


def test_the_ends_of_a_list_hold(visit: Visit, library: Served) -> None:
    page = visit(f"{library.address}/incidents")
    entries = page.locator("#main [data-item]")
    press(page, "j", "k", "k")
    expect(entries.first).to_have_class(re.compile("is-chosen"))
    press(page, *["j"] * 40)
    expect(entries.last).to_have_class(re.compile("is-chosen"))


def test_an_incident_is_confirmed_and_undone_by_keys(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/incidents/{ids['incident']}")
    press(page, "c")
    expect(page.locator(".lead .review")).to_have_text("confirmed")
    assert desk.acts() == ["incident confirm"]
    press(page, "u")
    expect(page.locator(".lead .review")).to_have_text("machine")
    assert desk.acts() == ["incident confirm", "incident undo"]


def test_a_number_is_corrected_without_a_mouse(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/claims/{ids['figure']}")
    press(page, "e", "1")
    page.wait_for_url("**/correct/claim/**")
    expect(page.locator("input[name=value]")).to_be_focused()
    press(page, "ControlOrMeta+a")
    page.keyboard.type("17")
    press(page, "Enter")
    expect(page).to_have_url(f"{desk.address}/claims/{ids['figure']}")
    claim = desk.claim(ids["figure"])
    assert isinstance(claim, Figure)
    assert (claim.count.low, claim.review) == (17, Review.CORRECTED)


def test_a_menu_is_closed_by_escape_and_its_summary_keeps_the_focus(
    visit: Visit, library: Served, ids: Ids
) -> None:
    page = visit(f"{library.address}/claims/{ids['figure']}")
    opened = page.locator("details.menu[open]")
    press(page, "e")
    expect(opened).to_have_count(1)
    press(page, "Escape")
    expect(opened).to_have_count(0)
    assert focus(page)["name"].startswith("Correct")
    press(page, "n", "1")  # a figure is typed into the note, and does not reach the menu
    expect(opened.locator("textarea")).to_have_value("1")


def test_a_note_and_a_rejection_by_keys(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/claims/{ids['event']}")
    press(page, "n")
    page.keyboard.type("cxe: letters of a note")
    press(page, "Tab", "Enter")
    expect(page.locator("#h-log + .log")).to_contain_text("cxe: letters of a note")
    press(page, "x")
    expect(page.locator(".lead .review").first).to_have_text("rejected")
    assert desk.acts() == ["claim note", "claim reject"]


def test_a_forecast_is_settled_by_keys(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/claims/{ids['forecast']}")
    press(page, "t", "Space", "Tab")
    page.keyboard.type("It came so")
    press(page, "Tab")
    page.keyboard.type("https://example.org/1")
    press(page, "Enter")
    expect(page.locator("#main")).to_contain_text(re.compile("came.true, says amina"))
    assert desk.held().reviewed.judgements[ids["forecast"]][0].outcome.value == "came-true"


def test_the_queue_is_worked_through_by_keys(visit: Visit, desk: Served) -> None:
    page = visit(f"{desk.address}/queue")
    chosen = page.locator(".is-chosen [data-open]")
    titles = [a.get_attribute("href") for a in page.locator(".queue [data-open]").all()]
    press(page, "j", "j")
    expect(chosen).to_have_attribute("href", titles[1] or "")
    press(page, "c")
    expect(chosen).to_have_attribute("href", titles[2] or "")  # what stood after it has its place
    press(page, "c")
    expect(chosen).to_have_attribute("href", titles[3] or "")
    press(page, "u")
    expect(page.locator(".bar")).to_have_count(1)
    assert [a.split()[1] for a in desk.acts()] == ["confirm", "confirm", "undo"]
    assert [
        f"/{'series' if d.subject == 'series' else 'incidents'}" for d in desk.decisions()[:2]
    ] == [str(t).rsplit("/", 1)[0] for t in titles[1:3]]


def test_claims_are_split_off_by_keys(visit: Visit, desk: Served, ids: Ids) -> None:
    before = incident_with(desk, ids["member"])
    assert before is not None
    page = visit(f"{desk.address}/incidents/{ids['incident']}")
    press(page, "j", "s", "j", "s", "j", "s", "s")  # the third is chosen, and left
    expect(page.locator("input[name=claims]:checked")).to_have_count(2)
    press(page, "S")
    expect(page.locator(".bar")).to_contain_text("kept apart: 2 and")
    found = incident_with(desk, before.claims[0])
    assert found is not None
    assert set(found.claims) == set(before.claims[:2])


def test_the_near_incident_is_merged_by_keys(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/incidents/{ids['incident']}")
    press(page, *["j"] * (page.locator("#h-claims + .cards > [data-item]").count() + 1), "m")
    expect(page.locator(".bar")).to_contain_text("merged")
    assert desk.acts() == ["incident merge"]


def test_keys_with_control_do_nothing(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/incidents/{ids['incident']}")
    press(page, "Control+c", "Alt+x", "Meta+u")
    page.reload()
    assert desk.decisions() == []


# A page whose every link, button and field the Tab key must reach, in the order in which they
# stand.
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/queue",
        "/incidents/{incident}",
        "/claims/{figure}",
        "/correct/claim/{figure}/effect",
        "/search?q=marines",
    ],
)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    visit: Visit, library: Served, ids: Ids, address: str
) -> None:
    page = visit(library.address + address.format(**ids))
    page.evaluate("document.activeElement.blur()")
    wanted = stops(page)
    assert wanted > 15
    page.locator(".skip").focus()
    seen = [focus(page)]
    for _ in range(wanted - 1):
        page.keyboard.press("Tab")
        seen.append(focus(page))
    assert [s["at"] for s in seen] == list(range(wanted))
    assert [s["name"] for s in seen if s["outline"] < 1 or not s["inView"]] == []


def test_the_skip_link_leads_past_the_head(visit: Visit, library: Served, ids: Ids) -> None:
    page = visit(f"{library.address}/claims/{ids['figure']}")
    press(page, "Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    assert focus(page)["inView"]
    press(page, "Enter", "Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
