"""Opening a graph: every format is told, a file or a folder is handed on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from embedding.readers import FORMATS
from galaxy_desktop.ui.graph_dialog import READABLE, GraphDialog

_TOLD_AS = {
    "folder": "Folders",
    "edges": "Edge list",
    "json": "JSON",
    "graphml": "Networks",
    "gexf": "Networks",
    "gml": "Networks",
    "plays": "Plays",
    "atlas": "Folders",
    "word2vec": "Vectors",
    "galaxy": ".galaxy",
}


def test_every_format_that_can_be_read_is_told() -> None:
    assert set(_TOLD_AS) == set(FORMATS)
    assert set(_TOLD_AS.values()) == set(READABLE)


def test_what_is_chosen_is_handed_on(qtbot: QtBot) -> None:
    dialog = GraphDialog()
    qtbot.addWidget(dialog)
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.choose("")
    with qtbot.waitSignal(dialog.chosen) as caught:
        dialog.choose("/data/related.csv")
    assert caught.args == ["/data/related.csv"]
    assert dialog.result()
