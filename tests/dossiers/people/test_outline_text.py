"""An outline is read as people type it, says what is wrong in which line, and goes round."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.people.chart.outline import Entry, Named, Unreadable, parse_outline
from dossiers.people.chart.outline_writing import write_outline
from dossiers.people.chart.snapshot import Chart
from dossiers.people.chart.walking import seats_in_order
from dossiers.people.kinds import PositionKind
from tests.dossiers.people.chart.snapshots import Snapshot, chart_of
from wiki.errors import Refusal
from wiki.pages.content import one_line

TYPED = """\
Генеральный директор — Иванов Иван

\tФинансовый директор [Финансы]: Петрова Анна
\t\tБухгалтер - вакансия
\tДиректор по закупкам {зам.} — Сидоров Пётр (и. о.) / Ким Олег #12
\tЮрист — ?
Ревизор
"""


def problems_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(Unreadable) as refused:
        parse_outline(text)
    return [(problem.line, str(problem)) for problem in refused.value.problems]


def one(line: str) -> Entry:
    (entry,) = parse_outline(line)
    return entry


def test_indent_says_who_reports_to_whom_and_each_line_says_the_position() -> None:
    entries = parse_outline(TYPED)
    assert entries == (
        Entry("Генеральный директор", None, holders=(Named("Иванов Иван"),)),
        Entry("Финансовый директор", 0, "Финансы", holders=(Named("Петрова Анна"),)),
        Entry("Бухгалтер", 1),
        Entry(
            "Директор по закупкам",
            0,
            kind=PositionKind.DEPUTY,
            holders=(Named("Сидоров Пётр", acting=True), Named("Ким Олег")),
            position_id=12,
        ),
        Entry("Юрист", 0, is_known=False),
        Entry("Ревизор"),
    )
    assert [entry.line for entry in entries] == [1, 3, 4, 5, 6, 7]


def test_any_step_of_indent_will_do() -> None:
    for step in ("\t", "  ", "    ", " ", "\u00a0\u00a0"):
        typed = f"A\n{step}B\n{step}{step}C\n{step}D\nE\n"
        assert [entry.above for entry in parse_outline(typed)] == [None, 0, 1, 0, None]


def test_a_list_with_bullets_is_read_without_them() -> None:
    assert [e.title for e in parse_outline("- Director\n  • Buyer\n  * Lawyer")] == [
        "Director",
        "Buyer",
        "Lawyer",
    ]


@pytest.mark.parametrize(
    "line",
    ["Buyer — Ann Lee", "Buyer – Ann Lee", "Buyer: Ann Lee", "Buyer - Ann Lee", "Buyer\tAnn Lee"],
)
def test_title_and_name_are_divided_in_several_ways(line: str) -> None:
    assert one(line) == Entry("Buyer", holders=(Named("Ann Lee"),))


def test_a_dash_inside_a_word_divides_nothing() -> None:
    assert (
        one("Бизнес-аналитик — Римский-Корсаков Н. А.").holders[0].name == "Римский-Корсаков Н. А."
    )
    assert one("Бизнес-аналитик").title == "Бизнес-аналитик"
    assert one("Отдел продаж — Север — Ким").title == "Отдел продаж — Север"


@pytest.mark.parametrize("mark", ["?", "неизвестно", "unknown", "Неизвестно"])
def test_a_holder_whom_nobody_knows_is_not_a_vacancy(mark: str) -> None:
    assert one(f"Buyer — {mark}") == Entry("Buyer", is_known=False)
    assert one(mark) == Entry("?", is_known=False)
    assert one("Buyer — вакансия") == one("Buyer —") == one("Buyer") == Entry("Buyer")


@pytest.mark.parametrize(
    "name", ["Ким О. (и. о.)", "Ким О. (ио)", "и.о. Ким О.", "Ким О. (acting)"]
)
def test_acting_is_heard_before_and_after_the_name(name: str) -> None:
    assert one(f"Buyer — {name}").holders == (Named("Ким О.", acting=True),)


def test_a_line_that_fits_no_level_is_named() -> None:
    ((line, sentence),) = problems_of("A\n    B\n  C\nD")
    assert line == 3
    assert "Line 3 is indented less" in sentence


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (": Ann", "Line 1 has no title"),
        ("Buyer [North", "a square bracket is missing"),
        ("Buyer [North] [South]", "more than one unit"),
        ("Buyer {cook}", "“cook” is no kind of position"),
        ("Buyer {deputy", "curly brackets"),
        ("Buyer — vacant / Ann", "says vacant and a name"),
        ("Buyer — ...", "“...” is no name"),
        ("x" * 251, "251 characters; 250 is the limit"),
        ("Buyer — " + "x" * 201, "201 characters; 200 is the limit"),
        ("A #5\nB #5", "Line 2 bears the number #5, and so does line 1"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_a_sentence(typed: str, said: str) -> None:
    assert said in problems_of(typed)[0][1]


def test_all_wrong_lines_are_told_at_once() -> None:
    assert [line for line, _said in problems_of("A\n : x\n B [\n C\nD {")] == [2, 3, 5]


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(Refusal, match="5000 positions"):
        parse_outline("A\n" * 5001)
    with pytest.raises(Refusal, match="limit"):
        parse_outline("x" * 2_000_001)


def test_a_chart_that_is_too_deep_or_large_to_be_text_is_refused() -> None:
    rows = {n: {"title": "A", "manager": n - 1 or None} for n in range(1, 4000)}
    with pytest.raises(Refusal, match="too large to be changed as text"):
        write_outline(chart_of(Snapshot(rows)), "en")


NASTY = st.text(
    st.sampled_from("aЯё ?#12[]{}()/\\;:—–-*•и.о\u0301\u0338\ue000") | st.characters(), max_size=12
)
TITLES = (
    st.one_of(NASTY, st.sampled_from(["?", "unknown", "- x", "A — B", "A #1", "врио Ким"]))
    .map(one_line)
    .filter(bool)
)
NAMES = (
    st.one_of(NASTY, st.sampled_from(["vacant", "Ann (acting)", "и.о. Ким", "A / B", "A #1"]))
    .map(one_line)
    .filter(lambda name: any(letter.isalnum() for letter in name))
)


@st.composite
def trees(draw: st.DrawFn) -> Chart:
    """A chart whose managers come before their reports, with texts that look like marks."""
    rows = {}
    names = {person: draw(NAMES) for person in range(101, 107)}
    for n in range(1, draw(st.integers(0, 7)) + 1):
        rows[n] = {
            "title": draw(TITLES),
            "unit": one_line(draw(NASTY)),
            "kind": draw(st.sampled_from([kind.value for kind in PositionKind])),
            "known": draw(st.booleans()),
            "manager": draw(st.sampled_from([None, *rows])),
            "holders": draw(
                st.dictionaries(
                    st.sampled_from(list(names)), st.tuples(st.just(True), st.booleans())
                )
            ),
        }
    return chart_of(Snapshot(rows, names))


@settings(max_examples=500, deadline=None)
@given(trees(), st.sampled_from(["ru", "en"]))
def test_any_chart_goes_round_through_its_text(chart: Chart, language: str) -> None:
    entries = parse_outline(write_outline(chart, language))
    seats = [seat for seat, _depth in seats_in_order(chart)]
    assert [e.position_id for e in entries] == [seat.id for seat in seats]
    for entry, seat in zip(entries, seats, strict=True):
        above = None if entry.above is None else entries[entry.above].position_id
        assert (entry.title, entry.unit, entry.kind) == (seat.title, seat.unit, seat.kind)
        assert (above, entry.is_known) == (seat.manager_id, seat.is_known)
        assert entry.holders == tuple(Named(h.name, h.acting) for h in seat.holders)


def test_a_name_with_very_many_blanks_is_read_at_once() -> None:
    (entry,) = parse_outline("Boss — Olga" + " " * 1_000_000 + "Petrova (acting)")
    assert entry.holders == (Named("Olga Petrova", acting=True),)
