"""Learning the products from the pages: reading paths, confirmed reading, check questions."""
