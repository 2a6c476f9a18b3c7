"""From scenes and bridges to related artists, their popularity and their tags."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from embedding.arrays import Bytes, Float64
from embedding.graph import ArtistGraph
from embedding.readers.assembling import assemble
from embedding.readers.atlas.about import About
from embedding.readers.atlas.matching import connected
from embedding.readers.atlas.scenes import Artist, Atlas

Ints = npt.NDArray[np.int64]

_MARKS, _LOW, _HIGH = (0.0, 1.0, 2.0), (4.0, 36.0, 76.0), (40.0, 74.0, 100.0)
"""From which popularity to which an artist of each mark may have, by rank and mentions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relating:
    """How closely two artists of a scene are related.

    In one scene of n artists, of ranks i < j: ``(10 / n) ** size / (1 + (j - i - 1) / reach)``;
    over scenes and bridges the sum. Chosen by sweeps; see CONTRIBUTING.

    Attributes
    ----------
    size : float
        How much more the artists of a small scene have in common; 0 for no more.
    reach : float
        Ranks apart at which two artists are half as closely related as neighbours in the list.
    bridge : float
        What a bridge adds for two artists whose only one it is. Of more bridges each adds less
        (the geometric mean of both artists' shares), or a star's collaborations would crowd out
        its own scenes.
    most : int
        An artist has no more related ones.
    weighted : bool
        Whether the relations keep their weights; else all are equal.
    """

    size: float = 0.5
    reach: float = 12.0
    bridge: float = 0.5
    most: int = 20
    weighted: bool = True


def relate(atlas: Atlas, relating: Relating, about: About) -> ArtistGraph:
    """Return the graph of an atlas that holds at least one scene.

    Parameters
    ----------
    atlas : Atlas
    relating : Relating
    about : About

    Returns
    -------
    ArtistGraph
        The artists in the order in which they first stand in the files, with popularity 1 to 100,
        tags, aliases and, where two share a name, ids.
    """
    artists = list(dict.fromkeys(e.artist for scene in atlas.scenes for e in scene.entries))
    number = {artist: k for k, artist in enumerate(artists)}
    a, b, weight = _pairs(atlas, number, relating)
    kept = connected(a, b, weight, len(artists), relating.most)
    a, b, weight = a[kept], b[kept], weight[kept]
    names = [artist.name for artist in artists]
    return assemble(
        names,
        a,
        b,
        weight if relating.weighted else None,
        ids=[artist.key for artist in artists] if len(set(names)) < len(names) else None,
        popularity=[int(each) for each in popularity(atlas, number)],
        tags=_tags(atlas, number),
        aliases=_aliases(atlas, number),
        title=about.title,
        source=about.source,
        licence=about.licence,
    )


def _pairs(
    atlas: Atlas, number: dict[Artist, int], relating: Relating
) -> tuple[Ints, Ints, Float64]:
    """Return each pair that shares a scene or a bridge once, and how closely it is related."""
    sources: list[Ints] = []
    targets: list[Ints] = []
    weights: list[Float64] = []
    for scene in atlas.scenes:
        members = np.array([number[entry.artist] for entry in scene.entries], np.int64)
        i, j = np.triu_indices(members.size, 1)
        sources.append(members[i])
        targets.append(members[j])
        near = 1 / (1 + (j - i - 1) / relating.reach)
        weights.append((10 / members.size) ** relating.size * near)
    bridged = Counter(
        artist for bridge in atlas.bridges for artist in bridge.artists for _ in bridge.artists[1:]
    )
    for bridge in atlas.bridges:
        members = np.array([number[artist] for artist in bridge.artists], np.int64)
        shares = np.array([bridged[artist] for artist in bridge.artists])
        i, j = np.triu_indices(members.size, 1)
        sources.append(members[i])
        targets.append(members[j])
        weights.append(relating.bridge / np.sqrt(shares[i] * shares[j]))
    a, b = np.concatenate(sources), np.concatenate(targets)
    a, b = np.minimum(a, b), np.maximum(a, b)
    n = len(number)
    summed = sparse.coo_array((np.concatenate(weights), (a, b)), shape=(n, n)).tocsr()
    summed.sum_duplicates()
    both = summed.tocoo()
    return both.coords[0].astype(np.int64), both.coords[1].astype(np.int64), both.data


def popularity(atlas: Atlas, number: dict[Artist, int]) -> Bytes:
    """Return a popularity of 1 to 100: by the marks first, then by rank and how many scenes.

    The mark counts that is halfway between an artist's best one and the mean of all: one editor's
    star in a far corner does not make a world star.

    Parameters
    ----------
    atlas : Atlas
    number : dict of Artist to int
        Where each artist stands in the result.

    Returns
    -------
    ndarray of uint8, shape (n,)
    """
    best = np.zeros(len(number))
    marks = np.zeros(len(number))
    mentions = np.zeros(len(number))
    prominence = np.zeros(len(number))
    for scene in atlas.scenes:
        for rank, entry in enumerate(scene.entries):
            k = number[entry.artist]
            best[k] = max(best[k], entry.mark)
            marks[k] += entry.mark
            mentions[k] += 1
            prominence[k] = max(prominence[k], 1 - rank / len(scene.entries))
    mark = (best + marks / mentions) / 2
    # Half by the best rank, half by the scenes: the fourth scene says less than the second one.
    fame = 0.5 * prominence + 0.5 * (1 - 0.6 ** (mentions - 1))
    low, high = np.interp(mark, _MARKS, _LOW), np.interp(mark, _MARKS, _HIGH)
    scale: Bytes = np.rint(low + (high - low) * fame).astype(np.uint8)
    return scale


def _tags(atlas: Atlas, number: dict[Artist, int]) -> list[tuple[str, ...]]:
    """Return the tags of each artist's scenes, those of most scenes first."""
    found: list[Counter[str]] = [Counter() for _ in number]
    for scene in atlas.scenes:
        for entry in scene.entries:
            found[number[entry.artist]].update(scene.tags)
    # most_common keeps the order in which equals came.
    return [tuple(tag for tag, _ in counter.most_common()) for counter in found]


def _aliases(atlas: Atlas, number: dict[Artist, int]) -> list[tuple[str, ...]] | None:
    found: list[dict[str, None]] = [{} for _ in number]
    for scene in atlas.scenes:
        for entry in scene.entries:
            found[number[entry.artist]].update(dict.fromkeys(entry.aliases))
    return [tuple(each) for each in found] if any(found) else None
