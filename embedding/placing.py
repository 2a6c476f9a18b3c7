"""`Placing`: where the artists of a build stand, while it trains and in the end."""

from __future__ import annotations

from collections.abc import Callable

from embedding.arrays import Float32
from embedding.galaxy import Galaxy
from embedding.settings import BuildSettings


class Placing:
    """Projects the vectors of a build and turns them like what was seen before.

    Parameters
    ----------
    keys : list of str, shape (n,)
    settings : BuildSettings
    earlier : Galaxy, optional
        What all is turned like. Without one, or with hardly an artist in common, what comes during
        the training is turned like what came before it, so that the picture does not flip.
    """

    def __init__(self, keys: list[str], settings: BuildSettings, earlier: Galaxy | None) -> None:
        from embedding.projection import Alignment

        self._keys, self._settings = keys, settings
        self._alignment: Alignment | None = None
        self._fixed = False
        if earlier is not None:
            self._alignment = Alignment(keys, earlier.positions, earlier.keys)
            self._fixed = self._alignment.fixed

    def final(self, vectors: Float32) -> Float32:
        """Return where the artists stand in the galaxy, float32 (n, 3)."""
        from embedding.projection import project

        positions = project(vectors, self._settings.lengths, self._settings.engine)
        if self._fixed and self._alignment is not None:
            positions = self._alignment(positions)
        return positions

    def so_far(self, vectors: Float32) -> Float32:
        """Return where they stand with vectors that are still being trained."""
        from embedding.projection import Alignment

        positions = self.final(vectors)
        if self._fixed:
            return positions
        if self._alignment is not None:
            positions = self._alignment(positions)
        self._alignment = Alignment(self._keys, positions, self._keys)
        return positions

    def at_epochs(self, tell: Callable[[int, Float32], None]) -> Callable[[int, Float32], None]:
        """Return what tells of the positions at every epoch, if called with vectors."""
        return lambda epoch, vectors: tell(epoch, self.so_far(vectors))

    def at_blocks(
        self, tell: Callable[[float, Callable[[], Float32]], None]
    ) -> Callable[[float, Float32], None]:
        """Return what lets `tell` ask for the positions at every block."""

        def on_block(share: float, vectors: Float32) -> None:
            place = self.final if share == 1 else self.so_far
            tell(share, lambda: place(vectors))

        return on_block
