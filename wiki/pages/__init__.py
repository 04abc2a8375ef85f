"""Versioned text with facts: page, revision, compare, merge, restore, links."""
