"""The pages of a record over HTTP, without a browser: what they tell, decisions, errors, and what
is published.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.errors import SaysoError
from sayso.export import read_back
from sayso.model import KINDS, Figure, Forecast, Report, Review
from sayso.model.decisions import Act, Subject
from sayso.pipeline import link
from sayso.redact import MASK
from sayso.review import correct, undo
from sayso.review import decide as make
from sayso.store import Filter, Record
from sayso.view import Contents, contents
from sayso.web.accounts import AccountRole, add, load
from sayso.web.app import application
from sayso.web.highlight import in_report, in_sentence
from sayso.web.live import LiveRecord
from sayso.web.pages import finding, lists, overview, queue
from sayso.web.pages.queue import ranked
from sayso.web.scale import Scale
from sayso.web.search import Index
from sayso.web.security import Access
from sayso.web.snapshot import AsLinked, Snapshot
from sayso.web.urls import file_name
from tests.conftest import EXAMPLES, Run
from tests.making import act, report, toll

TODAY = date(2015, 1, 1)


# A few of the reports, for what takes long: they have claims of every kind, copies, an incident
# about which sources disagree, series, and names of people.
FEW = ("03-kandahar-first-day.txt", "05-wardak-helicopter.jsonl", "12-riverbend-herald.txt")


def record_of(path: Path, *reports: Path) -> Path:
    from typer.testing import CliRunner

    from sayso import cli

    result = CliRunner().invoke(cli.app, ["read", *map(str, reports), "--into", str(path)])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record_of(tmp_path_factory.mktemp("web") / "afghanistan.db", EXAMPLES)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a few reports, which no test may change."""
    return record_of(tmp_path_factory.mktemp("few") / "few.db", *(EXAMPLES / name for name in FEW))


@pytest.fixture
def path(examples: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(examples, tmp_path / "r.db"))


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    with Record(path, create=False) as record:
        app = application(LiveRecord(record, TODAY), Access("ana"), "s" * 40)
        yield TestClient(app, base_url="http://localhost", headers={"Origin": "http://localhost"})


def held(path: Path) -> Contents:
    with Record(path, create=False) as record:
        return contents(record)


def kandahar(of: Contents) -> Any:
    return next(
        i for i in of.linked.incidents if i.first == date(2012, 3, 11) and len(i.reports) > 1
    )


def decide(client: TestClient, **fields: Any) -> Any:
    """Posts a decision as a page of the record does."""
    page = client.get("/decisions").text
    token = re.search(r'"X-CSRF-Token": "([^"]+)"', page)
    assert token
    data = {"csrf": token[1], "next": "/decisions", "seen": "1000000", **fields}
    return client.post("/decide", data=data, follow_redirects=False)


PAGES = [
    "/",
    "/?policy=minmax",
    "/queue",
    "/incidents",
    "/incidents?place=kand&since=2012-01-01&least=2&order=oldest",
    "/incidents?disputed=yes",
    "/series",
    "/series?kind=strength",
    "/forecasts",
    "/forecasts?state=due",
    "/claimants",
    "/claimants?type=military",
    "/reports",
    "/reports?q=helicopter",
    "/claims",
    "/claims?kind=toll&effect=killed&text=villagers",
    "/decisions",
    "/search",
    "/search?q=killed",
    "/search?q=%22killed+at%22&in=reports",
    "/help",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<h1" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_every_thing_has_its_page_and_every_link_leads_somewhere(
    client: TestClient, path: Path
) -> None:
    of = held(path)
    addresses = [f"/incidents/{i.id}" for i in of.linked.incidents]
    addresses += [f"/series/{s.id}" for s in of.linked.series]
    addresses += [f"/reports/{r}" for r in of.reports]
    # of every report one claim of each kind and of each part; the site below has a page of all
    claims = {(c.report, c.kind, c.part): c.id for c in of.claims.values()}
    addresses += [f"/claims/{c}" for c in claims.values()]
    links: set[str] = set()
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        links |= {
            h.split("#")[0]
            for h in re.findall(r'(?:href|src|srcset)="(/[^"]*)"', answer.text)
            if "/pictures/" not in h
        }
    links = {h.replace("&amp;", "&").replace("&#39;", "'") for h in links} - set(addresses)
    assert len(links) > 300  # a form to correct every field, among others
    for address in sorted(links)[::9]:
        assert client.get(address).status_code == 200, address


