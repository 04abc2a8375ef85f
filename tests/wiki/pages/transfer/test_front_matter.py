import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wiki.pages.transfer.front_matter import join, own_body, split
from wiki.pages.transfer.heads import Head, read_head, write_head

letters = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t'\":#-[]{}|>%@&*! ")
texts = st.text(letters, max_size=60)
words = texts.filter(str.strip)
facts = st.one_of(
    texts,
    st.booleans(),
    st.fixed_dictionaries({"value": texts, "unit": texts}),
    st.fixed_dictionaries({"amount": texts, "currency": texts}),
    st.fixed_dictionaries({"url": texts}),
    st.fixed_dictionaries({"page": texts}),
)
heads = st.builds(
    Head,
    title=words,
    own=st.just(True),
    language=st.sampled_from(["ru", "en"]),
    category=st.lists(words, max_size=3).map(tuple),
    tags=st.lists(words, max_size=4).map(tuple),
    facts=st.dictionaries(words, facts, max_size=4),
    owner=st.none() | words,
    audience=st.none() | words,
    archived=st.booleans(),
    source=st.none() | words,
    twin=st.none() | words,
    revision=st.none() | st.integers(1, 10**6),
    earlier_titles=st.lists(words, max_size=3).map(tuple),
)


@given(heads, texts)
@example(Head(title="yes: no # «🥟» \"a\" 'b'", own=True, language="ru", category=()), "---\n---\n")
@example(Head(title="  2024-03-21", own=True, language="en", category=(), tags=("true",)), "\n\nx")
def test_what_is_written_is_read_back_exactly(head: Head, body: str) -> None:
    front = split(join(write_head(head), body))
    assert front.problem is None
    assert read_head(front.fields) == head
    assert own_body(front.body) == body


def test_a_title_that_looks_like_a_time_or_a_day_stays_a_title() -> None:
    front = split("---\ntitle: 12:30\nms.date: 2024-13-45\nanswer: no\n---\nText")
    assert front.fields == {"title": "12:30", "ms.date": "2024-13-45", "answer": "no"}


def test_a_colon_in_a_title_is_forgiven_and_reported() -> None:
    front = split("---\ntitle: Пельмени: как варить\nauthor: anna\n---\nText")
    assert front.fields == {"title": "Пельмени: как варить", "author": "anna"}
    assert front.body == "Text"
    assert "line by line" in str(front.problem)


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "[" * 500 + "]" * 500,
        "title: [never closed\n  - and: {worse",
    ],
)
def test_hostile_or_broken_front_matter_stays_as_text_that_can_be_seen(block: str) -> None:
    front = split(f"---\n{block}\n---\nText")
    assert front.fields == {}
    assert block in front.body
    assert front.body.startswith("```yaml")
    assert front.body.endswith("Text")
    assert front.problem is not None


def test_a_rule_at_the_top_of_a_text_is_no_front_matter() -> None:
    text = "---\nJust words.\n\n---\nMore."
    assert split(text).body == text
    assert split(text).problem is None


def test_what_other_programs_write_is_used_as_far_as_it_helps() -> None:
    head = read_head(
        {
            "title": " Invoice  sales ",
            "ms.search.keywords": "'bill, sale, Bill'",
            "keywords": ["offer"],
            "lang": "en-US",
            "ms.date": "03/21/2024",
            "author": "somebody",
        }
    )
    assert head.title == "Invoice sales"
    assert head.tags == ("offer", "bill", "sale")
    assert head.language == "en"
    assert head.left_out == ("ms.date", "author")
    assert not head.own
