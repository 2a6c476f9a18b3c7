"""What the card of an artist shows: who it is, who is near, and where three dimensions mislead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.directions import cosines
from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.model.web_links import WebLink, web_links
from galaxy_desktop.model.world import World

NEAREST = 10
FAR = 90
"""Per cent of all related pairs stand nearer to each other than what counts as far."""
MOST_PAIRS = 200_000
"""How many related pairs that is worked out from, at most."""

RELATED_FAR = (
    "Related, yet farther apart here than nine in ten related pairs:"
    " three dimensions cannot show every relation."
)
NEAREST_FAR = (
    "Alike in all {dims} dimensions, yet farther apart here than nine in ten related pairs:"
    " three dimensions cannot show every likeness."
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another artist, as the card of one shows it.

    Attributes
    ----------
    index : int
    name : str
    distance : float
        In space, in units of the galaxy's radius R.
    likeness : float
        Cosine of the vectors, -1 to 1.
    weight : float or None
        Of the relation, where there is one and the galaxy has weights.
    disagrees : str
        Where the picture misleads, a sentence that says how; else "".
    """

    index: int
    name: str
    distance: float
    likeness: float
    weight: float | None
    disagrees: str


@dataclass(frozen=True, slots=True)
class ArtistFacts:
    """What the card of an artist shows.

    Attributes
    ----------
    index : int
    name : str
        All of it.
    aliases, tags : tuple of str
        The aliases as they can be shown; see `shown_text`.
    popularity : int
        0 to 100.
    links : tuple of WebLink
    related : tuple of Neighbour
        All of them, the strongest relation first, else the most popular.
    nearest : tuple of Neighbour
        The `NEAREST` by cosine of the vectors, related or not, the most alike first.
    """

    index: int
    name: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    popularity: int
    links: tuple[WebLink, ...]
    related: tuple[Neighbour, ...]
    nearest: tuple[Neighbour, ...]


class Facts:
    """Facts about the artists of a world, made ready at the first question.

    Parameters
    ----------
    world : World
    """

    def __init__(self, world: World) -> None:
        self.world = world

    def prepare(self) -> None:
        """Make ready what takes a while; for a worker thread."""
        _ = self.world.directions, self.far

    @cached_property
    def far(self) -> float:
        """From what distance on two artists are far apart; infinite where none are related."""
        galaxy = self.world.galaxy
        if not galaxy.indices.size:
            return float("inf")
        entries = np.arange(0, galaxy.indices.size, -(-galaxy.indices.size // MOST_PAIRS))
        owners = np.searchsorted(galaxy.indptr, entries, "right") - 1
        return float(np.percentile(self._distances(owners, galaxy.indices[entries]), FAR))

    def about(self, artist: int) -> ArtistFacts:
        """Return the facts about an artist."""
        galaxy = self.world.galaxy
        return ArtistFacts(
            artist,
            galaxy.names[artist],
            tuple(map(shown, galaxy.aliases[artist])) if galaxy.aliases is not None else (),
            galaxy.tags[artist] if galaxy.tags is not None else (),
            int(galaxy.popularity[artist]),
            web_links(galaxy, artist),
            self._related(artist),
            self._nearest(artist),
        )

    def _related(self, artist: int) -> tuple[Neighbour, ...]:
        galaxy = self.world.galaxy
        row = slice(galaxy.indptr[artist], galaxy.indptr[artist + 1])
        others = galaxy.indices[row].astype(np.intp)
        weights = None if galaxy.weights is None else galaxy.weights[row]
        strength = np.zeros(others.size) if weights is None else weights
        order = np.lexsort((others, -galaxy.popularity[others].astype(np.int64), -strength))
        weights = None if weights is None else weights[order]
        return self._neighbours(artist, others[order], weights, RELATED_FAR)

    def _nearest(self, artist: int) -> tuple[Neighbour, ...]:
        directions = self.world.directions
        if not directions.points_somewhere[artist]:
            return ()
        allowed = directions.allowed(None, None, [artist])
        found, _ = directions.nearest(directions.exact(artist), NEAREST, allowed)
        sentence = NEAREST_FAR.format(dims=self.world.galaxy.dims)
        return self._neighbours(artist, found, None, sentence)

    def _neighbours(
        self,
        artist: int,
        others: npt.NDArray[np.intp],
        weights: npt.NDArray[np.float32] | None,
        sentence: str,
    ) -> tuple[Neighbour, ...]:
        if not others.size:
            return ()
        directions = self.world.directions
        distances = self._distances(np.full(others.size, artist), others)
        likeness = cosines(directions.exact(others), directions.exact(artist))
        return tuple(
            Neighbour(
                int(other),
                self.world.name(int(other)),
                float(distance) / self.world.radius,
                float(cosine),
                None if weights is None else float(weights[k]),
                sentence if distance > self.far else "",
            )
            for k, (other, distance, cosine) in enumerate(
                zip(others, distances, likeness, strict=True)
            )
        )

    def _distances(
        self, a: npt.NDArray[np.integer[Any]], b: npt.NDArray[np.integer[Any]]
    ) -> npt.NDArray[np.float64]:
        places = self.world.positions
        apart = places[a].astype(np.float64) - places[b]
        distances: npt.NDArray[np.float64] = np.sqrt((apart**2).sum(axis=1))
        return distances
