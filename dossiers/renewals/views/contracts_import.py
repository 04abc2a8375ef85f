"""Lists of contracts in."""

from dossiers.renewals.contracts.importing.sort import CONTRACTS
from dossiers.renewals.views.blueprint import renewals_room
from wiki.lists.views import add_addresses

add_addresses(renewals_room, CONTRACTS)
