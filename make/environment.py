"""Make .venv and install the wiki into it: with uv when it is there, else with venv and pip.

A stamp remembers what was installed, so the second time takes no time. With `--tests` the tools
of the tests come too. Needs nothing but the standard library.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "install.log"
NEEDED_SPACE = 700_000_000


def main(arguments: list[str]) -> None:
    """Install what is missing; end with a sentence when that is not possible."""
    kind = "tests" if "--tests" in arguments else "run"
    if is_done(kind):
        return
    try:
        make_venv()
        install(kind)
        (VENV / f".done-{kind}").write_text(stamp())
    except OSError as error:
        sys.exit(sentence_for(f"{error.strerror}: {error.filename}"))
    print("Installed.", flush=True)


def is_done(kind: str) -> bool:
    """Whether this very state was installed before; what the tests need holds all the rest."""
    stamps = {VENV / ".done-tests", VENV / f".done-{kind}"}
    return PYTHON.exists() and any(s.exists() and s.read_text() == stamp() for s in stamps)


def stamp() -> str:
    """A hash over all that decides what is installed and built."""
    sources = [ROOT / "pyproject.toml", ROOT / "hatch_build.py", ROOT / "package-lock.json"]
    sources += sorted(path for path in (ROOT / "static" / "src").rglob("*") if path.is_file())
    sources += sorted(ROOT.glob("translations/*/LC_MESSAGES/*.po"))
    digest = hashlib.sha256(str(ROOT).encode())
    for path in sources:
        if path.exists():
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def make_venv() -> None:
    """Make .venv unless a working one of a good Python is there."""
    if works():
        return
    if shutil.disk_usage(ROOT).free < NEEDED_SPACE:
        sys.exit(sentence_for("No space left on device"))
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])
        return
    result = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True
    )
    if result.returncode:
        make_venv_without_ensurepip(result.stdout + result.stderr)


def works() -> bool:
    """Whether .venv has a Python that is new enough."""
    if not PYTHON.exists():
        return False
    test = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(PYTHON), "-c", test], capture_output=True).returncode == 0


def make_venv_without_ensurepip(said: str) -> None:
    """Debian and Ubuntu keep the half of venv that brings pip in a package of its own."""
    if "ensurepip" not in said:
        sys.exit(sentence_for(said))
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print(f"Installing {package} …", flush=True)
        subprocess.run([apt, "update", "-qq"], capture_output=True)
        subprocess.run([apt, "install", "-y", "-qq", package], capture_output=True)
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(VENV)])
        return
    shutil.rmtree(VENV, ignore_errors=True)
    sys.exit(
        f"This Python has no venv, so nothing was installed. Run `sudo apt install {package}`, or "
        "install uv (https://docs.astral.sh/uv), then the same command again."
    )


def install(kind: str) -> None:
    """Install the package for editing (its build hook builds the front end) and the tools."""
    print("Installing into .venv (a minute or two the first time) …", flush=True)
    uv = shutil.which("uv")
    pip = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [*plain_pip(), "install"]
    run([*pip, "--editable", str(ROOT), *(tools() if kind == "tests" else [])])


def plain_pip() -> list[str]:
    """The pip inside .venv; brought by ensurepip when uv had made the .venv without one."""
    pip = [str(PYTHON), "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True).returncode:
        run([str(PYTHON), "-m", "ensurepip", "--upgrade"])
    return [*pip, "--disable-pip-version-check"]


def tools() -> list[str]:
    """What pyproject.toml names for the tests; pip before 25.1 cannot read that part itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return list(project["dependency-groups"]["dev"])


def run(command: list[str]) -> None:
    """Run a command with its output in the log; end with a sentence when it fails."""
    result = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if VENV.is_dir():
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n{result.stdout}\n")
    if result.returncode:
        sys.exit(sentence_for(result.stdout))


CAUSES = (
    (
        r"No space left on device|Disk quota exceeded",
        "The disk is full (700 MB are needed). Make room, then run the same command again.",
    ),
    (
        r"Read-only file system",
        "This folder is on a read-only disk. Copy it to where you may write, and run it there.",
    ),
    (
        r"Permission denied",
        "This account may not write here. Make the folder yours, then run the same command again.",
    ),
    (
        r"Temporary failure in name resolution|Name or service not known|nodename nor servname"
        r"|Failed to establish a new connection|NewConnectionError|ConnectTimeout|ConnectionError"
        r"|Network is unreachable|No route to host|dns error|error sending request|tcp connect"
        r"|npm registry could not be reached|Could not connect|Proxy.?Error|Max retries exceeded"
        # What pip says of every package when it was told not to try again.
        r"|from versions: none",
        "The network, or the package index, cannot be reached. Check the connection (or the proxy "
        "and index in your pip or uv settings), then run the same command again.",
    ),
    (
        r"No matching distribution found|No solution found|requires-python",
        "A package is not to be had for this Python or machine.",
    ),
)


def sentence_for(output: str) -> str:
    """Why the installation failed, in plain words, and the end of what the tool said."""
    built = re.search(r"^.*(The front end was not built: .+?)(\n\s*\n|$)", output, re.S | re.M)
    if built:
        return f"\nNot installed. {built[1].strip()}\n"
    end = "\n".join(f"    {line}" for line in output.strip().splitlines()[-8:])
    why = next((words for pattern, words in CAUSES if re.search(pattern, output, re.I)), "")
    where = f" The whole output is in {LOG.relative_to(ROOT)}." if LOG.exists() else ""
    return f"\nNot installed. {why or 'The installer failed.'}{where}\n{end}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
