"""Measure deals: `python -m bench.deals`, or a part: `--rows import`.

The instance is made anew in bench/results/deals. Writes docs/benchmark-deals.json and
docs/benchmark-deals.md.
"""

from collections.abc import Callable, Mapping
from functools import partial

from bench.deals.importing import import_figures
from bench.deals.outline import OUTLINE
from bench.deals.reporting import dossier_figures, report_figures
from bench.deals.stage import Stage
from bench.figures import Figure
from bench.running import measure, parser_of, prepared, tell

ROWS: Mapping[str, Callable[[Stage], list[Figure]]] = {
    "import": import_figures,
    "report": report_figures,
    "dossier": dossier_figures,
}


def main() -> None:
    """Run as a program."""
    parser = parser_of("deals", ROWS, __doc__)
    arguments = parser.parse_args()
    stage = Stage(prepared(arguments.folder) / "deals", tell)
    rows = {row: partial(take, stage) for row, take in ROWS.items()}
    measure(rows, arguments.rows, arguments.output, OUTLINE)


if __name__ == "__main__":
    main()
