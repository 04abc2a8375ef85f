"""The drawing: no box on another, managers above, hostile text harmless, words that fit."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from time import perf_counter
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from dossiers.people.chart.branches import branch_of
from dossiers.people.chart.drawing.arranging import Arranged, arranged, forest_of
from dossiers.people.chart.drawing.boxes import WIDTH
from dossiers.people.chart.drawing.measures import lines_of, shortened, width_of
from dossiers.people.chart.drawing.press import MOST_IN_PDF, Press
from dossiers.people.chart.drawing.scene import Scene, scene_of
from dossiers.people.chart.drawing.segments import pieces_of
from dossiers.people.chart.drawing.svg import as_svg
from dossiers.people.chart.drawing.terms import Terms
from dossiers.people.chart.drawing.tidy import Node, place
from dossiers.people.chart.drawing.typeset import one_page
from dossiers.people.chart.snapshot import Chart
from tests.dossiers.people.chart.snapshots import Snapshot, chart_of, snapshots
from wiki.errors import Refusal, TooMany

TERMS = Terms("Ромашка", "Оргструктура на 2 марта 2026 г.", vacant="вакансия")
NASTY = '</text><script>alert("1")</script>&<!--]]>\\#"{}[x]$*_\u202e\ufffe\x07'


def tree(count: int, fan: int = 5) -> Chart:
    """A chart of so many positions, each manager with so many reports."""
    rows = {
        n: {
            "title": f"Начальник отдела {n}",
            "manager": (n - 2) // fan + 1 if n > 1 else None,
            "holders": {100_000 + n: (True, False)},
        }
        for n in range(1, count + 1)
    }
    return chart_of(Snapshot(rows, {100_000 + n: f"Иванова Анна {n}" for n in range(count + 1)}))


nodes = st.recursive(
    st.builds(Node, st.integers(5, 60).map(float), st.integers(5, 60).map(float)),
    lambda inner: st.builds(
        Node,
        st.integers(5, 60).map(float),
        st.integers(5, 60).map(float),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=25,
)


def all_in(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from all_in(child)


@settings(max_examples=300, deadline=None)
@given(nodes)
def test_a_tidy_tree_has_no_box_on_another_and_each_manager_above_the_middle(root: Node) -> None:
    place(root)
    found = list(all_in(root))
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            apart_across = (
                one.x + one.width <= other.x + 1e-6 or other.x + other.width <= one.x + 1e-6
            )
            assert apart_across or one.bottom <= other.y or other.bottom <= one.y
    for node in found:
        assert all(child.y == node.bottom for child in node.children)
        assert all(left.x < right.x for left, right in pairwise(node.children))
        if node.children:
            first, last = node.children[0], node.children[-1]
            middle = (first.x + last.x + last.width) / 2
            assert abs(node.x + node.width / 2 - middle) < 1e-6


def overlaps(drawn: Arranged) -> list[tuple[int, int]]:
    found = []
    for number, a in enumerate(drawn.boxes):
        for b in drawn.boxes[number + 1 :]:
            across = a.x < b.x + WIDTH and b.x < a.x + WIDTH
            if across and a.y < b.y + b.box.height and b.y < a.y + a.box.height:
                found.append((a.box.seat_id, b.box.seat_id))
    return found


@settings(max_examples=150, deadline=None)
@given(snapshots())
def test_any_chart_is_drawn_whole_with_no_box_on_another(rows: Snapshot) -> None:
    chart = chart_of(rows)
    drawn = arranged(chart, TERMS)
    assert sorted(one.box.seat_id for one in drawn.boxes) == sorted(chart.seats)
    assert overlaps(drawn) == []
    assert all(one.x >= 0 and one.y >= 0 for one in drawn.boxes)
    assert all(one.x + WIDTH <= drawn.width + 1e-6 for one in drawn.boxes)


@pytest.mark.parametrize("count", [1, 2, 30, 300])
def test_charts_of_any_size_have_no_box_on_another_and_one_wire_to_each_report(count: int) -> None:
    drawn = arranged(tree(count), TERMS)
    assert overlaps(drawn) == []
    assert {wire.seat_id for wire in drawn.wires} == set(range(2, count + 1))
    assert 0.3 < drawn.width / drawn.height < 5


def test_a_circle_in_broken_data_is_drawn_once() -> None:
    rows = {1: {"title": "A", "manager": 2}, 2: {"title": "B", "manager": 1}}
    reports, tops = forest_of(chart_of(Snapshot(rows)))
    assert (tops, reports) == ([1], {1: [2], 2: []})


def test_a_chain_of_thousands_is_drawn_and_seven_hundred_in_a_moment() -> None:
    assert len(arranged(tree(3000, fan=1), TERMS).boxes) == 3000
    begun = perf_counter()
    scene_of(tree(700, fan=7), TERMS)
    assert perf_counter() - begun < 2


def test_a_text_is_broken_into_lines_that_fit_and_cut_when_there_are_too_many() -> None:
    text = "Заместитель генерального директора по закупкам и логистике"
    lines = lines_of(text, 176, 13, 3, bold=True)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line, 13, bold=True) <= 176 for line in lines)
    assert lines_of(text, 1000, 13, 3) == [text]
    assert lines_of("", 100, 12, 2) == []
    assert lines_of("Щ" * 50, 100, 12, 2)[1].endswith("…")
    assert shortened("Дирекция", 1000, 12) == "Дирекция"


def hostile() -> Scene:
    rows = {
        1: {"title": NASTY, "unit": NASTY, "holders": {101: (True, True)}},
        2: {"title": "B", "manager": 1},
    }
    chart = chart_of(Snapshot(rows, {101: NASTY}, unplaced={101}, lines={(2, 1, "dotted")}))
    return scene_of(chart, Terms(NASTY, NASTY))


def test_hostile_text_stays_text_in_the_svg() -> None:
    svg = as_svg(hostile())
    root = ElementTree.fromstring(svg)
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds == {"svg", "title", "rect", "path", "text"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}
    assert "alert" in svg


def test_hostile_text_stays_text_in_the_pdf() -> None:
    (page,) = PdfReader(BytesIO(Press().pdf(hostile(), 2))).pages
    assert 'alert("1")' in page.extract_text()


def test_a_pdf_has_one_page_of_its_own_size_with_letters_that_can_be_read() -> None:
    scene = scene_of(tree(12), TERMS)
    (page,) = PdfReader(BytesIO(Press().pdf(scene, 12))).pages
    text = page.extract_text()
    assert "Ромашка" in text
    assert all(f"Начальник отдела {n}" in text for n in range(1, 13))
    assert float(page.mediabox.width) == pytest.approx(scene.width * 0.75, abs=1)
    fonts = {
        font["/BaseFont"]
        for font in page["/Resources"]["/Font"].get_object().values()
        for font in [font.get_object()]
    }
    assert all("Libertinus" in font for font in fonts)


def test_a_large_chart_is_laid_on_numbered_sheets_and_a_small_one_on_a_single_one() -> None:
    small = PdfReader(BytesIO(Press().pdf(scene_of(tree(8), TERMS), 8, "a4"))).pages
    large = PdfReader(BytesIO(Press().pdf(scene_of(tree(120), TERMS), 120, "a4"))).pages
    assert len(small) == 1
    assert len(large) > 3
    assert f"2 / {len(large)}" in large[1].extract_text()
    assert {round(float(page.mediabox.width)) for page in large} <= {842, 595}
    whole = "".join(page.extract_text() for page in large)
    assert all(f"Начальник отдела {n}" in whole for n in range(1, 121))


def test_a_picture_is_twice_as_sharp_as_a_screen_and_one_too_large_is_refused() -> None:
    scene = scene_of(tree(12), TERMS)
    picture = Image.open(BytesIO(Press().png(scene, 12)))
    assert picture.size[0] == pytest.approx(scene.width * 2, abs=2)
    with pytest.raises(Refusal, match="too large for a picture"):
        Press().png(Scene((), 30_000, 30_000, ""), 4000)
    with pytest.raises(Refusal, match="5000 at most"):
        Press().pdf(scene, MOST_IN_PDF + 1)


def test_a_process_without_memory_or_room_ends_in_a_sentence() -> None:
    with pytest.raises(Refusal, match="could not be set"):
        Press(megabytes=20).pdf(scene_of(tree(12), TERMS), 12)


def test_who_comes_while_others_are_being_served_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dossiers.people.chart.drawing.press._WAIT_SECONDS", 0.01)
    press = Press(at_once=1)
    press._places.acquire()
    with pytest.raises(TooMany):
        press.pdf(scene_of(tree(2), TERMS), 2)
    press._places.release()
    assert press.pdf(scene_of(tree(2), TERMS), 2).startswith(b"%PDF")


def test_letters_that_the_face_has_not_are_looked_for_in_the_system() -> None:
    rows = {1: {"title": "采购部", "holders": {101: (True, False)}}}
    scene = scene_of(chart_of(Snapshot(rows, {101: "李明"})), TERMS)
    assert "采购部" in one_page(scene)
    assert Press().pdf(scene, 1).startswith(b"%PDF")


def test_a_branch_is_a_chart_of_its_own() -> None:
    chart = branch_of(tree(31), 2)
    assert sorted(chart.seats) == [2, 7, 8, 9, 10, 11]
    drawn = arranged(chart, TERMS)
    assert {wire.seat_id for wire in drawn.wires} == {7, 8, 9, 10, 11}


def test_wires_that_run_along_each_other_are_drawn_once() -> None:
    ways = [((0.0, 0.0), (0.0, 10.0), (5.0, 10.0)), ((0.0, 0.0), (0.0, 30.0), (5.0, 30.0))]
    assert sorted(pieces_of(ways)) == [
        ((0.0, 0.0), (0.0, 30.0)),
        ((0.0, 10.0), (5.0, 10.0)),
        ((0.0, 30.0), (5.0, 30.0)),
    ]
