"""Writing deal records: whatever door they came by, in any order, as often as they come."""
