"""Dossiers of the demonstration company «Пельмень»: clients, charts, and a year of changes."""
