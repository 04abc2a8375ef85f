"""What the packages below must know of selling, told once when the application starts."""


def init() -> None:
    """Let product pages show their card for selling."""
