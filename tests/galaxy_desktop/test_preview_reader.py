"""Shapes on the way to a galaxy: read a little at a time, and looked at first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from galaxy_desktop.jobs import preview_reader
from galaxy_desktop.jobs.preview_reader import PreviewReader, read_positions
from galaxy_desktop.jobs.rebuild_messages import Preview


@pytest.mark.usefixtures("qapp")
def test_many_keys_are_read_a_little_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_reader, "SLICE", -1.0)
    folder = tmp_path / "run"
    folder.mkdir()
    names = [f"Nr {i}" for i in range(40)]
    lines = [json.dumps(names[at : at + 4]) for at in range(0, 40, 4)]
    (folder / "artists.jsonl").write_text("\n".join(lines))
    reader = PreviewReader(folder)
    previews: list[Preview] = []
    reader.previewed.connect(previews.append)
    reader.read_keys(str(folder / "artists.jsonl"))
    for share in (0.1, 0.2):
        path = folder / f"{share}.npy"
        np.save(path, np.full((40, 3), share, np.float32))
        reader.read(str(path), share)
    assert previews == []
    reader.flush()
    # Of those that waited, the newest.
    assert [(len(preview.keys), preview.share) for preview in previews] == [(40, 0.2)]
    assert [path.name for path in folder.iterdir()] == ["artists.jsonl"]
    reader.close()
    assert not folder.exists()


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((3, 3), np.float64),
        np.zeros((2, 3), np.float32),
        np.zeros((3, 4), np.float32),
        np.full((3, 3), np.inf, np.float32),
        np.array([{}] * 9, object).reshape(3, 3),
    ],
)
def test_positions_are_looked_at_before_they_are_shown(tmp_path: Path, array: Any) -> None:
    np.save(tmp_path / "p.npy", array, allow_pickle=True)
    with pytest.raises(ValueError):  # noqa: PT011 (numpy words some of them)
        read_positions(str(tmp_path / "p.npy"), 3)
