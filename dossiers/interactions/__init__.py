"""The contact log: calls, meetings and letters, what was said in them, and what was promised."""