def test_an_incident_shows_who_says_how_many_before_it_is_read(
    client: TestClient, path: Path
) -> None:
    page = client.get(f"/incidents/{kandahar(held(path)).id}").text
    for words in (
        "Afghan officials",
        "The United States military",
        "Sources disagree",
        "ucdp",
        "minmax",
        "Nearly the same",
    ):
        assert words in page or words == "Nearly the same"
    assert page.count("tone-disputed") >= 2
    assert "map-circle" in page


def test_a_province_is_drawn_as_a_province_and_a_town_as_a_circle(
    client: TestClient, path: Path
) -> None:
    of = held(path)
    wardak = next(
        i for i in of.linked.incidents if i.where is not None and i.where.text == "Wardak"
    )
    page = client.get(f"/incidents/{wardak.id}").text
    assert "only the province is given, so the province is drawn" in page
    assert re.search(r'class="[^"]*\bmap-area\b', page)
    assert not re.search(r'<circle[^>]*class="[^"]*\bmap-circle\b', page)
    page = client.get(f"/incidents/{kandahar(of).id}").text
    assert re.search(r'class="[^"]*\bmap-circle\b', page)


def test_what_is_not_there_is_reported(client: TestClient) -> None:
    for address in (
        "/incidents/i000000000000",
        "/claims/none",
        "/reports/none",
        "/series/none",
        "/claimants/Nobody",
        "/nowhere",
        "/pictures/incident/x.svg",
        "/pictures/tolls/mine.svg",
        "/pictures/series/x.gif",
    ):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Page not found" in answer.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/incidents?since=yesterday", "since: “yesterday” is not a day; expected YYYY-MM-DD"),
        ("/incidents?least=many", "least: “many” is not a whole number"),
        ("/claims?until=2012-13-01", "until: “2012-13-01” is not a day"),
    ],
)
def test_a_filter_that_cannot_be_read_is_reported_and_the_others_count(
    client: TestClient, address: str, words: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert words in answer.text


# -- decisions ----------------------------------------------------------------------------


def a_toll(of: Contents) -> Figure:
    return next(
        c
        for c in of.claims.values()
        if isinstance(c, Figure) and c.count.low == 16 and c.kind == "toll"
    )


def test_the_page_of_a_rejected_incident_shows_it(client: TestClient, path: Path) -> None:
    incident = kandahar(held(path))
    decide(client, subject="incident", id=incident.id, act="reject")
    assert [i.id for i in held(path).rejected] == [incident.id]
    assert "rejected" in client.get(f"/incidents/{incident.id}").text


def test_a_claim_is_confirmed_corrected_and_rejected(client: TestClient, path: Path) -> None:
    claim = a_toll(held(path))
    assert decide(client, subject="claim", id=claim.id, act="confirm").status_code == 303
    assert held(path).claims[claim.id].review is Review.CONFIRMED
    assert (
        decide(
            client,
            subject="claim",
            id=claim.id,
            act="correct",
            field="count",
            value="18-20",
            because="misread",
        ).status_code
        == 303
    )
    changed = held(path).claims[claim.id]
    assert isinstance(changed, Figure)
    assert (changed.count.low, changed.count.high, changed.review) == (18, 20, Review.CORRECTED)
    assert "The machine had" in client.get(f"/claims/{claim.id}").text
    decide(client, subject="claim", id=claim.id, act="reject")
    page = client.get(f"/claims/{claim.id}").text
    assert "review-rejected" in page
    assert claim.id not in held(path).claims


def test_a_value_that_is_none_is_refused_and_nothing_is_recorded(
    client: TestClient, path: Path
) -> None:
    answer = decide(
        client,
        subject="claim",
        id=a_toll(held(path)).id,
        act="correct",
        field="count",
        value="a lot",
    )
    assert answer.status_code == 422
    assert "no number of people" in answer.text
    assert 'value="a lot"' in answer.text  # to be changed, not typed again
    assert held(path).reviewed.decisions == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "explode", "subject": "claim"},
        {"act": "confirm", "subject": "planet"},
        {"act": "confirm", "subject": "claim", "id": "gone"},
        {"act": "merge", "subject": "incident", "id": "gone"},
        {"act": "undo", "undoes": "99"},
        {"act": "undo", "undoes": "99999999999999999999999"},
        {"act": "note", "subject": "claim", "id": "gone", "seen": "9" * 30},
        {},
    ],
)
def test_a_form_that_makes_no_sense_is_reported(
    client: TestClient, path: Path, fields: dict[str, str]
) -> None:
    assert decide(client, **fields).status_code == 422
    assert held(path).reviewed.decisions == ()


