"""The words around the figures of search."""

from bench.report import Outline
from bench.search.texts import source
from bench.stage import REAL_PAGES

_TEXTS = (
    "real documentation pages in both languages"
    if source() == REAL_PAGES
    else "the pages of the project's own demonstration"
)
_ABOUT = f"""\
Written by `make bench-search`; changes made by hand are lost with the next run.

**How well it finds** is nDCG@10: 1 when what answers a question always comes first. Documents and
questions are made at every run from {_TEXTS} and fixed seeds:
headings and titles hidden in the documents they stand over, the words of a paragraph in other
forms with one strange word among them, sentences taken out, single words, and all of them with
slips of the finger, in the wrong keyboard layout, in Latin letters. Each set is drawn in two
halves: constants were chosen by the one only; the other was held out, and all engines are compared
on it. (The halves of "the verb for the noun" ask for other things by the same verbs, so its second
half says nothing about other verbs.) Ours is the whole chain from the typed text to the hits. The
others get the same terms as ours without words of grammar: SQLite FTS5 (title weighted), FTS5
fused with an index of three-letter pieces, Whoosh's BM25F (title weighted), BM25. Bold: one of
them is better.

**How fast** is the same chain in one process without database and page, each question asked once;
FTS5 has the same documents and the same terms and gives ten hits, ours gives ten hits, their exact
number and the facets. Documents are of 220 words in the median and grow in vocabulary as real ones
do. "Save to found" is from the beginning of the write in one engine to the hit in another over the
same folder. A figure in bold misses its aim.
"""
OUTLINE = Outline(
    "Benchmark of search",
    _ABOUT,
    {
        "quality ru": "How well it finds, Russian",
        "quality en": "How well it finds, English",
        "quality both": "How well it finds, both languages in one index",
        "speed": "How fast it answers, in one process",
        "writing": "Writing",
        "index": "The index",
        "served": "Through the server, signed in",
    },
    "documents",
)
