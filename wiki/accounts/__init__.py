"""Users, teams, roles, sign-in, tokens, and what each role may do."""
