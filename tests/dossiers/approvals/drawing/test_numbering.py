"""The numbers of steps as people read them."""

from dataclasses import replace

from dossiers.approvals.drawing.numbering import in_shown_order, numbers_of
from dossiers.approvals.steps import steps_by_code
from tests.factories.approvals import usual_document


def test_steps_side_by_side_share_a_number_and_have_letters() -> None:
    assert numbers_of(usual_document().by_code) == {
        "request": "1",
        "legal": "2a",
        "security": "2b",
        "board": "3",
        "sign": "4",
    }


def test_numbers_come_in_the_order_in_which_steps_are_shown_however_they_are_listed() -> None:
    turned = steps_by_code(usual_document().steps[::-1])

    assert [step.code for step in in_shown_order(turned)] == list(numbers_of(turned))
    assert next(iter(numbers_of(turned).items())) == ("request", "1")


def test_more_steps_in_a_row_than_letters_have_two_letters() -> None:
    one = usual_document().steps[0]
    many = steps_by_code([replace(one, code=f"c{number}") for number in range(28)])

    assert list(numbers_of(many).values())[24:] == ["1y", "1z", "1aa", "1ab"]


def test_a_path_without_steps_has_no_numbers() -> None:
    assert numbers_of({}) == {}
