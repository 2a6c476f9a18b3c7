"""`Fetcher`: one service's answers over HTTP, asked for politely and read with care.

A request that is under way cannot be called back. So that a crawl stops at once all the same, each
is made in a thread of its own, which is left to itself where the user stops; the answer is lost.
"""

from __future__ import annotations

import json
import logging
import os
import random
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NoReturn, Self
from urllib.parse import urlsplit

import httpx

from embedding.errors import InputError
from embedding.progress import CancelToken
from embedding.sources.answers import Answer
from embedding.sources.errors import SourceDown, SourceError
from embedding.sources.rate_limit import RateLimit
from embedding.sources.retrying import LONGEST, Patience, retry_after
from embedding.sources.source import Rate

OnWait = Callable[[float, str], None]
"""Told of every wait that a service asks for or that a fault costs: seconds, and why."""

CONTACT = "https://pypi.org/project/galaxy-desktop/"
"""Where a service finds who made the program; GALAXY_CONTACT names the one who runs it instead."""

MOST_BYTES = 8 << 20
"""Of an answer, unpacked. The largest that is right has some 100 kB."""
LONGEST_ANSWER = 60.0
"""Seconds from the first byte of an answer to its last."""
LONGEST_REQUEST = 120.0
"""Seconds for everything: looking up a host has no limit of its own, nor have slow headers."""
_TIMES = httpx.Timeout(20.0, connect=10.0)
_LOOK = 0.05
"""Seconds between two looks at whether the user wants to stop."""
_REDIRECTS = 3
_TELLING = (400, 401, 403, 404, 410)
"""With these a service may say inside what is wrong: Last.fm does."""
_REFUSING = (401, 403)
_LONG_TURN = 6.0
"""Seconds; what is longer is no service's pace but a quota that is used up, and told."""

# They write every address, the key in it too, to whoever listens.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class _Fault(Exception):
    """A request in vain that is worth another attempt; `after` is what the service asks for."""

    def __init__(self, problem: str, after: float | None = None) -> None:
        super().__init__(problem)
        self.after = after


class Busy(Exception):
    """Raised by `Judge`: the service asks inside a good answer to be left alone for a while."""

    def __init__(self, problem: str, seconds: float | None = None) -> None:
        super().__init__(problem)
        self.seconds = seconds


Judge = Callable[[Answer], None]
"""Looks for an error inside an answer that came as a good one, and raises what it means."""


