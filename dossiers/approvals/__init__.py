"""How a decision passes inside a client: the path, its versions, its runs, their lessons."""
