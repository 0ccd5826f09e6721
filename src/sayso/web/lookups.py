"""Derived look-ups of a snapshot: each with how it is made, and how it follows a decision.

A look-up is a constant beside the function that makes it; `Snapshot.get` makes its value when it
is first asked for and keeps it. After a decision the new snapshot takes over what the decision left
as it was, as each look-up states. One for which nothing is stated is made again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sayso.web.incremental import Change

# A snapshot; it imports this module, and so is not named here.
Snapshot = Any
K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Lookup(Generic[T]):
    """One value for the whole record.

    `make` gives it from a snapshot (and what else `get` is given). `lasting`: it follows from
    values, links and groups alone, and so outlives a decision that changes none of them. `update`
    gives it from the value of the snapshot before, after any other decision, at once; None where
    that cannot be. `revise` does so only when somebody asks, from the last value that was made and
    all that changed since.
    """

    name: str
    make: Callable[..., T]
    lasting: bool = False
    update: Callable[[T, Snapshot, Change], T | None] | None = None
    revise: Callable[[T, Snapshot, Change], T] | None = None


@dataclass(frozen=True, eq=False)
class KeyedLookup(Generic[K, T]):
    """A value for each of many things, made for those that are asked for.

    `make` gives it from a snapshot and the key. `lasting` is that of `Lookup`. `survives` says
    whether the value of a key is the same after any other decision.
    """

    name: str
    make: Callable[[Snapshot, K], T]
    lasting: bool = False
    survives: Callable[[K, Snapshot, Change], bool] | None = None


class Kept:
    """The values that a snapshot has made so far, and those that it can take over in part."""

    def __init__(self) -> None:
        self._values: dict[Lookup[Any], Any] = {}
        self._of_keys: dict[KeyedLookup[Any, Any], dict[Any, Any]] = {}
        self._earlier: dict[Lookup[Any], tuple[Any, Change]] = {}

    def get(self, lookup: Lookup[T], snapshot: Snapshot, *more: Any) -> T:
        """The value of a look-up, made or revised where it is not there yet."""
        if lookup not in self._values:
            earlier = self._earlier.get(lookup)
            if earlier is not None and lookup.revise is not None:
                self._values[lookup] = lookup.revise(earlier[0], snapshot, earlier[1])
            else:
                self._values[lookup] = lookup.make(snapshot, *more)
        value: T = self._values[lookup]
        return value

    def get_of(self, lookup: KeyedLookup[K, T], key: K, snapshot: Snapshot) -> T:
        """The value of a key."""
        values = self._of_keys.setdefault(lookup, {})
        if key not in values:
            values[key] = lookup.make(snapshot, key)
        value: T = values[key]
        return value

    def take_over(self, old: Snapshot, new: Snapshot, change: Change, *, light: bool) -> None:
        """Keeps what the decisions between two snapshots left as it was; these are the new one's.

        `light`: no decision between them changes a value, a link or a group.
        """
        before: Kept = old.kept
        # Copies: other threads read the old snapshot meanwhile, and add to it.
        values, earlier_values = dict(before._values), dict(before._earlier)
        for lookup, value in values.items():
            if light and lookup.lasting:
                self._values[lookup] = value
            elif lookup.revise is not None:
                self._earlier[lookup] = value, change
            elif lookup.update is not None:
                updated = lookup.update(value, new, change)
                if updated is not None:
                    self._values[lookup] = updated
        for lookup, (value, earlier) in earlier_values.items():
            if lookup not in values:  # nobody asked for it meanwhile
                self._earlier[lookup] = value, change.and_before(earlier)
        for keyed, of_keys in dict(before._of_keys).items():
            survives, known = keyed.survives, dict(of_keys)
            if light and keyed.lasting:
                self._of_keys[keyed] = known
            elif survives is not None:
                self._of_keys[keyed] = {
                    key: value for key, value in known.items() if survives(key, new, change)
                }
