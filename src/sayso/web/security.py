"""Access to the web app: the checks that every request must pass before a page sees it.

    access = Access(local_name="amina", accounts=load(path), token=None, hosts=("127.0.0.1",))
    app = Starlette(
        routes=[*pages, *routes(access, render)],
        middleware=middleware(access, secret, secure=False),
    )

In order, outermost first; each is one class below, which names its source:

    headers       on every answer, errors included
    errors        an exception becomes a 500 that carries those headers
    host          the Host header is one of ours, or 400
    same origin   a request that another site's page made is refused, 403
    body          at most BODY_LIMIT bytes, or 413
    session       a signed cookie
    who           who asks, and whether they may: a login page, 401 or 403
    token         a request that changes something carries the session's token, or 403

A page then finds `request.state.reviewer` (a name, or None on the login page) and
`request.state.role`.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from sayso.web.accounts import LONGEST_NAME, Account, AccountRole, check, known_as

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, section 9.2.1), less TRACE, which no page answers."""
BODY_LIMIT = 1024 * 1024
"""In bytes: a reviewer's decision and its note are a few thousand."""
SESSION_SECONDS = 8 * 3600
"""A working day: the longest that the OWASP Session Management Cheat Sheet advises for a session
of one."""
ATTEMPTS, WINDOW = 5, 300.0
"""Logins that may fail under one name within that many seconds (OWASP Authentication Cheat Sheet,
"Account Lockout").
"""
NAMES_REMEMBERED = 1000
"""Names whose attempts are kept in memory; the least recently tried is forgotten first."""
LOGINS_AT_ONCE = 2
"""Passwords checked at a time: each takes 64 MiB, so that a flood of them waits instead of filling
the memory.
"""

# OWASP HTTP Headers and Content Security Policy Cheat Sheets. Nothing on a page may come from
# elsewhere, run inline or be framed. Referrer-Policy is same-origin rather than no-referrer: under
# that one a form's own POST says `Origin: null` (Fetch standard, "append a request Origin header"),
# and same origin could not be shown where Sec-Fetch-Site is not sent.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src "
        "'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}

_ELSEWHERE = (
    "This request was made by a page of another site, and is refused. Open the page here and try "
    "again."
)
_NO_TOKEN = (
    "The page was open for too long, or was not made here. Load it again and repeat what you did."
)
# What changes only how pages look to the reader who asks.
_OF_READERS = frozenset({"/theme"})
_READER = (
    "Your account may read this record, but not decide. Ask whoever runs it for the role of "
    "reviewer."
)
_LOGIN_FIRST = "Log in first."
_PRINTED = (
    "Open the address that `sayso serve` printed when it started: it holds the token that lets "
    "you in."
)
_OLD_TOKEN = f"The token in this address is not the one of this server. {_PRINTED}"
_HOST = (
    "This server does not answer to that host name. Use the address that `sayso serve` printed, "
    "or start it with this name among its hosts."
)
_TOO_MANY = "Too many logins failed under this name. Wait five minutes and try again."


class Ended:
    """Sessions logged out before they expired. The cookie holds the whole session, so that a copy
    of it must be refused here (OWASP Session Management Cheat Sheet, "Session Expiration").
    Kept in this process, for as long as a cookie is valid.
    """

    def __init__(self) -> None:
        self._at: dict[str, float] = {}

    def __contains__(self, session_id: str) -> bool:
        return session_id in self._at

    def add(self, session_id: str) -> None:
        now = time.monotonic()
        self._at = {i: at for i, at in self._at.items() if now - at < SESSION_SECONDS} | {
            session_id: now
        }


@dataclass(frozen=True)
class Access:
    """Who may come in, and under which name.

    `local_name` decides where there are no accounts: everyone, where `token` is None too (a server
    on the loopback address of one person's machine), else whoever opened `/?token=…`. `hosts` are
    the names in an address that this server answers to, without a port; "::1" and "[::1]" are the
    same. There is no wildcard: any name at all is what DNS rebinding needs.
    """

    local_name: str
    accounts: Mapping[str, Account] = field(default_factory=dict)
    token: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    ended: Ended = field(default_factory=Ended, init=False, repr=False, compare=False)

    @property
    def needs_login(self) -> bool:
        """Whether anyone must show a password or the token."""
        return bool(self.accounts) or self.token is not None

    def who(self, session: Mapping[str, Any]) -> tuple[str, AccountRole] | None:
        """The name and role of a session, or None. An account that was removed, or has a new
        password, has no session.
        """
        if not self.needs_login:
            return self.local_name, AccountRole.REVIEWER
        if session.get("id", "") in self.ended:
            return None
        account = self.accounts.get(session.get("account", ""))
        if account and _same(session.get("seal", ""), _seal(account.password_hash)):
            return account.name, account.role
        if self.token and _same(session.get("seal", ""), _seal(self.token)):
            return self.local_name, AccountRole.REVIEWER
        return None

    def end(self, session: Mapping[str, Any]) -> None:
        """Ends a session, and every copy of its cookie."""
        if "id" in session:
            self.ended.add(session["id"])


