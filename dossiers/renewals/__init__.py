"""Contracts, the calendar of their renewals, and the director's reviews before them."""
