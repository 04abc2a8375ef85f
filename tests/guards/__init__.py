"""Guards of the house: what must hold for every route, page, command and file."""
