"""The same quantity of the same product with different numbers on two pages."""
