"""Addresses of pages and pictures: on the server, and in a folder of files."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Protocol
from urllib.parse import quote, urlencode

PLURAL = {
    "incident": "incidents",
    "claim": "claims",
    "report": "reports",
    "series": "series",
    "claimant": "claimants",
    "decision": "decisions",
}


class Urls(Protocol):
    """Gives the address of a thing by its kind and id, of a page by its name, of a static file, and
    of a picture.
    """

    def to(self, kind: str, name: str) -> str: ...
    def page(self, name: str, **query: Any) -> str: ...
    def asset(self, path: str) -> str: ...
    def picture(self, kind: str, name: str, form: str, **look: Any) -> str: ...


class ServerUrls:
    """Addresses on the server."""

    def to(self, kind: str, name: str) -> str:
        return f"/{PLURAL[kind]}/{quote(name, safe='')}"

    def page(self, name: str, **query: Any) -> str:
        pairs = urlencode([(k, v) for k, v in query.items() if v not in (None, "")])
        return f"/{name}?{pairs}" if pairs else f"/{name}"

    def asset(self, path: str) -> str:
        return f"/static/{path}"

    def picture(self, kind: str, name: str, form: str, **look: Any) -> str:
        return self.page(f"pictures/{kind}/{quote(name, safe='')}.{form}", **look)


class FileUrls:
    """Addresses of files in a folder that any web server can host, relative to a page `depth`
    folders down.
    """

    def __init__(self, depth: int = 0) -> None:
        self._up = "../" * depth

    def to(self, kind: str, name: str) -> str:
        return f"{self._up}{PLURAL[kind]}/{file_name(name)}.html"

    def page(self, name: str, **query: Any) -> str:
        page = query.get("page", 1)
        return f"{self._up}{name or 'index'}{f'-{page}' if page != 1 else ''}.html"

    def asset(self, path: str) -> str:
        return f"{self._up}static/{path}"

    def picture(self, kind: str, name: str, form: str, **look: Any) -> str:
        suffix = "".join(f"-{k}" for k, v in sorted(look.items()) if v)
        return f"{self._up}pictures/{kind}-{file_name(name)}{suffix}.{form}"


def file_name(name: str) -> str:
    """A name that every file system and web server accepts: itself where it is plain, else its
    plain part and a hash of it.
    """
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", name):
        return name
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{plain or 'x'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
