"""Contracts in versions, their successors, and the day by which a renewal must be started."""
