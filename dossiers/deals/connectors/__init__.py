"""Connectors: programs that are asked for their deals now and then."""
