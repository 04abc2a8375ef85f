"""Text gathered piece by piece, until there is enough of it or no time is left."""

import re
import time

# Besides control characters: halves of characters, which no database takes.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_EMPTY_LINES = re.compile(r" ?\n(?: ?\n)+ ?| ?\n ?")
_SHARE_OF_TIME = 0.75


class Enough(Exception):
    """The limit of characters or of time is reached; what was gathered is kept."""


class Collector:
    """Gathers the text of one file; `add` and `check_time` raise `Enough` at the limits."""

    def __init__(self, characters: int, seconds: float) -> None:
        # The rest of the time is left for the last piece and for handing over.
        self._until = time.monotonic() + _SHARE_OF_TIME * seconds
        self.limit = self._left = characters
        self._pieces: list[str] = []

    def add(self, piece: str) -> None:
        """Take one more piece of the text, blanks and line ends included."""
        self._pieces.append(piece[: self._left])
        self._left -= len(piece)
        if self._left <= 0:
            raise Enough

    def check_time(self) -> None:
        """To be called between pages, rows, pieces."""
        if time.monotonic() > self._until:
            raise Enough

    @property
    def has_words(self) -> bool:
        """Whether anything but blanks was gathered."""
        return any(not piece.isspace() for piece in self._pieces if piece)

    @property
    def text(self) -> str:
        """All of it, without control characters, runs of blanks and empty lines."""
        return tidy("".join(self._pieces))


def tidy(text: str) -> str:
    """The text with single blanks and line ends, and nothing that is not text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _EMPTY_LINES.sub("\n", _BLANKS.sub(" ", _NOT_TEXT.sub(" ", lines))).strip()