def test_a_place_is_taken_from_the_gazetteer(client: TestClient, path: Path) -> None:
    claim = next(
        c for c in held(path).claims.values() if isinstance(c, Figure) and c.where is not None
    )
    form = client.get(f"/correct/claim/{claim.id}/where", params={"value": "Herat"}).text
    entry = re.search(r'name="place" value="(\d+)" checked> Her[aā]t, AF', form)
    assert entry
    decide(
        client,
        subject="claim",
        id=claim.id,
        act="correct",
        field="where",
        value="Herat",
        place=entry[1],
    )
    where = held(path).claims[claim.id].where
    assert where is not None
    assert (where.geonames, where.country, where.precision) == (int(entry[1]), "AF", "town")


def test_claims_are_split_off_and_the_incidents_merged_again(
    client: TestClient, path: Path
) -> None:
    incident = kandahar(held(path))
    moved = [c for c in incident.claims if held(path).claims[c].report == incident.reports[1]]
    refused = decide(client, subject="incident", id=incident.id, act="separate")
    assert refused.status_code == 422
    decide(client, subject="incident", id=incident.id, act="separate", claims=moved)
    of = held(path)
    one, other = (
        next(i for i in of.linked.incidents if c in i.claims)
        for c in (moved[0], next(c for c in incident.claims if c not in moved))
    )
    assert set(moved) <= set(one.claims)
    assert one.id != other.id
    decide(client, subject="incident", id=one.id, act="merge", other=other.id)
    assert set(incident.claims) <= {
        c for i in held(path).linked.incidents if moved[0] in i.claims for c in i.claims
    }
    # the address of what was merged leads on
    assert client.get(f"/incidents/{one.id}", follow_redirects=True).status_code == 200


def test_a_forecast_is_settled_and_the_settling_undone(client: TestClient, path: Path) -> None:
    forecast = next(c for c in held(path).claims.values() if isinstance(c, Forecast))
    settled = {
        "subject": "claim",
        "id": forecast.id,
        "act": "settle",
        "value": "failed",
        "because": "They stayed.",
    }
    assert decide(client, **settled).status_code == 422  # what shows it is missing
    decide(client, **settled, source="https://example.org/report")
    assert held(path).reviewed.judgements[forecast.id][0].outcome == "failed"
    assert "Track record" in client.get("/forecasts").text
    decide(client, act="undo", undoes="1")
    assert forecast.id not in held(path).reviewed.judgements