class Fetcher:
    """Asks a service and reads its answers.

    Parameters
    ----------
    title : str
        The service's name, for messages. No message ever holds an address: it could hold a key.
    rate : Rate
    base_url : str or None
        Where the service is instead of its own address.
    cancel : CancelToken
        Ends every wait at once.
    on_wait : callable
    judge : callable, optional
    patience : Patience
    clock : callable
        Seconds since some moment.

    Raises
    ------
    InputError
        The base URL is none.
    """

    def __init__(
        self,
        title: str,
        rate: Rate,
        *,
        base_url: str | None,
        cancel: CancelToken,
        on_wait: OnWait,
        judge: Judge = lambda _: None,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.title, self._base = title, _base(base_url)
        self._cancel, self._on_wait, self._judge = cancel, on_wait, judge
        self._patience, self._clock = patience or Patience(), clock
        # A service on this machine is the user's own: it may be asked as fast as it answers.
        self._limit = RateLimit(None if self.is_local else rate, clock)
        # Where a thousand of these programs fail together they should not come back together.
        self._lot = random.Random()
        self._client = httpx.Client(
            headers={"User-Agent": agent(), "Accept": "application/json"},
            timeout=_TIMES,
            follow_redirects=True,
            max_redirects=_REDIRECTS,
            event_hooks={"request": [self._allow]},
        )

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    @property
    def is_local(self) -> bool:
        """Whether the service is on this machine."""
        return urlsplit(self._base).hostname in ("localhost", "127.0.0.1", "::1")

    @property
    def is_private(self) -> bool:
        """Whether nobody between here and the service can read what is asked."""
        return not self._base or self._base.startswith("https://") or self.is_local

    def get(self, url: str, **params: str | int) -> Answer:
        """Ask for an address of the service; see `fetch`."""
        return self.fetch("GET", url, params=params)

    def fetch(self, method: str, url: str, **how: Any) -> Answer:
        """Make a request, again and again where that helps, and return its answer.

        Raises
        ------
        ArtistGone
            The judge found that inside. A 404 alone does not say it: were the service to move away,
            every artist would be gone.
        SourceError
            The answer is no good, and would not become better.
        SourceDown
            The service refuses, or is still no good after all attempts.
        Cancelled
        """
        parts = urlsplit(url)
        where = f"{self._base}{parts.path}" if self._base else url
        for attempt in range(1, self._patience.attempts + 1):
            self._limit.take_turn(self._await_turn)
            try:
                status, value = self._in_a_thread(method, where, how)
                answer = Answer(self.title, value)
                self._judge(answer)
                if status in _REFUSING:
                    raise self._refused(status)
                if status != 200:
                    raise self._odd(status)
                return answer
            except Busy as busy:
                fault = _Fault(str(busy), busy.seconds)
            except _Fault as error:
                fault = error
            if attempt == self._patience.attempts:
                break
            seconds = fault.after
            if seconds is None:
                seconds = self._patience.wait(attempt, self._lot)
            if seconds > LONGEST:
                raise self._down(
                    f"{fault}, and asks to be left alone for {seconds / 60:,.0f} minutes"
                )
            self._on_wait(seconds, f"{self.title} {fault}")
            self._cancel.pause(seconds)
        raise self._down(f"{fault}, {self._patience.attempts} times in a row")

    def _await_turn(self, seconds: float) -> None:
        if seconds > _LONG_TURN:
            self._on_wait(seconds, f"{self.title} allows no more requests for now")
        self._cancel.pause(seconds)

    def _down(self, problem: str) -> SourceDown:
        return SourceDown(
            problem, where=self.title, remedy="look at your connection, and go on later"
        )

    def _refused(self, status: int) -> SourceDown:
        return SourceDown(
            f"the service refuses to answer ({status})",
            where=self.title,
            remedy="check your key, if it needs one, and go on later",
        )

    def _odd(self, status: int) -> SourceError:
        return SourceError(f"the answer has the status {status}", where=self.title)

    def _in_a_thread(self, method: str, url: str, how: dict[str, Any]) -> tuple[int, Any]:
        """Return what `_once` returns, or leave it alone where the user wants to stop."""
        came: list[tuple[int, Any]] = []
        failed: list[BaseException] = []
        over = threading.Event()

        def work() -> None:
            try:
                came.append(self._once(method, url, how))
            except BaseException as error:
                failed.append(error)
            finally:
                over.set()

        self._cancel.check()
        begun = time.monotonic()
        threading.Thread(target=work, name=f"ask {self.title}", daemon=True).start()
        while not over.wait(_LOOK):
            self._cancel.check()
            if time.monotonic() - begun > LONGEST_REQUEST:
                raise _Fault("does not answer in time")
        if failed:
            raise failed[0]
        return came[0]

    def _once(self, method: str, url: str, how: dict[str, Any]) -> tuple[int, Any]:
        """Make one request and return its status and its JSON."""
        try:
            with self._client.stream(method, url, **how) as response:
                self._note_quota(response)
                self._require_good(response)
                content = self._read(response)
        except httpx.HTTPError as error:
            self._explain(error)
        except httpx.InvalidURL:
            raise InputError("this is no address", where="--base-url") from None
        except UnicodeError:
            # Half a character: bytes on the command line that were no text.
            raise SourceError("this name cannot be asked for", where=self.title) from None
        try:
            return response.status_code, json.loads(content)
        except (ValueError, RecursionError):
            if response.status_code in _REFUSING:
                raise self._refused(response.status_code) from None
            raise SourceError("the answer is no JSON", where=self.title) from None

    def _read(self, response: httpx.Response) -> bytes:
        content, begun = bytearray(), self._clock()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > MOST_BYTES:
                raise SourceError(
                    f"the answer is larger than {MOST_BYTES >> 20} MB", where=self.title
                )
            if self._clock() - begun > LONGEST_ANSWER:
                raise _Fault("answers too slowly")
        return bytes(content)

    def _require_good(self, response: httpx.Response) -> None:
        status = response.status_code
        if status in (429, 503):
            after = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
            raise _Fault("wants fewer requests" if status == 429 else "is too busy", after)
        if status in (408, 500, 502, 504):
            raise _Fault(f"has a fault of its own ({status})")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        is_json = "json" in kind or "javascript" in kind
        if status in _REFUSING and not is_json:
            raise self._refused(status)
        if status != 200 and not (status in _TELLING and is_json):
            raise self._odd(status)
        if not is_json:
            said = kind if kind.isprintable() and len(kind) < 60 else "something else"
            raise SourceError(f"the answer is {said or 'nothing'} and no JSON", where=self.title)

    def _note_quota(self, response: httpx.Response) -> None:
        """Keep to what the service says is left; ListenBrainz counts down in every answer."""
        if response.headers.get("X-RateLimit-Remaining", "").strip() == "0":
            after = retry_after(response.headers.get("X-RateLimit-Reset-In"), datetime.now(UTC))
            if after is not None:
                self._limit.hold(min(after, LONGEST))

    def _explain(self, error: httpx.HTTPError) -> NoReturn:
        """Raise what a failed request means; never with its address, which may hold a key."""
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                raise SourceDown(
                    "the certificate is not to be trusted: somebody may stand in between",
                    where=self.title,
                    remedy="look at your connection and your clock",
                ) from None
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, httpx.TimeoutException):
            raise _Fault("does not answer in time") from None
        if isinstance(error, httpx.ConnectError):
            raise _Fault("cannot be reached") from None
        if isinstance(error, httpx.TransportError):
            raise _Fault("broke off in the middle") from None
        raise SourceError("the answer cannot be read", where=self.title) from None

    def _allow(self, request: httpx.Request) -> None:
        """Follow no redirect out of TLS."""
        if request.url.scheme != "https" and not str(request.url).startswith(f"{self._base}/"):
            raise SourceDown(
                "the service leads away from an encrypted connection",
                where=self.title,
                remedy="go on later, or from another network",
            )


def agent() -> str:
    """Return who asks, in the form MusicBrainz wants: program, version, contact."""
    try:
        number = version("galaxy-desktop")
    except PackageNotFoundError:
        number = "0"
    contact = os.environ.get("GALAXY_CONTACT", "").strip()
    if not (contact.isascii() and contact.isprintable() and 0 < len(contact) <= 200):
        contact = CONTACT
    return f"GalaxyDesktop/{number} ( {contact} )"


def _base(url: str | None) -> str:
    """Return a base URL as httpx writes it, without what ends it; "" for none."""
    if url is None:
        return ""
    good = False
    # Some of what is wrong with a host shows only where it is read.
    with suppress(ValueError, httpx.InvalidURL):
        parts = urlsplit(url)
        said = (parts.scheme, parts.hostname, httpx.URL(url).host)
        good = all(said) and parts.scheme in ("http", "https") and parts.port != 0
        good = good and not (" " in url or parts.query or parts.fragment or parts.username)
    if not good:
        raise InputError(
            "this is no address of a service",
            where="--base-url",
            remedy="give such as https://mirror.example or http://localhost:8000",
        )
    # Its default port is left out only after a scheme in small letters.
    return str(httpx.URL(parts.geturl())).rstrip("/")
