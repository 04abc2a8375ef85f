"""Tryton: its sale opportunities, read over the REST interface that it has since series 8.0."""
