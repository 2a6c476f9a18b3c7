"""Manners for packages that write to the terminal and seed the global random states."""

from __future__ import annotations

import logging
import random
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


def seed_32(seed: int) -> int:
    """Fold a seed into the 32 bits that numpy's old generator takes."""
    return (seed ^ (seed >> 32)) % 2**32


@contextmanager
def quiet_packages() -> Iterator[None]:
    """Keep both packages from writing log lines and warnings meant for their own users."""
    logger = logging.getLogger("gensim")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


@contextmanager
def global_random_state_kept() -> Iterator[None]:
    """Put back the global random states, which node2vec seeds."""
    ours, numpys = random.getstate(), np.random.get_state()  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(ours)
        np.random.set_state(numpys)  # noqa: NPY002
