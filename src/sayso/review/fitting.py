"""Finds the claims that a decision is about again: by id, else by the position of their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.model import Claim
from sayso.model.decisions import ClaimReference, detail_of


@dataclass(frozen=True)
class Finder:
    """Claims by id, and by their report (its hash), part and kind."""

    claims: Mapping[str, Claim]
    by_place: Mapping[tuple[str, str, str], list[Claim]]

    @classmethod
    def of(
        cls,
        claims: Mapping[str, Claim],
        hashes: Mapping[str, str],
        references: Iterable[ClaimReference],
    ) -> Finder:
        """A finder for these references; `hashes` are the reports', by id. Reports without a
        reference are left out.
        """
        wanted = {a.report for a in references if a.claim not in claims}
        by_place: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        if wanted:
            for claim in claims.values():
                if (of := hashes.get(claim.report)) in wanted and of is not None:
                    by_place[of, claim.part, claim.kind].append(claim)
        return cls(claims, by_place)

    def find(self, reference: ClaimReference) -> str | None:
        """The id of the claim; None where it is gone, or where more than one could be meant.

        It is the one with the reference's id, else the only one of its kind and detail whose core
        overlaps the reference's words; of several, the only one with exactly these words.
        """
        if reference.claim in self.claims:
            return reference.claim
        near = [
            c
            for c in self.by_place.get((reference.report, reference.part, reference.kind), ())
            if c.core.start < reference.end
            and reference.start < c.core.end
            and detail_of(c) == reference.detail
        ]
        same = [c for c in near if (c.core.start, c.core.end) == (reference.start, reference.end)]
        if len(same) == 1:
            return same[0].id
        return near[0].id if len(near) == 1 else None
