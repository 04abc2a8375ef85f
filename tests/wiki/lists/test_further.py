"""Further facts in the text of a page: shown as they are, never touching what people wrote."""

import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.lists.further import facts_in, with_facts
from wiki.pages.content import one_line
from wiki.rendering.compose import render
from wiki.rendering.shapes import RenderContext

MARKS = st.text(alphabet="|\\`*_[](){}<>&;#lta!mp- ~^=:.1x'\"", min_size=1, max_size=14)
LINES = (MARKS | st.text(min_size=1, max_size=30)).map(one_line).filter(bool)


@settings(max_examples=300, deadline=None)
@given(name=LINES, value=LINES, origin=LINES)
def test_any_text_is_read_back_and_shown_as_it_is(name: str, value: str, origin: str) -> None:
    body = with_facts("", "en", {name: value}, origin)
    assert facts_in(body) == {name: value}
    assert with_facts(body, "en", {name: value}, "another file") == body
    shown = render(body, RenderContext(language="en")).html
    cells = re.findall(r"<td[^>]*>(.*?)</td>", shown, re.DOTALL)
    assert [html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in cells] == [name, value, origin]


def test_what_people_wrote_stays_and_each_line_keeps_where_it_is_from() -> None:
    first = with_facts("Their office is red.\n", "ru", {"Выручка": "5", "Год": "1996"}, "a.csv")
    assert first.startswith("Their office is red.\n\n## Дополнительные сведения\n\n| Что |")
    mended = first.replace("| 5 | a.csv |", "| 5 | a.csv, checked by Anna |") + "\nMore words.\n"
    later = with_facts(mended, "ru", {"Выручка": "5", "Год": "1997", "Штат": "9"}, "b.csv")
    assert "| Выручка | 5 | a.csv, checked by Anna |" in later
    assert "| Год | 1997 | b.csv |\n| Штат | 9 | b.csv |\n\nMore words." in later
    assert facts_in(later) == {"Выручка": "5", "Год": "1997", "Штат": "9"}


def test_a_heading_without_its_table_gets_a_new_one_below() -> None:
    body = "## Further facts\n\nNone yet.\n"
    after = with_facts(body, "en", {"a": "1"}, "x")
    assert after.startswith(body.rstrip("\n"))
    assert facts_in(after) == {"a": "1"}
    assert with_facts(after, "en", {"a": "1"}, "y") == after
