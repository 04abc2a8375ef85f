"""Asks an index and says how much memory that took.

    python -m bench.search.reading FOLDER < questions.json

The questions are a list of kind and text; prints megabytes.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from bench.processes import family
from bench.search.chain import EVERYBODY, ask
from search.engine import SearchEngine
from search.parsing import begin
from search.whoosh_engine import WhooshEngine

HINTS = 8


def answerer(kind: str, engine: SearchEngine) -> Callable[[str], object]:
    """What answers a question of that kind with our chain."""
    if kind == "hint":
        return lambda text: _hinted(engine, text)
    return lambda text: ask(engine, text)


def _hinted(engine: SearchEngine, text: str) -> object:
    with engine.looking(EVERYBODY) as look:
        return look.suggest(begin(text), HINTS)


def main(folder: str) -> None:
    """Run as a program."""
    engine = WhooshEngine(Path(folder))
    for kind, text in json.load(sys.stdin):
        answerer(kind, engine)(text)
    print(json.dumps(family(os.getpid())[0].megabytes))


if __name__ == "__main__":
    main(sys.argv[1])
