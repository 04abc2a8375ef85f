"""What the packages below must know of sellers and of what names of products mean."""

from dossiers.deals.matching.decided_products import decided_products
from dossiers.deals.sellers.sort import SELLERS
from products.importing.names import know_names
from wiki.lists.sorts import register_sort


def init() -> None:
    """Let lists of sellers be known, and lists of products ask what was decided of deals."""
    register_sort(SELLERS)
    know_names("deals", decided_products)
