"""Deals from CSV and XLSX files.

The way of a file: bytes → rows of cells (`wiki.tables`) → what the file as a whole shows of its
spellings (`survey`) → how it is read (`reading`) → what each row says (`entries`) → records and
refusals (`rows`) → written in parts (`loading`) and told of (`tally`, `report`).
"""
