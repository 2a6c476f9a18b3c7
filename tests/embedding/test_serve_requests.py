"""What a process that builds on request understands, and what it says of the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from embedding.errors import InputError
from embedding.serving.requests import Request, parse
from embedding.settings import BuildSettings
from tests.embedding.planted import planted, write_edges
from tests.embedding.served import Served, asked


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edges(tmp_path_factory.mktemp("input") / "related.csv", planted(8, 15))


BAD = [
    b"",
    b"hello",
    b"\xff\xfe",
    b"[" * 100_000,
    b"[]",
    b"null",
    b"7",
    b"{}",
    b'{"cancel": 1}',
    b'{"cancel": false}',
    b'{"cancel": true, "build": {}}',
    b'{"build": 3}',
    b'{"build": {}}',
    b'{"build": {"input": "x"}}',
    b'{"build": {"input": "", "output": "y"}}',
    b'{"build": {"input": "a\\u0000b", "output": "y"}}',
    b'{"build": {"input": null, "output": "y"}}',
    b'{"build": {"input": ["x"], "output": "y"}}',
    b'{"build": {"input": "x", "output": "y", "outptu": 3}}',
    b'{"build": {"input": "x", "output": "y", "run": "1"}}',
    b'{"build": {"input": "x", "output": "y", "run": true}}',
    b'{"build": {"input": "x", "output": "y", "like": 4}}',
    b'{"build": {"input": "x", "output": "y", "settings": []}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"pp": 1}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"p": "1"}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"p": NaN}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"hs": 1}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"lengths": []}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"engine": {}}}}',
    b'{"build": {"input": "x", "output": "y", "settings": {"walks": 1e9}}}',
    b'{"prepare": {"input": "x", "output": "y"}}',
    b'{"prepare": {}}',
    b'{"build": {"input": "' + b"x" * (1 << 20) + b'", "output": "y"}}',
]


def test_what_is_no_request_is_told_in_a_line_and_the_next_one_is_heard(
    serve: Callable[..., Served], edges: Path, tmp_path: Path
) -> None:
    one = serve()
    one.say(*BAD, asked(3, edges, tmp_path / "o.galaxy"))
    heard = one.until("done")
    bad = [event for event in heard if event["event"] == "error"]
    assert len(bad) == len(BAD) - 1  # an empty line is nothing at all
    for event in bad:
        assert event.keys() == {"event", "message"}
        assert "\n" not in event["message"]
        assert event["message"].endswith(".")
    assert one.close() == 0


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"settings": {"walks": 0}}, "--walks"),
        ({"settings": {"pp": 0}}, "build.settings"),
        ({"like": 3}, "build.like"),
        ({"input": ""}, "build.input"),
        ({"inputs": ["c"]}, "build.inputs"),
        ({"run": -1}, "build.run"),
    ],
)
def test_a_bad_request_is_told_by_what_is_wrong_with_it(given: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(json.dumps({"build": {"input": "a", "output": "b", **given}}).encode())
    assert caught.value.where == named


def test_a_request_is_what_was_asked_for() -> None:
    assert parse(b' {"cancel": true}\n') is None
    assert parse(b'{"prepare": {"input": "a", "like": null}}') == Request(
        inputs=(Path("a"),), settings=BuildSettings()
    )
    several = parse(b'{"prepare": {"inputs": ["a", "b"]}}')
    assert several == Request(inputs=(Path("a"), Path("b")), settings=BuildSettings())
    for bad in (b"[]", b'"a"', b"[3]", b'["a", ""]'):
        with pytest.raises(InputError, match=r"prepare\.inputs"):
            parse(b'{"prepare": {"inputs": %b}}' % bad)
    about = {"output": "b", "previews": "c", "like": "d", "format": "edges", "run": 4, "title": ""}
    asks = {"input": "a", **about, "settings": {"p": 2, "hs": False}}
    assert parse(json.dumps({"build": asks}).encode()) == Request(
        inputs=(Path("a"),),
        output=Path("b"),
        previews=Path("c"),
        like=Path("d"),
        format="edges",
        run=4,
        title="",
        settings=BuildSettings(p=2, hs=False),
    )
