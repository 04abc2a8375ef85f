"""The browser's and the programs' doors to charts and people; each module adds its addresses."""

from dossiers.people import api
from dossiers.people.views.blueprint import people_room

__all__ = ["api", "people_room"]