class Render(Protocol):
    """Makes a page from a template; the app's own."""

    def __call__(
        self,
        request: Request,
        template_name: str,
        context: dict[str, Any],
        /,
        status_code: int = 200,
    ) -> Response: ...


def middleware(
    access: Access, secret: str, secure: bool, on_error: ExceptionHandler | None = None
) -> list[Middleware]:
    """The checks above, for Starlette's `middleware`.

    `secret` signs the session cookies: random, 32 bytes or more. `secure` says that the browser's
    address begins with https. `on_error` makes the page of a 500; it is given here because
    Starlette runs its own handler of 500 outside of all middleware, where an answer would carry no
    headers.
    """
    # A cookie is sent to every port of a host: the name keeps two records served side by side
    # apart. Under https, the prefix __Host- keeps other hosts of the domain from setting it (OWASP
    # Session Management Cheat Sheet).
    cookie = f"{'__Host-' if secure else ''}sayso-{_seal(secret)[:8]}"
    return [
        Middleware(_SecurityHeaders, access=access),
        Middleware(ServerErrorMiddleware, handler=on_error),
        Middleware(_KnownHost, hosts=access.hosts),
        Middleware(_SameOrigin, scheme="https" if secure else "http"),
        Middleware(RequestBodyLimitMiddleware, max_body_size=BODY_LIMIT),
        Middleware(
            SessionMiddleware,
            secret_key=secret,
            session_cookie=cookie,
            max_age=SESSION_SECONDS,
            same_site="strict",
            https_only=secure,
        ),
        Middleware(_Who, access=access),
        Middleware(_Token),
    ]


def csrf_token(request: HTTPConnection) -> str:
    """The session's token, for the form field `csrf` or the header `X-CSRF-Token`; made where there
    is none yet.
    """
    token: str = request.session.get("csrf") or secrets.token_urlsafe(32)
    if "csrf" not in request.session:
        request.session["csrf"] = token
    return token


def local_path(address: str) -> str:
    """The address if it is a path of this server, else "/".

    "//elsewhere", "/\\elsewhere" and "/<tab>/elsewhere" are other hosts to a browser, which drops
    tabs and line ends (OWASP Unvalidated Redirects and Forwards Cheat Sheet; URL standard).
    """
    return address if re.fullmatch(r"/(?!/)[^\\\x00-\x20\x7f]*", address) else "/"


# -- the checks ---------------------------------------------------------


class _SecurityHeaders:
    """Puts HEADERS on every answer; what a login protects is kept in no cache, apart from the app's
    own static files.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.no_store = access.needs_login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if self.no_store and not _is_static(scope):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers)


class _KnownHost:
    """Answers only to its own host names: a page at evil.example that has its name point to
    127.0.0.1 (DNS rebinding) is refused. Ports do not matter. A WebSocket is closed, since the
    checks below look at HTTP only.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self.app = app
        self.hosts = {
            f"[{h}]" if ":" in h and not h.startswith("[") else h for h in map(str.lower, hosts)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and not self._knows(Headers(scope=scope)):
            await _say(400, _HOST)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _knows(self, headers: Headers) -> bool:
        given = headers.getlist("host")
        parts = (
            re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::[0-9]{1,5})?", given[0])
            if len(given) == 1
            else None
        )
        return parts is not None and parts[1].lower() in self.hosts


