"""The browser's door to paths."""

from flask import Blueprint

reading_paths = Blueprint("reading_paths", __name__)
