"""Who wrote which line, kept with each revision so that nobody has to compare at reading time."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, repeat

from wiki.pages.matching import Budget, matching_runs

Authors = list[tuple[int, int]]


def authors_after(
    old_body: str, old_authors: Authors, new_body: str, revision_number: int
) -> Authors:
    """Return (revision number, count of lines) in the order of the lines of `new_body`.

    Lines that stayed keep the revision that wrote them; all others are of `revision_number`.
    """
    old, new = _lines(old_body), _lines(new_body)
    writers = list(_each(old_authors))
    written = [revision_number] * len(new)
    for run in matching_runs(old, new, Budget()):
        kept = writers[run.old : run.old + run.length]
        written[run.new : run.new + len(kept)] = kept
    return _shortened(written)


def lines_with_authors(body: str, authors: Authors) -> list[tuple[int, str]]:
    """Return each line of `body`, without its line end, with the revision that wrote it.

    Raises ValueError when the authors are not of this body.
    """
    return list(zip(_each(authors), _lines(body), strict=True))


def _lines(body: str) -> list[str]:
    return body.removesuffix("\n").split("\n") if body else []


def _each(authors: Authors) -> Iterator[int]:
    return chain.from_iterable(repeat(number, count) for number, count in authors)


def _shortened(numbers: Iterable[int]) -> Authors:
    return [(number, len(list(group))) for number, group in groupby(numbers)]
