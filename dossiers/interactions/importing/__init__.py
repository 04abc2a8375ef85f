"""Contacts with their promises from CSV and XLSX files.

Rows become entries (`entries`), are held against what the dossiers know (`known`, `planning`), and
are written by the services that a person's form uses (`applying`). The same file again changes
nothing.
"""
