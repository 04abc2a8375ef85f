"""How far learners are: a learner's own page, and the matrix of people and pages."""
