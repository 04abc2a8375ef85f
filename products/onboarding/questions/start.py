"""What the packages below must know of questions, told once when the application starts."""


def init() -> None:
    """Let reading know which questions wait for whom."""
