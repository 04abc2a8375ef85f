"""Measure the wiki: `python -m bench`, or a part of it: `python -m bench --rows view,save`.

Instances are kept in bench/results, so a single row can be measured again in a short time; the row
"import" makes them anew. Writes docs/benchmark.json and docs/benchmark.md.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.generator import ROOT
from bench.others import (
    import_figures,
    load_average,
    memory_figures,
    search_figures,
    start_figures,
    statement_figures,
)
from bench.report import Report, read_report, table, write_report
from bench.saves import save_figures
from bench.stage import REAL, REAL_PAGES, Stage
from bench.views import view_figures

RESULTS = ROOT / "bench" / "results"
ROWS: Mapping[str, Callable[[Stage, int], list[Figure]]] = {
    "import": import_figures,
    "start": start_figures,
    "statements": statement_figures,
    "view": view_figures,
    "search": search_figures,
    "memory": memory_figures,
    "save": save_figures,
}


def main() -> None:
    """Run as a program."""
    arguments = _arguments()
    began = time.monotonic()
    _make_folder(arguments.folder)
    json_path, table_path = arguments.output.with_suffix(".json"), arguments.output
    report = read_report(json_path)
    for size in arguments.sizes.split(","):
        stage = Stage(arguments.folder, size, _tell)
        for row in _in_order(arguments.rows):
            _measure(report, stage, row, arguments.requests)
            write_report(report, json_path, table_path)
    print(table(report))
    _tell(f"all in {time.monotonic() - began:.0f} s; written to {json_path} and {table_path}")


def _measure(report: Report, stage: Stage, row: str, requests: int) -> None:
    began, load = time.monotonic(), load_average()
    if row != "import":
        stage.built()
    figures = ROWS[row](stage, requests)
    report.put(figures, load)
    _tell(f"{stage.size} pages, {row}: {time.monotonic() - began:.0f} s (load {load:.1f})")


def _arguments() -> argparse.Namespace:
    sizes = ["1000", "10000", *([REAL] if REAL_PAGES.exists() else [])]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", default=",".join(ROWS), help="some of %(default)s")
    parser.add_argument("--sizes", default=",".join(sizes), help="numbers of pages (%(default)s)")
    parser.add_argument("--requests", type=int, default=300, help="per round (%(default)d)")
    parser.add_argument("--folder", type=Path, default=RESULTS, help="where instances are kept")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "benchmark.md")
    return parser.parse_args()


def _in_order(rows: str) -> list[str]:
    asked = rows.split(",")
    unknown = set(asked) - ROWS.keys()
    if unknown:
        sys.exit(f"There are only these rows: {', '.join(ROWS)}.")
    return [row for row in ROWS if row in asked]


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
