"""Two people at once: what is merged, what is asked, and what an answer gives."""

import pytest

from tests.wiki.pages.strategies import content
from wiki.errors import Refusal
from wiki.pages.content import Content
from wiki.pages.merge import Choice, Conflicted, Merged, Take, merge, resolve, undo
from wiki.pages.merge_text import Hunk

PAGE = """# Пельмени «Сибирские»

Срок поставки составляет 14 дней с даты заказа, доставка за наш счёт.

- Вес пачки 900 граммов
- Цена 350 рублей

Хранить при температуре не выше минус 18 градусов.
"""


def merged_body(base: str, ours: str, theirs: str) -> str:
    answer = merge(content(base), content(ours), content(theirs))
    assert isinstance(answer, Merged), answer
    return answer.content.body


def hunks(base: str, ours: str, theirs: str) -> tuple[Hunk, ...]:
    answer = merge(content(base), content(ours), content(theirs))
    assert isinstance(answer, Conflicted), answer
    return answer.text.hunks


def decided(answer: Merged | Conflicted, take: Take) -> Content:
    """Return the content after giving the same answer to every question."""
    if isinstance(answer, Merged):
        return answer.content
    return resolve(answer, {name: Choice(take) for name in answer.names})


def test_two_changes_in_one_paragraph_are_both_taken() -> None:
    ours = PAGE.replace("14 дней", "21 дня")
    theirs = PAGE.replace("за наш счёт", "за счёт клиента")
    assert merged_body(PAGE, ours, theirs) == ours.replace("за наш счёт", "за счёт клиента")


def test_neighbouring_words_changed_by_two_people_are_a_question() -> None:
    ours, theirs = PAGE.replace("14 дней", "21 дней"), PAGE.replace("14 дней", "14 недель")
    (hunk,) = hunks(PAGE, ours, theirs)
    assert "21 дней" in hunk.ours
    assert "14 недель" in hunk.theirs


def test_neighbouring_cells_of_a_table_are_no_question() -> None:
    base = "| вес | цена |\n|---|---|\n| 900 | 350 |\n"
    ours, theirs = base.replace("900", "800"), base.replace("350", "370")
    assert merged_body(base, ours, theirs) == base.replace("900 | 350", "800 | 370")


def test_the_texts_of_a_question_hold_what_the_other_changed_elsewhere_in_the_paragraph() -> None:
    ours = PAGE.replace("14 дней", "21 дня").replace("за наш счёт", "бесплатно")
    (hunk,) = hunks(PAGE, ours, PAGE.replace("14", "18"))
    assert hunk.theirs.endswith("бесплатно.")
    assert "18 дней" in hunk.theirs


def test_one_change_made_by_both_is_made_once() -> None:
    both = PAGE.replace("14 дней", "21 дня") + "\nНовый абзац о сроках.\n"
    assert merged_body(PAGE, both, both.replace("350", "370")) == both.replace("350", "370")


def test_a_paragraph_removed_by_one_and_changed_by_the_other_is_a_question() -> None:
    paragraph = "Срок поставки составляет 14 дней с даты заказа, доставка за наш счёт."
    ours, theirs = PAGE.replace(paragraph + "\n\n", ""), PAGE.replace("14", "21")
    (hunk,) = hunks(PAGE, ours, theirs)
    assert (hunk.base, hunk.ours, hunk.theirs) == (
        paragraph,
        "",
        paragraph.replace("14", "21"),
    )
    answer = merge(content(PAGE), content(ours), content(theirs))
    assert decided(answer, "ours").body == ours
    assert decided(answer, "theirs").body == theirs


def test_different_paragraphs_put_at_one_place_are_for_a_person_to_order() -> None:
    ours = PAGE.replace("\n\n- Вес", "\n\nМинимальная партия 10 пачек.\n\n- Вес")
    theirs = PAGE.replace("\n\n- Вес", "\n\nОбразцы бесплатно.\n\n- Вес")
    (hunk,) = hunks(PAGE, ours, theirs)
    assert (hunk.ours, hunk.theirs) == ("Минимальная партия 10 пачек.", "Образцы бесплатно.")
    both = decided(merge(content(PAGE), content(ours), content(theirs)), "theirs_then_ours")
    added = "\n\nОбразцы бесплатно.\n\nМинимальная партия 10 пачек.\n\n- Вес"
    assert both.body == PAGE.replace("\n\n- Вес", added)


def test_an_addition_to_the_end_of_a_list_leaves_the_list_whole() -> None:
    ours = PAGE.replace("350 рублей\n", "350 рублей\n- Упаковка картонная\n")
    theirs = PAGE.replace("350", "370")
    assert merged_body(PAGE, ours, theirs) == ours.replace("350", "370")


def test_both_ends_of_a_list_removed_by_two_people_leave_the_space_around_it() -> None:
    base = "Список:\n\n- первый пункт\n- второй пункт\n- третий пункт\n\nКонец.\n"
    ours, theirs = base.replace("- третий пункт\n", ""), base.replace("- первый пункт\n", "")
    assert merged_body(base, ours, theirs) == "Список:\n\n- второй пункт\n\nКонец.\n"


