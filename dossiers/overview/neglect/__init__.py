"""Clients and open deals of which nobody has spoken for long."""
