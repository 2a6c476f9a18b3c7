"""What a stranger gives the command: one exact sentence each, nothing left behind or lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from embedding import cli, galaxy_file
from embedding.commands.figures import in_words
from tests.embedding.galaxies import files_in, galaxy
from tests.embedding.planted import planted, write_edges

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder with a graph and a galaxy in it, and work there."""
    write_edges(tmp_path / "related.csv", planted(2, 8))
    galaxy_file.save(galaxy(12), tmp_path / "music.galaxy")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> str:
    """Return the sentence with which a command line is refused; all files stay as they are."""
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    folders = sorted(path for path in Path().rglob("*") if path.is_dir())
    assert cli.main([str(each) for each in argv]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
    assert sorted(path for path in Path().rglob("*") if path.is_dir()) == folders
    return line.removeprefix("galaxy-embed: ")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ("build", "missing: INPUT, --output; see galaxy-embed build --help."),
        ("build related.csv -o x --p abc", "--p: 'abc' is no number; see"),
        ("build related.csv -o x --dims 4.5", "--dims: '4.5' is no whole number; see"),
        ("build related.csv -o x --bogus", "unrecognized arguments: --bogus; see"),
        ("build related.csv -o", "--output: its value is missing; write --output=VALUE."),
        ("build related.csv -o x --q inf", "--q: inf is no good; give a finite number above 0."),
        ("build related.csv -o x --min-alpha 1", "give a number from 0 to --alpha."),
        ("export music.galaxy -o x --format foo", "--format: there is no 'foo'; choose one of wo"),
        ("dance", "COMMAND: there is no 'dance'; choose one of build, info"),
        (
            "average music.galaxy é 青い星 --weights 1",
            "--weights: 1 weight for 2 artists; give",
        ),
        (
            "average music.galaxy é 青い星 --weights -1,2",
            "--weights: its value is missing;",
        ),
        (
            "average music.galaxy é 青い星 --popularity 0-200",
            "'0-200' is no range of 0 to 100",
        ),
        ("average music.galaxy é 青い星 --popularity 5", "--popularity: '5' is no range of 0 to"),
        ("average music.galaxy é 青い星 --count 0", "--count: '0' is no whole number from 1 to 50"),
        ("average music.galaxy é Żółxć", 'no artist is called "Żółxć"; try "Żółć".'),
    ],
)
def test_the_option_is_named_and_what_it_takes(
    capsys: pytest.CaptureFixture[str], argv: str, said: str
) -> None:
    assert said in refused(capsys, *argv.split())


@pytest.mark.parametrize(
    "argv",
    [
        ["build", "", "-o", "x.galaxy"],
        ["build", "related.csv", "-o", ""],
        ["info", ""],
        ["search", "music.galaxy", " "],
    ],
)
def test_an_empty_argument_is_not_taken_for_this_folder(
    capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    said = refused(capsys, *argv)
    assert "the name of a file is empty" in said or "nothing to search for" in said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("alone.json", '{"Air": []}', "alone.json: there is only one artist in the data;"),
        ("none.json", "{}", "none.json: there are no artists in the data;"),
        ("strangers.json", '{"Air": [], "Moby": []}', "strangers.json: no two artists are rel"),
    ],
)
@pytest.mark.parametrize("command", [["build", "-o", "x.galaxy"], ["sweep", "-o", "x.html"]])
def test_a_graph_without_relations_is_named_by_its_file(
    capsys: pytest.CaptureFixture[str], name: str, text: str, said: str, command: list[str]
) -> None:
    Path(name).write_text(text, "utf-8")
    assert refused(capsys, *command, name).startswith(said)


def test_keeping_too_few_artists_is_no_fault_of_the_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    star = "".join(f"Hub,Spoke {k}\nLoner,Spoke {k + 9}\n" for k in range(9))
    Path("stars.csv").write_text(star, "utf-8")
    said = refused(capsys, "build", "stars.csv", "-o", "x.galaxy", "--max-artists", "2")
    assert said == (
        "--max-artists: no two of the 2 artists that are kept of 20 are related; keep more of them."
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"A" * 200_000 + b",B\nB,C\n", ", line 1: a line is longer than 65,536 characters;"),
        (b"x," * 1_000_000, ", line 1: a line is longer than 65,536 characters;"),
        (b"# Nodes\n" + b"x," * 99_999, ", line 2: a line is longer than 65,536 characters;"),
        (b"Air,Moby\nB\xff,\0", ", line 2: this is not text: it holds a byte of value 0; check"),
        ("Air,Bj\u00f6rk".encode("utf-16-le"), ", line 1: this is not text: it holds a byte of"),
    ],
)
def test_a_broken_table_is_told_as_what_it_is(
    capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    Path("broken.csv").write_bytes(data)
    assert refused(capsys, "build", "broken.csv", "-o", "x.galaxy").startswith(f"broken.csv{said}")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("n" * 300, "cannot be written (File name too long); give another name."),
        ("loop", "--output: loop cannot be written (Too many levels of symbolic links); give"),
        ("related.csv/x", "--output: related.csv/x cannot be written (Not a directory); give"),
        ("lost", "gone does not exist; create it first."),
    ],
)
def test_a_target_that_cannot_be_is_refused_at_once(
    capsys: pytest.CaptureFixture[str], output: str, said: str
) -> None:
    Path("loop").symlink_to("loop")
    Path("lost").symlink_to("gone/x.galaxy")
    assert said in refused(capsys, "build", "related.csv", "-o", output)


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("no/such", "--preview-dir: the folder no does not exist; create it first."),
        ("related.csv", "--preview-dir: related.csv is not a folder; give another name."),
    ],
)
def test_a_folder_for_previews_that_cannot_be(
    capsys: pytest.CaptureFixture[str], folder: str, said: str
) -> None:
    argv = ["build", "related.csv", "-o", "x.galaxy", "--preview-dir", folder]
    assert refused(capsys, *argv) == said


