"""Measuring dossiers: charts of many positions, moves, imports."""
