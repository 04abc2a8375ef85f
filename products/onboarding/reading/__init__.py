"""Confirmed reading: who has read which version, and what changed since then."""
