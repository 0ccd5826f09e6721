"""The record: the only place with SQL. SQLite in one file by default, PostgreSQL by URL.

Reports are stored untouched with their hash; claims with every span as words and offsets; who
says so as a chain of rows. One transaction a report: an interrupted reading loses nothing whole.
"""

from sayso.store.filters import Filter
from sayso.store.record import Record
from sayso.store.verifying import Fault

__all__ = ["Fault", "Filter", "Record"]
