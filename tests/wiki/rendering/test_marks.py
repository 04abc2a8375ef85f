import re

import pytest

from wiki.rendering import RenderContext, render

RU, EN = RenderContext("ru"), RenderContext("en")


def html_of(text: str, context: RenderContext = EN) -> str:
    return re.sub(r">\s+<", "><", render(text, context).html)


def test_a_table_scrolls_in_a_box_that_has_a_name() -> None:
    html = html_of("| a | b |\n|---|--:|\n| 1 | 2 |", RU)
    assert html.startswith(
        '<div class="table-scroll" tabindex="0" role="region" '
        'aria-label="Таблица 1, прокручивается вбок"><table>'
    )
    assert html.endswith("</table></div>")
    assert '<td align="right">2</td>' in html


@pytest.mark.parametrize("kind", ["NOTE", "Tip", "important", "WARNING", "CAUTION"])
def test_alerts_become_boxes_titled_in_the_language_of_the_page(kind: str) -> None:
    html = html_of(f"> [!{kind}]\n> Text **bold**")
    assert html == (
        f'<div class="admonition {kind.lower()}"><p class="admonition-title">'
        f"{kind.capitalize()}</p><p>Text <strong>bold</strong></p></div>"
    )


def test_alerts_speak_russian_on_russian_pages() -> None:
    assert "Примечание" in html_of("> [!NOTE] Текст", RU)
    assert "Внимание" in html_of("!!! warning\n    Текст", RU)
    assert "Свой заголовок" in html_of('!!! warning "Свой заголовок"\n    Текст', RU)


def test_alerts_in_a_row_stay_apart_and_hold_lists() -> None:
    html = html_of("> [!NOTE]\n> - a\n> - b\n\n> [!TIP]\n> c")
    assert html.count("admonition-title") == 2
    assert "<ul><li>a</li><li>b</li></ul>" in html


def test_an_ordinary_quote_stays_a_quote() -> None:
    assert html_of("> a\n>\n> b") == "<blockquote><p>a</p><p>b</p></blockquote>"


def test_a_collapsible_block_has_its_title_and_its_marks() -> None:
    html = html_of('??? tip "More"\n    inner **x**\n\n    - y\n\nafter')
    assert html == (
        '<details class="admonition tip"><summary>More</summary>'
        "<p>inner <strong>x</strong></p><ul><li>y</li></ul></details><p>after</p>"
    )
    assert "<details open><summary>Details</summary><p>x</p></details>" in html_of("???+\n    x")
    assert "<summary>Подробнее</summary>" in html_of("??? \n    x", RU)


def test_tasks_show_their_state_and_say_it() -> None:
    html = html_of("- [ ] call\n- [x] write *now*\n- plain", RU)
    assert '<input type="checkbox" disabled aria-label="не сделано"> call' in html
    assert (
        '<input type="checkbox" disabled checked aria-label="сделано"> write <em>now</em>' in html
    )
    assert html.count("<input") == 2
    assert html.startswith('<ul class="task-list">')


def test_lists_are_read_as_on_github() -> None:
    html = html_of("Text:\n- a\n  - b\n    more\n- c\n1) x\n2) y")
    assert html.startswith("<p>Text:</p><ul><li>a<ul><li>b")
    assert "<ol><li>x</li><li>y</li></ol>" in html


def test_lists_with_four_blanks_are_read_as_well() -> None:
    assert html_of("- a\n    - b\n        - c") == (
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"
    )


def test_a_paragraph_and_code_stay_inside_their_item() -> None:
    html = html_of("1. one\n\n   para\n\n   ```\n   code\n   ```\n\n2. two")
    assert html.count("<ol>") == 1
    assert html.count("<li>") == 2
    assert "<p>para</p>" in html
    assert "<code>code</code>" in html


def test_a_number_in_running_text_starts_no_list() -> None:
    assert "<ol>" not in html_of("It was sold in\n2019. Then no more.")


def test_a_hash_without_a_blank_is_no_heading() -> None:
    assert html_of("#42 is the order") == "<p>#42 is the order</p>"


def test_code_gets_colours_by_class_and_keeps_its_text() -> None:
    html = html_of('```python\ndef f():\n    return "<b>"\n```')
    assert '<span class="k">def</span>' in html
    assert "style=" not in html
    assert "&lt;b&gt;" in html
    assert html.startswith('<div class="codehilite"><pre tabindex="0">')


def test_code_in_an_unknown_language_is_shown_plain() -> None:
    assert "<code>x &lt; y</code>" in html_of("```nosuch\nx < y\n```")
    assert "<code>x</code>" in html_of("~~~\nx\n~~~")


def test_a_fence_inside_a_quote_is_code() -> None:
    assert "<code>[[x]] *y*</code>" in html_of("> a\n> ```\n> [[x]] *y*\n> ```\n> b")


def test_a_fence_left_open_reaches_to_the_end() -> None:
    assert "<code># x\n\n- y</code>" in render("```\n# x\n\n- y", EN).html


def test_indented_code_stays_code() -> None:
    assert "<code>- a\n  b\n</code>" in render("text\n\n    - a\n      b\n", EN).html


def test_struck_text_and_bare_addresses() -> None:
    html = html_of("~~old~~ see https://x.example/a_b_c?d=1&e=2. Or a.b@c.example!")
    assert "<del>old</del>" in html
    assert 'href="https://x.example/a_b_c?d=1&amp;e=2"' in html
    assert "</a>. Or" in html
    assert '<a href="mailto:a.b@c.example">a.b@c.example</a>!' in html


def test_an_address_that_is_a_link_already_is_left_alone() -> None:
    html = html_of("[https://x.example](https://y.example) `https://z.example`")
    assert html.count("<a ") == 1


def test_footnotes_point_both_ways_in_the_language_of_the_page() -> None:
    html = html_of("A[^1]\n\n[^1]: Note", RU)
    assert 'id="p-fnref-1"' in html
    assert 'href="#p-fn-1"' in html
    assert 'id="p-fn-1"' in html
    assert "Вернуться к сноске 1 в тексте" in html


def test_attribute_lists_are_plain_text() -> None:
    assert "onclick" not in render("x {: onclick=alert(1) }", EN).html.replace("{: onclick", "")


def test_plain_text_has_the_words_without_the_marks() -> None:
    text = render(
        "# Скидки[^1]\n\n- **до** 5 %\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n[^1]: сноска", RU
    ).plain_text
    assert text.split("\n")[:2] == ["Скидки", "до 5 %"]
    assert "сноска" in text
    assert "↩" not in text
    assert "|" not in text


def test_items_after_pictures_and_paragraphs_stay_items() -> None:
    html = html_of("1. one\n\n   - a\n   - b\n2. two\n\n   picture\n3. three")
    assert html.count("<ol>") == 1
    assert html.count("<li>") == 5


def test_a_table_may_follow_a_line_of_text() -> None:
    assert "<p>Prices:</p>" in html_of("Prices:\n| a | b |\n|---|---|\n| 1 | 2 |")
