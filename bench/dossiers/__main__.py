"""Measure dossiers: `python -m bench.dossiers`, or a part: `--rows chart,move --sizes 100,700`.

The instance is made anew in bench/results/dossiers. Writes docs/benchmark-dossiers.json and
docs/benchmark-dossiers.md.
"""

from collections.abc import Callable, Mapping
from functools import partial

from bench.dossiers.approvals.calibration import calibration_figures
from bench.dossiers.approvals.speed import (
    answer_figures,
    finish_figures,
    page_figures,
    simulation_figures,
)
from bench.dossiers.drawing import drawing_figures
from bench.dossiers.importing import import_figures
from bench.dossiers.outline import OUTLINE
from bench.dossiers.planted import discovery_figures, planted_figures
from bench.dossiers.pulling import pulling_figures
from bench.dossiers.questions import question_figures
from bench.dossiers.reading import changes_figures, chart_figures, move_figures
from bench.dossiers.stage import Stage
from bench.figures import Figure
from bench.running import measure, parser_of, prepared, tell

ROWS: Mapping[str, Callable[[Stage], list[Figure]]] = {
    "chart": chart_figures,
    "move": move_figures,
    "drawing": drawing_figures,
    "changes": changes_figures,
    "import": import_figures,
    "questions": question_figures,
    "answer": answer_figures,
    "simulation": simulation_figures,
    "path-page": page_figures,
    "finish": finish_figures,
    "planted": planted_figures,
    "discovery": discovery_figures,
    "calibration": calibration_figures,
    "pulling": pulling_figures,
}


def main() -> None:
    """Run as a program."""
    parser = parser_of("dossiers", ROWS, __doc__)
    parser.add_argument("--sizes", default="100,700,5000,10000", help="positions (%(default)s)")
    arguments = parser.parse_args()
    stage = Stage(
        prepared(arguments.folder) / "dossiers",
        [int(size) for size in arguments.sizes.split(",")],
        tell,
    )
    rows = {row: partial(take, stage) for row, take in ROWS.items()}
    measure(rows, arguments.rows, arguments.output, OUTLINE)


if __name__ == "__main__":
    main()
