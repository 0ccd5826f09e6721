"""Claims of many reports -> incidents and series, every pair explained.

copies          which reports hold the same text, and which copied it
origins         the independent origin of every claim
mentions        what one report claims about one incident: an incident mention
features        an incident mention as a row of features
comparisons     how two rows are compared: outcomes, weights in bits, wording
scoring         Splink on DuckDB: proposed pairs -> weights
clustering      weights -> groups
incidents       incident mentions -> incidents
series          running totals, rates and strengths -> series
groups_counted  who a figure counts
relations       the claims of an incident or a series -> links between them
regrouping      decisions of people about incidents and series -> the groups as they stand
consistency     inconsistencies within a report and between reports
directory       the sources cited, with what is said of each
"""

from sayso.link.incidents import link_incidents
from sayso.link.regrouping import GroupDecision, regroup
from sayso.link.relations import relate
from sayso.link.series import link_series

__all__ = ["GroupDecision", "link_incidents", "link_series", "regroup", "relate"]
