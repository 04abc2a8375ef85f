"""Lists of sellers in."""

from dossiers.deals.sellers.sort import SELLERS
from dossiers.deals.views.blueprint import deals_room
from wiki.lists.views import add_addresses

add_addresses(deals_room, SELLERS)
