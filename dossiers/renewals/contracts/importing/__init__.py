"""Contracts from CSV and XLSX files.

The way of a file: rows → what each says (`entries`) → what it can mean (`ground`) → what would be
done, those before first (`planning`) → written one by one (`sort`).
"""
