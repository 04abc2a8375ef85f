"""Measure search: `python -m bench.search`, or a part of it: `--rows quality --sizes 1000`.

Indexes are kept in bench/results. Writes docs/benchmark-search.json and docs/benchmark-search.md.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.figures import Figure
from bench.generator import ROOT
from bench.others import load_average
from bench.report import read_report, table, write_report
from bench.search.built import Built
from bench.search.outline import OUTLINE
from bench.search.quality import quality_figures
from bench.search.served import MOST_SERVED, served_figures
from bench.search.speed import index_figures, speed_figures
from bench.search.writing import writing_figures
from bench.stage import Stage

RESULTS = ROOT / "bench" / "results"
Row = Callable[[int, argparse.Namespace], list[Figure]]


def main() -> None:
    """Run as a program."""
    arguments = _arguments()
    json_path, table_path = arguments.output.with_suffix(".json"), arguments.output
    for row in _in_order(arguments.rows):
        for size in [0] if row == "quality" else _sizes(arguments.sizes):
            figures, load = _measured(row, size, arguments)
            # Read as late as this, for another part may be measured at the same time.
            report = read_report(json_path)
            report.put(figures, load)
            write_report(report, json_path, table_path, OUTLINE)
    print(table(read_report(json_path), OUTLINE))


def _measured(row: str, size: int, arguments: argparse.Namespace) -> tuple[list[Figure], float]:
    """The figures, and the load average before they were taken."""
    began, load = time.monotonic(), load_average()
    figures = ROWS[row](size, arguments)
    of = f", {size} documents" if size else ""
    _tell(f"{row}{of}: {time.monotonic() - began:.0f} s (load {load:.1f})")
    return figures, load


def _built(size: int) -> Built:
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / ".gitignore").write_text("*\n")
    return Built(RESULTS, size)


def _served(size: int, arguments: argparse.Namespace) -> list[Figure]:
    if size > MOST_SERVED:
        return []
    return served_figures(Stage(RESULTS, str(size), _tell), arguments.questions)


def _index(size: int, arguments: argparse.Namespace) -> list[Figure]:
    built = _built(size)
    built.costs(anew=arguments.anew)
    return index_figures(built)


ROWS: Mapping[str, Row] = {
    "quality": lambda _size, _arguments: quality_figures(_tell),
    "index": _index,
    "speed": lambda size, arguments: speed_figures(_built(size), arguments.questions),
    "writing": lambda size, arguments: writing_figures(_built(size), arguments.questions),
    "served": _served,
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--rows", default=",".join(ROWS), help="some of %(default)s")
    parser.add_argument("--sizes", default="1000,10000,100000", help="documents (%(default)s)")
    parser.add_argument("--questions", type=int, default=200, help="of each kind (%(default)d)")
    parser.add_argument("--anew", action="store_true", help="make the indexes again (row index)")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmark-search.md")
    return parser.parse_args()


def _sizes(sizes: str) -> Sequence[int]:
    return [int(size) for size in sizes.split(",")]


def _in_order(rows: str) -> list[str]:
    asked = rows.split(",")
    if set(asked) - ROWS.keys():
        sys.exit(f"There are only these rows: {', '.join(ROWS)}.")
    return [row for row in ROWS if row in asked]


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
