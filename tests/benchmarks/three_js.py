"""The same stars as ``three.js`` Points, in a headless Chromium, on a page served on loopback."""

from __future__ import annotations

import base64
import json
import os
import queue
import shutil
import subprocess
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np

from galaxy_desktop.model.framing import heart
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World
from tests.benchmarks.drawing_jobs import SMALLEST, colours
from tests.benchmarks.measure import REPO, JobFailed
from tests.benchmarks.stages import SIZE

VERSION = "0.187.0"
CACHE = REPO / "build" / "three"
PAGE = Path(__file__).with_name("three_page.html")
MODULES = ("three.module.js", "three.core.js")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 90.0
"""Seconds until the browser is given up."""
#: Frames as fast as they come, on whatever draws here, and no calls home.
_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--disable-frame-rate-limit",
    "--disable-gpu-vsync",
    "--ignore-gpu-blocklist",
    "--enable-unsafe-swiftshader",
    "--hide-scrollbars",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-extensions",
]


def missing() -> str:
    """Return why there is nothing to compare with, "" if there is."""
    if browser() is None:
        return "Chromium is not installed"
    if all((CACHE / name).exists() for name in MODULES):
        return ""
    if shutil.which("npm") is None:
        return "npm, which brings three.js, is not installed"
    try:
        _install()
    except (OSError, KeyError, subprocess.SubprocessError, tarfile.TarError) as error:
        return f"npm did not bring three@{VERSION}: {error}"
    return ""


def browser() -> str | None:
    """Return the program that shows the page."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def measure(world: World, poses: Sequence[Pose], seconds: float, angle: str = "") -> dict[str, Any]:
    """Return what the page found: ``times`` of the frames, ``renderer``, ``three``, ``picture``.

    Parameters
    ----------
    world : World
    poses : sequence of Pose
        One turn; as many whole ones are drawn as take `seconds`.
    seconds : float
    angle : str
        What Chromium draws with, such as ``"swiftshader"``; "" lets it choose.

    Raises
    ------
    JobFailed
        The browser gave no answer, or the page failed.
    """
    program = browser()
    assert program is not None, "ask `missing` first"
    files = page_files(world, poses, seconds)
    with serve(files) as (address, answers), tempfile.TemporaryDirectory() as profile:
        flags = [*_FLAGS, f"--user-data-dir={profile}", f"--window-size={SIZE[0]},{SIZE[1]}"]
        if angle:
            flags += ["--use-gl=angle", f"--use-angle={angle}"]
        log = Path(profile) / "said.txt"
        with log.open("wb") as output:
            shown = subprocess.Popen(
                [program, *flags, address],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | {"HOME": profile},
            )
            try:
                answer = _wait(answers, shown)
            finally:
                shown.terminate()
                shown.wait()
                _let_go(profile)
    if "problem" in answer:
        raise JobFailed(f"three.js: {answer['problem']}")
    return answer


def page_files(world: World, poses: Sequence[Pose], seconds: float) -> dict[str, bytes]:
    """Return what the page asks for, by name."""
    middle, start = heart(world), poses[0]
    away = float(np.linalg.norm(np.array(start.position) - middle))
    about = {
        "size": SIZE,
        "stars": len(world),
        "fov": start.fov,
        "seconds": seconds,
        # three.js scales points by half the height over the distance, whatever the lens.
        "point": SMALLEST * away / (SIZE[1] / 2),
        "path": [{"place": pose.position, "goal": middle.tolist()} for pose in poses],
    }
    stars = np.concatenate((world.positions.ravel(), colours(world).ravel())).astype("<f4")
    files = {name: (CACHE / name).read_bytes() for name in MODULES}
    page = PAGE.read_bytes()
    return files | {
        "": page,
        "about.json": json.dumps(about).encode(),
        "stars.bin": stars.tobytes(),
    }


def save_picture(answer: dict[str, Any], path: Path) -> None:
    """Leave the page's last frame in a file."""
    path.write_bytes(base64.b64decode(answer["picture"].partition(",")[2]))


def _install() -> None:
    """Bring three.js into the cache."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        subprocess.run(
            ["npm", "pack", f"three@{VERSION}", "--silent", "--pack-destination", folder],
            check=True,
            capture_output=True,
            timeout=120,
            cwd=folder,
        )
        (packed,) = Path(folder).glob("*.tgz")
        with tarfile.open(packed) as archive:
            for name in MODULES:
                member = archive.extractfile(f"package/build/{name}")
                assert member is not None
                (CACHE / name).write_bytes(member.read())


@contextmanager
def serve(files: dict[str, bytes]) -> Iterator[tuple[str, queue.Queue[dict[str, Any]]]]:
    """Serve files by name on loopback; give the address, and where answers are put."""
    answers: queue.Queue[dict[str, Any]] = queue.Queue()
    kinds = {"": "text/html", ".js": "text/javascript", ".json": "application/json"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            found = files.get(name)
            self.send_response(404 if found is None else 200)
            self.send_header(
                "Content-Type", kinds.get(Path(name).suffix, "application/octet-stream")
            )
            self.send_header("Content-Length", str(len(found or b"")))
            self.end_headers()
            self.wfile.write(found or b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            answers.put(json.loads(body))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, name="three-page")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _wait(answers: queue.Queue[dict[str, Any]], shown: subprocess.Popen[bytes]) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return answers.get(timeout=0.2)
        except queue.Empty:
            if shown.poll() is not None:
                raise JobFailed("three.js: the browser ended before the page answered") from None
    raise JobFailed(f"three.js: the page did not answer within {PATIENCE:.0f} s")


def _let_go(profile: str) -> None:
    """Wait until the browser's helpers have left its folder alone, and empty it."""
    for _ in range(20):
        shutil.rmtree(profile, ignore_errors=True)
        if not Path(profile).exists():
            break
        time.sleep(0.1)
    Path(profile).mkdir(exist_ok=True)
