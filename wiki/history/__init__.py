"""Who did what, when, before and after. Rows are only ever added."""
