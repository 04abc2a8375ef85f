from datetime import date

from dossiers.people.chart.compare import changes_between
from dossiers.people.kinds import PositionKind, Role
from dossiers.people.transfer.absent import Absent
from tests.dossiers.people.transfer.plans import drawn, ground_with, plan_of, reasons, seat

FILE = """position,reports_to,title,person
1,,Director,Ann
2,1,Head of sales,Bob
3,2,Salesman,Carl
4,2,Salesman,Dora
"""


def test_a_file_becomes_a_chart() -> None:
    plan = plan_of(FILE)
    assert plan.going == [2, 3, 4, 5]
    assert not plan.refused
    assert drawn(plan)["Head of sales"] == ("Director", ["Bob"])
    kinds = [one.kind for one in plan.after.chart.seats.values()]
    assert kinds[:3] == [PositionKind.HEAD, PositionKind.HEAD, PositionKind.MEMBER]


def test_managers_may_be_named_by_title_or_by_person() -> None:
    plan = plan_of("title,person,reports to\nDirector,Ann,\nHead,Bob,director\nClerk,Carl,BOB\n")
    assert drawn(plan)["Head"][0] == "Director"
    assert drawn(plan)["Clerk"][0] == "Head"


def test_a_manager_that_fits_several_rows_is_refused_with_the_rows() -> None:
    plan = plan_of("title,person,reports to\nHead,Ann,\nHead,Bob,\nClerk,Carl,Head\n")
    assert "several rows fit that: 2, 3" in reasons(plan)[4]


def test_several_roots_and_marks_for_the_top_are_taken() -> None:
    plan = plan_of("position,reports_to,title\n1,XX,A\n2,-,B\n3,n/a,C\n4,,D\n0,,E\n5,0,F\n")
    assert not plan.refused
    tops = [one.title for one in plan.after.chart.seats.values() if one.manager_id is None]
    assert tops == ["A", "B", "C", "D", "E"]


def test_rows_with_one_number_are_one_position_with_several_holders() -> None:
    plan = plan_of("position,reports_to,title,person\n1,,Director,Ann\n1,,Director,Bob\n")
    assert drawn(plan) == {"Director": (None, ["Ann", "Bob"])}


def test_the_same_row_again_says_nothing_new() -> None:
    plan = plan_of(FILE + "4,2,Salesman,Dora\n")
    assert plan.repeated == {6: 5}
    assert plan.going == [2, 3, 4, 5]


def test_a_contradicting_number_is_refused_and_the_first_row_stands() -> None:
    plan = plan_of(FILE + "4,2,Driver,Erik\n4,1,Salesman,Fay\n")
    assert "Row 5 has the same number 4" in reasons(plan)[6]
    assert "“reports_to” is “2”, here “1”" in reasons(plan)[7]
    assert drawn(plan)["Salesman"] == ("Head of sales", ["Dora"])


def test_a_manager_who_does_not_exist_refuses_the_row_and_all_below_it() -> None:
    plan = plan_of(FILE + "5,99,Lost,Erik\n6,5,Below,Fay\n7,6,Deeper,Gus\n")
    assert "“99”, which is neither in the file nor in the chart" in reasons(plan)[6]
    assert "in row 6, which is refused itself" in reasons(plan)[7]
    assert "in row 7, which is refused itself" in reasons(plan)[8]
    assert plan.going == [2, 3, 4, 5]


def test_circles_are_refused_with_what_hangs_from_them() -> None:
    plan = plan_of(FILE + "5,6,A,\n6,7,B,\n7,5,C,\n8,7,Below,\n9,9,Self,\n")
    assert set(plan.refused) == {6, 7, 8, 9, 10}
    assert "in a circle: 6 → 7 → 8 → 6" in reasons(plan)[6]
    assert "in row 8, which is refused itself" in reasons(plan)[9]
    assert "reports to itself" in reasons(plan)[10]


def test_a_circle_with_the_chart_is_refused() -> None:
    ground = ground_with(seat(1, "Director", None, "A"), seat(2, "Head", 1, "B"))
    plan = plan_of("position,reports_to,title\nA,B,Director\n", ground)
    assert "in the chart that one reports to it" in reasons(plan)[2]
    assert plan.changes_nothing


def test_a_manager_may_stand_in_the_chart_alone() -> None:
    ground = ground_with(seat(1, "Director", None, "A"))
    plan = plan_of("position,reports_to,title\nB,A,Head\nC,Director,Clerk\n", ground)
    assert drawn(plan) == {
        "Director": (None, []), "Head": ("Director", []), "Clerk": ("Director", []),
    }  # fmt: skip


