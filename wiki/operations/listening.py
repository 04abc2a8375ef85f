"""The socket the server listens on, opened before anything else so that a taken port is known."""

import errno
import json
import socket
import urllib.request

from wiki.errors import Refusal

_BACKLOG = 256


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes any free one. Raises `Refusal` when it cannot be had."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _not_here(host, error) from error
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind(address)
        opened.listen(_BACKLOG)
    except OSError as error:
        opened.close()
        raise _refusal_of(error, host, port) from error
    return opened


def _refusal_of(error: OSError, host: str, port: int) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        return _taken(host, port)
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refusal(
            "This account may not listen on port %(port)d; ports below 1024 are for the system. "
            "Nothing was changed. Choose a higher port, for example: make run PORT=8080",
            port=port,
        )
    return _not_here(host, error)


def _taken(host: str, port: int) -> Refusal:
    if _is_ours(host, port):
        return Refusal(
            "A Dossier Wiki is already running at http://%(host)s:%(port)d. Nothing was changed. "
            "Open that address, stop the other one first, or choose another port, for example: "
            "make run PORT=%(other)d",
            host=host,
            port=port,
            other=port + 1,
        )
    return Refusal(
        "Port %(port)d is taken by another program. Nothing was changed. Choose another port, for "
        "example: make run PORT=%(other)d",
        port=port,
        other=port + 1,
    )


def _is_ours(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=1) as answer:
            return "worker" in json.load(answer)
    except (OSError, ValueError):
        return False


def _not_here(host: str, error: OSError) -> Refusal:
    return Refusal(
        "This machine cannot listen on the address %(host)s: %(why)s. Nothing was changed. Set "
        "DOSSIER_WIKI_HOST to 127.0.0.1, or to an address of this machine.",
        host=host,
        why=error.strerror or error,
    )
