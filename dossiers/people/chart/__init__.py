"""The chart of a client on a day: read (`queries`), as JSON (`document`), compared (`compare`)."""
