"""What is said to a `CrawlJob`, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from galaxy_desktop.model.growth import Answer, Named

Why = Literal["limit", "nothing left", "stopped", "time", "service", "failed", "lost"]
"""What ends a crawl: as ``galaxy-embed crawl`` says, or what kept it from beginning, or the end of
its process by a fault or by somebody's hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRequest:
    """What is to be asked.

    Attributes
    ----------
    source : str
        The service, as the command calls it.
    seeds : tuple of str
        The names of the artists to begin with.
    size : int
        How many artists the service is asked about, at most.
    path : Path
        The file that keeps the answers.
    base_url : str
        A mirror of the service, "" for itself.
    key : str
        The user's key for the service, "" where none is needed or the keyring has it. It goes to
        the process by its environment, which other users cannot read.
    """

    source: str
    seeds: tuple[str, ...]
    size: int
    path: Path
    base_url: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """How far it is.

    Attributes
    ----------
    asked, wanted : int
        Artists about whom the service was asked, and is to be.
    known : int
        Artists that were ever named.
    per_minute : float or None
        Artists asked about in a minute.
    left : float or None
        Seconds left; None while nothing honest can be said.
    waiting : str
        Why nothing goes on at present, "" while it does.
    """

    asked: int = 0
    wanted: int = 0
    known: int = 0
    per_minute: float | None = None
    left: float | None = None
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class CrawlEnd:
    """How it ended. What was answered till then is in the file, whatever ended it.

    Attributes
    ----------
    why : str
        One of `Why`.
    message : str
        A sentence for the user where a service or a fault is to blame, else "".
    asked, known : int
        As in `CrawlProgress`.
    """

    why: Why
    message: str
    asked: int
    known: int


def answer_of(event: dict[str, Any]) -> Answer:
    """Return what a line about an answer says.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        It is no such line.
    """
    return Answer(
        _named(event["of"]),
        tuple(_named(each) for each in event["artists"]),
        tuple(str(each) for each in event["related"]),
    )


def _named(content: dict[str, Any]) -> Named:
    listeners = content.get("listeners")
    return Named(
        str(content["id"]),
        str(content["key"]),
        str(content["name"]),
        None if listeners is None else int(listeners),
        str(content.get("link") or ""),
    )
