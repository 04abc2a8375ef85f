"""What the page of a deal shows, read in a constant number of statements."""
