"""How a decision passes inside a client: the path, its days, its runs.

So far the rules, over plain values: working days, which steps a purchase needs, by when.
"""
