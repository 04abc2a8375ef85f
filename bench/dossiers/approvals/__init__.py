"""Measuring approval paths: the answer, the forecast, the page of a path, the end of a run."""
