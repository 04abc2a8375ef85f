from wiki.pages.transfer.outlines import Outline, Wishes, open_page
from wiki.pages.transfer.titles import settle_titles


def _outlines(**titles: str) -> list[Outline]:
    paths = {name.replace("_", "/") + ".md": title for name, title in titles.items()}
    return [open_page(path, f"# {title}\n\nx", Wishes()).outline for path, title in paths.items()]


def test_the_same_title_twice_gets_the_folder_in_brackets_and_a_remark() -> None:
    outlines = _outlines(en_sales_a="Overview", en_service_b="overview", ru_c="Overview")
    settled, remarks = settle_titles(outlines, set())
    assert [o.title for o in settled] == ["Overview", "overview (service)", "Overview"]
    assert [r.path for r in remarks] == ["en/service/b.md"]


def test_a_title_that_people_here_use_already_is_not_taken_from_them() -> None:
    settled, _ = settle_titles(_outlines(en_sales_a="Prices"), {("all", "en", "prices")})
    assert settled[0].title == "Prices (sales)"


def test_three_of_the_same_in_one_folder_are_numbered() -> None:
    outlines = _outlines(en_x_a="T", en_x_b="T", en_x_c="T")
    assert [o.title for o in settle_titles(outlines, set())[0]] == ["T", "T (x)", "T (x 2)"]


def test_too_long_titles_are_cut_at_a_word_and_marks_of_links_replaced() -> None:
    settled, remarks = settle_titles(_outlines(en_a="word " * 100, en_b="a | b [[c]]"), set())
    assert len(settled[0].title) <= 250
    assert settled[0].title.endswith("word…")
    assert settled[1].title == "a / b [ [c] ]"
    assert len(remarks) == 2
