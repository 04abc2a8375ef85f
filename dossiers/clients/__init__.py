"""Clients: the card of the organisation we sell to, its team, its notes, who may see it."""