def test_withheld_names_leave_the_holder_unknown_and_vacant_ones_do_not() -> None:
    rows = ["не указано", "ФИО скрыто", "***", "Confidential", "N/A", "N/D", "xxx xxx", "-"]
    text = "position,title,person\n" + "".join(f"{n},T{n},{name}\n" for n, name in enumerate(rows))
    plan = plan_of(text + "90,V,Vacant\n91,W,\n92,S,Max\n")
    seats = {one.title: one for one in plan.after.chart.seats.values()}
    assert [seats[f"T{n}"].is_known for n in range(len(rows))] == [False] * len(rows)
    assert not any(seats[f"T{n}"].holders for n in range(len(rows)))
    assert seats["V"].is_vacant
    assert seats["W"].is_vacant
    assert seats["S"].holders[0].name == "Max"


def test_a_withheld_name_does_not_drive_out_whom_we_know() -> None:
    ground = ground_with(seat(1, "Director", None, "A", "Ann"))
    assert plan_of("position,title,person\nA,Director,***\n", ground).changes_nothing
    assert drawn(plan_of("position,title,person\nA,Director,\n", ground))["Director"][1] == []


def test_a_position_without_a_title_goes_in_as_a_place_that_is_not_known() -> None:
    plan = plan_of("position,reports_to,title,person\n1,,,Ann\n")
    (one,) = plan.after.chart.seats.values()
    assert (one.title, one.is_known) == ("?", False)


def test_a_person_without_a_position_goes_in_unplaced() -> None:
    plan = plan_of("position,title,person\n,,Ann\n")
    assert [holder.name for holder in plan.after.chart.unplaced] == ["Ann"]


def test_rows_of_nonsense_are_refused_each_with_its_reason() -> None:
    head = "position,reports_to,title,person,email,phone,since,acting,role,kind\n"
    rows = {
        2: ("1,,A,Ann,no address,,,,,\n", "is no e-mail address"),
        3: ("2,,A,Ann,,12,,,,\n", "is no telephone number"),
        4: ("3,,A,Ann,,,yesterday,,,\n", "is no day"),
        5: ("4,,A,Ann,,,2027-01-01,,,\n", "after the day of the file"),
        6: ("5,,A,Ann,,,,perhaps,,\n", "neither yes nor no"),
        7: ("6,,A,Ann,,,,,king,\n", "none of the known words for the column “role”"),
        8: ("7,,A,Ann,,,,,,duke\n", "none of the known words"),
        9: (",,,,a@b.ru,,,,,\n", "names neither a position nor a person"),
        10: (f"8,,{'x' * 251},Ann,,,,,,\n", "251 characters here; 250 is the limit"),
        11: (f"9,,A,{'y' * 10_001},,,,,,\n", "10001 characters here; 10000 is the limit"),
        12: (f"{'z' * 61},,A,Ann,,,,,,\n", "61 characters here; 60 is the limit"),
        13: ("10,,A,Eliminated,,,,,,\n", "exists no more"),
        14: ("11,,A,Bad \ufffd letter,,,,,,\n", "letters of the column “person” could not be read"),
        15: ("12,,A,!?!,,,,,,\n", ""),
    }
    plan = plan_of(head + "".join(row for row, _words in rows.values()))
    for number, (_row, words) in rows.items():
        if words:
            assert words in reasons(plan)[number]
    assert plan.going == [15]


def test_every_row_is_in_just_one_list() -> None:
    text = FILE + "1,,Director,Ann\n4,2,Driver,X\n5,99,Lost,Y\n,,,\n6,6,S,\n,,Z,***\n,,,W\n"
    plan = plan_of(text)
    lists = [*plan.going, *plan.same, *plan.repeated, *plan.refused]
    assert sorted(lists) == [2, 3, 4, 5, 6, 7, 8, 10, 11, 12]


def test_what_is_in_the_cells_is_taken() -> None:
    plan = plan_of(
        "position,title,person,acting,since,email,phone,role,attitude,unit\n"
        '1,Boss,Ann,yes,31.12.2025,"a@b.ru, c@d.ru","\'+7 900; 8 (495) 1",'
        '"economic_buyer;legal",supporter,HQ\n'
    )
    assert not plan.refused
    (one,) = plan.after.chart.seats.values()
    assert one.unit == "HQ"
    assert one.holders[0].acting
    assert one.holders[0].known.since == date(2025, 12, 31)
    values = [contact.value for contact in plan.after.contacts]
    assert values == ["a@b.ru", "c@d.ru", "+7 900", "8 (495) 1"]
    standing = plan.after.chart.standings[one.holders[0].person_id]
    assert standing.roles == (Role.ECONOMIC_BUYER, Role.LEGAL)


