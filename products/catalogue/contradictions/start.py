"""What the packages below must know of contradictions, told once when the application starts."""


def init() -> None:
    """Look for contradictions as pages are saved."""
