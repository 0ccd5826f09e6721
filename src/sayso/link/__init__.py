"""Claims of many reports -> incidents and series, every pair explained.

accounts     what one report tells of one happening
rows         an account as a row of what is compared
evidence     the comparisons, with their weights in bits and their words
scoring      Splink on DuckDB: proposed pairs -> weights
incidents    weights -> groups -> incidents
series       running totals, rates and strengths -> series
people       who a figure counts
relations    the claims of an incident or a series -> links between them
regrouping   decisions of people about incidents and series -> the groups as they stand
"""

from sayso.link.incidents import link_incidents
from sayso.link.regrouping import GroupDecision, regroup
from sayso.link.relations import relate
from sayso.link.series import link_series

__all__ = ["GroupDecision", "link_incidents", "link_series", "regroup", "relate"]
