"""What is in a cell of the table of people and pages, without a database."""

from products.onboarding.progress.matrix_rules import (
    Cell,
    Column,
    Grid,
    behind,
    nobody_read,
    share_of_cells,
    shares_of_columns,
    together,
)
from products.onboarding.progress.rules import Share

ALL = frozenset({"all"})
STATES = bytes((0, 1, 2))
"""Not read, to be read again, read."""


def cells(columns: list[Column], elapsed: int = 10, audiences: frozenset[str] = ALL) -> list[Cell]:
    return [Cell(cell) for cell in Grid(columns).cells(STATES, elapsed, audiences)]


def column(due: int | None = None, audience: str = "all") -> Column:
    return Column(7, due, audience)


def test_without_a_day_a_cell_is_what_its_state_says() -> None:
    assert cells([column()] * 3) == [Cell.UNREAD, Cell.CHANGED, Cell.READ]
    assert Grid([]).cells(b"", 3, ALL) == b""


def test_only_what_was_never_read_is_late_and_only_after_its_day() -> None:
    assert cells([column(9)] * 3) == [Cell.LATE, Cell.CHANGED, Cell.READ]
    assert cells([column(9)] * 3, elapsed=9)[0] is Cell.UNREAD
    assert cells([column(9)] * 3, elapsed=9_000)[0] is Cell.LATE
    assert cells([column(0)] * 3, elapsed=-5)[0] is Cell.UNREAD


def test_a_page_that_somebody_may_not_see_is_not_for_them() -> None:
    secret = [column(1, "team:1")] * 3
    assert cells(secret) == [Cell.NONE] * 3
    assert cells(secret, audiences=frozenset({"team:1"}))[2] is Cell.READ


def test_the_same_columns_serve_people_of_different_first_days() -> None:
    grid, states = Grid([column(5), column(), column(7)]), bytes(3)
    assert grid.cells(states, 6, ALL) == bytes((Cell.LATE, Cell.UNREAD, Cell.UNREAD))
    assert grid.cells(states, 5, ALL) == bytes((Cell.UNREAD, Cell.UNREAD, Cell.UNREAD))
    assert grid.cells(states, 8, ALL) == bytes((Cell.LATE, Cell.UNREAD, Cell.LATE))
    assert grid.cells(states, 6, frozenset()) == bytes((Cell.NONE, Cell.NONE, Cell.NONE))


def test_a_row_comes_to_what_its_cells_say() -> None:
    row = bytes((Cell.READ, Cell.READ, Cell.CHANGED, Cell.LATE, Cell.UNREAD, Cell.NONE))
    assert share_of_cells(row) == Share(total=5, read=2, changed=1, late=1)


def test_columns_come_to_what_all_rows_say() -> None:
    rows = [bytes((Cell.READ, Cell.LATE)), bytes((Cell.READ, Cell.NONE))]
    assert [(share.total, share.read) for share in shares_of_columns(rows)] == [(2, 2), (1, 0)]
    assert shares_of_columns([]) == []
    assert together(shares_of_columns(rows)) == Share(total=3, read=2, late=1)
    assert together([]) == Share()


def test_what_nobody_read_is_for_somebody_and_was_never_read() -> None:
    rows = [
        bytes((Cell.UNREAD, Cell.UNREAD, Cell.NONE, Cell.CHANGED, Cell.LATE)),
        bytes((Cell.NONE, Cell.READ, Cell.NONE, Cell.UNREAD, Cell.UNREAD)),
    ]
    assert nobody_read(rows) == [0, 4]
    assert nobody_read([]) == []


def test_who_has_most_that_is_late_comes_first_then_who_has_read_least() -> None:
    late, slow, quick = Share(10, 5, 0, 2), Share(10, 1), Share(10, 9)
    assert sorted([quick, slow, late], key=behind) == [late, slow, quick]
