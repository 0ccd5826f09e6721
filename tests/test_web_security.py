"""The door of the web app: accounts in their file, and every request that must not pass."""

from __future__ import annotations

import base64
import json
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import argon2
import httpx2
import itsdangerous
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from sayso.errors import AccountsError
from sayso.web import accounts as accounts_module
from sayso.web import security
from sayso.web.accounts import Account, AccountRole, add, check, load, remove
from sayso.web.security import (
    BODY_LIMIT,
    HEADERS,
    Access,
    Attempts,
    csrf_token,
    local_path,
    middleware,
    routes,
)

HERE = "http://127.0.0.1:8000"
SECRET = "a secret for tests, thirty-two bytes long"
GOOD = "correct horse battery"
OURS = {"origin": HERE, "sec-fetch-site": "same-origin"}


# ------------------------------------------------------------------------------
# accounts file


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least that argon2 allows: what is tested is not how long it takes."""
    monkeypatch.setattr(
        accounts_module, "_HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )


def test_accounts_are_written_for_their_owner_only_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "war.accounts.toml"
    add(path, "Amina K.", AccountRole.REVIEWER, GOOD)
    add(path, 'o"brien\\[x]', AccountRole.READER, GOOD)  # what TOML gives a meaning to
    assert {(a.name, a.role) for a in load(path).values()} == {
        ("Amina K.", AccountRole.REVIEWER),
        ('o"brien\\[x]', AccountRole.READER),
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert GOOD not in path.read_text(encoding="utf-8")
    assert "argon2" not in repr(load(path)["Amina K."])
    remove(path, 'o"brien\\[x]')
    assert set(load(path)) == {"Amina K."}
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_link_to_an_accounts_file_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "real.toml", tmp_path / "link.toml"
    add(path, "amina", AccountRole.REVIEWER, GOOD)
    link.symlink_to(path)
    add(link, "boris", AccountRole.READER, GOOD)
    assert link.is_symlink()
    assert set(load(path)) == {"amina", "boris"}


def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "accounts.toml"
    add(path, "amina", AccountRole.REVIEWER, GOOD)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(AccountsError, match=r"cannot be written: No space left"):
        add(path, "boris", AccountRole.READER, GOOD)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("amina", "", "too short"),
        ("amina", "ninechars", "expected 10 characters"),
        ("amina", " " * 12, "not all of them spaces"),
        ("", GOOD, "expected 1 to 100"),
        (" amina", GOOD, "no space at either end"),
        ("a" * 101, GOOD, "expected 1 to 100"),
        ("ami\x1b[2Jna", GOOD, "control or invisible character '\\x1b'"),  # would clear a terminal
        ("ami\nna", GOOD, "control"),
        ("ami\u202ena", GOOD, "control or invisible"),  # turns what follows round
        ("ami\u2028na", GOOD, "control or invisible"),  # ends a line
        ("taken", GOOD, "Remove it first"),
    ],
)
def test_accounts_that_are_not_made(tmp_path: Path, name: str, password: str, says: str) -> None:
    path = tmp_path / "accounts.toml"
    add(path, "taken", AccountRole.READER, GOOD)
    with pytest.raises(AccountsError, match=re.escape(says)):
        add(path, name, AccountRole.READER, password)
    assert set(load(path)) == {"taken"}


HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
FINE = f'[accounts.amina]\nrole = "reader"\npassword = "{HASH}"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no account"),  # a server told to ask for a login would ask nobody
        ("[accounts]\n", "holds no account"),
        ("[accounts", "TOML"),
        (b"\xff\xfe", "TOML"),
        (FINE + "[settings]\n", "has a key 'settings'; expected only tables [accounts.NAME]"),
        ("accounts = 3\n", "'accounts' is not a table"),
        (
            "[accounts]\namina = 3\n",
            "accounts.'amina': expected the keys role and password, found no table",
        ),
        ('[accounts.amina]\nrole = "reader"\n', "expected the keys role and password, found role"),
        (
            FINE + "admin = true\n",
            "expected the keys role and password, found admin, password, role",
        ),
        (
            FINE.replace('"reader"', '"owner"'),
            "accounts.'amina'.role: expected reader or reviewer, found 'owner'",
        ),
        (FINE.replace('"reader"', '["reader"]'), "amina'.role: expected reader or reviewer"),
        (
            FINE.replace(HASH, "hunter2hunter2"),
            "accounts.'amina'.password: expected an argon2id hash",
        ),
        (FINE.replace("argon2id", "argon2i"), "expected an argon2id hash"),
        (FINE.replace("m=8", "m=eight"), "expected an argon2id hash"),
        (FINE.replace("v=19$m=8,t=1,p=1", "v$m,t,p"), "expected an argon2id hash"),
        (FINE.replace("amina", '"ami\\u0000na"'), "control"),
        (FINE.replace("amina", '"e\\u0301va"'), "composed form"),
    ],
)
def test_damaged_accounts_files(tmp_path: Path, text: str | bytes, says: str) -> None:
    path = tmp_path / "accounts.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(AccountsError, match=re.escape(says)) as caught:
        load(path)
    assert str(path) in str(caught.value)
    # a password typed in by hand is not shown to whoever sees the screen
    assert "hunter2" not in str(caught.value)


def test_an_accounts_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AccountsError, match="is missing"):
        load(tmp_path / "none.toml")
    with pytest.raises(AccountsError, match="has no account 'amina'"):
        remove(tmp_path / "none.toml", "amina")


def account(
    name: str = "amina", role: AccountRole = AccountRole.REVIEWER, password: str = GOOD
) -> Account:
    return Account(
        name, role, argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)
    )


@pytest.mark.parametrize(
    ("name", "password", "right"),
    [
        ("amina", GOOD, True),
        ("amina", GOOD + " ", False),
        ("Amina", GOOD, False),
        ("amina", "", False),
        ("nobody", GOOD, False),
        ("", "", False),
        ("e\u0301va", "cafe\u0301 au lait", True),  # typed in two characters, kept in one
        ("\udc80", "\udc80", False),  # no text at all
        ("damaged", GOOD, False),
    ],
)
def test_passwords(name: str, password: str, right: bool) -> None:
    known = {a.name: a for a in (account(), account("éva", password="café au lait"))}
    known["damaged"] = Account("damaged", AccountRole.READER, HASH.replace("AAAA$", "A$"))
    assert (check(known, name, password) is not None) == right


def test_an_unknown_name_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[argon2.Parameters] = []

    class Watched(argon2.PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002
            tried.append(argon2.extract_parameters(str(hash)))
            return super().verify(hash, password)

    monkeypatch.undo()  # the real cost
    real = accounts_module._HASHER
    monkeypatch.setattr(
        accounts_module, "_HASHER", Watched.from_parameters(argon2.profiles.RFC_9106_LOW_MEMORY)
    )
    known = {"amina": Account("amina", AccountRole.READER, real.hash(GOOD))}
    assert check(known, "amina", "wrong") is None
    assert check(known, "nobody", "wrong") is None
    assert tried[0] == tried[1]


# ------------------------------------------------------------------------------
# a tiny app


def _render(
    request: Request, template: str, context: dict[str, Any], status_code: int = 200
) -> Response:
    return PlainTextResponse(json.dumps({"template": template, **context}), status_code)


async def _page(request: Request) -> Response:
    body = {
        "reviewer": request.state.reviewer,
        "role": request.state.role,
        "csrf": csrf_token(request),
    }
    return HTMLResponse(json.dumps(body | {"referer": request.headers.get("referer")}))


async def _decide(request: Request) -> Response:
    form = await request.form()
    return PlainTextResponse(f"{request.state.reviewer} decided {form.get('decision', 'nothing')}")


async def _raise(request: Request) -> Response:
    raise ZeroDivisionError


async def _socket(socket: WebSocket) -> None:
    await socket.accept()


def _app(access: Access, secret: str = SECRET, secure: bool = False) -> Starlette:
    pages = [
        Route("/", _page),
        Route("/claims/{id}", _page),
        Route("/decide", _decide, methods=["POST", "DELETE"]),
        Route("/raise", _raise),
    ]
    files = [
        Route(
            "/static/app.css",
            lambda request: PlainTextResponse("body {}", headers={"cache-control": "max-age=60"}),
        )
    ]
    sockets = [WebSocketRoute("/socket", _socket)]
    return Starlette(
        routes=[*pages, *files, *sockets, *routes(access, _render)],
        middleware=middleware(access, secret, secure),
    )


def client(access: Access, at: str = HERE, **more: Any) -> TestClient:
    return TestClient(
        _app(access, **more), base_url=at, follow_redirects=False, raise_server_exceptions=False
    )


ALONE = Access("local")
TOKEN = Access("local", token="a-token-printed-at-start")


def shared() -> Access:
    return Access("local", {a.name: a for a in (account(), account("rita", AccountRole.READER))})


def log_in(
    browser: TestClient,
    name: str = "amina",
    password: str = GOOD,
    onward: str = "/",
    **headers: str,
) -> httpx2.Response:
    token = browser.get("/login").json()["csrf"]
    fields = {"name": name, "password": password, "next": onward, "csrf": token}
    return browser.post("/login", data=fields, headers=OURS | headers)


@pytest.fixture
def reviewer() -> TestClient:
    browser = client(shared())
    assert log_in(browser).status_code == 303
    return browser


def token_of(browser: TestClient) -> str:
    token: str = browser.get("/").json()["csrf"]
    return token


# ------------------------------------------------------------------------------
# hosts


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("LOCALHOST:9", 200),
        ("[::1]", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),  # its name points to 127.0.0.1: DNS rebinding
        ("evil.example:8000", 400),
        ("127.0.0.1.evil.example", 400),
        ("127.0.0.1:80@evil.example", 400),
        ("evil@127.0.0.1", 400),
        ("127.0.0.1:8000.evil.example", 400),
        ("localhost.", 400),
        ("::1", 400),
        ("", 400),
    ],
)
def test_hosts(host: str, status: int) -> None:
    answer = client(ALONE).get("/", headers={"host": host})
    assert answer.status_code == status
    if status == 400:
        assert "evil" not in answer.text
        assert "does not answer to that host name" in answer.text


def test_ipv6_hosts_may_be_given_without_brackets() -> None:
    assert client(Access("local", hosts=("::1",)), "http://[::1]:8000").get("/").status_code == 200


def test_two_host_headers_are_refused() -> None:
    answer = client(ALONE).get(
        "/", headers=httpx2.Headers([("host", "127.0.0.1"), ("host", "evil.example")])
    )
    assert answer.status_code == 400


def test_websockets_are_closed() -> None:
    with pytest.raises(WebSocketDisconnect), client(ALONE).websocket_connect("/socket"):
        pass


# ------------------------------------------------------------------------------
# headers


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("HEAD", "/", {}, 200),
        ("GET", "/nowhere", {}, 404),
        ("OPTIONS", "/", {}, 405),
        ("GET", "/decide", {}, 405),
        ("GET", "/raise", {}, 500),
        ("GET", "/", {"host": "evil.example"}, 400),
        ("POST", "/decide", {}, 403),
        ("GET", "/static/app.css", {}, 200),
    ],
)
def test_every_answer_carries_the_headers(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client(ALONE).request(method, path, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_page_of_an_error_is_the_apps_own_and_tells_nothing() -> None:
    async def sorry(request: Request, error: Exception) -> Response:
        return PlainTextResponse("sorry", 500)

    access = Access("local")
    app = Starlette(
        routes=[Route("/raise", _raise)],
        middleware=middleware(access, SECRET, False, on_error=sorry),
    )
    answer = TestClient(app, base_url=HERE, raise_server_exceptions=False).get("/raise")
    assert (answer.status_code, answer.text) == (500, "sorry")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "ZeroDivision" not in client(access).get("/raise").text


@pytest.mark.parametrize(
    ("access", "path", "cached"),
    [
        (ALONE, "/", None),
        (TOKEN, "/", "no-store"),
        (TOKEN, "/static/app.css", "max-age=60"),
        (TOKEN, "/nowhere", "no-store"),
    ],
)
def test_what_a_login_protects_is_kept_in_no_cache(
    access: Access, path: str, cached: str | None
) -> None:
    assert client(access).get(path).headers.get("cache-control") == cached


# ----------------------------------------------------------------------------------------- same
# origin, and its token


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, "right", 200),
        # plain http on a network: browsers send no Sec-Fetch-Site
        (
            {"origin": HERE},
            "right",
            200,
        ),
        ({"sec-fetch-site": "same-origin"}, "right", 200),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, "none", 403),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, "wrong", 403),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, "not ASCII", 403),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, "empty", 403),
        ({}, "right", 403),  # nothing shows where it came from
        ({"referer": HERE + "/"}, "right", 403),
        ({"origin": "https://evil.example"}, "right", 403),
        ({"origin": "null"}, "right", 403),  # a sandboxed frame
        ({"origin": "https://127.0.0.1:8000"}, "right", 403),  # another scheme
        ({"origin": "http://127.0.0.1:9000"}, "right", 403),  # another program on this machine
        ({"origin": HERE + ".evil.example"}, "right", 403),
        # allowed as a host, but not where this page was
        (
            {"origin": "http://localhost:8000"},
            "right",
            403,
        ),
        ({"origin": HERE, "sec-fetch-site": "cross-site"}, "right", 403),
        ({"origin": HERE, "sec-fetch-site": "same-site"}, "right", 403),
        ({"origin": HERE, "sec-fetch-site": "none"}, "right", 403),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, "right", 403),
    ],
)
@pytest.mark.parametrize("way", ["header", "form", "multipart"])
@pytest.mark.parametrize("mode", ["alone", "shared"])
def test_changing_needs_our_own_page_and_its_token(
    headers: dict[str, str], token: str, status: int, way: str, mode: str
) -> None:
    browser = client(ALONE if mode == "alone" else shared())
    if mode == "shared":
        log_in(browser)
    value = {
        "right": token_of(browser),
        "none": None,
        "wrong": "x" * 43,
        "not ASCII": "é",
        "empty": "",
    }[token]
    fields: dict[str, Any] = {"decision": "merge"}
    sent: dict[str, Any] = {"headers": dict(headers)}
    if value is not None and way == "header":
        sent["headers"]["X-CSRF-Token"] = value.encode("latin-1")
    elif value is not None:
        fields["csrf"] = value
    sent |= (
        {"files": {name: (None, v) for name, v in fields.items()}}
        if way == "multipart"
        else {"data": fields}
    )
    answer = browser.post("/decide", **sent)
    assert answer.status_code == status
    # the page reads the form that the check has read
    assert ("decided merge" in answer.text) == (status == 200)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"csrf", "application/x-www-form-urlencoded"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b'{"csrf": "x"}', "application/json"),
        (
            b'--x\r\nContent-Disposition: form-data; name="csrf"; '
            b'filename="a"\r\n\r\nv\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"\xff\x00", ""),
    ],
)
def test_bodies_without_a_token_are_refused_not_errors(content: bytes, kind: str) -> None:
    browser = client(ALONE)
    token_of(browser)
    assert (
        browser.post("/decide", content=content, headers=OURS | {"content-type": kind}).status_code
        == 403
    )


def test_the_token_of_another_session_does_not_pass() -> None:
    access = shared()
    one, other = client(access), client(access)
    log_in(one)
    log_in(other)
    assert one.post("/decide", headers=OURS | {"x-csrf-token": token_of(other)}).status_code == 403
    assert one.delete("/decide", headers=OURS | {"x-csrf-token": token_of(one)}).status_code == 200


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status", "asks_again"),
    [
        ("none", "navigate", "document", 200, False),  # typed in
        ("same-origin", "cors", "empty", 200, False),
        ("cross-site", "navigate", "document", 200, True),  # a link elsewhere
        ("same-site", "navigate", "document", 200, False),  # strict cookies are sent within a site
        ("cross-site", "no-cors", "image", 403, False),
        ("cross-site", "no-cors", "script", 403, False),
        ("cross-site", "cors", "empty", 403, False),
        ("cross-site", "navigate", "iframe", 403, False),
        ("same-site", "no-cors", "image", 403, False),
        ("nonsense", "no-cors", "image", 403, False),
    ],
)
def test_reading_from_other_sites(
    site: str, mode: str, dest: str, status: int, asks_again: bool
) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    answer = client(ALONE).get("/claims/%22%3E%3Cscript%3E?a=%22%3E&b=1", headers=headers)
    assert answer.status_code == status
    assert ('http-equiv="refresh"' in answer.text) == asks_again
    # before any session is made, which would take the place of the one whose cookie was kept back
    if asks_again:
        assert "set-cookie" not in answer.headers
        assert "url=/claims/%22%3E%3Cscript%3E?a=%22%3E&amp;b=1" in answer.text
        assert "<script" not in answer.text


@pytest.mark.parametrize("given", [True, False])
def test_bodies_over_the_limit(reviewer: TestClient, given: bool) -> None:
    def chunks(size: int) -> Iterator[bytes]:
        yield b"csrf=" + token.encode() + b"&decision="
        for _ in range(size // 65536):
            yield b"x" * 65536

    token = token_of(reviewer)
    form = OURS | {"content-type": "application/x-www-form-urlencoded"}
    small, large = (
        b"".join(chunks(n)) if given else chunks(n) for n in (BODY_LIMIT // 2, BODY_LIMIT)
    )
    assert reviewer.post("/decide", content=small, headers=form).status_code == 200
    answer = reviewer.post("/decide", content=large, headers=form)
    assert answer.status_code == 413
    assert answer.headers["x-frame-options"] == "DENY"


# ------------------------------------------------------------------------------
# who


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "goes_to"),
    [
        ("GET", "/", {}, 303, "/login"),
        (
            "GET",
            "/claims/1?b=2&a=x%26y",
            {},
            303,
            "/login?next=%2Fclaims%2F1%3Fb%3D2%26a%3Dx%2526y",
        ),
        ("HEAD", "/claims/1", {}, 303, "/login?next=%2Fclaims%2F1"),
        ("GET", "//evil.example/", {}, 303, "/login"),
        # what there is and is not, is not said either
        (
            "GET",
            "/nowhere",
            {},
            303,
            "/login?next=%2Fnowhere",
        ),
        ("GET", "/login", {}, 200, None),
        ("GET", "/static/app.css", {}, 200, None),
        ("GET", "/static", {}, 303, "/login?next=%2Fstatic"),
        ("GET", "/static/%2e%2e/claims/1", {}, 404, None),  # no page answers to this path
        ("GET", "/staticx/", {}, 303, "/login?next=%2Fstaticx%2F"),
        ("GET", "/login/%2e%2e/claims/1", {}, 303, "/login?next=%2Flogin%2F..%2Fclaims%2F1"),
        ("GET", "/LOGIN", {}, 303, "/login?next=%2FLOGIN"),
        ("POST", "/decide", OURS, 401, None),
        ("DELETE", "/decide", OURS, 401, None),
        ("OPTIONS", "/decide", {}, 401, None),
        ("POST", "/static/app.css", OURS, 401, None),
        # no token is in use here
        (
            "GET",
            "/claims/1?token=x",
            {},
            303,
            "/login?next=%2Fclaims%2F1%3Ftoken%3Dx",
        ),
    ],
)
def test_without_a_login(
    method: str, path: str, headers: dict[str, str], status: int, goes_to: str | None
) -> None:
    answer = client(shared()).request(method, HERE + path, headers=headers)
    assert (answer.status_code, answer.headers.get("location")) == (status, goes_to)


@pytest.mark.parametrize(
    ("current", "goes_to"),
    [
        # the page, not the part of it that was asked for
        (
            HERE + "/claims/1?a=2",
            "/login?next=%2Fclaims%2F1%3Fa%3D2",
        ),
        (HERE + "/", "/login"),
        ("https://evil.example//evil.example/", "/login"),
        ("", "/login"),
    ],
)
def test_htmx_is_sent_to_the_login_page(current: str, goes_to: str) -> None:
    answer = client(shared()).get(
        "/claims/1", headers={"HX-Request": "true", "HX-Current-URL": current}
    )
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, goes_to)


@pytest.mark.parametrize("name", ["amina", "rita"])
def test_readers_read_and_reviewers_decide(name: str) -> None:
    browser = client(shared())
    assert log_in(browser, name).status_code == 303
    seen = browser.get("/").json()
    assert (seen["reviewer"], seen["role"]) == (name, "reviewer" if name == "amina" else "reader")
    answer = browser.post("/decide", data={"csrf": seen["csrf"], "decision": "merge"}, headers=OURS)
    assert answer.status_code == (200 if name == "amina" else 403)
    assert name == "amina" or "may read this record, but not decide" in answer.text
    # safe: Starlette's own answer, not ours
    assert browser.request("OPTIONS", "/").status_code == 405


def test_alone_everyone_is_the_local_reviewer_and_nobody_logs_in() -> None:
    browser = client(ALONE)
    assert browser.get("/").json() | {"csrf": ""} == {
        "reviewer": "local",
        "role": "reviewer",
        "csrf": "",
        "referer": None,
    }
    assert browser.get("/login").status_code == 404


# ------------------------------------------------------------------------------
# the token


def test_the_printed_address_begins_a_session_and_leaves_no_token() -> None:
    browser = client(TOKEN)
    assert "sayso serve" in browser.get("/").text
    answer = browser.get(f"/claims/1?a=1&token={TOKEN.token}&b=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims/1?a=1&b=")
    assert "a-token" not in str(answer.headers) + answer.text
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "samesite=strict" in answer.headers["set-cookie"]
    seen = browser.get(answer.headers["location"]).json()
    assert (seen["reviewer"], seen["role"]) == ("local", "reviewer")
    assert browser.post("/decide", headers=OURS | {"x-csrf-token": seen["csrf"]}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "goes_to"),
    [
        ("GET", "/?token=another", 403, None),
        ("GET", "/?token=", 403, None),
        ("GET", "/?token=%C3%A9", 403, None),
        ("GET", "/", 401, None),
        ("HEAD", f"/?token={TOKEN.token}", 401, None),
        ("POST", f"/decide?token={TOKEN.token}", 401, None),
        ("GET", f"//evil.example/?token={TOKEN.token}", 303, "/"),
        ("GET", f"/%5C%5Cevil.example/?token={TOKEN.token}", 303, "/%5C%5Cevil.example/"),
        ("GET", f"/?token={TOKEN.token}&token=another", 403, None),
        ("GET", f"/?token=another&token={TOKEN.token}", 303, "/"),
    ],
)
def test_other_uses_of_the_token(method: str, path: str, status: int, goes_to: str | None) -> None:
    answer = client(TOKEN).request(method, HERE + path, headers=OURS)
    assert (answer.status_code, answer.headers.get("location")) == (status, goes_to)
    assert ("set-cookie" in answer.headers) == (status == 303)


def test_the_printed_address_clicked_in_a_mail_goes_through_a_page_of_ours_without_a_referer() -> (
    None
):
    headers = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    answer = client(TOKEN).get(f"/?token={TOKEN.token}", headers=headers)
    assert 'name="referrer" content="no-referrer"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("accounts", [{}, {"local": account("local", AccountRole.READER)}])
def test_a_session_ends_with_the_token_that_began_it(accounts: dict[str, Account]) -> None:
    browser = client(TOKEN)
    browser.get(f"/?token={TOKEN.token}")
    later = client(Access("local", accounts, token="printed-at-the-next-start"))
    later.cookies = browser.cookies
    assert later.get("/").status_code == (303 if accounts else 401)


# ------------------------------------------------------------------------------
# logging in and out


@pytest.mark.parametrize(
    ("onward", "goes_to"),
    [
        ("/claims/1?a=2#words", "/claims/1?a=2#words"),
        ("/claims/Kandahār", "/claims/Kandah%C4%81r"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),  # browsers drop tabs and line ends
        ("/\n/evil.example", "/"),
        (" //evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("@evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_only_paths_of_ours_come_after_a_login(onward: str, goes_to: str) -> None:
    browser = client(shared())
    answer = log_in(browser, onward=onward)
    assert (answer.status_code, answer.headers["location"]) == (303, goes_to)
    shown = browser.get("/login", params={"next": onward}).json()["next"]
    assert shown == local_path(onward)
    assert urlsplit(shown).netloc == ""


def test_the_login_page_is_given_what_it_shows() -> None:
    browser = client(shared())
    first = browser.get("/login?next=/claims/1").json()
    assert (first["template"], first["next"], first["failed"]) == ("login.html", "/claims/1", False)
    answer = log_in(browser, password="wrong", onward="/claims/1")
    assert answer.status_code == 401
    assert (answer.json()["failed"], answer.json()["next"]) == (True, "/claims/1")
    unknown = log_in(browser, name="nobody", password="wrong", onward="/claims/1")
    # which of the two was wrong is not said
    assert (unknown.status_code, unknown.json()) == (
        answer.status_code,
        answer.json(),
    )


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        (OURS, True, 303),
        (OURS, False, 403),
        ({"origin": "https://evil.example"}, True, 403),
        ({}, True, 403),
    ],
)
def test_nobody_is_logged_in_by_another_site(
    headers: dict[str, str], token: bool, status: int
) -> None:
    browser = client(shared())
    fields = {"name": "amina", "password": GOOD} | (
        {"csrf": browser.get("/login").json()["csrf"]} if token else {}
    )
    assert browser.post("/login", data=fields, headers=headers).status_code == status


def test_a_login_begins_a_new_session() -> None:
    browser = client(shared())
    before = browser.get("/login").json()["csrf"]
    old = dict(browser.cookies)
    log_in(browser)
    assert dict(browser.cookies) != old
    assert token_of(browser) != before
    assert browser.post("/decide", headers=OURS | {"x-csrf-token": before}).status_code == 403


def test_a_new_session_keeps_nothing_of_the_one_before() -> None:
    browser = client(Access("local", shared().accounts, TOKEN.token))
    log_in(browser, "rita")
    browser.get(f"/?token={TOKEN.token}")
    data = next(iter(browser.cookies.values())).split(".")[0]
    assert set(json.loads(base64.b64decode(data))) == {"seal", "id", "csrf"}
    assert browser.get("/").json()["reviewer"] == "local"


@pytest.mark.parametrize("name", ["amina", "rita"])  # a reader may leave, too
def test_who_logs_out_is_out_and_so_is_a_copy_of_the_cookie(name: str) -> None:
    access = shared()
    browser, thief = client(access), client(access)
    log_in(browser, name)
    thief.cookies = httpx2.Cookies(browser.cookies)
    assert thief.get("/").status_code == 200
    assert browser.post("/logout", headers=OURS).status_code == 403  # not without the token
    answer = browser.post("/logout", data={"csrf": token_of(browser)}, headers=OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert not browser.cookies
    assert browser.get("/").status_code == 303
    assert thief.get("/").status_code == 303


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie(secure: bool) -> None:
    browser = client(shared(), HERE.replace("http:", "https:") if secure else HERE, secure=secure)
    browser.get("/login")
    cookie = (
        browser.get("/login").headers.get("set-cookie")
        or client(shared(), secure=secure).get("/login").headers["set-cookie"]
    )
    assert all(
        part in cookie for part in ("httponly", "samesite=strict", "path=/", "Max-Age=28800")
    )
    assert ("; secure" in cookie) == secure
    assert cookie.startswith("__Host-sayso-") == secure
    assert "domain" not in cookie


def _tampered(value: str) -> str:
    data, rest = value.split(".", 1)
    session = json.loads(base64.b64decode(data))
    return (
        base64.b64encode(json.dumps(session | {"account": "amina"}).encode()).decode() + "." + rest
    )


def _resigned(value: str) -> str:
    return itsdangerous.TimestampSigner("another secret").sign(value.split(".")[0]).decode()


def _forged(_: str) -> str:
    """Signed by us, but of an account whose password it does not know: as after the password was
    changed.
    """
    session = {"account": "amina", "seal": "0" * 32, "id": "x", "csrf": "y"}
    return (
        itsdangerous.TimestampSigner(SECRET)
        .sign(base64.b64encode(json.dumps(session).encode()))
        .decode()
    )


@pytest.mark.parametrize(
    "change",
    [
        _tampered,
        _resigned,
        _forged,
        lambda v: v[:-1],
        lambda v: "",
        lambda v: "null",
        lambda v: "a.b.c",
    ],
)
def test_cookies_that_are_not_ours(change: Callable[[str], str]) -> None:
    browser = client(shared())
    log_in(browser, "rita")
    assert browser.get("/").status_code == 200
    name, value = next(iter(browser.cookies.items()))
    assert (
        client(shared()).get("/", headers={"cookie": f"{name}={change(value)}"}).status_code == 303
    )


def test_a_session_is_over_after_a_working_day(
    monkeypatch: pytest.MonkeyPatch, reviewer: TestClient
) -> None:
    now = itsdangerous.TimestampSigner("x").get_timestamp()
    for later, status in (
        (security.SESSION_SECONDS - 60, 200),
        (security.SESSION_SECONDS + 60, 303),
    ):
        monkeypatch.setattr(
            itsdangerous.TimestampSigner, "get_timestamp", lambda self, at=now + later: at
        )
        assert reviewer.get("/").status_code == status


@pytest.mark.parametrize(
    ("accounts", "status"),
    [
        ({"amina": account(password="another password")}, 303),
        ({"rita": account("rita")}, 303),
    ],
)
def test_a_session_ends_with_its_account_or_password(
    accounts: dict[str, Account], status: int
) -> None:
    browser = client(shared())
    log_in(browser)
    later = client(Access("local", accounts))
    later.cookies = browser.cookies
    assert later.get("/").status_code == status


# ------------------------------------------------------------------------------
# attempts


def test_after_five_failures_a_name_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    browser = client(shared())
    assert [log_in(browser, password="wrong").status_code for _ in range(6)] == [401] * 5 + [429]
    refused = log_in(browser)  # the right password, too: else it could be told by trying on
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "300")
    assert log_in(browser, "rita").status_code == 303  # another name is not kept waiting
    clock[0] += security.WINDOW + 1
    assert log_in(browser).status_code == 303
    assert [log_in(browser, "nobody", "wrong").status_code for _ in range(6)] == [401] * 5 + [429]


def test_a_login_that_succeeds_starts_the_count_again() -> None:
    browser = client(shared())
    for _ in range(3):
        assert [log_in(browser, password="wrong").status_code for _ in range(4)] == [401] * 4
        assert log_in(browser).status_code == 303


def test_attempts_are_bounded_in_memory() -> None:
    attempts = Attempts()
    for n in range(security.NAMES_REMEMBERED + 10):
        attempts.allow(f"{n:05d}" + "x" * 10_000)
    assert len(attempts._at) == security.NAMES_REMEMBERED
    assert max(map(len, attempts._at)) == 100


def test_secrets_are_not_in_what_is_printed_of_access() -> None:
    assert "a-token" not in repr(TOKEN)
    assert "argon2" not in repr(shared())


def test_the_login_address_leads_back() -> None:
    answer = client(shared()).get("/claims/1?a=x%26y&b=%C3%A9")
    assert parse_qs(urlsplit(answer.headers["location"]).query)["next"] == [
        "/claims/1?a=x%26y&b=%C3%A9"
    ]
