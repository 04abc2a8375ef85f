import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.generator import ROOT

ROWS = {"import", "start", "statements", "view", "search", "memory", "save"}


@pytest.mark.slow
def test_a_run_at_a_tiny_size_measures_every_row_and_writes_table_and_json(tmp_path: Path) -> None:
    table = tmp_path / "benchmark.md"
    options = ["--sizes", "40", "--requests", "16", "--folder", str(tmp_path / "kept")]
    command = [sys.executable, "-m", "bench", *options, "--output", str(table)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    figures = json.loads(table.with_suffix(".json").read_text("utf-8"))["figures"]
    assert {figure["row"] for figure in figures} == ROWS
    assert all(figure["value"] > 0 for figure in figures if figure["row"] != "statements")
    assert "aim" in table.read_text("utf-8")


@pytest.mark.slow
def test_charts_of_a_tiny_size_are_measured(tmp_path: Path) -> None:
    table = tmp_path / "dossiers.md"
    options = ["--sizes", "100,700", "--rows", "chart,move,changes", "--folder", str(tmp_path)]
    command = [sys.executable, "-m", "bench.dossiers", *options, "--output", str(table)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    figures = json.loads(table.with_suffix(".json").read_text("utf-8"))["figures"]
    assert {figure["row"] for figure in figures} == {"chart", "move", "changes"}
    assert all(figure["value"] > 0 for figure in figures)
