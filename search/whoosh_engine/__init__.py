"""The embedded engine: a Whoosh index in a folder of the instance."""

from search.whoosh_engine.engine import WhooshEngine

__all__ = ["WhooshEngine"]
