"""Comments on a page, with answers and resolve."""
