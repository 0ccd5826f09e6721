"""Withholding the names of people in what is published from a record.

Names are looked for as reports write them; a name that neither a recogniser nor a claimant shows to
be a person's stays. A record published with names withheld still holds claims' ids, places, days
and words that can identify a person.
"""

from sayso.redact.apply import Redacted, redact
from sayso.redact.masking import MASK
from sayso.redact.people import ROLES, Withheld

__all__ = ["MASK", "ROLES", "Redacted", "Withheld", "redact"]
