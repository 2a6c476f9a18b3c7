"""A process of galaxy-embed serve, and what is said to it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.embedding.processes import environment

QUICK = {"walks": 4, "epochs": 3, "workers": 2}
LONG = {"walks": 400, "epochs": 400, "workers": 2}


class Served:
    """A process that serves, and its answers."""

    def __init__(self, *arguments: str, **more: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "embedding", "serve", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(SOURCE_DATE_EPOCH="0"),
            **more,
        )

    def say(self, *lines: str | bytes | dict[str, Any]) -> None:
        assert self.process.stdin is not None
        for line in lines:
            data = json.dumps(line) if isinstance(line, dict) else line
            self.process.stdin.write(data.encode() if isinstance(data, str) else data)
            self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "it has ended"
        return dict(json.loads(line))

    def until(self, *events: str, run: int | None = None) -> list[dict[str, Any]]:
        """Hear until one of these events; return all that was heard."""
        heard = [self.hear()]
        while heard[-1]["event"] not in events or (run is not None and heard[-1].get("run") != run):
            heard.append(self.hear())
        return heard

    def close(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(30)


def asked(run: int, edges: Path, to: Path, **more: Any) -> dict[str, Any]:
    build = {"run": run, "input": str(edges), "output": str(to), "settings": QUICK}
    return {"build": build | more}
