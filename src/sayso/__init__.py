"""sayso: who says so? Reports about an armed conflict in, a record of figures out.

find(text, published=…)      the claims of one text
read(paths)                  files and folders -> reports, and what was skipped
find_in(reports)             reports -> the claims of each
Record(path)                 a record on disk: add, claims, verify
Report, Figure, Skipped      the values that these give and take
SaysoError                   what any of them can raise
"""

from sayso.errors import SaysoError
from sayso.model import Figure, Report, Skipped
from sayso.pipeline import find, find_in
from sayso.read import read
from sayso.store import Record

__all__ = ["Figure", "Record", "Report", "SaysoError", "Skipped", "find", "find_in", "read"]
