"""The browser's door to terms."""

from flask import Blueprint

terms = Blueprint("terms", __name__)
