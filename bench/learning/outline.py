"""The words around the figures of learning."""

from bench.report import Outline

_ABOUT = """\
Written by `make bench-learning`; changes made by hand are lost with the next run.

The differences between two versions of a page were written for this project, in both languages, and
labelled by meaning before the rule was tried (`bench/learning/differences.jsonl`). The rule was
developed on one half, and some differences that were written to break it were put there later; it
was never changed for the sake of the half that was held out. One person wrote the set and the rule,
so the texts of a real house may fare worse. A figure in bold misses its aim.
"""
OUTLINE = Outline(
    "Benchmark of learning",
    _ABOUT,
    {
        "weight": "Which changes are to be read again",
        "time": "Weighing a page in which one number and one comma changed",
    },
    "",
)
