"""`Settings`: what a user can choose, and keeps from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from galaxy_desktop.model.look import Look


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