def test_two_reviewers_never_overwrite_each_other(client: TestClient, path: Path) -> None:
    claim = a_toll(held(path))
    with Record(path, create=False) as record:
        other = TestClient(
            application(LiveRecord(record, TODAY), Access("ben"), "s" * 40),
            base_url="http://localhost",
            headers={"Origin": "http://localhost"},
        )
        decide(other, subject="claim", id=claim.id, act="confirm", seen="0")
    answer = decide(client, subject="claim", id=claim.id, act="reject", seen="0")
    assert answer.status_code == 409
    assert "ben decided about this after you opened it" in answer.text
    assert [d.act for d in held(path).reviewed.decisions] == [Act.CONFIRM]
    assert decide(client, subject="claim", id=claim.id, act="reject", seen="1").status_code == 303


def test_a_reader_sees_all_chooses_colours_and_decides_nothing(path: Path, tmp_path: Path) -> None:
    add(tmp_path / "accounts.toml", "desk", AccountRole.READER, "correct horse")
    with Record(path, create=False) as record:
        access = Access("nobody", load(tmp_path / "accounts.toml"))
        app = application(LiveRecord(record, TODAY), access, "s" * 40)
        reader = TestClient(
            app, base_url="http://localhost", headers={"Origin": "http://localhost"}
        )
        assert reader.get("/", follow_redirects=False).headers["location"].startswith("/login")
        token = re.search(r'name="csrf" value="([^"]+)"', reader.get("/login").text)
        assert token
        assert "Afghan" not in reader.get("/login").text
        reader.post(
            "/login",
            data={"name": "desk", "password": "correct horse", "csrf": token[1], "next": "/"},
        )
        page = reader.get("/").text
        assert "reading as <b>desk</b>" in page
        assert 'action="/decide"' not in reader.get("/queue").text
        assert (
            decide(
                reader, subject="claim", id=a_toll(contents(record)).id, act="confirm"
            ).status_code
            == 403
        )
        token = re.search(r'"X-CSRF-Token": "([^"]+)"', page)
        assert token
        reader.post("/theme", data={"theme": "dark", "csrf": token[1], "next": "/"})
        assert 'data-theme="dark"' in reader.get("/").text
        assert record.decisions() == []


def test_a_decision_that_does_not_say_what_was_seen_is_asked_again(
    client: TestClient, path: Path
) -> None:
    claim = a_toll(held(path))
    decide(client, subject="claim", id=claim.id, act="confirm")
    for seen in ("", "-1", "x", "9" * 40):
        assert (
            decide(client, subject="claim", id=claim.id, act="reject", seen=seen).status_code == 409
        )


def test_a_decision_leads_back_to_a_page_of_ours_only(client: TestClient, path: Path) -> None:
    answer = decide(
        client,
        subject="claim",
        id=a_toll(held(path)).id,
        act="confirm",
        next="https://example.org/",
    )
    assert answer.headers["location"] == "/"


def test_what_another_program_adds_is_shown(client: TestClient, path: Path) -> None:
    assert "Market bombed" not in client.get("/reports").text
    new = Report(
        id="new",
        text="A bomb killed 40 people in Kabul on 1 October, police said.",
        title="Market bombed",
        published=date(2012, 10, 2),
    )
    with Record(path, create=False) as record:
        record.add(new, [toll(new, "40", said="police", day="2012-10-01")])
    assert "Market bombed" in client.get("/reports").text
    assert "1 claim read or restored since the last linking" in client.get("/").text
    token = re.search(r'"X-CSRF-Token": "([^"]+)"', client.get("/").text)
    assert token
    client.post("/link", data={"csrf": token[1]})
    assert "since the last linking" not in client.get("/").text


def test_a_last_visit_is_remembered(client: TestClient) -> None:
    first = client.get("/")
    assert "14 reports with" in first.text
    cookie = first.cookies["sayso-visits"]
    client.cookies.set(
        "sayso-visits",
        f"{int(cookie.split('.')[1])}.{int(cookie.split('.')[1]) - 7200}",
        domain="localhost.local",
    )
    for broken in ("x", "1.2.3", "9" * 40 + ".1"):
        client.cookies.set("sayso-visits", broken)
        assert client.get("/").status_code == 200


