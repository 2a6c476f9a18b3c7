"""How a galaxy that was built is kept, or is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.keeping import UnkeptDialog, file_name
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.ui.widgets.rebuild_bench import Bench


def test_it_is_kept_with_its_settings(
    bench: Bench, qtbot: QtBot, built: Callable[..., World], tmp_path: Path
) -> None:
    world = built()
    target = tmp_path / "mine.galaxy"
    made = Path(world.path)
    bench.rebuilding.keeping.ask_place = lambda _: str(target)
    bench.panel.keep_requested.emit()
    qtbot.waitUntil(lambda: not world.temporary)
    assert load(target).settings["p"] == 9
    assert np.array_equal(load(target).positions, world.positions)
    assert world.path == str(target)
    assert not made.exists()
    assert bench.said[-1] == f"The galaxy is kept as {target}."
    assert not bench.panel.foot.keep.isVisible()


def test_what_cannot_be_kept_stays_unkept_and_it_is_said(
    bench: Bench, qtbot: QtBot, built: Callable[..., World], tmp_path: Path
) -> None:
    world = built()
    bench.rebuilding.keeping.ask_place = lambda _: str(tmp_path / "no" / "where.galaxy")
    bench.panel.keep_requested.emit()
    qtbot.waitUntil(lambda: bool(bench.errors))
    assert "the folder does not exist" in bench.errors[0]
    assert world.temporary
    assert bench.panel.foot.keep.isVisible()
    # Once it is kept elsewhere, nothing speaks of it any more.
    bench.rebuilding.keeping.ask_place = lambda _: str(tmp_path / "here.galaxy")
    bench.panel.keep_requested.emit()
    qtbot.waitUntil(lambda: not world.temporary)
    assert not bench.panel.foot.problem.isVisible()


def test_what_would_be_lost_is_asked_about(
    bench: Bench, qtbot: QtBot, built: Callable[..., World], tmp_path: Path
) -> None:
    done: list[str] = []
    bench.rebuilding.settle(lambda: done.append("nothing to lose"))
    built()
    answers = {"stay": [], "lose": ["lose"], "keep": ["lose", "keep"]}
    for answer, expected in answers.items():
        bench.rebuilding.keeping.ask_unkept = lambda _, answer=answer: answer  # type: ignore[misc, return-value]
        bench.rebuilding.keeping.ask_place = lambda _: str(tmp_path / "kept.galaxy")
        bench.rebuilding.settle(lambda answer=answer: done.append(answer))  # type: ignore[misc]
        qtbot.waitUntil(lambda expected=expected: done == ["nothing to lose", *expected])
    assert not bench.state.world.temporary


def test_no_place_is_not_kept_and_nothing_follows(
    bench: Bench, built: Callable[..., World]
) -> None:
    built()
    bench.rebuilding.keeping.ask_unkept = lambda _: "keep"
    bench.rebuilding.keeping.ask_place = lambda _: ""
    bench.rebuilding.settle(lambda: pytest.fail("it was not kept"))
    assert bench.state.world.temporary


def test_the_question_can_be_answered_in_three_ways(bench: Bench, qtbot: QtBot) -> None:
    for name, answer in (("keep", "keep"), ("lose", "lose"), ("stay", "stay")):
        dialog = UnkeptDialog(bench.first)
        qtbot.addWidget(dialog)
        getattr(dialog, name).click()
        assert dialog.answer == answer
        assert dialog.result() == (
            QDialog.DialogCode.Rejected if name == "stay" else QDialog.DialogCode.Accepted
        )


def test_its_file_is_called_after_it() -> None:
    assert file_name(World(galaxy(3, title="The Atlas of Music!"))) == "the-atlas-of-music.galaxy"
    assert file_name(World(galaxy(3, title="..."))) == "galaxy.galaxy"
