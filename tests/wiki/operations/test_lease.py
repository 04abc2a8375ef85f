from pathlib import Path

import pytest

from wiki.operations.lease import Taken, is_held, lease


def test_a_right_is_held_by_one_only_and_free_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "right.lock"
    with lease(path):
        assert is_held(path)
        with pytest.raises(Taken), lease(path):
            pass
    assert not is_held(path)
    with lease(path):
        pass


def test_a_right_nobody_ever_took_is_free(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "right.lock")
