import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.pages.transfer.marks import convert

MARKS = [
    '{% note info "Title" %}\n\nText\n\n{% endnote %}',
    '{% cut "Title" %}\n\nText\n\n{% endcut %}',
    "{% list tabs %}\n\n- One\n\n  Text\n\n{% endlist %}",
    "{% include [a](b.md) %}",
    "#|\n|| a | b ||\n|#",
    "not_var{{ name }}",
    "<!-- comment -->",
    "[!INCLUDE [a](b.md)]",
    ':::image type="icon" source="a.png" alt="b":::',
    "[word](*term)",
    "##mono##",
    "{% if a %}",
    "[//]: # (comment)",
]


def _text(source: str, language: str = "en") -> str:
    return convert(source, language).text.strip("\n")


@pytest.mark.parametrize("mark", MARKS)
def test_marks_in_code_stay_as_they_are(mark: str) -> None:
    fenced = f"```markdown\n{mark}\n```"
    assert convert(fenced, "ru").text == fenced
    indented = "\n".join(f"  {line}" for line in fenced.split("\n"))
    assert convert(f"- item\n\n{indented}", "ru").text == f"- item\n\n{indented}"
    if "\n" not in mark:
        assert convert(f"Write `{mark}` here", "ru").text == f"Write `{mark}` here"


@pytest.mark.parametrize("mark", MARKS)
def test_marks_outside_code_are_converted_and_counted(mark: str) -> None:
    converted = convert(mark, "en")
    assert converted.text != mark
    assert converted.counts.total() >= 1


def test_a_note_becomes_an_admonition_of_the_same_weight() -> None:
    source = "{% note warning %}\n\nBeware.\n\n* one\n\n{% endnote %}\n\nAfter"
    assert _text(source) == "!!! important\n    Beware.\n\n    * one\n\nAfter"


def test_a_note_with_a_title_keeps_it() -> None:
    assert _text('{% note tip "My «title»" %}\nx\n{% endnote %}') == '!!! tip "My «title»"\n    x'


def test_notes_and_cuts_inside_each_other_and_in_lists_keep_their_places() -> None:
    source = (
        '1. Step\n\n   {% cut "More" %}\n\n   {% note alert %}\n\n   Hot.\n\n   ```\n'
        "   {% note %}\n"
        "   ```\n\n   {% endnote %}\n\n   {% endcut %}\n\n2. Next"
    )
    assert _text(source) == (
        '1. Step\n\n   ??? note "More"\n       !!! warning\n           Hot.\n\n           ```\n'
        "           {% note %}\n           ```\n\n2. Next"
    )


def test_tabs_stand_one_after_the_other_under_their_names() -> None:
    source = (
        "{% list tabs group=os %}\n\n- Linux {selected}\n\n  Do this:\n\n  - a\n\n"
        "- macOS\n\n  Do that.\n\n{% endlist %}"
    )
    assert _text(source) == "**Linux**\n\nDo this:\n\n- a\n\n**macOS**\n\nDo that."


def test_blank_lines_in_code_stay_even_inside_marks() -> None:
    code = "```\none\n\n\n\ntwo\n```"
    for mark in ("{{% note info %}}\n{}\n{{% endnote %}}", "#|\n|| A | B ||\n|| x |\n{}\n||\n|#"):
        made = _text(mark.format(code)).split("\n")
        lines = [line.strip() for line in made]
        assert lines[lines.index("one") : lines.index("two")] == ["one", "", "", ""]


def test_a_table_with_short_cells_becomes_a_markdown_table() -> None:
    source = (
        '#|\n|:{header-rows="1"}\n|| **Name** | Price ||\n|| Bag `a|b` \n|\n- 800 g\n- 1 kg||\n'
        "|| ^ | > ||\n|# {wide-content}"
    )
    assert _text(source) == (
        "| Name | Price |\n| --- | --- |\n| Bag `a\\|b` | • 800 g<br>• 1 kg |\n|  |  |"
    )


def test_a_table_with_code_in_its_cells_becomes_a_text_that_loses_nothing() -> None:
    source = (
        "#|\n|| **Key** | **Meaning** | **Default** ||\n"
        "|| `a` {#a} | Sets:\n\n```yaml\na: x | y\n```\n| no ||\n|#"
    )
    assert _text(source) == (
        "##### `a` {#a}\n\n*Meaning:*\n\nSets:\n\n```yaml\na: x | y\n```\n\n*Default:*\n\nno"
    )


