"""The values that each page shows, computed from a snapshot; templates only lay them out.

overview    tolls over time, a map, what is disputed, due, and new
incidents   the list of incidents, and one of them with its figures on one axis
series      the list of series, and one of them
claims      one claim with its chain of sources and its links,
            and one report with every claim marked
lists       the lists of reports, claimants, forecasts and decisions, and one claimant
queue       what to look at first
axis        figures side by side on one axis
maps        where incidents happened
finding     filters, pages of a list, and full-text search
"""
