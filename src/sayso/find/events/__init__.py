"""What happened: acts in PLOVER's terms, who did them to whom, and the figures that are theirs."""
