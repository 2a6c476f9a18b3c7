"""Opens the window, and waits until it is closed."""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import os
import re
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from embedding.errors import GalaxyError, InputError
from galaxy_desktop.commands import plain_dialog
from galaxy_desktop.commands.explained import explained
from galaxy_desktop.commands.fault_log import fault_log
from galaxy_desktop.model.desktop_entry import APP_ID

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QApplication

    from galaxy_desktop.model.world import World
    from galaxy_desktop.ui.main_window import MainWindow
    from galaxy_desktop.ui.signals import Signals

_log = logging.getLogger(__name__)

_OLDEST = 3
"""The version of OpenGL since which there are buffers of half floats."""


def open_window(path: Path | None, *, events: bool = False, from_menu: bool = False) -> int:
    """Open the window and return the exit status once it is closed.

    Parameters
    ----------
    path : Path, optional
        The galaxy; default the one that was open last.
    events : bool
        Whether to print what happens; see `EventLog`.
    from_menu : bool
        Whether the program was started where nobody reads what it prints: what keeps it from
        starting is said in a dialog too.

    Raises
    ------
    InputError
        There is no display, or nothing on it that draws.
    """
    try:
        app, signals, first = _start(path, from_menu=from_menu)
    except Exception as error:
        # Qt can say nothing now.
        if from_menu:
            plain_dialog.show(explained(error))
        raise
    try:
        from galaxy_desktop.commands.qt_start import held_back
        from galaxy_desktop.ui.collector import Collector
        from galaxy_desktop.ui.turns import take_short_turns

        Collector(app)
        take_short_turns()
        with held_back():
            _check_graphics()
        return _run(app, signals, first, path, events=events)
    except Exception as error:
        if from_menu:
            _show(explained(error))
        raise
    finally:
        signals.close()


def _start(path: Path | None, *, from_menu: bool) -> tuple[QApplication, Signals, Future[World]]:
    """Start Qt, and to read the galaxy."""
    _check_display()
    # The galaxy is read while Qt is imported and the window is made.
    first: Future[World] = Future()
    threading.Thread(target=_read_first, args=(path, first), daemon=True).start()

    from PyQt6.QtCore import Qt
    from PyQt6.QtGui import QSurfaceFormat
    from PyQt6.QtWidgets import QApplication

    from galaxy_desktop.commands.qt_start import held_back, say_no_missing_scripts
    from galaxy_desktop.ui.icons import program_icon
    from galaxy_desktop.ui.signals import Signals

    # Nothing here has depth; without this each window would have a buffer for it.
    surface = QSurfaceFormat.defaultFormat()
    surface.setDepthBufferSize(0)
    surface.setStencilBufferSize(0)
    surface.setSwapInterval(1)
    QSurfaceFormat.setDefaultFormat(surface)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QApplication.setApplicationName(APP_ID)
    QApplication.setApplicationDisplayName("Galaxy Desktop")
    QApplication.setDesktopFileName(APP_ID)
    say_no_missing_scripts()
    # Of the arguments only the name is Qt's; the others were read already.
    with held_back(plain_dialog.show if from_menu else lambda _: None):
        app = QApplication([APP_ID])
    # From here on a signal waits for Qt's loop: nothing is to end in the middle of a painting.
    signals = Signals(lambda number: app.exit(128 + number))
    app.setWindowIcon(program_icon())
    return app, signals, first


def _run(
    app: QApplication,
    signals: Signals,
    first: Future[World],
    path: Path | None,
    *,
    events: bool,
) -> int:
    from galaxy_desktop.commands.reading import read
    from galaxy_desktop.model.storage import Places
    from galaxy_desktop.ui import theme
    from galaxy_desktop.ui.event_log import EventLog
    from galaxy_desktop.ui.main_window import MainWindow

    log = EventLog() if events else None
    places = Places.of_user()
    window = MainWindow(places, read, log)
    theme.apply(app, window.keeper.settings.look.palette)
    status = [0]
    problems: list[GalaxyError] = []

    def failed(error: GalaxyError) -> None:
        problems.append(error)
        app.exit(2)

    def interrupted(number: int) -> None:
        status[0] = 128 + number
        window.close_unasked()

    signals.heard = interrupted
    sys.excepthook = lambda kind, value, trace: _unforeseen(window, kind, value, trace)
    window.closed.connect(app.quit)
    window.keeper.show(window)
    if log is not None:
        log.write("shown")
    with fault_log(places.log):
        window.begin(first, failed if path is not None else None)
        app.exec()
    # A dialog may follow.
    signals.heard = lambda number: app.exit(128 + number)
    sys.excepthook = sys.__excepthook__
    if problems:
        window.close()
        raise problems[0]
    return status[0]


def _show(sentence: str) -> None:
    """Say in a dialog what keeps the window from opening."""
    from PyQt6.QtCore import Qt
    from PyQt6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Critical, "Galaxy Desktop", sentence)
    # The name of a file is no markup.
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def _read_first(path: Path | None, first: Future[World]) -> None:
    """Read the galaxy to begin with: the one that is named, else the one that was open last."""
    try:
        from galaxy_desktop.commands.reading import read

        if path is not None:
            first.set_result(read(str(path.absolute())))
            return
        from galaxy_desktop.model.session import SessionStore
        from galaxy_desktop.model.storage import Places

        first.set_result(read(SessionStore(Places.of_user()).last_file()))
    except BaseException as error:
        first.set_exception(error)


def _check_display() -> None:
    """Without a display Qt ends the process with a crash: notice before it does.

    Raises
    ------
    InputError
        There is none.
    """
    if not sys.platform.startswith(("linux", "freebsd")) or os.environ.get("QT_QPA_PLATFORM"):
        return
    remedy = "start it on a desktop, or use --screenshot or --tour, which need none"
    display = os.environ.get("DISPLAY")
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not display:
        raise InputError("there is no display to open a window on", remedy=remedy)
    try:
        xcb = ctypes.CDLL(ctypes.util.find_library("xcb") or "libxcb.so.1")
    except OSError:
        return
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if broken:
        raise InputError("the display does not answer", where=f"DISPLAY={display}", remedy=remedy)


def _check_graphics() -> None:
    """Check that there is an OpenGL that the galaxy can be drawn with.

    Raises
    ------
    InputError
        There is none, or one of before 2008.
    """
    from galaxy_desktop.ui.galaxy_view import window_graphics

    version = window_graphics().version
    number = re.match(r"\D*(\d+)", version)
    if number is not None and int(number[1]) < _OLDEST:
        raise InputError(
            f"OpenGL {version} is too old to draw the galaxy, which needs {_OLDEST}.0",
            remedy="install the driver of the graphics card, or Mesa's (libgl1-mesa-dri)",
        )


def _unforeseen(
    window: MainWindow,
    kind: type[BaseException],
    value: BaseException,
    trace: TracebackType | None,
) -> None:
    """Go on after a mistake of the program: PyQt would abort, and lose where the user was."""
    from galaxy_desktop.ui.background import unforeseen

    _log.error("something went wrong inside the program", exc_info=(kind, value, trace))
    said = "Something went wrong inside the program, which goes on"
    window.tell_error(unforeseen(said))
