"""The reference reader of BPMN from npm (bpmn-moddle), as one process for many files."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hatch_build import find_node, install_packages

ROOT = Path(__file__).resolve().parents[4]
Told = Mapping[str, Any]


class Reader:
    """Reads files and tells what it found in them."""

    def __init__(self) -> None:
        node = find_node()
        install_packages(ROOT, node)
        self._process = subprocess.Popen(
            [*node.node, str(Path(__file__).parent / "read_bpmn.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def read(self, xml: bytes) -> Told:
        """What the reader says of one file."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(xml.decode()) + "\n")
        self._process.stdin.flush()
        told: Told = json.loads(self._process.stdout.readline())
        return told

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
