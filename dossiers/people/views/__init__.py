"""The browser's and the programs' doors to charts and people; each module adds its addresses."""

from dossiers.people import api, changes_api
from dossiers.people.views import changes, chart, outline
from dossiers.people.views.blueprint import people_room

__all__ = ["api", "changes", "changes_api", "chart", "outline", "people_room"]
