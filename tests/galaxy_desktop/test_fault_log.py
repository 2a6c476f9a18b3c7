"""What goes wrong inside the program is in a file where the message says."""

from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from galaxy_desktop.commands.fault_log import fault_log
from galaxy_desktop.commands.window import _unforeseen
from galaxy_desktop.model.storage import Places

_LOG = logging.getLogger("galaxy_desktop.somewhere")


@pytest.mark.expects_log("something went wrong inside the program")
def test_a_mistake_is_told_of_and_its_trace_is_where_the_message_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Places, "of_user", lambda: Places.under(tmp_path))
    told: list[str] = []
    with fault_log(Places.of_user().log):
        try:
            [][7]
        except IndexError as error:
            window = SimpleNamespace(tell_error=told.append)
            _unforeseen(window, IndexError, error, error.__traceback__)  # type: ignore[arg-type]
    (said,) = told
    path = tmp_path / "state" / "log.txt"
    assert str(path) in said
    for written in (path.read_text(), capsys.readouterr().err):
        assert "IndexError: list index out of range" in written
        assert "[][7]" in written


def test_where_nothing_goes_wrong_there_is_no_file(tmp_path: Path) -> None:
    with fault_log(tmp_path / "state" / "log.txt"):
        _LOG.info("all is well")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.expects_log("first|second")
def test_where_no_file_can_be_the_terminal_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("no folder")
    before = list(logging.getLogger("galaxy_desktop").handlers)
    with fault_log(tmp_path / "state" / "log.txt"):
        _LOG.warning("first")
    assert capsys.readouterr().err == "first\n"
    # Later it is as it was before.
    _LOG.warning("second")
    assert logging.getLogger("galaxy_desktop").handlers == before


@pytest.mark.expects_log("again")
def test_it_never_grows_without_end(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    with fault_log(path):
        for _ in range(80):
            _LOG.warning("again %s", "x" * 10_000)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 2**19 + 2**15
    assert {file.name for file in tmp_path.iterdir()} == {"log.txt", "log.txt.1"}
