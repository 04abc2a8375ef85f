"""What a page may be."""

from dataclasses import replace

import pytest

from wiki.errors import Refusal, TooLarge
from wiki.pages.content import Content
from wiki.pages.rules import (
    LARGEST_BODY,
    check_base,
    check_content,
    check_reason,
    what_changed,
)

PAGE = Content("Pelmeni", "Text.\n", {}, (), None)


@pytest.mark.parametrize(
    "possible",
    [
        PAGE,
        replace(PAGE, title="x" * 250),
        replace(PAGE, body=""),
        replace(PAGE, body="x" * LARGEST_BODY),
        replace(PAGE, tags=("x" * 60,) * 20),
    ],
)
def test_a_possible_page_passes(possible: Content) -> None:
    check_content(possible)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "needs a title"),
        ({"title": "x" * 10_000}, "has 10000 characters; 250 is the limit"),
        ({"title": "a [[b]]"}, "cannot hold"),
        ({"title": "a|b"}, "cannot hold"),
        ({"title": "a#b"}, "cannot hold"),
        ({"tags": ("x",) * 21}, "at most 20 tags"),
        ({"tags": ("x" * 61,)}, "at most 60 characters"),
    ],
)
def test_an_impossible_page_is_refused_with_the_reason(
    changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        check_content(replace(PAGE, **changes))  # type: ignore[arg-type]


def test_a_text_is_measured_in_bytes() -> None:
    check_content(replace(PAGE, body="x" * LARGEST_BODY))
    with pytest.raises(TooLarge, match="300 kB is the limit"):
        check_content(replace(PAGE, body="я" * (LARGEST_BODY // 2 + 1)))


def test_a_reason_fits_its_column() -> None:
    check_reason("x" * 300)
    with pytest.raises(Refusal, match="at most 300"):
        check_reason("x" * 301)


@pytest.mark.parametrize("base", [0, -1, 6, 2**70])
def test_a_base_that_never_was_is_refused(base: int) -> None:
    check_base(1, 5)
    check_base(5, 5)
    with pytest.raises(Refusal, match="versions 1 to 5"):
        check_base(base, 5)


def test_the_history_names_what_changed() -> None:
    assert what_changed(None, PAGE) == {"new": True}
    assert what_changed(PAGE, PAGE) == {}
    assert what_changed(PAGE, replace(PAGE, title="B", tags=("a",))) == {
        "title": True,
        "tags": True,
    }
