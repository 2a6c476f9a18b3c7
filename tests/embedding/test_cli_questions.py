"""The commands that ask a galaxy: what they print, and what they say of bad input."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.embedding.asking import QUICK, Ask, names, sentence


def test_info_card(ask: Ask, music: Path) -> None:
    answer = ask("info", music)
    assert answer.out.startswith("Planted\n")
    for words in ("artists           90", "times closer than others", "p 2.5   q 0.5   walks 4"):
        assert words in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 100


def test_info_json(ask: Ask, music: Path) -> None:
    card = ask("info", music, "--json").json
    assert card["artists"] == 90
    assert card["settings"]["p"] == 2.5
    assert set(card["quality"]) >= {"connection_ratio", "recall_at_20"}


def test_average(ask: Ask, music: Path) -> None:
    answer = ask("average", music, "bjork", "Artist 40", "--count", "4")
    lines = answer.out.splitlines()
    assert lines[0] == "Björk + Artist 40"
    assert re.fullmatch(r"These artists are \d+% similar\.", lines[1])
    assert "Björk ◂ ▸ Artist 40" in lines[3]
    assert len(lines) == 8
    assert re.match(r"1  \S.* \d+% .*[─█]{10}┼[─█]{10}$", lines[4])


def test_average_json(ask: Ask, music: Path) -> None:
    result = ask("average", music, "Björk", "宇多田ヒカル", "--json").json
    assert 0 <= result["similarity"] <= 1
    assert len(result["results"]) == 10
    matches = [each["match"] for each in result["results"]]
    assert matches == sorted(matches, reverse=True)
    assert not {"Björk", "宇多田ヒカル"} & {each["name"] for each in result["results"]}


def test_average_leans_with_the_weights(ask: Ask, music: Path) -> None:
    def lean(weights: str) -> float:
        answer = ask("average", music, "Björk", "Artist 80", "--weights", weights, "--json")
        return sum(each["lean"] for each in answer.json["results"])

    assert lean("5,1") > lean("1,5")


def test_average_minus(ask: Ask, music: Path) -> None:
    answer = ask("average", music, "Björk", "Artist 80", "--minus=-M-")
    assert answer.out.startswith("Björk + Artist 80 − -M-\n")
    assert "┼" not in answer.out


def test_average_of_the_little_known(ask: Ask, music: Path) -> None:
    answer = ask("average", music, "Björk", "Artist 80", "--popularity", "0-40", "--json")
    assert {each["popularity"] <= 40 for each in answer.json["results"]} == {True}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["Björk"], "at least two artists"),
        (["Björk", "Björk"], "given twice"),
        (["Björk", "Nobody At All"], 'no artist is called "Nobody At All"'),
        (["Björk", "-M-"], "unrecognized|missing"),
        (["Björk", "!!!", "--weights", "1"], "1 weight for 2 artists"),
        (["Björk", "!!!", "--weights", "1,nan"], "no list of numbers"),
        (["Björk", "!!!", "--weights=-1,-1"], "no weight is above 0"),
        (["Björk", "!!!", "--count", "51"], "from 1 to 50"),
        (["Björk", "!!!", "--popularity", "high"], "no range"),
        (["Björk", "!!!", "--popularity", "60-0"], "no popularity is from 60 to 0"),
    ],
)
def test_average_of_bad_input(ask: Ask, music: Path, options: list[str], words: str) -> None:
    assert re.search(words, sentence(ask("average", music, *options)))


def test_a_name_like_an_option_goes_behind_two_dashes(ask: Ask, music: Path) -> None:
    assert ask("average", music, "--", "-M-", "Björk").out.startswith("-M- + Björk\n")


def test_an_unknown_name_brings_suggestions(ask: Ask, music: Path) -> None:
    assert '"Björk"' in sentence(ask("path", music, "Bjrök", "!!!"))


def test_path(ask: Ask, music: Path) -> None:
    answer = ask("path", music, "Björk", "Artist 45", "--steps", "4")
    assert answer.out.startswith("Björk → Artist 45\n")
    assert [line[0] for line in answer.out.splitlines()[3:8]] == list("01234")
    result = ask("path", music, "Björk", "Artist 45", "--steps", "4", "--json").json
    names = [artist["name"] for artist in result["artists"]]
    assert (names[0], names[-1]) == ("Björk", "Artist 45")
    assert len(set(names)) == 5
    assert len(result["steps"]) == 4
    angles = [step["angle"] for step in result["steps"]]
    assert angles[result["largest_step"]] == max(angles)


def test_search(ask: Ask, music: Path) -> None:
    assert "Björk" in ask("search", music, "bjor").out
    results = ask("search", music, "Artist 4", "--json").json["results"]
    assert "Artist 40" in [each["name"] for each in results]
    assert ask("search", music, "宇多田").out.count("宇多田ヒカル") == 1


def test_search_without_results(ask: Ask, music: Path) -> None:
    answer = ask("search", music, "qqqqqqqqqqqqqqqq")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("No artist is called anything like")
    assert ask("search", music, "qqqqqqqqqqqqqqqq", "--json").json["results"] == []


@pytest.mark.parametrize("kind", ["word2vec", "csv", "graphml"])
def test_export(ask: Ask, music: Path, tmp_path: Path, kind: str) -> None:
    output = tmp_path / "out"
    answer = ask("export", music, "-o", output, "--format", kind)
    assert answer.code == 0
    assert names(tmp_path) == ["out"]
    assert "宇多田ヒカル".encode() in output.read_bytes()


def test_a_hostile_title_does_not_reach_the_terminal(ask: Ask, edges: Path, tmp_path: Path) -> None:
    output = tmp_path / "o.galaxy"
    ask("build", edges, "-o", output, *QUICK, "--title", "\x1b]0;owned\x07")
    assert "\x1b" not in ask("info", output).out
    assert "\x1b" not in ask("info", tmp_path / "\x1b[31m").err
