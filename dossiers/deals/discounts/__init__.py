"""Discounts: how large they are, who may give how much, on what ground, and what they cost."""
