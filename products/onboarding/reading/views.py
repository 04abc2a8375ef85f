"""The browser's door to reading."""

from flask import Blueprint

confirming = Blueprint("confirming", __name__)
