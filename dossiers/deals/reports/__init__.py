"""Why sales rose or fell: what was won and lost, by what, and what the change is made of."""
