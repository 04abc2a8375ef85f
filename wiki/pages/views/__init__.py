"""The doors to pages: one file for each group of addresses."""

from wiki.pages import api
from wiki.pages.views import conflict, editing, history, links, properties, reading
from wiki.pages.views.blueprint import pages

__all__ = ["api", "conflict", "editing", "history", "links", "pages", "properties", "reading"]
