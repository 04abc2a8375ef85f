"""A path as a diagram."""
