"""Music services that say who is related to whom; importing this loads none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from embedding.progress import CancelToken
    from embedding.sources.source import Source


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source before it is asked.

    Attributes
    ----------
    title : str
    help : str
        A line about it.
    needs_key : bool
    """

    title: str
    help: str
    needs_key: bool = False


SOURCES = {
    "listenbrainz": SourceInfo("ListenBrainz", "open data, who is heard together; no key"),
    "deezer": SourceInfo("Deezer", "related artists of a streaming service; no key"),
    "lastfm": SourceInfo("Last.fm", "similar artists; needs a key of your own", needs_key=True),
}


def open_source(
    name: str,
    *,
    base_url: str | None = None,
    key: str | None = None,
    cancel: CancelToken,
    on_wait: Callable[[float, str], None] = lambda _seconds, _why: None,
) -> AbstractContextManager[Source]:
    """Return a source, to be entered and asked."""
    module = import_module(f"embedding.sources.{name}")
    opened = module.open_source(base_url=base_url, key=key, cancel=cancel, on_wait=on_wait)
    return cast("AbstractContextManager[Source]", opened)
