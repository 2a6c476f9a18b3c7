"""Opening a graph: every format is told, a file or a folder is handed on."""

from __future__ import annotations

from PyQt6.QtWidgets import QLabel
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
    "crawl": "Crawls",
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


def test_it_is_as_high_as_its_words_need(qtbot: QtBot) -> None:
    dialog = GraphDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    words = [each for each in dialog.findChildren(QLabel) if each.wordWrap()]
    assert len(words) == 1 + len(READABLE)
    for each in words:
        assert each.height() == each.heightForWidth(each.width())


def test_enter_chooses_a_file_and_cancel_nothing(qtbot: QtBot) -> None:
    dialog = GraphDialog()
    qtbot.addWidget(dialog)
    assert dialog.file.isDefault()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.stay.click()
    assert not dialog.result()
