"""Whether a new version of a page says something else, so that it must be read again."""
