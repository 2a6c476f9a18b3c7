"""A real HTTP server on this machine that speaks as ListenBrainz, MusicBrainz, Deezer and Last.fm.

``python -m tests.embedding.sources.music_server --artists 2000 --fault 500:0.1`` says where it is.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.embedding.sources.music_answers import Unknown, answer
from tests.embedding.sources.music_world import MusicWorld, music_world

KEY = "0123456789abcdef0123456789abcdef"
FAULTS = (
    "429", "429 date", "500", "503", "hang", "slow", "cut", "html", "no json", "wrong type",
    "gigantic", "bomb", "quota", "redirect", "gone", "404",
)  # fmt: skip


class MusicServer:
    """Answers until it is closed; to be entered.

    Parameters
    ----------
    world : MusicWorld
    delay : float
        Seconds before each answer.
    port : int
        0: a free one.

    Attributes
    ----------
    script : list of str
        Faults of `FAULTS` for the requests to come, one each; "" is a good answer.
    lot : tuple of (str, float) or None
        A fault, and the share of all requests that it happens to.
    gone : set of int
        Artists who are no longer there.
    asked : list of (str, dict)
        Paths and queries so far.
    headers : list of dict
        Of the requests so far.
    """

    def __init__(self, world: MusicWorld, *, delay: float = 0.0, port: int = 0) -> None:
        self.world, self.delay = world, delay
        self.script: list[str] = []
        self.lot: tuple[str, float] | None = None
        self.gone: set[int] = set()
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.headers: list[dict[str, str]] = []
        self.more: dict[str, str] = {}
        self._random = random.Random(1)
        self.closing = threading.Event()
        server = self

        class Handler(_Handler):
            music = server

        self._http = _Server(("127.0.0.1", port), Handler)
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Answer no more."""
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def fault(self) -> str:
        """Return what is to go wrong with the next request."""
        if self.script:
            return self.script.pop(0)
        if self.lot is not None and self._random.random() < self.lot[1]:
            return self.lot[0]
        return ""

    def counts(self) -> Counter[str]:
        """Return how often each path was asked for."""
        return Counter(path for path, _ in self.asked)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of those who hang up in the middle."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    music: MusicServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._serve(json.loads(body))

    def do_GET(self) -> None:
        self._serve(None)

    def _serve(self, body: Any) -> None:
        music = self.music
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        music.asked.append((parts.path, query))
        music.headers.append(dict(self.headers))
        if music.delay:
            music.closing.wait(music.delay)
        fault = music.fault()
        with suppress(ConnectionError):
            if fault:
                self._fail(fault, parts.path)
                return
            try:
                said, status = answer(music.world, parts.path, query, body, music.gone), 200
            except Unknown as unknown:
                said, status = unknown.answer, unknown.status
            self._send(status, json.dumps(said).encode())

    def _fail(self, fault: str, path: str) -> None:
        closing = self.music.closing
        if fault == "429":
            self._send(429, b"{}", {"Retry-After": "0"})
        elif fault == "429 date":
            soon = datetime.now(UTC) + timedelta(seconds=0)
            self._send(429, b"{}", {"Retry-After": format_datetime(soon, usegmt=True)})
        elif fault in ("500", "503"):
            self._send(int(fault), b"<h1>no</h1>", kind="text/html")
        elif fault == "hang":
            closing.wait(30)
            self.close_connection = True
        elif fault == "slow":
            self.close_connection = True
            self._head(200, 1000)
            while not closing.wait(0.02):
                self.wfile.write(b" ")
                self.wfile.flush()
        elif fault == "cut":
            self._head(200, 1000)
            self.wfile.write(b'{"data": [')
            self.close_connection = True
        elif fault == "html":
            self._send(200, b"<html>Sign in to this network</html>", kind="text/html")
        elif fault == "no json":
            self._send(200, b'{"data": [')
        elif fault == "wrong type":
            self._send(200, b'"fine"')
        elif fault == "gigantic":
            self.close_connection = True
            self._head(200, 1 << 40)
            while not closing.is_set():
                self.wfile.write(b" " * 65536)
        elif fault == "bomb":
            self._send(200, gzip.compress(b" " * (4 << 20)), {"Content-Encoding": "gzip"})
        elif fault == "gone":
            gone: Any = {"error": {"code": 800}} if path != "/2.0/" else {"error": 6}
            self._send(404, json.dumps(gone).encode())
        elif fault == "refused":
            self._send(403, b'{"error": 10, "message": "Invalid API key"}')
        elif fault == "404":
            self._send(404, b'{"error": "Not found"}')
        elif fault == "quota":
            said = {"error": {"type": "Exception", "message": "Quota limit exceeded", "code": 4}}
            if path == "/2.0/":
                said = {"error": 29, "message": "Rate limit exceeded"}  # type: ignore[dict-item]
            self._send(200, json.dumps(said).encode())
        elif fault == "redirect":
            self._send(302, b"", {"Location": "http://192.0.2.1/elsewhere"})

    def _head(self, status: int, length: int, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(length))
        for name, value in self.music.more.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(
        self,
        status: int,
        body: bytes,
        more: dict[str, str] | None = None,
        kind: str = "application/json",
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (self.music.more | (more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--artists", type=int, default=500)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--fault", default="", help="KIND or KIND:SHARE, such as 500:0.1")
    given = parser.parse_args()
    with MusicServer(music_world(given.artists), delay=given.delay, port=given.port) as server:
        if given.fault:
            kind, _, share = given.fault.partition(":")
            server.lot = kind, float(share or 1)
        print(server.url, flush=True)
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)


if __name__ == "__main__":
    main()