def test_an_updated_snapshot_is_the_same_as_a_new_one(path: Path) -> None:
    """What a decision did not touch is kept from before: it must be what a book made from nothing
    would hold.
    """
    of = held(path)
    incident = kandahar(of)
    others = [of.claims[c] for c in incident.claims if of.claims[c].report == incident.reports[1]]
    rest = [of.claims[c] for c in incident.claims if of.claims[c].report != incident.reports[1]]
    claim = a_toll(of)
    with_claimant = next(
        c
        for c in of.claims.values()
        if c.sources[-1].role == "claimant" and c.kind == "toll" and c is not claim
    )
    forecast = next(c for c in of.claims.values() if isinstance(c, Forecast))
    one, two = of.linked.series[0], of.linked.series[1]
    made = [
        make(Subject.INCIDENT, Act.CONFIRM, rest + others, of.reports, "ana"),
        make(Subject.CLAIM, Act.CONFIRM, [claim], of.reports, "ana"),
        correct(claim, "count", "1,000", of.reports, "ana"),
        correct(with_claimant, "claimant", "the report itself", of.reports, "ana"),
        make(Subject.CLAIM, Act.REJECT, [with_claimant], of.reports, "ana"),
        make(Subject.INCIDENT, Act.SEPARATE, others, of.reports, "ana", others=rest),
        make(
            Subject.SERIES,
            Act.MERGE,
            [of.claims[c] for c in one.claims],
            of.reports,
            "ana",
            others=[of.claims[c] for c in two.claims],
        ),
        make(
            Subject.CLAIM,
            Act.SETTLE,
            [forecast],
            of.reports,
            "ana",
            value="failed",
            because="It did not.",
            source="https://example.org",
        ),
        make(Subject.INCIDENT, Act.REJECT, others, of.reports, "ana"),
        make(Subject.CLAIM, Act.NOTE, [claim], of.reports, "ana", because="odd"),
    ]
    with Record(path, create=False) as record:
        base = AsLinked(
            {r.id: r for r in record.reports()}, {c.id: c for c in record.claims()}, record.linked()
        )
        snapshot = Snapshot(base, [], TODAY)
        for n in range(2 * len(made)):
            last = snapshot.decisions
            # then all of it back, the last first
            record.decide(made[n] if n < len(made) else undo(last[2 * len(made) - n - 1], "ben"))
            # so that there is something to take over; of some books nobody asks for anything
            for name in WORKED_OUT if n % 3 else ():
                WORKED_OUT[name](snapshot)
            snapshot = snapshot.with_decisions(record.decisions(), TODAY)
            if n % 3 == 2:
                continue
            fresh = Snapshot(base, record.decisions(), TODAY)
            for name, worked_out in WORKED_OUT.items():
                assert worked_out(snapshot) == worked_out(fresh), (name, snapshot.decisions[-1])


