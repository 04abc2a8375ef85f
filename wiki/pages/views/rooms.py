"""Pages of a room in the browser: where they belong, and who looked at them."""

from dataclasses import dataclass

from wiki.accounts.access import actor
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.pages import rooms
from wiki.pages.models import Page, Revision
from wiki.pages.rooms import Place
from wiki.pages.saving import visible_revision


@dataclass(frozen=True, slots=True)
class Standing:
    """The thing that a page belongs to (`None`: it stands for itself), and who may change it."""

    place: Place | None
    may_write: bool


def standing_of(page_id: int, room: str | None) -> Standing:
    """How the page stands for this reader; a page without a room costs no statement."""
    writes = may(actor(), Permission.WRITE_PAGES)
    if room is None:
        return Standing(None, writes)
    place = rooms.places_of(reading(), [(page_id, room)]).get(page_id)
    return Standing(place, writes and rooms.may_write(reading(), actor(), page_id, room))


def seen_revision(page_id: int, number: int | None = None) -> tuple[Page, Revision]:
    """A page and one of its revisions, and the room knows that the reader looked at it.

    Raises `Missing` for absent and unseen alike.
    """
    page, revision = visible_revision(reading(), actor(), page_id, number)
    keep_look(page.id, page.room)
    return page, revision


def keep_look(page_id: int, room: str | None) -> None:
    """Let the room know that the reader looked at the page; most pages have none."""
    if rooms.notes_looks(room):
        with transaction() as session:
            rooms.note_look(session, actor(), page_id, room)
