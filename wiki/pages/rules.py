"""What a page may be: limits on title, text, tags and reason."""

from collections.abc import Mapping

from wiki.errors import Refusal, TooLarge
from wiki.pages.content import Content

LONGEST_TITLE = 250
LARGEST_BODY = 300_000
MOST_TAGS = 20
LONGEST_TAG = 60
LONGEST_REASON = 300


def check_content(content: Content) -> None:
    """Raise `Refusal` when the (normalised) content is no possible page."""
    if not content.title:
        raise Refusal("The page needs a title. Your text is still in the form.")
    if len(content.title) > LONGEST_TITLE:
        raise Refusal(
            "The title has %(length)d characters; %(limit)d is the limit. "
            "Shorten it and save again.",
            length=len(content.title),
            limit=LONGEST_TITLE,
        )
    _check_link_marks(content.title)
    check_body(content.body)
    _check_tags(content.tags)


def _check_link_marks(title: str) -> None:
    if any(mark in title for mark in ("[[", "]]", "|", "#")):
        raise Refusal(
            "The title cannot hold [[, ]], | or #, because links are written with them. "
            "Take them out and save again."
        )


def check_body(body: str) -> None:
    """Raise `TooLarge` when the text is too long for one page."""
    size = len(body.encode())
    if size > LARGEST_BODY:
        raise TooLarge(
            "The text has %(size)d kB; %(limit)d kB is the limit for one page. Nothing was saved "
            "and the text is still in the form: divide it into several pages.",
            size=size // 1000,
            limit=LARGEST_BODY // 1000,
        )


def _check_tags(tags: tuple[str, ...]) -> None:
    if len(tags) > MOST_TAGS:
        raise Refusal("A page has at most %(limit)d tags. Take some out.", limit=MOST_TAGS)
    for tag in tags:
        if len(tag) > LONGEST_TAG:
            raise Refusal("A tag has at most %(limit)d characters.", limit=LONGEST_TAG)


def check_reason(reason: str) -> None:
    """Raise `Refusal` when the reason of a change is too long."""
    if len(reason) > LONGEST_REASON:
        raise Refusal(
            "The note on why you changed it has at most %(limit)d characters.", limit=LONGEST_REASON
        )


def check_base(base_number: int, current_number: int) -> None:
    """Raise `Refusal` when a save claims to build on a version that does not exist."""
    if not 1 <= base_number <= current_number:
        raise Refusal(
            "The form says that it began from version %(base)d, but this page has versions 1 to "
            "%(current)d. Nothing was saved. Open the page again and put your text in.",
            base=base_number,
            current=current_number,
        )


def what_changed(before: Content | None, after: Content) -> Mapping[str, bool]:
    """Which parts of a page differ, for the history."""
    if before is None:
        return {"new": True}
    names = ("title", "body", "facts", "tags", "category_id", "archived")
    return {name: True for name in names if getattr(before, name) != getattr(after, name)}
