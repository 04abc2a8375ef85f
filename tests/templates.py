"""Every test makes an application; templates are compiled once for all of them."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _Compiled(BytecodeCache):
    """Compiled templates in memory, by name and checksum of their source."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before."""
        known = self._known.get((bucket.key, bucket.checksum))
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled now."""
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_compiled = _Compiled()


def share_templates(app: Flask) -> None:
    """Let this application use what others compiled, and they what it compiles."""
    app.jinja_env.bytecode_cache = _compiled
