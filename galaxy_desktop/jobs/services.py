"""The music services that a galaxy can grow from, as the window needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embedding.sources.keys import find_key, has_keyring, keep_key
from embedding.sources.source import Rate

SOURCE_URL = "GALAXY_SOURCE_URL"
"""The variable that names a server to be asked instead of the services, for mirrors and tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicService:
    """See `galaxy_desktop.model.growth_plan.Service`."""

    name: str
    title: str
    licence: str
    terms: str
    rate: Rate
    needs_key: bool
    requests_per_artist: float


def services() -> Sequence[MusicService]:
    """Return all of them; nothing is asked of any.

    What each says of itself in `embedding.sources` stands here once more, as what it asks with
    takes half a second to import; a test holds both to the same.
    """
    return _SERVICES


_SERVICES = (
    MusicService(
        name="listenbrainz",
        title="ListenBrainz",
        licence="CC0-1.0",
        terms="ListenBrainz and MusicBrainz, by the MetaBrainz Foundation: open data in the public"
        " domain (CC0), at most one request a second.",
        rate=Rate(1, 1.0),
        needs_key=False,
        requests_per_artist=1.05,
    ),
    MusicService(
        name="deezer",
        title="Deezer",
        licence="Deezer's terms of use",
        terms="Deezer: related artists as it shows them to everybody. Its terms allow personal"
        " use; do not publish what you grow from it.",
        rate=Rate(50, 5.0),
        needs_key=False,
        requests_per_artist=1.0,
    ),
    MusicService(
        name="lastfm",
        title="Last.fm",
        licence="Last.fm API terms of service",
        terms="Last.fm: its API terms allow use that is not commercial, with a word on where the"
        " data is from; your own key is used.",
        rate=Rate(5, 1.0),
        needs_key=True,
        requests_per_artist=2.0,
    ),
)


class ServiceKeys:
    """The user's keys: in the keyring where there is one, else in memory until the end.

    A keyring may ask the user and wait for an answer: for a worker thread.
    """

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    def kept(self, service: str) -> bool:
        """Whether a key is there."""
        return service in self._held or find_key(service) is not None

    def keyring(self) -> bool:
        """Whether there is a keyring."""
        return has_keyring()

    def keep(self, service: str, key: str) -> str:
        """Keep a key, if one is given; return it where a crawl would not find it by itself.

        Raises
        ------
        InputError
            It is no key, or the keyring does not take it.
        """
        if key and has_keyring():
            keep_key(service, key)
            self._held.pop(service, None)
        elif key:
            self._held[service] = key
        return self._held.get(service, "")
