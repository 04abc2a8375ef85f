"""Benchmark of renewals: calendar and first pages; see `python -m bench.renewals`."""
