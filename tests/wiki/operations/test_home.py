import errno
from pathlib import Path

import pytest

from wiki.errors import Refusal
from wiki.operations import home as homes
from wiki.operations.home import prepare_home, refusal_of


def test_the_home_folder_is_made_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    prepare_home(tmp_path / "new" / "home")
    assert list((tmp_path / "new" / "home").iterdir()) == []


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Refusal, match="file/home cannot be used") as caught:
        prepare_home(tmp_path / "file" / "home")
    assert "DOSSIER_WIKI_HOME" in str(caught.value)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk that holds /srv/wiki is full. What is stored is safe."),
        (errno.EROFS, "The disk that holds /srv/wiki is read-only. Nothing was changed."),
        (errno.EACCES, "This account may not write to /srv/wiki. Nothing was changed."),
    ],
)
def test_what_the_system_says_becomes_a_sentence(number: int, sentence: str) -> None:
    assert sentence in str(refusal_of(OSError(number, "system"), Path("/srv/wiki")))


def test_a_disk_that_is_almost_full_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "LITTLE_SPACE", 2**62)
    with pytest.raises(Refusal, match="MB left"):
        prepare_home(tmp_path)
