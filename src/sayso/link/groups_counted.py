"""Who a figure counts, for comparing it with another: everybody, one side, or a named part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.model import Figure, Status

# Parts of the people that reports count separately; the words of each part mean the same people.
_PARTS = {
    "children": (
        "child children kid kids boy boys girl girls infant infants baby babies toddler toddlers "
        "schoolchildren minors minor"
    ),
    "women": "woman women female females mother mothers",
    "men": "man men",
    "medics": (
        "medic medics doctor doctors nurse nurses paramedic paramedics rescuer rescuers volunteer "
        "volunteers"
    ),
    "journalists": "journalist journalists reporter reporters cameraman",
    "leaders": "commander commanders leader leaders",
    "attackers": "attacker attackers bomber bombers assailant assailants gunman gunmen",
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class GroupCounted:
    """The status of those counted, None for any, and the part of them, None for all; both None:
    everybody.
    """

    status: Status | None
    part: str | None

    def words(self) -> str:
        """In words: "everybody", "civilians", "children"."""
        return self.part or (_NAMES[self.status] if self.status else "everybody")

    def within(self, other: GroupCounted) -> bool:
        """Whether this group is a part of the other, and not the whole."""
        if self == other:
            return False
        if other.status is None and other.part is None:
            return True
        return other.part is None and self.part is not None and self.status is other.status


_NAMES = {
    Status.CIVILIAN: "civilians",
    Status.MILITARY: "soldiers and police",
    Status.MILITANT: "fighters",
}


def group_counted(claim: Figure) -> GroupCounted:
    """Who the figure counts. People of unknown or mixed status are everybody, unless the words name
    a part of them.
    """
    words = re.findall(r"[a-z]+", claim.who.text.casefold()) if claim.who else []
    parts = [_PART_OF[w] for w in words if w in _PART_OF]
    part = parts[-1] if len(set(parts)) == 1 else "women and children" if parts else None
    if (
        part is None
        and claim.part_of is not None
        and claim.status in (Status.UNKNOWN, Status.MIXED)
    ):
        part = words[-1] if words else "some of them"
    return GroupCounted(claim.status if claim.status in _NAMES else None, part)
