"""A place for compiled kernels, on machines where numba finds none by itself.

numba keeps what it compiles beside the source or in the user's cache folder, and refuses to go on
where neither can be written: a package installed by the administrator, a user without a home.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import shutil
import tempfile
from typing import Any

import numba as nb
from numba.core import caching

from embedding.errors import InputError

_lent: list[str] = []


@functools.cache
def ensure_kernel_cache() -> None:
    """Keep kernels in a folder that ends with the process where there is no lasting one.

    To be called before the first function is marked with ``cache=True``. A shared folder of
    temporary files would last, but whoever else can write there could put code into it.

    Raises
    ------
    InputError
        There is no folder for temporary files either.
    """
    _forgive_a_full_disk()
    try:
        nb.njit(cache=True)(_probe)  # looks for a place at once, and compiles nothing
    except RuntimeError:
        try:
            folder = tempfile.mkdtemp(prefix="galaxy-kernels-")
        except OSError as error:
            raise InputError(
                f"there is no folder to keep compiled code in ({error.strerror})",
                where="NUMBA_CACHE_DIR",
                remedy="set it to a folder that can be written",
            ) from error
        _lent.append(folder)
        atexit.register(give_back)
        nb.config.CACHE_DIR = folder


def give_back() -> None:
    """Remove the lent folder, if any; for a process that ends without its exit handlers."""
    for folder in _lent:
        shutil.rmtree(folder, ignore_errors=True)


def _forgive_a_full_disk() -> None:
    """Let a kernel that cannot be kept be used all the same; numba itself fails the call."""
    keep = caching.Cache.save_overload

    def save_overload(self: caching.Cache, *overload: Any) -> None:
        with contextlib.suppress(OSError):
            keep(self, *overload)

    caching.Cache.save_overload = save_overload


def _probe() -> int:
    return 0
