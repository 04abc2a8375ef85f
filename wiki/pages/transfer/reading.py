"""A source tree, from a folder or a ZIP, read one file at a time and never trusted."""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from wiki.errors import Missing, Refusal, TooLarge
from wiki.pages.transfer.paths import check_path, common_folder, is_hidden

_MEGABYTE = 1024 * 1024
_DIRECTORY_BYTES_PER_FILE = 600
_KEPT_FOLDERS = frozenset({"ru", "en", "pages", "files"})


@dataclass(frozen=True)
class Limits:
    """How much of a tree is taken at most; sizes in bytes, after unpacking."""

    files: int = 30_000
    in_all: int = 1024 * _MEGABYTE
    one_file: int = 100 * _MEGABYTE
    ratio: int = 200
    innocent: int = 5 * _MEGABYTE


@dataclass(frozen=True)
class Refused:
    """A file that was left out, and the sentence why."""

    path: str
    why: Refusal


class Tree(Protocol):
    """Files by path (slashes, no leading one); `sizes` is in order of the paths."""

    sizes: dict[str, int]
    refused: list[Refused]

    def read(self, path: str) -> bytes:
        """The content of one file; raises `Refusal` when it is damaged or has grown."""


@contextmanager
def open_tree(path: Path, limits: Limits | None = None) -> Iterator[Tree]:
    """The folder or ZIP at `path`; raises `Refusal` when it is neither, or more than allowed."""
    limits = limits or Limits()
    if path.is_dir():
        yield FolderTree(path, limits)
    elif path.is_file():
        with path.open("rb") as file:
            yield ZipTree(file, limits)
    else:
        raise Missing("There is no folder and no ZIP at %(path)s.", path=path)


class FolderTree:
    """The files under a folder; links are not followed."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._root, self._limits = root, limits
        self.refused: list[Refused] = []
        self.sizes = _accepted(self._found(), limits, self.refused)

    def _found(self) -> Iterator[tuple[str, int]]:
        for folder, names, files in os.walk(self._root):
            names[:] = [name for name in names if self._is_open(Path(folder, name))]
            for name in files:
                path = Path(folder, name)
                if self._is_open(path) and path.is_file():
                    yield path.relative_to(self._root).as_posix(), path.stat().st_size

    def _is_open(self, path: Path) -> bool:
        relative = path.relative_to(self._root).as_posix()
        if path.is_symlink():
            self.refused.append(Refused(_printable(relative), _link()))
        return not path.is_symlink() and not is_hidden(relative)

    def read(self, path: str) -> bytes:
        """The file's content, at most as long as it was when the tree was opened."""
        if path not in self.sizes:
            raise Missing("There is no file %(path)s in the tree.", path=path)
        with (self._root / path).open("rb") as file:
            data = file.read(self.sizes[path] + 1)
        if len(data) > self.sizes[path]:
            raise Refusal("It was changed while it was read. Import again.")
        return data


class ZipTree:
    """The files in a ZIP; nothing is unpacked to disk."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        _check_directory(file, limits)
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, struct.error, ValueError, OverflowError) as error:
            raise Refusal("This is not a readable ZIP file. Nothing was changed.") from error
        self.refused: list[Refused] = []
        self._members: dict[str, zipfile.ZipInfo] = {}
        _check_overlap(self._archive.infolist(), _size_of(file))
        sizes = _accepted(self._found(limits), limits, self.refused)
        folder = common_folder(list(sizes), _KEPT_FOLDERS)
        self.sizes = {path.removeprefix(folder): size for path, size in sizes.items()}
        self._members = {p.removeprefix(folder): self._members[p] for p in sizes}

    def _found(self, limits: Limits) -> Iterator[tuple[str, int]]:
        for member in self._archive.infolist():
            name = _name_of(member)
            if member.is_dir() or is_hidden(name):
                continue
            try:
                path = check_path(name)
                _check_member(member, limits)
                if path in self._members:
                    raise Refusal("A second file of the same name in the ZIP was left out.")
            except Refusal as refusal:
                self.refused.append(Refused(_printable(name), refusal))
                continue
            self._members[path] = member
            yield path, member.file_size

    def read(self, path: str) -> bytes:
        """The file's content; the declared size bounds what is unpacked."""
        if path not in self._members:
            raise Missing("There is no file %(path)s in the tree.", path=path)
        try:
            return self._archive.read(self._members[path])
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Refusal("It is damaged in the ZIP, so it was left out.") from error


def _accepted(
    found: Iterable[tuple[str, int]], limits: Limits, refused: list[Refused]
) -> dict[str, int]:
    sizes: dict[str, int] = {}
    total = 0
    for name, size in found:
        total += size
        if len(sizes) >= limits.files:
            raise TooLarge(
                "There are more than %(limit)d files. Nothing was changed. Import in parts.",
                limit=limits.files,
            )
        if total > limits.in_all:
            raise TooLarge(
                "The files have over %(limit)d MB in all. Nothing was changed. Import in parts.",
                limit=limits.in_all // _MEGABYTE,
            )
        try:
            path = check_path(name)
            if size > limits.one_file:
                raise TooLarge(
                    "It is larger than %(limit)d MB, so it was left out.",
                    limit=limits.one_file // _MEGABYTE,
                )
            sizes[path] = size
        except Refusal as refusal:
            refused.append(Refused(_printable(name), refusal))
    return dict(sorted(sizes.items()))


def _check_member(member: zipfile.ZipInfo, limits: Limits) -> None:
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _link()
    if member.flag_bits & 1:
        raise Refusal("It is locked with a password, so it was left out.")
    packed = max(member.compress_size, 1)
    if member.file_size > limits.innocent and member.file_size // packed > limits.ratio:
        raise TooLarge(
            "It unpacks to more than %(ratio)d times its size, so it was left out.",
            ratio=limits.ratio,
        )


def _check_overlap(members: list[zipfile.ZipInfo], archive_size: int) -> None:
    # Bombs without nesting let many entries share the same packed bytes.
    if sum(member.compress_size for member in members) > archive_size:
        raise Refusal("This ZIP is built to unpack to more than it holds. Nothing was changed.")


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    # zipfile holds the whole directory in memory, so its size is looked at before.
    size = _size_of(file)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    sizes = [
        int.from_bytes(tail[found.start() + at : found.start() + at + width], "little")
        for signature, at, width in ((rb"PK\x05\x06", 12, 4), (rb"PK\x06\x06", 40, 8))
        for found in re.finditer(signature, tail)
    ]
    if max(sizes, default=0) > limits.files * _DIRECTORY_BYTES_PER_FILE:
        raise TooLarge(
            "There are more than %(limit)d files. Nothing was changed. Import in parts.",
            limit=limits.files,
        )


def _size_of(file: BinaryIO) -> int:
    return file.seek(0, os.SEEK_END)


def _name_of(member: zipfile.ZipInfo) -> str:
    name = member.orig_filename
    if member.flag_bits & 0x800 or name.isascii():
        return name
    raw = name.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp866", "replace")


def _link() -> Refusal:
    return Refusal("It is a link to another place, so it was left out.")


def _printable(name: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return shown if len(shown) <= 200 else shown[:200] + "…"
