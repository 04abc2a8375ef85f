"""Check the types of the front end's sources with the TypeScript that its build installed."""

import subprocess
import sys
from pathlib import Path

from hatch_build import FrontEndError, find_node, install_packages

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Run tsc; its exit code is ours."""
    try:
        node = find_node()
        install_packages(ROOT, node)
    except FrontEndError as error:
        sys.exit(str(error))
    compiler = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    sys.exit(subprocess.run([*node.node, str(compiler), "--noEmit"], cwd=ROOT).returncode)


if __name__ == "__main__":
    main()
