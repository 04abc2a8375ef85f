"""What can be done with clients: one function, one use case; the actor is an argument.

None of them commits, but `notes`, which renders between its transactions.
"""

from dossiers.clients.services.refreshing import refresh_card

__all__ = ["refresh_card"]
