"""Opening a graph: what can be read, and a file or a folder to build a galaxy from."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.labels import hairline, label

_WHAT = (
    "A file or a folder that says who is related to whom. What it is, is found out from what is in"
    " it; it is only read. You can also drop it on the window."
)
READABLE: dict[str, str] = {
    "Edge list": "CSV or TSV: two names a line, with or without a weight",
    "JSON": "names, each with a list of related names",
    "Networks": "GraphML, GEXF, GML",
    "Plays": "who heard whom how often; a folder of HetRec too",
    "Vectors": "word2vec text; the nearest become the relations",
    "Folders": "nodes.csv and edges.csv, or an atlas",
    ".galaxy": "built anew from the graph in it",
}
"""What `embedding.readers.FORMATS` tells, in the words of the window."""


class GraphDialog(QDialog):
    """Says what can be opened, and asks for it.

    Signals
    -------
    chosen(str) : the path of a file or a folder
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open a graph")
        self.setFixedWidth(480)
        self.file = button("Choose a file...", "primary")
        self.folder = button("Choose a folder...")
        self.stay = button("Cancel", "quiet")
        self.file.setDefault(True)
        kinds = QGridLayout()
        kinds.setHorizontalSpacing(2 * theme.UNIT)
        kinds.setVerticalSpacing(theme.UNIT // 2)
        kinds.setColumnStretch(1, 1)
        for row, (kind, text) in enumerate(READABLE.items()):
            kinds.addWidget(label(kind), row, 0)
            kinds.addWidget(label(text, "muted", wrap=True), row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.UNIT)
        buttons.addWidget(self.stay)
        buttons.addStretch(1)
        buttons.addWidget(self.folder)
        buttons.addWidget(self.file)
        column = QVBoxLayout(self)
        side = 3 * theme.UNIT
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(2 * theme.UNIT)
        column.addWidget(label(_WHAT, "muted", wrap=True))
        column.addLayout(kinds)
        column.addWidget(hairline())
        column.addLayout(buttons)
        self.file.clicked.connect(self._ask_file)
        self.folder.clicked.connect(self._ask_folder)
        self.stay.clicked.connect(self.reject)

    def choose(self, path: str) -> None:
        """Close, and have it built."""
        if path:
            self.accept()
            self.chosen.emit(path)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Open a graph", str(Path.home()))
        self.choose(path)

    def _ask_folder(self) -> None:
        self.choose(
            QFileDialog.getExistingDirectory(self, "Open a folder as a graph", str(Path.home()))
        )
