"""sayso: who says so? Reports about an armed conflict in, a record of what they claim out.

find(text, published=…)      the claims of one text
read(paths)                  files and folders -> reports, and what was skipped
find_in(reports)             reports -> the claims of each
Record(path)                 a record on disk: add, claims, verify
Report, Claim, Skipped       the values that these give and take
SaysoError                   what any of them can raise
"""

from sayso.errors import SaysoError
from sayso.ingest.read import read
from sayso.model import Claim, Report, Skipped
from sayso.pipeline import find, find_in
from sayso.store import Record

__all__ = ["Claim", "Record", "Report", "SaysoError", "Skipped", "find", "find_in", "read"]
