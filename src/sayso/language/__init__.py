"""What sayso knows about words, as pure functions: numerals, dates, gazetteer, lexicon, outlets."""
