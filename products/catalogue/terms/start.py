"""What the packages below must know of terms, told once when the application starts."""


def init() -> None:
    """Let pages explain their terms."""
