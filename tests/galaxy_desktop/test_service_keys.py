"""Where the user's keys are kept: in the keyring, else in memory, never in a file."""

from __future__ import annotations

import pytest

from embedding.errors import InputError
from galaxy_desktop.jobs import services
from galaxy_desktop.jobs.services import ServiceKeys


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what a keyring holds that stands in for the system's."""
    held: dict[str, str] = {}
    monkeypatch.setattr(services, "has_keyring", lambda: True)
    monkeypatch.setattr(services, "find_key", held.get)
    monkeypatch.setattr(services, "keep_key", held.__setitem__)
    return held


def test_a_key_goes_into_the_keyring_and_a_crawl_finds_it_there(ring: dict[str, str]) -> None:
    keys = ServiceKeys()
    assert not keys.kept("lastfm")
    assert keys.keep("lastfm", "s3cret") == ""
    assert ring == {"lastfm": "s3cret"}
    assert keys.kept("lastfm")
    assert keys.keyring()
    # None typed: the one that is kept is used.
    assert keys.keep("lastfm", "") == ""


def test_without_a_keyring_it_lasts_as_long_as_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "has_keyring", lambda: False)
    monkeypatch.setattr(services, "find_key", lambda _: None)
    keys = ServiceKeys()
    assert keys.keep("lastfm", "s3cret") == "s3cret"
    assert keys.kept("lastfm")
    assert keys.keep("lastfm", "") == "s3cret"
    assert not ServiceKeys().kept("lastfm")


def test_what_is_no_key_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "has_keyring", lambda: True)
    with pytest.raises(InputError) as refused:
        ServiceKeys().keep("lastfm", "s3cret with spaces")
    assert "s3cret" not in str(refused.value)
