"""Changing a dossier's people: each function is one deed, written as dated facts under a change.

`pen` says who writes, in which dossier, since when it is true and where it is known from.
"""
