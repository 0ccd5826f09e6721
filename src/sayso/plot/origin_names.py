"""Who says so, by a name short enough for a picture, one for each independent origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from sayso.model import Claim
from sayso.model.links import Origin, origin_of
from sayso.plot.look import COLOURS, NAME_WIDTH
from sayso.plot.measure import shortened
from sayso.present.wording import on_a_line, who_says


def names_of(claims: Iterable[Claim], origin: Mapping[str, Origin]) -> dict[Origin, str]:
    """For each origin its name: the one that its claims give most often, and no two the
    same.
    """
    given: dict[Origin, Counter[str]] = defaultdict(Counter)
    outlets: dict[Origin, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        key = origin_of(claim, origin)
        given[key][_name(claim)] += 1
        outlets[key][_outlet(claim)] += 1
    names = {key: _most(counts, key) for key, counts in given.items()}
    often = Counter(names.values())
    for key, name in names.items():
        outlet = _most(outlets[key], key)
        names[key] = f"{name}, in {outlet}" if often[name] > 1 and name != outlet else name
    used: Counter[str] = Counter()
    for key, name in names.items():
        short = shortened(name, NAME_WIDTH)
        used[short] += 1
        names[key] = short if used[short] == 1 else f"{short} ({used[short]})"
    return names


def _most(counts: Counter[str], key: Origin) -> str:
    """The name given most often; but first one that the key of the origin holds: a copied text
    speaks as its origin.
    """
    return min(
        counts,
        key=lambda name: (
            name.casefold().removeprefix("the ") not in str(key).casefold(),
            -counts[name],
            name,
        ),
    )


def _name(claim: Claim) -> str:
    """The claimant; for what a report says in its own voice, its outlet or agency."""
    return (
        _outlet(claim)
        if claim.sources and claim.sources[-1].role == "publisher"
        else who_says(claim)
    )


def _outlet(claim: Claim) -> str:
    publishers = [s.name for s in claim.sources if s.role == "publisher" and s.name]
    return on_a_line(publishers[-1]) if publishers else claim.report


def leading(keys: Iterable[Origin]) -> list[Origin]:
    """The origins that get a colour of their own, those with the most claims first; the rest, if
    any, share one.
    """
    counts = Counter(keys)
    ranked = sorted(counts, key=lambda key: -counts[key])  # ties keep their order
    return ranked if len(ranked) <= len(COLOURS) else ranked[: len(COLOURS) - 1]
