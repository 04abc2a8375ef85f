import time

import pytest

from wiki.pages.transfer.links import Atlas, Rewritten, rewrite_links
from wiki.pages.transfer.outlines import Outline, Wishes, open_page
from wiki.pages.transfer.planning import Plan

PAGES = {
    "ru/sales/invoice.md": "# Счета\n\n## Создание счёта {#create}\n\n## Оплата",
    "ru/sales/offer.md": "# Предложения",
    "ru/sales/deep-page-name.md": "# Глубоко",
    "en/sales/invoice.md": "# Invoices",
    "ru/index.md": "# Начало",
    "ru/odd.md": "# Числа [1] и C#",
}


def _atlas(files: dict[str, str] | None = None) -> Atlas:
    plan = Plan()
    plan.settle([open_page(path, text, Wishes()).outline for path, text in PAGES.items()])
    files = files or {}
    return Atlas(
        pages=plan.outlines,
        files=frozenset(files),
        attach=files.get,
        address_of=lambda outline: f"/pages/7-{outline.language}",
        means=plan.means,
    )


def _rewritten(text: str, path: str = "ru/sales/offer.md", **files: str) -> Rewritten:
    atlas = _atlas({"ru/media/a.png": "/files/3/a.png", "ru/media/b b.pdf": "/files/4/b.pdf"})
    return rewrite_links(text, atlas.pages[path], atlas)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[счёт](invoice.md)", "[[Счета|счёт]]"),
        ("[Счета](./invoice.md)", "[[Счета]]"),
        ("[](invoice.md)", "[[Счета]]"),
        ("[{#T}](invoice.md)", "[[Счета]]"),
        ("[счёт](invoice.md#create)", "[[Счета#create|счёт]]"),
        ("[счёт](invoice.md#оплата)", "[[Счета#Оплата|счёт]]"),
        ("[счёт](invoice.md#unknown)", "[[Счета|счёт]]"),
        ("[**счёт**](invoice.md \"title\")", "**[[Счета|счёт]]**"),
        ("[файл `x.md` тут](invoice.md)", "[[Счета|файл x.md тут]]"),
        ("[home](/ru/index.md)", "[[Начало|home]]"),
        ("[home](../)", "[[Начало|home]]"),
        ("[счёт](invoice?view=x)", "[[Счета|счёт]]"),
        ("[счёт](invoice.html)", "[[Счета|счёт]]"),
        ("[in English](../../en/sales/invoice.md)", "[[Invoices|in English]]"),
        ("[глубоко](../deep/page/name.md)", "[[Глубоко|глубоко]]"),
        ("[числа](../odd.md)", "[числа](/pages/7-ru)"),
        ("[a | b](invoice.md)", "[a | b](/pages/7-ru)"),
        ("[web](https://a.example/x.md)", "[web](https://a.example/x.md)"),
        ("[mail](mailto:a@b.example)", "[mail](mailto:a@b.example)"),
        ("[счёт][1]\n\n[1]: invoice.md", "[[Счета|счёт]]\n"),
        ("[web][1]\n\n[1]: https://a.example", "[web][1]\n\n[1]: https://a.example"),
        ("![pic](../media/a.png \"t\")", "![pic](/files/3/a.png \"t\")"),
        ("[paper](<../media/b b.pdf>)", "[paper](/files/4/b.pdf)"),
        ("[paper](../media/b%20b.pdf)", "[paper](/files/4/b.pdf)"),
        ('<img src="../media/a.png" alt="pic">', "![pic](/files/3/a.png)"),
        ('<a href="invoice.md">счёт</a>', "[[Счета|счёт]]"),
        ("`[счёт](invoice.md)`", "`[счёт](invoice.md)`"),
        ("```\n[счёт](invoice.md)\n```", "```\n[счёт](invoice.md)\n```"),
        ("[![pic](../media/a.png)](invoice.md)", "![pic](/files/3/a.png) [[Счета]]"),
    ],
)  # fmt: skip
def test_links_between_files_become_links_between_pages(source: str, expected: str) -> None:
    done = _rewritten(source)
    assert done.text == expected
    assert done.unresolved == []


@pytest.mark.parametrize("target", ["gone.md", "../../../etc/passwd", "/learn/x", "gone/"])
def test_a_link_to_nowhere_keeps_its_words_and_is_reported(target: str) -> None:
    done = _rewritten(f"See [the **rules** of `it`]({target}).")
    assert done.text == "See the **rules** of `it`."
    assert [(u.path, u.target) for u in done.unresolved] == [("ru/sales/offer.md", target)]


def test_an_image_that_is_not_there_keeps_its_words_and_is_reported() -> None:
    done = _rewritten("Press ![the lamp](media/gone.png) and ![](x/y.png).")
    assert done.text == "Press *(рисунок: the lamp)* and *(рисунок: y.png)*."
    assert [u.target for u in done.missing_images] == ["media/gone.png", "x/y.png"]


def test_links_within_a_page_stay_or_name_their_heading() -> None:
    text = "[a](#create) [b](#оплата) [c](#unknown)"
    done = _rewritten(text, "ru/sales/invoice.md")
    assert done.text == "[a](#create) [[#Оплата|b]] [c](#unknown)"


@pytest.mark.parametrize(
    "hostile", ["[" * 100_000, "[a](" * 30_000, "![" * 50_000, "[a" * 50_000, "(" * 100_000,
                "[](" + "(" * 50_000, "[a][" * 30_000 + "\n\n[b]: c.md", "<img " * 30_000]
)  # fmt: skip
def test_hostile_text_is_read_in_time(hostile: str) -> None:
    began = time.process_time()
    _rewritten(hostile)
    assert time.process_time() - began < 4


def test_titles_of_outlines_are_what_a_reader_saw() -> None:
    page = open_page(
        "ru/a.md", "---\ntitle: Счета | Документация\n---\n\n# Счета {#x}\n\nТекст", Wishes()
    )
    assert page.outline.title == "Счета"
    assert page.outline.earlier_titles == ("Счета | Документация",)
    assert page.body == "Текст"


def test_a_page_without_any_title_is_called_like_its_file() -> None:
    assert open_page("docs/how-we-sell.md", "Text", Wishes()).outline.title == "How we sell"
    assert open_page("docs/index.md", "Text", Wishes()).outline.title == "Docs"


@pytest.mark.parametrize(
    ("path", "text", "language"),
    [
        ("ru/a.md", "English text", "ru"),
        ("docs/a.en.md", "Русский текст", "en"),
        ("a.md", "Русский текст", "ru"),
        ("a.md", "English text", "en"),
        ("a.md", "---\nlang: ru\n---\nEnglish text", "ru"),
    ],
)
def test_the_language_is_told_by_front_matter_folder_name_or_letters(
    path: str, text: str, language: str
) -> None:
    outline: Outline = open_page(path, text, Wishes()).outline
    assert outline.language == language
