"""``python -m tests.embedding.sources.fake_crawl crawl ...``: the command with a source in memory.

FAKE_SOURCE holds the arguments of `FakeSource` as JSON, and ``delay``, the seconds of a request.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import nullcontext
from typing import Any

import embedding.sources
from embedding.progress import CancelToken
from tests.embedding.sources.fake_source import FakeSource


def open_fake(name: str, *, cancel: CancelToken, **_: Any) -> Any:
    """Return a source that takes some time to answer, and hears when it is to stop."""
    given = json.loads(os.environ.get("FAKE_SOURCE", "{}"))
    delay = given.pop("delay", 0.0)

    def wait(_: str) -> None:
        until = time.monotonic() + delay
        while time.monotonic() < until:
            cancel.check()
            time.sleep(min(0.005, delay))
        cancel.check()

    source = FakeSource(before=wait, **given)
    source.name = name
    return nullcontext(source)


if __name__ == "__main__":
    embedding.sources.open_source = open_fake
    from embedding.cli import command

    command()
