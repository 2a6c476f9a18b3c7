"""What a line on the input of ``galaxy-embed serve`` asks for, checked before anything is done."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from embedding.errors import InputError
from embedding.settings import BuildSettings

LONGEST = 1 << 20
"""Bytes of a line; a request has a few hundred."""

_TEXTS = ("format", "output", "previews", "like", "title", "source", "licence")
_PATHS = ("input", "output", "previews", "like")
_NEEDED: dict[str, tuple[str, ...]] = {"prepare": (), "build": ("output",)}
_FORMS = '{"build": {...}}, {"prepare": {...}} or {"cancel": true}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A build, or, where `output` is None, the reading of what one will need.

    Attributes
    ----------
    inputs : tuple of Path
        What ``galaxy-embed build`` takes, at least one.
    output : Path or None
        The .galaxy to write.
    run : int
        Stands in every line about this request.
    format, title, source, licence : str or None
        As the options of ``galaxy-embed build``.
    previews : Path or None
        The folder for previews, which may have to be made.
    like : Path or None
        The .galaxy that previews and result are turned like.
    settings : BuildSettings
    """

    inputs: tuple[Path, ...]
    output: Path | None = None
    run: int = 0
    format: str | None = None
    previews: Path | None = None
    like: Path | None = None
    title: str | None = None
    source: str | None = None
    licence: str | None = None
    settings: BuildSettings


def parse(line: bytes) -> Request | None:
    """Return the request in a line; None for a cancel.

    Raises
    ------
    InputError
        The line is no request; says what is wrong with it.
    """
    if len(line) > LONGEST:
        raise InputError(
            f"the line is longer than {LONGEST:,} bytes", where="request", remedy=f"send {_FORMS}"
        )
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON", where="request", remedy=f"send {_FORMS}") from error
    if content == {"cancel": True} and content["cancel"] is True:
        return None
    if not (isinstance(content, dict) and len(content) == 1 and _NEEDED.keys() >= content.keys()):
        raise InputError("this asks for nothing", where="request", remedy=f"send {_FORMS}")
    ((kind, given),) = content.items()
    if not isinstance(given, dict):
        raise InputError("this is no JSON object", where=kind, remedy="give input and settings")
    return _request(kind, given)


def _request(kind: str, given: dict[str, Any]) -> Request:
    _require_known(given, ["input", "inputs", *_TEXTS, "run", "settings"], kind)
    inputs = _inputs(kind, given)
    for key in _NEEDED[kind]:
        if key not in given:
            raise InputError("this is missing", where=f"{kind}.{key}", remedy="give a path")
    if kind == "prepare" and "output" in given:
        raise InputError("nothing is written", where="prepare.output", remedy="leave it out")
    texts: dict[str, Any] = {key: _text(kind, key, given[key]) for key in _TEXTS if key in given}
    for key in _PATHS:
        if texts.get(key) is not None:
            texts[key] = Path(texts[key])
    run = given.get("run", 0)
    if isinstance(run, bool) or not isinstance(run, int) or run < 0:
        raise InputError(
            f"{run!r} is no good", where=f"{kind}.run", remedy="give a whole number of 0 or more"
        )
    settings = given.get("settings", {})
    if not isinstance(settings, dict):
        raise InputError(
            "this is no JSON object", where=f"{kind}.settings", remedy='give such as {"p": 2.5}'
        )
    _require_known(settings, [field.name for field in fields(BuildSettings)], f"{kind}.settings")
    if not isinstance(settings.get("hs", True), bool):
        raise InputError(
            f"{settings['hs']!r} is no good", where=f"{kind}.settings.hs", remedy="give true, false"
        )
    return Request(inputs=inputs, **texts, run=run, settings=BuildSettings(**settings))


def _inputs(kind: str, given: dict[str, Any]) -> tuple[Path, ...]:
    """Return the one input or the several."""
    if "inputs" not in given:
        if "input" not in given:
            raise InputError("this is missing", where=f"{kind}.input", remedy="give a path")
        return (_path(kind, "input", given["input"]),)
    several = given["inputs"]
    if "input" in given:
        raise InputError("there is input, too", where=f"{kind}.inputs", remedy="leave one out")
    if not isinstance(several, list) or not several:
        raise InputError(
            f"{several!r} is no good", where=f"{kind}.inputs", remedy="give a list of paths"
        )
    return tuple(_path(kind, "inputs", each) for each in several)


def _path(kind: str, key: str, value: Any) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise InputError(f"{value!r} is no good", where=f"{kind}.{key}", remedy="give a text")
    return Path(value)


def _require_known(given: dict[str, Any], known: list[str], where: str) -> None:
    for key in given:
        if key not in known:
            raise InputError(
                f"there is no {key!r}", where=where, remedy=f"choose from {', '.join(known)}"
            )


def _text(kind: str, key: str, value: Any) -> str | None:
    """Return a text or None; of the paths, an empty one would silently mean this folder."""
    if value is None and key not in _NEEDED[kind]:
        return None
    if not isinstance(value, str) or (key in _PATHS and not value) or "\0" in value:
        raise InputError(f"{value!r} is no good", where=f"{kind}.{key}", remedy="give a text")
    return value
