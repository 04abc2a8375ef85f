"""What a reader is shown of two versions."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wiki.pages.strategies import Writer, applied, content, text_of, writers
from wiki.pages.blocks import split_blocks
from wiki.pages.compare import BlockChange, Comparison, Segment, compare
from wiki.pages.content import normalise

PAGE = (
    "# Пельмени\n\nСрок поставки 14 дней с даты заказа.\n\n- Вес 900 граммов\n- Цена 350 рублей\n"
)


def of_bodies(old: str, new: str) -> Comparison:
    return compare(content(old), content(new))


def changes(old: str, new: str) -> list[BlockChange]:
    return [block for block in of_bodies(old, new).blocks if block.kind != "same"]


def texts(comparison: Comparison, side: str) -> tuple[str, ...]:
    sides = [getattr(block, side) for block in comparison.blocks]
    return tuple("".join(segment.text for segment in part) for part in sides if part)


def test_equal_contents_are_the_same() -> None:
    assert of_bodies(PAGE, PAGE).same
    assert not of_bodies(PAGE, PAGE + "Ещё.\n").same


def test_a_changed_word_is_marked_inside_its_block() -> None:
    (change,) = changes(PAGE, PAGE.replace("14", "21"))
    assert change.kind == "changed"
    assert change.inline == (
        Segment("same", "Срок поставки "),
        Segment("removed", "14"),
        Segment("added", "21"),
        Segment("same", " дней с даты заказа."),
    )
    assert [segment.kind for segment in change.old] == ["same", "removed", "same"]
    assert [segment.kind for segment in change.new] == ["same", "added", "same"]


def test_added_and_removed_blocks_say_on_which_line_they_stand() -> None:
    shorter = PAGE.replace("- Вес 900 граммов\n", "")
    (gone,) = changes(PAGE, shorter)
    assert (gone.kind, gone.old_line, gone.new_line) == ("removed", 5, None)
    (come,) = changes(shorter, PAGE)
    assert (come.kind, come.old_line, come.new_line) == ("added", None, 5)


def test_a_moved_paragraph_is_recognised_at_both_ends() -> None:
    paragraph = "Срок поставки 14 дней с даты заказа.\n\n"
    moved = PAGE.replace(paragraph, "") + "\n" + paragraph
    gone, come = changes(PAGE, moved)
    assert (gone.kind, gone.old_line, gone.other_line) == ("moved_from", 3, 6)
    assert (come.kind, come.new_line, come.other_line) == ("moved_to", 6, 3)


def test_a_copy_is_added_and_not_moved() -> None:
    (come,) = changes(PAGE, PAGE + "\nСрок поставки 14 дней с даты заказа.\n")
    assert come.kind == "added"


def test_a_rewritten_paragraph_is_one_change_and_not_confetti() -> None:
    new = PAGE.replace("Срок поставки 14 дней с даты заказа.", "Привезём, когда договоримся.")
    (change,) = changes(PAGE, new)
    assert [segment.kind for segment in change.inline] == ["removed", "added"]


def test_facts_are_rows_with_both_values() -> None:
    old = content(PAGE, facts={"price": "350", "weight": "900", "shelf": "180"})
    new = content(PAGE, facts={"price": "370", "weight": "900", "own": True})
    rows = {row.key: (row.old, row.new, row.kind) for row in compare(old, new).facts}
    assert rows == {
        "own": (None, True, "added"),
        "price": ("350", "370", "changed"),
        "shelf": ("180", None, "removed"),
        "weight": ("900", "900", "same"),
    }


def test_title_category_archive_and_tags_are_compared() -> None:
    old = content(PAGE, tags=("опт", "мясо"), category_id=1)
    new = content(PAGE, title="Вареники", tags=("опт", "тесто"), archived=True, category_id=1)
    comparison = compare(old, new)
    assert [row.key for row in comparison.fields] == ["title", "archived"]
    assert (comparison.tags_added, comparison.tags_removed) == (("тесто",), ("мясо",))
    assert not comparison.same


def test_a_blank_line_more_is_a_change_of_spacing_only() -> None:
    comparison = of_bodies(PAGE, PAGE.replace("\n\n- Вес", "\n\n\n- Вес"))
    assert comparison.spacing
    assert not comparison.same
    assert {block.kind for block in comparison.blocks} == {"same"}


def test_texts_too_different_are_compared_coarsely_and_say_so() -> None:
    random = Random(1)
    old, new = ("\n\n".join(random.choices("аб", k=5_000)) for _ in range(2))
    comparison = of_bodies(old, new)
    assert comparison.coarse
    assert texts(comparison, "old") == split_blocks(normalise(content(old)).body).texts
    assert not of_bodies(PAGE, PAGE.replace("14", "21")).coarse


@given(writers())
@settings(deadline=None)
def test_both_texts_can_be_read_back_from_the_comparison(writer: Writer) -> None:
    page = writer.page()
    old, new = text_of(page), applied(page, writer.edit(page))
    comparison = of_bodies(old, new)
    assert texts(comparison, "old") == split_blocks(old).texts
    assert texts(comparison, "new") == split_blocks(new).texts


@given(st.text("аб -|#`\n1.", max_size=80), st.text("аб -|#`\n1.", max_size=80))
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    comparison = of_bodies(old, new)
    assert texts(comparison, "old") == split_blocks(normalise(content(old)).body).texts
    assert texts(comparison, "new") == split_blocks(normalise(content(new)).body).texts
    assert str(split_blocks(old)) == old
