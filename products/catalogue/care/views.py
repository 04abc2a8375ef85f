"""The browser's door to care."""

from flask import Blueprint

care = Blueprint("care", __name__)
