"""Who may log in to `sayso serve`: names, roles and hashed passwords, in a TOML file beside the
record.

    [accounts."Amina K."]
    role = "reviewer"
    password = "$argon2id$v=19$…"

They are never kept in the record, which is mailed around. Passwords are hashed by argon2id with the
second profile of RFC 9106, section 4 (64 MiB, 3 passes, 4 lanes), which is above the minimum of the
OWASP Password Storage Cheat Sheet.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli_w
from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from sayso.errors import AccountsError

LONGEST_NAME = 100
"""In characters, so that what is kept in memory or in a cookie for each name stays small."""
SHORTEST_PASSWORD = 10
"""In characters. NIST SP 800-63B asks for at least 8, and against rules about which."""

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_COST = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
_NOBODYS = f"$argon2id$v=19${_COST}${'A' * 22}${'A' * 43}"
"""A hash of 32 zero bytes under a salt of 16: no password is known to give it, and trying one takes
as long as any other.
"""
_HEAD = "# Accounts of `sayso serve`. Keep this file to yourself, and apart from the record.\n\n"


class AccountRole(StrEnum):
    """What an account may do: a reader looks, a reviewer also decides."""

    READER = "reader"
    REVIEWER = "reviewer"


@dataclass(frozen=True)
class Account:
    """Someone who may log in; `password_hash` is in the PHC form `$argon2id$…`."""

    name: str
    role: AccountRole
    password_hash: str = field(repr=False)


def load(path: Path) -> dict[str, Account]:
    """The accounts of a file, by name.

    Raises AccountsError where the file is missing, not as expected, or holds no account: a server
    that is to ask for a login must never start without one.
    """
    accounts = _read(path)
    if not accounts:
        raise AccountsError(
            f"{path}: is missing or holds no account. Add one, or serve without an accounts file"
        )
    return accounts


def add(path: Path, name: str, role: AccountRole, password: str) -> None:
    """Adds an account to the file, which is made where there is none, readable by its owner only
    (mode 0600).

    Raises AccountsError where the name or the password is invalid, or the name is taken.
    """
    accounts = _read(path)
    name = known_as(name)
    if wrong := _wrong_with(name):
        raise AccountsError(wrong)
    if name in accounts:
        raise AccountsError(
            f"{path}: has an account {name!r} already. Remove it first, to give it another "
            f"password or role"
        )
    if len(password) < SHORTEST_PASSWORD or not password.strip():
        raise AccountsError(
            f"the password is too short: expected {SHORTEST_PASSWORD} characters or more, not "
            f"all of them spaces"
        )
    _write(path, accounts | {name: Account(name, role, _HASHER.hash(_as_typed(password)))})


def remove(path: Path, name: str) -> None:
    """Takes an account out of the file. Raises AccountsError where there is none of that name."""
    accounts = _read(path)
    if accounts.pop(known_as(name), None) is None:
        raise AccountsError(
            f"{path}: has no account {name!r}. It has: "
            f"{', '.join(map(repr, sorted(accounts))) or 'none'}"
        )
    _write(path, accounts)


def check(accounts: Mapping[str, Account], name: str, password: str) -> Account | None:
    """The account, if that is its password; takes about 0.2 s of one core and 64 MiB.

    An unknown name costs the same work, so that the time of an answer does not show which names
    exist (OWASP Authentication Cheat Sheet, "Authentication and Error Messages").
    """
    account = accounts.get(known_as(name))
    right = _matches(account.password_hash if account else _NOBODYS, password)
    return account if right else None


def known_as(name: str) -> str:
    """The name in Unicode's composed form: two keyboards that write "é" differently mean one
    account.
    """
    return unicodedata.normalize("NFC", name)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, _as_typed(password))
    except (VerificationError, InvalidHashError):
        return False


def _as_typed(password: str) -> bytes:
    """Composed as names are (RFC 8265, section 4.2); invalid Unicode, such as half a surrogate
    pair, stays distinct.
    """
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _wrong_with(name: str) -> str | None:
    """Why a name is invalid, if it is: it could not be distinguished from another, or could write
    to a terminal.
    """
    if not name or name != name.strip() or len(name) > LONGEST_NAME:
        return (
            f"{name!r} is not valid as a name: expected 1 to {LONGEST_NAME} characters, with no "
            f"space at either end"
        )
    odd = [
        c
        for c in name
        if unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp")
    ]
    return (
        f"{name!r} is not valid as a name: it holds the control or invisible character {odd[0]!r}"
        if odd
        else None
    )


def _read(path: Path) -> dict[str, Account]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or not TOML
        raise AccountsError(
            f"{path}: cannot be read as an accounts file in TOML: {error}"
        ) from error
    unknown = sorted(set(document) - {"accounts"})
    if unknown:
        raise AccountsError(
            f"{path}: has a key {unknown[0]!r}; expected only tables [accounts.NAME]"
        )
    tables = document.get("accounts", {})
    if not isinstance(tables, dict):
        raise AccountsError(f"{path}: 'accounts' is not a table; expected tables [accounts.NAME]")
    return {name: _account(path, name, table) for name, table in tables.items()}


def _account(path: Path, name: str, table: Any) -> Account:
    where = f"{path}: accounts.{name!r}"
    if not isinstance(table, dict) or set(table) != {"role", "password"}:
        found = ", ".join(sorted(table)) or "no key" if isinstance(table, dict) else "no table"
        raise AccountsError(f"{where}: expected the keys role and password, found {found}")
    if name != known_as(name):
        raise AccountsError(
            f"{where}: the name is not in Unicode's composed form (NFC), so nobody could log "
            f"in by it"
        )
    if wrong := _wrong_with(name):
        raise AccountsError(f"{path}: {wrong}")
    if table["role"] not in list(AccountRole):
        raise AccountsError(
            f"{where}.role: expected {' or '.join(AccountRole)}, found {table['role']!r}"
        )
    if not _is_argon2id(table["password"]):
        raise AccountsError(
            f"{where}.password: expected an argon2id hash, as adding an account writes it"
        )
    return Account(name, AccountRole(table["role"]), table["password"])


def _is_argon2id(value: object) -> bool:
    """Whether it is a hash to verify against; the value is never shown, for it may be a password
    typed in by hand.
    """
    try:
        return isinstance(value, str) and extract_parameters(value).type is Type.ID
    except InvalidHashError:
        return False


def _write(path: Path, accounts: Mapping[str, Account]) -> None:
    """Whole or not at all: written beside the file, then put in its place. `mkstemp` makes it for
    its owner only (0600).
    """
    tables = {
        a.name: {"role": a.role.value, "password": a.password_hash}
        for _, a in sorted(accounts.items())
    }
    words = _HEAD + tomli_w.dumps({"accounts": tables})
    target = path.resolve()
    try:
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(words)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, target)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise AccountsError(f"{path}: cannot be written: {error.strerror or error}") from error
