"""The browser's door to progress."""

from flask import Blueprint

progress = Blueprint("progress", __name__)
