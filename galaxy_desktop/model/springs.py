"""How numbers follow their goals: in closed form, so that the frame rate changes nothing.

Two steps of dt / 2 give what one step of dt gives, to rounding.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Spring:
    """Values that are drawn to goals by critically damped springs: soon there, no swinging.

    Parameters
    ----------
    value : array_like of float, shape (k,)
        Where they start, at rest.
    stiffness : array_like of float, shape (k,)
        Per second: after 5 / stiffness seconds 96% of the way is done.

    Attributes
    ----------
    value, rate, goal : ndarray of float64, shape (k,)
    """

    def __init__(self, value: npt.ArrayLike, stiffness: npt.ArrayLike) -> None:
        self.stiffness: Floats = np.array(stiffness, np.float64)
        self.reset(value)

    def reset(self, value: npt.ArrayLike) -> None:
        """Put the values and the goals there, at rest."""
        self.value: Floats = np.array(value, np.float64)
        self.rate: Floats = np.zeros_like(self.value)
        self.goal: Floats = self.value.copy()

    @property
    def resting(self) -> bool:
        """Whether all values are where they are drawn to."""
        return not (self.rate.any() or (self.value != self.goal).any())

    def brake(self) -> None:
        """Set the goals to where the values come to rest soonest without turning back."""
        self.goal = self.value + self.rate / self.stiffness

    def step(self, dt: float, drift: Floats | float = 0.0) -> None:
        """Let `dt` seconds pass, in which the goals move at `drift` per second."""
        # Behind a goal that moves, a value stays by this much.
        lag = 2 * drift / self.stiffness
        error = self.value - (self.goal - lag)
        slope = self.rate - drift + self.stiffness * error
        fall = np.exp(-self.stiffness * dt)
        self.goal = self.goal + drift * dt
        error = error + slope * dt
        self.value = self.goal - lag + error * fall
        self.rate = drift + (slope - self.stiffness * error) * fall

    def rest_within(self, tolerance: Floats | float) -> bool:
        """Snap to the goals and return True where they are nearer than `tolerance`, shape (k,)."""
        error = np.abs(self.value - self.goal)
        if (error + np.abs(self.rate) / self.stiffness > tolerance).any():
            return False
        self.reset(self.goal)
        return True


def coast(rate: Floats, target: Floats, dt: float, time: float) -> tuple[Floats, Floats]:
    """Return how far something goes whose speed nears another, and its speed then.

    Parameters
    ----------
    rate, target : ndarray of float64, shape (k,)
        The speed at first, and the one it nears.
    dt : float
        Seconds that pass.
    time : float
        Seconds in which all but 1/e of the difference is gone.
    """
    fall = float(np.exp(-dt / time))
    return target * dt + (rate - target) * (time * (1 - fall)), target + (rate - target) * fall
