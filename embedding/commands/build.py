"""``galaxy-embed build``: a galaxy file from a file of related artists."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embedding.commands.artists import print_notes
from embedding.commands.figures import in_words
from embedding.commands.inputs import add_input, read_inputs
from embedding.commands.options import (
    Subparsers,
    add_command,
    add_json,
    add_progress,
    add_settings,
    file_path,
    settings_from,
)
from embedding.commands.text import facts, safe, styled
from embedding.interrupts import Interrupts
from embedding.progress import CancelToken, Progress
from embedding.terminal import Display, display, to_json

if TYPE_CHECKING:
    from embedding.galaxy import Galaxy
    from embedding.pipeline import OnPreview
    from embedding.settings import BuildSettings


def add(commands: Subparsers) -> None:
    """Describe the command."""
    parser = add_command(
        commands,
        "build",
        "Build a galaxy from files of related artists",
        "  galaxy-embed build related.csv -o music.galaxy\n"
        "  galaxy-embed build related.csv -o again.galaxy --p 1.6 --q 0.1 --like music.galaxy\n"
        "  galaxy-embed build my.db assets/atlas -o both.galaxy",
        run,
    )
    add_input(parser, several=True)
    parser.add_argument(
        "-o", "--output", type=file_path, required=True, metavar="FILE", help="the .galaxy to write"
    )
    parser.add_argument("--title", help="what the galaxy is called")
    parser.add_argument("--source", help="where the data is from")
    parser.add_argument("--licence", help="what may be done with the data")
    parser.add_argument(
        "--like",
        type=file_path,
        metavar="GALAXY",
        help="turn the new galaxy so that the artists of this one stay where they are",
    )
    parser.add_argument(
        "--link-auc",
        action="store_true",
        help="also measure how well a tenth of the relations, kept secret, is foretold"
        " (trains once more)",
    )
    parser.add_argument(
        "--preview-dir",
        type=file_path,
        metavar="FOLDER",
        help="write the positions there after every epoch, as .npy, and the artists' keys",
    )
    add_json(parser)
    add_progress(parser)
    add_settings(parser)


def run(arguments: argparse.Namespace, interrupts: Interrupts) -> None:
    """Build the galaxy, save it, and say how it came out."""
    from embedding.commands.targets import require_folder, require_target

    settings = settings_from(arguments)
    for source in arguments.input:
        require_target(arguments.output, source)
    if arguments.preview_dir is not None:
        require_folder(arguments.preview_dir, "--preview-dir")
    started = time.perf_counter()
    with display(arguments.progress) as shown:
        galaxy = interrupts.run(lambda: _work(arguments, settings, shown, interrupts.token))
        from embedding.galaxy_file import save

        shown.progress(Progress("save", 0, 1))
        save(galaxy, arguments.output)
        shown.progress(Progress("save", 1, 1))
    result = _result(galaxy, arguments.output, time.perf_counter() - started)
    if arguments.progress == "json":
        shown.event("done", **result)
    elif arguments.json:
        print(to_json(result, indent=2))
    else:
        print("\n".join(_summary(result)))
        print_notes(galaxy.notes)


def _work(
    arguments: argparse.Namespace, settings: BuildSettings, shown: Display, cancel: CancelToken
) -> Galaxy:
    from embedding.galaxy_file import load
    from embedding.pipeline import build, measure_link_auc
    from embedding.pruning import prune

    earlier = None if arguments.like is None else load(arguments.like)
    graph = read_inputs(arguments.input, arguments.format, shown.progress, cancel)
    about = {key: getattr(arguments, key) for key in ("title", "source", "licence")}
    graph = replace(graph, **{key: text for key, text in about.items() if text is not None})
    on_preview = None
    where = arguments.input[0] if len(arguments.input) == 1 else None
    # The build prunes, too, but what is pruned already stays as it is.
    graph = prune(graph, settings.max_artists, settings.min_component, where)
    if arguments.preview_dir is not None:
        on_preview = _previews(arguments.preview_dir, graph.keys, shown, cancel)
    extra = {}
    if arguments.link_auc:
        # First, because a graph too small for it is found out at once.
        extra["link_auc"] = measure_link_auc(
            graph, settings, on_progress=shown.progress, cancel=cancel
        )
    galaxy = build(
        graph,
        settings,
        on_progress=shown.progress,
        cancel=cancel,
        on_preview=on_preview,
        earlier=earlier,
    )
    return replace(galaxy, quality={**galaxy.quality, **extra})


def _previews(folder: Path, keys: list[str], shown: Display, cancel: CancelToken) -> OnPreview:
    """Return what writes each preview to a file, after one that says whose the rows are."""
    from io import BytesIO

    import numpy as np

    from embedding.atomic import atomic_write

    folder.mkdir(exist_ok=True)

    def write(name: str, data: bytes) -> str:
        with atomic_write(folder / name) as file:
            file.write(data)
        return str(folder / name)

    path = write("artists.json", json.dumps(keys).encode())
    shown.event("artists", path=path, count=len(keys))

    def on_preview(epoch: int, positions: np.ndarray[Any, Any]) -> None:
        cancel.check()
        buffer = BytesIO()
        np.save(buffer, positions)
        path = write(f"epoch-{epoch:04d}.npy", buffer.getvalue())
        shown.event("preview", epoch=epoch, path=path)

    return on_preview


def _result(galaxy: Galaxy, path: Path, seconds: float) -> dict[str, Any]:
    return {
        "path": str(path),
        "artists": len(galaxy),
        "relations": galaxy.edges,
        "seconds": round(seconds, 3),
        "title": galaxy.title,
        "quality": galaxy.quality,
        "settings": galaxy.settings,
        "notes": list(galaxy.notes),
    }


def _summary(result: dict[str, Any]) -> list[str]:
    pairs = [
        ("artists", f"{result['artists']:,}"),
        ("relations", f"{result['relations']:,}"),
        *in_words(result["quality"]),
        ("time", f"{result['seconds']:.1f} s"),
    ]
    return [
        styled(safe(result["path"]), "bold"),
        *(f"  {line}" for line in facts(pairs)),
    ]
