"""Lists of things that come in as files: clients, products, sellers.

The way of a list: bytes → a sheet of rows (`sheets`) → what its columns mean (`mappings`) → what
each row says and does (the plan of its sort) → written in parts (`writing`) and told of (`report`).
What a list holds is known to its sort (`sorts`), which stands in the package of those things.
"""
