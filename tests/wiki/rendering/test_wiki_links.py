import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.rendering import LinkTarget, RenderContext, find_wiki_links, fold_title, render

LINKS = {
    fold_title("Пельмень"): LinkTarget("/pages/5-pelmen", "live", "Пельмень"),
    fold_title("Old price"): LinkTarget("/pages/7-old-price", "archived", "Old price"),
    fold_title("Скидки"): LinkTarget("/pages/8-x", anchors={fold_title("Для опта"): "p-old"}),
}
CONTEXT = RenderContext("en", LINKS)


def html_of(text: str) -> str:
    return render(text, CONTEXT).html


def test_a_link_leads_to_the_page_however_its_title_is_written() -> None:
    for typed in ("Пельмень", "пельмень", " ПЕЛЬМЕНЬ ", "пельмень"):
        assert '<a href="/pages/5-pelmen">' in html_of(f"[[{typed}]]")


def test_a_link_may_have_its_own_words_even_in_a_table() -> None:
    assert '<a href="/pages/5-pelmen">the dish</a>' in html_of("[[Пельмень|the dish]]")
    table = html_of("| a | b |\n|---|---|\n| [[Пельмень|the dish]] | [[Пельмень\\|it]] |")
    assert '<td><a href="/pages/5-pelmen">the dish</a></td>' in table
    assert '<td><a href="/pages/5-pelmen">it</a></td>' in table


def test_a_link_to_a_heading_goes_to_its_anchor() -> None:
    assert 'href="/pages/8-x#p-old"' in html_of("[[Скидки#Для опта]]")
    assert 'href="/pages/8-x#p-dlia-kafe"' in html_of("[[Скидки#Для кафе]]")
    assert 'href="#p-part-two"' in html_of("## Part two\n\n[[#Part two]]")


def test_an_absent_page_is_wanted() -> None:
    html = html_of('[[Новая "страница" & co]]')
    assert "/pages/new?title=%D0%9D" in html
    assert 'class="wanted"' in html
    assert "%22" in html
    assert "%26" in html


def test_a_link_to_an_archived_page_says_so() -> None:
    html = html_of("[[Old price]]")
    assert 'class="archived"' in html
    assert 'title="This page is archived"' in html


def test_escaped_and_broken_links_stay_as_typed() -> None:
    for text in ("\\[[Пельмень]]", "[[Пельмень]", "[[]]", "[[ | x]]", "[[a\nb]]"):
        assert "<a" not in html_of(text)


def test_a_title_with_marks_keeps_them() -> None:
    assert ">my_own_page *x*</a>" in html_of("[[my_own_page *x*]]")


CASES = [
    ("[[A]] and [[b|c]] and [[A]]", ("A", "b")),
    ("[[A#x]] [[#y]]", ("A",)),
    ("`[[A]]` ``[[B]] ` `` [[C]]", ("C",)),
    ("```\n[[A]]\n```\n[[B]]", ("B",)),
    ("~~~ md\n[[A]]\n~~~\n[[B]]", ("B",)),
    ("- a\n  ```\n  [[A]]\n  ```\n- [[B]]", ("B",)),
    ("> [[A]]\n> ```\n> [[B]]\n> ```", ("A",)),
    ("text\n\n    [[A]]\n\n[[B]]", ("B",)),
    ("- a\n\n    [[A]]", ("A",)),
    ("| a | b |\n|---|---|\n| [[A|x]] | `[[B]]` |", ("A",)),
    ("# [[A]]\n\n1. [[B]]\n\n   [[C]]", ("A", "B", "C")),
    ("a ` b\n\n[[A]] ` c", ("A",)),
    ("- a ` b\n- [[A]] ` c", ("A",)),
    ("\\`[[A]]\\`", ("A",)),
    ("> [!NOTE]\n> [[A]]", ("A",)),
    ('??? note "x"\n    [[A]]', ("A",)),
    ("[[A]][^1]\n\n[^1]: see [[B]]", ("A", "B")),
    ("**[[A]]** ~~[[B]]~~", ("A", "B")),
    ("```\n[[A]]", ()),
    ("\ud800[[A\x00]]", ("A",)),
]


@pytest.mark.parametrize(("text", "titles"), CASES)
def test_finding_and_rendering_agree_on_what_is_a_link(text: str, titles: tuple[str, ...]) -> None:
    assert find_wiki_links(text) == titles
    assert set(render(text, CONTEXT).wiki_links) == set(titles)


_CODE_AND_LINES = ["`", "``", "```\n", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "\n> ", "    "]
_MARKS = ["[[A]]", "[[B|b]]", "word ", "\n# ", "\\", "*", "<b>", "</b>", "!", "[", "|", "~~"]
PIECES = st.sampled_from(_CODE_AND_LINES + _MARKS)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_rendering_links_no_title_that_was_not_found(text: str) -> None:
    assert set(render(text, CONTEXT).wiki_links) <= set(find_wiki_links(text))


@given(st.text())
@settings(deadline=None)
def test_folding_a_title_twice_changes_nothing(text: str) -> None:
    assert fold_title(fold_title(text)) == fold_title(text)


def test_titles_fold_case_yo_blanks_and_composition() -> None:
    assert fold_title("  Ёлка\u00a0 STRASSE ") == fold_title("елка straße") == "елка strasse"
    assert fold_title("й") == fold_title("й") != fold_title("и")
