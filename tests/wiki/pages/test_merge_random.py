"""Edits made at random, with the truth about them: nothing lost, nothing asked without need."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings

from tests.wiki.pages.strategies import (
    Edit,
    Page,
    Writer,
    applied,
    content,
    kept_by_all,
    text_of,
    words_of,
    writers,
)
from tests.wiki.pages.test_merge import decided, merged_body
from wiki.pages.blocks import split_blocks
from wiki.pages.content import Content
from wiki.pages.merge import Conflicted, merge

SEEDS = range(1000)


def check_apart(page: Page, *edits: Edit) -> None:
    """Save edits that do not touch one after another; the result is all of them, to the letter."""
    base = text_of(page)
    saved = applied(page, edits[0])
    for number, edit in enumerate(edits[1:], 2):
        saved = merged_body(base, applied(page, edit), saved)
        assert saved == applied(page, *edits[:number])


def check_nothing_lost(page: Page, *edits: Edit) -> None:
    """Save any edits one after another, keeping both texts wherever a person is asked."""
    base = content(text_of(page))
    saved = content(applied(page, edits[0]))
    for number, edit in enumerate(edits[1:], 2):
        answer = merge(base, content(applied(page, edit)), saved)
        check_holds(decided(answer, "ours"), edit.names())
        check_holds(decided(answer, "theirs"), edits[0].names() if number == 2 else Counter())
        saved = decided(answer, "theirs_then_ours")
        check_holds(saved, kept_by_all(page, *edits[:number]))
        for one in edits[:number]:
            check_holds(saved, one.written())


def check_holds(result: Content, words: Counter[str]) -> None:
    assert not words - words_of(result.body)


def check_small(page: Page, *edits: Edit) -> None:
    """A question is about one block of the page, or one place between two."""
    base = text_of(page)
    answer = merge(
        content(base), content(applied(page, edits[0])), content(applied(page, edits[1]))
    )
    for hunk in answer.text.hunks if isinstance(answer, Conflicted) else ():
        assert hunk.base in ("", *split_blocks(base).texts)
        assert all(len(split_blocks(text).texts) <= 1 for text in (hunk.ours, hunk.theirs))


@pytest.mark.slow
def test_a_thousand_pairs_of_edits_apart_merge_to_the_letter() -> None:
    for seed in SEEDS:
        writer = Writer(Random(seed))
        page = writer.page()
        check_apart(page, *writer.edits_apart(page, 2))


@pytest.mark.slow
def test_a_thousand_triples_of_edits_apart_merge_to_the_letter() -> None:
    for seed in SEEDS:
        writer = Writer(Random(seed))
        page = writer.page()
        check_apart(page, *writer.edits_apart(page, 3))


@pytest.mark.slow
def test_a_thousand_pairs_of_any_edits_lose_no_word_and_ask_about_one_block_at_a_time() -> None:
    for seed in SEEDS:
        writer = Writer(Random(seed))
        page = writer.page()
        edits = writer.crowded_edits(page, 2)
        check_nothing_lost(page, *edits)
        check_small(page, *edits)


@pytest.mark.slow
def test_a_thousand_triples_of_any_edits_lose_no_word() -> None:
    for seed in SEEDS:
        writer = Writer(Random(seed))
        page = writer.page()
        check_nothing_lost(page, *writer.crowded_edits(page, 3))


@given(writers())
@settings(deadline=None)
def test_edits_apart_never_ask(writer: Writer) -> None:
    page = writer.page()
    check_apart(page, *writer.edits_apart(page, 2))


@given(writers())
@settings(deadline=None)
def test_any_edits_lose_no_word(writer: Writer) -> None:
    page = writer.page()
    edits = writer.crowded_edits(page, 2)
    check_nothing_lost(page, *edits)
    check_small(page, *edits)
