"""Last.fm: similar artists by what its users scrobble; with the user's own key.

As www.last.fm/api and lastfm-docs/api-docs have them: ``artist.search`` gives ``{"results":
{"artistmatches": {"artist": [{name, mbid, url, listeners}]}}}``, ``artist.getSimilar``
``{"similarartists": {"artist": [{name, mbid, match, url}]}}`` and ``artist.getInfo`` ``{"artist":
{name, stats: {listeners}}}``; numbers are texts. The JSON is made from XML: a list of one may come
as the one, an empty one as "". Errors are ``{"error": code, "message"}``, in a good answer or in a
bad one: the code counts, not the status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from embedding.errors import InputError
from embedding.progress import CancelToken
from embedding.readers.fields import shown
from embedding.sources.answers import Answer
from embedding.sources.errors import ArtistGone, SourceDown, SourceError
from embedding.sources.fetching import Busy, Fetcher, OnWait
from embedding.sources.identity import mbid_of
from embedding.sources.keys import find_key, variable
from embedding.sources.records import FoundArtist, Relation
from embedding.sources.source import Rate

API = "https://ws.audioscrobbler.com/2.0/"
RATE = Rate(5, 1.0)
RELATED = 50
_FOUND = 10
#: Codes of errors, as the API's documentation lists them.
_PARAMETERS, _RATE = 6, 29
_REFUSED = (4, 9, 10, 13, 14, 26)
_PASSING = (8, 11, 16)


class LastFm:
    """See `embedding.sources.source.Source`. An artist's id is its name, as on Last.fm itself.

    Parameters
    ----------
    fetcher : Fetcher
    key : str
        The user's. It is in every address that is asked for, and nowhere else.
    """

    name = "lastfm"
    title = "Last.fm"
    licence = "Last.fm API terms of service"
    terms = (
        "Last.fm: its API terms allow use that is not commercial, with a word on where the data is"
        " from; your own key is used."
    )
    rate = RATE
    needs_key = True
    requests_per_artist = 2.0
    batch = 1

    def __init__(self, fetcher: Fetcher, key: str) -> None:
        self._fetcher, self.__key = fetcher, key

    def find(self, name: str) -> list[FoundArtist]:
        """Return the artists of that name, or nearest to it."""
        answer = self._ask("artist.search", artist=name[:500], limit=_FOUND)
        return [_artist(each) for each in _list(answer["results"]["artistmatches"], "artist")]

    def related(self, artist: FoundArtist) -> list[Relation]:
        """Return similar artists, the nearest first."""
        answer = self._ask("artist.getSimilar", artist=artist.id, limit=RELATED)
        relations: list[Relation] = []
        for each in _list(answer["similarartists"], "artist"):
            other = _artist(each)
            if other.id != artist.id:
                score = each["match"].score()
                relations.append(Relation(other, len(relations) + 1, score))
        return relations

    def listeners(self, artists: Sequence[FoundArtist]) -> dict[str, int]:
        """Return how many people listen to one artist."""
        (artist,) = artists
        answer = self._ask("artist.getInfo", artist=artist.id)
        return {artist.id: answer["artist"]["stats"]["listeners"].whole()}

    def _ask(self, method: str, **params: Any) -> Answer:
        return self._fetcher.get(API, method=method, format="json", api_key=self.__key, **params)


def judge(answer: Answer) -> None:
    """Raise what an error inside a good answer means."""
    if not isinstance(answer.value, dict) or "error" not in answer.value:
        return
    code = answer.value["error"]
    if isinstance(code, str) and code.isascii() and code.isdigit():
        # As all numbers of its answers.
        code = int(code[:9])
    if code == _RATE:
        raise Busy("wants fewer requests")
    if code in _PASSING:
        raise Busy(f"has a fault of its own ({code})")
    if code == _PARAMETERS:
        raise ArtistGone("this artist is not known", where=LastFm.title)
    if code in _REFUSED:
        raise SourceDown(
            f"the service refuses the key (its error {code})",
            where=LastFm.title,
            remedy="give a key of your own that is valid: www.last.fm/api/account/create",
        )
    raise SourceError(f"the answer is its error {shown(code)}", where=LastFm.title)


def _list(answer: Answer, key: str) -> Iterator[Answer]:
    inner = answer.get(key)
    if inner is None:
        return iter(())
    return iter((inner,)) if isinstance(inner.value, dict) else inner.each()


def _artist(each: Answer) -> FoundArtist:
    name = each["name"].name()
    mbid, link, count = each.get("mbid"), each.get("url"), each.get("listeners")
    return FoundArtist(
        id=name,
        name=name,
        mbid=mbid_of(mbid.value) if mbid is not None and isinstance(mbid.value, str) else "",
        listeners=None if count is None else count.whole(),
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
) -> Iterator[LastFm]:
    """Give the source, and close its connections in the end.

    Raises
    ------
    InputError
        There is no key, or it would go over a connection that others can read.
    """
    key = (key or find_key(LastFm.name) or "").strip()
    if not key:
        raise InputError(
            "a key of your own is needed, and there is none",
            where=LastFm.title,
            remedy=f"get one at www.last.fm/api/account/create and set {variable(LastFm.name)},"
            " or keep it with galaxy-embed key lastfm",
        )
    with make(
        LastFm.title, RATE, base_url=base_url, cancel=cancel, on_wait=on_wait, judge=judge
    ) as fetcher:
        if not fetcher.is_private:
            raise InputError(
                "your key would go over a connection that others can read",
                where="--base-url",
                remedy="give an address that begins with https://",
            )
        yield LastFm(fetcher, key)
