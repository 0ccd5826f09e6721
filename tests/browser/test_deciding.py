"""Everything that can be decided, with the mouse, by two at once, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from sayso.model import Claim, Review
from sayso.model.links import Incident
from tests.browser.acts import (
    Ids,
    Visit,
    button,
    correct,
    incident_with,
    log_in,
    menu,
    press,
    review_of,
    undo,
)
from tests.browser.serving import EXECUTABLE, Served

pytestmark = pytest.mark.skipif(
    EXECUTABLE is None, reason="no chromium or chromium-browser is installed to open the pages in"
)


# A kind, the page, the button, what is recorded, and what is then told of it on the page and held
# in the record.
PLAIN = [
    ("claim", "/claims/{figure}", "figure", "Confirm", "confirm", Review.CONFIRMED),
    ("claim", "/claims/{statement}", "statement", "Reject", "reject", None),
    (
        "incident",
        "/incidents/{incident}",
        "incident",
        "Confirm the incident",
        "confirm",
        Review.CONFIRMED,
    ),
    ("incident", "/incidents/{incident}", "incident", "No incident", "reject", None),
    ("series", "/series/{series}", "series", "Confirm the series", "confirm", Review.CONFIRMED),
]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(
    ("kind", "address", "which", "name", "act", "after"),
    PLAIN,
    ids=[f"{p[4]} {p[0]}" for p in PLAIN],
)
def test_what_one_button_decides(
    visit: Visit,
    desk: Served,
    ids: Ids,
    kind: str,
    address: str,
    which: str,
    name: str,
    act: str,
    after: Review | None,
    script: bool,
) -> None:
    page = visit(desk.address + address.format(**ids), java_script_enabled=script)
    state = page.locator(".lead .review").first
    expect(state).to_have_text("machine")
    button(page, name).click()
    expect(state).to_have_text(after.value if after else "rejected")
    expect(button(page, name)).to_have_count(0)  # it cannot be decided twice
    assert desk.acts() == [f"{kind} {act}"]
    assert desk.decisions()[0].who == "amina"
    assert review_of(desk, kind, ids[which]) is after
    undo(page)
    expect(state).to_have_text("machine")
    assert [d.act.value for d in desk.decisions()] == [act, "undo"]
    assert review_of(desk, kind, ids[which]) is Review.MACHINE
    expect(page.locator("#h-log + .log > li")).to_have_count(2)  # the log tells both


# A claim, its field as the menu names it, what is written or chosen, what the page then tells, and
# what the claim then holds.
CORRECTIONS: list[tuple[str, str, str, str, Callable[[Any], Any], Any]] = [
    ("figure", "how many", "17", "17", lambda c: (c.count.low, c.count.high), (17, 17)),
    ("figure", "how many", "≥ 20", "≥ 20", lambda c: (c.count.low, c.count.high), (20, None)),
    # a choice
    (
        "figure",
        "what happened to them",
        "wounded",
        "wounded",
        lambda c: c.effect.value,
        "wounded",
    ),
    # words of the sentence
    (
        "figure",
        "who is counted",
        "16 civilians",
        "16 civilians",
        lambda c: c.who.text,
        "16 civilians",
    ),
    (
        "figure",
        "by whom",
        "A United States soldier",
        "A United States soldier",
        lambda c: c.by.text,
        "A United States soldier",
    ),
    (
        "figure",
        "who says so",
        "Panjwai elders",
        "Panjwai elders",
        lambda c: c.sources[-1].name,
        "Panjwai elders",
    ),
    (
        "figure",
        "who says so",
        "the report itself",
        "the report itself",
        lambda c: c.sources[-1].role,
        "publisher",
    ),
    ("figure", "when", "2012-03-12", "2012-03-12", lambda c: c.when.start, date(2012, 3, 12)),
    ("figure", "when", "", "none", lambda c: c.when, None),  # no day is told
    ("figure", "hedged", "yes", "yes", lambda c: bool(c.hedge), True),
    ("statement", "claimant is a party to it", "no", "no", lambda c: c.sources[-1].party, False),
    (
        "event",
        "how it is laid at the actor's door",
        "fact",
        "fact",
        lambda c: c.blame.value,
        "fact",
    ),
    (
        "forecast",
        "by when",
        "2014-12-31",
        "2014-12-31",
        lambda c: c.horizon.end,
        date(2014, 12, 31),
    ),
    ("source", "what is said of it", "run_by", "run_by", lambda c: c.relation.value, "run_by"),
]


@pytest.mark.parametrize(
    ("which", "label", "value", "given", "of", "held"),
    CORRECTIONS,
    ids=[f"{c[0]} {c[1]} {c[2]}" for c in CORRECTIONS],
)
def test_each_kind_of_field_is_corrected(
    visit: Visit,
    desk: Served,
    ids: Ids,
    which: str,
    label: str,
    value: str,
    given: str,
    of: Callable[[Claim], Any],
    held: Any,
) -> None:
    home = f"{desk.address}/claims/{ids[which]}"
    before = of(desk.claim(ids[which])) if which != "forecast" else None
    page = visit(home)
    correct(page, label, value)
    expect(page).to_have_url(home)
    expect(page.locator(".lead .review").first).to_have_text("corrected")
    shown = page.locator(
        ".fields div", has=page.locator("dt", has_text=re.compile(f"^{label}$"))
    ).locator("dd")
    expect(shown).to_have_text(given)
    expect(page.locator("#h-fields ~ p").first).to_contain_text(f"The machine had: {label}")
    assert desk.acts() == ["claim correct"]
    assert of(desk.claim(ids[which])) == held
    undo(page)
    assert desk.claim(ids[which]).review is Review.MACHINE
    assert before is None or of(desk.claim(ids[which])) == before != held


WRONG = [
    ("how many", "many", "is no number of people"),
    ("how many", "20-16", "write the smaller number first"),
    ("how many", "16", "already"),  # what it has
    ("when", "yesterday", "is no day"),
    ("when", "2012-13-40", "is no day"),
    ("who is counted", "elephants", "does not stand in the sentence"),
]


@pytest.mark.parametrize(("label", "value", "words"), WRONG)
def test_a_wrong_value_is_reported_and_records_nothing(
    visit: Visit, desk: Served, ids: Ids, label: str, value: str, words: str
) -> None:
    page = visit(f"{desk.address}/claims/{ids['figure']}", refusals=(422,))
    correct(page, label, value)
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.locator("input[name=value]")).to_have_value(value)  # what was typed is not lost
    assert desk.decisions() == []
    assert desk.claim(ids["figure"]).review is Review.MACHINE


def test_a_wrong_value_can_be_mended_at_once(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/claims/{ids['figure']}", refusals=(422,))
    correct(page, "how many", "many")
    page.locator("input[name=value]").fill("18")
    button(page, "Correct it").click()
    expect(page).to_have_url(f"{desk.address}/claims/{ids['figure']}")
    assert desk.acts() == ["claim correct"]
    assert desk.claim(ids["figure"]).review is Review.CORRECTED


def test_a_place_is_looked_up_and_chosen(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/claims/{ids['figure']}")
    menu(page, "Correct").get_by_role("link").filter(
        has=page.locator("span", has_text=re.compile("^where$"))
    ).click()
    page.get_by_label("Look up in the gazetteer").fill("Khost")
    button(page, "Look up").click()
    first = page.locator("input[name=place]").first
    expect(first).to_be_checked()
    chosen = first.get_attribute("value")
    button(page, "Correct it").click()
    expect(page).to_have_url(f"{desk.address}/claims/{ids['figure']}")
    where = getattr(desk.claim(ids["figure"]), "where")  # noqa: B009 - not every claim has a place
    assert (str(where.geonames), where.country, where.text) == (chosen, "AF", "Khost")
    assert where.latitude == pytest.approx(33.3, abs=0.2)
    undo(page)
    page.goto(f"{desk.address}/correct/claim/{ids['figure']}/where?value=Khost")
    page.get_by_label("the words only").check()
    button(page, "Correct it").click()
    expect(page).to_have_url(f"{desk.address}/")  # no page was named to go back to
    where = getattr(desk.claim(ids["figure"]), "where")  # noqa: B009
    assert (where.text, where.geonames) == ("Khost", None)


# A page, and what the note there is about.
@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("/claims/{event}", "claim"),
        ("/incidents/{incident}", "incident"),
        ("/series/{series}", "series"),
    ],
)
def test_a_note_is_kept(visit: Visit, desk: Served, ids: Ids, address: str, subject: str) -> None:
    page = visit(desk.address + address.format(**ids))
    form = menu(page, "Note")
    form.get_by_role("button", name="Keep it").click()
    assert desk.decisions() == []  # an empty note is not sent
    form.get_by_label("Note").fill("Asked the <b>hospital</b>")
    form.get_by_role("button", name="Keep it").click()
    expect(page.locator("#h-log + .log")).to_contain_text("Asked the <b>hospital</b>")
    (made,) = desk.decisions()
    assert (made.subject.value, made.act.value, made.because) == (
        subject,
        "note",
        "Asked the <b>hospital</b>",
    )
    undo(page)
    expect(page.locator("#h-log + .log li.is-undone")).to_have_count(1)


def test_a_forecast_is_settled(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/forecasts")
    page.locator(f'li:has(a[href="/claims/{ids["forecast"]}"])').get_by_role(
        "link", name="Settle"
    ).click()
    form = menu(page, "Settle it")
    form.get_by_label("failed").check()
    form.get_by_label("Reason").fill("The north stayed quiet")
    form.get_by_label("Address of what shows it").fill("javascript:alert(1)")
    form.get_by_role("button", name="Settle").click()
    expect(page.locator("#main")).to_contain_text("failed, says amina")
    assert page.locator('a[href^="javascript"]').count() == 0
    ((judgement,),) = [desk.held().reviewed.judgements[ids["forecast"]]]
    assert (judgement.outcome.value, judgement.because) == ("failed", "The north stayed quiet")
    undo(page)
    expect(page.locator("#main")).to_contain_text("Nobody has judged it")
    assert not desk.held().reviewed.judgements.get(ids["forecast"])


# A field of an incident, what is written, and what the incident then holds.
@pytest.mark.parametrize(
    ("field", "value", "of", "held"),
    [
        ("when", "2012-03-12", lambda i: (i.first, i.last), (date(2012, 3, 12), date(2012, 3, 12))),
        ("type", "COERCE", lambda i: i.type.value, "COERCE"),
    ],
)
def test_an_incident_is_corrected(
    visit: Visit,
    desk: Served,
    ids: Ids,
    field: str,
    value: str,
    of: Callable[[Incident], Any],
    held: Any,
) -> None:
    home = f"{desk.address}/incidents/{ids['incident']}"
    first = incident_with(desk, ids["member"])
    page = visit(home)
    correct(page, field, value)
    expect(page).to_have_url(home)
    expect(page.locator(".lead .review")).to_have_text("corrected")
    found = incident_with(desk, ids["member"])
    assert found is not None
    assert (of(found), found.review) == (held, Review.CORRECTED)
    undo(page)
    assert incident_with(desk, ids["member"]) == first


def test_claims_are_split_off(visit: Visit, desk: Served, ids: Ids) -> None:
    before = incident_with(desk, ids["member"])
    assert before is not None
    away = before.claims[:2]
    page = visit(f"{desk.address}/incidents/{ids['incident']}", refusals=(422,))
    button(page, "Split them off").click()  # nothing is chosen
    expect(page.get_by_role("alert")).to_contain_text("choose the claims")
    assert desk.decisions() == []
    page.goto(f"{desk.address}/incidents/{ids['incident']}")
    for claim in away:
        page.locator(f'input[name=claims][value="{claim}"]').check()
    button(page, "Split them off").click()
    expect(page.locator(".bar")).to_contain_text("kept apart: 2 and")
    assert desk.acts() == ["incident separate"]
    one, other = incident_with(desk, away[0]), incident_with(desk, before.claims[-1])
    assert one is not None
    assert one != other
    assert set(one.claims) == set(away)
    undo(page)
    assert incident_with(desk, ids["member"]) == before


def test_incidents_are_merged_with_a_near_one_and_by_id_or_kept_apart(
    visit: Visit, desk: Served, ids: Ids
) -> None:
    page = visit(f"{desk.address}/incidents/{ids['incident']}")
    near = page.locator("#h-why ~ .rows > li").first
    other = (near.locator("[data-open]").get_attribute("href") or "").rsplit("/", 1)[1]
    claims = {i.id: set(i.claims) for i in desk.held().linked.incidents}
    both = claims[ids["incident"]] | claims[other]
    near.get_by_role("button", name="The same: merge").click()
    expect(page.locator(".bar")).to_contain_text("merged")
    merged = incident_with(desk, ids["member"])
    assert merged is not None
    assert set(merged.claims) == both
    undo(page)
    assert {i.id: set(i.claims) for i in desk.held().linked.incidents} == claims

    page.goto(f"{desk.address}/incidents/{ids['incident']}")
    form = menu(page, "Merge with an incident that is not listed")
    form.get_by_role("textbox").fill(other)
    form.get_by_role("button", name="Merge").click()
    expect(page.locator(".bar")).to_contain_text("merged")
    merged = incident_with(desk, ids["member"])
    assert merged is not None
    assert set(merged.claims) == both
    undo(page)

    page.goto(f"{desk.address}/incidents/{ids['incident']}")
    page.locator("#h-why ~ .rows > li").first.get_by_role("button", name="Not the same").click()
    expect(page.locator(".bar")).to_contain_text("kept apart")
    assert desk.acts()[-1] == "incident separate"
    assert {i.id: set(i.claims) for i in desk.held().linked.incidents} == claims
    undo(page)


def test_an_incident_that_is_not_there_cannot_be_merged_with(
    visit: Visit, desk: Served, ids: Ids
) -> None:
    page = visit(f"{desk.address}/incidents/{ids['incident']}", refusals=(422,))
    form = menu(page, "Merge with an incident that is not listed")
    form.get_by_role("textbox").fill("i000000000000")
    form.get_by_role("button", name="Merge").click()
    expect(page.get_by_role("alert")).to_contain_text("no longer in the record")
    assert desk.decisions() == []


def test_a_series_is_merged_and_split(visit: Visit, desk: Served, ids: Ids) -> None:
    page = visit(f"{desk.address}/series/{ids['series']}")
    before = {s.id: set(s.claims) for s in desk.held().linked.series}
    menu(page, "Merge with").get_by_role("button").first.click()
    expect(page.locator(".bar")).to_contain_text("merged")
    assert len(desk.held().linked.series) == len(before) - 1
    undo(page)
    page.locator("input[name=claims]").first.check()
    button(page, "Split them off").click()
    expect(page.locator(".bar")).to_contain_text("kept apart: 1 and")
    assert len(desk.held().linked.series) == len(before) + 1
    undo(page)
    assert {s.id: set(s.claims) for s in desk.held().linked.series} == before


def test_decisions_are_undone_in_their_list_and_done_again(
    visit: Visit, desk: Served, ids: Ids
) -> None:
    page = visit(f"{desk.address}/claims/{ids['figure']}")
    button(page, "Confirm").click()
    expect(page.locator(".lead .review").first).to_have_text("confirmed")
    page.goto(f"{desk.address}/decisions")
    page.locator(".log-long > li").first.get_by_role("button", name="Undo").click()
    expect(page.locator(".log-long > li")).to_have_count(2)
    assert desk.claim(ids["figure"]).review is Review.MACHINE
    page.locator(".log-long > li").first.get_by_role(
        "button", name="Undo"
    ).click()  # undo the undoing
    expect(page.locator(".log-long > li")).to_have_count(3)
    assert desk.claim(ids["figure"]).review is Review.CONFIRMED


# Pages that stand for an answer to a decision, with what leads there -> their buttons must lead on,
# not to an address that only takes forms.
@pytest.mark.parametrize("name", ["Undo", "Dark"])
def test_buttons_of_a_refusal_lead_back_to_a_page(
    visit: Visit, desk: Served, ids: Ids, name: str
) -> None:
    page = visit(f"{desk.address}/claims/{ids['statement']}", refusals=(422,))
    button(page, "Confirm").click()
    expect(page.locator(".lead .review").first).to_have_text("confirmed")
    page.goto(f"{desk.address}/claims/{ids['figure']}")
    correct(page, "how many", "many")
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()
    expect(page.locator("h1")).to_contain_text("16 killed")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_who_decides_second_is_shown_what_the_first_decided(
    visit: Visit, shared: Served, ids: Ids, script: bool
) -> None:
    home = f"{shared.address}/claims/{ids['figure']}"
    first = log_in(visit, home, "amina")
    second = log_in(partial_visit(visit, script), home, "boris", refusals=(409,))
    button(first, "Confirm").click()
    expect(first.locator(".lead .review").first).to_have_text("confirmed")
    button(second, "Reject").click()
    expect(second.locator("h1")).to_have_text("Somebody else decided first")
    expect(second.locator(".log")).to_contain_text("amina confirmed")
    assert [(d.who, d.act.value) for d in shared.decisions()] == [("amina", "confirm")]
    button(second, "Decide all the same").click()
    expect(second.locator(".lead .review").first).to_have_text("rejected")
    assert [(d.who, d.act.value) for d in shared.decisions()] == [
        ("amina", "confirm"),
        ("boris", "reject"),
    ]
    assert ids["figure"] not in shared.held().claims
    first.reload()
    expect(first.locator(".lead .review").first).to_have_text("rejected")


def partial_visit(visit: Visit, script: bool) -> Visit:
    return lambda address, **more: visit(address, java_script_enabled=script, **more)


def test_who_decides_second_may_look_first_or_undo_what_the_first_did(
    visit: Visit, shared: Served, ids: Ids
) -> None:
    home = f"{shared.address}/claims/{ids['figure']}"
    first, second = log_in(visit, home, "amina"), log_in(visit, home, "boris", refusals=(409,))
    button(first, "Confirm").click()
    expect(first.locator(".lead .review").first).to_have_text("confirmed")
    button(second, "Reject").click()
    second.get_by_role("link", name="Look at it first").click()
    expect(second.locator(".lead .review").first).to_have_text("confirmed")
    second.go_back()
    second.goto(home)
    # what somebody else decided is not theirs to undo by a key
    expect(second.locator(".bar")).to_have_count(0)
    button(first, "Reject").click()
    expect(first.locator(".lead .review").first).to_have_text("rejected")
    button(second, "Reject").click()
    second.locator(".log").get_by_role("button", name="Undo").first.click()
    expect(second.locator(".lead .review").first).to_have_text("confirmed")
    assert [(d.who, d.act.value) for d in shared.decisions()] == [
        ("amina", "confirm"),
        ("amina", "reject"),
        ("boris", "undo"),
    ]


def test_decisions_about_different_claims_do_not_meet(
    visit: Visit, shared: Served, ids: Ids
) -> None:
    first = log_in(visit, f"{shared.address}/claims/{ids['figure']}", "amina")
    second = log_in(visit, f"{shared.address}/claims/{ids['event']}", "boris")
    button(first, "Confirm").click()
    expect(first.locator(".lead .review").first).to_have_text("confirmed")
    button(second, "Reject").click()
    expect(second.locator(".lead .review").first).to_have_text("rejected")
    assert [d.who for d in shared.decisions()] == ["amina", "boris"]


def test_a_reader_is_offered_nothing_to_decide(visit: Visit, shared: Served, ids: Ids) -> None:
    page = log_in(visit, f"{shared.address}/claims/{ids['forecast']}", "chen")
    for address in (
        "/claims/{forecast}",
        "/incidents/{incident}",
        "/queue",
        "/incidents",
        "/series/{series}",
    ):
        page.goto(shared.address + address.format(**ids))
        assert (
            page.locator('#main form[action="/decide"], #main a[href^="/correct"]').count() == 0
        ), address
    press(page, "j", "c", "x")
    page.get_by_role("button", name="Log out").click()
    expect(page.locator("h1")).to_have_text("Log in")
    assert shared.decisions() == []


def test_all_is_there_without_script(visit: Visit, desk: Served, ids: Ids) -> None:
    home = f"{desk.address}/claims/{ids['figure']}"
    page = visit(home, java_script_enabled=False)
    correct(page, "how many", "17")
    expect(page).to_have_url(home)
    expect(page.locator(".lead .review").first).to_have_text("corrected")
    form = menu(page, "Note")
    form.get_by_label("Note").fill("By hand")
    form.get_by_role("button", name="Keep it").click()
    expect(page.locator("#h-log + .log")).to_contain_text("By hand")
    page.locator(".bar").get_by_role("button", name="Undo").click()
    page.locator(".bar").get_by_role("button", name="Undo").click()
    expect(page.locator(".bar")).to_have_count(0)
    assert desk.acts() == ["claim correct", "claim note", "claim undo", "claim undo"]
    assert desk.claim(ids["figure"]).review is Review.MACHINE
    page.locator("#q").fill("marines")
    page.locator("#q").press("Enter")
    expect(page.locator("#results .hit mark").first).to_have_text(re.compile("marines", re.I))
    page.goto(f"{desk.address}/incidents")
    page.get_by_label("Place").fill("Khost")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#results > p").first).to_have_text("2 incidents")
    page.goto(desk.address)
    page.get_by_label("Figures under").select_option("minmax")
    page.get_by_role("button", name="Show").click()
    assert "policy=minmax" in page.url
    assert "/tolls/minmax.svg" in (page.locator(".plot img").get_attribute("src") or "")
