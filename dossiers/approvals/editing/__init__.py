"""Editing a path: what may be asked for, how it is done, and what two people dispute."""
