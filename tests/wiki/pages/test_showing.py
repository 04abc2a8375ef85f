"""Facts and tables of contents as a reader sees them."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.queries import PageLine
from wiki.pages.showing import fact_text, linked_pages, nested_toc, shown_facts

TEXT = Field("note", "Заметка", "Note", Kind.TEXT)
DAY = Field("until", "До", "Until", Kind.DATE)
PACK = Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(Choice("bag", "пакет", "bag"),))
LINE = PageLine(17, "pelmeni", "Pelmeni", "en", None, False, datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "field", "english", "russian"),
    [
        (None, TEXT, "", ""),
        ("words", TEXT, "words", "words"),
        ({"value": "1234.5", "unit": "kg"}, TEXT, "1,234.5\u00a0kg", "1\u00a0234,5\u00a0кг"),
        ({"value": "7", "unit": ""}, TEXT, "7", "7"),
        ({"amount": "12.50", "currency": "RUB"}, TEXT, "RUB\u00a012.50", "12,50\u00a0₽"),
        ("2026-03-31", DAY, "March 31, 2026", "31 марта 2026\u202fг."),
        ("soon", DAY, "soon", "soon"),
        ("bag", PACK, "bag", "пакет"),
        ("barrel", PACK, "barrel", "barrel"),
        ({"url": "https://example.com"}, TEXT, "https://example.com", "https://example.com"),
        ({"page": 17}, TEXT, "/pages/17", "/pages/17"),
    ],
)
def test_a_fact_reads_well_in_both_languages(
    app: Flask, value: object, field: Field, english: str, russian: str
) -> None:
    with app.test_request_context():
        shown = [fact_text(value, field, code) for code in ("en", "ru")]
    assert [text.replace("\u202f", "\u00a0") for text in shown] == [
        english,
        russian.replace("\u202f", "\u00a0"),
    ]


def test_facts_stand_in_the_order_of_the_list_and_strays_after_them(app: Flask) -> None:
    needed = Field("code", "Артикул", "Article", Kind.TEXT, required=True)
    with app.test_request_context():
        shown = shown_facts((needed, TEXT, DAY), {"old": "stray", "note": "words"}, "en")
    assert [(f.label, f.text, f.missing) for f in shown] == [
        ("Article", "", True),
        ("Note", "words", False),
        ("old", "stray", False),
    ]


def test_a_link_to_a_page_shows_its_title_and_one_to_a_hidden_page_shows_nothing_of_it(
    app: Flask,
) -> None:
    facts = {"sheet": {"page": 17}, "site": {"url": "https://example.com"}}
    assert linked_pages(facts) == [17]
    with app.test_request_context():
        seen, site = shown_facts((), facts, "en", {17: LINE})
        hidden, _site = shown_facts((), facts, "en", {})
    assert (seen.text, seen.url) == ("Pelmeni", "/pages/17-pelmeni")
    assert (hidden.text, hidden.url) == ("…", "")
    assert site.url == "https://example.com"


def test_headings_nest_by_their_level() -> None:
    toc = [(2, "a", "A"), (3, "b", "B"), (4, "c", "C"), (2, "d", "D"), (1, "e", "E")]
    top = nested_toc(toc)
    assert [(line.text, [below.text for below in line.below]) for line in top] == [
        ("A", ["B"]),
        ("D", []),
        ("E", []),
    ]
    assert nested_toc([]) == []
