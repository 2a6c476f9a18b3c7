"""`Names`: the names in the galaxy, from the choice of them to the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PyQt6.QtGui import QPainter

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.model.labelling import Labeller
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.labels import Labels
from galaxy_desktop.ui.label_painter import LabelPainter
from galaxy_desktop.ui.label_pictures import LabelPictures

_NEW_IN_MOTION, _NEW_AT_REST = 1, 16
"""So many texts are written in a frame: each takes about half a millisecond."""
_MOST_RELATED = 40
_LONG = 2.0
"""Seconds in which whatever fades has faded."""


class Names:
    """Chooses, writes and draws the names of a state.

    Parameters
    ----------
    state : AppState
    wake : callable, optional
        Called when there is more to draw than a frame had time for.

    Attributes
    ----------
    moving : bool
        Whether the camera is under way: names glide then, and stand on whole pixels at rest.
    dim : float
        1 as they are, 0 not seen.
    """

    def __init__(self, state: AppState, wake: Callable[[], object] | None = None) -> None:
        self._state, self._wake = state, wake
        self._painter = LabelPainter(state.settings.look.palette)
        self._labeller = Labeller(state.world, self._painter.measure)
        self._layer, self._pictures = Labels(), LabelPictures()
        self._labels: list[PlacedLabel] = []
        self._related: tuple[int | None, tuple[int, ...]] = (None, ())
        self._late: tuple[Pose, tuple[float, float], float] | None = None
        self._begun = False
        self.moving = False
        self.dim = 1.0
        state.world_changed.connect(self._world_changed)
        state.world_reformed.connect(self._world_reformed)
        state.settings_changed.connect(self._settings_changed)

    @property
    def labeller(self) -> Labeller:
        """What chooses; `prepare` it on a worker thread."""
        return self._labeller

    @property
    def settled(self) -> bool:
        """Whether another step would change nothing, as long as nothing else does."""
        return self._late is None and self._labeller.settled

    def step(self, pose: Pose, size: tuple[float, float], seconds: float) -> bool:
        """Let time pass; return whether the names changed.

        Parameters
        ----------
        pose : Pose
        size : (float, float)
            Of the picture in logical pixels.
        seconds : float
        """
        self._late = None
        state = self._state
        before = self._labels
        self._labels = self._labeller.update(
            pose,
            size,
            seconds,
            state.hovered,
            state.selected,
            self._related_to(state.selected),
            state.highlights,
            state.settings.look,
            state.gliding,
            state.strengths,
        )
        return self._labels != before

    def step_late(self, pose: Pose, size: tuple[float, float], seconds: float) -> None:
        """Let time pass as `step` does, but not before `catch_up`, or before they are drawn.

        Where the picture changes anyway: they can be chosen while the stars are being drawn.
        """
        self._late = pose, size, seconds

    def catch_up(self) -> None:
        """Make the step that was put off."""
        if self._late is not None:
            self.step(*self._late)

    def settle(self, pose: Pose, size: tuple[float, float]) -> None:
        """Show what will be shown once all has faded in and out.

        Where stars are under way, the names are those that are shown already.
        """
        self._labeller.prepare()
        if not self._state.gliding.displaced:
            self._labeller.reset()
        for _ in range(20):
            self.step(pose, size, _LONG)
            if self.settled:
                return

    def draw(self, size: tuple[int, int], ratio: float) -> None:
        """Draw them with the OpenGL context that is current; see `scene.renderer.Overlay`."""

        def show(labels: Sequence[PlacedLabel], *how: Any, **more: Any) -> int:
            return self._layer.draw(labels, size, *how, **more)

        self._show(ratio, show)

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Paint them with Qt.

        Parameters
        ----------
        painter : QPainter
            One unit is a pixel.
        ratio : float
            Pixels for each logical one.
        """
        self._show(ratio, partial(self._pictures.paint, painter))

    def _show(self, ratio: float, show: Callable[..., int]) -> None:
        self.catch_up()
        if self._wake is not None and not self._begun:
            # The first text takes the time of a few frames, and the galaxy is to be seen at once.
            self._begun = True
            self._wake()
            return
        labels = self._labels
        if self.dim < 1:
            labels = [replace(label, alpha=label.alpha * self.dim) for label in labels]
        most = _NEW_IN_MOTION if self.moving else _NEW_AT_REST
        missing = show(
            labels,
            ratio,
            lambda label: self._painter.paint(label, ratio),
            still=self._labeller.resting,
            most=most if self._wake is not None else None,
        )
        if missing and self._wake is not None:
            self._wake()

    def at(self, x: float, y: float) -> int | None:
        """Return the artist whose name is at a place of the picture, None where there is none."""
        return self._labeller.at(self._labels, x, y)

    def forget(self) -> None:
        """Draw with another OpenGL context from now on."""
        self._layer.forget()

    def delete(self) -> None:
        """Give the graphics memory back."""
        self._layer.delete()

    def _related_to(self, artist: int | None) -> tuple[int, ...]:
        """Return the artists related to one, the best known first."""
        if self._related[0] != artist:
            found: tuple[int, ...] = ()
            if artist is not None:
                related = self._state.world.galaxy.related(artist)
                order = np.argsort(-self._state.world.fame[related], kind="stable")
                found = tuple(related[order][:_MOST_RELATED].tolist())
            self._related = artist, found
        return self._related[1]

    def _world_changed(self, world: World) -> None:
        self._labeller = Labeller(world, self._painter.measure)
        self._labels, self._related, self._late = [], (None, ()), None

    def _world_reformed(self, change: Reforming) -> None:
        labeller = Labeller(change.new, self._painter.measure)
        labeller.inherit(self._labeller, change)
        self._labeller = labeller
        self._related, self._late = (None, ()), None

    def _settings_changed(self, settings: Settings) -> None:
        if settings.look.palette != self._painter.palette:
            self._painter.palette = settings.look.palette
            self._layer.clear()
            self._pictures.clear()
