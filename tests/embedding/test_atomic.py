from __future__ import annotations

import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from embedding import atomic
from embedding.atomic import atomic_write
from embedding.errors import InputError
from tests.embedding.galaxies import files_in

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["without a name", "with a name"])
def temporary(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test both where the system has files without names and where it has not."""
    if request.param == "with a name":
        monkeypatch.delattr(os, "O_TMPFILE")
    return str(request.param)


@pytest.mark.usefixtures("temporary")
def test_writes_a_new_file_and_replaces_an_old_one(tmp_path: Path) -> None:
    for content in (b"one", b"two", b""):
        with atomic_write(tmp_path / "file") as file:
            file.write(content)
        assert (tmp_path / "file").read_bytes() == content
    assert files_in(tmp_path) == ["file"]


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    (tmp_path / "file").write_bytes(b"old")

    def write_half() -> None:
        with atomic_write(tmp_path / "file") as file:
            file.write(b"new" * 100_000)
            raise error

    with pytest.raises(error):
        write_half()
    assert (tmp_path / "file").read_bytes() == b"old"
    assert files_in(tmp_path) == ["file"]


@pytest.mark.usefixtures("temporary")
def test_the_old_file_stands_until_the_block_ends(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with atomic_write(tmp_path / "file") as file:
        file.write(b"new")
        file.flush()
        assert (tmp_path / "file").read_bytes() == b"old"
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.usefixtures("temporary")
def test_permissions_are_the_old_file_s_or_the_usual_ones(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with atomic_write(tmp_path / "new"):
            pass
        (tmp_path / "old").touch()
        (tmp_path / "old").chmod(0o604)
        with atomic_write(tmp_path / "old"):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o604


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "file")
    with atomic_write(tmp_path / "link") as file:
        file.write(b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "file").read_bytes() == b"x"


def test_a_name_without_a_folder_goes_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with atomic_write("here") as file:
        file.write(b"x")
    assert (tmp_path / "here").read_bytes() == b"x"


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "this is a folder"),
        ("missing/file", "the folder does not exist"),
        ("plain/file", "not a folder"),
        ("a" * 300, "too long"),
        ("nul\0l", "null character"),
    ],
)
def test_a_target_that_cannot_be_is_told_in_one_sentence(
    tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with pytest.raises(InputError, match=said) as caught, atomic_write(tmp_path / name):
        pytest.fail("it was opened")
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    assert files_in(tmp_path) == ["plain"]


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(InputError, match="device"), atomic_write("/dev/null"):
        pytest.fail("it was opened")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_folder_one_may_not_write_in_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(atomic.os, "open", refuse)
    with pytest.raises(InputError, match="not allowed"), atomic_write(tmp_path / "file"):
        pytest.fail("it was opened")


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize("size", [5_000, 500_000])
def test_a_disk_that_fills_leaves_the_old_file(tmp_path: Path, size: int) -> None:
    # A limit on the size of files stands in for a full disk: the write fails half-way. 5,000
    # bytes fit into the buffer and fail only when it is flushed at the end.
    (tmp_path / "file").write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        with pytest.raises(InputError, match="larger than is allowed"):  # noqa: SIM117
            with atomic_write(tmp_path / "file") as file:
                file.write(b"x" * size)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "file").read_bytes() == b"old"
    assert files_in(tmp_path) == ["file"]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the disk is full") as caught:  # noqa: SIM117
        with atomic_write(tmp_path / "file"), Path("/dev/full").open("wb", 0) as full:
            full.write(b"x")
    assert str(tmp_path / "file") in str(caught.value)
    assert files_in(tmp_path) == []


WRITER = """
import sys
from embedding.atomic import atomic_write
print("ready", flush=True)
k = 0
while True:
    k += 1
    with atomic_write(sys.argv[1]) as file:
        for _ in range(64):
            file.write(bytes([k % 251]) * 4096)
"""


def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"\xff" * 64 * 4096)
    moments = random.Random(1)
    seen = set()
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], cwd=REPO, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(moments.random() * 0.05)
            child.kill()
        content = target.read_bytes()
        assert len(content) == 64 * 4096
        assert len(set(content)) == 1
        seen.add(content[0])
    assert len(seen) > 1, "no child came to writing"
    descriptor, named = atomic._open_temporary(target)
    os.close(descriptor)
    if named is None:
        # It gets a name only when all of it is safe, a moment before it takes its place.
        for left in set(files_in(tmp_path)) - {"file"}:
            assert len(set((tmp_path / left).read_bytes())) == 1
            assert (tmp_path / left).stat().st_size == 64 * 4096
