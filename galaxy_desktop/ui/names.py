"""`Names`: the names over the galaxy: chosen by the model, written by Qt, drawn by the scene."""

from __future__ import annotations

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.model.labelling import Labeller
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.labels import Labels
from galaxy_desktop.ui.label_painter import LabelPainter

_AT_ONCE = 10
"""New texts in one frame of motion: each takes some 0.3 ms to be written."""


class Names:
    """Keeps the names up to date, and draws them as the `Overlay` of a renderer.

    There must be a QGuiApplication.

    Parameters
    ----------
    state : AppState

    Attributes
    ----------
    placed : list of PlacedLabel
        The names of this frame.
    """

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._painter = LabelPainter(state.settings.look.palette)
        self._labels = Labels()
        self._labeller = Labeller(state.world, self._painter.measure)
        self._related: tuple[int | None, tuple[int, ...]] = (None, ())
        self._missing = 0
        self._still = True
        self._at_once: int | None = _AT_ONCE
        self.placed: list[PlacedLabel] = []
        state.world_changed.connect(self._world_changed)

    def prepare(self) -> None:
        """Find the landmarks and regions of the world; for a worker thread, once for each world.

        Until then only what is hovered, selected or lit is named.
        """
        self._labeller.prepare()

    def step(self, seconds: float, size: tuple[float, float]) -> tuple[bool, bool]:
        """Let time pass.

        Parameters
        ----------
        seconds : float
        size : (float, float)
            Of the picture in logical pixels.

        Returns
        -------
        draw, go_on : bool
            Whether something changed, and whether more will, even if the camera rests.
        """
        state = self._state
        before = self.placed
        self.placed = self._labeller.update(
            state.pose,
            size,
            seconds,
            state.hovered,
            state.selected,
            self._of_selected(),
            state.highlights,
            state.settings.look,
        )
        self._still = self._labeller.settled
        more = not self._still or self._missing > 0
        return self.placed != before or self._missing > 0, more

    def settle(self, size: tuple[float, float]) -> None:
        """Be at once as it becomes in a while, whatever was seen before; for pictures."""
        self.prepare()
        self._at_once = None
        self._labeller.reset()
        for _ in range(8):
            self.step(1.0, size)
            if self._labeller.settled:
                break

    def at(self, x: float, y: float) -> int | None:
        """Return the artist whose name is at a place, logical pixels; None for none."""
        return self._labeller.at(self.placed, x, y)

    def __call__(self, size: tuple[int, int], ratio: float) -> None:
        """Draw them into the frame buffer that is active; see `Overlay`."""
        palette = self._state.settings.look.palette
        if palette != self._painter.palette:
            self._painter = LabelPainter(palette)
            self._labels.clear()
        self._missing = self._labels.draw(
            self.placed,
            size,
            ratio,
            lambda label: self._painter.paint(label, ratio),
            still=self._still,
            most=self._at_once,
        )

    def forget(self) -> None:
        """Draw with another OpenGL context from now on: the last one is gone, with all in it."""
        self._labels.forget()

    def delete(self) -> None:
        """Give the graphics memory back."""
        self._labels.delete()

    def _world_changed(self, world: World) -> None:
        self._labeller = Labeller(world, self._painter.measure)
        self._related = (None, ())
        self.placed = []

    def _of_selected(self) -> tuple[int, ...]:
        """Return the artists related to the selected one."""
        selected = self._state.selected
        if selected != self._related[0]:
            galaxy = self._state.world.galaxy
            related = () if selected is None else tuple(galaxy.related(selected).tolist())
            self._related = selected, related
        return self._related[1]