def test_a_table_in_a_table_is_kept() -> None:
    source = "#|\n|| A | B ||\n|| 1 |\n\n#|\n|| x | y ||\n|| 5 | 6 ||\n|#\n\n||\n|#"
    text = _text(source)
    assert "| 5 | 6 |" in text
    assert "**1**" in text


def test_a_table_that_cannot_be_read_is_kept_as_code() -> None:
    assert _text("#|\n|| a | b\n|#") == "```\n#|\n|| a | b\n|#\n```"


def test_a_mark_that_is_never_closed_stays_where_one_can_see_it() -> None:
    converted = convert('{% cut "Open" %}\n\nText', "en")
    assert '`{% cut "Open" %}`' in converted.text
    assert "Text" in converted.text


def test_anchors_stay_on_headings_and_go_elsewhere() -> None:
    source = "## Use `x` { #use }\n\n1. Step one. {#step}\n\n![a](b.png){width=100}"
    assert _text(source) == "## Use `x` {#use}\n\n1. Step one.\n\n![a](b.png)"


def test_alerts_stay_and_frames_and_videos_become_plain() -> None:
    source = '> [!Note]  \n> Text\n\n> [!div class="x"]\n> [Next](a.md)\n\n> [!VIDEO https://a.example/v]'
    assert _text(source, "ru") == (
        "> [!NOTE]\n> Text\n\n> [Next](a.md)\n\n[Видео](https://a.example/v)"
    )


def test_comments_go_over_many_lines_but_not_those_in_code_or_never_closed() -> None:
    source = "a <!-- one\n\n```\ntwo\n``` --> b\n\n`<!-- kept -->` <!-- gone --> c\n\nd <!-- open"
    assert _text(source) == "a  b\n\n`<!-- kept -->`  c\n\nd <!-- open"


def test_an_inserted_text_is_named_in_the_language_of_the_page() -> None:
    assert _text("{% include notitle [x](../_includes/a.md#p) %}", "ru") == (
        "*Здесь вставлялся общий текст из файла* `../_includes/a.md#p`"
    )


def test_terms_become_footnotes_with_all_their_lines() -> None:
    source = "A [word](*term).\n\n[*term]: Meaning:\n* list\n* more\n\nAfter"
    assert _text(source) == ("A word[^term].\n\n[^term]: Meaning:\n    * list\n    * more\n\nAfter")


def test_lists_of_definitions_become_lists() -> None:
    source = (
        "Text\non two lines\n:   no definition\n\n"
        "Term\n\n:   Meaning\n\n    Inner\n\n    :   More\n\nEnd"
    )
    assert _text(source) == (
        "Text\non two lines\n:   no definition\n\n- **Term**\n\n    Meaning\n\n    - **Inner**\n\n"
        "        More\n\nEnd"
    )


def test_non_breaking_blanks_and_guillemets_stay() -> None:
    source = "Срок\u00a0— 30\u202fдней, «не\u00a0позже»"
    assert _text(source) == source


words = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)


@given(st.lists(words | st.sampled_from(MARKS) | st.sampled_from(["```", "`", "\n", "||", "- "])))
def test_no_word_of_any_text_is_lost_but_in_comments(parts: list[str]) -> None:
    source = "\n".join(part for part in parts if "comment" not in part)
    text = convert(source, "en").text
    for part in parts:
        if part.isalnum():
            assert part in text


@given(st.text(st.sampled_from("ab*_ \n#>-1.![]()`"), max_size=200))
def test_plain_markdown_is_left_alone(source: str) -> None:
    if "##" not in source and "[!" not in source and "@[" not in source and "#|" not in source:
        assert convert(source, "en").text == source


@pytest.mark.parametrize(
    "hostile",
    ["<!--" * 60_000, "`" * 200_000, "` `` " * 50_000, "{% note %}\n" * 20_000, "#|\n" * 50_000,
     "|| | " * 50_000, "{" * 200_000, "[" * 200_000, "##a" * 60_000, "> [!" * 50_000,
     ":::image " * 30_000, "a {#x} " * 30_000, "#|\n" + "|| a |" * 40_000 + "\n|#"],
)  # fmt: skip
def test_hostile_text_takes_no_longer_than_its_length_allows(hostile: str) -> None:
    began = time.process_time()
    convert(hostile, "ru")
    assert time.process_time() - began < 4
