"""Who wrote which line."""

from itertools import pairwise
from random import Random

import pytest

from tests.wiki.pages.strategies import Writer, applied, text_of
from wiki.pages.authorship import Authors, authors_after, lines_with_authors


def test_lines_that_stayed_keep_their_writer() -> None:
    old = "первая\nвторая\nтретья\n"
    new = "первая\nиная\nтретья\nчетвёртая\n"
    assert authors_after(old, [(1, 3)], new, 2) == [(1, 1), (2, 1), (1, 1), (2, 1)]


def test_the_first_revision_writes_every_line() -> None:
    assert authors_after("", [], "раз\n\nдва\n", 1) == [(1, 3)]


def test_an_empty_page_has_no_lines() -> None:
    assert authors_after("раз\n", [(1, 1)], "", 2) == []
    assert lines_with_authors("", []) == []


def test_each_line_comes_with_its_revision() -> None:
    assert lines_with_authors("раз\nдва\n", [(3, 1), (7, 1)]) == [(3, "раз"), (7, "два")]


def test_authors_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        lines_with_authors("раз\nдва\n", [(3, 1)])


def test_after_many_revisions_every_line_is_of_the_one_that_wrote_it() -> None:
    writer = Writer(Random(7))
    page = writer.page()
    body = text_of(page)
    authors: Authors = authors_after("", [], body, 1)
    for number in range(2, 40):
        edited = applied(page, writer.edit(page))
        earlier = set(body.split("\n"))
        authors, body = authors_after(body, authors, edited, number), edited
        for revision, line in lines_with_authors(body, authors):
            assert line in earlier or revision == number
            assert revision != number or line not in earlier or not line


def test_the_count_of_lines_is_always_that_of_the_text() -> None:
    for seed in range(100):
        writer = Writer(Random(seed))
        page = writer.page()
        edited = applied(page, writer.edit(page))
        authors = authors_after(text_of(page), [(1, text_of(page).count("\n"))], edited, 2)
        assert sum(lines for _, lines in authors) == edited.count("\n")
        assert all(one[0] != other[0] for one, other in pairwise(authors))
