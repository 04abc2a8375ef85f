"""What the packages below must know of unclear, told once when the application starts."""


def init() -> None:
    """Keep marks on their sentences and show them under pages."""
