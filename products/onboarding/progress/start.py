"""What the packages below must know of progress, told once when the application starts."""


def init() -> None:
    """Let the start page show what a learner reads next."""
