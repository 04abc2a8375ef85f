"""What a comment may be, who may settle one, and how its text is cut for showing."""

import re
from collections.abc import Iterator

from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.errors import Forbidden, Refusal

LONGEST_COMMENT = 5_000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LINK = re.compile(r"https?://[^\s<>\"'«»]+", re.I)
_AFTER_LINK = ".,;:!?…)]}"


def clean_comment(text: str) -> str:
    """The text without control characters and blanks around it.

    Raises `Refusal` when nothing is left or it is too long.
    """
    cleaned = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not cleaned:
        raise Refusal("The comment is empty. Write what you want to say, then send it.")
    if len(cleaned) > LONGEST_COMMENT:
        raise Refusal(
            "The comment has %(length)d characters; %(limit)d is the limit. Nothing was sent and "
            "your text is still in the form: shorten it, or write it into the page.",
            length=len(cleaned),
            limit=LONGEST_COMMENT,
        )
    return cleaned


def may_settle(actor: Actor, author_id: int) -> bool:
    """Who may resolve and reopen: those who write pages, and the one who asked."""
    return may(actor, Permission.WRITE_PAGES) or actor.id == author_id


def check_may_settle(actor: Actor, author_id: int) -> None:
    """Raise `Forbidden` unless the person may resolve or reopen this comment."""
    if not may_settle(actor, author_id):
        raise Forbidden("You can resolve your own comments only. Nothing was changed.")


def check_may_withdraw(actor: Actor, author_id: int) -> None:
    """Raise `Forbidden` unless the person wrote the comment."""
    if actor.id != author_id:
        raise Forbidden("Only the person who wrote a comment can withdraw it.")


def pieces_of(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces: each with whether it is a bare link."""
    place = 0
    for found in _LINK.finditer(text):
        link = found[0].rstrip(_AFTER_LINK)
        if link.lower() in ("http://", "https://"):
            continue
        if text[place : found.start()]:
            yield text[place : found.start()], False
        yield link, True
        place = found.start() + len(link)
    if text[place:]:
        yield text[place:], False


def paragraphs_of(text: str) -> list[list[list[tuple[str, bool]]]]:
    """Paragraphs of lines of pieces."""
    return [
        [list(pieces_of(line)) for line in paragraph.split("\n")]
        for paragraph in re.split(r"\n\s*\n", text)
    ]
