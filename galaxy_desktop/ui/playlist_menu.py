"""The button that saves what was found as a playlist, or copies it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QStandardPaths, pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from embedding.errors import InputError
from galaxy_desktop.model.playlist import Form, Playlist
from galaxy_desktop.ui.buttons import IconButton

_FORMS: dict[Form, tuple[str, str, str]] = {
    "text": ("Save as &text...", ".txt", "Text, one name a line (*.txt)"),
    "csv": ("Save as a ta&ble...", ".csv", "Tables (*.csv)"),
    "jspf": ("Save as a &playlist...", ".jspf", "JSPF playlists (*.jspf)"),
}


class PlaylistMenu(IconButton):
    """Opens a menu of the ways out.

    Signals
    -------
    said(str) : what was done, one sentence
    failed(str) : what went wrong, one sentence

    Parameters
    ----------
    wanted : callable
        Returns the playlist to be saved.
    """

    said = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, wanted: Callable[[], Playlist], parent: QWidget | None = None) -> None:
        super().__init__("save", "Save or copy these names", parent)
        self._wanted = wanted
        self._folder: Path | None = None
        menu = QMenu(self)
        copy = menu.addAction("&Copy the names")
        assert copy is not None
        copy.triggered.connect(self.copy)
        menu.addSeparator()
        for form, (title, _, _) in _FORMS.items():
            entry = menu.addAction(title)
            assert entry is not None
            entry.triggered.connect(lambda _=False, form=form: self._ask(form))
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def copy(self) -> None:
        """Put the names on the clipboard, one a line."""
        board = QGuiApplication.clipboard()
        if board is not None:
            wanted = self._wanted()
            board.setText(wanted.as_text())
            self.said.emit(f"{len(wanted.entries)} names were copied.")

    def save_as(self, path: Path, form: Form) -> None:
        """Save it in a file."""
        try:
            self._wanted().save(path, form)
        except InputError as error:
            self.failed.emit(f"The playlist was not saved. {error}")
        else:
            self._folder = path.parent
            self.said.emit(f"The playlist is saved as {path}.")

    def _ask(self, form: Form) -> None:
        _, suffix, kinds = _FORMS[form]
        name = re.sub(r"[^\w-]+", "-", self._wanted().title.casefold()).strip("-")[:60]
        start = self._start() / f"{name or 'playlist'}{suffix}"
        dialog = QFileDialog(self.window(), "Save the playlist as", str(start.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # With it the question whether to replace a file is about the name that it will have.
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(start.name)
        if dialog.exec():
            self.save_as(Path(dialog.selectedFiles()[0]), form)

    def _start(self) -> Path:
        if self._folder is not None and self._folder.is_dir():
            return self._folder
        place = QStandardPaths.StandardLocation.MusicLocation
        folder = Path(QStandardPaths.writableLocation(place))
        # Qt names a folder that need not be there.
        return folder if folder.is_dir() else Path.home()
