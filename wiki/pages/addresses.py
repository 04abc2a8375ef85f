"""Addresses of pages: the number decides, the words after it are for people."""

from slugify import slugify

LONGEST_SLUG = 80


def slug_of(title: str) -> str:
    """A short Latin form of the title: «Пельмени» → `pelmeni`."""
    return slugify(title, max_length=LONGEST_SLUG, word_boundary=True) or "page"


def page_url(page_id: int, slug: str) -> str:
    """The canonical address of a page."""
    return f"/pages/{page_id}-{slug}"
