"""Files of deals imported with `dossier-wiki deals import`: how long, and how much memory."""

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.deals.stage import DIRECTOR, Stage
from bench.figures import Figure
from bench.generator import ROOT

REAL = ROOT.parent / "shared" / "data" / "crm-sales-opportunities" / "sales_pipeline.csv"
_MOST_MEMORY = 300 * 1.048576


def import_figures(stage: Stage) -> list[Figure]:
    """Each file goes into a source of its own, once as new and once again."""
    figures = _idle(stage)
    files = [("8800", _of_8800(stage), 6.0), ("25000", stage.file_of(25_000), None)]
    files.append(("100000", stage.file_of(100_000), 60.0))
    for size, file, most in files:
        for what in ("all new", "the same file again"):
            seconds, megabytes = _imported(stage, file, size)
            figures += [
                Figure("import", size, f"{what}, start included", seconds, "s", most),
                Figure("import", size, f"{what}, peak memory", megabytes, "MB", _MOST_MEMORY),
            ]
        stage.tell(f"{size} deals are imported")
    return figures


def _of_8800(stage: Stage) -> Path:
    """The real pipeline where it is at hand, else a made one."""
    return REAL if REAL.exists() else stage.file_of(8_800)


def _idle(stage: Stage) -> list[Figure]:
    seconds, megabytes = _measured(stage, "deals", "list", "--as", DIRECTOR)
    return [
        Figure("import", "nothing", "all new, start included", seconds, "s"),
        Figure("import", "nothing", "all new, peak memory", megabytes, "MB"),
    ]


def _imported(stage: Stage, file: Path, source: str) -> tuple[float, float]:
    command = ("import", str(file), "--source", f"CRM {source}", "--currency", "RUB")
    return _measured(stage, "deals", *command, "--as", DIRECTOR)


def _measured(stage: Stage, *command: str) -> tuple[float, float]:
    """Seconds, and the most megabytes (10⁶ bytes) that the process had resident."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *command],
        env=stage.instance.environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"the command ended with {process.returncode}"
    unit = 1 if sys.platform == "darwin" else 1024
    return took, usage.ru_maxrss * unit / 1e6
