"""The first page of managers and directors."""
