"""Invented galaxies for the window: as uneven as real ones, any size, the same from the same seed.

Scenes of heavy-tailed size lie along arms, tight and loose ones; fame is rare; related artists
are near each other. Nothing is embedded, so a million artists are there in seconds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from embedding.arrays import Float32
from embedding.galaxy import Galaxy
from embedding.galaxy_file import save
from embedding.graph import ArtistGraph

Ints = npt.NDArray[np.int64]

#: Related artists that each one names; 100,000 then have about 500,000 lines that are shown.
RELATED = 11
_ARMS = 5
_SYLLABLES = ("ra", "lo", "mi", "ven", "sha", "ko", "tur", "el", "ni", "bo", "quin", "da", "ys")


def make_galaxy(artists: int, related: int = RELATED, seed: int = 1) -> Galaxy:
    """Return a galaxy of so many artists.

    Raises
    ------
    ValueError
        There are too few artists for so many relations.
    """
    if artists <= related:
        raise ValueError(f"no galaxy of {artists} artists with {related} relations each")
    rng = np.random.default_rng(seed)
    places = _places(artists, rng)
    graph = ArtistGraph.from_edges(_names(artists), *_nearest(places, related, rng))
    return Galaxy(
        names=graph.names,
        positions=places,
        vectors=rng.normal(size=(artists, 8)).astype(np.float32),
        # Half of all artists below 12 of 100, one in a thousand above 90.
        popularity=np.minimum(100 * rng.beta(0.7, 3.2, artists) * 1.15, 100).astype(np.uint8),
        indptr=graph.indptr,
        indices=graph.indices,
        title=f"An invented galaxy of {artists:,} artists",
        created="2026-01-31T12:00:00Z",
    )


def keep_galaxy(folder: Path, artists: int, related: int = RELATED) -> Path:
    """Return the file of a galaxy, made now if it is not in the folder yet."""
    path = folder / f"galaxy-{artists}-{related}.galaxy"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        save(make_galaxy(artists, related), path)
    return path


def _places(artists: int, rng: np.random.Generator) -> Float32:
    """Return positions, shape (artists, 3), with a root-mean-square radius of 1."""
    scenes = max(1, artists // 150)
    share = rng.pareto(1.3, scenes) + 0.2
    scene = rng.choice(scenes, artists, p=share / share.sum())
    along = rng.beta(1.3, 1.6, scenes)
    turn = rng.integers(0, _ARMS, scenes) * 2 * np.pi / _ARMS + 2.6 * along
    wide = 0.05 + 0.16 * along[:, None]
    middles = np.stack([along * np.cos(turn), np.zeros(scenes), along * np.sin(turn)], axis=1)
    middles += rng.normal(size=(scenes, 3)) * wide * (1, 0.7, 1)
    size = 0.012 * rng.lognormal(0, 0.6, scenes) * np.sqrt(share / share.mean()) ** 0.7
    # Student's t: a dense core and a loose fringe.
    places = middles[scene] + rng.standard_t(3, (artists, 3)) * size[scene, None]
    places -= places.mean(axis=0)
    places = np.clip(places, -2, 2)
    places /= np.sqrt(np.square(places).sum(axis=1).mean())
    unit: Float32 = places.astype(np.float32)
    return unit


def _nearest(places: Float32, related: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return relations: of each artist to its nearest, and one in twenty to anyone."""
    from scipy.spatial import cKDTree

    tree = cKDTree(places, balanced_tree=False, compact_nodes=False)
    _, near = tree.query(places, related + 1, workers=-1)
    sources = np.repeat(np.arange(len(places)), related)
    targets = near[:, 1:].astype(np.int64).ravel()
    far = rng.random(targets.size) < 0.05
    targets[far] = rng.integers(0, len(places), int(far.sum()))
    apart = sources != targets
    return sources[apart], targets[apart]


def _names(artists: int) -> list[str]:
    """Return different names that can be pronounced, more or less."""
    base = len(_SYLLABLES)

    def word(number: int) -> str:
        parts: list[str] = []
        while number or len(parts) < 3:
            number, digit = divmod(number, base)
            parts.append(_SYLLABLES[digit])
        return "".join(parts).capitalize()

    return [f"{word(k % 997)} {word(k // 997)}" for k in range(artists)]
