"""An index of the corpus, and FTS5 of the same documents and terms, kept between runs.

    python -m bench.search.built our|fts FOLDER COUNT

makes one of them in a process of its own and prints what it cost.
"""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from bench.generator import ROOT
from bench.search import corpus
from bench.search.corpus import Corpus
from search.analysis import terms
from search.documents import Document
from search.whoosh_engine import WhooshEngine

_TITLE_WEIGHT = 3.0
_TOKENS = "tokenize = \"unicode61 remove_diacritics 0 tokenchars '@.-_/+:'\""
_SOURCES = ("search/analysis.py", "search/lemmas.py", "search/whoosh_engine/schema.py")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Cost:
    """Making an index of all documents, the making of their texts not counted."""

    seconds: float
    peak_megabytes: float
    index_megabytes: float


class Built:
    """Both indexes of that many documents; made when they are not there or are of old sources."""

    def __init__(self, results: Path, count: int) -> None:
        self.corpus = Corpus(count)
        self.folder = results / f"search-{count}"
        self.ours, self.fts = self.folder / "ours", self.folder / "fts.sqlite"
        self._kept = self.folder / "built.json"

    def costs(self, anew: bool = False) -> dict[str, Cost]:
        """What making them cost: "our" and "fts"."""
        kept = json.loads(self._kept.read_text()) if self._kept.exists() else {}
        if anew or kept.get("by") != _mark():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            kept = {name: self._make(name, to) for name, to in _places(self)} | {"by": _mark()}
            self._kept.write_text(json.dumps(kept))
        return {name: Cost(**kept[name]) for name, _to in _places(self)}

    def _make(self, name: str, to: Path) -> dict[str, float]:
        command = [sys.executable, "-m", "bench.search.built", name, str(to)]
        done = subprocess.run(
            [*command, str(self.corpus.count)], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, float] = json.loads(done.stdout)
        return found


def ask_fts(database: sqlite3.Connection, wanted: str, limit: int = 10) -> list[int]:
    """The best documents of FTS5, best first."""
    ranked = f"select rowid from d where d match ? order by bm25(d, {_TITLE_WEIGHT}, 1.0)"
    return [row[0] for row in database.execute(f"{ranked} limit {limit}", [wanted])]


def _places(built: Built) -> list[tuple[str, Path]]:
    return [("our", built.ours), ("fts", built.fts)]


def _mark() -> str:
    sources = [Path(corpus.__file__), *(ROOT / name for name in _SOURCES)]
    return blake2b(b"".join(path.read_bytes() for path in sources), digest_size=8).hexdigest()


def _ours(to: Path, documents: Iterable[Document]) -> None:
    engine = WhooshEngine(to)
    with engine.writing():
        engine.rebuild(documents, lambda _done: None)


def _fts(to: Path, documents: Iterable[Document]) -> None:
    database = sqlite3.connect(to)
    database.execute(f"create virtual table d using fts5(title, body, content='', {_TOKENS})")
    rows = ((d.ident, " ".join(terms(d.title)), " ".join(terms(d.body))) for d in documents)
    database.executemany("insert into d (rowid, title, body) values (?, ?, ?)", rows)
    database.commit()
    database.execute("insert into d (d) values ('optimize')")
    database.commit()
    database.execute("vacuum")
    database.close()


class _Stopped:
    """Counts the time that others take to give the next value."""

    seconds = 0.0

    def around(self, values: Iterator[_T]) -> Iterator[_T]:
        while True:
            began = time.perf_counter()
            value = next(values, None)
            self.seconds += time.perf_counter() - began
            if value is None:
                return
            yield value


def size_of(path: Path) -> float:
    """Megabytes (10⁶ bytes) on the disk."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def peak_megabytes() -> float:
    """The most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main(name: str, to: str, count: str) -> None:
    """Make one of them, print its `Cost` as JSON."""
    texts, begin = _Stopped(), time.perf_counter()
    make = _ours if name == "our" else _fts
    make(Path(to), texts.around(Corpus(int(count)).documents()))
    seconds = time.perf_counter() - begin - texts.seconds
    print(json.dumps(asdict(Cost(seconds, peak_megabytes(), size_of(Path(to))))))


if __name__ == "__main__":
    main(*sys.argv[1:])
