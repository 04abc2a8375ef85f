"""What the dossier tells the manager: the light, the grid, single points of failure, questions.

`weights` holds whose word counts; `light`, `reach` and `questions` are rules over plain values.
"""
