"""Every page in a real browser: whole in every look, without faults, told to those who cannot see
it, and closed to hostile words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urldefrag, urljoin, urlsplit

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from lxml import html  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from sayso.pipeline import link
from sayso.store import Record
from tests.browser.acts import Ids, Visit, button, correct, menu, press
from tests.browser.serving import (
    EXECUTABLE,
    Served,
    heading,
    lost_pictures,
    overflow,
    served,
    small_text,
)
from tests.making import report, toll

pytestmark = pytest.mark.skipif(
    EXECUTABLE is None, reason="no chromium or chromium-browser is installed to open the pages in"
)


PAGES = [
    ("/", "What the reports say"),
    ("/?policy=minmax", "What the reports say"),  # under another policy
    ("/queue", "Review queue"),
    ("/queue?kind=series", "Review queue"),
    ("/incidents", "Incidents"),
    ("/incidents?place=Kandah&order=newest&least=3&review=machine", "Incidents"),
    ("/incidents?since=soon&least=many", "Incidents"),  # what no filter understands
    ("/incidents/{incident}", "Assault"),  # several reports, disputed, with a map
    ("/series", "Series"),
    ("/series?kind=strength", "Series"),
    ("/series/{series}", ""),
    ("/forecasts", "Forecasts"),
    ("/forecasts?state=due", "Forecasts"),
    ("/claimants", "Claimants"),
    ("/claimants/{claimant}", "Taliban"),
    ("/reports", "Reports"),
    ("/reports?q=kandahar&since=2012-03-12", "Reports"),
    ("/reports/{report}", "Sixteen villagers shot dead"),
    ("/claims", "Claims"),  # a page of many
    ("/claims?page=2", "Claims"),
    ("/claims?kind=toll&effect=killed&place=Logar&since=2012-01-01", "Claims"),
    ("/claims/{figure}", "16 killed"),
    ("/claims/{statement}", "Statement"),
    ("/claims/{event}", "Assault"),
    ("/claims/{forecast}", ""),
    ("/claims/{source}", ""),  # a fact about a source
    ("/decisions", "Decisions"),
    ("/search", "Search"),
    ("/search?q=killed", "Search"),
    ("/search?q=killed&in=reports", "Search"),
    ("/help", "Help"),
    ("/correct/claim/{figure}/count?next=/queue", "Correct: how many"),
    ("/correct/claim/{figure}/effect", "Correct: what happened to them"),  # a choice
    ("/correct/claim/{figure}/when", "Correct: when"),
    ("/correct/claim/{figure}/who", "Correct: who is counted"),  # words of the sentence
    ("/correct/claim/{figure}/claimant", "Correct: who says so"),
    ("/correct/claim/{figure}/where", "Correct: where"),
    ("/correct/claim/{figure}/where?value=Kandahar", "Correct: where"),  # looked up
    ("/correct/incident/{incident}/when", "Correct: when"),
    ("/correct/incident/{incident}/where", "Correct: where"),
    ("/correct/incident/{incident}/type", "Correct: type"),
    ("/nowhere", "Page not found"),  # 404
    ("/claims/0000000000000000", "Page not found"),  # 404, in a place that there is
]
# The width of the window and the scheme of colours.
LOOKS: list[tuple[int, Any]] = [(1440, "light"), (1440, "dark"), (390, "dark"), (390, "light")]


@pytest.mark.parametrize(("address", "begins"), PAGES, ids=[a for a, _ in PAGES])
def test_every_page_is_whole_in_every_look(
    visit: Visit, library: Served, ids: Ids, address: str, begins: str
) -> None:
    missing = begins == "Page not found"
    page = visit("about:blank", refusals=(404,) if missing else ())
    answer = page.goto(library.address + address.format(**ids))
    # pictures below the window are asked for too
    page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    assert answer is not None
    assert answer.status == (404 if missing else 200)
    assert heading(page).startswith(begins)
    assert heading(page)
    assert page.title().endswith("· sayso")
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert lost_pictures(page) == [], (width, scheme)
        assert overflow(page) == [], (width, scheme)
        assert small_text(page) == [], (width, scheme)


def test_pictures_are_made_for_the_look(visit: Visit, library: Served) -> None:
    """The same page asks for a picture of its width and its colours."""
    for width, scheme, given in (
        (1440, "light", set()),
        (1440, "dark", {"dark"}),
        (390, "light", {"narrow"}),
        (390, "dark", {"narrow", "dark"}),
    ):
        page = visit(library.address, width, scheme)
        page.locator(".plot img").scroll_into_view_if_needed()
        expect(page.locator(".plot img")).not_to_have_js_property("currentSrc", "")
        asked = page.evaluate("document.querySelector('.plot img').currentSrc")
        assert set(parse_qs(urlsplit(asked).query)) == given


def test_every_link_and_picture_on_every_page_is_there(library: Served, ids: Ids) -> None:
    with httpx2.Client(base_url=library.address, timeout=20) as client:
        linked: dict[str, str] = {}  # address with its fragment -> the first page that has it
        for address, _ in PAGES:
            here = address.format(**ids)
            root = html.fromstring(client.get(here).text)
            for target in root.xpath("//@href | //@src | //@srcset"):
                if not str(target).startswith("#main"):
                    linked.setdefault(urljoin(here, str(target)), here)
        assert len(linked) > 300
        forms = {
            re.sub(r"/claim/\w+", "", t.partition("?")[0]): t
            for t in linked
            if t.startswith("/correct/claim/")
        }
        # a thousand alike
        linked = {
            t: here
            for t, here in linked.items()
            if not t.startswith("/correct/claim/") or t in forms.values()
        }
        bodies: dict[str, tuple[int, str]] = {}
        wrong: list[str] = []
        for target, here in linked.items():
            bare, fragment = urldefrag(target)
            if urlsplit(bare).netloc:
                continue
            if bare not in bodies:
                answer = client.get(bare)
                bodies[bare] = (
                    answer.status_code,
                    answer.text if "html" in answer.headers["content-type"] else "",
                )
            status, body = bodies[bare]
            if status >= 400 or (fragment and f'id="{fragment}"' not in body):
                wrong.append(
                    f"{here} leads to {target}: "
                    f"{status}{', which has no such part' if status < 400 else ''}"
                )
        assert wrong == []


# The rules of axe-core that colours decide: in the dark only these can give another answer than in
# the light.
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
# Pages that say nothing to axe-core which another does not say sooner: long lists, and the same
# template with other words.
ALIKE = {
    "/?policy=minmax",
    "/queue?kind=series",
    "/incidents?place=Kandah&order=newest&least=3&review=machine",
    "/series?kind=strength",
    "/claims",
    "/forecasts?state=due",
    "/reports?q=kandahar&since=2012-03-12",
    "/claims?page=2",
    "/correct/claim/{figure}/when",
    "/correct/claim/{figure}/who",
    "/correct/claim/{figure}/claimant",
    "/correct/claim/{figure}/where",
    "/correct/incident/{incident}/when",
    "/claims/0000000000000000",
}
AXE_LOOKS = [(a, 1440) for a, _ in PAGES if a not in ALIKE] + [
    (a, 390) for a in ("/", "/queue", "/incidents/{incident}")
]


@pytest.mark.parametrize(("address", "width"), AXE_LOOKS, ids=lambda v: str(v))
def test_axe_finds_nothing_serious(
    visit: Visit, library: Served, ids: Ids, address: str, width: int
) -> None:
    page = visit(library.address + address.format(**ids), width, refusals=(404,), bypass_csp=True)
    assert grave(page) == []
    page.emulate_media(color_scheme="dark")
    assert grave(page, COLOURS) == []


def grave(page: Page, options: Any = None) -> list[Any]:
    """What axe-core finds that is serious or critical, with the first elements."""
    found = (
        Axe().run(page, options=options or {"resultTypes": ["violations"]}).response["violations"]
    )
    return [
        (v["id"], [n["target"] for n in v["nodes"][:5]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


# ------------------------------------------------------------------------------
# a hostile report

EVIL = (
    '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}${7*7}\x07\u202e '
    "javascript:alert(3)"
)
CLEAN = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}${7*7}'


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Served]:
    """A record of a report that attacks whoever reads it, in every field."""
    evil = replace(
        report(
            f"evil {EVIL}".replace("\x07", ""),
            (
                f"{EVIL}. On Monday 12 <b>villagers</b> were killed in Khost. {EVIL} A "
                f"bombing killed "
                f"14 civilians in Khost."
            ),
        ),
        title=EVIL,
        publisher=EVIL,
        url="javascript:alert(4)",
        credit=EVIL,
        origin=EVIL,
    )
    good = report("good", "On Monday 17 villagers were killed in Khost.")
    given = [
        toll(evil, "12", said=EVIL, day="2012-10-01", place="Khost", who="<b>villagers</b>"),
        toll(evil, "14", said=EVIL, day="2012-10-01", place="Khost"),
    ]
    path = tmp_path / "hostile.db"
    with Record(path) as record:
        record.add(evil, given)
        record.add(good, [toll(good, "17", said="A doctor", day="2012-10-01", place="Khost")])
        link(record)
    with served(path) as place:
        yield place


def test_a_hostile_report_is_only_text(visit: Visit, hostile: Served) -> None:
    page = visit(hostile.address)
    held = hostile.held()
    evil = next(r for r in held.reports if r != "good")
    claim = next(c for c in held.claims.values() if c.report == evil)
    addresses = [
        "/",
        "/queue",
        "/incidents",
        "/series",
        "/claimants",
        "/reports",
        "/claims",
        "/search?q=alert",
        "/search?q=alert&in=reports",
        "/decisions",
        *(f"/incidents/{i.id}" for i in held.linked.incidents),
        *(f"/series/{s.id}" for s in held.linked.series),
        *(f"/claims/{c}" for c in held.claims),
        f"/reports/{quote(evil, safe='')}",
        f"/claimants/{quote(claim.sources[-1].name or '', safe='')}",
        f"/correct/claim/{claim.id}/claimant",
        f"/correct/claim/{claim.id}/where?value={quote(EVIL)}",
        f"/search?q={quote(EVIL)}",
        f"/claims?text={quote(EVIL)}&since={quote(EVIL)}",
        f"/incidents?place={quote(EVIL)}",
        f"/reports?publisher={quote(EVIL)}",
        f"/decisions?who={quote(EVIL)}",
    ]
    shown = 0
    for address in addresses:
        answer = page.goto(hostile.address + address)
        assert answer is not None
        assert answer.status == 200, address
        text = page.locator("body").inner_text()
        shown += "onerror=alert(1)" in text
        # {{7*7}} was not worked out
        assert "49" not in re.sub(r"\d\d[.:,]\d\d|\w{12,}", "", text), address
        assert (
            page.locator(
                '[onerror], [href^="javascript" i], [src^="javascript" i], #main '
                'img[src="x"], main script'
            ).count()
            == 0
        ), address
    assert shown > 8


def test_hostile_words_of_a_reviewer_are_only_text(visit: Visit, hostile: Served) -> None:
    name = next(c for c in hostile.held().claims)
    page = visit(f"{hostile.address}/claims/{name}")
    correct(page, "who says so", CLEAN)
    form = menu(page, "Note")
    form.get_by_label("Note").fill(CLEAN)
    form.get_by_role("button", name="Keep it").click()
    expect(page.locator("#h-log + .log .because")).to_have_text(CLEAN)
    assert [d.because for d in hostile.decisions()][1] == CLEAN
    for address in ("/", "/decisions", f"/search?q={quote('onerror')}", "/claimants"):
        page.goto(hostile.address + address)
        assert page.locator("[onerror], main script").count() == 0, address


def ground(page: Page) -> tuple[int, ...]:
    """The colour behind the page, as red, green and blue."""
    found = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return tuple(int(n) for n in re.findall(r"\d+", found)[:3])


@pytest.mark.parametrize(("scheme", "name"), [("light", "Dark"), ("dark", "Light")])
def test_the_theme_is_chosen_stays_and_is_given_back(
    visit: Visit, library: Served, scheme: str, name: str
) -> None:
    page = visit(f"{library.address}/incidents?order=newest", scheme=scheme)
    before = ground(page)
    assert (min(before) > 200) == (scheme == "light")
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.url.endswith("/incidents?order=newest")
    chosen = ground(page)
    assert (min(chosen) > 200) == (name == "Light")
    page.goto(library.address)
    assert ground(page) == chosen
    page.locator(
        ".plot img"
        # pictures are fetched when they are about to be seen, and follow
    ).scroll_into_view_if_needed()
    page.wait_for_function(
        "dark => document.querySelector('.plot img').currentSrc.includes('dark=1') === dark",
        arg=name == "Dark",
    )
    page.get_by_role("button", name="Auto", exact=True).click()
    expect(page.get_by_role("button", name="Auto", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert ground(page) == before


# Pages on paper, of which one has been decided about.
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/queue",
        "/incidents",
        "/incidents/{incident}",
        "/claims/{figure}",
        "/series/{series}",
        "/decisions",
        "/search?q=killed",
    ],
)
def test_paper_shows_no_controls(visit: Visit, desk: Served, ids: Ids, address: str) -> None:
    page = visit(f"{desk.address}/claims/{ids['figure']}", scheme="dark")
    button(page, "Confirm").click()
    expect(page.locator(".bar")).to_have_count(1)
    page.goto(desk.address + address.format(**ids))
    page.emulate_media(media="print")
    left = page.locator("nav, button, input, select, .bar, .skip").locator("visible=true")
    assert [e.evaluate("e => e.outerHTML.slice(0, 80)") for e in left.all()] == []
    assert page.locator("h1").is_visible()
    assert ground(page) == (255, 255, 255)
    assert overflow(page) == []


# A page, its filter, what is chosen, and what then stands in the address.
FILTERS = [
    ("/incidents", "place", "Khost", {"place": ["Khost"], "order": ["killed"]}),
    ("/incidents", "disputed", "yes", {"disputed": ["yes"], "order": ["killed"]}),
    ("/incidents", "least", "10", {"least": ["10"], "order": ["killed"]}),
    ("/claims", "kind", "strength", {"kind": ["strength"]}),
    ("/claims", "text", "marines", {"text": ["marines"]}),
    ("/claims", "since", "2012-09-01", {"since": ["2012-09-01"]}),
    ("/reports", "publisher", "Lantern News (example)", {"publisher": ["Lantern News (example)"]}),
    ("/claimants", "party", "yes", {"party": ["yes"]}),
    ("/forecasts", "mode", "promise", {"mode": ["promise"]}),
    ("/series", "q", "displaced", {"q": ["displaced"]}),
    ("/search", "q", "marines", {"q": ["marines"], "in": ["claims"]}),
]


@pytest.mark.parametrize(
    ("address", "name", "value", "query"), FILTERS, ids=[f"{f[0]} {f[1]}" for f in FILTERS]
)
def test_a_filter_stands_in_the_address_and_the_address_gives_the_list(
    visit: Visit, library: Served, address: str, name: str, value: str, query: dict[str, list[str]]
) -> None:
    page = visit(library.address + address)
    before = page.locator("#results").inner_text()
    box = page.locator(f"#main form.filters [name={name}]")
    if box.evaluate("e => e.tagName") == "SELECT":
        box.select_option(value)
    else:
        box.fill(value)
        box.press("Tab")
    page.wait_for_url(re.compile(r"\?"))
    assert parse_qs(urlsplit(page.url).query, keep_blank_values=True) == query
    expect(page.locator("#results")).not_to_have_text(before, use_inner_text=True)
    after = page.locator("#results").inner_text()
    again = visit(page.url)
    assert again.locator("#results").inner_text() == after
    assert again.locator(f"#main form.filters [name={name}]").input_value() == value
    page.go_back()
    expect(page).to_have_url(library.address + address)
    expect(page.locator("#results")).to_have_text(before, use_inner_text=True)
    assert page.locator(f"#main form.filters [name={name}]").input_value() != value


def test_pages_of_a_list_lead_on_with_its_filters(visit: Visit, library: Served) -> None:
    page = visit(f"{library.address}/claims?kind=toll")
    expect(page.locator(".pager")).to_contain_text("1 to 50 of")
    press(page, "]")
    page.wait_for_url(re.compile("page=2"))
    assert parse_qs(urlsplit(page.url).query) == {"kind": ["toll"], "page": ["2"]}
    expect(page.locator(".pager")).to_contain_text("51 to")
    press(page, "[")
    page.wait_for_url(re.compile("page=1"))
