"""The door to terms: browsers read them on the pages themselves, programs through the API."""

from flask import Blueprint

from products.catalogue.terms import api

__all__ = ["api", "terms"]

terms = Blueprint("terms", __name__)
