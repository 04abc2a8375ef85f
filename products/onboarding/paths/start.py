"""What the packages below must know of paths, told once when the application starts."""


def init() -> None:
    """Let pages know of the paths that they stand in."""
