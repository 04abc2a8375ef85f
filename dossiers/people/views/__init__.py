"""The browser's and the programs' doors to charts and people; each module adds its addresses."""

from dossiers.people import api, changes_api, layers_api, persons_api, positions_api
from dossiers.people.transfer import api as transfer_api
from dossiers.people.views import (
    changes,
    chart,
    duplicates,
    exports,
    files,
    importing,
    insight,
    listing,
    outline,
    persons,
    positions,
    questions,
    suggesting,
    terms,
    undo,
)
from dossiers.people.views.blueprint import people_room

__all__ = [
    "api",
    "changes",
    "changes_api",
    "chart",
    "duplicates",
    "exports",
    "files",
    "importing",
    "insight",
    "layers_api",
    "listing",
    "outline",
    "people_room",
    "persons",
    "persons_api",
    "positions",
    "positions_api",
    "questions",
    "suggesting",
    "terms",
    "transfer_api",
    "undo",
]
