"""The numbers of steps, the same in every list and drawing: 1, 2a, 2b, 3."""

from string import ascii_lowercase

from dossiers.approvals.drawing.rows import rows_of
from dossiers.approvals.steps import Step, Steps


def numbers_of(steps: Steps) -> dict[str, str]:
    """The number of each step by its code, in the order in which steps are shown.

    Steps of one row have the number of the row and a letter. Raises `Refusal` for a circle, and
    for a step that waits for one which is not there.
    """
    found: dict[str, str] = {}
    for number, row in enumerate(rows_of(steps), 1):
        letters = [""] if len(row) == 1 else [_letters(place) for place in range(len(row))]
        found |= {step.code: f"{number}{letter}" for step, letter in zip(row, letters, strict=True)}
    return found


def in_shown_order(steps: Steps) -> list[Step]:
    """The steps by their numbers: row after row, each from left to right."""
    return [step for row in rows_of(steps) for step in row]


def _letters(place: int) -> str:
    """Letters from a to z, then aa, ab and so on."""
    before, letter = divmod(place, len(ascii_lowercase))
    return (_letters(before - 1) if before else "") + ascii_lowercase[letter]
