"""Dated facts: what was true when, and what we believed when.

The ground of all dossier packages. A fact is a row of a table that takes the columns of
`models.Dated`; it is written by `writing.write_facts`, asked for with `asking.believed`, and taken
back by `undoing.undo_change`. Nothing is overwritten: a correction closes rows and opens others.
"""
