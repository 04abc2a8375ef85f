"""What the packages below must know of first pages, told once when the application starts."""

from flask import Flask

from wiki.jobs import JobBoard


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let the panels of first pages be known."""
