"""The browser's door to unclear."""

from flask import Blueprint

unclear = Blueprint("unclear", __name__)
