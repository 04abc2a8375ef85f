"""What the packages below must know of care, told once when the application starts."""


def init() -> None:
    """Keep the life of each fact as pages are saved, and mark what is stale."""