def _ground():  # type: ignore[no-untyped-def]
    return ground_with(
        seat(1, "Director", None, "1", "Ann"),
        seat(2, "Head of sales", 1, "2", "Bob"),
        seat(3, "Salesman", 2, "3", "Carl"),
        seat(4, "Salesman", 2, "4", "Dora"),
    )


def _changes(plan) -> list[tuple[str, object]]:  # type: ignore[no-untyped-def]
    found = changes_between(plan.before, plan.after.chart)
    return [(one.what.value, one.position_id) for one in found]


def test_the_same_chart_again_changes_nothing() -> None:
    plan = plan_of(FILE, _ground())
    assert plan.changes_nothing
    assert plan.same == [2, 3, 4, 5]


def test_a_later_snapshot_shows_what_is_new_gone_moved_and_held_by_another() -> None:
    plan = plan_of(
        "position,reports_to,title,person\n1,,Director,Ann\n2,1,Head of sales,Eve\n"
        "3,1,Salesman,Carl\n5,2,Clerk,Fay\n",
        _ground(),
    )
    assert plan.after.absent is Absent.END
    assert set(_changes(plan)) == {
        ("new", -1), ("gone", 4), ("moved", 3), ("holder", 2), ("left", 2),
    }  # fmt: skip
    assert plan.same == [2]


def test_absent_positions_can_be_left_and_a_small_file_leaves_them_by_itself() -> None:
    assert _changes(plan_of(FILE.replace("4,2,Salesman,Dora\n", ""), _ground(), Absent.LEAVE)) == []
    plan = plan_of("position,title,person\n4,Salesman,Gus\n", _ground())
    assert plan.after.absent is Absent.LEAVE
    assert _changes(plan) == [("holder", 4), ("holder", None), ("left", 4)]
    assert [holder.name for holder in plan.after.chart.unplaced] == ["Dora"]


def test_reports_of_a_position_that_is_gone_go_one_level_up() -> None:
    plan = plan_of(
        "position,title,person\n1,Director,Ann\n3,Salesman,Carl\n", _ground(), Absent.END
    )
    assert drawn(plan) == {"Director": (None, ["Ann"]), "Salesman": ("Director", ["Carl"])}


def test_a_refused_row_does_not_end_the_position_it_is_about() -> None:
    text = FILE.replace("4,2,Salesman,Dora", "4,99,Salesman,Dora")
    plan = plan_of(text, _ground(), Absent.END)
    assert list(plan.refused) == [5]
    assert plan.changes_nothing


def test_without_numbers_positions_are_known_by_title_person_and_manager() -> None:
    ground = ground_with(
        seat(1, "Director", None, "", "Ann"),
        seat(2, "Head of sales", 1, "", "Bob"),
        seat(3, "Salesman", 2, "", "Carl"),
        seat(4, "Salesman", 2, "", "Dora"),
        seat(5, "Driver", 1, "", "Gus"),
    )
    text = (
        "title,person,reports to\nDirector,Ann,\nHead of sales,Bob,Ann\n"
        "Salesman,Dora,Bob\nSalesman,Eve,Bob\nChauffeur,Gus,Ann\n"
    )
    plan = plan_of(text, ground)
    assert plan.after.absent is Absent.END
    assert set(_changes(plan)) == {("holder", 3), ("left", 3), ("title", 5)}
    small = plan_of("title,person,reports to\nSalesman,Eve,Bob\n", ground)
    assert _changes(small) == [("new", -1)]


def test_one_person_may_hold_two_positions_and_the_first_is_the_main_one() -> None:
    plan = plan_of("position,title,person\n1,Director,Ann\n2,Chair,Ann\n")
    holders = [one.holders[0] for one in plan.after.chart.seats.values()]
    assert [holder.main for holder in holders] == [True, False]
    assert len({holder.person_id for holder in holders}) == 1


def test_two_people_of_one_name_with_different_addresses_are_two() -> None:
    plan = plan_of("position,title,person,email\n1,A,Ann,a@x.ru\n2,B,Ann,b@x.ru\n")
    assert len(plan.after.new_names) == 2


def test_a_shared_address_is_shared() -> None:
    plan = plan_of("position,title,person,email\n1,A,Ann,info@x.ru\n2,B,Bob,info@x.ru\n")
    assert [contact.standing.value for contact in plan.after.contacts] == ["shared", "shared"]
