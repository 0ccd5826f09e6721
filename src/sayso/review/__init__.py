"""A record as people decided that it is.

    reviewed = apply(claims, reports, decisions)

corrections  the fields that can be corrected: how a value is written, read, and put into a claim
fitting      the claims that a decision is about, found again after a better reading
making       a decision about claims, checked
applying     decisions -> claims as they stand, and what no longer fits
"""

from sayso.review.applying import Fitted, OrphanedDecision, Reviewed, apply
from sayso.review.corrections import (
    FIELDS,
    GROUP_FIELDS,
    CorrectableField,
    corrected,
    fields_of,
    group_value,
    place_written,
    written,
)
from sayso.review.making import correct, correct_incident, decide, incident_written, undo

__all__ = [
    "FIELDS",
    "GROUP_FIELDS",
    "CorrectableField",
    "Fitted",
    "OrphanedDecision",
    "Reviewed",
    "apply",
    "correct",
    "correct_incident",
    "corrected",
    "decide",
    "fields_of",
    "group_value",
    "incident_written",
    "place_written",
    "undo",
    "written",
]
