"""What the packages below must know of deals, told once when the application starts."""

from dossiers.deals import models

__all__ = ["init", "models"]


def init() -> None:
    """Let panels, registries and deeds of deals be known."""
