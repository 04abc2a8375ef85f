"""What writing costs: from a save to found, and reading while another process writes."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.generator import ROOT
from bench.search.built import Built
from bench.search.chain import ask
from bench.search.corpus import Corpus
from bench.search.kinds import questions
from bench.search.reading import answerer
from bench.search.speed import AIMED_AT, timed
from search.whoosh_engine import WhooshEngine

_SAVES, _READERS, _PAUSE = 60, 4, 0.2
_FOUND = "from a save to found"
_AIM = 60.0
_TOGETHER = ("two words", "whole question", "slip", "hint")


def writing_figures(built: Built, count: int) -> list[Figure]:
    """Saves one by one, then four readers while another process writes."""
    built.costs()
    with TemporaryDirectory(dir=built.folder) as folder:
        copied = shutil.copytree(built.ours, Path(folder) / "ours")
        return [*_found(built, copied), *_read_while_written(built, copied, count)]


def _found(built: Built, folder: Path) -> list[Figure]:
    """Each save changes a document; another engine over the same folder must find the change."""
    writer, reader, dice = WhooshEngine(folder), WhooshEngine(folder), random.Random(1)
    found: list[float] = []
    tidied: list[float] = []
    for save in range(_SAVES):
        document = built.corpus.document(dice.randrange(1, built.corpus.count + 1))
        mark = f"saved{time.time_ns()}n{save}"
        began = time.perf_counter()
        with writer.writing(10):
            writer.write([replace(document, audience="all", body=f"{document.body} {mark}")], ())
        hits = ask(reader, mark, 1).hits
        found.append(time.perf_counter() - began)
        assert hits[0].key == document.key, f"{mark} was not found"
        tidied.append(_tidied(writer))
    writer.close()
    reader.close()
    return [
        *_aimed(built, timed(built, _FOUND, found, "writing")),
        *timed(built, "tidying after a save", tidied, "writing"),
    ]


def _aimed(built: Built, figures: list[Figure]) -> list[Figure]:
    aim = _AIM if built.corpus.count == AIMED_AT else None
    return [*figures[:-1], replace(figures[-1], most=aim)]


def _tidied(writer: WhooshEngine) -> float:
    began = time.perf_counter()
    with writer.writing(10):
        writer.tidy()
    return time.perf_counter() - began


def _read_while_written(built: Built, folder: Path, count: int) -> list[Figure]:
    figures: list[Figure] = []
    engine = WhooshEngine(folder)
    with ThreadPoolExecutor(_READERS) as threads, _other_writer(built, folder):
        for kind in _TOGETHER:
            asked = questions(built.corpus, kind, count)
            answer = answerer(kind, engine)
            seconds = list(threads.map(lambda text, do=answer: _timed(do, text), asked))
            figures += timed(built, f"four readers and a writer, {kind}", seconds, "writing")
    engine.close()
    return figures


def _timed(answer: object, text: str) -> float:
    assert callable(answer)
    began = time.perf_counter()
    answer(text)
    return time.perf_counter() - began


@contextmanager
def _other_writer(built: Built, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.search.writing", str(folder)]
    process = subprocess.Popen(
        [*command, str(built.corpus.count)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline(), "the writer did not start"
        yield
    finally:
        process.kill()
        process.wait()


def main(folder: str, count: str) -> None:
    """Change a document every little while until killed."""
    engine, corpus, dice = WhooshEngine(Path(folder)), Corpus(int(count)), random.Random(2)
    while True:
        document = corpus.document(dice.randrange(1, corpus.count + 1))
        with engine.writing(10):
            engine.write([document], ())
            engine.tidy()
        print("written", flush=True)
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])
