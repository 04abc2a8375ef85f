import pytest

from dossiers.people.transfer.fields import Field
from dossiers.people.transfer.mapping import checked_mapping, guess_mapping, parse_map
from dossiers.people.transfer.reading import read_table
from wiki.errors import Refusal


def _guess(heading: str) -> dict[str, str]:
    found = guess_mapping(read_table(f"{heading}\n1;2\n".encode()))
    return {field.value: column for field, column in found.items()}


def test_russian_headings_are_understood() -> None:
    assert _guess("Код должности;Кому подчиняется;Должность;Ф.И.О.;Отдел;Эл. почта;Телефон") == {
        "position": "Код должности",
        "reports_to": "Кому подчиняется",
        "title": "Должность",
        "person": "Ф.И.О.",
        "unit": "Отдел",
        "email": "Эл. почта",
        "phone": "Телефон",
    }


def test_english_headings_are_understood_whatever_their_case_and_gaps() -> None:
    assert _guess("Post Unique  Reference;Name;Job_Title;REPORTS TO SENIOR POST;Unit") == {
        "position": "Post Unique Reference",
        "reports_to": "REPORTS TO SENIOR POST",
        "title": "Job_Title",
        "person": "Name",
        "unit": "Unit",
    }


def test_a_number_in_a_list_of_people_is_not_that_of_a_position() -> None:
    assert _guess("ID;Name;E-mail") == {"person": "Name", "email": "E-mail"}


def test_a_remembered_mapping_is_taken_when_its_columns_are_all_there() -> None:
    table = read_table(b"A;B\n1;2\n")
    known = [{Field.TITLE: "A", Field.PERSON: "Z"}, {Field.TITLE: "B"}]
    assert guess_mapping(table, known) == {Field.TITLE: "B"}


def test_a_mapping_can_be_typed() -> None:
    headings = ("Pos No", "Name, full", "Boss")
    typed = 'position=pos no, person="Name, full",reports_to=Boss'
    assert parse_map(typed, headings) == {
        Field.POSITION: "Pos No",
        Field.REPORTS_TO: "Boss",
        Field.PERSON: "Name, full",
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("position", "no pair"),
        ("colour=Boss", "no field “colour”"),
        ("position=Nobody", "no column “Nobody”"),
        ("unit=Boss", "Neither a position nor a person"),
        ("", "Neither a position nor a person"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_what_can(typed: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        parse_map(typed, ("Pos No", "Boss"))


def test_columns_that_are_not_chosen_are_left_out() -> None:
    assert checked_mapping({"title": "A", "unit": ""}, ("A", "B")) == {Field.TITLE: "A"}
