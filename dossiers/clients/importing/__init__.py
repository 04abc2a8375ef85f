"""Clients from CSV and XLSX files, and out again.

Rows become entries (`entries`), entries that mean one client are gathered (`gathering`), held
against the clients one may see (`known`, `planning`) with their parents (`parents`), and written as
one deed for each client (`applying`).
"""
