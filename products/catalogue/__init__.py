"""Product cards, the category tree, fact lists and comparison of products."""
