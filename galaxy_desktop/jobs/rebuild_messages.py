"""What is said to a `RebuildJob`, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from embedding.settings import BuildSettings

Positions = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildRequest:
    """What is to be built.

    Attributes
    ----------
    input : str
        A file or folder of any kind that ``galaxy-embed build`` takes, a .galaxy too.
    settings : BuildSettings
    more : tuple of str
        Other such files, that are merged with it.
    like : str
        The .galaxy that is on the screen, "" for none: all that comes is turned like it.
    format : str
        What `input` is, "" where a look at it tells.
    title, source, licence : str
        What is said about the data instead of what `input` says; "" to leave that.
    """

    input: str
    settings: BuildSettings
    more: tuple[str, ...] = ()
    like: str = ""
    format: str = ""
    title: str = ""
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes
    ----------
    stage : str
        What is being done, for the user to read: "Walking through the graph".
    share : float
        How much of the whole is done, 0 to 1; never falls within a rebuild.
    left : float or None
        Seconds left; None while nothing honest can be said.
    """

    stage: str
    share: float
    left: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """Where the artists stand so far, turned like what was on the screen at the start.

    Attributes
    ----------
    keys : tuple of str, shape (n,)
        Whose the rows are (`World.key`). The same object in every preview of a rebuild.
    positions : ndarray of float32, shape (n, 3)
        All finite, not to be written to.
    share : float
        How much of the training is behind them, 0 to 1. The last preview has 1, and is where the
        finished galaxy stands.
    """

    keys: tuple[str, ...]
    positions: Positions
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """A finished galaxy.

    Attributes
    ----------
    path : Path
        A .galaxy in a temporary folder, which lasts until `RebuildJob.stop`: copy it to keep it.
    artists, relations : int
    quality : dict of str to float
        The figures of `embedding.quality.measure`.
    settings : dict
        `BuildSettings.as_dict` of what it was built with.
    notes : tuple of str
        What was left out, one sentence each.
    seconds : float
        From the request on.
    shaped : float
        Seconds from when the artists were known to their finished shape; 0 where that was not seen,
        or where kernels were compiled meanwhile.
    """

    path: Path
    artists: int
    relations: int
    quality: dict[str, float]
    settings: dict[str, Any]
    notes: tuple[str, ...]
    seconds: float
    shaped: float = 0.0
