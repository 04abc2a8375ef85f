from pathlib import Path

from bench.figures import Figure
from bench.report import Report, read_report, table, write_report

MISSED = Figure("view", "1000", "page, again: CPU next to the bare view", 4.5, "×", 4.0)
MET = Figure("view", "10000", "page, again: CPU next to the bare view", 3.25, "×", 4.0)


def test_the_table_has_a_column_for_each_size_and_marks_what_misses_its_aim() -> None:
    report = Report()
    report.put([MISSED, MET], 0.1)
    lines = table(report).splitlines()
    assert "| | 1,000 pages | 10,000 pages | aim |" in lines
    assert "| page, again: CPU next to the bare view | **4.50 ×** | 3.25 × | at most 4 × |" in lines


def test_a_row_measured_again_replaces_only_its_own_figures(tmp_path: Path) -> None:
    report = Report()
    report.put([MISSED, MET], 0.1)
    write_report(report, tmp_path / "b.json", tmp_path / "b.md")
    again = read_report(tmp_path / "b.json")
    better = Figure("view", "1000", MISSED.what, 3.0, "×", 4.0)
    again.put([better], 0.1)
    assert again.figures == [MET, better]
