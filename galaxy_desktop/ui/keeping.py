"""`Keeping`: a galaxy that was built goes into a file of the user's, or is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PyQt6.QtCore import QObject, QStandardPaths, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from embedding.galaxy_file import save
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.asking import Asking
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.labels import NameLabel, label

Answer = Literal["keep", "lose", "stay"]

_SUFFIX = "galaxy"
_UNKEPT = "This galaxy was built here and is in no file yet. Unless you keep it, it is lost."


class Keeping(QObject):
    """Keeps a galaxy where the user says.

    Signals
    -------
    kept(World, str) : it is in this file now, with the settings it was built with
    failed(str) : one sentence about why it is not

    Parameters
    ----------
    background : Background
        Where it is written.
    over : QWidget
        In whose window the user is asked.

    Attributes
    ----------
    ask_place, ask_unkept : callable
        From a world to where to keep it, "" for nowhere, and to whether to; may be replaced.
    """

    kept = pyqtSignal(object, str)
    failed = pyqtSignal(str)

    def __init__(self, background: Background, over: QWidget) -> None:
        super().__init__(over)
        self._background = background
        self.ask_place: Callable[[World], str] = lambda world: ask_place(world, over.window())
        self.ask_unkept: Callable[[World], Answer] = lambda world: ask_unkept(world, over.window())

    def keep(self, world: World, then: Callable[[], object] = lambda: None) -> None:
        """Ask where to keep a galaxy, and do it.

        Parameters
        ----------
        world : World
        then : callable, optional
            Called once it is kept, and only then.
        """
        path = self.ask_place(world)
        if not path:
            return

        def kept(_: None) -> None:
            self.kept.emit(world, path)
            then()

        # A file that is there stays as it is until the new one is whole.
        self._background.start(lambda: save(world.galaxy, path), kept, self.failed.emit)

    def settle(self, world: World, then: Callable[[], object]) -> None:
        """Do what would lose a galaxy; where it is not kept, the user is asked first.

        Parameters
        ----------
        world : World
        then : callable
            Not called where the user would rather stay.
        """
        answer = self.ask_unkept(world) if world.temporary else "lose"
        if answer == "keep":
            self.keep(world, then)
        elif answer == "lose":
            then()


def ask_place(world: World, parent: QWidget | None) -> str:
    """Ask where to keep a galaxy; "" where the user would rather not."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    # Qt names a folder that need not be there, and would fall back to wherever we started.
    if not folder.is_dir():
        folder = Path.home()
    dialog = QFileDialog(
        parent, "Keep this galaxy as", str(folder), f"Galaxies (*.{_SUFFIX});;All files (*)"
    )
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(_SUFFIX)
    dialog.selectFile(file_name(world))
    while dialog.exec():
        path = dialog.selectedFiles()[0]
        if path.casefold().endswith(f".{_SUFFIX}"):
            return path
        # Qt takes what follows a dot for an ending: "p1.6".
        path = f"{path}.{_SUFFIX}"
        if not Path(path).exists():
            return path
        # Whether that is to be overwritten was not asked; now it is.
        dialog.selectFile(path)
    return ""


def file_name(world: World) -> str:
    """Return a name for the file of a galaxy."""
    plain = re.sub(r"[^\w-]+", "-", world.galaxy.title.casefold()).strip("-")[:60]
    return f"{plain or 'galaxy'}.{_SUFFIX}"


def ask_unkept(world: World, parent: QWidget | None) -> Answer:
    """Ask whether a galaxy is to be kept before it is gone."""
    dialog = UnkeptDialog(world, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer


class UnkeptDialog(Asking):
    """Keep, throw away, or stay.

    Attributes
    ----------
    answer : {"keep", "lose", "stay"}
        Closed in any other way, one stays.
    keep, lose : QPushButton
    """

    def __init__(self, world: World, parent: QWidget | None = None) -> None:
        self.keep = button("Keep...", "primary")
        self.lose = button("Throw away")
        super().__init__("Keep this galaxy?", 440, (self.lose, self.keep), parent)
        self.answer: Answer = "stay"
        name = NameLabel("heading", 2)
        name.set_text(world.galaxy.title or "A galaxy without a title")
        self.column.addWidget(name)
        self.column.addWidget(label(_UNKEPT, "muted", wrap=True))
        self.keep.clicked.connect(lambda: self._say("keep"))
        self.lose.clicked.connect(lambda: self._say("lose"))

    def _say(self, answer: Answer) -> None:
        self.answer = answer
        self.accept()
