"""Measuring learning: does the rule ask again for what matters and only for that."""
