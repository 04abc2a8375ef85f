"""What rows of a file say of deals, and what is refused with its reason."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.deals.files.rows import Item
from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Company, Contact, DealRecord, Line, Seller
from tests.dossiers.deals.files import PIPELINE, planned, workbook
from wiki.errors import Refusal


def items(content: str | bytes, **said: object) -> list[Item]:
    return list(planned(content, **said).items())


def records(content: str | bytes, **said: object) -> list[DealRecord]:
    found = items(content, **said)
    assert [one.why for item in found for one in item.refused] == []
    return [record for item in found for record in item.records]


def refused(content: str | bytes, **said: object) -> list[tuple[int, str, str]]:
    lines = [one for item in items(content, **said) for one in item.refused]
    return sorted((one.row.number, one.column, str(one.why)) for one in lines)


def test_a_pipeline_is_read_with_zero_and_missing_apart() -> None:
    found = {record.external_id: record for record in records(PIPELINE)}
    assert found["A1"].amount == Decimal(990)
    assert (found["A3"].amount, found["A3"].kind) == (Decimal(0), DealKind.LOST)
    assert (found["A5"].amount, found["A5"].closed_on) == (None, None)
    assert {"amount", "closed_on"} <= found["A5"].said
    assert found["A7"].company is None
    assert "company" in found["A7"].said
    assert found["A1"].company == Company(name="Dontex")
    assert found["A1"].lines == (Line("ZipPro"),)
    assert "title" not in found["A1"].said


EXPORTS = {
    "amoCRM": (
        "ID;Название сделки;Этап сделки;Воронка;Бюджет;Ответственный;Компания;Основной контакт;"
        "Дата создания;Дата закрытия\n"
        "17;Линия 4;Успешно реализовано;Основная;1 200,50;Анна;Ромашка;Пётр;01.02.2026 10:00;"
        "05.03.2026\n"
    ),
    "Bitrix24": (
        "ID;Название сделки;Стадия сделки;Направление;Сумма;Валюта;Ответственный;Компания;Контакт;"
        "Дата создания;Дата закрытия\n"
        "17;Линия 4;Сделка успешна;Основная;1200,50;Рубль;Анна;Ромашка;Пётр;"
        "01.02.2026 10:00:00;05.03.2026\n"
    ).replace("Рубль", "RUB"),
    "Salesforce": (
        "Opportunity ID,Opportunity Name,Stage,Amount,Amount Currency,Opportunity Owner,"
        "Account Name,Created Date,Close Date\n"
        "17,Линия 4,Closed Won,1200.50,RUB,Анна,Ромашка,2/1/2026,3/25/2026\n"
    ),
    "HubSpot": (
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Deal owner,Associated Company,"
        "Create Date,Close Date\n"
        "17,Линия 4,Closed Won,Основная,1200.5,RUB,Анна,Ромашка,2026-02-01 10:00,2026-03-05 12:00\n"
    ),
    "Pipedrive": (
        "Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency of Value,"
        "Deal - Owner,Deal - Organization,Deal - Won time\n"
        "17,Линия 4,Negotiations,Won,1200.5,RUB,Анна,Ромашка,2026-03-05 12:00:00\n"
    ),
}


@pytest.mark.parametrize("program", EXPORTS)
def test_exports_of_known_programs_are_understood_by_their_headings(program: str) -> None:
    (found,) = records(EXPORTS[program], currency="RUB")
    assert (found.external_id, found.title, found.kind) == ("17", "Линия 4", DealKind.WON)
    assert (found.amount, found.currency) == (Decimal("1200.50"), "RUB")
    assert (found.owner, found.company) == (Seller(name="Анна"), Company(name="Ромашка"))
    assert found.closed_on is not None
    assert found.closed_on.month == 3


def test_several_rows_of_a_deal_are_its_products_and_people_wherever_they_stand() -> None:
    found = records(
        "id,stage,product,quantity,price,contact\n"
        "1,Won,Lamp,2,10.5,Ann\n2,Lost,Zip,1,5,\n1,Won,Zip,1,4,Bob\n1,Won,Lamp,2,10.5,Ann\n"
    )
    first = next(one for one in found if one.external_id == "1")
    assert first.lines == (
        Line("Lamp", price=Decimal("10.5"), quantity=Decimal(2)),
        Line("Zip", price=Decimal(4), quantity=Decimal(1)),
    )
    assert first.contacts == (Contact(name="Ann"), Contact(name="Bob"))


def test_two_rows_that_contradict_each_other_do_not_both_go_in() -> None:
    text = "id,stage,amount\n1,Won,10\n2,Won,3\n1,Won,12\n1,Won,10\n"
    assert refused(text) == [
        (
            4,
            "",
            "It says another “amount” of deal “1” than row 2, and does not say which of the two "
            "is newer.",
        )
    ]
    assert sum(item.repeated for item in items(text)) == 1


def test_rows_that_say_when_they_were_changed_are_states_of_one_deal() -> None:
    found = records("id,stage,updated at\n1,Offer,2026-01-01 10:00\n1,Won,2026-01-02T10:00:00Z\n")
    assert [(one.stage, one.updated_at) for one in found] == [
        ("Offer", datetime(2026, 1, 1, 10, tzinfo=UTC)),
        ("Won", datetime(2026, 1, 2, 10, tzinfo=UTC)),
    ]


def test_the_day_of_closing_is_a_plan_as_long_as_the_deal_goes_on() -> None:
    going, over = records("id,stage,close date\n1,Offer,2026-05-01\n2,Won,2026-05-01\n")
    assert (going.planned_on, going.closed_on) == (date(2026, 5, 1), None)
    assert (over.closed_on, "planned_on" in over.said) == (date(2026, 5, 1), False)


def test_days_are_read_in_the_order_that_the_column_shows() -> None:
    text = "id,stage,began on,closed on\n1,Won,03/04/2026,05/06/2026\n2,Won,12/25/2026,\n"
    first, _second = records(text)
    assert (first.began_on, first.closed_on) == (date(2026, 3, 4), date(2026, 5, 6))
    unclear = "id,stage,closed on\n1,Won,03/04/2026\n"
    assert [column for _row, column, _why in refused(unclear)] == ["closed on"]
    (said,) = records(unclear, order="day")
    assert said.closed_on == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("cells", "scale", "found"),
    [
        (("0.25", "1"), "0-1", ("25", "100")),
        (("25", "1"), "percent", ("25", "1")),
        (("25 %", "0.5"), "percent", ("25", "0.5")),
        (("0", "1"), "percent", ("0", "1")),
    ],
)
def test_probabilities_are_in_percent_and_their_scale_is_remembered(
    cells: Sequence[str], scale: str, found: Sequence[str]
) -> None:
    read = records(f"id,stage,probability\n1,Offer,{cells[0]}\n2,Offer,{cells[1]}\n")
    assert [one.probability for one in read] == [Decimal(one) for one in found]
    assert {one.probability_scale for one in read} == {scale}


def test_a_stage_means_what_somebody_said_before_what_is_known() -> None:
    text = "id,stage\n1,Замер\n2,Won\n"
    assert [one.kind for one in records(text)] == [None, DealKind.WON]
    said = records(text, kinds={"замер": "lost", "WON": "open"})
    assert [one.kind for one in said] == [DealKind.LOST, DealKind.OPEN]


def test_a_file_without_a_number_is_refused_unless_columns_stand_for_it() -> None:
    text = "client,stage,closed on\nA,Won,2026-01-01\nB,Won,2026-01-01\nB,Lost,2026-01-02\n,,\n"
    with pytest.raises(Refusal, match="No column holds the number"):
        planned(text)
    found = records(text, key=["client", "closed on"])
    assert len({one.external_id for one in found}) == 3
    assert found == records(text, key=["client", "closed on"])
    with pytest.raises(Refusal, match="no column “colour”"):
        planned(text, key=["colour"])


def test_a_currency_of_a_cell_goes_before_that_of_the_file() -> None:
    found = records("id;amount\n1;5 €\n2;7\n3;$8\n", currency="CAD")
    assert [one.currency for one in found] == ["EUR", "CAD", "CAD"]
    (silent,) = records("id;amount\n1;7\n")
    assert "currency" not in silent.said


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        ("amount", "-5", "less than zero"),
        ("amount", "1.23456", "more than 4 decimals"),
        ("amount", "=SUM(A1)", "no amount"),
        ("amount", "1e20", "too large"),
        ("amount", "NaN", "no amount"),
        ("currency", "money", "no currency"),
        ("probability", "140 %", "not from 0 to 100"),
        ("probability", "-1", "not from 0 to 100"),
        ("closed on", "0001-01-01", "outside the years"),
        ("closed on", "9999-12-31", "outside the years"),
        ("closed on", "31.02.2026", "no day"),
        ("updated at", "yesterday", "no day"),
        ("company", "x" * 10_000, "10000 characters here; 250 is the limit"),
        ("title", "x" * 10_001, "10001 characters here; 10000 is the limit"),
        ("stage", "Зам\ufffdр", "could not be read"),
        ("quantity", "-1", "less than zero"),
    ],
)
def test_nonsense_is_refused_and_its_neighbours_go_in(heading: str, cell: str, why: str) -> None:
    text = f"id;product;{heading}\n1;Lamp;\n2;Lamp;{cell}\n3;Lamp;\n"
    ((row, _column, said),) = refused(text)
    assert row == 3
    assert why in said
    assert [one.external_id for item in items(text) for one in item.records] == ["1", "3"]


def test_rows_without_a_number_or_with_too_many_cells_are_refused() -> None:
    found = refused("id,stage\n,Won\n1,Won,more\n2,Won\n")
    assert [(row, why.split(",")[0]) for row, _column, why in found] == [
        (2, "The row has no number of a deal."),
        (3, "The row has 3 cells and the heading 2"),
    ]


def test_a_workbook_gives_the_same_deals_as_its_csv() -> None:
    book = workbook(
        [
            ["id", "stage", "amount", "closed on", "probability"],
            [1, "Won", 1234.5, datetime(2026, 3, 4), 0.25],
            [2, "Lost", 0, None, 0.1],
        ]
    )
    first, second = records(book)
    assert (first.external_id, first.amount) == ("1", Decimal("1234.5"))
    assert (first.closed_on, first.probability) == (date(2026, 3, 4), Decimal(25))
    assert (second.amount, second.closed_on) == (Decimal(0), None)


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "1", "2", "Won", "1,5", "2026-01-01", "03/04/2026", "50%", "=1", "a" * 300, "\0", "-1"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * 6), max_size=8))
def test_every_row_of_any_file_is_taken_repeated_or_refused(
    rows: list[tuple[str, ...]],
) -> None:
    book = ["id", "stage", "amount", "closed on", "probability", "product"]
    text = "\n".join(",".join(f'"{c.replace(chr(34), "")}"' for c in r) for r in [book, *rows])
    plan = planned(text)
    found = list(plan.items())
    assert sum(item.rows for item in found) == plan.survey.rows
    for item in found:
        assert item.rows >= len(item.refused) + item.repeated
        assert bool(item.records) == (item.rows > len(item.refused))
