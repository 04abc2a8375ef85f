"""Paths and their versions: edited, kept, compared, merged, confirmed."""
