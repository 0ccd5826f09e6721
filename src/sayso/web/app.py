"""The web app over a record: pages for reading it and for deciding."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sayso.errors import SaysoError
from sayso.plot import Look
from sayso.web.accounts import AccountRole
from sayso.web.deciding import Deciding
from sayso.web.live import LiveRecord
from sayso.web.pages import claims, finding, incidents, lists, overview, queue, series
from sayso.web.pictures import MEDIA, NARROW, WIDE, Pictures, drawn, spec_of
from sayso.web.render import render
from sayso.web.security import Access, csrf_token, local_path, middleware, routes
from sayso.web.snapshot import Snapshot
from sayso.web.urls import ServerUrls

STATIC = Path(__file__).parent / "static"
# A visit ends after this long without a request; what came after its end is new at the next.
_VISIT = timedelta(minutes=30)
_VISITS = "sayso-visits"
_THEMES = ("light", "dark")


class Web:
    """The handlers of all pages of one record."""

    def __init__(self, live: LiveRecord, access: Access) -> None:
        self.live, self.access = live, access
        self.urls = ServerUrls()
        self.pictures = Pictures()
        self.deciding = Deciding(self)

    # -- answering ------------------------------------------------------------------

    def page(
        self, request: Request, template: str, context: Mapping[str, Any], status_code: int = 200
    ) -> Response:
        """A page."""
        shared = {
            "site": None,
            "path": self.live.path,
            "reviewer": getattr(request.state, "reviewer", None),
            "query": request.query_params,
            "can_decide": getattr(request.state, "role", None) == AccountRole.REVIEWER,
            "csrf": csrf_token(request),
            "here": here(request),
            "theme": theme if (theme := request.cookies.get("sayso-theme")) in _THEMES else "",
            "has_login": bool(self.access.accounts),
        }
        return HTMLResponse(
            render(template, self.urls, **{**shared, **context}),
            status_code,
            headers={"Vary": "Cookie"},
        )

    def login(
        self, request: Request, template: str, context: dict[str, Any], status_code: int = 200
    ) -> Response:
        """The login page, which shows nothing of the record."""
        return self.page(
            request,
            template,
            {**context, "snapshot": None, "csrf_given": context.get("csrf")},
            status_code,
        )

    def of_snapshot(
        self, template: str, made: Callable[[Snapshot, Mapping[str, str]], Mapping[str, Any] | None]
    ) -> Callable[[Request], Response]:
        """A handler for a page that is made from the snapshot and the query."""

        def handler(request: Request) -> Response:
            snapshot = self.live.snapshot()
            context = made(snapshot, {**request.query_params, **request.path_params})
            if context is None:
                raise HTTPException(404)
            return self.page(request, template, {"snapshot": snapshot, **context})

        return handler

    # -- pages ----------------------------------------------------------------------------

    def overview(self, request: Request) -> Response:
        snapshot = self.live.snapshot()
        before, now = _visits(request)
        context = overview.shown(snapshot, request.query_params, self.urls.to, before)
        response = self.page(request, "overview.html", {"snapshot": snapshot, **context})
        stamps = f"{before.timestamp() if before else 0:.0f}.{now.timestamp():.0f}"
        response.set_cookie(
            _VISITS, stamps, max_age=400 * 24 * 3600, httponly=True, samesite="strict"
        )
        return response

    def incident(self, request: Request) -> Response:
        return self.group(
            request,
            "incident",
            "incident.html",
            lambda snapshot, one: incidents.shown(snapshot, one, self.urls.to),
        )

    def one_series(self, request: Request) -> Response:
        return self.group(
            request,
            "series",
            "one_series.html",
            lambda snapshot, one: series.shown(snapshot, one, request.query_params),
        )

    def group(
        self,
        request: Request,
        kind: str,
        template: str,
        made: Callable[[Snapshot, Any], Mapping[str, Any]],
    ) -> Response:
        """An incident or a series; one whose id changed when it was merged or split is shown at its
        new address.
        """
        snapshot, name = self.live.snapshot(), request.path_params["name"]
        one = snapshot.incident(name) if kind == "incident" else snapshot.series(name)
        if one is None:
            raise HTTPException(404)
        if one.id != name:
            return RedirectResponse(self.urls.to(kind, one.id), 302)
        return self.page(request, template, {"snapshot": snapshot, **made(snapshot, one)})

    def claim(self, request: Request) -> Response:
        snapshot, name = self.live.snapshot(), request.path_params["name"]
        claim = snapshot.any_claim(name)
        if claim is None:
            raise HTTPException(404)
        return self.page(
            request, "claim.html", {"snapshot": snapshot, **claims.shown(snapshot, claim)}
        )

    def report(self, request: Request) -> Response:
        snapshot, name = self.live.snapshot(), request.path_params["name"]
        if name not in snapshot.reports:
            raise HTTPException(404)
        return self.page(
            request,
            "report.html",
            {"snapshot": snapshot, **claims.report_shown(snapshot, snapshot.reports[name])},
        )

    def search(self, request: Request) -> Response:
        snapshot = self.live.snapshot()
        return self.page(
            request,
            "search.html",
            {
                "snapshot": snapshot,
                **finding.searched(snapshot, self.live.index(), request.query_params),
            },
        )

    def picture(self, request: Request) -> Response:
        snapshot, (kind, name, form) = (
            self.live.snapshot(),
            (request.path_params[n] for n in ("kind", "name", "form")),
        )
        if form not in MEDIA or kind not in ("incident", "series", "tolls"):
            raise HTTPException(404)
        look = look_of(request.query_params)
        try:
            key = (
                self.live.path,
                snapshot.last_decision,
                len(snapshot.base.claims),
                id(snapshot.base),
                kind,
                name,
                form,
                look,
            )
            body = self.pictures.get(key, lambda: drawn(spec_of(snapshot, kind, name, look), form))
        except SaysoError as error:
            raise HTTPException(404, str(error)) from error
        saved = (
            {"Content-Disposition": f'attachment; filename="{kind}-{name[:40]}.{form}"'}
            if "save" in request.query_params
            else {}
        )
        return Response(
            body, media_type=MEDIA[form], headers={**saved, "Cache-Control": "private, no-cache"}
        )

    async def theme(self, request: Request) -> Response:
        form = await request.form()
        chosen = str(form.get("theme", ""))
        response = RedirectResponse(local_path(str(form.get("next", "/"))), 303)
        response.set_cookie(
            "sayso-theme",
            chosen if chosen in _THEMES else "",
            max_age=400 * 24 * 3600,
            httponly=True,
            samesite="strict",
        )
        return response

    def link(self, request: Request) -> Response:
        self.live.link()
        return RedirectResponse("/", 303)

    # -- errors ------------------------------------------------------------------------------

    def refused(self, request: Request, error: Exception) -> Response:
        """A page for what does not exist, and for what cannot be done."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        detail = error.detail if isinstance(error, HTTPException) else str(error)
        heading = {404: "Page not found", 405: "That cannot be done here"}.get(
            status, "That did not work"
        )
        words = (
            "It may have been merged, split, or never there; the search finds what is."
            if status == 404
            else detail
        )
        if status == 404 and detail not in ("", HTTPStatus.NOT_FOUND.phrase):
            words = detail
        return self.page(
            request, "error.html", {"snapshot": None, "heading": heading, "words": words}, status
        )

    def failed(self, request: Request, error: Exception) -> Response:
        """A page for an error of ours, without its message, which could hold what only some may
        read.
        """
        words = (
            "The error is ours, and nothing that was recorded is lost. Go back and try again; if "
            "it happens again, please report it."
        )
        return self.page(
            request,
            "error.html",
            {"snapshot": None, "heading": "sayso failed on this page", "words": words},
            500,
        )


