"""What our search is compared with, all with our own terms unless said otherwise."""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from whoosh import fields, index, query, scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import RamStorage

from bench.search.finders import MakeFinder
from bench.search.sets import Collection
from bench.search.words import asked_terms
from search.analysis import terms

_TITLE_WEIGHT = 3.0
_K1, _B = 1.2, 0.75
_FUSED_DEPTH, _FUSED_PLACE = 50, 60


class Fts5:
    """SQLite's FTS5: its bm25 with the title weighted, any of the words."""

    def __init__(self, collection: Collection) -> None:
        self._database = sqlite3.connect(":memory:")
        # Our terms hold no blank; every other character belongs to them.
        self._database.execute(
            "create virtual table d using fts5(title, body, "
            """tokenize = "unicode61 remove_diacritics 0 tokenchars '@.-_/+:'")"""
        )
        rows = ((_joined(one.title), _joined(one.body)) for one in collection.texts)
        self._database.executemany("insert into d (title, body) values (?, ?)", rows)

    def find(self, text: str, limit: int) -> list[int]:
        """See `Finder`."""
        return self._ask(asked_terms(text), limit)

    def _ask(self, asked: Iterable[str], limit: int) -> list[int]:
        wanted = " OR ".join('"{}"'.format(term.replace('"', "")) for term in asked)
        if not wanted:
            return []
        ranked = f"select rowid - 1 from d where d match ? order by bm25(d, {_TITLE_WEIGHT}, 1.0)"
        return [
            row[0] for row in self._database.execute(f"{ranked}, rowid limit {limit}", [wanted])
        ]

    def close(self) -> None:
        """See `Finder`."""
        self._database.close()


class Triples(Fts5):
    """FTS5 over the three-letter pieces of the words as written."""

    def __init__(self, collection: Collection) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "create virtual table d using fts5(title, body, tokenize = 'trigram')"
        )
        rows = ((one.title.lower(), one.body.lower()) for one in collection.texts)
        self._database.executemany("insert into d (title, body) values (?, ?)", rows)

    def find(self, text: str, limit: int) -> list[int]:
        """See `Finder`."""
        low = text.lower()
        pieces = (low[at : at + 3] for at in range(len(low) - 2))
        return self._ask(dict.fromkeys(p for p in pieces if p.isalnum()), limit)


class Fused:
    """Words and three-letter pieces, fused by their places (Cormack and others, 2009)."""

    def __init__(self, collection: Collection) -> None:
        self._both = (Fts5(collection), Triples(collection))

    def find(self, text: str, limit: int) -> list[int]:
        """See `Finder`."""
        worth: dict[int, float] = defaultdict(float)
        for one in self._both:
            for place, number in enumerate(one.find(text, _FUSED_DEPTH)):
                worth[number] += 1 / (_FUSED_PLACE + place)
        return sorted(worth, key=lambda number: (-worth[number], number))[:limit]

    def close(self) -> None:
        """See `Finder`."""
        for one in self._both:
            one.close()


class WhooshOwn:
    """Whoosh's own BM25F, any of the words."""

    def __init__(self, collection: Collection) -> None:
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        schema = fields.Schema(number=fields.STORED, title=text, body=text)
        self._index = index.FileIndex.create(RamStorage(), schema, "MAIN")
        writer = self._index.writer()
        for number, one in enumerate(collection.texts):
            writer.add_document(number=number, title=_joined(one.title), body=_joined(one.body))
        writer.commit()
        self._searcher = self._index.searcher(weighting=scoring.BM25F())

    def find(self, text: str, limit: int) -> list[int]:
        """See `Finder`."""
        asked = asked_terms(text)
        title = [query.Term("title", term, boost=_TITLE_WEIGHT) for term in asked]
        wanted = query.Or([*title, *(query.Term("body", term) for term in asked)])
        return [hit["number"] for hit in self._searcher.search(wanted, limit=limit)]

    def close(self) -> None:
        """See `Finder`."""
        self._searcher.close()


class PlainBm25:
    """BM25 over title and text as one (Robertson, Zaragoza, 2009, §3), any of the words."""

    def __init__(self, collection: Collection) -> None:
        held = [Counter(terms(f"{one.title}\n{one.body}")) for one in collection.texts]
        self._lengths = [sum(counted.values()) for counted in held]
        self._usual = sum(self._lengths) / len(held)
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, counted in enumerate(held):
            for term, often in counted.items():
                self._postings[term].append((number, often))

    def find(self, text: str, limit: int) -> list[int]:
        """See `Finder`."""
        scores: dict[int, float] = defaultdict(float)
        for term in asked_terms(text):
            postings = self._postings.get(term, [])
            rarity = math.log(
                1 + (len(self._lengths) - len(postings) + 0.5) / (len(postings) + 0.5)
            )
            for number, often in postings:
                norm = _K1 * (1 - _B + _B * self._lengths[number] / self._usual)
                scores[number] += rarity * often * (_K1 + 1) / (often + norm)
        return sorted(scores, key=lambda number: (-scores[number], number))[:limit]

    def close(self) -> None:
        """See `Finder`."""


def _joined(text: str) -> str:
    return " ".join(terms(text))


BASELINES: Mapping[str, MakeFinder] = {
    "FTS5": Fts5,
    "FTS5, words and triples fused": Fused,
    "Whoosh BM25F": WhooshOwn,
    "BM25": PlainBm25,
}
"""Name in the report → what makes the finder."""
