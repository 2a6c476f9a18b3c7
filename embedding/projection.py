"""From vectors of any dimension to positions in space, turned the way an earlier galaxy was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.arrays import Float32, Float64
from embedding.errors import InputError
from embedding.settings import Engine, Lengths

#: Spread below this share of the widest one is rounding, not structure.
_ROUNDING = 1e-7
#: How strongly "log" draws in what is far out: the picture hardly changes from 1.5 to 4.
_STEEPNESS = 2.5
#: With fewer artists in common, three axes are not fixed well enough to turn a world by.
_FEWEST_SHARED = 4


def project(
    vectors: npt.NDArray[np.floating[Any]], lengths: Lengths = "plain", engine: Engine = "own"
) -> Float32:
    """Centre the vectors, keep their three widest directions, scale to unit radius.

    Principal component analysis (Pearson 1901; Hotelling 1933) from the covariance, in double
    precision on one thread, so that the number of cores changes nothing.
    A principal axis has no sign of its own: each one is pointed at the artist that is farthest
    out along it (the first one, of several equally far to one part in a million).

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d)
        At least one artist and three dimensions. In three dimensions this is a rotation.
    lengths : {"plain", "log"}
        With "log", every vector keeps its direction, and its length l becomes
        ``log(1 + 2.5 l / r)``, r being the root-mean-square length. A small scene's vectors share
        a direction and differ in length, so a galaxy of many small scenes is all spikes;
        the logarithm pulls each one together and leaves the core and the far islands their places.
    engine : {"own", "reference"}
        "reference" takes the axes from scikit-learn's PCA, which are the same.

    Returns
    -------
    ndarray of float32, shape (n, 3)
        Mean 0 and root-mean-square distance 1 from it, the widest axis first. Directions in which
        the vectors do not spread are 0; if all the vectors are equal, so is every position.

    Raises
    ------
    InputError
        No artists, fewer than three dimensions, or a value that is not finite.
    """
    points = _checked(vectors)
    if lengths == "log":
        points = _drawn_in(points)
    centred = points - points.mean(axis=0)
    size = np.abs(centred).max()
    if size <= _ROUNDING * np.abs(points).max():
        return np.zeros((len(points), 3), np.float32)
    axes = _principal(centred / size, engine)
    axes -= axes.mean(axis=0)
    axes[:, np.abs(axes).max(axis=0) < _ROUNDING * np.abs(axes).max()] = 0
    axes *= _signs(axes)
    return (axes / _radius(axes)).astype(np.float32)


def align(
    positions: Float32,
    keys: Sequence[str],
    earlier_positions: Float32,
    earlier_keys: Sequence[str],
) -> Float32:
    """Turn a galaxy so that the artists an earlier one also holds are where they were.

    The orthogonal Procrustes problem (Schoenemann 1966, "A generalized solution of the orthogonal
    Procrustes problem", Psychometrika 31): of all rotations about the centre, mirrored ones
    included since the signs of principal axes mean nothing, the one with the least squared
    distance between the two places of every shared artist.

    Parameters
    ----------
    positions, earlier_positions : ndarray of float32, shapes (n, 3) and (m, 3)
    keys, earlier_keys : sequence of str, shapes (n,) and (m,)
        What identifies an artist in both; a key that stands twice on one side identifies none.

    Returns
    -------
    ndarray of float32, shape (n, 3)
        The same centre, radius and distances. With fewer than four artists in common, or none of
        them away from the centre, `positions` as they are.
    """
    return Alignment(keys, earlier_positions, earlier_keys)(positions)


class Alignment:
    """`align` for one galaxy after the other of the same artists: who is shared is found once.

    Parameters
    ----------
    keys, earlier_positions, earlier_keys
        As for `align`.
    """

    def __init__(
        self, keys: Sequence[str], earlier_positions: Float32, earlier_keys: Sequence[str]
    ) -> None:
        self._mine, theirs = _shared(keys, earlier_keys)
        self._wanted = np.zeros((0, 3))
        if theirs.size:
            centre = earlier_positions.mean(axis=0, dtype=np.float64)
            self._wanted = earlier_positions[theirs] - centre

    @property
    def fixed(self) -> bool:
        """Whether enough artists are shared for a galaxy to be turned by them."""
        return self._mine.size >= _FEWEST_SHARED and bool(self._wanted.any())

    def __call__(self, positions: Float32) -> Float32:
        """Return the positions, shape (n, 3), turned like the earlier ones."""
        if not self.fixed:
            return positions
        centre = positions.mean(axis=0, dtype=np.float64)
        centred = positions - centre
        if not centred[self._mine].any():
            return positions
        from scipy.linalg import orthogonal_procrustes

        rotation, _ = orthogonal_procrustes(centred[self._mine], self._wanted)
        turned: Float64 = centred @ rotation + centre
        return turned.astype(np.float32)


def _checked(vectors: npt.NDArray[np.floating[Any]]) -> Float64:
    points = np.asarray(vectors, np.float64)
    if points.ndim != 2 or not len(points):
        raise InputError("there are no vectors to project", remedy="give one row for each artist")
    if points.shape[1] < 3:
        raise InputError(
            f"vectors of {points.shape[1]} dimensions do not fill space",
            where="--dims",
            remedy="give 3 or more",
        )
    good = np.isfinite(points).all(axis=1)
    if not good.all():
        raise InputError(
            f"the vector of artist {int(np.argmin(good))} holds a value that is not finite",
            remedy="train again with a lower --alpha",
        )
    return points


def _drawn_in(points: Float64) -> Float64:
    length = np.linalg.norm(points, axis=1, keepdims=True)
    typical = np.sqrt((length**2).mean())
    if typical == 0:
        return points
    relative = length / typical
    shrunk: Float64 = points * (np.log1p(_STEEPNESS * relative) / np.maximum(relative, _ROUNDING))
    return shrunk


def _principal(centred: Float64, engine: Engine) -> Float64:
    """Return the coordinates along the (up to) three widest axes, padded to three with zeros."""
    kept = min(3, len(centred))
    axes = np.zeros((len(centred), 3))
    if engine == "reference":
        from embedding.reference import reference_axes

        axes[:, :kept] = reference_axes(centred, kept)
    else:
        axes[:, :kept] = _along_the_widest(centred, kept)
    return axes


def _along_the_widest(centred: Float64, kept: int) -> Float64:
    # Not by scikit-learn: to import that takes longer than all of a small build but its training.
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        if len(centred) > centred.shape[1]:
            _, narrowest_first = np.linalg.eigh(centred.T @ centred)
            widest = narrowest_first[:, ::-1]
        else:
            widest = np.linalg.svd(centred, full_matrices=False)[2].T
        along: Float64 = centred @ widest[:, :kept]
    return along


def _signs(axes: Float64) -> Float64:
    far = np.abs(axes)
    first = np.argmax(far >= (1 - 1e-6) * far.max(axis=0), axis=0)
    return np.where(axes[first, np.arange(3)] < 0, -1.0, 1.0)


def _radius(axes: Float64) -> float:
    return float(np.sqrt((axes**2).sum(axis=1).mean()))


def _shared(
    keys: Sequence[str], earlier_keys: Sequence[str]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where the artists that both sides name once stand, here and there."""
    here, there = Counter(keys), Counter(earlier_keys)
    where = {key: j for j, key in enumerate(earlier_keys) if there[key] == 1}
    pairs = [(i, where[key]) for i, key in enumerate(keys) if here[key] == 1 and key in where]
    both = np.array(pairs, np.intp).reshape(-1, 2)
    return both[:, 0], both[:, 1]
