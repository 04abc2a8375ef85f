"""A file of people imported with `dossier-wiki people import`: how long, and how much memory."""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.dossiers.making import empty_client
from bench.dossiers.stage import DIRECTOR, Stage
from bench.figures import Figure
from bench.generator import ROOT

SIZES = (1_000, 10_000)
_HEADINGS = ("No", "Reports to", "Title", "Unit", "Name")
_MAP = "position=No,reports_to=Reports to,title=Title,unit=Unit,person=Name"


def import_figures(stage: Stage) -> list[Figure]:
    """Each file goes into an empty dossier, as the first import of a client does."""
    figures = []
    for size in SIZES:
        with stage.writing() as (session, director):
            empty_client(session, director, f"Import {size}")
        file = stage.folder / f"people-{size}.csv"
        _write(file, size)
        seconds, megabytes = _imported(stage, file, f"Import {size}")
        figures += [
            Figure("import", str(size), "all rows", seconds, "s"),
            Figure("import", str(size), "peak memory (resident)", megabytes, "MB"),
        ]
    return figures


def _write(file: Path, size: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(_HEADINGS)
        for number in range(size):
            boss = f"P{(number - 1) // 8}" if number else ""
            row = (f"P{number}", boss, f"Специалист {number}", f"Отдел {number % 40}")
            writer.writerow((*row, f"Климова Анна {number}"))


def _imported(stage: Stage, file: Path, client: str) -> tuple[float, float]:
    """Seconds, and the most megabytes (10⁶ bytes) that the process had resident."""
    command = ["people", "import", str(file), "--client", client, "--as-of", "2026-03-01"]
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *command, "--map", _MAP, "--as", DIRECTOR],
        env=stage.instance.environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"the import ended with {process.returncode}"
    unit = 1 if sys.platform == "darwin" else 1024
    return took, usage.ru_maxrss * unit / 1e6
