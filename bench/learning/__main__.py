"""Measure learning: `python -m bench.learning`, or a part: `--rows weight`.

Instances are made anew in bench/results. Writes docs/benchmark-learning.json and
docs/benchmark-learning.md.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bench.figures import Figure
from bench.learning.contradicting import contradiction_figures
from bench.learning.learners import learners_figures
from bench.learning.marks import mark_figures
from bench.learning.outline import OUTLINE
from bench.learning.weighing import weight_figures
from bench.running import measure, parser_of, prepared, tell

ROWS: Mapping[str, Callable[[Path], list[Figure]]] = {
    "weight": lambda _folder: weight_figures(),
    "marks": lambda _folder: mark_figures(),
    "contradictions": lambda _folder: contradiction_figures(),
    "learners": lambda folder: learners_figures(folder / "learners", tell),
}


def main() -> None:
    """Run as a program."""
    arguments = parser_of("learning", ROWS, __doc__).parse_args()
    folder = prepared(arguments.folder)
    rows = {row: partial(take, folder) for row, take in ROWS.items()}
    measure(rows, arguments.rows, arguments.output, OUTLINE)


if __name__ == "__main__":
    main()
