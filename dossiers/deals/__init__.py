"""Deals that live in other programs, linked to dossiers and products and made to tell something."""