class _SameOrigin:
    """Refuses what another site's page asks for.

    Reading, by Fetch Metadata's resource isolation policy (W3C Fetch Metadata; web.dev, "Protect
    your resources from web attacks"): another site may link to a page, but not load one as an
    image, a script or a frame. Its link is answered by a page that asks once more, see `_again`.

    Changing (OWASP CSRF Prevention Cheat Sheet): the browser must say by Sec-Fetch-Site or by
    Origin that the page was ours, and where it sends both, by both. A request with neither is
    refused: browsers have sent Origin with every POST since 2020.
    """

    def __init__(self, app: ASGIApp, scheme: str) -> None:
        self.app = app
        self.scheme = scheme

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        site = headers.get("sec-fetch-site")
        if scope["method"] not in SAFE:
            return None if self._was_ours(site, headers) else _say(403, _ELSEWHERE)
        if site in (None, "none", "same-origin"):
            return None
        if (
            headers.get("sec-fetch-mode") != "navigate"
            or headers.get("sec-fetch-dest") != "document"
        ):
            return _say(403, _ELSEWHERE)
        return _again(_address(scope)) if site == "cross-site" else None

    def _was_ours(self, site: str | None, headers: Headers) -> bool:
        origin = headers.get("origin")
        own = f"{self.scheme}://{headers['host']}".lower()
        return (
            (site, origin) != (None, None)
            and site in (None, "same-origin")
            and origin in (None, own)
        )


class _Who:
    """Finds out from the session who asks, and refuses those who may not."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            answer = self._token_link(request) or self._refused_access(request)
            if answer:
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _token_link(self, request: Request) -> Response | None:
        """Takes `?token=…` for a login, and sends the browser on to the address without it, so that
        it is not copied, bookmarked or passed on in a Referer (OWASP Session Management Cheat
        Sheet, on ids in addresses).
        """
        given = request.query_params.get("token")
        if self.access.token is None or given is None or request.method != "GET":
            return None
        if not _same(given, self.access.token):
            return _say(403, _OLD_TOKEN)
        self.access.end(request.session)
        _begin(request.session, seal=_seal(self.access.token))
        return RedirectResponse(_address(request.scope, without="token"), status_code=303)

    def _refused_access(self, request: Request) -> Response | None:
        who = self.access.who(request.session)
        request.state.reviewer, request.state.role = who or (None, None)
        if request.scope["path"] in ("/login", "/logout") or (
            _is_static(request.scope) and request.method in SAFE
        ):
            return None
        if who is None:
            return self._ask_to_log_in(request)
        if (
            who[1] is not AccountRole.REVIEWER
            and request.method not in SAFE
            and request.scope["path"] not in _OF_READERS
        ):
            return _say(403, _READER)
        return None

    def _ask_to_log_in(self, request: Request) -> Response:
        here = _address(request.scope)
        if not self.access.accounts:
            return _say(401, _PRINTED)
        # htmx would put the login page inside the page: it is sent there instead
        if "hx-request" in request.headers:
            current = urlsplit(request.headers.get("hx-current-url", ""))
            login = _login(
                local_path(f"{current.path}?{current.query}" if current.query else current.path)
            )
            return PlainTextResponse(_LOGIN_FIRST, 401, {"HX-Redirect": login})
        if request.method not in ("GET", "HEAD"):
            return _say(401, _LOGIN_FIRST)
        return RedirectResponse(_login(here), status_code=303)


class _Token:
    """Lets what changes something pass only with the session's own token, in the header or the form
    (OWASP CSRF Prevention Cheat Sheet, "Synchronizer Token Pattern")."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        given = request.headers.get("x-csrf-token")
        if given is None:
            try:
                receive = _replayed(await request.body(), receive)
            except ClientDisconnect:
                return
            given = await _field(request, "csrf")
        expected = request.session.get("csrf")
        if given and expected and _same(given, expected):
            await self.app(scope, receive, send)
        else:
            await _say(403, _NO_TOKEN)(scope, receive, send)


# -- logging in and out ---------------------------------------------------------


class Attempts:
    """Logins tried under each name, in this process: after ATTEMPTS that failed within WINDOW
    seconds, no more of them.

    Unknown names count like known ones. Whoever floods a name keeps its owner out meanwhile; a
    session that they already have goes on.
    """

    def __init__(self) -> None:
        self._at: dict[str, list[float]] = {}

    def allow(self, name: str) -> bool:
        """Counts one attempt, before its password is looked at: many at once must not all pass."""
        key, now = known_as(name[:LONGEST_NAME]), time.monotonic()
        recent = [at for at in self._at.pop(key, []) if now - at < WINDOW]
        allowed = len(recent) < ATTEMPTS
        self._at[key] = [*recent, now] if allowed else recent
        while len(self._at) > NAMES_REMEMBERED:
            del self._at[next(iter(self._at))]
        return allowed

    def forget(self, name: str) -> None:
        self._at.pop(known_as(name[:LONGEST_NAME]), None)


