"""There is a file for every world, whatever has become of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from embedding.errors import InputError
from embedding.galaxy_file import load, save
from galaxy_desktop.model.atlas import atlas_file
from galaxy_desktop.model.world import World
from galaxy_desktop.model.world_file import WorldFiles
from tests.embedding.galaxies import assert_same, galaxy


@pytest.fixture(name="world")
def _world(tmp_path: Path) -> World:
    path = tmp_path / "a.galaxy"
    save(galaxy(12), path)
    return World(load(path), str(path))


def test_its_own_file_serves(world: World) -> None:
    files = WorldFiles()
    assert files.file_of(world) == Path(world.path)
    assert files.file_of(World(load(atlas_file()))) == atlas_file()
    files.close()


@pytest.mark.parametrize("fate", ["deleted", "replaced", "damaged"])
def test_a_file_that_is_another_by_now_is_written_anew(world: World, fate: str) -> None:
    path = Path(world.path)
    if fate == "deleted":
        path.unlink()
    elif fate == "replaced":
        save(galaxy(12, seed=5), path)
    else:
        path.write_bytes(b"no galaxy")
    files = WorldFiles()
    written = files.file_of(world)
    assert written != path
    assert_same(load(written), world.galaxy)
    assert files.file_of(world) == written
    files.close()
    assert not written.parent.exists()


def test_without_room_it_says_so(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(world.path).unlink()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match=r"nowhere: nothing can be written there"):
        WorldFiles().file_of(world)
