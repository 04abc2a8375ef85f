"""Terms are found in whatever form they stand, first where they stand first."""

import pytest

from products.catalogue.terms.finding import Term, index_of, terms_in
from search.glossary.rules import Explanations

TERMS = [
    Term(
        1, "КП", ("КП", "коммерческое предложение", "quote"), Explanations("Письмо.", "A letter.")
    ),
    Term(2, "предложение", ("предложение", "offer"), Explanations("Что предлагаем.")),
    Term(3, "GO-12/3", ("GO-12/3", "oven"), Explanations("", "An oven.")),
]


def found(html: str) -> list[tuple[int, str]]:
    return [(one.term.group_id, one.words) for one in terms_in(html, index_of(TERMS))]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Пришлите коммерческого предложения копию.</p>", "коммерческого предложения"),
        ("<p>Коммерческие\nпредложения ждут.</p>", "Коммерческие\nпредложения"),
        ("<p>Our quotes are short.</p>", "quotes"),
        ("<p>Это <b>КП</b> важно.</p>", "КП"),
    ],
)
def test_a_term_is_found_in_its_forms_in_both_languages(html: str, words: str) -> None:
    assert found(html) == [(1, words)]


def test_the_longest_expression_wins_and_each_term_is_named_once() -> None:
    html = "<p>Коммерческое предложение и предложение. Ещё предложение, ещё КП.</p>"
    assert found(html) == [(1, "Коммерческое предложение"), (2, "предложение")]


def test_a_code_is_found_as_one() -> None:
    assert found("<p>The GO-12/3 is new.</p>") == [(3, "GO-12/3")]
    assert found("<p>The GO 12 is new.</p>") == []


@pytest.mark.parametrize(
    "html",
    [
        "<h2>КП</h2>",
        "<p><code>quote</code></p>",
        "<pre><code>a quote</code></pre>",
        '<p><a href="/x">a quote</a></p>',
        "<p>кп</p>",
        "<p>quotation</p>",
        '<p title="quote">x</p>',
        "<p>коммерческое. Предлагаем</p>",
        "",
    ],
)
def test_headings_links_code_and_other_words_are_left_alone(html: str) -> None:
    assert found(html) == []


def test_a_long_page_is_searched_in_bearable_time() -> None:
    assert found("<p>слово word 12 </p>" * 20_000) == []
    assert found("<" * 50_000) == []
