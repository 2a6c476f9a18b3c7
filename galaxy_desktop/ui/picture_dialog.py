"""Saving a picture: how large, with names or without, and where."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QStandardPaths, pyqtSignal
from PyQt6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.jobs.picture_job import Shown
from galaxy_desktop.model.state import AppState
from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import Choice, button
from galaxy_desktop.ui.labels import hairline, label
from galaxy_desktop.ui.settings_rows import SwitchRow

Size = tuple[int, int]

_SIZES: tuple[tuple[str, Size], ...] = (
    ("Full HD", (1920, 1080)),
    ("4K", (3840, 2160)),
    ("8K", (7680, 4320)),
    ("Square", (2160, 2160)),
    ("Phone", (1440, 3120)),
)


class PictureDialog(QDialog):
    """Asks; what is seen is drawn once the user has chosen a file.

    Signals
    -------
    wanted(Shown, Path, (int, int)) : draw this, save it there, so large

    Parameters
    ----------
    state : AppState
    size : (int, int)
        Of the canvas in pixels.
    parent : QWidget, optional
    """

    wanted = pyqtSignal(object, object, object)

    def __init__(self, state: AppState, size: Size, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._shown = Shown.of(state)
        self.setWindowTitle("Save a picture")
        self.sizes = Choice()
        self.sizes.setAccessibleName("Size")
        for name, pixels in (("As the window", size), *_SIZES):
            self.sizes.addItem(f"{name}, {pixels[0]} × {pixels[1]}", pixels)
        self.sizes.setCurrentIndex(1)
        self.names = SwitchRow("Names", "Whether the names are in the picture.")
        self.names.set_value(state.settings.look.labels > 0)
        self.save = button("Save...", "primary")
        self.save.setDefault(True)
        cancel = button("Cancel")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.UNIT)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        side = 3 * theme.UNIT
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(2 * theme.UNIT)
        column.addWidget(
            label("What is seen now, drawn anew in full quality at any size.", "muted", wrap=True)
        )
        column.addWidget(self.sizes)
        column.addWidget(self.names)
        column.addWidget(hairline())
        column.addLayout(buttons)
        self.setFixedWidth(420)
        self.save.clicked.connect(self._ask)
        cancel.clicked.connect(self.reject)

    @property
    def size_chosen(self) -> Size:
        """Width and height in pixels."""
        width, height = self.sizes.currentData()
        return int(width), int(height)

    def save_as(self, target: Path) -> None:
        """Have it saved in a file, and close."""
        if target.suffix.lower() != ".png":
            target = target.with_name(f"{target.name}.png")
        look = self._shown.settings.look
        if not self.names.switch.isChecked():
            look = replace(look, labels=0.0)
        elif not look.labels:
            look = replace(look, labels=1.0)
        shown = replace(self._shown, settings=replace(self._shown.settings, look=look))
        self.wanted.emit(shown, target, self.size_chosen)
        self.accept()

    def _ask(self) -> None:
        place = QStandardPaths.StandardLocation.PicturesLocation
        folder = Path(QStandardPaths.writableLocation(place))
        # Qt names a folder that need not be there, and would fall back to wherever we started.
        if not folder.is_dir():
            folder = Path.home()
        path, _ = QFileDialog.getSaveFileName(
            self, "Save the picture as", str(folder / self._name()), "PNG pictures (*.png)"
        )
        if path:
            self.save_as(Path(path))

    def _name(self) -> str:
        """Return a name for the file, after what is seen."""
        state = self._state
        galaxy = state.world.galaxy
        title = galaxy.names[state.selected] if state.selected is not None else galaxy.title
        plain = re.sub(r"[^\w-]+", "-", title.casefold()).strip("-")[:60]
        return f"{plain or 'galaxy'}.png"
