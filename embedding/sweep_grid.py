"""What a sweep tries, and what comes out of each try."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from embedding.errors import InputError
from embedding.settings import BuildSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepGrid:
    """Every combination of some values of p, q, dims, epochs, hs and negative.

    The learning rate falls linearly over all epochs (Mikolov's word2vec.c), so that two epochs
    are another training than the first two of five; each number of epochs is trained by itself.
    The walks depend on p and q alone and are shared by all settings that agree in both.

    Attributes
    ----------
    p, q : sequence of float
    dims, epochs : sequence of int
    hs : sequence of bool
    negative : sequence of int
        Negative samples for each pair. Neither hs nor negatives trains nothing: that combination
        is left out, unless it is the only one.
    base : BuildSettings
        All other knobs. `averager_dims` means nothing here.

    Raises
    ------
    InputError
        From `settings`: a value is out of its range, or there are none.
    """

    p: Sequence[float] = (0.1, 0.6, 1.1, 1.6, 2.1, 2.6)
    q: Sequence[float] = (0.1, 0.6, 1.1, 1.6, 2.1, 2.6)
    dims: Sequence[int] = (4,)
    epochs: Sequence[int] = (5,)
    hs: Sequence[bool] = (True,)
    negative: Sequence[int] = (5,)
    base: BuildSettings = field(default_factory=BuildSettings)

    def settings(self) -> list[BuildSettings]:
        """Return the settings to try, each once, those with the same walks in a row."""
        for name in ("p", "q", "dims", "epochs", "hs", "negative"):
            if not len(getattr(self, name)):
                raise InputError("there is no value to try", where=f"--{name}", remedy="give one")
        trainings = list(itertools.product(self.hs, self.negative))
        useful = [(hs, negative) for hs, negative in trainings if hs or negative]
        every = itertools.product(self.p, self.q, self.dims, self.epochs, useful or trainings)
        tried = [
            replace(self.base, p=p, q=q, dims=dims, epochs=epochs, hs=hs, negative=negative)
            for p, q, dims, epochs, (hs, negative) in every
        ]
        return list(dict.fromkeys(tried))


@dataclass(frozen=True, slots=True, eq=False)
class SweepResult:
    """What became of one setting.

    Attributes
    ----------
    settings : BuildSettings
    quality : dict of str to float
        The figures of `embedding.quality.measure`, taken on this setting's own vectors.
    walk_seconds, train_seconds : float
        What the walks took, shared with other settings or not, and the training; compiling is
        not counted.
    front, side : bytes
        Pictures from two angles, as PNG files.
    error : str
        Why there is nothing of all this, in one sentence; "" if all went well.
    reused : bool
        Whether this was done by an earlier run.
    """

    settings: BuildSettings
    quality: dict[str, float] = field(default_factory=dict)
    walk_seconds: float = 0.0
    train_seconds: float = 0.0
    front: bytes = b""
    side: bytes = b""
    error: str = ""
    reused: bool = False

    @property
    def seconds(self) -> float:
        """What making this embedding takes by itself: its walks and its training."""
        return self.walk_seconds + self.train_seconds
