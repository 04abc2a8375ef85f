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
_TOKEN, _NONCE = (f"\ue000{token_hex(12)}\ue000" for _mark in range(2))


class KeptAnswers:
    """HTML by ETag, up to a number of characters in all; safe for several threads."""

    def __init__(self, most_characters: int) -> None:
        self._room = most_characters
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, etag: str) -> str | None:
        """The kept answer with this reader's form token and this answer's nonce, or `None`."""
        with self._lock:
            html = self._kept.get(etag)
            if html is None:
                return None
            self._kept.move_to_end(etag)
        return html.replace(_TOKEN, generate_csrf()).replace(_NONCE, csp_nonce())

    def keep(self, etag: str, html: str) -> None:
        """Keep an answer, with marks in place of the form token and the nonce."""
        html = html.replace(generate_csrf(), _TOKEN).replace(csp_nonce(), _NONCE)
        with self._lock:
            self._room += len(self._kept.pop(etag, ""))
            self._kept[etag] = html
            self._room -= len(html)
            while self._room < 0 and self._kept:
                self._room += len(self._kept.popitem(last=False)[1])
