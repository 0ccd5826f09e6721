"""Who says what: cues and their claimants, the fullest names of these, and statements."""
