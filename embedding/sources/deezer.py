"""Deezer: the related artists of a streaming service, and their fans.

``/search/artist`` and ``/artist/ID/related`` give ``{"data": [{id, name, link, nb_fan, ...}]}``
(the client deezer-python has the fields). Errors come as good answers: ``{"error": {type, message,
code}}``; code 4 is the quota of 50 requests in 5 seconds, 700 a busy service, 800 an artist that is
not there (developers.deezer.com/api/errors, by way of the clients that cite it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from embedding.progress import CancelToken
from embedding.readers.fields import shown
from embedding.sources.answers import Answer
from embedding.sources.errors import ArtistGone, SourceError
from embedding.sources.fetching import Busy, Fetcher, OnWait
from embedding.sources.records import FoundArtist, Relation
from embedding.sources.source import Rate

API = "https://api.deezer.com"
RATE = Rate(50, 5.0)
RELATED = 20
_FOUND = 10
_QUOTA, _BUSY, _GONE = 4, 700, 800


class Deezer:
    """See `embedding.sources.source.Source`."""

    name = "deezer"
    title = "Deezer"
    licence = "Deezer's terms of use"
    terms = (
        "Deezer: related artists as it shows them to everybody. Its terms allow personal use; do"
        " not publish what you grow from it."
    )
    rate = RATE
    needs_key = False
    requests_per_artist = 1.0
    batch = 0

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def find(self, name: str) -> list[FoundArtist]:
        """Return the artists of that name, or nearest to it."""
        answer = self._fetcher.get(f"{API}/search/artist", q=name[:500], limit=_FOUND)
        return [_artist(each) for each in answer["data"].each()]

    def related(self, artist: FoundArtist) -> list[Relation]:
        """Return up to 20 related artists, the nearest first."""
        answer = self._fetcher.get(f"{API}/artist/{artist.id}/related", limit=RELATED)
        found = [_artist(each) for each in answer["data"].each()]
        others = [each for each in found if each.id != artist.id]
        return [Relation(each, rank) for rank, each in enumerate(others, 1)]

    def listeners(self, artists: Sequence[FoundArtist]) -> dict[str, int]:
        """Return nothing: fans stand in every answer."""
        del artists
        return {}


def judge(answer: Answer) -> None:
    """Raise what an error inside a good answer means."""
    if not isinstance(answer.value, dict) or not isinstance(answer.value.get("error"), dict):
        return
    code = answer.value["error"].get("code")
    if code == _QUOTA:
        raise Busy("wants fewer requests", RATE.seconds)
    if code == _BUSY:
        raise Busy("is too busy")
    if code == _GONE:
        raise ArtistGone("this artist is no longer known", where=Deezer.title)
    raise SourceError(f"the answer is its error {shown(code)}", where=Deezer.title)


def _artist(each: Answer) -> FoundArtist:
    fans, link = each.get("nb_fan"), each.get("link")
    return FoundArtist(
        id=str(each["id"].whole()),
        name=each["name"].name(),
        listeners=None if fans is None else fans.whole(),
        link="" if link is None else link.link(),
    )


@contextmanager
def open_source(
    *,
    base_url: str | None = None,
    key: str | None = None,
    cancel: CancelToken,
    on_wait: OnWait,
    make: Callable[..., Fetcher] = Fetcher,
) -> Iterator[Deezer]:
    """Give the source, and close its connections in the end."""
    del key
    with make(
        Deezer.title, RATE, base_url=base_url, cancel=cancel, on_wait=on_wait, judge=judge
    ) as fetcher:
        yield Deezer(fetcher)
