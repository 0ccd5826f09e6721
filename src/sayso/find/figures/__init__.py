"""How many: who is counted, what befell them, and the tolls and strengths of a report."""
