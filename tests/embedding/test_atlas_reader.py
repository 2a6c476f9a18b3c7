"""An atlas in a folder becomes the graph that its text says, and every slip in it is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.pruning import components
from embedding.readers import read_graph
from embedding.readers.atlas import Relating, problems, read
from embedding.readers.atlas.matching import connected, strongest

ABOUT = 'title = "T"\nsource = "S"\nlicence = "CC0-1.0"\ndate = 2026-01-31\n'
TEN = [f"Artist {letter}" for letter in "ABCDEFGHIJ"]


def scene(title: str, artists: list[str], tags: str = "pop") -> str:
    return "\n".join([f"== {title}", f"tags: {tags}", "years: 1990-", *artists]) + "\n"


def write(folder: Path, text: str, name: str = "a.txt") -> Path:
    (folder / "atlas.toml").write_text(ABOUT, "utf-8")
    (folder / name).write_text(text, "utf-8")
    return folder


def region(*parts: str) -> str:
    return "\n".join(["Region: Somewhere", "", *parts])


def test_a_scene_relates_its_artists_by_rank(tmp_path: Path) -> None:
    write(tmp_path, region(scene("One", TEN)))
    relating = Relating(size=1.0, reach=4.0)
    graph = read(tmp_path, relating=relating)
    assert graph.names == TEN
    assert graph.edges == 45
    assert graph.weights is not None
    weight = dict(zip(graph.related(0).tolist(), graph.weights[:9].tolist(), strict=True))
    # Ten artists count as they are; neighbours in the list most, half as much four ranks on.
    assert weight[1] == pytest.approx(1)
    assert weight[5] == pytest.approx(1 / 2)
    assert weight[9] == pytest.approx(1 / 3)


def test_small_scenes_count_more_and_scenes_and_bridges_add_up(tmp_path: Path) -> None:
    large = [*TEN, *(f"Other {k}" for k in range(30))]
    write(tmp_path, region(scene("One", TEN), scene("Two", large), "~ Artist A ~ Artist B -- kin"))
    graph = read(tmp_path, relating=Relating(size=1.0, reach=4.0, bridge=3.0, most=100))
    weights = graph.adjacency()
    assert weights[0, 1] == pytest.approx(1 + 10 / 40 + 3)
    assert weights[1, 2] == pytest.approx(1 + 10 / 40)
    assert weights[38, 39] == pytest.approx(10 / 40)


def test_nobody_has_more_relations_than_the_most(tmp_path: Path) -> None:
    scenes = [scene(f"S{k}", [*TEN, *(f"{k} {j}" for j in range(30))]) for k in range(5)]
    write(tmp_path, region(*scenes))
    graph = read(tmp_path)
    assert graph.degrees.max() == 20
    assert graph.degrees.min() >= 8


@given(st.integers(2, 40), st.integers(0, 400), st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_matching_fills_every_room_it_can(artists: int, pairs: int, most: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    both = np.unique(np.sort(rng.integers(0, artists, (pairs, 2))), axis=0)
    a, b = both[both[:, 0] < both[:, 1]].T
    kept = strongest(a, b, rng.random(a.size), artists, most)
    degrees = np.bincount(np.concatenate((a[kept], b[kept])), minlength=artists)
    assert degrees.max(initial=0) <= most
    full = degrees == most
    assert (kept | full[a] | full[b]).all()  # what was left out had no room at one end


def test_matching_leaves_nobody_out_for_the_strong() -> None:
    # 0, 1 and 2 are close to each other; 3 has nobody but 0.
    a, b = np.array([1, 0, 0, 0]), np.array([2, 1, 2, 3])
    kept = strongest(a, b, np.array([9.0, 8.0, 7.0, 1.0]), 4, 2)
    assert kept.tolist() == [True, True, False, True]


def test_popularity_follows_marks_ranks_and_mentions(tmp_path: Path) -> None:
    first = ["** World", "* Known", "Plain", *TEN]
    write(tmp_path, region(scene("One", first), scene("Two", [*TEN, "Known"])))
    graph = read(tmp_path)
    assert graph.popularity is not None
    fame = dict(zip(graph.names, graph.popularity.tolist(), strict=True))
    assert fame["World"] > fame["Known"] > fame["Plain"]
    assert fame["Artist A"] > fame["Artist J"] > 0
    assert fame["Artist A"] > fame["Plain"]  # in two scenes, and first in one
    assert max(fame.values()) <= 100


def test_names_aliases_tags_and_who_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "atlas.toml").write_text(ABOUT, "utf-8")
    # Stars and hashes begin names, too, where no space follows.
    odd = ["*NSYNC", "#1 Dads", "椎名林檎 = Sheena Ringo = Shiina Ringo", "* Nirvana", "Björk"]
    write(tmp_path, region("# a note", scene("One", [*odd, *TEN], "rock, grunge")))
    other = ["Nirvana {UK} = Nirvana UK", *odd[:2], *TEN]
    write(tmp_path, region(scene("Two", other, "psych, rock")), "b.txt")
    graph = read_graph(tmp_path)
    assert graph.names[:5] == ["*NSYNC", "#1 Dads", "椎名林檎", "Nirvana", "Björk"]
    assert graph.names[-1] == "Nirvana"
    assert graph.ids is not None
    assert (graph.ids[3], graph.ids[-1]) == ("Nirvana", "Nirvana {UK}")
    assert graph.aliases is not None
    assert graph.aliases[2] == ("Sheena Ringo", "Shiina Ringo")
    assert graph.aliases[-1] == ("Nirvana UK",)
    assert graph.tags is not None
    assert graph.tags[0] == ("rock", "grunge", "psych")  # rock twice
    assert graph.tags[4] == ("rock", "grunge")
    assert (graph.title, graph.source, graph.licence) == ("T", "S", "CC0-1.0")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("== One\n", "a.txt, line 1: there is no title;"),
        (region(scene("One", TEN[:9])), "a.txt, line 3: the scene 'One' has 9 artists;"),
        (region(scene("One", [f"n{k}" for k in range(41)])), "line 3: the scene 'One' has 41 art"),
        (region("== One\nyears: 1990-\n" + "\n".join(TEN)), "line 3: the scene 'One' has no tags;"),
        (region("== One\ntags: pop\n" + "\n".join(TEN)), "line 3: the scene 'One' has no years;"),
        (region(scene("One", [*TEN, "Artist A"])), "line 16: 'Artist A' stands twice in this"),
        (region(scene("One", TEN), scene("One", TEN)), "line 17: the scene 'One' is also in a.txt"),
        (region(scene("One", TEN, "Pop")), "line 4: tags are lower case, with a comma"),
        (region(scene("One", TEN, "a, b, c, d, e, f, g")), "line 4: a scene has one to 6 diff"),
        (region(scene("One", TEN).replace("1990-", "now")), "line 5: the years 'now' are not such"),
        (region(scene("One", TEN).replace("0-", "0-1980")), "line 5: the years '1990-1980' are n"),
        (region("Artist A"), "line 3: 'Artist A' stands outside of a scene;"),
        (region(scene("One", [*TEN, "The Artist-a"])), "line 16: 'The Artist-a' is spelled 'Ar"),
        (region(scene("One", [*TEN, "Björk", "bjork"])), "line 17: 'bjork' is spelled 'Björk' in"),
        (region(scene("One", [*TEN, "X = artist b"])), "'artist b', another spelling of 'X', is "),
        (region(scene("One", [*TEN, "X = Q", "Y = q"])), "'q', another spelling of 'Y', is also "),
        (region(scene("One", [*TEN, "X = X"])), "line 16: 'X' is the artist's name, and stands as"),
        (region(scene("One", [*TEN, "X =  Y"])), "line 16: the other spelling ' Y' has a space"),
        (region(scene("One", [*TEN, "X  Y"])), "line 16: the name 'X Y' has a space or an"),
        (region(scene("One", [*TEN, "X {a} b"])), "line 16: a brace in a name may only hold, at"),
        (region(scene("One", [*TEN, "X "])), "line 16: there is a tab or a space at the end;"),
        (region(scene("One", [*TEN, "Bjo\u0308rk"])), "line 16: this line is not in Unicode's"),
        (region(scene("One", TEN), "~ Artist A ~ nobody"), "line 17: no scene has an artist call"),
        (region(scene("One", TEN), "~ Artist A ~ artist b"), "'artist b'; write 'Artist B'."),
        (region(scene("One", TEN), "~ Artist A"), "line 17: a bridge ties 2 to 6 different art"),
        (region(scene("One", TEN), "~ Artist A ~ Artist A"), "line 17: a bridge ties 2 to 6"),
        (region(scene("One", TEN) + "~ Artist A ~ Artist B"), "line 16: this bridge stands in a "),
        (region("~ A ~ B -- why"), "line 3: no scene has an artist called 'A'; add the artist"),
        (region(scene("One", [*TEN, "*** X"])), "line 16: '*** X' is no name, and nothing else"),
        (region(scene("One", [*TEN, "Tags: pop"])), "line 16: 'Tags: pop' is no name, and noth"),
        (region(scene("One", [*TEN, "==Two"])), "line 16: '==Two' is no name, and nothing"),
        (region(scene("One", [*TEN, "~A~B"])), "line 16: '~A~B' is no name, and nothing"),
        (region(scene("One", [*TEN, "- X"])), "line 16: '- X' is no name, and nothing else"),
        (region(scene("One", [*TEN, "1. X"])), "line 16: '1. X' is no name, and nothing else"),
        (region(scene("One", ["tags: rock", *TEN])), "line 6: the tags stand twice in this scene"),
        (region(scene("One", ["years: 1980-", *TEN])), "line 6: the years stand twice in this"),
        (region(scene("One", TEN), scene("ONE", TEN)), "line 17: the scene 'ONE' is also in a.txt"),
        (region(scene("One", [*TEN, "X {uk}", "X {UK}"])), "line 17: 'X {UK}' is spelled 'X {uk}'"),
        (region(scene("One", [*TEN, "X\u00a0Y"])), "line 16: the name 'X\\xa0Y' holds the invis"),
        (region(scene("One", [*TEN, "X\u202eY"])), "holds the invisible U+202E; correct"),
        (region(scene("One", [*TEN, "\u3164"])), "holds the invisible U+3164; correct that line."),
        (region(scene("One", [*TEN, "It’s"])), "has a curly apostrophe instead of '; correct"),
        (region(scene("One", TEN).replace("1990-", "१९९०-")), "line 5: the years '१९९०-' are not"),
        ("Region: \n", "a.txt, line 1: there is no title;"),
        (region(""), "there are no relations in the file;"),
    ],
)  # fmt: skip
def test_slips_are_told(tmp_path: Path, text: str, says: str) -> None:
    write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_graph(tmp_path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_slips_are_told_at_once_in_their_order(tmp_path: Path) -> None:
    write(tmp_path, region(scene("One", TEN[:9], "Pop"), "~ Artist A ~ X"))
    write(tmp_path, "Region: R\n\nlost\n", "b.txt")
    found = [(Path(p.where or "").name, p.line) for p in problems(tmp_path)]
    assert found == [("a.txt", 3), ("a.txt", 4), ("a.txt", 16), ("b.txt", 3)]


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ("title = 1", "there is no title; add a line such as"),
        (ABOUT.replace("2026-01-31", "2026"), "the date '2026' is no good; write a day"),
        (ABOUT.replace("2026-01-31", '"2026-01-31"'), "the date '2026-01-31' is no good;"),
        (ABOUT.replace("2026-01-31", "0001-01-01"), "the date '0001-01-01' is no good;"),
        (ABOUT.replace("date = 2026-01-31\n", ""), "there is no date; write a day, without"),
        ("", "there is no title;"),
        ("x = " + "[" * 20_000, "this is not TOML (too deep); correct it."),
        (ABOUT + "x = 1", "'x' is not known here; remove that line."),
        ("title", "this is not TOML"),
    ],
)
def test_what_an_atlas_says_of_itself_is_checked(tmp_path: Path, about: str, says: str) -> None:
    write(tmp_path, region(scene("One", TEN)))
    (tmp_path / "atlas.toml").write_text(about, "utf-8")
    with pytest.raises(InputError, match=r"atlas\.toml: ") as caught:
        read_graph(tmp_path)
    assert says in str(caught.value)


def test_an_atlas_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no atlas\.toml in this folder"):
        read_graph(tmp_path, "atlas")
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="this is a file, not a folder"):
        read_graph(tmp_path / "x", "atlas")


@given(st.integers(2, 30), st.integers(0, 200), st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_what_hung_together_hangs_together_still(
    artists: int, pairs: int, most: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    both = np.unique(np.sort(rng.integers(0, artists, (pairs, 2))), axis=0)
    a, b = both[both[:, 0] < both[:, 1]].T
    weight = rng.random(a.size)
    kept, simply = connected(a, b, weight, artists, most), strongest(a, b, weight, artists, most)
    degrees = np.bincount(np.concatenate((a[kept], b[kept])), minlength=artists)
    assert degrees.max(initial=0) <= most
    assert groups(a[kept], b[kept], artists) <= groups(a[simply], b[simply], artists)


def groups(a: np.ndarray, b: np.ndarray, artists: int) -> int:
    return components(ArtistGraph.from_edges([str(k) for k in range(artists)], a, b))[1].size


def test_a_group_is_not_cut_off_by_a_star_without_room() -> None:
    # 0, 1 and 2 are close to each other; the three around 3 have nobody outside but 0.
    a, b = np.array([0, 0, 1, 3, 3, 4, 0]), np.array([1, 2, 2, 4, 5, 5, 3])
    weight = np.array([9.0, 8.0, 8.0, 7.0, 7.0, 7.0, 1.0])
    assert strongest(a, b, weight, 6, 2).tolist() == [True] * 6 + [False]
    kept = connected(a, b, weight, 6, 2)
    # Room for it is taken from 0 and 2, and from 3 and 5, who meet by way of 1 and of 4.
    assert kept.tolist() == [True, False, True, True, False, True, True]


def test_what_is_no_file_of_scenes_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, region(scene("One", TEN)))
    (tmp_path / "._a.txt").write_bytes(b"\xff\x00")
    (tmp_path / "README.md").write_text("not scenes")
    assert len(read_graph(tmp_path)) == 10


def test_a_folder_without_scenes_says_so(tmp_path: Path) -> None:
    (tmp_path / "atlas.toml").write_text(ABOUT, "utf-8")
    with pytest.raises(InputError, match=r"there is no file of scenes .*; add one as NAME\.txt"):
        read_graph(tmp_path)


def test_a_lost_block_of_lines_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, region(scene("One", TEN), "Lost", "Lost too", "", "Lost again"))
    assert [problem.line for problem in problems(tmp_path)] == [17, 20]


def test_a_folder_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, region(scene("One", TEN)))

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    for format in (None, "atlas"):
        with pytest.raises(InputError, match=r"cannot be read \(Permission denied\); allow this"):
            read_graph(tmp_path, format)
