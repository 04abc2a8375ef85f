"""What a path is called, what it is for, and for whom: checked, and joined when two changed it."""

from typing import NamedTuple

from wiki.accounts.actor import Role
from wiki.errors import Clash, Refusal
from wiki.pages.content import one_line

LONGEST_TITLE = 200
LONGEST_PURPOSE = 500
LONGEST_WHY = 300


class Head(NamedTuple):
    """Without role and team a path is for whomever somebody puts on it."""

    title: str
    purpose: str = ""
    role: Role | None = None
    team_id: int | None = None


def checked_head(head: Head) -> Head:
    """The head with its texts on one line. Raises `Refusal` without a title or for long texts."""
    title = checked_line(head.title, LONGEST_TITLE)
    if not title:
        raise Refusal("Say what the path is called, for example «First week». Nothing was saved.")
    return head._replace(title=title, purpose=checked_line(head.purpose, LONGEST_PURPOSE))


def checked_line(text: str, longest: int) -> str:
    """The text on one line. Raises `Refusal` when it is too long."""
    line = one_line(text)
    if len(line) > longest:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was saved. "
            "Shorten it and try again.",
            length=len(line),
            limit=longest,
        )
    return line


def joined_head(seen: Head, typed: Head, now: Head) -> Head:
    """What was typed, joined with what somebody else saved since it was `seen`.

    Raises `Clash` when both changed the same, each in another way.
    """
    return Head._make(_chosen(*values) for values in zip(seen, typed, now, strict=True))


def _chosen(seen: object, typed: object, now: object) -> object:
    if typed in (seen, now):
        return now
    if now == seen:
        return typed
    raise Clash(
        "Somebody else has changed the same of this path since you opened it. What you typed is "
        "still here and not saved. Look at the path as it is now, then save again."
    )
