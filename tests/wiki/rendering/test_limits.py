import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wiki.rendering.reading import wrongs_in
from wiki.rendering import RenderContext, find_wiki_links, render
from wiki.rendering.sanitize import Page, sanitize

REFUSED = {
    "a text of more than 300,000 characters": "a " * 160_000,
    "20,000 opening brackets": "[" * 20_000,
    "20,000 openings of pictures": "![" * 20_000,
    "10,000 nested brackets": "[" * 10_000 + "]" * 10_000,
    "20,000 openings of tags": "<a " * 20_000,
    "5,000 openings of links": "[a](" * 5_000,
    "2,000 runs of backticks": "` `` " * 1_000,
    "500 list marks in one line": "- " * 500,
    "500 numbers in one line": "1. " * 500,
    "5,000 quote marks in one line": ">" * 5_000,
    "a reference of 3,000 characters": "[a]: http://x.example/" + "x" * 3_000,
    "500 nested boxes": ("<div>" * 50 + "\n\n") * 10,
    "300 open bold tags": ("<b>" * 30 + "\n\n") * 10,
    "300 nested lists of tags": ("<ul><li>" * 30 + "\n\n") * 10,
    "20,000 attributes": "<b " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x</b>",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_text_beyond_the_limits_is_shown_as_typed_with_a_sentence(text: str) -> None:
    rendered = render(text, RenderContext("ru"))
    assert rendered.notice is not None
    assert "ничего не потеряно" in rendered.notice
    assert rendered.html.startswith('<pre class="as-typed">')
    assert rendered.plain_text == text
    assert wrongs_in(rendered.html.replace('class="as-typed"', "")) == []


def test_the_sentence_names_the_line() -> None:
    rendered = render("a\n\nb\nc\n\n" + "[" * 5_000, RenderContext("en"))
    assert rendered.notice is not None
    assert "line 6" in rendered.notice


def test_links_of_a_refused_text_are_not_looked_for() -> None:
    text = "[[A]] " + "[" * 5_000
    assert find_wiki_links(text) == () == render(text, RenderContext()).wiki_links


@pytest.mark.parametrize(
    "text",
    [
        "| [a](/b) | `c` | **d** |\n" * 2 + "|---|---|---|\n" + "| [a](/b) | `c` | **d** |\n" * 250,
        "\n".join("  " * depth + "- item" for depth in range(30)),
        "\n".join(">" * depth + " quote" for depth in range(1, 30)),
        "word " * 20_000,
        "# Heading\n\ntext\n\n" * 400,
    ],
    ids=["a table of 250 rows", "30 levels of list", "30 levels of quote", "100 kB", "400 parts"],
)
def test_a_large_but_honest_text_is_within_the_limits(text: str) -> None:
    assert render(text, RenderContext()).notice is None


def test_characters_no_page_should_hold_are_dropped_or_replaced() -> None:
    rendered = render("a\x00b\x02c\x03d\ud800e\x7f\uf8f1f\r\ng\rh", RenderContext())
    assert rendered.plain_text == "abcd\ufffdef\ng\nh"


MARKS = st.sampled_from(
    [
        *"[]()<>!`*_~#|:-+\\\"'&;{}^=/ \n\t",
        "[[",
        "]]",
        "```",
        "![",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "???",
        "!!! note",
        "[!NOTE]",
        "[^1]",
        "[^1]: ",
        "{#a}",
        "<b>",
        "</b>",
        "<table>",
        "<td>",
        "<a href=x>",
        "<svg>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?",
        "&#106;",
        "http://x.example/",
        "a@b.c",
        "|-|-|",
        "\x02",
        "\x03",
        "\ud800",
        "\uf8f1",
        "javascript:",
        "<pre>",
        "<h1>",
        "<details>",
        "ы",
    ]
)


@given(
    st.one_of(
        st.text(st.characters(codec=None), max_size=200), st.lists(MARKS, max_size=40).map("".join)
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_renders_safely_and_sanitises_to_itself(text: str) -> None:
    rendered = render(text, RenderContext())
    assert rendered.notice is None, rendered.notice
    assert wrongs_in(rendered.html) == []
    assert sanitize(rendered.html, Page(RenderContext())) == rendered.html
