"""Saved searches: kept by a person, run again for them, and telling what new fits."""