def routes(access: Access, render: Render) -> list[Route]:
    """GET and POST /login, where there are accounts, and POST /logout.

    `render` makes "login.html" of `next` (a local path), `failed` and `csrf`; its form posts
    `name`, `password`, `next` and `csrf`.
    """
    door = _Door(access, render)
    logout = Route("/logout", door.leave, methods=["POST"])
    if not access.accounts:
        return [logout]
    return [
        Route("/login", door.ask, methods=["GET"]),
        Route("/login", door.enter, methods=["POST"]),
        logout,
    ]


class _Door:
    def __init__(self, access: Access, render: Render) -> None:
        self.access = access
        self.render = render
        self.attempts = Attempts()
        self.at_once = asyncio.Semaphore(LOGINS_AT_ONCE)

    async def ask(self, request: Request) -> Response:
        return self._page(request, local_path(request.query_params.get("next", "/")), failed=False)

    async def enter(self, request: Request) -> Response:
        """One message for an unknown name and for a wrong password (OWASP Authentication Cheat
        Sheet).
        """
        async with request.form() as form:
            name, password, onward = (
                _text(form, "name"),
                _text(form, "password"),
                local_path(_text(form, "next")),
            )
        if not self.attempts.allow(name):
            return PlainTextResponse(_TOO_MANY, 429, {"Retry-After": f"{WINDOW:.0f}"})
        async with self.at_once:
            account = await run_in_threadpool(check, self.access.accounts, name, password)
        if account is None:
            return self._page(request, onward, failed=True)
        self.attempts.forget(name)
        self.access.end(request.session)
        _begin(request.session, seal=_seal(account.password_hash), account=account.name)
        return RedirectResponse(onward, status_code=303)

    async def leave(self, request: Request) -> Response:
        self.access.end(request.session)
        request.session.clear()
        return RedirectResponse("/login" if self.access.accounts else "/", status_code=303)

    def _page(self, request: Request, onward: str, failed: bool) -> Response:
        context = {"next": onward, "failed": failed, "csrf": csrf_token(request)}
        return self.render(request, "login.html", context, status_code=401 if failed else 200)


def _begin(session: MutableMapping[str, Any], **proven: str) -> None:
    """A new session in place of the one before, which somebody else may know (OWASP Session
    Management Cheat Sheet, "Renew the Session ID After Any Privilege Level Change").
    """
    session.clear()
    session.update(proven, id=secrets.token_urlsafe(16), csrf=secrets.token_urlsafe(32))


# -- small parts ---------------------------------------------------------


def _same(one: str, other: str) -> bool:
    """Compared in constant time; as bytes, for `compare_digest` takes no text beyond ASCII."""
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _seal(proof: str) -> str:
    """What a session keeps of the password hash or token that began it: neither can be had from it,
    nor stay valid once they change.
    """
    return hashlib.sha256(proof.encode()).hexdigest()[:32]


def _is_static(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith("/static/")


def _address(scope: Scope, without: str | None = None) -> str:
    """The path and query that were asked for, less one parameter; "/" where a browser would take
    them for another host.
    """
    query = [
        (k, v)
        for k, v in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if k != without
    ]
    return local_path(quote(scope["path"]) + (f"?{urlencode(query)}" if query else ""))


def _login(onward: str) -> str:
    return "/login" if onward == "/" else f"/login?{urlencode({'next': onward})}"


def _again(address: str) -> Response:
    """A page that sends the browser to its own address once more.

    After another site's link a browser keeps a strict cookie back, also from where our redirect
    leads (RFC 6265bis, "SameSite"): a reviewer would seem logged out, and a new session would
    replace theirs. The second request comes from a page of ours, with the cookie; without a
    Referer, for the address may hold the token.
    """
    where = escape(address)
    return HTMLResponse(
        '<!doctype html><meta name="referrer" content="no-referrer">'
        f'<meta http-equiv="refresh" content="0; url={where}"><title>sayso</title><a '
        f'href="{where}">Go on</a>'
    )


def _say(status: int, words: str) -> Response:
    return PlainTextResponse(f"{words}\n", status)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Passes a body that was read to look for the token on to the page, as if unread."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message


async def _field(request: Request, name: str) -> str | None:
    """A field of the form in the body; None where it, or the form, is missing."""
    try:
        async with request.form() as form:
            return _text(form, name)
    except HTTPException:  # how Starlette says that a multipart body is malformed
        return None


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
