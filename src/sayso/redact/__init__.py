"""Withholding the names of people in what is published from a record.

Names are looked for as reports write them; what no recogniser and no claimant shows to be a person
stays. A record that is published with names withheld still holds claims' ids, places, days and
words by which a person can be known.
"""

from sayso.redact.apply import Redacted, redact
from sayso.redact.masking import MASK
from sayso.redact.people import ROLES, Withheld

__all__ = ["MASK", "ROLES", "Redacted", "Withheld", "redact"]
