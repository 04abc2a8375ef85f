"""Measure learning: `python -m bench.learning`, or a part: `--rows weight`.

Writes docs/benchmark-learning.json and docs/benchmark-learning.md.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.generator import ROOT
from bench.learning.outline import OUTLINE
from bench.learning.weighing import weight_figures
from bench.others import load_average
from bench.report import read_report, table, write_report

ROWS: Mapping[str, Callable[[], list[Figure]]] = {"weight": weight_figures}


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(prog="python -m bench.learning", description=__doc__)
    parser.add_argument("--rows", default=",".join(ROWS), help="some of %(default)s")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmark-learning.md")
    arguments = parser.parse_args()
    json_path, table_path = arguments.output.with_suffix(".json"), arguments.output
    report = read_report(json_path)
    for row in _in_order(arguments.rows):
        began, load = time.monotonic(), load_average()
        report.put(ROWS[row](), load)
        write_report(report, json_path, table_path, OUTLINE)
        print(f"{row}: {time.monotonic() - began:.0f} s (load {load:.1f})", file=sys.stderr)
    print(table(report, OUTLINE))


def _in_order(rows: str) -> list[str]:
    asked = rows.split(",")
    unknown = set(asked) - ROWS.keys()
    if unknown:
        sys.exit(f"There are only these rows: {', '.join(ROWS)}.")
    return [row for row in ROWS if row in asked]


if __name__ == "__main__":
    main()
