"""Claimants who are a party to what they claim: to be read as one side's word."""

from __future__ import annotations

from dataclasses import replace

from sayso.language.lexicon import Lexicon
from sayso.model import Claim, Event, EventType, Figure, Source, SourceFact, SourceType, Status

_FIGHTERS = (Status.MILITARY, Status.MILITANT)
_OF_WAR = (EventType.ASSAULT, EventType.COERCE, EventType.RETREAT, EventType.MOBILIZE)


def with_party(claim: Claim, lexicon: Lexicon) -> Claim:
    """Marks a claimant who fights: of fighters' figures, of acts of war, and of anything it states or foretells."""
    last = claim.sources[-1] if claim.sources else None
    if (
        last is None
        or last.role != "claimant"
        or not _fights(last, lexicon)
        or not _is_about_its_war(claim)
    ):
        return claim
    return replace(claim, sources=(*claim.sources[:-1], replace(last, party=True)))


def _fights(source: Source, lexicon: Lexicon) -> bool:
    return source.type in (SourceType.MILITARY, SourceType.ARMED_GROUP) or bool(
        source.name and lexicon.actor_pattern.search(source.name)
    )


def _is_about_its_war(claim: Claim) -> bool:
    """Whether a side's word on it is a side's word on its own war: not on who is a civilian, nor on a source."""
    match claim:
        case Figure():
            return claim.status in _FIGHTERS
        case Event():
            return claim.type in _OF_WAR
        case SourceFact():
            return False
    return True
