"""Answers kept in memory until what they show has changed.

The key of an answer is its ETag, which names everything that it depends on, so a kept answer is
never out of date; it is only forgotten, the one not asked for longest first.
"""

from collections import OrderedDict
from secrets import token_hex
from threading import Lock

from flask_wtf.csrf import generate_csrf

from wiki.templating import csp_nonce

# Nobody can guess the marks, so nobody can write them into a page to be given a reader's token.
_TOKEN, _NONCE = (f"\ue000{token_hex(12)}\ue000".encode() for _mark in range(2))


class KeptAnswers:
    """HTML by ETag, up to a number of bytes in all; safe for several threads.

    Kept as UTF-8, which takes less room than text and is what the answer needs.
    """

    def __init__(self, most_bytes: int) -> None:
        self._room = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, etag: str) -> bytes | None:
        """The kept answer with this reader's form token and this answer's nonce, or `None`."""
        with self._lock:
            html = self._kept.get(etag)
            if html is None:
                return None
            self._kept.move_to_end(etag)
        return html.replace(_TOKEN, _token()).replace(_NONCE, csp_nonce().encode())

    def keep(self, etag: str, html: str) -> None:
        """Keep an answer, with marks in place of the form token and the nonce."""
        kept = html.encode().replace(_token(), _TOKEN).replace(csp_nonce().encode(), _NONCE)
        with self._lock:
            self._room += len(self._kept.pop(etag, b""))
            self._kept[etag] = kept
            self._room -= len(kept)
            while self._room < 0 and self._kept:
                self._room += len(self._kept.popitem(last=False)[1])


def _token() -> bytes:
    return str(generate_csrf()).encode()
