"""Recent averages last, the most recent first."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from galaxy_desktop.model.recent import MOST_KEPT, Recents
from galaxy_desktop.model.recipe import Ingredient, Recipe
from galaxy_desktop.model.storage import Places


def recipe(*names: str, **changes: object) -> Recipe:
    made = tuple(Ingredient(f"id-{name}", name, colour=i) for i, name in enumerate(names))
    return replace(Recipe(made), **changes)  # type: ignore[arg-type]


def fresh(folder: Path, said: list[str] | None = None) -> Recents:
    made = Recents(Places.under(folder), said.append if said is not None else pytest.fail)
    made.load()
    return made


def titles(recents: Recents) -> list[str]:
    return [each.title for each in recents.all]


def test_they_last_from_start_to_start_the_most_recent_first(tmp_path: Path) -> None:
    recents = fresh(tmp_path)
    heard: list[int] = []
    recents.changed.connect(lambda: heard.append(len(recents.all)))
    recents.note(recipe("Ada", "Bo"))
    recents.note(recipe("Ada", "Bo", "Cy"))
    recents.note(recipe("Cy", "青い星", question="path", length=9))
    recents.note(recipe("Cy", "青い星", question="path", length=9))
    assert heard == [1, 2, 3]
    again = fresh(tmp_path)
    assert titles(again) == ["Cy → 青い星", "Ada + Bo + Cy", "Ada + Bo"]
    assert again.all == recents.all


def test_the_same_artists_are_listed_once(tmp_path: Path) -> None:
    recents = fresh(tmp_path)
    first = recipe("Ada", "Bo")
    recents.note(first)
    recents.note(recipe("Cy", "Di"))
    recents.note(replace(first, ingredients=(replace(first.ingredients[0], weight=0.2),
                                             first.ingredients[1])))  # fmt: skip
    assert titles(recents) == ["Ada + Bo", "Cy + Di"]
    assert recents.all[0].ingredients[0].weight == 0.2
    recents.note(recipe("Bo", "Ada"))
    assert titles(recents) == ["Bo + Ada", "Cy + Di"]
    recents.note(recipe("Bo", "Ada", question="path"))
    recents.note(recipe("Ada", "Bo", question="path"))
    assert titles(recents) == ["Ada → Bo", "Bo → Ada", "Bo + Ada", "Cy + Di"]


def test_one_artist_is_no_average_and_only_so_many_are_kept(tmp_path: Path) -> None:
    recents = fresh(tmp_path)
    recents.note(recipe("Ada"))
    assert recents.all == ()
    for k in range(MOST_KEPT + 3):
        recents.note(recipe("Ada", f"{k}"))
    assert len(recents.all) == MOST_KEPT
    assert titles(recents)[0] == f"Ada + {MOST_KEPT + 2}"


def test_they_can_be_forgotten(tmp_path: Path) -> None:
    recents = fresh(tmp_path)
    one, two = recipe("Ada", "Bo"), recipe("Ada", "Cy")
    recents.note(one)
    recents.note(two)
    recents.remove(one)
    assert fresh(tmp_path).all == (two,)
    recents.clear()
    assert fresh(tmp_path).all == ()


def test_a_broken_file_is_set_aside_and_told(tmp_path: Path) -> None:
    file = Places.under(tmp_path).data / "averages.json"
    fresh(tmp_path).note(recipe("Ada", "Bo"))
    file.write_text("{")
    said: list[str] = []
    assert fresh(tmp_path, said).all == ()
    assert len(said) == 1
    assert said[0].startswith("The recent averages in")
    assert len(list(file.parent.glob("averages.json.broken-*"))) == 1


def test_entries_that_are_none_are_left_out_and_not_lost(tmp_path: Path) -> None:
    file = Places.under(tmp_path).data / "averages.json"
    fresh(tmp_path).note(recipe("Ada", "Bo"))
    content = json.loads(file.read_text("utf-8"))
    content["averages"] += [7, {"ingredients": [{"key": 3}]}]
    file.write_text(json.dumps(content), "utf-8")
    said: list[str] = []
    recents = fresh(tmp_path, said)
    assert titles(recents) == ["Ada + Bo"]
    assert said[0].startswith("2 of 3 recent averages could not be read and were left out;")
    assert len(list(file.parent.glob("averages.json.broken-*"))) == 1
