"""The words around the figures of deals."""

from bench.report import Outline

_ABOUT = """\
Written by `make bench-deals`; changes made by hand are lost with the next run.

Imports are processes of their own, started with `dossier-wiki deals import`, start included, into a
source of their own. The 8,800 deals are the real pipeline where it is at hand; the others are made
up, the same for every run: 200 sellers, 300 products, 5,000 companies, one deal in seven without a
company. "Nothing" is a command that only looks at the list of deals. A figure in bold misses its
aim.

Reports and dossiers are asked for over one connection, in an instance of their own: 100,000 deals
of two years, one in ten with two products, half of those that ended with a reason; a report over a
year compares nearly all of them. "After a change" is the first time that one asks after a deal has
changed; until then the answer is kept. Times are those that a client on the same machine sees.
"""
OUTLINE = Outline(
    "Benchmark of deals",
    _ABOUT,
    {"import": "A file of deals", "report": "Reports", "dossier": "A dossier"},
    "deals",
)
