"""The report of a sweep: one HTML file with everything in it, for a browser without a network."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib.resources import files
from string import Template

from embedding.graph import ArtistGraph
from embedding.settings import BuildSettings
from embedding.sweep_grid import SweepResult


@dataclass(frozen=True, slots=True)
class _Column:
    key: str
    title: str
    about: str
    value: Callable[[SweepResult], float | None]
    shape: str
    best: Callable[[Sequence[float]], float] | None = None


def _quality(key: str) -> Callable[[SweepResult], float | None]:
    return lambda result: result.quality.get(key)


_COLUMNS = (
    _Column("p", "p", "", lambda r: r.settings.p, "{:g}"),
    _Column("q", "q", "", lambda r: r.settings.q, "{:g}"),
    _Column("dims", "Dims", "", lambda r: r.settings.dims, "{}"),
    _Column("epochs", "Epochs", "", lambda r: r.settings.epochs, "{}"),
    _Column("training", "Training", "", lambda r: _training_order(r.settings), ""),
    _Column(
        "connection_ratio",
        "Connection ratio",
        "How far apart related artists are in the galaxy, against any two: lower is better.",
        _quality("connection_ratio"),
        "{:.4f}",
        min,
    ),
    _Column(
        "recall_at_20",
        "Recall@20",
        "The share of an artist's related artists among its 20 nearest: higher is better.",
        _quality("recall_at_20"),
        "{:.3f}",
        max,
    ),
    _Column(
        "bowl_index",
        "Bowl index",
        "How much all vectors point the same way, from 0 to 1. A high one is a bowl in 3-D; from"
        " 4-D on the projection drops that direction. Lower is better.",
        _quality("bowl_index"),
        "{:.3f}",
        min,
    ),
    _Column(
        "density_contrast",
        "Density contrast",
        "How much denser the clusters are than the rest; low is fog: higher is better.",
        _quality("density_contrast"),
        "{:.3f}",
        max,
    ),
    _Column(
        "seconds",
        "Time",
        "Walking and training, without compiling, measuring and drawing: lower is better.",
        lambda r: None if r.error else r.seconds,
        "{:.2f} s",
        min,
    ),
)


def render(graph: ArtistGraph, results: Sequence[SweepResult], total: int) -> bytes:
    """Return the report as an HTML file in UTF-8.

    Parameters
    ----------
    graph : ArtistGraph
        What was walked over; its texts are escaped here.
    results : sequence of SweepResult
        What is done by now, failures too.
    total : int
        How many settings there are, done or not.

    Returns
    -------
    bytes
    """
    best = {c.key: c.best(known) for c in _COLUMNS if c.best and (known := _known(results, c))}
    page = Template(files("embedding").joinpath("templates/sweep.html").read_text("utf-8"))
    about = [c for c in _COLUMNS if c.about]
    html = page.substitute(
        title=_text(graph.title or "your artists"),
        facts="".join(_fact(*fact) for fact in _facts(graph, results, total)),
        notes="".join(f"<li>{_note(note)}</li>" for note in _notes(graph, results, total)),
        options="".join(f'<option value="{c.key}">{c.title}</option>' for c in _COLUMNS),
        heads="".join(_head(column) for column in _COLUMNS),
        rows="".join(_row(result, number, best) for number, result in enumerate(results)),
        legend="".join(f"<dt>{c.title}</dt><dd>{c.about}</dd>" for c in about),
    )
    # A name taken from a file may hold what is no character by itself.
    return html.encode("utf-8", "replace")


def _known(results: Sequence[SweepResult], column: _Column) -> list[float]:
    values = (column.value(result) for result in results if not result.error)
    return [value for value in values if value is not None and math.isfinite(value)]


def _facts(graph: ArtistGraph, results: Sequence[SweepResult], total: int) -> list[tuple[str, str]]:
    done = sum(not result.error for result in results)
    facts = [
        ("Artists", f"{len(graph):,}"),
        ("Relations", f"{graph.edges:,}"),
        ("Settings", f"{total:,}" if done == total else f"{done:,} of {total:,}"),
        ("Source", graph.source),
        ("Licence", graph.licence),
        ("Made", datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")),
    ]
    return [(name, value) for name, value in facts if value]


def _notes(graph: ArtistGraph, results: Sequence[SweepResult], total: int) -> list[str]:
    notes = list(graph.notes)
    failed = sum(bool(result.error) for result in results)
    if failed:
        s, they = ("s", "they stand") if failed > 1 else ("", "it stands")
        notes.append(
            f"{failed:,} setting{s} failed: {they} at the end of the table with the reason."
        )
    left = total - len(results)
    if left:
        are = "settings are" if left > 1 else "setting is"
        notes.append(f"{left:,} {are} not done yet: the same command goes on where it stopped.")
    return notes


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{name}</dt><dd>{_text(value)}</dd></div>"


def _text(text: str) -> str:
    """Return text as HTML that neither breaks out nor turns what stands around it."""
    return f"<bdi>{escape(text)}</bdi>"


def _note(note: str) -> str:
    """Return a note as HTML that never breaks a line within the name of an option."""
    return re.sub(r"--[a-z-]+[a-z]", r'<span class="option">\g<0></span>', _text(note))


def _head(column: _Column) -> str:
    about = f' title="{escape(column.about)}"' if column.about else ""
    button = f'<button type="button" data-key="{column.key}"{about}>{column.title}</button>'
    return f'<th role="columnheader" scope="col">{button}</th>'


def _row(result: SweepResult, number: int, best: dict[str, float]) -> str:
    settings = result.settings
    cells = "".join(_cell(column, result, best) for column in _COLUMNS)
    about = escape(describe(settings))
    if result.error:
        pictures = f'<p class="error">Failed: {_text(result.error)}</p>'
    else:
        pictures = (
            f'<button type="button" class="pictures" aria-label="Enlarge: {about}">'
            + _picture(result.front, f"The galaxy of {about}, from the front")
            + _picture(result.side, f"The galaxy of {about}, from the side")
            + "</button>"
        )
    variant, command = escape(_variant(settings)), escape(_command(settings))
    return (
        f'<tr role="row" data-number="{number}" data-variant="{variant}" data-p="{settings.p:g}"'
        f' data-q="{settings.q:g}" data-about="{about}" data-command="{command}">'
        f'<td role="cell" class="sight">{pictures}</td>{cells}</tr>'
    )


def _picture(png: bytes, alt: str) -> str:
    data = base64.b64encode(png).decode()
    return (
        f'<img src="data:image/png;base64,{data}" alt="{alt}" width="560" height="420"'
        ' decoding="async">'
    )


def _cell(column: _Column, result: SweepResult, best: dict[str, float]) -> str:
    value = column.value(result)
    if value is None or not math.isfinite(value):
        sort, text = "", '<span class="none">none</span>'
    else:
        sort = repr(value)
        text = column.shape.format(value) if column.shape else _training(result.settings)
        # Failures have no say in who is best.
        if value == best.get(column.key) and not result.error:
            text = f'<strong class="best">{text} <span>best</span></strong>'
    return (
        f'<td role="cell" data-key="{column.key}" data-sort="{sort}">'
        f'<span class="label">{column.title}</span><span class="value">{text}</span></td>'
    )


def describe(settings: BuildSettings) -> str:
    """Return the setting in words: ``p 2.5, q 0.5, 4-D, 5 epochs, hs + 5 negatives``."""
    return f"p {settings.p:g}, q {settings.q:g}, {_variant(settings)}"


def _variant(settings: BuildSettings) -> str:
    """Return all that varies but p and q, in words."""
    epochs = "1 epoch" if settings.epochs == 1 else f"{settings.epochs} epochs"
    return f"{settings.dims}-D, {epochs}, {_training(settings)}"


def _training(settings: BuildSettings) -> str:
    negatives = "1 negative" if settings.negative == 1 else f"{settings.negative} negatives"
    if not settings.negative:
        return "hs"
    return f"hs + {negatives}" if settings.hs else negatives


def _training_order(settings: BuildSettings) -> float:
    return settings.negative + (1000 if settings.hs else 0)


def _command(settings: BuildSettings) -> str:
    """Return the command that builds this galaxy."""
    default, words = BuildSettings(), ["galaxy-embed build INPUT -o music.galaxy"]
    for name, value in settings.as_dict().items():
        if name == "hs":
            words += [] if value else ["--no-hs"]
        elif value != getattr(default, name) or name in ("p", "q"):
            words.append(f"--{name.replace('_', '-')} {value}")
    return " ".join(words)
