"""ACLED's event types, as far as the type and mode of an incident determine them.

The types, their order and what belongs to each are those of the ACLED Codebook. Where the words of
the claims leave more than one type open, none is given: an event type never stands without its
sub-event type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.export.parties import ArmedParties
from sayso.model import Claim, Event, EventType, Status
from sayso.model.links import Coded, Incident

BATTLES, REMOTE, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
PROTESTS, RIOTS, STRATEGIC = "Protests", "Riots", "Strategic developments"
_VIOLENCE, _DEMONSTRATIONS = "Political violence", "Demonstrations"

# Every legal pair of event type and sub-event type, with its disorder type.
DISORDER: Mapping[tuple[str, str], str] = {
    (BATTLES, "Government regains territory"): _VIOLENCE,
    (BATTLES, "Non-state actor overtakes territory"): _VIOLENCE,
    (BATTLES, "Armed clash"): _VIOLENCE,
    (PROTESTS, "Excessive force against protesters"): f"{_VIOLENCE}; {_DEMONSTRATIONS}",
    (PROTESTS, "Protest with intervention"): _DEMONSTRATIONS,
    (PROTESTS, "Peaceful protest"): _DEMONSTRATIONS,
    (RIOTS, "Violent demonstration"): _DEMONSTRATIONS,
    (RIOTS, "Mob violence"): _VIOLENCE,
    (REMOTE, "Chemical weapon"): _VIOLENCE,
    (REMOTE, "Air/drone strike"): _VIOLENCE,
    (REMOTE, "Suicide bomb"): _VIOLENCE,
    (REMOTE, "Shelling/artillery/missile attack"): _VIOLENCE,
    (REMOTE, "Remote explosive/landmine/IED"): _VIOLENCE,
    (REMOTE, "Grenade"): _VIOLENCE,
    (CIVILIANS, "Sexual violence"): _VIOLENCE,
    (CIVILIANS, "Attack"): _VIOLENCE,
    (CIVILIANS, "Abduction/forced disappearance"): _VIOLENCE,
    (STRATEGIC, "Agreement"): STRATEGIC,
    (STRATEGIC, "Arrests"): STRATEGIC,
    (STRATEGIC, "Change to group/activity"): STRATEGIC,
    (STRATEGIC, "Disrupted weapons use"): STRATEGIC,
    (STRATEGIC, "Headquarters or base established"): STRATEGIC,
    (STRATEGIC, "Looting/property destruction"): STRATEGIC,
    (STRATEGIC, "Non-violent transfer of territory"): STRATEGIC,
    (STRATEGIC, "Other"): STRATEGIC,
}

# What an incident's PLOVER mode determines by itself.
BY_MODE: Mapping[tuple[EventType, str | None], tuple[str, str]] = {
    (EventType.ASSAULT, "aerial"): (REMOTE, "Air/drone strike"),
    (EventType.ASSAULT, "drone"): (REMOTE, "Air/drone strike"),
    (EventType.ASSAULT, "suicide-attack"): (REMOTE, "Suicide bomb"),
    (EventType.ASSAULT, "heavy-weapons"): (REMOTE, "Shelling/artillery/missile attack"),
    (EventType.ASSAULT, "explosives"): (REMOTE, "Remote explosive/landmine/IED"),
    (EventType.ASSAULT, "sexual"): (CIVILIANS, "Sexual violence"),
    (EventType.PROTEST, "riot"): (RIOTS, "Violent demonstration"),
    (EventType.RETREAT, "ceasefire"): (STRATEGIC, "Agreement"),
    (EventType.RETREAT, "release"): (STRATEGIC, "Agreement"),
    (EventType.RETREAT, "withdraw"): (STRATEGIC, "Change to group/activity"),
    (EventType.MOBILIZE, None): (STRATEGIC, "Change to group/activity"),
}
# Violence by hand: a battle or an attack, depending on whom it hits.
_BY_HAND = frozenset({None, "firearms", "primitive", "beat", "torture", "targeted"})
_MARCHES = frozenset({None, "demo"})
_ATTACK, _ABDUCTION = (CIVILIANS, "Attack"), (CIVILIANS, "Abduction/forced disappearance")
_SHOT_AT, _BROKEN_UP = (
    (PROTESTS, "Excessive force against protesters"),
    (PROTESTS, "Protest with intervention"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What determines the type of an incident."""

    incident: Incident
    coded: Coded
    parties: ArmedParties
    claims: Sequence[Claim]

    @property
    def hurt(self) -> bool:
        """Whether anybody is reported killed or wounded."""
        return bool(self.coded.killed.high or self.coded.wounded.high)

    @property
    def of_two_sides(self) -> bool:
        """Whether two armed sides are named against each other."""
        named = {p.status for p in (*self.parties.acting, *self.parties.hit)}
        return bool(self.coded.side_a_name and self.coded.side_b_name) or named >= {
            Status.MILITARY,
            Status.MILITANT,
        }

    @property
    def against_civilians(self) -> bool:
        """Whether civilians, and nobody else, are reported hit."""
        return bool(self.parties.victims) and not self.parties.fighters and not self.parties.hit

    def has(self, kind: EventType, mode: str | None = None) -> bool:
        """Whether some claim reports an event of this type, and of this mode where one is given."""
        return any(
            isinstance(c, Event) and c.type is kind and (mode is None or c.mode == mode)
            for c in self.claims
        )


