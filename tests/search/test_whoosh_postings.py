from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import TOC
from whoosh.reading import SegmentReader

from search.whoosh_engine import WhooshEngine
from search.whoosh_engine.leaf import Leaf
from search.whoosh_engine.postings import Postings, TermList, pack
from search.whoosh_engine.storage import INDEX_NAME, MappedStorage
from tests.search.conftest import document, put

_numbers = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=40, unique=True).map(sorted)
_places = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6)


@given(_numbers, st.data())
def test_a_list_is_read_as_it_was_written(numbers: list[int], data: st.DataObject) -> None:
    places = data.draw(st.lists(_places, min_size=len(numbers), max_size=len(numbers)))
    often = [len(some) for some in places]
    flat = [place for some in places for place in some]
    packed, shape = pack(TermList("body", b"x", numbers, often, flat))
    read = Postings(memoryview(packed), len(numbers), shape)
    assert read.numbers().tolist() == numbers
    assert read.frequencies().tolist() == often
    assert read.places().tolist() == flat


@given(_numbers)
def test_a_plain_list_is_read_as_it_was_written(numbers: list[int]) -> None:
    packed, shape = pack(TermList("words", b"x", numbers, [1] * len(numbers), []), plain=4)
    assert Postings(memoryview(packed), len(numbers), shape).numbers().tolist() == numbers


def newest(root: Path) -> tuple[MappedStorage, TOC]:
    storage = MappedStorage(root / (root / "CURRENT").read_text().strip())
    return storage, TOC.read(storage, INDEX_NAME)


def test_whoosh_itself_walks_the_same_lists(engine: WhooshEngine, tmp_path: Path) -> None:
    texts = ("слово " * (n % 5) + f"число{n} слово" for n in range(300))
    put(engine, *(document(n, f"Имя {n % 3}", text) for n, text in enumerate(texts)))
    storage, toc = newest(tmp_path / "index")
    leaf = Leaf(storage, toc.segments[-1])
    reader = SegmentReader(storage, toc.schema, toc.segments[-1])
    compared = 0
    for field, text in reader.all_terms():
        found = leaf.find(field, text.decode())
        assert found is not None
        numbers, often = found.numbers().tolist(), found.frequencies().tolist()
        assert walked(reader.postings(field, text)) == list(zip(numbers, often, strict=True))
        compared += found.count
    assert compared > 1_000


def walked(matcher: Any) -> list[tuple[int, float]]:
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight()))
        matcher.next()
    return found


def test_a_rebuild_in_several_parts_gives_the_same_lists(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [document(n, f"Имя {n}", f"слово{n % 7} " * (n % 4 + 1)) for n in range(60)]
    with engine.writing():
        engine.rebuild(documents, lambda _done: None)
    whole = all_lists(tmp_path / "index")
    monkeypatch.setattr("search.whoosh_engine.engine._MOST_WAITING", 100)
    with engine.writing():
        engine.rebuild(documents, lambda _done: None)
    assert all_lists(tmp_path / "index") == whole


def all_lists(root: Path) -> dict[tuple[str, bytes], tuple[list[int], list[int], list[int]]]:
    storage, toc = newest(root)
    (segment,) = toc.segments
    leaf = Leaf(storage, segment)
    return {
        (field, text): (
            found.numbers().tolist(),
            found.frequencies().tolist(),
            found.places().tolist(),
        )
        for field in leaf.fields()
        for text, found in leaf.lists(field)
    }