WORKED_OUT: dict[str, Any] = {
    "incidents": lambda b: b.incidents,
    "figures": lambda b: [b.coded(i) for i in b.incidents],
    "links": lambda b: {c: sorted(map(str, ks)) for c, ks in b.links_of.items()},
    "pairs": lambda b: (b.pairs_of, {n: sorted(map(str, ps)) for n, ps in b.near.items()}),
    "disputes": lambda b: {n: sorted(map(str, ks)) for n, ks in b.disputes.items()},
    "doubts": lambda b: b.inconsistencies,
    "claimants": lambda b: b.claimants,
    "queue": lambda b: queue.listed(b, {})["items"],
    "open disputes": lambda b: overview.open_disputes(b, 99),
    "periods": lambda b: overview.shown(b, {}, lambda kind, name: f"/{name}", None)["periods"],
    "a claimant": lambda b: lists.claimant(b, "NATO"),
    "claims": lambda b: finding.claims_found(b, {"kind": "toll"})["claims"],
    "forecasts": lambda b: b.forecasts,
}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"source": "NATO"}, Filter(source="nato")),  # whatever the case
        ({"place": "khost"}, Filter(place="khost")),
        # by the gazetteer's name
        (
            {"place": "Khōst", "kind": "toll"},
            Filter(place="Khōst", kind="toll"),
        ),
        ({"text": "villagers", "effect": "killed"}, Filter(text="villagers", effect="killed")),
        (
            {"source": "taliban", "place": "helmand", "text": "soldiers"},
            Filter(source="taliban", place="helmand", text="soldiers"),
        ),
        (
            {"since": "2012-09-01", "until": "2012-10-01"},
            Filter(since=date(2012, 9, 1), until=date(2012, 10, 1)),
        ),
        ({"source": "nobody at all"}, Filter(source="nobody at all")),
    ],
)
def test_the_page_of_claims_filters_as_the_record_does(
    examples: Path, query: dict[str, str], wanted: Filter
) -> None:
    with Record(examples, create=False) as record:
        base = AsLinked(
            {r.id: r for r in record.reports()}, {c.id: c for c in record.claims()}, record.linked()
        )
        found = finding.claims_found(Snapshot(base, [], TODAY), query)
        expected = [c.id for c in record.claims(wanted)]
    assert found["paging"].total == len(expected)
    assert [c.id for c in found["claims"]] == expected[:50]


# -- hostile reports -------------------------------------------------------------------------


def test_everything_that_a_report_says_is_escaped(tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
    of = report(
        "evil",
        f"The office {evil} said 16 villagers were killed in Khost.",
        publisher=f"Post {evil}",
        title=f"T {evil}",
        url="javascript:alert(3)",
    )
    claim = toll(of, "16", who="villagers", said=f"Office {evil}", day="2012-10-01", place="Khost")
    event = act(
        of, "killed", said=f"Office {evil}", day="2012-10-01", place="Khost", actor="office"
    )
    with Record(tmp_path / "r.db") as record:
        record.add(of, [claim, event])
        link(record)
        client = TestClient(
            application(LiveRecord(record, TODAY), Access("ana"), "s" * 40),
            base_url="http://localhost",
        )
        found = contents(record)
        addresses = [
            "/",
            "/queue",
            "/incidents",
            f"/incidents/{found.linked.incidents[0].id}",
            f"/claims/{claim.id}",
            "/reports",
            "/reports/evil",
            "/claimants",
            f"/claimants/Office {evil}",
            "/claims",
            "/search?q=villagers",
            f"/search?q={evil}",
            f"/claims?text={evil}",
        ]
        for address in addresses:
            page = client.get(address).text
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address
            assert (
                "javascript:alert(3)" not in page
                or "href=" not in page.split("javascript:alert(3)")[0][-8:]
            ), address
        assert "{{7*7}}" in client.get("/reports/evil").text


# -- what pages are made of --------------------------------------------------------------------


def test_pieces_are_the_words(examples: Path) -> None:
    of = held(examples)
    for claim in of.claims.values():
        assert "".join(p.text for p in in_sentence(claim)) == claim.quote
    for name, r in of.reports.items():
        stated = [c for c in of.claims.values() if c.report == name and c.part == "text"]
        paragraphs = in_report(r.text, stated)
        assert "".join(p.text for ps in paragraphs for p in ps) == r.text.replace("\n", "")
        assert {b for ps in paragraphs for p in ps for b in p.begins} == {c.id for c in stated}


def test_a_scale_puts_figures_where_they_belong() -> None:
    plain = Scale([10, 20])
    assert plain.at(0) == 0
    assert plain.at(10) < plain.at(20) < 100
    assert plain.mark(10, 10).symbol == "exact"
    assert plain.mark(10, None).symbol == "least"
    assert plain.mark(None, 20).symbol == "most"
    assert (plain.mark(10, 20).left, plain.mark(10, 20).right) == (plain.at(10), plain.at(20))
    wide = Scale([3, 9000])
    assert wide.is_logarithmic
    assert 20 < wide.at(300) < 80  # on a plain axis 3 would stand at nought
    assert all(b[1] - a[1] >= 13 for a, b in zip(wide.ticks, wide.ticks[1:], strict=False))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("villagers killed", 1),
        ("VILLAG", 1),  # the last word may be a beginning
        ("villag killed", 0),
        ('"were killed"', 1),
        ('"killed were"', 0),
        ('AND OR NOT "', 0),
        ("kandahar*", 1),  # signs of the index's own language are words
        ("Kandahār", 1),  # accents aside
        ("", 0),
        ("'; DROP TABLE found; --", 0),
    ],
)
def test_search_takes_any_words(words: str, expected: int) -> None:
    of = report("r", "Sixteen villagers were killed in Kandahar.")
    index = Index([of], [toll(of, "Sixteen")])
    hits, total = index.find(words, "claim", 10)
    assert (len(hits), total) == (expected, expected)


