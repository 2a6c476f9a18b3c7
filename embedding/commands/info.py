"""``galaxy-embed info``: what a galaxy file holds."""

from __future__ import annotations

import argparse
import textwrap
from typing import Any

from embedding.commands.figures import in_words
from embedding.commands.options import Subparsers, add_command, add_galaxy, add_json
from embedding.commands.text import facts, safe, styled
from embedding.interrupts import Interrupts
from embedding.terminal import to_json

LABELS = len("connection ratio")


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "info",
        "Show what a galaxy holds and how good it is",
        "  galaxy-embed info music.galaxy",
        run,
    )
    add_galaxy(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, _: Interrupts) -> None:
    """Print the card of a galaxy."""
    from embedding.galaxy_file import load

    # All of it is read, though a manifest would do: what is shown is of a file that is whole.
    galaxy = load(arguments.galaxy)
    result: dict[str, Any] = {
        "path": str(arguments.galaxy),
        "title": galaxy.title,
        "source": galaxy.source,
        "licence": galaxy.licence,
        "created": galaxy.created,
        "artists": len(galaxy),
        "relations": galaxy.edges,
        "averager_dims": galaxy.dims,
        "quality": galaxy.quality,
        "settings": galaxy.settings,
        "notes": list(galaxy.notes),
    }
    if arguments.json:
        print(to_json(result, indent=2))
    else:
        print("\n".join(_card(result)))


def _card(result: dict[str, Any]) -> list[str]:
    lines = [styled(safe(result["title"] or result["path"]), "bold")]
    for heading, pairs in (
        (
            "",
            [
                ("source", result["source"]),
                ("licence", result["licence"]),
                ("created", result["created"]),
                ("artists", f"{result['artists']:,}"),
                ("relations", f"{result['relations']:,}"),
            ],
        ),
        ("quality", in_words(result["quality"])),
        ("settings", _settings(result["settings"])),
    ):
        block = facts(pairs, LABELS)
        if block:
            lines += ["", *([styled(heading, "teal")] if heading else []), *_indented(block)]
    if result["notes"]:
        wrapped = [line for note in result["notes"] for line in textwrap.wrap(safe(note), 90)]
        lines += ["", styled("notes", "teal"), *_indented(wrapped)]
    return lines


def _settings(settings: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the settings that shape a galaxy, a few to a line."""
    groups = (
        ("walks", ("p", "q", "walks", "length")),
        ("training", ("window", "epochs", "hs", "negative")),
        ("learning rate", ("alpha", "min_alpha", "sample")),
        ("dimensions", ("dims", "averager_dims", "lengths")),
        ("engine", ("engine", "replicas", "workers", "seed")),
        ("pruning", ("max_artists", "min_component")),
    )
    lines = [
        (name, "   ".join(f"{key} {_plain(settings[key])}" for key in keys if key in settings))
        for name, keys in groups
    ]
    known = {key for _, keys in groups for key in keys}
    other = "   ".join(f"{key} {_plain(v)}" for key, v in settings.items() if key not in known)
    return [*lines, ("other", other)]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
