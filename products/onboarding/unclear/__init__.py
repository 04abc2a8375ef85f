"""Sentences that somebody does not understand, and the answers."""
