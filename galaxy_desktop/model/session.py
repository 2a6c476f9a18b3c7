"""`Session`: where the user was when the window closed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from galaxy_desktop.model.pace import QUICKEST, SLOWEST, Pace
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.pose_json import pose_from_json, pose_to_json
from galaxy_desktop.model.screens import Box
from galaxy_desktop.model.state import Mode
from galaxy_desktop.model.storage import Json, JsonFile, Places, Tell, to_nobody
from galaxy_desktop.model.world import World

MOST_VISITS = 50
"""Of so many galaxies it is kept where in them the user was, the latest ones."""
LARGEST = 100_000
"""No desktop is so many pixels wide."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the user was in one galaxy.

    Attributes
    ----------
    shape : str
        `World.shape` of the galaxy: the file may hold another one by now.
    pose : Pose, optional
    selected : str
        The key of the artist whose card was open, "" for none.
    history : JSON value
        The places visited, as the history writes them.
    """

    shape: str = ""
    pose: Pose | None = None
    selected: str = ""
    history: Any = None

    def pose_in(self, world: World) -> Pose | None:
        """Return the pose, None where the artists stand elsewhere by now."""
        return self.pose if self.shape == world.shape else None

    def selected_in(self, world: World) -> int | None:
        """Return the artist whose card was open, None where there is no such artist by now."""
        return world.find_key(self.selected) if self.selected else None

    def history_in(self, world: World) -> Any:
        """Return the history, None where the artists stand elsewhere by now."""
        return self.history if self.shape == world.shape else None


@dataclass(frozen=True, slots=True)
class Session:
    """What is as it was when the window opens again.

    Attributes
    ----------
    window : Box, optional
        The window where it is neither maximised nor full screen.
    screen : str
        The name of the screen it was on.
    maximised, full_screen : bool
    mode : {"orbit", "fly"}
    sidebar_width : int
        Logical pixels, 0 if it never had one.
    sidebar_folded : bool
    last_file : str
        The galaxy that was open, "" for the atlas.
    pace : Pace
        How quickly galaxies were built.
    mix : JSON value
        What was averaged, as `recipe.to_json` writes it.
    visits : dict of str to Visit
        By the path of each galaxy, "" for the atlas; the latest last.
    """

    window: Box | None = None
    screen: str = ""
    maximised: bool = False
    full_screen: bool = False
    mode: Mode = "orbit"
    sidebar_width: int = 0
    sidebar_folded: bool = False
    last_file: str = ""
    pace: Pace = field(default_factory=Pace)
    mix: Any = None
    visits: dict[str, Visit] = field(default_factory=dict)

    def visit(self, path: str) -> Visit:
        """Return where the user was in a galaxy; nowhere if it was never open."""
        return self.visits.get(path, Visit())

    def with_visit(self, path: str, visit: Visit) -> Session:
        """Return this session with the latest about one galaxy."""
        visits = {key: old for key, old in self.visits.items() if key != path} | {path: visit}
        kept = dict(list(visits.items())[-MOST_VISITS:])
        return replace(self, visits=kept)


def to_json(session: Session) -> Json:
    """Return a session as plain JSON values."""
    box = session.window
    return {
        "window": None if box is None else [box.x, box.y, box.width, box.height],
        "screen": session.screen,
        "maximised": session.maximised,
        "full_screen": session.full_screen,
        "mode": session.mode,
        "sidebar_width": session.sidebar_width,
        "sidebar_folded": session.sidebar_folded,
        "last_file": session.last_file,
        "pace": session.pace.rows,
        "mix": session.mix,
        "visits": {
            path: {
                "shape": visit.shape,
                "pose": None if visit.pose is None else pose_to_json(visit.pose),
                "selected": visit.selected,
                "history": visit.history,
            }
            for path, visit in session.visits.items()
        },
    }


def from_json(content: Json) -> Session:
    """Return a session from JSON values; what is no good is as at the first start.

    Nobody chose these, so nobody is told.
    """
    visits = content.get("visits")
    mode = content.get("mode")
    return Session(
        window=_box(content.get("window")),
        screen=_text(content.get("screen")),
        maximised=content.get("maximised") is True,
        full_screen=content.get("full_screen") is True,
        mode="fly" if mode == "fly" else "orbit",
        sidebar_width=_size(content.get("sidebar_width")),
        sidebar_folded=content.get("sidebar_folded") is True,
        last_file=_text(content.get("last_file")),
        pace=_pace(content.get("pace")),
        mix=content.get("mix"),
        visits={
            path: Visit(
                _text(visit.get("shape")),
                pose_from_json(visit.get("pose")),
                _text(visit.get("selected")),
                visit.get("history"),
            )
            for path, visit in (visits.items() if isinstance(visits, dict) else ())
            if isinstance(visit, dict)
        },
    )


class SessionStore:
    """The session file.

    Parameters
    ----------
    places : Places
    tell : callable, optional
        Gets one sentence whenever something went wrong.
    """

    def __init__(self, places: Places, tell: Tell = to_nobody) -> None:
        self._file = JsonFile(places.state / "session.json", "session", tell=tell)

    def load(self) -> Session:
        """Return where the user was; a fresh session at the first start."""
        return from_json(self._file.load())

    def last_file(self) -> str:
        """Return what was open last, and leave it to `load` to tell what is wrong."""
        return from_json(self._file.peek()).last_file

    def save(self, session: Session) -> bool:
        """Keep it; return whether that went well."""
        return self._file.save(to_json(session))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _pace(value: Any) -> Pace:
    good = type(value) in (int, float) and SLOWEST <= value <= QUICKEST
    return Pace(float(value)) if good else Pace()


def _is_pixels(value: object) -> bool:
    return type(value) is int and abs(value) <= LARGEST


def _size(value: Any) -> int:
    return value if _is_pixels(value) and value > 0 else 0


def _box(value: Any) -> Box | None:
    if not isinstance(value, list) or len(value) != 4 or not all(map(_is_pixels, value)):
        return None
    box = Box(*value)
    return box if box.width > 0 and box.height > 0 else None
