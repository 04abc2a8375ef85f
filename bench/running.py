"""Measuring row after row: what the programs behind `make bench-deals` and its kin share."""

import argparse
import sys
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.generator import ROOT
from bench.others import load_average
from bench.report import Outline, read_report, table, write_report

RESULTS = ROOT / "bench" / "results"


def tell(sentence: str) -> None:
    """Say how far one is, beside the table."""
    print(sentence, file=sys.stderr, flush=True)


def parser_of(name: str, rows: Collection[str], about: str | None) -> argparse.ArgumentParser:
    """What every program takes: which rows, where instances are made, where the table goes."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=about)
    parser.add_argument("--rows", default=",".join(rows), help="some of %(default)s")
    parser.add_argument("--folder", type=Path, default=RESULTS, help="where the instance is made")
    output = ROOT / "docs" / f"benchmark-{name}.md"
    parser.add_argument("--output", type=Path, default=output, help="the table")
    return parser


def prepared(folder: Path) -> Path:
    """The folder, made when it is not there; nothing in it is kept in the repository."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    return folder


def measure(
    rows: Mapping[str, Callable[[], list[Figure]]], asked: str, output: Path, outline: Outline
) -> None:
    """Take the asked rows in their order; each is written as soon as it is there.

    Ends the program when there is no such row.
    """
    began = time.monotonic()
    json_path = output.with_suffix(".json")
    report = read_report(json_path)
    for row in _in_order(rows, asked):
        report.put(*_measured(row, rows[row]))
        write_report(report, json_path, output, outline)
    print(table(report, outline))
    tell(f"all in {time.monotonic() - began:.0f} s; written to {json_path} and {output}")


def _measured(row: str, take: Callable[[], list[Figure]]) -> tuple[list[Figure], float]:
    """The figures, and the load average before they were taken."""
    began, load = time.monotonic(), load_average()
    figures = take()
    tell(f"{row}: {time.monotonic() - began:.0f} s (load {load:.1f})")
    return figures, load


def _in_order(rows: Collection[str], asked: str) -> list[str]:
    wanted = asked.split(",")
    if set(wanted) - set(rows):
        sys.exit(f"There are only these rows: {', '.join(rows)}.")
    return [row for row in rows if row in wanted]
