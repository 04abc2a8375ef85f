"""The browser's and the programs' doors to paths and runs; each module adds its addresses."""

from dossiers.approvals.views import path, paths, terms
from dossiers.approvals.views.blueprint import approvals_room

__all__ = ["approvals_room", "path", "paths", "terms"]
