"""Why deals were won or lost: the director's list of reasons, and the client's own words."""
