"""Sellers as a source calls them, from CSV and XLSX files: also those who have no deal yet."""
