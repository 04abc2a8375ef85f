"""Where the browser's views of paths hang, and what they share."""

from flask import Blueprint

from products.onboarding.models import ReadingPath
from products.onboarding.paths.versions import path_numbered
from wiki.accounts.access import actor
from wiki.accounts.rules import Permission, may
from wiki.database import reading

reading_paths = Blueprint("reading_paths", __name__)

AT = "/learning/paths"
ONE = f"{AT}/<int:path_id>"


def path_asked(path_id: int) -> ReadingPath:
    """The path of the address. Raises `Missing`."""
    return path_numbered(reading(), path_id)


def address_of_path(path_id: int) -> str:
    """Where a path is shown."""
    return f"{AT}/{path_id}"


def may_edit() -> bool:
    """Whether the reader changes paths and sees how far everybody is."""
    return may(actor(), Permission.EDIT_READING_PATHS)
