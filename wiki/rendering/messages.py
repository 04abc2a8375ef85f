"""How the server and a render process talk: four bytes of length, then JSON."""

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct("!I")


def write_message(stream: BinaryIO, message: Any) -> None:
    """Write one message; raises OSError when the other side is gone."""
    data = json.dumps(message).encode("ascii")
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_message(stream: BinaryIO) -> Any:
    """Read one message; raises EOFError when the other side is gone."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return json.loads(_exactly(stream, length))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
