"""The browser's door to questions."""

from flask import Blueprint

questioning = Blueprint("questioning", __name__)
