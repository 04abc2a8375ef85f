"""Measure renewals: `python -m bench.renewals`, or a part: `--rows first`.

The instance is made anew in bench/results/renewals. Writes docs/benchmark-renewals.json and
docs/benchmark-renewals.md.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.generator import ROOT
from bench.others import load_average
from bench.renewals.asking import (
    briefing_figures,
    calendar_figures,
    first_figures,
    review_figures,
)
from bench.renewals.months import month_figures
from bench.renewals.outline import OUTLINE
from bench.renewals.stage import Stage
from bench.report import read_report, table, write_report

RESULTS = ROOT / "bench" / "results"
ROWS: Mapping[str, Callable[[Stage], list[Figure]]] = {
    "first": first_figures,
    "calendar": calendar_figures,
    "briefing": briefing_figures,
    "month": month_figures,
    "review": review_figures,
}


def main() -> None:
    """Run as a program."""
    arguments = _arguments()
    began = time.monotonic()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    (arguments.folder / ".gitignore").write_text("*\n")
    stage = Stage(arguments.folder / "renewals", _tell)
    json_path, table_path = arguments.output.with_suffix(".json"), arguments.output
    report = read_report(json_path)
    for row in _in_order(arguments.rows):
        report.put(*_measured(row, stage))
        write_report(report, json_path, table_path, OUTLINE)
    print(table(report, OUTLINE))
    _tell(f"all in {time.monotonic() - began:.0f} s; written to {json_path} and {table_path}")


def _measured(row: str, stage: Stage) -> tuple[list[Figure], float]:
    """The figures, and the load average before they were taken."""
    began, load = time.monotonic(), load_average()
    figures = ROWS[row](stage)
    _tell(f"{row}: {time.monotonic() - began:.0f} s (load {load:.1f})")
    return figures, load


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.renewals", description=__doc__)
    parser.add_argument("--rows", default=",".join(ROWS), help="some of %(default)s")
    parser.add_argument("--folder", type=Path, default=RESULTS, help="where the instance is made")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmark-renewals.md")
    return parser.parse_args()


def _in_order(rows: str) -> list[str]:
    asked = rows.split(",")
    if set(asked) - ROWS.keys():
        sys.exit(f"There are only these rows: {', '.join(ROWS)}.")
    return [row for row in ROWS if row in asked]


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
