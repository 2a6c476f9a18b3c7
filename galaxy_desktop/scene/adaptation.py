"""How an eye would adapt: among the stars all is brighter, and less light is let in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.pose import Pose

Floats = npt.NDArray[np.float32]

#: Light at the place from which the whole galaxy is seen, at three times its radius.
_OUTSIDE = 1 / 9
#: Part of the change that is evened out: the inside shall be brighter, but not blind.
_POWER = 0.27
_DARKEST = 0.35
#: Nearer than this, in units of the radius, stars do not count more: they are seen one by one.
_NEAR = 0.35
#: More stars than this say the same.
_ENOUGH = 4096


def adaptation(places: Floats, radius: float, pose: Pose) -> float:
    """Return the factor of all light for a camera at this place, at most 1.

    It depends on the place alone, not on the direction, so that nothing changes while turning.

    Parameters
    ----------
    places : ndarray of float32, shape (k, 3)
        Of the stars, or of some that stand for all: see `sample`.
    radius : float
        R of the galaxy.
    pose : Pose
    """
    if len(places) < 2:
        # A lone star blinds nobody.
        return 1.0
    apart = places - np.array(pose.position, np.float32)
    square = np.maximum(np.einsum("ij,ij->i", apart, apart) / radius**2, _NEAR**2)
    return float(np.clip((_OUTSIDE / float((1 / square).mean())) ** _POWER, _DARKEST, 1.0))


def sample(count: int) -> slice:
    """Return which of so many stars stand for all."""
    return slice(None, None, -(-count // _ENOUGH))
