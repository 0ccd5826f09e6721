"""A record as people decided that it is.

    reviewed = apply(claims, hashes, decisions)

corrections  the fields that can be corrected, and a claim with another value in one
writing      values as people write them: numbers, days, places
fitting      the claims that a decision is about, found again after a better reading
making       a decision about claims, checked
applying     decisions -> claims as they stand, and what no longer fits
"""

from sayso.review.applying import Fitted, OrphanedDecision, Reviewed, apply
from sayso.review.corrections import (
    GROUP_FIELDS,
    CorrectableField,
    corrected,
    fields_of,
    group_value,
    written,
)
from sayso.review.making import correct, correct_incident, decide, incident_written, undo
from sayso.review.writing import dates_written, place_written

__all__ = [
    "GROUP_FIELDS",
    "CorrectableField",
    "Fitted",
    "OrphanedDecision",
    "Reviewed",
    "apply",
    "correct",
    "correct_incident",
    "corrected",
    "dates_written",
    "decide",
    "fields_of",
    "group_value",
    "incident_written",
    "place_written",
    "undo",
    "written",
]
