"""People at clients: positions, who holds them, who decides, and the chart of any day.

A position is a place in the chart, a person is somebody, an employment says that the person holds
the place. `chart/` reads and compares, `editing/` writes, `transfer/` imports and exports,
`insight/` tells the manager what is weak, `duplicates/` merges.
"""
