"""What can go wrong with a source, by what a crawl does about it."""

from __future__ import annotations

from embedding.errors import InputError


class SourceError(InputError):
    """The answer about one artist is no good: the crawl skips it."""


class ArtistGone(SourceError):
    """The service no longer knows this artist."""


class SourceDown(InputError):
    """The service is dead or refuses after all retries: the crawl stops with what it has."""


class TimeOver(SourceDown):
    """The service wants to be left alone for longer than the crawl has time."""
