"""The words around the figures of renewals."""

from bench.report import Outline

_ABOUT = """\
Written by `make bench-renewals`; changes made by hand are lost with the next run.

5,000 contracts and 2,000 clients of 40 managers, 20,000 contacts, 4,000 promises; made up, the same
for every run; beside them 60 dossiers whose contracts end in one month, and one with 150 positions,
40 deals and 400 edits by chance, half of them since its last signed review. Pages are asked for
over one connection; times are those that a client on the same machine sees, of the first time and
the median of seven more. A figure in bold misses its aim.
"""
OUTLINE = Outline(
    "Benchmark of renewals",
    _ABOUT,
    {
        "first": "First pages",
        "calendar": "The calendar of renewals",
        "briefing": "A briefing of a large dossier",
        "month": "The briefings of a month, made in the background",
        "review": "What changed since the last signed review",
    },
    "contracts",
)
