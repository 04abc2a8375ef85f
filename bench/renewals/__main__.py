"""Measure renewals: `python -m bench.renewals`, or a part: `--rows first`.

The instance is made anew in bench/results/renewals. Writes docs/benchmark-renewals.json and
docs/benchmark-renewals.md.
"""

from collections.abc import Callable, Mapping
from functools import partial

from bench.figures import Figure
from bench.renewals.asking import (
    briefing_figures,
    calendar_figures,
    first_figures,
    review_figures,
)
from bench.renewals.months import month_figures
from bench.renewals.outline import OUTLINE
from bench.renewals.stage import Stage
from bench.running import measure, parser_of, prepared, tell

ROWS: Mapping[str, Callable[[Stage], list[Figure]]] = {
    "first": first_figures,
    "calendar": calendar_figures,
    "briefing": briefing_figures,
    "month": month_figures,
    "review": review_figures,
}


def main() -> None:
    """Run as a program."""
    parser = parser_of("renewals", ROWS, __doc__)
    arguments = parser.parse_args()
    stage = Stage(prepared(arguments.folder) / "renewals", tell)
    rows = {row: partial(take, stage) for row, take in ROWS.items()}
    measure(rows, arguments.rows, arguments.output, OUTLINE)


if __name__ == "__main__":
    main()
