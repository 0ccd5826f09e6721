"""What is expected: the words that look ahead, what kind of forecast they make, and by when."""
