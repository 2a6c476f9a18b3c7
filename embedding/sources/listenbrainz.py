"""ListenBrainz: who is heard together, from open listening data; names by MusicBrainz.

``similar-artists/json`` of ListenBrainz Labs, as clients ask for it (troi-recommendation-playground
among them), gives a flat list of ``{artist_mbid, name, comment, type, gender, score,
reference_mbid}``; an algorithm it does not know is a 400. ``POST /1/popularity/artist``
(listenbrainz-server, ``views/popularity_api.py``) takes ``{"artist_mbids": [...]}``, up to 1,000,
and gives ``{artist_mbid, total_listen_count, total_user_count}`` each, null where there are no
listens. ``/ws/2/artist`` (MusicBrainz API, "Search") gives ``{"artists": [{id, name,
disambiguation}]}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from embedding.progress import CancelToken
from embedding.sources.answers import Answer
from embedding.sources.fetching import Fetcher, OnWait
from embedding.sources.identity import mbid_of
from embedding.sources.records import FoundArtist, Relation
from embedding.sources.source import Rate

LABS = "https://labs.api.listenbrainz.org"
API = "https://api.listenbrainz.org"
MUSICBRAINZ = "https://musicbrainz.org"
ALGORITHM = (
    "session_based_days_7500_session_300_contribution_5_threshold_10_limit_100_filter_True_skip_30"
)
"""Artists within one sitting of the last 20 years: the one that ListenBrainz itself shows."""

RATE = Rate(1, 1.0)
_FOUND = 10
_QUERY = 500
"""Characters of a name that are looked for."""


class ListenBrainz:
    """See `embedding.sources.source.Source`.

    Parameters
    ----------
    fetcher : Fetcher
        Of ListenBrainz and of MusicBrainz alike: one request a second for both together.
    """

    name = "listenbrainz"
    title = "ListenBrainz"
    licence = "CC0-1.0"
    terms = (
        "ListenBrainz and MusicBrainz, by the MetaBrainz Foundation: open data in the public domain"
        " (CC0), at most one request a second."
    )
    rate = RATE
    needs_key = False
    requests_per_artist = 1.05
    batch = 500

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def find(self, name: str) -> list[FoundArtist]:
        """Return the artists of that name, as MusicBrainz ranks them."""
        words = name[:_QUERY].replace("\\", " ").replace('"', " ")
        answer = self._fetcher.get(
            f"{MUSICBRAINZ}/ws/2/artist", query=f'"{words}"', fmt="json", limit=_FOUND
        )
        return [_artist(each, "id", "disambiguation") for each in answer["artists"].each()]

    def related(self, artist: FoundArtist) -> list[Relation]:
        """Return who is heard along with an artist, the most often first."""
        answer = self._fetcher.get(
            f"{LABS}/similar-artists/json", artist_mbids=artist.id, algorithm=ALGORITHM
        )
        found = [
            (_artist(each, "artist_mbid", "comment"), each["score"].score())
            for each in answer.each()
        ]
        found = [one for one in found if one[0].id != artist.id]
        found.sort(key=lambda one: -one[1])
        return [Relation(other, rank, score) for rank, (other, score) in enumerate(found, 1)]

    def listeners(self, artists: Sequence[FoundArtist]) -> dict[str, int]:
        """Return how many people on ListenBrainz listen to each artist."""
        answer = self._fetcher.fetch(
            "POST",
            f"{API}/1/popularity/artist",
            json={"artist_mbids": [artist.id for artist in artists]},
        )
        counts: dict[str, int] = {}
        for each in answer.each():
            count = each.get("total_user_count")
            counts[_mbid(each["artist_mbid"])] = 0 if count is None else count.whole()
        return {artist.id: counts[artist.id] for artist in artists if artist.id in counts}


def _artist(each: Answer, ident: str, comment: str) -> FoundArtist:
    mbid = _mbid(each[ident])
    remark = each.get(comment)
    return FoundArtist(
        id=mbid,
        name=each["name"].name(),
        mbid=mbid,
        comment="" if remark is None else remark.text(),
        link=f"https://listenbrainz.org/artist/{mbid}/",
    )


def _mbid(answer: Answer) -> str:
    mbid = mbid_of(answer.value) if isinstance(answer.value, str) else ""
    if not mbid:
        raise answer.wrong("is no MusicBrainz id")
    return mbid


@contextmanager
def open_source(
    *,
    base_url: str | None = None,
    key: str | None = None,
    cancel: CancelToken,
    on_wait: OnWait,
    make: Callable[..., Fetcher] = Fetcher,
) -> Iterator[ListenBrainz]:
    """Give the source, and close its connections in the end."""
    del key
    with make(
        ListenBrainz.title, RATE, base_url=base_url, cancel=cancel, on_wait=on_wait
    ) as fetcher:
        yield ListenBrainz(fetcher)
