"""What the packages below must know of reading, told once when the application starts."""


def init() -> None:
    """Let panels and lists of confirmed reading be known."""
