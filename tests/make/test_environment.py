"""What `make run` says when something it needs is missing."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
_spec = importlib.util.spec_from_file_location("environment", ROOT / "make" / "environment.py")
assert _spec is not None
assert _spec.loader is not None
environment = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(environment)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("error: Read-only file system (os error 30)", "This folder is on a read-only disk."),
        ("mkdir: Permission denied", "This account may not write here."),
        ("tcp connect error", "The network, or the package index, cannot be reached."),
        ("NewConnectionError: Temporary failure in name resolution", "The network"),
        ("Could not find a version (from versions: none)\nNo matching distribution", "The network"),
        ("No matching distribution found for flask>=99 (from versions: 3.1)", "A package is not"),
        ("something else", "The installer failed."),
    ],
)
def test_what_the_installer_says_becomes_a_sentence(output: str, sentence: str) -> None:
    told = environment.sentence_for(output)
    assert told.strip().startswith(f"Not installed. {sentence}")
    assert output.splitlines()[-1] in told


def test_the_front_ends_own_sentence_is_shown_without_the_rest() -> None:
    told = environment.sentence_for("Traceback\n  The front end was not built: no Node.js.\n\nmore")
    assert told.strip() == "Not installed. The front end was not built: no Node.js."


def test_the_stamp_changes_with_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    before = environment.stamp()
    (tmp_path / "pyproject.toml").write_text("[project]")
    assert environment.stamp() != before


def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\ncase "$2" in *print*) echo 3.9.2;; *) exit 1;; esac\n')
    old.chmod(0o755)
    for tool in ("sh", "dirname"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    script = str(ROOT / "make" / "environment.sh")
    tried = subprocess.run(
        ["sh", script], env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert tried.returncode == 1
    assert "needs Python 3.11 or newer; python3 is 3.9.2, so nothing was installed." in tried.stderr
