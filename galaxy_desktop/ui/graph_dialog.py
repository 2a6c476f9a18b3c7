"""Opening a graph: what can be read, and a file or a folder to build a galaxy from."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QGridLayout, QWidget

from galaxy_desktop.ui import theme
from galaxy_desktop.ui.asking import Asking
from galaxy_desktop.ui.buttons import button
from galaxy_desktop.ui.labels import hairline, label

_WHAT = (
    "Choose a file or a folder that says who is related to whom, or drop it on the window. Its kind"
    " is found out from its content, and nothing in it is changed."
)
READABLE: dict[str, str] = {
    "Edge list": "CSV or TSV: two names a line, with or without a weight",
    "JSON": "Names, each with a list of related names",
    "Networks": "GraphML, GEXF, GML",
    "Plays": "Who heard whom how often; a folder of HetRec too",
    "Vectors": "word2vec as text; the nearest become the relations",
    "Folders": "nodes.csv and edges.csv, or an atlas",
    "Crawls": "The database that galaxy-embed crawl fills",
    ".galaxy": "Built anew from the graph in it",
}
"""What `embedding.readers.FORMATS` tells, in the words of the window."""


class GraphDialog(Asking):
    """Says what can be opened, and asks for it.

    Signals
    -------
    chosen(str) : the path of a file or a folder
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.file = button("Choose a file...", "primary")
        self.folder = button("Choose a folder...")
        super().__init__("Open a graph", 520, (self.folder, self.file), parent)
        kinds = QGridLayout()
        kinds.setHorizontalSpacing(2 * theme.UNIT)
        kinds.setVerticalSpacing(theme.UNIT // 2)
        kinds.setColumnStretch(1, 1)
        for row, (kind, text) in enumerate(READABLE.items()):
            kinds.addWidget(label(kind), row, 0)
            kinds.addWidget(label(text, "muted", wrap=True), row, 1)
        self.column.addWidget(label(_WHAT, "muted", wrap=True))
        self.column.addWidget(hairline())
        self.column.addLayout(kinds)
        self.file.clicked.connect(self._ask_file)
        self.folder.clicked.connect(self._ask_folder)

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
