"""The rows of the editor: moved, numbered anew, put in single file; nothing typed is lost."""

from dataclasses import replace

from products.onboarding.paths.rows import (
    Row,
    by_places,
    in_single_file,
    moved,
    with_codes,
    with_spare,
    without,
)

ROWS = tuple(Row(code, what=code.upper(), place=str(n)) for n, code in enumerate("abcde", 1))


def order(rows: tuple[Row, ...]) -> str:
    return "".join(row.code for row in rows)


def test_a_row_moves_up_and_down_and_stops_at_the_ends() -> None:
    assert order(moved(ROWS, "c", -1)) == "acbde"
    assert order(moved(ROWS, "c", 1)) == "abdce"
    assert order(moved(ROWS, "a", -1)) == order(moved(ROWS, "z", 1)) == "abcde"
    assert order(moved(ROWS, "e", 1)) == "abcde"


def test_another_number_over_a_row_puts_it_there() -> None:
    def typed(code: str, place: str) -> str:
        rows = (replace(row, place=place) if row.code == code else row for row in ROWS)
        return order(by_places(tuple(rows)))

    assert typed("e", "2") == "aebcd"
    assert typed("b", "4") == "acdbe"
    assert typed("b", "99") == "acdeb"
    assert typed("b", "x") == typed("b", "") == "abcde"


def test_what_waited_for_a_row_that_is_taken_out_waits_for_the_others() -> None:
    rows = (*ROWS[:2], replace(ROWS[2], after=("a", "b")))
    assert without(rows, "a")[-1].after == ("b",)


def test_in_single_file_each_waits_for_the_one_before() -> None:
    assert [row.after for row in in_single_file(ROWS[:3])] == [(), ("a",), ("b",)]


def test_there_are_always_blank_rows_whose_codes_are_not_taken() -> None:
    rows = with_spare((*ROWS[:1], Row("new1", what="Typed"), Row("new2")))
    assert [row.code for row in rows] == ["a", "new1", "new2", "new3", "new4"]
    assert len({row.code for row in rows}) == len(rows)


def test_new_rows_get_codes_of_their_own_and_keep_their_order_of_walking() -> None:
    rows = (Row("new1", what="A"), Row("b", what="B", after=("new1",)), Row("new2"))
    coded = with_codes(rows, lambda: "drawn")
    assert [(row.code, row.after) for row in coded] == [("drawn", ()), ("b", ("drawn",))]