def test_the_queue_begins_with_what_matters_most(examples: Path) -> None:
    with Record(examples, create=False) as record:
        base = AsLinked(
            {r.id: r for r in record.reports()}, {c.id: c for c in record.claims()}, record.linked()
        )
    items = ranked(Snapshot(base, [], TODAY))
    assert [i.weight for i in items] == sorted((i.weight for i in items), reverse=True)
    disputed = [n for n, i in enumerate(items) if "sources disagree" in i.reasons]
    assert disputed
    assert max(disputed) < len(items) / 2
    assert items[-1].reasons  # everything says why it stands where it does


# -- published ------------------------------------------------------------------------------------


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [v for k, v in attrs if k in ("href", "src", "srcset") and v]


def pages_of(site: Path) -> dict[Path, Links]:
    parsed = {}
    for page in site.rglob("*.html"):
        parsed[page] = Links()
        parsed[page].feed(page.read_text(encoding="utf-8"))
    return parsed


def test_a_site_of_everything_holds_together(run: Run, few: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    result = run("publish", few, "-o", site, "--all", "--title", "A war <as told>")
    assert result.exit_code == 0, result.output
    for page, links in pages_of(site).items():
        assert not {"script", "form"} & set(links.tags), page
        for address in links.found:
            if address.startswith(("https:", "http:")):
                # the original of a report, and nothing else
                assert page.parent.name in ("reports",), (
                    page,
                    address,
                )
                continue
            file = address.split("#")[0]
            assert not file or (page.parent / file).resolve().is_file(), (page, address)
    assert "A war &lt;as told&gt;" in (site / "index.html").read_text(encoding="utf-8")
    of = held(few)
    assert {c.kind for c in of.claims.values()} == KINDS
    for folder, things in (
        ("claims", of.claims),
        ("reports", of.reports),
        ("incidents", of.linked.incidents),
        ("series", of.linked.series),
    ):
        assert things
        assert len(list((site / folder).iterdir())) == len(things)
    assert read_back(site / "data" / "csv") == of.linked.incidents
    assert "The text is not published here" in (
        site / "reports" / f"{file_name(next(iter(of.reports)))}.html"
    ).read_text(encoding="utf-8")


def test_by_default_only_what_people_confirmed_is_published(
    run: Run, client: TestClient, path: Path, tmp_path: Path
) -> None:
    refused = run("publish", path, "-o", tmp_path / "none")
    assert isinstance(refused.exception, SaysoError)
    assert "nothing in the record is confirmed yet" in str(refused.exception)
    incident = kandahar(held(path))
    decide(client, subject="incident", id=incident.id, act="confirm")
    site = tmp_path / "site"
    assert run("publish", path, "-o", site).exit_code == 0
    assert [p.stem for p in (site / "incidents").iterdir()] == [incident.id]
    assert {p.stem for p in (site / "claims").iterdir()} == set(incident.claims)
    lines = (site / "data" / "csv" / "incidents.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(',"confirmed"')


def test_names_are_withheld_in_pages_and_data_alike(run: Run, few: Path, tmp_path: Path) -> None:
    names = ("Tomas Grebe", "Grebe", "Obama", "Karzai")
    stated = " ".join(r.text for r in held(few).reports.values())
    assert [n for n in names if n not in stated] == []
    site = tmp_path / "site"
    assert run("publish", few, "-o", site, "--all", "--texts", "--withhold", "all").exit_code == 0
    masked = 0
    for file in site.rglob("*"):
        if file.is_file() and file.suffix in (
            ".html",
            ".csv",
            ".json",
            ".jsonl",
            ".jsonld",
            ".geojson",
            ".svg",
        ):
            text = file.read_text(encoding="utf-8")
            masked += MASK in text
            for name in names:
                assert name not in text, (file, name)
    assert masked > 5
    assert "Names withheld" in (site / "about.html").read_text(encoding="utf-8")


def test_a_folder_with_other_files_is_left_alone(run: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    result = run("publish", path, "-o", tmp_path / "mine", "--all")
    assert isinstance(result.exception, SaysoError)
    assert "holds other files" in str(result.exception)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".sayso")] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--withhold", "everyone"], "no such role"),
        (["--before", "2012-01-01"], "not whose"),
        (["--policy", "mine"], "none of ucdp"),
        (["--withhold", "all", "--before", "soon"], "expected YYYY-MM-DD"),
    ],
)
def test_wrong_options_of_publish_are_reported(
    run: Run, path: Path, tmp_path: Path, options: list[str], words: str
) -> None:
    result = run("publish", path, "-o", tmp_path / "x", "--all", *options)
    assert result.exit_code != 0
    assert isinstance(result.exception, SaysoError | SystemExit)
    assert words in " ".join((result.output + str(result.exception)).replace("│", " ").split())
    assert not (tmp_path / "x").exists()


