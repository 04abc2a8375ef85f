"""The blueprint to which every address of charts and people belongs."""

from flask import Blueprint

people_room = Blueprint("people_room", __name__)
