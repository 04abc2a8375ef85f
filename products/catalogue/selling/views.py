"""The browser's door to selling."""

from flask import Blueprint

selling = Blueprint("selling", __name__)
