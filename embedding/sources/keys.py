"""Users' keys for services: in the keyring of the system, or else in the environment.

Never in a file of ours, in a message, or in what a process can be seen to have been called with.
"""

from __future__ import annotations

import os
from contextlib import suppress

from embedding.errors import InputError

PLACE = "galaxy-desktop"
"""What the keyring calls the program."""


def variable(source: str) -> str:
    """Return the environment's name for a source's key: ``LASTFM_API_KEY``."""
    return f"{source.upper()}_API_KEY"


def find_key(source: str) -> str | None:
    """Return the key for a source: the environment's, else the keyring's, else None."""
    if key := os.environ.get(variable(source), "").strip():
        return key
    # A keyring may be locked, ask and be refused, or be gone: whatever it raises, there is no key.
    with suppress(Exception):
        import keyring

        if key := (keyring.get_password(PLACE, source) or "").strip():
            return key
    return None


def has_keyring() -> bool:
    """Whether there is a keyring that can keep a key."""
    try:
        import keyring
        from keyring.backends import fail, null

        return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)
    except Exception:  # backends raise what their systems do
        return False


def keep_key(source: str, key: str) -> None:
    """Keep the key for a source in the keyring.

    Raises
    ------
    InputError
        The key is none, or there is no keyring that takes it.
    """
    text = key.strip()
    if not text or len(text) > 200 or not (text.isascii() and text.isprintable()) or " " in text:
        raise InputError("this is no key", where=source, remedy="copy the whole key, and only it")
    if not has_keyring():
        raise InputError(
            "this system has no keyring to keep a key in",
            where=source,
            remedy=f"set {variable(source)} instead",
        )
    try:
        import keyring

        keyring.set_password(PLACE, source, text)
    except Exception:
        raise InputError(
            "the keyring did not take the key",
            where=source,
            remedy=f"unlock it, or set {variable(source)} instead",
        ) from None


def forget_key(source: str) -> None:
    """Take the key for a source out of the keyring, if it is there."""
    with suppress(Exception):
        import keyring

        keyring.delete_password(PLACE, source)
