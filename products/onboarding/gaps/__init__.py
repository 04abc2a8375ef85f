"""Questions that no page answered, asked of whoever looks after the category."""
