"""What a snapshot takes over from the one before, as each look-up states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sayso.web.incremental import Change
from sayso.web.lookups import Kept, KeyedLookup, Lookup


@dataclass
class State:
    """A stand-in for a snapshot: what its look-ups are made from."""

    value: int
    kept: Kept = field(default_factory=Kept)
    made: list[str] = field(default_factory=list)

    def get(self, lookup: Lookup[Any]) -> Any:
        return self.kept.get(lookup, self)

    def get_of(self, lookup: KeyedLookup[Any, Any], key: Any) -> Any:
        return self.kept.get_of(lookup, key, self)

    def followed(self, value: int, *touched: str, light: bool = False) -> State:
        """The state after a decision about these claims."""
        new = State(value)
        new.kept.take_over(self, new, Change((), (), frozenset(touched)), light=light)
        return new


def made(state: State) -> int:
    state.made.append("made")
    return state.value


def test_a_value_is_made_once() -> None:
    lookup = Lookup("plain", made)
    state = State(1)
    assert (state.get(lookup), state.get(lookup), state.made) == (1, 1, ["made"])


def test_what_states_nothing_is_made_again_and_what_lasts_outlives_a_light_decision() -> None:
    plain, lasting = Lookup("plain", made), Lookup("lasting", made, lasting=True)
    old = State(1)
    assert (old.get(plain), old.get(lasting)) == (1, 1)
    light, heavy = old.followed(2, light=True), old.followed(2)
    assert (light.get(plain), light.get(lasting)) == (2, 1)
    assert (heavy.get(plain), heavy.get(lasting)) == (2, 2)


def test_an_update_is_made_at_once_and_only_from_a_value_that_was_there() -> None:
    lookup: Lookup[int] = Lookup(
        "updated", made, update=lambda value, new, change: value + len(change.touched)
    )
    old = State(1)
    assert old.followed(10, "a").get(lookup) == 10
    old.get(lookup)
    new = old.followed(10, "a", "b")
    assert (new.get(lookup), new.made) == (3, [])


def test_an_update_that_cannot_be_is_made_again() -> None:
    lookup: Lookup[int] = Lookup("updated", made, update=lambda value, new, change: None)
    old = State(1)
    old.get(lookup)
    assert old.followed(2).get(lookup) == 2


def test_a_revision_waits_and_sees_all_that_changed_since() -> None:
    lookup: Lookup[Any] = Lookup(
        "revised", lambda s: "made", revise=lambda value, s, change: (value, sorted(change.touched))
    )
    old = State(1)
    old.get(lookup)
    new = old.followed(2, "a").followed(3, "b")
    assert new.get(lookup) == ("made", ["a", "b"])
    assert new.followed(4, "c").get(lookup) == (("made", ["a", "b"]), ["c"])


def test_keys_survive_by_themselves() -> None:
    lookup: KeyedLookup[str, tuple[str, int]] = KeyedLookup(
        "keyed",
        lambda s, key: (key, s.value),
        survives=lambda key, new, change: key not in change.touched,
    )
    old = State(1)
    assert [old.get_of(lookup, key) for key in "ab"] == [("a", 1), ("b", 1)]
    new = old.followed(2, "a")
    assert [new.get_of(lookup, key) for key in "ab"] == [("a", 2), ("b", 1)]


def test_the_old_snapshot_may_be_read_while_it_is_taken_over() -> None:
    old = State(1)

    def update(value: int, new: State, change: Change) -> int:
        old.get(Lookup("asked for meanwhile", made))
        return value

    first: Lookup[int] = Lookup("first", made, update=update)
    second: Lookup[int] = Lookup("second", made, update=update)
    assert (old.get(first), old.get(second)) == (1, 1)
    new = old.followed(2)
    assert (new.get(first), new.get(second)) == (1, 1)
