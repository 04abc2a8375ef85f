"""Watching pages and categories, notices, and the daily mail."""
