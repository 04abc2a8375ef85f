"""What the packages below must know of gaps, told once when the application starts."""


def init() -> None:
    """Let searches that found nothing be asked."""
