"""The yardstick: a Flask application that only returns bytes, under the same server.

    python -m bench.bare

`POST /load` takes the answers to give from now on, pickled: path → (status, type, body).
"""

import pickle

import waitress
from flask import Flask, Response, request

from wiki.config import Settings

LOAD = "/load"
Recorded = dict[str, tuple[int, str, bytes]]


def bare_application() -> Flask:
    """The application: one view that returns what was loaded for the path."""
    app, recorded = Flask(__name__), Recorded()

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def answer(path: str) -> Response:
        status, kind, body = recorded["/" + path]
        return Response(body, status, content_type=kind)

    @app.post(LOAD)
    def load() -> str:
        recorded.clear()
        recorded.update(pickle.loads(request.get_data()))
        return ""

    return app


def main() -> None:
    """Serve on any free port of the loopback, with as many threads as the wiki."""
    threads = Settings.__dataclass_fields__["threads"].default
    server = waitress.create_server(
        bare_application(), host="127.0.0.1", port=0, threads=threads, ident=None
    )
    print(f"is running: http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()


if __name__ == "__main__":
    main()
