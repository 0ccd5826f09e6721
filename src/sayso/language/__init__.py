"""Pure knowledge of words: numerals, dates, the gazetteer, the lexicon, outlets."""