def test_a_paragraph_split_by_one_takes_the_words_of_the_other() -> None:
    ours = PAGE.replace("заказа, доставка", "заказа.\n\nДоставка")
    theirs = PAGE.replace("14", "21").replace("счёт.", "счёт, без доплат.")
    assert merged_body(PAGE, ours, theirs) == theirs.replace(
        "заказа, доставка", "заказа.\n\nДоставка"
    )


def test_lines_of_code_are_merged_line_by_line() -> None:
    base = "```\nрост = 1\nцена = 2\nвес = 3\n```\n"
    ours, theirs = base.replace("рост = 1", "рост = 5"), base.replace("цена = 2", "цена = 7")
    assert merged_body(base, ours, theirs) == ours.replace("цена = 2", "цена = 7")


def test_the_summary_says_what_came_from_the_other_side() -> None:
    base = content(PAGE, facts={"weight": "900", "price": "350"})
    ours = content(PAGE.replace("900", "800"), facts={"weight": "800", "price": "350"})
    theirs = content(
        PAGE.replace("350", "370"), facts={"weight": "900", "price": "370"}, title="Иначе"
    )
    answer = merge(base, ours, theirs)
    assert isinstance(answer, Merged)
    assert answer.content.facts == {"weight": "800", "price": "370"}
    summary = answer.summary
    assert (summary.blocks, summary.facts, summary.fields) == (1, ("price",), ("title",))


def test_one_fact_changed_by_both_is_a_question_with_all_three_values() -> None:
    base, ours, theirs = (content(PAGE, facts={"price": price}) for price in ("1", "2", "3"))
    answer = merge(base, ours, theirs)
    assert isinstance(answer, Conflicted)
    (field,) = answer.fields
    assert (field.fact, field.base, field.ours, field.theirs) == ("price", "1", "2", "3")
    assert decided(answer, "ours").facts == {"price": "2"}
    written = resolve(answer, {field.name: Choice("written", "4")})
    assert written.facts == {"price": "4"}


def test_a_fact_removed_by_one_and_changed_by_the_other_is_a_question() -> None:
    base, theirs = content(PAGE, facts={"price": "1"}), content(PAGE, facts={"price": "2"})
    answer = merge(base, content(PAGE), theirs)
    assert isinstance(answer, Conflicted)
    assert decided(answer, "ours").facts == {}
    assert decided(answer, "theirs").facts == {"price": "2"}


def test_tags_of_both_sides_are_joined_and_removed_ones_stay_away() -> None:
    base = content(PAGE, tags=("опт", "мясо"))
    ours, theirs = (
        content(PAGE, tags=("мясо", "новинка")),
        content(PAGE, tags=("опт", "Мясо", "сеть")),
    )
    answer = merge(base, ours, theirs)
    assert isinstance(answer, Merged)
    assert answer.content.tags == ("Мясо", "новинка", "сеть")


def test_a_category_changed_by_one_is_taken_and_by_both_is_a_question() -> None:
    first, second, third = (content(PAGE, category_id=number) for number in (1, 2, 3))
    moved = merge(first, first, second)
    assert isinstance(moved, Merged)
    assert moved.content.category_id == 2
    assert isinstance(merge(first, second, third), Conflicted)


def test_a_question_without_an_answer_saves_nothing() -> None:
    answer = merge(content(PAGE), content("Одно.\n"), content("Другое.\n"))
    assert isinstance(answer, Conflicted)
    with pytest.raises(Refusal, match="not decided"):
        resolve(answer, {})


def test_what_a_person_wrote_instead_stands_in_the_place_of_both() -> None:
    ours, theirs = PAGE.replace("14", "21"), PAGE.replace("14", "18")
    answer = merge(content(PAGE), content(ours), content(theirs))
    assert isinstance(answer, Conflicted)
    written = resolve(answer, {"hunk-1": Choice("written", "Срок по договору.\r\n")})
    assert "\n\nСрок по договору.\n\n- Вес" in written.body


def test_two_people_who_fill_an_empty_page_are_both_heard() -> None:
    (hunk,) = hunks("", "Первый.\n", "Второй.\n")
    assert (hunk.base, hunk.ours, hunk.theirs) == ("", "Первый.", "Второй.")


def test_undo_takes_back_one_revision_and_keeps_the_later_ones() -> None:
    parent, revision = content(PAGE), content(PAGE.replace("14", "21"))
    current = content(PAGE.replace("14", "21").replace("350", "370"))
    answer = undo(current, revision, parent)
    assert isinstance(answer, Merged)
    assert answer.content.body == PAGE.replace("350", "370")


def test_undo_asks_when_the_same_words_were_changed_again() -> None:
    parent, revision = content(PAGE), content(PAGE.replace("14", "21"))
    assert isinstance(undo(content(PAGE.replace("14", "30")), revision, parent), Conflicted)