def here(request: Request) -> str:
    """The address that a decision leads back to."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def look_of(query: Mapping[str, str]) -> Look:
    """How a picture for a page is drawn: `narrow` for a phone, `dark`; one to be saved has its
    title and background.
    """
    saved = "save" in query
    width = None if saved else NARROW if query.get("narrow") else WIDE
    return Look(width, dark=bool(query.get("dark")), title=saved, transparent=not saved)


def _visits(request: Request) -> tuple[datetime | None, datetime]:
    """The end of the last visit, and now; a cookie holds when the last visit ended and when this
    one was last active.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        ended, active = (
            datetime.fromtimestamp(int(n), UTC).replace(tzinfo=None)
            for n in request.cookies[_VISITS].split(".")
        )
    except (KeyError, ValueError, OverflowError, OSError):
        return None, now
    last = active if now - active > _VISIT else ended
    return (last if last.year > 1970 else None), now


def application(
    live: LiveRecord, access: Access, secret: str | None = None, secure: bool = False
) -> Starlette:
    """The web app over a record. `secret` signs sessions (a new one each time, if not given);
    `secure`: served by https.
    """
    web = Web(live, access)
    pages = [
        Route("/", web.overview),
        Route("/queue", web.of_snapshot("queue.html", queue.listed)),
        Route("/incidents", web.of_snapshot("incidents.html", incidents.listed)),
        Route("/incidents/{name}", web.incident),
        Route("/series", web.of_snapshot("series.html", series.listed)),
        Route("/series/{name}", web.one_series),
        Route("/forecasts", web.of_snapshot("forecasts.html", lists.forecasts)),
        Route("/claimants", web.of_snapshot("claimants.html", lists.claimants)),
        Route(
            "/claimants/{name:path}",
            web.of_snapshot(
                "claimant.html", lambda snapshot, q: lists.claimant(snapshot, q["name"])
            ),
        ),
        Route("/reports", web.of_snapshot("reports.html", lists.reports)),
        Route("/reports/{name:path}", web.report),
        Route("/claims", web.of_snapshot("claims.html", finding.claims_found)),
        Route("/claims/{name}", web.claim),
        Route("/decisions", web.of_snapshot("decisions.html", lists.decisions)),
        Route("/search", web.search),
        Route("/help", web.of_snapshot("help.html", lambda snapshot, q: {})),
        Route("/pictures/{kind}/{name}.{form}", web.picture),
        Route("/theme", web.theme, methods=["POST"]),
        Route("/link", web.link, methods=["POST"]),
        *web.deciding.routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    return Starlette(
        routes=[*pages, *routes(access, web.login)],
        middleware=middleware(access, secret or secrets.token_urlsafe(32), secure, web.failed),
        exception_handlers={HTTPException: web.refused, SaysoError: web.refused},
    )
