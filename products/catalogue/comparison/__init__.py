"""Two to six products side by side: facts, for whom, limits, objections; what differs is marked."""
