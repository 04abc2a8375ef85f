"""A whole dossier as plain lines on a day, and the exact difference of two of them."""
