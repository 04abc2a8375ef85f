from pathlib import Path
from random import Random

import yaml

from bench.generator import read_stock, text_of_size, write_pages


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.md")
    }


def _title(text: str) -> str:
    return str(yaml.safe_load(text.split("---\n")[1])["title"])


def test_the_same_seed_makes_the_same_pages_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_pages(tmp_path / name, 10, seed)
    assert _tree(tmp_path / "one") == _tree(tmp_path / "again")
    assert _tree(tmp_path / "one") != _tree(tmp_path / "other")


def test_as_many_pages_are_made_as_asked_for_half_of_each_language_with_titles_of_their_own(
    tmp_path: Path,
) -> None:
    write_pages(tmp_path, 200)
    made = _tree(tmp_path)
    assert len([path for path in made if path.startswith("ru/")]) == 100
    assert len([path for path in made if path.startswith("en/")]) == 100
    assert len({_title(text) for text in made.values()}) == 200


def test_a_text_has_the_size_that_was_asked_for() -> None:
    stock = read_stock()
    for language in ("ru", "en"):
        for size in (4_000, 20_000):
            text = text_of_size(stock, language, size, Random(1))
            assert size - 100 < len(text.encode()) <= size
            assert "[[" not in text
