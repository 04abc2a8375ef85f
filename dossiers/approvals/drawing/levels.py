"""In which row each step stands: as early as what it waits for allows."""

from collections.abc import Mapping

from dossiers.approvals.steps import Steps, in_order


def row_numbers(steps: Steps) -> Mapping[str, int]:
    """The row of each step from 0 on: right behind the last row of those it waits for.

    Raises `Refusal` for a circle, and for a step that waits for one which is not there.
    """
    found: dict[str, int] = {}
    for step in in_order(steps):
        found[step.code] = max((found[code] + 1 for code in step.after), default=0)
    return found
