"""Paths on the org chart: numbered steps laid over it, and in what a position acts."""
