"""`Settings`: what a user can choose, and keeps from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from galaxy_desktop.model.look import PALETTES, TONE_MAPPINGS, Look
from galaxy_desktop.model.storage import Json, JsonFile, Places, Tell, to_nobody


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices of the settings dialog.

    Attributes
    ----------
    look : Look
    rotate : bool
        Whether the galaxy turns slowly by itself in orbit mode.
    reduced_motion : bool
        Fade instead of flying; nothing turns by itself.
    invert_y : bool
        Mouse up looks down.
    mouse_speed : float
        Factor of turning by mouse, 0.25 to 4.
    speed : float
        Factor of flying, 0.1 to 10.
    adaptive_speed : bool
        Whether the speed follows the surroundings.
    fov : float
        Vertical field of view in degrees, 30 to 110.
    quality : {"auto", "full"}
        Whether the picture may give way for smooth motion.
    show_speed : bool
        Whether speed and frames per second are shown.
    welcomed : bool
        Whether the welcome was read.
    """

    look: Look = field(default_factory=Look)
    rotate: bool = True
    reduced_motion: bool = False
    invert_y: bool = False
    mouse_speed: float = 1.0
    speed: float = 1.0
    adaptive_speed: bool = True
    fov: float = 60.0
    quality: str = "auto"
    show_speed: bool = False
    welcomed: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from `low` to `high`; a dialog goes from one to the next by `step`."""

    low: float
    high: float
    step: float

    def fits(self, value: object) -> bool:
        """Return whether it is such a number."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return self.low <= value <= self.high

    def __str__(self) -> str:
        """Return how a sentence goes on after "is not"."""
        return f"a number from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]

    def fits(self, value: object) -> bool:
        """Return whether it is one of them."""
        return isinstance(value, str) and value in self.words

    def __str__(self) -> str:
        """Return how a sentence goes on after "is not"."""
        return " or ".join(f'"{word}"' for word in self.words)


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false."""

    def fits(self, value: object) -> bool:
        """Return whether it is one of the two."""
        return isinstance(value, bool)

    def __str__(self) -> str:
        """Return how a sentence goes on after "is not"."""
        return "true or false"


Allowed = Span | OneOf | YesNo

LOOK_ALLOWED: dict[str, Allowed] = {
    "palette": OneOf(PALETTES),
    "tone": OneOf(TONE_MAPPINGS),
    "exposure": Span(0.25, 4, 0.05),
    "bloom": Span(0, 2, 0.05),
    "star_size": Span(0.5, 2, 0.05),
    "connections": Span(0, 1, 0.05),
    "labels": Span(0, 2, 0.1),
    "label_size": Span(0.75, 2, 0.05),
}
"""What each field of `Look` may be."""

ALLOWED: dict[str, Allowed] = {
    "rotate": YesNo(),
    "reduced_motion": YesNo(),
    "invert_y": YesNo(),
    "mouse_speed": Span(0.25, 4, 0.05),
    "speed": Span(0.1, 10, 0.1),
    "adaptive_speed": YesNo(),
    "fov": Span(30, 110, 1),
    "quality": OneOf(("auto", "full")),
    "show_speed": YesNo(),
    "welcomed": YesNo(),
}
"""What each field of `Settings` but the look may be."""


def to_json(settings: Settings) -> Json:
    """Return settings as plain JSON values."""
    return {
        "look": {key: getattr(settings.look, key) for key in LOOK_ALLOWED},
        **{key: getattr(settings, key) for key in ALLOWED},
    }


def from_json(content: Json, tell: Tell = to_nobody) -> Settings:
    """Return settings from JSON values.

    A value that is not allowed gives way to the default, one by one, and `tell` gets a sentence
    about each. Missing ones are the default too; unknown ones are passed over.
    """
    look = content.get("look", {})
    if not isinstance(look, dict):
        tell("The setting look is not an object; the default look is used.")
        look = {}
    chosen_look = replace(Look(), **_allowed(look, LOOK_ALLOWED, Look(), tell))
    return replace(Settings(look=chosen_look), **_allowed(content, ALLOWED, Settings(), tell))


def _allowed(
    content: Json, allowed: dict[str, Allowed], default: Look | Settings, tell: Tell
) -> dict[str, Any]:
    numbers = {f.name for f in fields(default) if f.type == "float"}
    chosen: dict[str, Any] = {}
    for key, may_be in allowed.items():
        if key not in content:
            continue
        if may_be.fits(content[key]):
            chosen[key] = float(content[key]) if key in numbers else content[key]
        else:
            tell(
                f"The setting {key.replace('_', ' ')} is not {may_be};"
                f" the default, {_shown(getattr(default, key))}, is used."
            )
    return chosen


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else f'"{value}"'


class SettingsStore:
    """The settings file.

    Parameters
    ----------
    places : Places
    tell : callable, optional
        Gets one sentence whenever something went wrong.
    """

    def __init__(self, places: Places, tell: Tell = to_nobody) -> None:
        self.tell = tell
        self._file = JsonFile(places.config / "settings.json", "settings", tell=tell)
        #: Of a newer program, or an older one: what is not understood here is kept.
        self._kept: Json = {}

    def load(self) -> Settings:
        """Return what was chosen; the defaults where nothing was."""
        self._kept = self._file.load()
        return from_json(self._kept, self.tell)

    def save(self, settings: Settings) -> bool:
        """Keep the choices; return whether that went well."""
        chosen = to_json(settings)
        look = self._kept.get("look")
        if isinstance(look, dict):
            chosen["look"] = look | chosen["look"]
        self._kept = self._kept | chosen
        return self._file.save(self._kept)
