"""Boxes and arrows of paths of any shape."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.layout import Arrow, Box, Layout, Point, Way, layout
from dossiers.approvals.drawing.numbering import numbers_of
from tests.dossiers.approvals.drawing.growing import Growth, grown, growths
from tests.factories.approvals import usual_document

SERIES_PARALLEL = growths("after", "beside", "first", "last")
ANY = growths("after", "beside", "first", "last", "join")


def _laid(document: PathDocument, way: Way = Way.DOWN) -> Layout:
    heights = {step.code: 60.0 + 17 * (number % 4) for number, step in enumerate(document.steps)}
    return layout(document, heights, way)


def _pieces(laid: Layout) -> list[tuple[Arrow, Point, Point]]:
    return [(arrow, *piece) for arrow in laid.arrows for piece in pairwise(arrow.points)]


def _side(a: Point, b: Point, c: Point) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0.1) - (turn < -0.1)


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether the pieces pass through each other; to touch at an end is no crossing."""
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _inside(box: Box, begin: Point, end: Point) -> bool:
    """Whether a piece of an arrow goes through the box and not only along it."""
    for share in range(1, 20):
        x = begin[0] + (end[0] - begin[0]) * share / 20
        y = begin[1] + (end[1] - begin[1]) * share / 20
        if box.x + 1 < x < box.x + box.w - 1 and box.y + 1 < y < box.y + box.h - 1:
            return True
    return False


@given(growth=ANY)
@settings(max_examples=60, deadline=None)
def test_no_box_lies_on_another_and_all_are_on_the_sheet(growth: list[Growth]) -> None:
    for way in Way:
        laid = _laid(grown(growth), way)
        for one, other in combinations(laid.boxes, 2):
            beside = one.x + one.w < other.x or other.x + other.w < one.x
            assert beside or one.y + one.h < other.y or other.y + other.h < one.y
        for box in laid.boxes:
            assert min(box.x, box.y) >= 0
            assert box.x + box.w <= laid.width
            assert box.y + box.h <= laid.height


@given(growth=SERIES_PARALLEL)
@settings(max_examples=60, deadline=None)
def test_arrows_of_series_and_parallel_parts_neither_cross_nor_pass_through_a_box(
    growth: list[Growth],
) -> None:
    laid = _laid(grown(growth))
    pieces = _pieces(laid)
    for one, other in combinations(pieces, 2):
        assert not _cross(one[1:], other[1:])
    for _arrow, begin, end in pieces:
        assert not any(_inside(box, begin, end) for box in laid.boxes)


@given(growth=ANY)
@settings(max_examples=60, deadline=None)
def test_no_arrow_of_any_path_passes_through_a_box(growth: list[Growth]) -> None:
    laid = _laid(grown(growth))
    for _arrow, begin, end in _pieces(laid):
        assert not any(_inside(box, begin, end) for box in laid.boxes)


@given(growth=ANY)
@settings(max_examples=60, deadline=None)
def test_arrows_say_exactly_what_waits_for_what(growth: list[Growth]) -> None:
    document = grown(growth)
    said = {
        (start, end)
        for arrow in _laid(document).arrows
        for start in arrow.starts
        for end in arrow.ends
    }
    assert said == {(before, step.code) for step in document.steps for before in step.after}


@given(growth=ANY)
@settings(max_examples=30, deadline=None)
def test_every_step_stands_below_all_it_waits_for_and_boxes_come_by_their_numbers(
    growth: list[Growth],
) -> None:
    document = grown(growth)
    laid = _laid(document)
    boxes = {box.code: box for box in laid.boxes}
    for step in document.steps:
        assert all(boxes[code].row < boxes[step.code].row for code in step.after)
    assert list(boxes) == list(numbers_of(document.by_code))
    assert laid == _laid(document)


def test_all_that_wait_for_all_of_several_meet_in_a_knot() -> None:
    four = grown([Growth("beside", 0), Growth("last", 0), Growth("beside", 2)])
    arrows = _laid(four).arrows

    assert [(len(one.starts), len(one.ends), one.arrives) for one in arrows] == [
        (1, 2, False),
        (1, 2, False),
        (2, 1, True),
        (2, 1, True),
    ]
    assert len({arrow.points[-1] for arrow in arrows if not arrow.arrives}) == 1


@pytest.mark.parametrize(("way", "along", "aside"), [(Way.DOWN, "y", "x"), (Way.ACROSS, "x", "y")])
def test_side_by_side_is_across_the_way(way: Way, along: str, aside: str) -> None:
    boxes = {box.code: box for box in _laid(usual_document(), way).boxes}

    legal, security, board = boxes["legal"], boxes["security"], boxes["board"]
    assert getattr(legal, aside) < getattr(security, aside)
    assert getattr(legal, along) < getattr(board, along)


def test_a_path_without_steps_is_an_empty_sheet() -> None:
    assert _laid(PathDocument()).boxes == ()
