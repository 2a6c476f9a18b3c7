"""What the engine says of a galaxy and its making, as the window says it."""

from __future__ import annotations

import re

from galaxy_desktop.model.knobs import KNOBS
from galaxy_desktop.model.shown_text import shown

_TITLES = {f"--{knob.name.replace('_', '-')}": knob.title for knob in KNOBS}
_OPTION = "--[a-z]+(?:-[a-z]+)*"


def note_text(note: str) -> str:
    """Return a note without the options of the command, which mean nothing in the window."""
    return shown(re.sub(r" \(--[a-z-]+\)", "", note))


def fault_text(sentence: str) -> str:
    """Return what is wrong with a build, with the knobs' titles for the options of the command."""

    def place(found: re.Match[str]) -> str:
        title = _TITLES.get(found[1])
        return f"{title}: {found[2]}" if title else found[2].upper()

    def inside(found: re.Match[str]) -> str:
        title = _TITLES.get(found[0])
        return f"“{title}”" if title else found[0]

    said = re.sub(rf"^({_OPTION}): (.)", place, sentence)
    said = re.sub(rf" \({_OPTION}\)| with {_OPTION}(?=[.;])| or use --engine [a-z]+", "", said)
    return re.sub(rf"(?<= ){_OPTION}", inside, said)
