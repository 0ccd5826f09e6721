"""What an export is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sayso.errors import ExportError
from sayso.model import Claim, Report
from sayso.model.decisions import Decision
from sayso.model.links import Coded, Incident, Linked, Range


class Format(StrEnum):
    """What an export is written as."""

    UCDP = "ucdp"
    ACLED = "acled"
    CSV = "csv"
    PARQUET = "parquet"
    JSONLD = "jsonld"
    GEOJSON = "geojson"


@dataclass(frozen=True)
class Material:
    """A record as it is exported.

    `reports` and `claims` are by id, `coded` by the incident's id, all under the rule that `policy`
    names. `as_of` is the day whose state the record shows, None for all that it holds. `made` names
    the program and the record. `decisions` are those of people, undone ones too.
    """

    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    linked: Linked
    coded: Mapping[str, Coded]
    policy: str
    as_of: date | None
    made: str
    decisions: Sequence[Decision] = ()

    def claims_of(self, incident: Incident) -> list[Claim]:
        """The incident's claims, those of its main report first."""
        return [self.claims[c] for c in incident.claims]

    def figures_of(self, incident: Incident) -> Coded:
        """The incident's figures; empty ranges where none were coded."""
        nothing = Range()
        empty = Coded(
            incident=incident.id,
            policy=self.policy,
            killed=nothing,
            wounded=nothing,
            civilians_killed=nothing,
            civilians_wounded=nothing,
        )
        return self.coded.get(incident.id, empty)

    def check(self) -> None:
        """Raises ExportError unless every claim and report that incidents and claims name is held,
        and SpanError unless every span holds.
        """
        for claim in self.claims.values():
            if claim.report not in self.reports:
                raise ExportError(
                    f"claim {claim.id}: its report {claim.report!r} is not among those to "
                    f"export; export whole reports"
                )
            claim.check(self.reports[claim.report])
        for incident in self.linked.incidents:
            for claim_id in incident.claims:
                if claim_id not in self.claims:
                    raise ExportError(
                        f"incident {incident.id}: its claim {claim_id} is not in the record; "
                        f"link it again: sayso link"
                    )
            for report in incident.reports:
                if report not in self.reports:
                    raise ExportError(
                        f"incident {incident.id}: its report {report!r} is not in the record; "
                        f"link it again: sayso link"
                    )