def test_no_folder_for_previews_is_left_by_a_build_that_does_not_begin(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("empty.csv").touch()
    refused(capsys, "build", "empty.csv", "-o", "x.galaxy", "--preview-dir", "previews")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ("-o x.galaxy", "x.galaxy is neither an .html file nor a folder there is; give x.html."),
        ("-o related.csv", "related.csv is neither an .html file nor a folder there is; give"),
        ("-o no/such.html", "--output: the folder no does not exist; create it first."),
        ("-o s.html --dims 99", "--dims: 99 dimensions are more than the 16 artists there are;"),
    ],
)
def test_a_sweep_that_cannot_be_leaves_nothing(
    capsys: pytest.CaptureFixture[str], argv: str, said: str
) -> None:
    assert said in refused(capsys, "sweep", "related.csv", *argv.split())


def test_a_sweep_in_which_all_failed_is_no_success(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the kernels are on strike")

    monkeypatch.setattr("embedding.sweep_steps.warm_up", fail)
    assert cli.main(["sweep", "related.csv", "-o", "s.html", "--p", "1", "--q", "1,2"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "s.html: all of it failed; RuntimeError: the kernels are on strike." in line


def test_a_sweep_that_cannot_write_its_report_leaves_no_work_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    said = refused(capsys, "sweep", "related.csv", "-o", "s.html", "--p", "1", "--q", "1")
    assert said == "s.html: the disk is full; free some space or save elsewhere."


def process(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", code],
        env={**os.environ, "PYTHONPATH": str(REPO), "PYTHON": sys.executable, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_closed_stderr_does_not_turn_stdout_into_it() -> None:
    done = process('"$PYTHON" -m embedding info nothing.galaxy 2>&-')
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("more", ["", "--json"])
def test_an_answer_that_cannot_be_printed_says_so(more: str) -> None:
    done = process(f'"$PYTHON" -m embedding info music.galaxy {more} >/dev/full')
    assert done.returncode == 2
    assert done.stderr.startswith(
        "galaxy-embed: the answer, or a temporary file, is not written (No space left"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_json_lines_that_cannot_be_written_leave_the_sentence_on_stderr(here: Path) -> None:
    argv = "build related.csv -o x.galaxy --progress json"
    done = process(f'"$PYTHON" -m embedding {argv} >/dev/full')
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("galaxy-embed: the answer, or a temporary file, is not written")
    assert files_in(here) == ["music.galaxy", "related.csv"]


@pytest.mark.parametrize("abandoned", [False, True])
def test_without_any_folder_for_compiled_code_one_is_lent(tmp_path: Path, abandoned: bool) -> None:
    """It goes away with the process, also where work had to be abandoned."""
    # A plain file in the place of each folder stops even the administrator.
    package = tmp_path / "package" / "embedding"
    shutil.copytree(REPO / "embedding", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__pycache__").touch()
    (tmp_path / "no-folder").touch()
    lent = tmp_path / "lent"
    lent.mkdir()
    code = """
        import numba, embedding.rng, embedding.huffman
        print(embedding.__file__, numba.config.CACHE_DIR)
    """
    if abandoned:
        code += """
        import embedding.cli, embedding.interrupts
        def abandon(*_):
            raise embedding.interrupts.Abandoned
        embedding.cli._run = abandon
        embedding.cli.main([])
        """
    done = process(
        f'"$PYTHON" -c "{textwrap.dedent(code)}"',
        PYTHONPATH=str(package.parent),
        HOME=str(tmp_path / "no-folder"),
        XDG_CACHE_HOME=str(tmp_path / "no-folder"),
        NUMBA_CACHE_DIR="",
        TMPDIR=str(lent),
    )
    assert done.returncode == (130 if abandoned else 0), done.stderr
    where, folder = done.stdout.split()
    assert Path(where).is_relative_to(package)
    assert Path(folder).parent == lent
    assert files_in(lent) == []


def test_kernels_work_where_there_is_no_room_to_keep_them(tmp_path: Path) -> None:
    code = "from embedding.huffman import huffman_paths as f; import numpy; f(numpy.arange(9))"
    done = process(f'ulimit -f 0; "$PYTHON" -c "{code}"', NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    assert (done.returncode, done.stderr) == (0, "")
    assert not any(path.stat().st_size for path in tmp_path.rglob("cache/*/*"))


def test_a_related_artist_that_is_no_good_is_found_by_whose_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("odd.json").write_text('{"Air": ["Moby"], "Moby": ["Air", " "]}', "utf-8")
    said = refused(capsys, "build", "odd.json", "-o", "x.galaxy")
    assert said == (
        "odd.json, line 1: the related artist is empty, in the list of 'Moby'; correct it."
    )


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.5, "2 times closer than others"),
        (1.001, "no closer than others"),
        (2.184, "2.18 times as far apart as others"),
    ],
)
def test_a_poor_galaxy_is_not_said_to_be_a_good_one(ratio: float, said: str) -> None:
    ((_, line),) = in_words({"connection_ratio": ratio})
    assert line.endswith(f"related artists are {said}")


def test_a_name_of_megabytes_is_cut_at_once() -> None:
    endless = "青" * 2_000_000
    galaxy_file.save(galaxy(3, names=[endless[:40_000], "B", "C"], ids=None), Path("long.galaxy"))
    from embedding.commands.text import fit, width

    assert width(fit(endless, 40)) == 40
    assert cli.main(["search", "long.galaxy", "青"]) == 0
