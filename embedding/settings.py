"""The knobs of a build, with the values of the original galaxy as defaults."""

from __future__ import annotations

import math
import os
from dataclasses import asdict, dataclass
from typing import Any, Literal

from embedding.errors import InputError

Engine = Literal["own", "reference"]
Lengths = Literal["plain", "log"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """Everything that decides what a build gives; two equal settings give the same galaxy.

    Attributes
    ----------
    p, q : float
        node2vec's return and in-out parameters (Grover and Leskovec 2016, section 3.2).
    walks, length : int
        Walks started at every artist, and artists in a walk.
    window : int
        The widest skip-gram window, in artists to each side.
    epochs : int
        Passes of the trainer over all walks.
    dims, averager_dims : int
        Dimensions of the embedding that becomes positions, and of the one used for averaging.
    lengths : {"plain", "log"}
        How far out an artist stands: as far as its vector is long, or the logarithm of that.
    hs : bool
        Train with hierarchical softmax.
    negative : int
        Negative samples per pair; 0 for none. At least one of `hs` and `negative` must be on.
    alpha, min_alpha : float
        Learning rate at the start and at the end.
    sample : float
        Sub-sampling threshold of frequent artists as in word2vec; 0 for none.
    seed : int
        Seed of every random choice, 0 to 2**63 - 1.
    max_artists : int
        Only this many artists, the most popular ones, are kept.
    min_component : int
        Connected components of fewer artists are left out (the largest one never is); 0 for a
        twentieth of the largest.
    engine : {"own", "reference"}
        Our kernels, or the node2vec and gensim packages.
    replicas : int
        Trainers per embedding whose changes are put together block by block. More of them give
        more threads something to do, each embedding so many, and a slightly different galaxy.
    workers : int
        Threads; 0 for one per core. Does not change what the own engine gives.
    """

    p: float = 2.5
    q: float = 0.5
    walks: int = 20
    length: int = 10
    window: int = 7
    epochs: int = 5
    dims: int = 4
    averager_dims: int = 8
    lengths: Lengths = "plain"
    hs: bool = True
    negative: int = 5
    alpha: float = 0.025
    min_alpha: float = 0.0001
    sample: float = 0.0
    seed: int = 1
    max_artists: int = 100_000
    min_component: int = 0
    engine: Engine = "own"
    replicas: int = 1
    workers: int = 0

    def __post_init__(self) -> None:
        """Refuse settings that mean nothing, naming the option as the command line spells it."""
        for name in ("p", "q"):
            _require(name, getattr(self, name), "a number above 0", lambda v: 0 < v < math.inf)
        # A step hundreds of times the usual one learns nothing; far more, and the vectors overflow.
        _require("alpha", self.alpha, "a number above 0, up to 10", lambda v: 0 < v <= 10)
        _require(
            "min_alpha",
            self.min_alpha,
            "a number from 0 to --alpha",
            lambda v: 0 <= v <= self.alpha,
        )
        _require("sample", self.sample, "a number of 0 or more", lambda v: 0 <= v < math.inf)
        for name, low, high in (
            ("walks", 1, 10_000),
            ("length", 2, 10_000),
            ("window", 1, 1_000),
            ("epochs", 1, 10_000),
            ("dims", 3, 512),
            ("averager_dims", 2, 512),
            ("negative", 0, 100),
            ("seed", 0, 2**63 - 1),
            ("max_artists", 2, 2**31 - 2),
            ("min_component", 0, 2**31 - 1),
            ("replicas", 1, 64),
            ("workers", 0, 4096),
        ):
            _require_whole(name, getattr(self, name), low, high)
        if not self.hs and not self.negative:
            raise InputError(
                "nothing to train with",
                where="--negative",
                remedy="give at least 1 negative sample or leave hierarchical softmax on",
            )
        if self.lengths not in ("plain", "log"):
            raise InputError(
                f"there are no lengths {self.lengths!r}",
                where="--lengths",
                remedy="choose plain or log",
            )
        if self.engine not in ("own", "reference"):
            raise InputError(
                f"there is no engine {self.engine!r}",
                where="--engine",
                remedy="choose own or reference",
            )

    @property
    def threads(self) -> int:
        """`workers`, with 0 resolved to the cores this process may use."""
        return self.workers or _cores()

    def as_dict(self) -> dict[str, Any]:
        """Return the settings as plain JSON values."""
        return asdict(self)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _require(name: str, value: float, wanted: str, good: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not good(value):
        if value == math.inf:
            wanted = wanted.replace("a number", "a finite number")
        raise InputError(f"{value!r} is no good", where=_option(name), remedy=f"give {wanted}")


def _require_whole(name: str, value: int, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InputError(
            f"{value!r} is no good",
            where=_option(name),
            remedy=f"give a whole number from {low} to {high}",
        )
