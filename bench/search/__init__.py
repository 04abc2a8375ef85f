"""Measures search: how well it finds, and how fast."""
