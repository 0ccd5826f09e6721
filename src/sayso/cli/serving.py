"""A record in the browser: serve it, manage who may log in, publish it."""

from __future__ import annotations

import gc
import secrets
import socket
import sys
import threading
import webbrowser
from contextlib import closing, nullcontext, suppress
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from starlette.applications import Starlette

from sayso.cli.linking import held_by
from sayso.cli.shared import RecordPath, app, day_of, err, login_name
from sayso.coding import POLICIES
from sayso.errors import SaysoError
from sayso.ingest.parse import people_in
from sayso.redact import Withheld, redact
from sayso.store import Record
from sayso.view import Contents
from sayso.web import accounts as accounts_file
from sayso.web.app import application
from sayso.web.live import LiveRecord
from sayso.web.pictures import warm
from sayso.web.publish import Edition, publish_site
from sayso.web.security import Access

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
# The most requests that are worked on at once.
_AT_ONCE = 40


@app.command()
def serve(
    record: RecordPath,
    host: Annotated[
        str,
        typer.Option(
            help="The address to listen at; anything but this machine's own asks for a login."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8765,
    who: Annotated[
        str | None,
        typer.Option(help="The name under which you decide; your login name if not given."),
    ] = None,
    accounts: Annotated[
        Path | None,
        typer.Option(help="A file of accounts (see: sayso account); everybody must log in."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            help="A name by which browsers reach this server, beside its address; may be repeated."
        ),
    ] = None,
    https: Annotated[
        bool,
        typer.Option("--https", help="The server stands behind a proxy that serves it by https."),
    ] = False,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Whether a browser is opened at once.")
    ] = False,
) -> None:
    """Open a record in the browser: read it, correct it, decide. On this machine only, unless you
    say otherwise.
    """
    access = _access(host, who, accounts, allow_host or [])
    with Record(record, create=False) as opened, closing(_socket(host, port)) as listening:
        live = LiveRecord(opened)
        with err.status("Opening the record") if err.is_terminal else nullcontext():
            live.snapshot().warm()
        threading.Thread(target=_warm, args=(live,), daemon=True).start()
        address = f"{'https' if https else 'http'}://{_shown(host)}:{listening.getsockname()[1]}/"
        _announce(record, address, access.token, open_browser)
        _run(application(live, access, secure=https), listening)
        err.print("closed; every decision is in the record", style="dim")


def _access(host: str, who: str | None, accounts: Path | None, allowed: list[str]) -> Access:
    """Who may use the server. Without accounts, a server that other machines can reach gets a
    token.
    """
    known = accounts_file.load(accounts) if accounts else {}
    outside = host not in _LOOPBACK
    token = secrets.token_urlsafe(24) if outside and not known else None
    name = who or login_name("--who")
    if not name.strip():
        raise typer.BadParameter(
            "it is empty; a decision needs somebody who decides", param_hint="--who"
        )
    return Access(name, known, token, _hosts(host, allowed))


def _announce(record: str, address: str, token: str | None, open_browser: bool) -> None:
    """Prints the server's address, and opens it in a browser if asked to."""
    if token:
        address = f"{address}?token={token}"
    err.print(f"{record} is open at {address}", markup=False, soft_wrap=True)
    err.print("Whoever has this address can decide." if token else "Ctrl+C closes it.", style="dim")
    if open_browser:
        webbrowser.open(address)


def _run(pages: Starlette, listening: socket.socket) -> None:
    """Answers requests until Ctrl+C."""
    config = uvicorn.Config(
        pages,
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=_AT_ONCE,
        lifespan="off",
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _warm(live: LiveRecord) -> None:
    """Prepares what the first visitor would otherwise wait for: the full-text index, the renderer
    of pictures, the coded figures.
    """
    live.index()
    warm()
    snapshot = live.snapshot()
    for policy in snapshot.policies:
        snapshot.code_all(policy)
    gc.collect()
    gc.freeze()  # all of this stays in use, and searching it for garbage takes seconds


def _hosts(host: str, allowed: list[str]) -> tuple[str, ...]:
    """The names that this server answers to: its own address and those allowed; if it listens at
    every address, all of the machine's.
    """
    own = [socket.gethostname(), *_addresses()] if host in ("0.0.0.0", "::", "") else [host]
    return tuple(dict.fromkeys([*Access("").hosts, *own, *allowed]))


def _addresses() -> list[str]:
    try:
        return sorted(
            {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
        )
    except OSError:
        return []


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else socket.gethostname() if host == "0.0.0.0" else host


def _socket(host: str, port: int) -> socket.socket:
    """A socket that listens at the address. Raises SaysoError if the address is taken or not this
    machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # without the last, every answer waits 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # from here on a browser that is opened waits instead of being refused
    except (OSError, UnicodeError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise SaysoError(
            f"{host}:{port}: cannot listen there ({reason}); give another --port or --host"
        ) from error
    return listening


@app.command()
def account(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The file of accounts, made if it is not there; keep it beside the record.",
        ),
    ],
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="The name under which somebody logs in and decides."),
    ],
    role: Annotated[
        accounts_file.AccountRole,
        typer.Option(help="A reader sees everything; a reviewer decides too."),
    ] = accounts_file.AccountRole.REVIEWER,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the account out of the file.")
    ] = False,
) -> None:
    """Add an account for `sayso serve --accounts`, or take one away. The password is asked for, and
    kept as a hash.
    """
    if remove:
        accounts_file.remove(file, name)
        err.print(f"{name} can no longer log in; restart any server that is running", markup=False)
        return
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    accounts_file.add(file, name, role, password)
    err.print(f"{name} can log in as a {role.value}", markup=False)


@app.command()
def publish(
    record: RecordPath,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help="The folder for the site: new, empty, or of an earlier one."
        ),
    ],
    title: Annotated[str, typer.Option(help="The site's name.")] = "A record of what was said",
    everything: Annotated[
        bool,
        typer.Option(
            "--all/--confirmed",
            help="Everything that the machine found too, or only what people confirmed.",
        ),
    ] = False,
    policy: Annotated[
        str, typer.Option(help="The coding policy for the figures: ucdp, acled, gtd or minmax.")
    ] = "ucdp",
    texts: Annotated[
        bool,
        typer.Option(
            "--texts/--no-texts",
            help="Whether whole reports are published, or only the sentences of claims.",
        ),
    ] = False,
    withhold: Annotated[
        list[str] | None,
        typer.Option(
            help=(
                "Withhold the names of people of this role: a source type, named, unknown, or "
                "all; may be repeated."
            )
        ),
    ] = None,
    before: Annotated[
        str | None,
        typer.Option(
            help=(
                "Withhold names only in reports published before this day (YYYY-MM-DD), or "
                "without one."
            )
        ),
    ] = None,
) -> None:
    """Write a static site of a record, with its data, that any web server can host."""
    if policy not in POLICIES:
        raise typer.BadParameter(
            f"{policy!r} is none of {', '.join(POLICIES)}", param_hint="--policy"
        )
    made_by, rule = f"sayso {version('sayso')}", _withheld(withhold or [], before)
    edition = Edition(title, made_by, policy, everything, texts, rule, date.today())
    edition, held = _redacted(edition, edition.chosen(held_by(record, None)))
    _print_published(edition, publish_site(held, edition, out), out)


def _withheld(roles: list[str], before: str | None) -> Withheld | None:
    """Whose names are withheld; None if nobody's."""
    day = day_of(before, "--before")
    if day and not roles:
        raise typer.BadParameter(
            "it says when names are withheld, but not whose; give --withhold too",
            param_hint="--before",
        )
    return Withheld(frozenset(roles), day) if roles else None


def _redacted(edition: Edition, held: Contents) -> tuple[Edition, Contents]:
    """The edition and its contents, without the names that it withholds."""
    if edition.rule is None:
        return edition, held
    with err.status("Looking for names") if err.is_terminal else nullcontext():
        people = dict(people_in(held.reports.values()))
        redacted = redact(held.reports, held.claims, held.linked, people, edition.rule)
    return edition.redacted(held, redacted)


def _print_published(edition: Edition, written: int, out: Path) -> None:
    err.print(
        f"{written:,} files in {out}; the first page is {out / 'index.html'}",
        markup=False,
        soft_wrap=True,
    )
    if edition.rule is not None:
        err.print(
            f"{edition.withheld:,} people are not named, in {edition.places:,} places. Name "
            f"recognition misses some: read the site before you publish it.",
            markup=False,
            soft_wrap=True,
        )
