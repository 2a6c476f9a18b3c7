"""How an eye would adapt: among the stars all is brighter, and less light is let in."""

from __future__ import annotations

import numpy as np

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.arrangement import Arrangement

#: Light at the place from which the whole galaxy is seen, at three times its radius.
_OUTSIDE = 1 / 9
#: Part of the change that is evened out: the inside shall be brighter, but not blind.
_POWER = 0.27
_DARKEST = 0.35
#: Nearer than this, in units of the radius, stars do not count more: they are seen one by one.
_NEAR = 0.35


def adaptation(world: World, arrangement: Arrangement, pose: Pose) -> float:
    """Return the factor of all light for a camera at this place, at most 1.

    It depends on the place alone, not on the direction, so that nothing changes while turning.

    Parameters
    ----------
    world : World
    arrangement : Arrangement
        Of that world.
    pose : Pose
    """
    cells = arrangement.stars
    if not cells.counts.size:
        return 1.0
    away = np.linalg.norm(cells.middles - np.array(pose.position, np.float32), axis=1)
    away = np.maximum(away / world.radius, _NEAR)
    light = float((cells.counts / np.square(away)).sum() / cells.counts.sum())
    return float(np.clip((_OUTSIDE / light) ** _POWER, _DARKEST, 1.0))