def test_accounts_are_made_on_the_command_line(run: Run, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from sayso import cli

    file = tmp_path / "accounts.toml"
    assert (
        CliRunner()
        .invoke(
            cli.app, ["account", str(file), "amina", "--role", "reader"], input="correct horse\n"
        )
        .exit_code
        == 0
    )
    assert load(file)["amina"].role is AccountRole.READER
    assert "correct horse" not in file.read_text()
    assert CliRunner().invoke(cli.app, ["account", str(file), "amina", "--remove"]).exit_code == 0
    assert isinstance(run("serve", tmp_path / "none.db").exception, SaysoError)


def test_a_claim_in_data_is_the_claim_on_its_page(client: TestClient, path: Path) -> None:
    """What the picture's data holds for an incident is what its axis shows."""
    incident = kandahar(held(path))
    spec = json.loads(client.get(f"/pictures/incident/{incident.id}.json?save=1").text)
    page = client.get(f"/incidents/{incident.id}").text
    stated = [r for r in spec["data"]["values"] if r.get("part") == "reported"]
    assert stated
    for row in stated:
        assert row["who"] in page
    for form, begin in (("svg", b"<svg"), ("png", b"\x89PNG")):
        assert client.get(f"/pictures/incident/{incident.id}.{form}").content.startswith(begin)


def test_a_server_says_where_it_is_and_closes_without_a_word_too_many(few: Path) -> None:
    command = [sys.executable, "-m", "sayso", "serve", str(few), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        stated = server.stderr.readline()
        address = re.search(r"is open at (http://127\.0\.0\.1:\d+/)", stated)
        assert address, stated
        with urllib.request.urlopen(address[1], timeout=20) as answer:
            assert b"What the reports say" in answer.read()
        server.send_signal(signal.SIGINT)
        rest = server.stderr.read()
        assert server.wait(timeout=20) == 0
    assert "Traceback" not in rest
    assert "every decision is in the record" in rest


def test_a_port_that_is_taken_is_reported(run: Run, path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", path, "--port", taken.getsockname()[1])
    assert isinstance(result.exception, SaysoError)
    assert "cannot listen there" in str(result.exception)
