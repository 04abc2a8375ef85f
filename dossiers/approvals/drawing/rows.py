"""The rows of a path as they are drawn."""

from dossiers.approvals.drawing.levels import row_numbers
from dossiers.approvals.drawing.places import places_of
from dossiers.approvals.steps import Step, Steps

Rows = list[list[Step]]
"""The steps from the first row to the last, each row from left to right."""


def rows_of(steps: Steps) -> Rows:
    """Steps that can be done at the same time share a row. Raises `Refusal` for a circle."""
    numbers, middles = row_numbers(steps), places_of(steps).middles
    found: Rows = [[] for _row in range(max(numbers.values(), default=-1) + 1)]
    for code in sorted(steps, key=middles.__getitem__):
        found[numbers[code]].append(steps[code])
    return found
