"""A crawl that asks nobody: a program that says what ``galaxy-embed crawl`` would say."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

_HEAD = """\
    import json, os, sys, threading, time

    def say(event, **fields):
        print(json.dumps({"event": event, **fields}), flush=True)

    def artist(name):
        return {"id": name, "key": "key of " + name, "name": name, "listeners": 1000}

    def found(of, *names, known=()):
        say("found", of=artist(of), artists=[artist(name) for name in names],
            related=[*names, *known])

    def done(why, **fields):
        say("done", **{"path": "", "artists": 5, "asked": 2, "requests": 3, "why": why,
                       "message": "", **fields})

    def until_stopped():
        sys.stdin.read()
        done("stopped")

    say("crawl", source="test", title="Test", terms="", licence="", path="", known=1, asked=0)
"""

ENDLESS = """\
    found("Artist 0", "New 1", "New 2")
    say("progress", stage="crawl", done=1, total=100)
    say("rate", per_minute=60.0, left_seconds=99.0)
    found("New 1", "New 3", known=["New 2"])
    until_stopped()
"""
"""Two answers, then nothing until it is stopped."""


def fake_crawl(folder: Path, body: str = ENDLESS) -> tuple[str, ...]:
    """Return the command of a program that does `body`; it writes its arguments to a file."""
    script = folder / "crawl.py"
    keep = f"""\
    with open({str(folder / "asked.jsonl")!r}, "a") as file:
        called = {{"arguments": sys.argv[1:], "pid": os.getpid()}}
        called["key"] = os.environ.get("TEST_API_KEY", "")
        print(json.dumps(called), file=file)
"""
    parts = (_HEAD, keep, body)
    script.write_text("".join(textwrap.dedent(part) for part in parts), encoding="utf-8")
    return sys.executable, str(script)
