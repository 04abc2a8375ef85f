from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.rendering import RenderContext, TocEntry, fold_title, lasting_anchors, render


def toc_of(text: str, **known: object) -> list[TocEntry]:
    return render(text, RenderContext("ru", **known)).toc  # type: ignore[arg-type]


def old(*texts: str) -> list[TocEntry]:
    return [TocEntry(2, f"p-old{place}", text) for place, text in enumerate(texts)]


def test_headings_have_readable_anchors_and_repeats_are_numbered() -> None:
    toc = toc_of("# Скидки\n## Для *опта*\n## Для опта\n### `code` & [[Link|x]]")
    assert [(entry.level, entry.anchor, entry.text) for entry in toc] == [
        (2, "p-skidki", "Скидки"),
        (3, "p-dlia-opta", "Для опта"),
        (3, "p-dlia-opta-2", "Для опта"),
        (4, "p-code-x", "code & x"),
    ]


def test_the_page_title_stays_the_only_first_level() -> None:
    assert [entry.level for entry in toc_of("# a\n## b\n###### c")] == [2, 3, 6]
    assert [entry.level for entry in toc_of("## a\n### b")] == [2, 3]


def test_an_explicit_anchor_wins_over_everything() -> None:
    toc = toc_of("## A {#b}\n## B", previous_toc=[TocEntry(2, "p-z", "A"), TocEntry(2, "p-b", "B")])
    assert [entry.anchor for entry in toc] == ["p-b", "p-b-2"]
    assert toc[0].text == "A"


def test_a_heading_with_two_explicit_anchors_answers_to_both() -> None:
    html = render("## A {#x} {#y}\n\n[1](#x) [2](#y)", RenderContext()).html
    assert 'id="p-x"' in html
    assert 'id="p-y"' in html


def test_an_unchanged_heading_keeps_its_anchor() -> None:
    assert lasting_anchors(old("a", "b"), ["new", "A", "b"]) == [None, "p-old0", "p-old1"]


def test_a_reworded_heading_at_the_same_place_keeps_its_anchor() -> None:
    assert lasting_anchors(old("a", "b", "c"), ["a", "completely", "c"])[1] == "p-old1"
    assert lasting_anchors(old("Цены для опта"), ["Новое", "Цены для оптовиков"]) == [
        None,
        "p-old0",
    ]


def test_a_moved_heading_takes_its_anchor_along() -> None:
    kept = lasting_anchors(old("a", "b", "c"), ["c", "a", "b"])
    assert kept == ["p-old2", "p-old0", "p-old1"]


def test_repeated_headings_keep_theirs_in_order() -> None:
    assert lasting_anchors(old("x", "x", "x"), ["x", "x"]) == ["p-old0", "p-old1"]


def test_a_page_keeps_anchors_through_three_revisions() -> None:
    first = toc_of("## Цены\n\n## Доставка")
    second = toc_of("## Цены и скидки\n\n## Доставка", previous_toc=first)
    third = toc_of("## Новое\n\n## Цены и скидки\n\n## Доставка", previous_toc=second)
    assert [entry.anchor for entry in third] == ["p-novoe", "p-tseny", "p-dostavka"]


def test_a_heading_that_returns_gets_the_anchor_known_from_before() -> None:
    toc = toc_of("## Цены", known_anchors={fold_title("цены"): "p-2019"})
    assert toc[0].anchor == "p-2019"


def test_a_link_by_the_words_of_a_heading_reaches_its_older_anchor() -> None:
    html = render(
        "[up](#new-words)\n\n## New words",
        RenderContext("en", previous_toc=[TocEntry(2, "p-old", "Old words")]),
    ).html
    assert 'href="#p-old"' in html
    assert 'id="p-old"' in html


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
@settings(deadline=None)
def test_no_anchor_is_given_twice(before: list[str], after: list[str]) -> None:
    kept = [anchor for anchor in lasting_anchors(old(*before), after) if anchor]
    assert len(kept) == len(set(kept))
