"""An incident's low, best and high figures under a coding policy, with the claims that decided
them.

    policy = load_policy("ucdp")
    coded = code(incident, claims, origin, published, policy)

Claims become evidence (who says how many, per report and independent origin; `evidence`), evidence
is settled by a policy (`policies`, `settle`). docs/policies.md describes the rules in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sayso.coding.evidence import Evidence, Tally, evidence_of
from sayso.coding.policies import POLICIES, Policy, load_policy
from sayso.errors import PolicyError
from sayso.model import Claim
from sayso.model.links import Coded, Incident, Origin

__all__ = ["POLICIES", "Evidence", "Policy", "PolicyError", "Tally", "code", "load_policy"]


def code(
    incident: Incident,
    claims: Sequence[Claim],
    origin: Mapping[str, Origin],
    published: Mapping[str, date | None],
    policy: Policy,
) -> Coded:
    """The incident's figures under the policy.

    `claims` are the incident's, of all its reports; `origin` gives for a claim's id the key of who
    independently says so, `published` for a report's id its day. A figure that no claim states is
    an empty Range.
    """
    return policy.rule(evidence_of(incident, claims, origin, published))
