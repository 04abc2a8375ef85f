"""Runs: a path as one deal walks it, written down event by event."""
