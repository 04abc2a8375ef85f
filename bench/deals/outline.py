"""The words around the figures of deals."""

from bench.report import Outline

_ABOUT = """\
Written by `make bench-deals`; changes made by hand are lost with the next run.

Imports are processes of their own, started with `dossier-wiki deals import`, start included, into a
source of their own. The 8,800 deals are the real pipeline where it is at hand; the others are made
up, the same for every run: 200 sellers, 300 products, 5,000 companies, one deal in seven without a
company. "Nothing" is a command that only looks at the list of deals. A figure in bold misses its
aim.
"""
OUTLINE = Outline(
    "Benchmark of deals",
    _ABOUT,
    {"import": "A file of deals"},
    "deals",
)
