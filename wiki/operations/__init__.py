"""Running an instance: the command line, server, worker, backup, health; knows no feature."""
