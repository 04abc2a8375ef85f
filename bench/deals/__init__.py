"""Benchmark of deals: files of them, and what their pages cost; see `python -m bench.deals`."""
