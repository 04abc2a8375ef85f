"""The browser's door to gaps."""

from flask import Blueprint

gaps = Blueprint("gaps", __name__)
