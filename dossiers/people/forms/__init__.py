"""The shapes of what is typed about positions and people: one small form for each question."""
