"""A workshop with render processes that live as long as the tests, and small trees to import."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pytest

from wiki.config import Settings
from wiki.database import Database
from wiki.files.services import store_of
from wiki.pages.saving import Desk
from wiki.pages.transfer.importing import Workshop
from wiki.rendering import RenderPool

TreeMaker = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture(scope="session")
def renderer() -> Iterator[RenderPool]:
    pool = RenderPool()
    yield pool
    pool.close()


@pytest.fixture
def workshop(database: Database, settings: Settings, renderer: RenderPool) -> Workshop:
    return Workshop(Desk(database, renderer), store_of(settings))


@pytest.fixture
def tree(tmp_path: Path) -> TreeMaker:
    """Writes files by path into a folder; called again, it adds to them and replaces."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "tree"
        for name, content in files.items():
            place = root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


def packed(files: Mapping[str, str | bytes], path: Path) -> Path:
    """A ZIP at `path` with these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path
