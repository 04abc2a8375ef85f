"""When the signature is to be expected, by simulation of what is left of a path."""
