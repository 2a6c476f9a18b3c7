"""What is averaged is kept by artist, and answered as the engine answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.averaging import average
from embedding.galaxy_file import load, save
from embedding.paths import path
from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.recipe import Recipe, from_json, to_json
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.worlds import world

NAMES = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"]
# To the right, up, between them twice, left, nowhere; the others somewhere in between.
PLANE = [[1, 0], [0, 1], [2, 2], [3, 1], [-1, 0], [0, 0], [1, 3], [2, 3], [3, 2], [9, 1]]
FAME = [90, 80, 10, 20, 30, 40, 50, 60, 70, 100]


def plane(**changes: object) -> World:
    given = {
        "names": NAMES,
        "vectors": np.array(PLANE, np.float32),
        "popularity": np.array(FAME),
    } | changes
    return world(np.arange(30).reshape(10, 3), **given)


def mixed(*artists: int, of: World | None = None) -> Mix:
    made = Mix(of or plane())
    for artist in artists:
        assert made.add(artist)
    return made


def test_it_answers_as_the_engine_does() -> None:
    here = plane()
    mix = mixed(0, 1, 4, of=here)
    mix.set_weight(0, 0.5)
    mix.set_minus(2, True)
    mix.set_fame(10, 70)
    found = average(
        here.galaxy.vectors,
        (0, 1, 4),
        (0.5, 1, -1),
        popularity=here.galaxy.popularity,
        popularity_range=(10, 70),
    )
    assert mix.answer.average == found
    assert mix.answer.artists == tuple(each.index for each in found.results)
    assert mix.answer.taking_part == (0, 1, 2)
    assert not mix.answer.sentence


def test_a_path_leads_from_the_first_to_the_second_whatever_their_weights() -> None:
    here = plane()
    mix = mixed(0, 1, 4, of=here)
    mix.set_weight(0, 0)
    mix.set_minus(1, True)
    mix.ask("path")
    mix.set_length(4)
    assert mix.answer.path == path(here.galaxy.vectors, 0, 1, 4)
    assert mix.answer.taking_part == (0, 1)
    mix.swap()
    assert mix.answer.artists == path(here.galaxy.vectors, 1, 0, 4).artists


def test_the_command_answers_the_same(tmp_path: Path) -> None:
    file = tmp_path / "music.galaxy"
    save(galaxy(200, full=True), file)
    here = World(load(file))
    mix = mixed(20, 30, 40, of=here)
    mix.set_weight(0, 0.35)
    mix.set_minus(1, True)
    mix.set_fame(5, 80)
    names = here.galaxy.names
    said = _command(
        "average", file, names[20], names[40], "--minus", names[30], "--weights", "0.35,1",
        "--popularity", "5-80",
    )  # fmt: skip
    found = mix.answer.average
    assert found is not None
    assert said["similarity"] == pytest.approx(found.similarity, rel=1e-12)
    assert [each["name"] for each in said["results"]] == [names[a] for a in mix.answer.artists]
    for theirs, ours in zip(said["results"], found.results, strict=True):
        assert theirs["match"] == pytest.approx(ours.match, rel=1e-12)
        # The command lists what is taken away last.
        assert theirs["shares"] == pytest.approx([ours.shares[i] for i in (0, 2, 1)], rel=1e-12)

    mix.restore(Recipe())
    mix.add(50)
    mix.add(60)
    mix.ask("path")
    mix.set_length(12)
    said = _command("path", file, names[50], names[60], "--steps", "11")
    way = mix.answer.path
    assert way is not None
    assert [each["name"] for each in said["artists"]] == [names[artist] for artist in way.artists]
    assert [step["match"] for step in said["steps"]] == pytest.approx(way.matches, rel=1e-12)
    assert (said["leaps"], said["largest_step"]) == (list(way.leaps), way.largest)


def _command(name: str, file: Path, *arguments: str) -> dict[str, object]:
    command = [sys.executable, "-m", "embedding", name, str(file), *arguments, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    said: dict[str, object] = json.loads(done.stdout)
    return said


def test_every_change_is_told_once_and_none_without_a_change() -> None:
    mix = Mix(plane())
    told: list[int] = []
    mix.changed.connect(lambda: told.append(len(mix.ingredients)))
    for change in (
        lambda: mix.add(3),
        lambda: mix.add(1),
        lambda: mix.set_weight(0, 0.5),
        lambda: mix.set_minus(0, True),
        lambda: mix.replace(0, 2),
        mix.swap,
        lambda: mix.ask("path"),
        lambda: mix.set_length(5),
        lambda: mix.set_fame(0, 50),
        lambda: mix.remove(0),
        mix.clear,
    ):
        before = len(told)
        change()
        assert len(told) == before + 1
    told.clear()
    mix.clear()
    mix.swap()
    mix.ask("path")
    mix.set_length(5)
    mix.set_fame(50, 0)
    assert not told
    assert mix.recipe.fame == (0, 50)


def test_the_answer_is_worked_out_when_asked_for_and_kept() -> None:
    mix = mixed(0, 1)
    assert mix.answer is mix.answer
    before = mix.answer
    mix.set_weight(1, 0.5)
    assert mix.answer is not before


def test_an_artist_is_taken_once_and_eight_at_most() -> None:
    mix = mixed(*range(8))
    told: list[str] = []
    mix.refused.connect(told.append)
    assert not mix.add(3)
    assert not mix.replace(0, 3)
    assert not mix.add(9)
    assert told == [
        "Di is among them already.",
        "Di is among them already.",
        "8 artists are averaged already: remove one to add another.",
    ]
    assert mix.replace(0, 9)
    assert [each.name for each in mix.ingredients] == ["Jo", *NAMES[1:8]]


def test_one_that_replaces_another_takes_its_weight_and_colour() -> None:
    mix = mixed(0, 1)
    mix.set_weight(0, 0.25)
    mix.set_minus(0, True)
    mix.replace(0, 2)
    assert (mix.ingredients[0].amount, mix.ingredients[0].colour) == (-0.25, 0)


def test_colours_stay_with_their_artists_and_a_free_one_is_given_again() -> None:
    mix = mixed(0, 1, 2)
    mix.remove(0)
    mix.swap()
    assert [(each.name, each.colour) for each in mix.ingredients] == [("Cy", 2), ("Bo", 1)]
    mix.add(5)
    assert mix.ingredients[2].colour == 0
    assert len(set(COLOURS)) == len(COLOURS)


@pytest.mark.parametrize(
    ("artists", "change", "sentence"),
    [
        ((), "", "Pick two artists to see who lies between them: find them here, drag a name in,"
                 " or press A on a star."),
        ((0,), "", "Pick a second artist to see who lies between the two."),
        ((0,), "path", "Pick a second artist to see a path that leads there."),
        ((0, 5), "", "Too little is known about Flo to say who is alike: pick somebody else."),
        ((0, 5), "path", "Too little is known about Flo to say who is alike: pick somebody else."),
        ((0, 1), "zero", "Every weight is 0, so there is nothing to look for: raise one of them."),
        ((0, 1), "minus", "There is nothing to take away from: add an artist, or give one a weight"
                          " above 0."),
        ((0, 4), "", '"Ada" and "Ed" cancel each other out, so nothing lies between them: change a'
                     " weight or an artist."),
        ((0, 4), "path", '"Ada" and "Ed" are exact opposites, so nothing lies between them: choose'
                         " another artist."),
        ((0, 1), "fame", "Nobody else is of a popularity from 1 to 2: widen the range."),
        ((0, 1), "path fame", "Nobody else is of a popularity from 1 to 2: widen the range."),
        ((0, 1), "path few", "Only 3 other artists are of a popularity from 10 to 39, too few for"
                             " a path of 8: widen the range, or make the path shorter."),
        ((0, 1), "path long", "Only 7 other artists are in this galaxy, too few for a path of 30:"
                              " make the path shorter."),
    ],
)  # fmt: skip
def test_where_there_is_no_answer_one_sentence_says_why(
    artists: tuple[int, ...], change: str, sentence: str
) -> None:
    mix = mixed(*artists)
    for place in range(len(artists)):
        if change == "zero":
            mix.set_weight(place, 0)
        elif change == "minus":
            mix.set_minus(place, True)
    if "path" in change:
        mix.ask("path")
    if "fame" in change:
        mix.set_fame(1, 2)
    if "few" in change:
        mix.set_fame(10, 39)
    if "long" in change:
        mix.set_length(30)
    assert mix.answer.sentence == sentence
    assert mix.answer.artists == ()
    assert mix.answer.waiting == sentence.startswith("Pick")


def test_in_another_galaxy_the_same_artists_are_averaged_and_the_missing_wait() -> None:
    mix = mixed(0, 1, 4)
    told: list[int] = []
    mix.changed.connect(lambda: told.append(1))
    vectors = np.array([[1, 1], [5, 0], [0, 3], [2, 1]], np.float32)
    other = world(np.eye(4, 3), names=["New", "Bo", "Ada", "Di"], vectors=vectors)
    mix.world = other
    mix.world = other
    assert told == [1]
    assert [mix.artist(place) for place in range(3)] == [2, 1, None]
    assert [each.name for each in mix.ingredients] == ["Ada", "Bo", "Ed"]
    assert mix.answer.average == average(vectors, (2, 1))
    assert mix.answer.taking_part == (0, 1)
    mix.world = world(np.eye(3), names=["P", "Bo", "R"])
    assert mix.answer.sentence == (
        "Ada and Ed are not in this galaxy: pick another artist to go on."
    )
    mix.world = world(np.eye(3), names=["P", "Q", "R"])
    assert mix.answer.sentence == (
        "Ada, Bo and Ed are not in this galaxy: pick two artists to go on."
    )
    mix.world = plane()
    assert mix.answer.taking_part == (0, 1, 2)


def test_with_ids_an_artist_is_called_as_in_the_galaxy_that_is_open() -> None:
    mix = mixed(0, 1, of=plane(ids=[f"id-{name}" for name in NAMES]))
    here = plane(ids=[f"id-{name}" for name in NAMES], names=[name.upper() for name in NAMES])
    mix.world = here
    assert mix.recipe.title == "ADA + BO"


def test_of_namesakes_without_ids_the_one_that_was_picked_is_meant() -> None:
    here = plane(names=["Ada", "Bo", "Ada", *NAMES[3:]])
    mix = mixed(2, 1, of=here)
    assert mix.artist(0) == 2
    assert mix.answer.average == average(here.galaxy.vectors, (2, 1))
    assert not mix.add(0)
    assert mix.replace(0, 0)
    assert mix.artist(0) == 0


def test_a_title_says_what_is_added_and_taken_away() -> None:
    mix = mixed(0, 1, 2)
    mix.set_minus(1, True)
    assert mix.recipe.title == "Ada − Bo + Cy"
    mix.set_minus(0, True)
    assert mix.recipe.title == "− Ada − Bo + Cy"
    mix.ask("path")
    assert mix.recipe.title == "Ada → Bo"


def test_a_recipe_comes_back_as_it_was() -> None:
    mix = mixed(0, 1, 2)
    mix.set_weight(1, 0.3)
    mix.set_minus(2, True)
    mix.ask("path")
    mix.set_length(30)
    mix.set_fame(3, 97)
    mix.show_more(True)
    again = from_json(json.loads(json.dumps(to_json(mix.recipe))))
    assert again == mix.recipe


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "name", "weight", "minus"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["ingredients", "question", "length", "fame"]), junk) | junk)
def test_nothing_in_a_file_breaks_it(content: object) -> None:
    recipe = from_json(content)
    mix = Mix(plane())
    mix.restore(recipe)
    assert mix.answer.sentence or mix.answer.artists
    assert from_json(to_json(recipe)) == recipe


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from([0.0, 0.01, 0.5, 1.0]), min_size=8, max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.tuples(st.integers(0, 100), st.integers(0, 100)),
    st.sampled_from(["between", "path"]),
    st.integers(0, 40),
)
def test_there_is_always_an_answer_or_a_sentence(
    artists: list[int],
    weights: list[float],
    minus: list[bool],
    fame: tuple[int, int],
    question: str,
    length: int,
) -> None:
    mix = mixed(*artists)
    for place in range(len(artists)):
        mix.set_weight(place, weights[place])
        mix.set_minus(place, minus[place])
    mix.set_fame(*fame)
    mix.ask("path" if question == "path" else "between")
    mix.set_length(length)
    answer = mix.answer
    assert bool(answer.sentence) != bool(answer.artists)
    if answer.sentence:
        assert answer.sentence.endswith(".")
        assert answer.sentence[0] == answer.sentence[0].upper()
    elif question == "between":
        assert not set(answer.artists) & set(artists)
    else:
        assert (answer.artists[0], answer.artists[-1]) == tuple(artists[:2])
