"""The browser's door to contradictions."""

from flask import Blueprint

contradictions = Blueprint("contradictions", __name__)
