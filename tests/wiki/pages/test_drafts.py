"""A whole draft in a hidden field: nothing is lost on the way, and nothing forged comes in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.errors import Refusal
from wiki.pages.content import Content
from wiki.pages.drafts import content_from_text, content_to_text

FACTS = {
    "text": "x" * 1000,
    "yes": True,
    "number": {"value": "12.5", "unit": "kg"},
    "money": {"amount": "1.50", "currency": "RUB"},
    "page": {"page": 17},
    "url": {"url": "https://example.com"},
}
PAGE = Content("Пельмени", "Текст.\n", FACTS, ("a", "б"), 3)


def forged(**changes: object) -> str:
    return json.dumps({**json.loads(content_to_text(PAGE)), **changes})


def test_a_draft_comes_back_as_it_went() -> None:
    assert content_from_text(content_to_text(PAGE)) == PAGE


@given(st.text(), st.text(), st.lists(st.text()))
def test_any_text_comes_back_as_it_went(title: str, body: str, tags: list[str]) -> None:
    page = Content(title, body, {}, tuple(tags), None)
    assert content_from_text(content_to_text(page)) == page


@pytest.mark.parametrize(
    "facts",
    [
        {"x": {"value": "abc", "unit": "kg"}},
        {"x": {"value": "1e-999999", "unit": "kg"}},
        {"x": {"value": 5, "unit": "kg"}},
        {"x": {"value": "5", "unit": "kg", "more": 1}},
        {"x": {"value": "5", "unit": "k" * 21}},
        {"x": {"amount": "5", "currency": "zorkmid"}},
        {"x": {"amount": "NaN", "currency": "RUB"}},
        {"x": {"page": -1}},
        {"x": {"page": 2**31}},
        {"x": {"page": "1"}},
        {"x": {"url": "javascript:alert(1)"}},
        {"x": {"unknown": 1}},
        {"x": {}},
        {"x": None},
        {"x": 5},
        {"x": ["a"]},
        {"x": "y" * 1001},
        [],
    ],
)
def test_facts_that_could_not_be_shown_do_not_come_in(facts: object) -> None:
    assert content_from_text(forged(facts=FACTS))
    with pytest.raises(Refusal, match="came back damaged"):
        content_from_text(forged(facts=facts))


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", '"x"', "{}", "[" * 100_000, '{"title": NaN}', "9" * 5000]
)
def test_a_damaged_draft_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refusal, match="keeps what you typed"):
        content_from_text(text)


@pytest.mark.parametrize(
    "changes", [{"category_id": "3"}, {"category_id": -1}, {"category_id": 2**31}, {"tags": "ab"}]
)
def test_other_forged_parts_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="came back damaged"):
        content_from_text(forged(**changes))
