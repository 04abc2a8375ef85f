"""The addresses of accounts: signing in, one's own account, colleagues, teams, history."""

from wiki.accounts.views import (  # noqa: F401 - each adds its addresses to the blueprint
    history,
    own_account,
    passwords,
    people,
    signing_in,
    teams,
    tokens,
    welcoming,
)
from wiki.accounts.views.blueprint import accounts

__all__ = ["accounts"]
