"""`Explorer`: the canvas of one window, with what flies, draws and listens on it."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from galaxy_desktop.model.navigator import Navigator
from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.canvas import GalaxyCanvas
from galaxy_desktop.ui.canvas_input import CanvasInput
from galaxy_desktop.ui.frame_loop import FrameLoop
from galaxy_desktop.ui.galaxy_view import make_view
from galaxy_desktop.ui.names import Names
from galaxy_desktop.ui.software_view import SoftwareView


class Explorer(QObject):
    """One canvas, from input to frame.

    Parameters
    ----------
    state : AppState
    parent : QWidget
        Which the canvas will belong to.

    Attributes
    ----------
    navigator : Navigator
    names : Names
    canvas : GalaxyCanvas or SoftwareView
    view : QWidget
        The canvas as a widget.
    input : CanvasInput
    loop : FrameLoop
    """

    drawn = pyqtSignal()
    """A frame is on the screen."""
    moving_changed = pyqtSignal(bool)
    """The camera set off, or came to rest; the slow rotation by itself is rest."""
    resized = pyqtSignal(int, int)
    """The canvas has another size, in logical pixels."""

    def __init__(self, state: AppState, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self._stale = True
        self._moving = False
        self.loop = FrameLoop(self._step, self._draw, self._rate, parent=self)
        self.names = Names(state, self.refresh)
        self.navigator = Navigator(state, self.loop.wake)
        self.navigator.cursor.named = self.names.at
        self.canvas = make_view(state, self.names, parent)
        if isinstance(self.canvas, GalaxyCanvas):
            # Qt makes another OpenGL context when the canvas moves to another window.
            self.canvas.events.initialize.connect(lambda _: self.names.forget())
        self.view: QWidget = self.canvas.native
        self.view.setAccessibleName("Galaxy")
        self.canvas.native.frameSwapped.connect(self._shown)
        self.view.installEventFilter(self)
        self.input = CanvasInput(self.view, self.navigator, self.navigator.held_keys)
        for event in (
            state.world_changed,
            state.world_reformed,
            state.gliding_changed,
            state.hovered_changed,
            state.selected_changed,
            state.highlights_changed,
            state.threads_changed,
            state.settings_changed,
        ):
            event.connect(self.refresh)

    @property
    def moving(self) -> bool:
        """Whether the camera is under way; the slow rotation by itself is rest."""
        return self._moving

    @property
    def renderer(self) -> str:
        """What draws, as OpenGL calls it; "" before the first frame."""
        graphics = self.canvas.renderer.graphics
        return graphics.renderer if graphics is not None else ""

    def refresh(self) -> None:
        """Draw again, soon."""
        self._stale = True
        self.loop.wake()

    def image(self) -> QImage:
        """Return what is seen."""
        return self.view.grab().toImage()

    def close(self) -> None:
        """Draw no more."""
        self.input.drop()
        self.loop.stop()
        self.names.delete()
        if isinstance(self.canvas, SoftwareView):
            self.canvas.close_graphics()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow the size of the canvas."""
        if event is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.navigator.resize(self.view.width(), self.view.height())
            self.resized.emit(self.view.width(), self.view.height())
            self.refresh()
        return super().eventFilter(watched, event)

    def _step(self, seconds: float) -> tuple[bool, bool]:
        """Let time pass; return whether to draw, and whether more is to come."""
        changed = self.navigator.step(seconds)
        flight = self.navigator.flight
        moving = self._state.gliding.moving or not flight.steady
        self.canvas.renderer.moving = self.names.moving = moving
        self.canvas.renderer.dim = self.names.dim = 1 - flight.fade
        view = flight.pose, self.navigator.size, seconds
        renamed = False
        if changed:
            self.names.step_late(*view)
        else:
            renamed = self.names.step(*view)
        if self._moving == flight.steady:
            self._moving = not flight.steady
            self.moving_changed.emit(self._moving)
        finished = self.canvas.renderer.converged and self.names.settled
        draw = changed or renamed or self._stale or not finished
        self._stale = False
        return draw, self.navigator.moving or not finished

    def _draw(self) -> None:
        self.canvas.update()

    def _shown(self) -> None:
        self.drawn.emit()
        self.loop.shown()

    def _rate(self) -> float:
        screen = self.view.screen()
        return screen.refreshRate() if screen is not None else 60.0
