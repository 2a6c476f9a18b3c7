"""`View`: what all shaders know of a pose."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from vispy import gloo

from galaxy_desktop.model.extent import Extent
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.scene.palettes import Colour

#: Nearer to the camera than this nothing is drawn, in units of the galaxy's radius.
NEAR = 0.0015


@dataclass(frozen=True, slots=True)
class View:
    """A pose, a galaxy, a size in pixels.

    Attributes
    ----------
    pose : Pose
    size : (int, int)
        Of the picture that is worked out.
    radius, star_unit : float
        Of the galaxy.
    to_centre : float
        From the camera to the galaxy's centre.
    haze : colour
    """

    pose: Pose
    size: tuple[int, int]
    radius: float
    star_unit: float
    to_centre: float
    haze: Colour

    @classmethod
    def of(cls, pose: Pose, size: tuple[int, int], extent: Extent, haze: Colour) -> View:
        """Return the view of a galaxy."""
        to_centre = math.dist(pose.position, extent.centre)
        return cls(pose, size, extent.radius, extent.star_unit, to_centre, haze)

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.size[0] / self.size[1]

    def uniforms(self) -> dict[str, Any]:
        """Return what `view.glsl` wants to know."""
        cot = 1 / math.tan(math.radians(self.pose.fov) / 2)
        return {
            # Row by row here is column by column there.
            "u_rotation": self.pose.rotation().T.astype("f4").ravel(),
            "u_eye": self.pose.position,
            "u_lens": (cot / self.aspect, cot),
            "u_near": NEAR * self.radius,
            "u_haze": (*self.haze, 1.6 * self.radius),
            # From outside, the near side of the galaxy is clear; from within, what is around.
            "u_haze_from": max(0.12 * self.radius, self.to_centre - 1.3 * self.radius),
        }


def tell(program: gloo.Program, uniforms: dict[str, Any]) -> None:
    """Set some uniforms of a program."""
    for name, value in uniforms.items():
        program[name] = value
