"""Links that open a web search for an artist, and the artist's own page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from embedding.galaxy import Galaxy
from galaxy_desktop.model.shown_text import shown

SITES = (
    ("YouTube", "https://www.youtube.com/results?search_query="),
    ("Spotify", "https://open.spotify.com/search/"),
    ("Bandcamp", "https://bandcamp.com/search?item_type=b&q="),
    ("ListenBrainz", "https://listenbrainz.org/search/?search_type=artist&search_term="),
    ("Wikipedia", "https://en.wikipedia.org/w/index.php?ns0=1&search="),
)
"""What each site is called, and what stands before the name."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link to be shown as `label`; `url` is https, or what the galaxy's makers gave."""

    label: str
    url: str


def web_links(galaxy: Galaxy, artist: int) -> tuple[WebLink, ...]:
    """Return the artist's own page, where the galaxy tells one, and a search at each site."""
    own = own_page(galaxy.links[artist]) if galaxy.links is not None else None
    name = shown(galaxy.names[artist])
    searches = (WebLink(label, search_url(start, name)) for label, start in SITES)
    return (*((own,) if own else ()), *searches)


def search_url(start: str, name: str) -> str:
    """Return the address of a search for any name at all."""
    if not name.strip("."):
        # In a path "." and ".." would be taken for folders, even quoted.
        name += " "
    # Half a surrogate pair has no UTF-8; a question mark stands in for it.
    return start + quote(name, safe="", errors="replace")


def own_page(link: str) -> WebLink | None:
    """Return a link to a page of the artist's; None for what is not safe to open in a browser."""
    if not link.isprintable() or any(c.isspace() for c in link):
        return None
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return WebLink(host.removeprefix("www."), link)
