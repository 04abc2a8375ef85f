"""The text inside attached files: read by a process of its own, kept for the search."""
