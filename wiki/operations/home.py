"""The home folder of an instance: there, writable, and with room left."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

from wiki.errors import Refusal

LITTLE_SPACE = 200_000_000
"""Bytes below which the server does not start: a full disk in the middle of a save is worse."""


def prepare_home(home: Path) -> None:
    """Make the folder. Raises `Refusal` when it cannot be written or the disk is full."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=home, prefix=".probe-") as probe:
            probe.write(b"can this be written?")
            os.fsync(probe.fileno())
    except OSError as error:
        raise refusal_of(error, home) from error
    if free_space(home) < LITTLE_SPACE:
        raise Refusal(
            "The disk that holds %(home)s has less than %(megabytes)d MB left. What is stored is "
            "safe. Make room, or set DOSSIER_WIKI_HOME to a folder on another disk.",
            home=home,
            megabytes=LITTLE_SPACE // 1_000_000,
        )


def free_space(home: Path) -> int:
    """Bytes that are still free on the disk of the folder."""
    return shutil.disk_usage(home).free


def refusal_of(error: OSError, home: Path) -> Refusal:
    """What the system said about the folder, as a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal(
            "The disk that holds %(home)s is full. What is stored is safe. Make room and start "
            "again.",
            home=home,
        )
    if error.errno == errno.EROFS:
        return Refusal(
            "The disk that holds %(home)s is read-only. Nothing was changed. Make it writable, or "
            "set DOSSIER_WIKI_HOME to a folder that can be written.",
            home=home,
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refusal(
            "This account may not write to %(home)s. Nothing was changed. Give it the right, or "
            "set DOSSIER_WIKI_HOME to a folder that it may write to.",
            home=home,
        )
    return Refusal(
        "The folder %(home)s cannot be used: %(why)s. Nothing was changed. Set DOSSIER_WIKI_HOME "
        "to another folder.",
        home=home,
        why=error.strerror or error,
    )
