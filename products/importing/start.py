"""What the ground must know of lists of products, told once when the application starts."""

from products.importing.sort import PRODUCTS
from wiki.lists.sorts import register_sort


def init() -> None:
    """Let lists of products be known."""
    register_sort(PRODUCTS)