def pair(scene: Scene) -> tuple[str, str] | None:
    """The event type and sub-event type; None where the claims leave it open."""
    kind, mode = scene.incident.type, scene.incident.mode
    if kind is None:
        return None
    if (kind, mode) in BY_MODE:
        found = BY_MODE[kind, mode]
        # Where people are killed in a troop movement or an agreement, the words report more than
        # that.
        return None if found[0] == STRATEGIC and scene.coded.killed.high else found
    match kind:
        case EventType.ASSAULT:
            return _assault(scene, mode)
        case EventType.COERCE:
            return _coercion(scene, mode)
        case EventType.PROTEST:
            return _protest(scene, mode)
    return None


def _assault(scene: Scene, mode: str | None) -> tuple[str, str] | None:
    if mode in _BY_HAND:
        if scene.against_civilians:
            return _ATTACK
        return (BATTLES, "Armed clash") if scene.of_two_sides else None
    if mode == "abduct":
        return (
            _ATTACK
            if scene.hurt and scene.against_civilians
            else None
            if scene.hurt
            else _ABDUCTION
        )
    if mode == "destroy":
        return None if scene.hurt else (STRATEGIC, "Looting/property destruction")
    if (
        mode == "crowd-control"
        and scene.has(EventType.PROTEST)
        and not scene.has(EventType.PROTEST, "riot")
    ):
        return _SHOT_AT if scene.coded.killed.high else _BROKEN_UP
    return None


def _coercion(scene: Scene, mode: str | None) -> tuple[str, str] | None:
    """Land taken in a fight is a battle; the words do not distinguish land taken without one from
    goods taken. Who arrests distinguishes an arrest from an abduction.
    """
    acting = scene.parties.acting[0].status if scene.parties.acting else None
    if mode == "seize" and scene.hurt and scene.of_two_sides:
        if acting is Status.MILITANT:
            return (BATTLES, "Non-state actor overtakes territory")
        return (BATTLES, "Government regains territory") if acting is Status.MILITARY else None
    if mode == "arrest" and not scene.hurt:
        if acting is Status.MILITANT:
            return _ABDUCTION
        return (STRATEGIC, "Arrests") if acting is Status.MILITARY else None
    return None


def _protest(scene: Scene, mode: str | None) -> tuple[str, str] | None:
    """Hunger strikes and strikes are not protests to ACLED; a protest at which people are hurt may
    be any of three types.
    """
    if mode not in _MARCHES or scene.has(EventType.PROTEST, "riot"):
        return None
    if scene.hurt:
        return _SHOT_AT if scene.against_civilians and scene.parties.acting else None
    if scene.has(EventType.ASSAULT, "crowd-control") or scene.has(EventType.COERCE, "arrest"):
        return _BROKEN_UP
    return (
        None
        if scene.has(EventType.ASSAULT) or scene.has(EventType.COERCE)
        else (PROTESTS, "Peaceful protest")
    )


def targets_civilians(scene: Scene, found: tuple[str, str] | None) -> bool:
    """Whether civilians are the main or only target of an event of this type."""
    if found is None:
        return False
    return (
        found[0] == CIVILIANS
        or found == _SHOT_AT
        or (found[0] in (REMOTE, RIOTS) and scene.against_civilians)
    )
