"""UCDP's sides and type of violence, as far as the claims say who is on which side."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.export.cells import Basis, Cell
from sayso.export.parties import ArmedParties
from sayso.model import Status
from sayso.model.links import Coded

STATE_BASED, NON_STATE, ONE_SIDED = "1", "2", "3"
CIVILIANS = "Civilians"
_RULES = {
    STATE_BASED: "a state's side and an armed group are named",
    NON_STATE: "armed groups act, fighters of armed groups are hit, and no state is named",
    ONE_SIDED: "one armed side alone is named, and everybody killed is reported to be a civilian",
    "": "the claims do not say who is on which side",
}


@dataclass(frozen=True, slots=True)
class UcdpSides:
    """The type of violence ("" when unknown) and the two sides, each with the claims that name
    it.
    """

    type: str
    side_a: str | None
    side_b: str | None
    claims_a: tuple[Basis, ...]
    claims_b: tuple[Basis, ...]

    def cells(self) -> dict[str, Cell | None]:
        """The cells of the type, the sides, and the names that follow from theirs."""
        both = f"{self.side_a} - {self.side_b}" if self.side_a and self.side_b else ""
        claims = (*self.claims_a, *self.claims_b)
        names = Cell(both, "the two sides' names", columns=("side_a", "side_b"))
        return {
            "type_of_violence": Cell(self.type, _RULES[self.type], claims),
            "side_a": Cell(self.side_a or "", "the name that most claims use", self.claims_a),
            "side_b": Cell(self.side_b or "", "the name that most claims use", self.claims_b),
            "dyad_name": names,
            # A conflict between a state and a group has a name that only UCDP gives; the others are
            # named after the dyad.
            "conflict_name": names if self.type in (NON_STATE, ONE_SIDED) else None,
        }


def sides_of(coded: Coded, parties: ArmedParties) -> UcdpSides:
    """The sides of an incident. State-based: side a is the state's. One-sided: side a is the
    perpetrator.
    """
    state, group = coded.side_a_name, coded.side_b_name
    if state and group:
        return UcdpSides(STATE_BASED, state, group, parties.naming(state), parties.naming(group))
    alone = state or group
    if alone and _only_civilians(coded) and any(p.name == alone for p in parties.acting):
        return UcdpSides(ONE_SIDED, alone, CIVILIANS, parties.naming(alone), parties.victims)
    if group and _between_groups(parties):
        first, second = (*(p.name for p in parties.of(Status.MILITANT)), None, None)[:2]
        return UcdpSides(NON_STATE, first, second, parties.naming(first), parties.naming(second))
    return UcdpSides("", state, group, parties.naming(state), parties.naming(group))


def _only_civilians(coded: Coded) -> bool:
    deaths = {side: share.best or 0 for side, share in coded.sides.items()}
    return deaths.get("civilians", 0) > 0 and deaths.get("civilians", 0) == coded.killed.best


def _between_groups(parties: ArmedParties) -> bool:
    """Whether armed groups act and their fighters are hit, and nobody of a state's forces is
    mentioned.
    """
    statuses = {p.status for p in (*parties.acting, *parties.hit)} | {
        _status(b) for b in parties.fighters
    }
    hit = {p.status for p in parties.hit} | {_status(b) for b in parties.fighters}
    return statuses == {Status.MILITANT} == hit and bool(parties.acting)


def _status(basis: Basis) -> Status:
    status = getattr(basis.claim, "status", Status.UNKNOWN)
    return status if isinstance(status, Status) else Status.UNKNOWN
