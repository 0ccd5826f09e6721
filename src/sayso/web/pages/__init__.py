"""What stands on each page, worked out from a book: values that templates only have to lay out.

overview    tolls over time, a map, what is disputed, due, and new
incidents   the list of incidents, and one of them with its figures on one axis
series      the list of series, and one of them
claims      one claim with its chain of sources and its links
reports     the list of reports, and one of them with every claim marked
claimants   the list of claimants, and one of them
queue       what to look at first
log         what was decided, and what no longer fits
finding     filters and full-text search
"""
