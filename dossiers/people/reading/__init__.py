"""Reading what the plain pages of positions and people show, in a constant number of statements.

The caller has found the client or the person with a query that checks sight.
"""
