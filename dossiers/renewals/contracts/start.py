"""What others must know of contracts, told once when the application starts."""

from dossiers.approvals.paths.followers import follow_paths
from dossiers.clients.deed_words import know_deeds
from dossiers.clients.dependents import know_dependents
from dossiers.renewals.contracts import files, undoing
from dossiers.renewals.contracts.importing.sort import CONTRACTS
from dossiers.renewals.contracts.searchable import contracts_naming
from dossiers.renewals.contracts.services import CONTRACT
from dossiers.renewals.contracts.starting import follow_path
from dossiers.renewals.contracts.wording import CONTRACT_DEEDS
from wiki.lists.sorts import register_sort


def init() -> None:
    """Let deeds be told and taken back, and the days follow the paths."""
    know_deeds(CONTRACT_DEEDS)
    undoing.init()
    files.init()
    register_sort(CONTRACTS)
    know_dependents(CONTRACT, contracts_naming)
    follow_paths("contracts", follow_path)
