"""``python -m tests.benchmarks.crawling_server WORLD``: a made world that answers as Deezer does.

Prints its address. An artist has 20 related ones, always the same, in one stable order.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np

from embedding.graph import ArtistGraph
from tests.benchmarks.worlds import load_graph

RELATED = 20


class World:
    """What is told of a made world."""

    def __init__(self, graph: ArtistGraph) -> None:
        self._graph = graph

    def artist(self, number: int) -> dict[str, Any]:
        """Return an artist as an answer has it."""
        assert self._graph.popularity is not None
        fans = 2 ** int(self._graph.popularity[number] / 4)
        return {"id": number + 1, "name": f"Artist {number}", "nb_fan": fans, "type": "artist"}

    def answer(self, path: str) -> dict[str, Any]:
        """Return the answer to ``/artist/ID/related``, or to a search: the best connected one."""
        parts = path.split("/")
        if parts[1] == "search":
            return {"data": [self.artist(int(np.argmax(self._graph.degrees)))]}
        number = int(parts[2]) - 1
        near = np.random.default_rng(number).permutation(self._graph.related(number))
        return {"data": [self.artist(i) for i in near[:RELATED].tolist()]}


def main(path: Path) -> None:
    """Serve until the process ends."""
    world = World(load_graph(path))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # header and body in one piece

        def do_GET(self) -> None:
            body = json.dumps(world.answer(self.path.partition("?")[0])).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
