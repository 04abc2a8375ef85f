"""Check questions about pages: made from facts or by hand, answered, and their results."""
